"""Which of the orders that a message names are meant, and which words belong to which of them."""

from __future__ import annotations

import re
from itertools import pairwise

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span, masked
from agent.reading.values.orders import bare
from agent.reading.view import OrderView, TurnView

_STAYS = regex(
    r"\s*(?:(?:is|was|should|must|can|will|has to|'s|’s|’ll|'ll|ought to|to)\s)?(?:be |the )?"
    r"(?:one (?:to|that) )?"
    r"(?:stands?|stays?|remains?|keeps?|kept|staying|goes ahead|go ahead|(?:is |was |’s |'s )?"
    r"(?:fine|ok|okay|good|correct|right"
    r"|genuine|real|valid|proper"
    r"|original)(?: one| order)?|(?:she|he|they) (?:keeps?|wants?)|not touched|untouched|ships?)\b"
    r"(?! (?:refund|back|out))",
    re.IGNORECASE,
)
_KEEPS = regex(
    r"\b(?:keep|keeps|keeping|leave|leaving|don['’]?t touch|do not touch|stick with|stay with|not"
    r"|(?:duplicate|dupe|copy|repeat|double|clone|twin) of|(?:same|identical) (?:as|to)|repeats|duplicates|copies)"
    r"\s(?:order\s)?#?$",
    re.IGNORECASE,
)
_OBJECT = regex(
    r"\b(?:refund|void|reverse|reimburse|credit|undo|cancel|kill|money (?:back )?(?:for|on)|pay back)\s"
    r"(?:(?:only|just|the|order|second|duplicate|dupe|extra|other|one|please"
    r"|her|him|them|for|on|back|in full|full|money)\s){0,4}#?$",
    re.IGNORECASE,
)
_BY_PLACE = regex(
    r"\b(?:refund|void|reverse|reimburse|credit|undo|cancel|kill)(?: (?:only|just))? the"
    r" (?:(?P<first>first|former|earlier|older)|second|2nd|latter|later|last|newer)(?: (?:one|order))?"
    r"\b(?! \w*(?:item|line))",
    re.IGNORECASE,
)
_ON_ONE = regex(
    r"\b(?:on|of|from|in|with|for) the (?:(?P<first>first|former|earlier|older)|second|2nd|latter|later"
    r"|newer)(?: (?:one|order))?\b"
    r"(?! \w+)|\b(?:on|of|from|in|with|for) the (?:(?P<first2>first|former|earlier|older)|second|2nd|latter"
    r"|later|newer) (?:one|order)\b",
    re.IGNORECASE,
)
"""Which of two orders the story is about ("4619 and 4620. The pan on the first one never came")."""
_JOINS = regex(r"^\W*(?:(?:and|or|plus|&|\+|also|then|order)\W*)*#?$", re.IGNORECASE)
_WISHES = regex(r"\b(?:refund|money back|give|reimburse|credit|return|send)\w*\b", re.IGNORECASE)
_PART = regex(r"(?<=[.!?])\s+|\s*[;\n]+\s*")
_BEGINS = regex(
    r"^(?:\W|(?:two|three|four|\d) (?:things|orders|cases|jobs|bits)(?: for (?:you|me|us|today))?"
    r"|and|then|also|plus|for|on|order|next|second|first|secondly"
    r"|lastly|as for|the other|no)*#?$",
    re.IGNORECASE,
)


MEANT_ORDER = regex(
    r"\b(?:meant|mean|should (?:be|read|say|have been)|supposed to be|it's|it is|it was|rather|make (?:it"
    r"|that)|instead|is on|belongs to)"
    r" (?:the )?(?:order |number |no )?ORDERNO\b"
    r"|\bORDERNO (?:it (?:is|was|should be)|is (?:it|the (?:right |correct )?(?:one|order|number)|right|correct"
    r"|what i (?:mean"
    r"|meant))"
    r"|(?:was|is) (?:meant|intended)|i (?:mean|meant))\b"
    r"|\b(?:wrong|other|incorrect|different) (?:order|number|one|ticket|case|tab|customer"
    r"|person)\b[^?]{0,40}?\bORDERNO\b"
    r"|\b(?:typo|mistyped|misread|mixed up|swapped|transposed|mixup|mix-up)\b[^?]{0,40}?\bORDERNO\b"
    r"|\b(?:not|isn't|is not) (?:this|that)(?: \w+)?\b[^?.;]{0,12}[,.;:\u2013-]\s?(?:\w+ ){0,3}ORDERNO\b"
    r"|\b(?:read|typed|saw|got|copied|pasted|took|wrote|opened)\b[^?]{0,24}? wrong\b[^?]{0,24}?\bORDERNO\b"
    r"|^(?:\W|o+ps|ups|whoops|sorry|no|nope|pardon|hm+|ah|oh)*(?:o+ps|ups|whoops|sorry|no"
    r"|nope)\W+ORDERNO(?: please| it is)?\W*$"
    r"|\bORDERNO\b,? (?:not|instead of|rather than) (?:ORDERNO|that|this)\b"
)
"""Another order is put in the place of the open one ("no, I meant 3321")."""


