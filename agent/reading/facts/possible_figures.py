"""What a figure can be, by what the orders hold and what was told before."""

from __future__ import annotations

import re
from decimal import Decimal

from agent.reading.goods.items import mentions_of
from agent.reading.text.numerals import WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.values.money import exact
from agent.reading.view import TurnView

_AS_A_SUM = regex(
    r"\s*(?:$|[.,;!]|on (?:order |#)?[\w-]*\d{3}|(?:for (?:the|that|her|his|it|this)\b|too|as well|today|towards|which"
    r"|(?:we|i|she|he) \w+|back|off|again|max|maximum|tops|at (?:the )?most|only|then|please|pls|instead"
    r"|to (?:her|him|them)|it (?:is|was)|it's|(?:she|he|they) (?:deserves?|gets?|shall|should|can|may)"
    r"|though|not (?:all|everything|more|the (?:whole|full|lot))"
    r"|(?:will|would|'ll|'d|should|has to|must) (?:do|be|cover)|(?:is|seems|sounds|feels) (?:\w+ )?"
    r"(?:enough|plenty|fine|ok|okay|fair|right|agreed|good))\b)",
    re.IGNORECASE,
)
_LEADS_TO_SUM = regex(
    r"(?:^|[,.;:!]|\b(?:say|let's do|happy with|wants|asks for|asked for|fine with|up to|like|and|but))\s*$",
    re.IGNORECASE,
)
_ONLY_SO_MUCH = regex(
    r"\b(?:just|only|merely|make (?:it|that)|(?:agreed|settled) (?:on|for))\s$", re.IGNORECASE
)
_NO_NUMBER_ASKED = frozenset({"reason", "return_needed", "evidence", "line", "item", "issue", "note"})


def _most(view: TurnView) -> int:
    """The most units that a line of the orders has."""
    return max((line.quantity for order in view.every_order() for line in order.lines), default=0)


def _paid(view: TurnView) -> Decimal | None:
    """What was paid for the one order that is talked about; nothing where it is several or not known."""
    orders = {order.number: order for order in view.every_order()}
    paid = next(iter(orders.values())).captured if len(orders) == 1 else ""
    return Decimal(paid) if paid else None


def possible(spans: list[Span], text: str, view: TurnView) -> list[Span]:
    """`spans` with a number of units that no line of the orders has as a sum, where it stands as one ("25 max")."""
    most = _most(view)

    def is_sum(span: Span) -> bool:
        digits = re.fullmatch(
            rf"(?:all |other |remaining )?(\d{{1,5}}|{WORD_NUMBER})(?: \w+)?", span.text, re.I
        )
        behind = span.start + (digits.end(1) if digits else 0)
        return (
            span.kind == "quantity"
            and isinstance(span.value, int)
            and span.value > most > 0
            and digits is not None
            and bool(_AS_A_SUM.match(text, behind))
        )

    def as_sum(span: Span) -> Span:
        return Span("money", span.start, span.end, span.text, exact(str(span.value), None))

    return [as_sum(span) if is_sum(span) or _only_so_much(span, text, view, most) else span for span in spans]


def _only_so_much(span: Span, text: str, view: TurnView, most: int) -> bool:
    """Whether a bare number is the sum of a refund that has none yet ("it came late. and just 20 please").

    It stands as a sum does, can count none of the goods, and is no more than was paid: beside the answer to a
    question that asks for no number, or where nothing is open and words say that it is no more.
    """
    paid = _paid(view)
    if paid is None or span.kind not in {"number", "order"} or not span.text.isdigit() or view.proposal:
        return False
    only, before = _ONLY_SO_MUCH.search(text[: span.start]), view.pending
    beside = before is not None and before.slot in _NO_NUMBER_ASKED and "amount" not in view.slots
    leads = only or (beside and span.kind == "number" and _LEADS_TO_SUM.search(text[: span.start]))
    fits = most < int(span.text) <= paid
    new = not (view.flow or view.pending)
    works = view.flow in {"direct_refund", "quality_issue"} and beside
    return fits and (works or new) and bool(leads) and _AS_A_SUM.match(text, span.end) is not None


_LOOKS = regex(
    r"\b(?:check|look|see|show|open|pull|find|status|switch|back to|what about|how about|and then|next|first|case"
    r"|ticket|tkt"
    r"|customer|cust|cx|invoice|inv|order|ord|ordr)\b",
    re.IGNORECASE,
)
_TIMES = 10
"""A sum for the card is no larger than so many times what it shows."""


