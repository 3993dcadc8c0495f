"""What came back, told anew at the card: only what differs is said, and the rest is worked out from the return."""

from __future__ import annotations

from typing import Any

from agent.commands import SlotValue
from agent.reading.facts.figures_said import figures
from agent.reading.facts.inspection import inspection_of
from agent.reading.facts.inspection_lines import with_line
from agent.reading.goods.items import Similar
from agent.reading.goods.lines import line_slots
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.reasons import is_quality
from agent.reading.words.signals import Signals
from domain.reasons import RefundReason

_GOOD = regex(r"\b(?:good|fine|ok|okay|intact|perfect|undamaged|sellable|clean)\b")
_CAME = regex(
    r"\b(?:came|come|arrived|in the (?:box|parcel|package)|received|got|were in|was in|back|turned up|there)\b"
)
_ONLY = regex(r"\b(?:only|just|merely|no more than|wait|actually|sorry|instead|not)\b")
_LATER = regex(
    r"\b(?:so far|yet|for now|until now|still to come|rest (?:comes|to follow|later)|others? (?:later|to follow))\b"
)
_SAVE = regex(r"\b(?:except|but|save|apart from|not all|not every\w*|other than)\b")
_ALL = regex(r"\b(?:all|both|everything|every one|each)\b")


def inspection_change(s: Signals, view: TurnView, similar: Similar) -> SlotValue | None:
    """The inspection as it is told now; ``rest`` says what the units are that were not counted."""
    most = max((line.quantity for line in view.order.lines), default=0) if view.order else 0
    is_sum = most and any((figure.whole or 0) > most for figure in figures(s) if not figure.old)
    entry = None if is_sum else _entry(s)  # No line has so many units.
    if entry is None:
        return None
    if entry.get("came") and _were_good(view):
        entry["good"] += entry.pop("came")
    lines = line_slots(s, view.order, similar, [])
    value = with_line(SlotValue(value=[entry], span=s.wording.text.strip()), lines)
    if (
        value is not None
        and value.value[0]["line"] is None
        and view.proposal
        and len(view.proposal.lines) == 1
    ):
        value.value[0]["line"] = next(iter(view.proposal.lines))
    return value


def _were_good(view: TurnView) -> bool:
    """Whether all that came was said to be good before, so that fewer of them still are ("recounted, only two")."""
    before = view.slots.get("inspection")
    if not isinstance(before, list):
        return before == "all_good"
    return bool(before) and not any(e.get("damaged") or e.get("rest") == "damaged" for e in before)


_NOTHING = regex(
    r"\b(?:nothing|none)(?: of them)? (?:was|were|is|came|arrived|in)\b|\b(?:empty|nothing inside)\b"
)


def _entry(s: Signals) -> dict[str, Any] | None:
    plain = s.plain
    told = [figure for figure in figures(s) if not figure.old and figure.whole is not None]
    states = _states(s)
    if _NOTHING.search(plain):
        return _counted() | {"rest": "missing"}
    if not states:
        instead = any(figure.old for figure in figures(s)) or len(plain.split()) < 5
        came = _ONLY.search(plain) and (_CAME.search(plain) or _LATER.search(plain) or instead)
        if not (came and len(told) == 1):
            return None
        return _counted(good=told[0].whole or 0) | ({} if _LATER.search(plain) else {"rest": "missing"})
    if _ALL.search(plain) and _SAVE.search(plain):
        return None
    if len(states) == 1 and _ALL.search(plain):
        return _counted() | {"rest": states[0][0]}
    explicit = inspection_of(s)
    if explicit is not None and isinstance(explicit.value, list):
        return _with_rest(dict(explicit.value[0]), states)
    if len(states) != 1 or len(told) != 1:
        return None
    return _with_rest(_counted(**{states[0][0]: told[0].whole or 0}), states)


def _counted(good: int = 0, damaged: int = 0, missing: int = 0) -> dict[str, Any]:
    return {"line": None, "good": good, "damaged": damaged, "missing": missing}


def _with_rest(entry: dict[str, Any], states: list[tuple[str, int]]) -> dict[str, Any]:
    """Units of which nothing is said are good, as they were said to be, where only what is wrong was counted."""
    return entry if any(name == "good" for name, _ in states) else {**entry, "good": 0, "rest": "good"}


def _states(s: Signals) -> list[tuple[str, int]]:
    found = [
        (name, match.start())
        for name, pattern in (
            ("missing", families("cards")["missing"]),
            ("damaged", families("cards")["damaged"]),
            ("good", _GOOD),
        )
        if (match := pattern.search(s.plain))
    ]
    codes = {reason.code for reason in s.reasons}
    named = {name for name, _ in found}
    if (
        "damaged" not in named
        and any(is_quality(code) for code in codes - {RefundReason.WRONG_ITEM})
        and "missing" not in named
    ):
        found.append(("damaged", 0))
    return found
