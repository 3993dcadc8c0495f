"""What came back, and in which state."""

from __future__ import annotations

import re
from typing import Any

from agent.commands import SlotValue
from agent.reading.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.signals import Signals
from agent.reading.view import OrderView

_N = rf"(?P<n>\d{{1,3}}|{WORD_NUMBER}|both|a|an|all)"
_STATES: tuple[tuple[str, str], ...] = (
    (
        "missing",
        r"(?:missing|not in (?:the )?(?:box|parcel)|never came|didn't come|absent|short|lost"
        r"|not there|not returned)",
    ),
    (
        "damaged",
        r"(?:damaged?|broken?|cracked|scratched|smashed|chipped|defective|faulty|torn|dented"
        r"|not (?:ok|okay|good|sellable)|unsellable|bad|used|worn|dirty|stained|kaput|dead|ripped"
        r"|bent)",
    ),
    (
        "good",
        r"(?:good|okay|ok|fine|intact|sellable|undamaged|perfect|resellable|clean|unused|new"
        r"|like new|pristine|undamaged|restockable|a1)",
    ),
)
_COUNTED = tuple(
    (
        name,
        re.compile(
            rf"(?<![\w/]){_N}(?: x)?(?: of them| of the \w+)?(?: \w+)??(?: (?:is|was|were|are|came"
            rf"|came back|came in|in|arrived|looks|units?|piece|pieces))* {state}\b"
        ),
    )
    for name, state in _STATES
)
_KEYED = tuple((name, re.compile(rf"\b{state}\s*[:=x]?\s*{_N}(?![\w%])")) for name, state in _STATES)
_ALL_GOOD = re.compile(
    r"\b(?:all|both|everything|it|they|it's|that's|contents?|item|items"
    r"|condition)(?: \w+){0,3}? (?:good|okay|ok|fine|intact|perfect|undamaged|sellable"
    r"|like new|as new|clean|great)\b"
    r"|^(?:all |both |everything |looks |look |is |are |in )*(?:good|okay|ok|fine|intact"
    r"|perfect|undamaged|sellable|clean)(?: condition)?\W*$"
    r"|\b(?:no (?:damage|issues?|problems?|defects?)|in (?:good|perfect|great|fine|sellable"
    r"|mint) (?:condition|order|shape|nick)|received (?:ok|okay|fine|good|in full))\b"
    r"|\b(?:inspected|checked|received|back)[ ,:-]+(?:all )?(?:ok|okay|good|fine)\b"
)
_CAME = re.compile(
    rf"(?<!\w)(?P<n>\d{{1,3}}|{WORD_NUMBER}|both)(?: x)?(?: \w+){{0,3}} (?:came|come|are|were|is"
    rf"|got|received|arrived|returned|back)\b"
)


def inspection_of(s: Signals) -> SlotValue | None:
    """Counts of good, damaged and missing units, or ``"all_good"``."""
    plain = s.plain
    counts: dict[str, int] = {}
    spans: list[tuple[int, int]] = []
    taken: list[tuple[int, int]] = []
    for patterns in (_COUNTED, _KEYED):
        for name, pattern in patterns:
            for match in pattern.finditer(plain):
                number = _number(match.group("n"))
                if number is None or any(match.start() < b and a < match.end() for a, b in taken):
                    continue
                counts[name] = counts.get(name, 0) + number
                taken.append(match.span())
                spans.append(match.span())
    if not counts:
        return _without_counts(s)
    came = _CAME.search(plain)
    total = _number(came.group("n")) if came else None
    if total and "good" not in counts and not (came and any(came.start() == a for a, _ in spans)):
        counts["good"] = max(0, total - counts.get("damaged", 0))
    value: list[dict[str, Any]] = [
        {
            "line": None,
            "good": counts.get("good", 0),
            "damaged": counts.get("damaged", 0),
            "missing": counts.get("missing", 0),
        }
    ]
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    return SlotValue(value=value, span=s.wording.origin(first, last))


def _without_counts(s: Signals) -> SlotValue | None:
    match = _ALL_GOOD.search(s.plain)
    if match and not re.search(r"\b(?:not|n't|except|but)\b", s.plain):
        return SlotValue(value="all_good", span=s.wording.origin(match.start(), match.end()))
    return None


def _number(word: str) -> int | None:
    low = word.lower()
    if low.isdigit():
        return int(low)
    return {"both": 2, "a": 1, "an": 1, "all": None}.get(low, NUMBER_WORDS.get(low))


def inspection_by_line(s: Signals, found: dict[str, SlotValue]) -> SlotValue | None:
    """One entry a line where each line named has its own state ("blue mug ok, lamp broken")."""
    lines = found["line"].value if "line" in found else []
    pieces = [piece for piece in re.split(r"[,;.]|\band\b", s.plain) if any(_state_of(piece))]
    if len(lines) < 2 or len(pieces) != len(lines):
        return None
    entries = []
    for line, piece in zip(lines, pieces, strict=True):
        state = next(name for name in _state_of(piece) if name)
        count = line["quantity"] or 1
        entries.append({"line": line["line"], "good": 0, "damaged": 0, "missing": 0} | {state: count})
    return SlotValue(value=entries, span=s.wording.text.strip())


def _state_of(piece: str) -> list[str]:
    return [name for name, pattern in _STATES if re.search(rf"\b{pattern}\b", piece)]


_HOLLOW = re.compile(r"\bempty\b|\bnothing (?:was |is |were )?(?:in|inside)\b")


def with_line(seen: SlotValue | None, found: dict[str, SlotValue]) -> SlotValue | None:
    """Counts under the one line that was named with them."""
    lines = found["line"].value if "line" in found else []
    if seen is None or len(lines) != 1 or not isinstance(seen.value, list) or len(seen.value) != 1:
        return seen
    return SlotValue(value=[{**seen.value[0], "line": lines[0]["line"]}], span=seen.span)


def inspection_by_words(s: Signals, found: dict[str, SlotValue], order: OrderView | None) -> SlotValue | None:
    """The state of one line told without counting ("the lamp came back, it's broken", "the box was empty")."""
    state = "missing" if _HOLLOW.search(s.plain) else next(iter(_state_of(s.plain)), None)
    lines = found["line"].value if "line" in found else []
    held = {line.id: line.quantity for line in order.lines} if order else {}
    only = lines[0]["line"] if len(lines) == 1 else next(iter(held)) if len(held) == 1 and not lines else None
    if state is None or only is None:
        return None
    count = (lines[0]["quantity"] if lines else None) or held.get(only, 1)
    entry = {"line": only, "good": 0, "damaged": 0, "missing": 0} | {state: count}
    return SlotValue(value=[entry], span=s.wording.text.strip())
