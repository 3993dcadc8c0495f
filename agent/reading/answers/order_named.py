"""Which order is meant, where that is all a message says: a customer's name, or the goods."""

from __future__ import annotations

import re

from agent.commands import Command, ResumeCase, SelectOrder, SlotValue
from agent.reading.answers.again import once_more
from agent.reading.answers.numbers import says_no
from agent.reading.clauses.weighed import Weighed
from agent.reading.facts.resuming import goes_back, goods_named
from agent.reading.goods.items import Similar
from agent.reading.text.patterns import regex
from agent.reading.text.span import is_name, masked
from agent.reading.view import TurnView
from agent.reading.words.nouns import names_nothing
from agent.reading.words.order_words import order_query
from agent.reading.words.signals import Signals

_WORD = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FILLS = frozenset(
    "please pls again now next and then ok okay the it's its for of customer about re order orders back to".split()
)
"""What stands beside a name without asking for anything."""
_SHORT = 7
"""Words of an answer that only says which order it is."""


def moves_on(part: Weighed, view: TurnView, similar: Similar) -> Command | None:
    """A clause that only names an order, or a case that was left, or asks for the last result once more."""
    s, sure = part.clause.signals, max(0.9, part.confidence)
    if (named := only_named(s, view)) is not None:
        return SelectOrder(slots=named, confidence=sure, span=part.text)
    if (left := goes_back(s, view)) is not None:
        return ResumeCase(slots={"order_query": left}, confidence=sure, span=part.text)
    return once_more(s, view, similar)


def only_named(s: Signals, view: TurnView) -> dict[str, SlotValue] | None:
    """The order, or the words for it, where a customer's name is all that is said and no answer is waited for."""
    named = [span for span in s.spans if span.kind == "person" or is_name(span)]
    rest = masked(s.wording.text, named)
    besides = {word.lower() for word in _WORD.findall(rest)}
    if len(named) != 1 or view.pending is not None or besides - _FILLS or re.search(r"\d", rest):
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
