"""Which order is meant, where that is all a message says: a customer's name, or the goods."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.answered_numbers import says_no
from agent.reading.lines import order_query
from agent.reading.nouns import names_nothing
from agent.reading.resuming import goods_named
from agent.reading.signals import Signals
from agent.reading.span import is_name, masked
from agent.reading.view import TurnView

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORT = 7
"""Words of an answer that only says which order it is."""


def only_named(s: Signals, view: TurnView) -> dict[str, SlotValue] | None:
    """The order, or the words for it, where a customer's name is all that is said and no answer is waited for."""
    named = [span for span in s.spans if span.kind == "person" or is_name(span)]
    rest = masked(s.wording.text, named)
    if (
        len(named) != 1
        or view.pending is not None
        or any(not names_nothing(w.lower()) for w in _WORD.findall(rest))
    ):
        return None
    if len(_WORD.findall(rest)) > 2 or re.search(r"\d", rest):
        return None
    slot = "order" if is_name(named[0]) else "order_query"
    return {slot: SlotValue(value=named[0].value, span=named[0].text)}


def which_order(s: Signals, text: str) -> SlotValue | None:
    """Words that tell which order: what describes one, else what a short answer says besides words of the work."""
    query = order_query(s)
    works = says_no(s) or s.reasons or s.has("question", "wh", "refund", "cancels")
    if query is not None or works or len(s.plain.split()) > _SHORT:
        return query
    found = goods_named(s)
    if found is None:
        said = [word for word in _WORD.findall(s.wording.text) if not names_nothing(word.lower())]
        found = SlotValue(value=" ".join(said), span=text) if 0 < len(said) <= 3 else None
    return found
