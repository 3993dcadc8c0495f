"""Whether a trace is what its case expects: every difference in words. What can be expected: :mod:`evals.expectations`.

Always: nothing broke, the ledger sums to zero, the audit chain is intact.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from domain.money import format_minor, parse_minor
from evals.beside import Beside

Turns = list[dict[str, Any]]
Trace = dict[str, Any]


def differences(expect: dict[str, Any] | None, trace: Trace, beside: Beside | None = None) -> list[str]:
    """What is not as expected, in words; empty when all is."""
    if trace["error"] is not None:
        return [f"broke: {trace['error']}"]
    found: list[str] = []
    if trace["end"]["ledger_sum"] != 0:
        found.append(f"the ledger sums to {trace['end']['ledger_sum']}")
    if not trace["end"]["audit_ok"]:
        found.append("the audit chain is broken")
    for name, wanted in (expect or {}).items():
        if name in _BESIDE:
            found += _BESIDE[name](wanted, beside or Beside())
        else:
            found += _check(name, wanted, trace["turns"], trace["end"])
    return found


def _check(name: str, wanted: Any, turns: Turns, end: dict[str, Any]) -> list[str]:
    if name == "turns":
        return [line for one in wanted for line in _turn(one, turns)]
    if name in _OF_TURNS:
        return _OF_TURNS[name](wanted, turns)
    if name in _OF_END:
        return _OF_END[name](wanted, end)
    return [f"{name}: no such expectation"]


def _turn(wanted: dict[str, Any], turns: Turns) -> list[str]:
    at = int(wanted["turn"])
    if at > len(turns):
        return [f"turn {at}: there was none"]
    found: list[str] = []
    for name, value in wanted.items():
        if name == "turn":
            continue
        if name not in _OF_TURNS:
            found.append(f"turn {at}: {name}: no such expectation")
        else:
            found += [f"turn {at}: {line}" for line in _OF_TURNS[name](value, [turns[at - 1]])]
    return found


def subset(wanted: Any, actual: Any, path: str = "") -> list[str]:
    """Where `actual` does not hold what is wanted. Lists are of the same length, in any order."""
    where = path or "value"
    if isinstance(wanted, dict):
        if not isinstance(actual, dict):
            return [f"{where}: {_short(actual)}, wanted an object"]
        return [
            line
            for key, value in wanted.items()
            for line in subset(value, actual.get(key), f"{path}.{key}" if path else str(key))
        ]
    if isinstance(wanted, list) and isinstance(actual, list):
        if len(wanted) != len(actual):
            return [f"{where}: {_short(actual)}, wanted {_short(wanted)}"]
        missing = [item for item in wanted if all(subset(item, other) for other in actual)]
        return [f"{where}: no {_short(item)} in {_short(actual)}" for item in missing]
    if isinstance(wanted, list):
        return [] if actual in wanted else [f"{where}: {_short(actual)}, wanted one of {_short(wanted)}"]
    if wanted is None or wanted == "":
        return [] if actual in (None, "", [], {}) else [f"{where}: {_short(actual)}, wanted nothing"]
    return [] if actual == wanted else [f"{where}: {_short(actual)}, wanted {_short(wanted)}"]


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else f"{text[:157]}…"


def _opened(turns: Turns) -> list[dict[str, Any]]:
    """Every proposal as it stood last, in the order they were opened."""
    last: dict[str, dict[str, Any]] = {}
    for turn in turns:
        for proposal in turn["proposals"]:
            last[proposal["id"]] = proposal
    return list(last.values())


def _proposal(wanted: Any, turns: Turns) -> list[str]:
    opened = _opened(turns)
    if wanted is None:
        return [f"proposal: {_short(opened[-1])}, wanted none"] if opened else []
    if not opened:
        return [f"proposal: none was opened, wanted {_short(wanted)}; {_heard(turns)}"]
    return subset(wanted, opened[-1], "proposal")


def _proposals(wanted: list[Any], turns: Turns) -> list[str]:
    opened = _opened(turns)
    return [
        f"proposals: no {_short(one)} among {_short([{**p, 'id': ''} for p in opened])}"
        for one in wanted
        if all(subset(one, proposal) for proposal in opened)
    ]


def _heard(turns: Turns) -> str:
    said = " / ".join(text for turn in turns for text in turn["replies"])
    return f"heard: {said[-240:]}"


def _refused_with(wanted: Any, turns: Turns) -> list[str]:
    codes = [entry["code"] for turn in turns for entry in turn["refused"]]
    if wanted is None:
        return [f"refused: {codes}, wanted nothing"] if codes else []
    several = wanted if isinstance(wanted, list) else [wanted]
    missing = [code for code in several if code not in codes]
    return [f"refused: {codes}, wanted {code}; {_heard(turns)}" for code in missing]


def _must_ask(wanted: list[str], turns: Turns) -> list[str]:
    asked = [slot for turn in turns for slot in turn["asked"]]
    return [f"asked: {asked}, wanted {slot}; {_heard(turns)}" for slot in wanted if slot not in asked]


def _must_not_ask(wanted: list[str], turns: Turns) -> list[str]:
    asked = [slot for turn in turns for slot in turn["asked"]]
    return [f"asked: {slot}, which was not to be asked" for slot in wanted if slot in asked]


def _texts(wanted: dict[str, list[str]], turns: Turns) -> list[str]:
    text = "\n".join(text for turn in turns for text in [*turn["replies"], *turn["drafts"]]).lower()
    found = [
        f"texts: “{word}” is missing; {_heard(turns)}"
        for word in wanted.get("present", [])
        if word.lower() not in text
    ]
    return found + [
        f"texts: “{word}” was written" for word in wanted.get("forbidden", []) if word.lower() in text
    ]


def _handoff(wanted: str | None, turns: Turns) -> list[str]:
    roles = [turn["handoff"] for turn in turns if turn["handoff"]]
    fits = wanted in roles if wanted else not roles
    return [] if fits else [f"handoff: {roles}, wanted {wanted}"]


def _drafts(wanted: int, turns: Turns) -> list[str]:
    count = sum(len(turn["drafts"]) for turn in turns)
    return [] if count >= wanted else [f"drafts: {count}, wanted {wanted}"]


def _commands(wanted: list[str], turns: Turns) -> list[str]:
    names = [command["name"] for turn in turns for command in turn["commands"]]
    return [f"commands: {names}, wanted {name}" for name in wanted if name not in names]


def _must_not_command(wanted: list[str], turns: Turns) -> list[str]:
    names = [command["name"] for turn in turns for command in turn["commands"]]
    return [f"commands: {name}, which was not to be read" for name in wanted if name in names]


def _tools(wanted: list[str], turns: Turns) -> list[str]:
    used = _used(turns)
    return [f"tools: {used}, wanted {name}" for name in wanted if name not in used]


def _must_not_tool(wanted: list[str], turns: Turns) -> list[str]:
    used = _used(turns)
    return [f"tools: {name}, which was not to be used" for name in wanted if name in used]


def _used(turns: Turns) -> list[str]:
    return [tool["name"] for turn in turns for tool in turn["tools"]]


def steps_of(turns: Turns) -> Iterator[str]:
    """What happened, step by step: ``tool:propose_refund``, ``opened:refund``, ``asked:reason``."""
    for turn in turns:
        yield from (f"tool:{tool['name']}" for tool in turn["tools"])
        for told in turn["proposals"]:
            yield f"{'opened' if told['state'] == 'open' else told['state']}:{told['kind']}"
        yield from (f"refused:{refusal['code']}" for refusal in turn["refused"])
        yield from (f"asked:{slot}" for slot in turn["asked"])
        yield from ("draft" for _ in turn["drafts"])
        if turn["handoff"]:
            yield f"handoff:{turn['handoff']}"


def _steps(wanted: list[str], turns: Turns) -> list[str]:
    return _in_order("steps", wanted, list(steps_of(turns)))


def _in_order(name: str, wanted: list[str], seen: list[str]) -> list[str]:
    """Whether all that is wanted was seen, in that order, whatever came between."""
    rest = iter(seen)
    for at, step in enumerate(wanted):
        if not any(step == other for other in rest):
            after = f" after {wanted[at - 1]}" if at else ""
            return [f"{name}: no {step}{after} in {_short(seen)}"]
    return []


def _audit(wanted: list[str], beside: Beside) -> list[str]:
    return _in_order("audit", wanted, [event.kind for event in beside.audit])


def _paid(wanted: dict[str, str], beside: Beside) -> list[str]:
    moved: Counter[str] = Counter()
    for paid in beside.paid:
        if paid.status == "succeeded":
            moved[paid.currency] += parse_minor(paid.amount, paid.currency)
    seen = {currency: format_minor(amount, currency) for currency, amount in moved.items()}
    return [] if seen == wanted else [f"paid: {_short(seen)}, wanted {_short(wanted)}"]


def _executed(wanted: bool, end: dict[str, Any]) -> list[str]:
    done = end["proposals"].get("executed", 0) > 0 and not end["proposals"].get("confirmed")
    return [] if done is wanted else [f"executed: {done} ({end['proposals']}), wanted {wanted}"]


def _states(wanted: dict[str, int], end: dict[str, Any]) -> list[str]:
    return [] if wanted == end["proposals"] else [f"states: {end['proposals']}, wanted {wanted}"]


def _db(wanted: dict[str, Any], end: dict[str, Any]) -> list[str]:
    return subset(wanted, end["orders"], "db")


def _balances(wanted: dict[str, str], end: dict[str, Any]) -> list[str]:
    return subset(wanted, end["balances"], "balances")


_OF_TURNS: dict[str, Callable[[Any, Turns], list[str]]] = {
    "proposal": _proposal,
    "proposals": _proposals,
    "refused_with": _refused_with,
    "must_ask": _must_ask,
    "must_not_ask": _must_not_ask,
    "texts": _texts,
    "handoff": _handoff,
    "drafts": _drafts,
    "commands": _commands,
    "must_not_command": _must_not_command,
    "tools": _tools,
    "must_not_tool": _must_not_tool,
    "steps": _steps,
}
_OF_END: dict[str, Callable[[Any, dict[str, Any]], list[str]]] = {
    "executed": _executed,
    "states": _states,
    "db": _db,
    "balances": _balances,
}
_BESIDE: dict[str, Callable[[Any, Beside], list[str]]] = {"audit": _audit, "paid": _paid}
