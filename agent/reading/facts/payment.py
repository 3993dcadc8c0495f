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
_DISPUTED = regex(r"\b(?:charge ?backs?|disput\w*|claims?|fraud\w*|blocked)\b[^.;,]{0,24}$")
"""Before a payment that money cannot go back to ("there's a chargeback on the visa")."""
_PAYMENTS = (
    regex(
        rf"\b{_METHOD}(?: part| side| payment| card| one)?(?: is| was)?(?: fine| ok| okay| free| clean| undisputed)?\W+"
        r"(?:so |then |please |and |just )*put (?:it|that|the money|all of it) (?:there|on (?:that|it|this))\b"
    ),
    regex(rf"\b(?:to|on|via|onto|from|with)(?: the| her| his| their)?(?: original)? {_METHOD}"),
    regex(rf"\b{_METHOD}(?: money| part| payment| card)? first\b"),
)


def payment_said(s: Signals) -> SlotValue | None:
    """The payment that money goes back to, or goes back to first."""
    told = (match for pattern in _PAYMENTS for match in pattern.finditer(s.plain))
    found = next((match for match in told if not _DISPUTED.search(s.plain[: match.start("w")])), None)
    return SlotValue(value=found.group("w"), span=s.wording.origin(*found.span("w"))) if found else None
