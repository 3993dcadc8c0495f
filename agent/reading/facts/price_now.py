"""The price that goods have now, told in a case that gives a difference: what the amount comes down to."""

from __future__ import annotations

import re

from agent.commands import Command, CorrectSlot, SlotValue
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.values.money import exact
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals
from domain.reasons import RefundReason

_NOW = regex(
    r"\b(?:sale|new|current|real|right|actual|correct|today['’]?s|online|offer|lower|reduced|promo) price"
    r"(?: (?:there|now|today|of it))?(?: (?:is|was|were|should be|should have been|read|reads))?[\s:=]*"
    r"(?:only |just |in fact |actually )?$",
    re.IGNORECASE,
)


def with_price_now(spans: list[Span], text: str, view: TurnView) -> list[Span]:
    """`spans` with a figure behind "the sale price was" as that price, where a price is adjusted."""
    reason = view.proposal.reason if view.proposal is not None else view.slots.get("reason")
    amount = view.slots.get("amount")
    of_a_price = isinstance(amount, dict) and amount.get("kind") == "down_to"
    if reason != RefundReason.PRICE_ADJUSTMENT and not of_a_price:
        return spans

    def now(span: Span) -> Span:
        exactly = span.kind == "money" and span.value["kind"] == "exact"
        bare = span.kind in {"number", "order"} and span.text.isdigit()
        if not (exactly or bare) or not _NOW.search(text[: span.start]):
            return span
        value = span.value if exactly else exact(span.text, None)
        return Span("money", span.start, span.end, span.text, {**value, "kind": "down_to"})

    return [now(span) for span in spans]


def price_put_right(s: Signals, view: TurnView) -> Command | None:
    """At a card, another price that the goods have now ("wrong tag, the sale price was 2295")."""
    if view.proposal is None or view.proposal.write != "refund" or s.has("question"):
        return None
    told = [span for span in s.kind("money") if span.value["kind"] == "down_to"]
    if len(told) != 1:
        return None
    amount = SlotValue(value=told[0].value, span=told[0].text)
    return CorrectSlot(slots={"amount": amount}, confidence=0.9, span=s.wording.text.strip())