def is_sum_of_card(span: Span, text: str, view: TurnView) -> bool:
    """Whether a number that is no order's can be the sum for an open refund's card ("too much, 2500 will do")."""
    card = view.proposal
    if card is None or card.write != "refund" or not card.amount or not span.text.isdigit():
        return False
    near = int(span.text) <= _TIMES * Decimal(card.amount)
    return near and len(view.orders) <= 1 and _LOOKS.search(text) is None


_NO_NAME = (
    r"(?!(?:orders?|ord|case|ticket|tkt|invoice|inv|no|nr|number|customer|client|on|for|from|of|and|both)\b)"
)
_GIVES = regex(
    rf"\b(?:gives?|pays?|send|offer|transfer|grant|owes?|gets?)\b(?:\s{_NO_NAME}[^\W\d_][\w'’.-]*){{0,4}}\s$"
    rf"|\b(?:refund|reimburse|credit)\b(?:\s{_NO_NAME}[^\W\d_][\w'’.-]*){{1,4}}\s$",
    re.IGNORECASE,
)
"""A sum is given, mostly to somebody who is named: no order stands there."""
_ENOUGH = regex(
    r"\s*(?:(?:will|would|should|'ll|might) (?:do|be (?:enough|fine|plenty)|cover it)"
    r"|is (?:enough|plenty|fine|fair|all (?:she|he|they) (?:asks?|wants?))|seems (?:fair|right|enough))\b",
    re.IGNORECASE,
)
"""Behind a sum that is enough ("goodwill, 100 will do")."""
_TIMES_PAID = 2
"""A sum for an order is no larger than so many times what was paid for it."""


def is_sum_of_order(span: Span, text: str, view: TurnView) -> bool:
    """Whether a number that is no order's is money for the one order that is talked about ("give Ada 600").

    It stands where a sum is given, and can be one: it is not far above what was paid.
    """
    paid = _paid(view)
    if paid is None or span.kind not in {"order", "number"} or not span.text.isdigit():
        return False
    if span.kind == "order" and _ENOUGH.match(text, span.end):
        return int(span.text) <= _TIMES_PAID * paid
    if span.kind == "number" and (int(span.text) <= _most(view) or not _AS_A_SUM.match(text, span.end)):
        return False
    return int(span.text) <= _TIMES_PAID * paid and _GIVES.search(text[: span.start]) is not None


_MANY = regex(
    r"\b(?P<goods>[^\W\d]+s)\b(?: back)?\W{1,3}(?:(?:so|please|pls|just|we|i|let's) )*"
    r"(?:refund|reimburse|pay back|credit)\s$",
    re.IGNORECASE,
)
"""Before a bare figure: goods in the plural, whose money is asked for."""


def counts_goods(span: Span, text: str, view: TurnView) -> Span:
    """A bare figure behind goods in the plural counts them where the order has as many ("the blue mugs, refund 4")."""
    exactly = span.kind == "money" and span.value["kind"] == "exact" and not span.value["currency"]
    many = _MANY.search(text[: span.start]) if exactly and span.text.isdigit() else None
    if many is None or not re.match(r"\s*(?:[,.;!]|$)", text[span.end :]):
        return span
    lines = [line for order in view.every_order() for line in order.lines]
    named = {line for one in mentions_of(many.group("goods"), lines) for line in one.lines}
    fits = any(line.quantity >= int(span.text) > 1 for line in lines if line.id in named)
    return Span("quantity", span.start, span.end, span.text, int(span.text)) if fits else span


def counted(span: Span, view: TurnView) -> Span:
    """A bare figure that is the number of units told before ("refund 2" of the two that are broken) is no amount."""
    lines = view.slots.get("line")
    told = lines[0].get("quantity") if isinstance(lines, list) and len(lines) == 1 else None
    exactly = span.kind == "money" and span.value["kind"] == "exact" and not span.value["currency"]
    if told is None or not exactly or span.text != str(told):
        return span
    return Span("quantity", span.start, span.end, span.text, told)


def less(span: Span) -> Span:
    """An exact sum as one that is taken off what stands there."""
    if span.kind != "money" or span.value["kind"] != "exact":
        return span
    return Span("money", span.start, span.end, span.text, {**span.value, "kind": "less"})


def no_relation(span: Span) -> Span:
    """The bare figure of a sum told as taken off."""
    if span.kind != "money" or span.value["kind"] != "less":
        return span
    return Span("number", span.start, span.end, span.text, span.text) if span.text.isdigit() else span
