"""The payment that money goes back to."""

from __future__ import annotations

from agent.commands import SlotValue
from agent.reading.text.patterns import regex
from agent.reading.words.signals import Signals

_METHOD = (
    r"(?P<w>visa|paypal|mastercard|master card|amex|klarna|gift ?card|apple pay|google pay|bank transfer|sepa"
    r"|ideal|stripe|sofort|debit card|credit card|store credit|invoice|second (?:card|payment)"
    r"|first (?:card|payment))\b"
)
_PAYMENTS = (
    regex(rf"\b(?:to|on|via|onto|from|with)(?: the| her| his| their)?(?: original)? {_METHOD}"),
    regex(rf"\b{_METHOD}(?: money| part| payment| card)? first\b"),
)


def payment_said(s: Signals) -> SlotValue | None:
    """The payment that money goes back to, or goes back to first."""
    found = next((match for pattern in _PAYMENTS if (match := pattern.search(s.plain))), None)
    return SlotValue(value=found.group("w"), span=s.wording.origin(*found.span("w"))) if found else None
