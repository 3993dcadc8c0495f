"""A message that names the order of another open case is about that case, and not about the one talked of last."""

from __future__ import annotations

import re

from agent.dialogue.turn import Turn
from agent.reading.text.patterns import regex
from agent.reading.values.spans import bare, find_order_refs
from agent.state import Case

_LEADS_BACK = regex(
    r"^(?:\W|\b(?:thanks?|thank you|ok|okay|right|so|and|now|then|sorry|anyway|well)\b)*"
    r"(?:back to|update on|as for|for|on|about|re:?)\s+(?:order\s+|the order\s+)?#?\w[\w/-]*\s*[:,;\u2013\u2014-]+\s*",
    re.IGNORECASE,
)
"""What only says of which order the rest is ("back to 2784: both pillows came in")."""
_A_FEW = 3


def turn_to_named(turn: Turn, text: str) -> str:
    """Make the open case whose order alone is named the current one; the text without what only leads to it."""
    numbers = {bare(number) for number in find_order_refs(text)}
    case = _case_of(turn, next(iter(numbers))) if len(numbers) == 1 and not turn.paused else None
    if case is None:
        return text
    if case is not turn.current:
        turn.push(case)
    lead = _LEADS_BACK.match(text)
    rest = text[lead.end() :] if lead else ""
    return rest if len(rest.split()) >= _A_FEW and not find_order_refs(rest) else text


def _case_of(turn: Turn, number: str) -> Case | None:
    waiting = (turn.cases[case_id] for case_id in reversed(turn.stack) if case_id in turn.cases)
    return next((case for case in waiting if case.is_unfinished and _number(case) == number), None)


def _number(case: Case) -> str:
    """The order that the case is about, or that was named for it while something else was unclear."""
    return bare(case.order_number or str(case.slots.get("order") or ""))