def meant_orders(text: str, orders: list[Span]) -> list[str]:
    """Numbers of the orders that something is wanted for, in order, without repeats.

    Left out is an order that stays as it is ("611 stands, refund 612"), and one that is only told of before a sentence
    that asks for the money of another ("611 and 612 are the same. refund 612").
    """
    left = [span for span in orders if not _is_kept(text, span)] or orders
    numbers = list(dict.fromkeys(span.value for span in left))
    if len(numbers) == 2 and len(places := list(_ON_ONE.finditer(text))) == 1:
        return numbers[:1] if places[0].group("first") or places[0].group("first2") else numbers[1:]
    if len(numbers) == 2 and (which := _BY_PLACE.search(text)) is not None:
        return numbers[:1] if which.group("first") else numbers[1:]
    asked = [span for span in left if _OBJECT.search(text[: span.start])]
    if asked and len({span.value for span in left}) > 1:
        for before, span in pairwise(left):
            if before in asked and span not in asked and _JOINS.match(text[before.end : span.start]):
                asked.append(span)
        others = [span for span in left if span.value not in {one.value for one in asked}]
        left = asked if all(_only_told(text, span, asked) for span in others) else left
    return list(dict.fromkeys(span.value for span in left))


def _is_kept(text: str, span: Span) -> bool:
    return bool(_STAYS.match(text[span.end :]) or _KEEPS.search(text[: span.start]))


def _only_told(text: str, span: Span, asked: list[Span]) -> bool:
    """Whether an order stands in a part of the message that wishes for nothing, before what is wished for."""
    edges = [0, *(match.end() for match in _PART.finditer(text)), len(text)]
    start = max(edge for edge in edges if edge <= span.start)
    end = min(edge for edge in edges if edge > span.start)
    return end <= min(one.start for one in asked) and not _WISHES.search(text[start:end])


def _behind_heading(before: str) -> str:
    """The words behind a heading with a colon ("two items before my meeting: on")."""
    return before.rsplit(":", 1)[-1]


def parts_by_order(text: str, spans: list[Span]) -> list[int]:
    """Where the message goes on to another order: every part begins with one ("3401 never came. 3415 10 off").

    Empty unless there are several, and each order is named in one part alone.
    """
    orders = [span for span in spans if span.kind == "order"]
    text = masked(text, [span for span in spans if span.kind == "return"])
    edges = [0, *(match.end() for match in _PART.finditer(text))]
    found: list[tuple[int, str]] = []
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        inside = [span for span in orders if start <= span.start < end]
        if (
            inside
            and len({span.value for span in inside}) == 1
            and _BEGINS.match(
                _behind_heading(text[start : inside[0].start]) if not found else text[start : inside[0].start]
            )
        ):
            found.append((start, str(inside[0].value)))
        elif inside and (len({s.value for s in inside}) > 1 or not found or found[-1][1] != inside[0].value):
            return []
    numbers = [number for _, number in found]
    return [start for start, _ in found[1:]] if len(set(numbers)) == len(numbers) > 1 else []


def order_for(view: TurnView, number: str | None) -> OrderView | None:
    """The loaded order of that number; without a number, the topic."""
    if number is None:
        return view.order
    wanted = bare(number)
    candidates = [*view.orders, *([view.order] if view.order else [])]
    return next((order for order in candidates if bare(order.number) == wanted), None)
