"""Which evidence counts for a case, and whether a quality claim stands on an order."""

from __future__ import annotations

from domain.orders.model import Claim, Evidence, EvidenceKind, Order
from domain.settings import MerchantSettings

CUSTOMER = "customer"
"""The source of what the customer said or sent; a description by anybody else is no evidence."""


def open_claims(order: Order, lines: list[str]) -> list[Claim]:
    """Quality claims that were not retracted and touch these lines (all lines when none is named)."""
    return [
        claim
        for claim in order.claims
        if claim.retracted_at is None
        and (not claim.lines or not lines or any(line in claim.lines for line in lines))
    ]


def photo_required(settings: MerchantSettings, currency: str, amount: int) -> bool:
    """Whether only photo or video count at this amount."""
    threshold = settings.photo_required_above.get(currency)
    return threshold is not None and amount > threshold


def counts_as_evidence(item: Evidence, settings: MerchantSettings, currency: str, amount: int) -> bool:
    """Photo and video always; the customer's own clear description where the merchant takes it."""
    if item.kind in (EvidenceKind.PHOTO, EvidenceKind.VIDEO):
        return True
    if item.kind is not EvidenceKind.DESCRIPTION or item.source != CUSTOMER:
        return False
    if not settings.description_counts or photo_required(settings, currency, amount):
        return False
    return says_enough(item.text, settings)


def says_enough(text: str, settings: MerchantSettings) -> bool:
    """Whether a description is long enough, not counting runs of spaces; and most of it is words, not dashes."""
    words = " ".join(text.split())
    letters = sum(character.isalnum() for character in words)
    return len(words) >= settings.description_min_length and letters * 2 >= settings.description_min_length


def relevant_evidence(order: Order, lines: list[str]) -> list[Evidence]:
    """Evidence about these lines or about the order as a whole."""
    return [
        item
        for item in order.evidence
        if not item.lines or not lines or any(line in item.lines for line in lines)
    ]
