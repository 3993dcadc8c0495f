"""Other goods on a refund's card: some taken out, some put in, one for another."""

from __future__ import annotations

from typing import Literal

from agent.commands import SlotValue
from agent.reading.goods.left_alone import keeps_some, rest_of_case
from agent.reading.goods.the_other import goods_swapped, other_line
from agent.reading.view import TurnView
from agent.reading.words.reasons import named_reason
from agent.reading.words.signals import Signals


def changed_lines(s: Signals, view: TurnView) -> dict[str, SlotValue] | Literal["unclear"] | None:
    """The goods the card is to be about from now on; unclear where that cannot be told, nothing where no others are."""
    lines = rest_of_case(s, view)
    if lines is None and keeps_some(s, view):
        return "unclear"
    lines = lines or goods_swapped(s, view)
    if lines is not None:
        return {"line": lines}
    other = other_line(s, view)
    return other | _named(s) if isinstance(other, dict) else other


def _named(s: Signals) -> dict[str, SlotValue]:
    """A reason by its name; "the wrong one, take the other" says nothing of why money goes back."""
    named = named_reason(s.plain)
    return (
        {"reason": SlotValue(value=named.code.value, span=s.wording.text.strip())}
        if named is not None
        else {}
    )
