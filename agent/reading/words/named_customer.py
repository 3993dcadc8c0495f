"""The customer of a loaded order called by name: it stands for "the customer" wherever the words are read.

Nothing is looked up here, and no order is chosen by it: whose order is meant was told before (`people.py`).
"""

from __future__ import annotations

from functools import lru_cache

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.view import TurnView
from agent.reading.words.people import Word, name_words, words_of

_SHORTEST = 3
_JOINED = regex(r"\s+|\s*-\s*")


def with_customer(text: str, spans: list[Span], view: TurnView) -> list[Span]:
    """`spans` with a ``named`` for each name of a loaded order's customer ("pay Fergus", "mrs Okafor asks").

    A word that goods of these orders are called by, a word of the work and an everyday one in lower case are none.
    """
    orders = view.every_order()
    names = {word for order in orders for word in _name(order.customer) if len(word) >= _SHORTEST}
    if not names.intersection(name_words(text)):
        return spans
    names -= {word for order in orders for line in order.lines for word in _name(line.title)}
    found: list[Span] = []
    for word in words_of(text):
        if word.low not in names or not _is_name(word):
            continue
        if any(span.start < word.end and word.begins < span.end for span in spans):
            continue
        last = found[-1] if found else None
        if last is not None and _JOINED.fullmatch(text[last.end : word.start]):
            found.pop()
            found.append(_span(text, last.start, word.end))
        else:
            found.append(_span(text, word.begins, word.end))
    return sorted([*spans, *found], key=lambda span: (span.start, -span.end)) if found else spans


@lru_cache(maxsize=1024)
def _name(text: str) -> tuple[str, ...]:
    return tuple(name_words(text))


def _span(text: str, start: int, end: int) -> Span:
    return Span("named", start, end, text[start:end], None)


def _is_name(word: Word) -> bool:
    if word.is_titled:
        return True
    if word.is_of_work or word.is_goods:
        return False
    return word.is_capital or word.owns or not word.is_everyday
