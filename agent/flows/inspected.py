"""What staff told of the units of a return, as counts for each of its lines."""

from __future__ import annotations

from typing import Any

from domain.returns.model import Return

_STATES = ("good", "damaged", "missing")


def inspected(ret: Return, said: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """Counts for each line told of; nothing where it takes a question.

    That is where counts name none of several lines, or where units came back in a state that nobody told. The rest of
    a line ("one is scratched, the rest is fine") is what of its units was not counted. Counts beyond what was approved
    are left as told: the rule refuses them.
    """
    units = {entry.line: entry.quantity for entry in ret.lines}
    whole = next((entry["rest"] for entry in said if entry.get("whole") and entry.get("rest")), None)
    if whole is None and any(entry.get("rest") == "good" for entry in said):
        whole = "good"  # "One mug is broken, the rest is fine" speaks of the other goods too.
    found: dict[str, dict[str, Any]] = {}
    for entry in said:
        line = entry.get("line") or (next(iter(units)) if len(units) == 1 else None)
        counted = any(int(entry.get(state) or 0) for state in _STATES)
        if entry.get("came") or (line is None and (counted or not whole)):
            return None
        if line is not None:
            found[line] = {"line": line, **_counts(entry, units.get(line, 0))}
    for line, quantity in units.items() if whole else ():
        found.setdefault(line, {"line": line, **_counts({"rest": whole}, quantity)})
    return list(found.values())


def _counts(entry: dict[str, Any], units: int) -> dict[str, int]:
    counts = {state: int(entry.get(state) or 0) for state in _STATES}
    left = units - sum(counts.values())
    if left > 0 and entry.get("rest"):
        counts[entry["rest"]] += left
    return counts
