"""Reason codes. Stable, lower snake case, one enumeration each with their sentences."""

from __future__ import annotations

from enum import StrEnum


class RefundReason(StrEnum):
    """Why money goes back, or goods do."""

    DAMAGED = "damaged"
    DEFECTIVE = "defective"
    NOT_AS_DESCRIBED = "not_as_described"
    WRONG_ITEM = "wrong_item"
    MISSING_ITEM = "missing_item"
    NOT_RECEIVED = "not_received"
    LATE_DELIVERY = "late_delivery"
    CHANGED_MIND = "changed_mind"
    ORDERED_BY_MISTAKE = "ordered_by_mistake"
    SIZE_OR_FIT = "size_or_fit"
    PRICE_ADJUSTMENT = "price_adjustment"
    GOODWILL = "goodwill"
    DUPLICATE = "duplicate"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words staff read."""
        return _REFUND_LABELS[self]

    @property
    def is_quality(self) -> bool:
        """Whether the reason claims something wrong with the goods, and so needs evidence."""
        return self in QUALITY_REASONS


QUALITY_REASONS = frozenset(
    {RefundReason.DAMAGED, RefundReason.DEFECTIVE, RefundReason.NOT_AS_DESCRIBED, RefundReason.WRONG_ITEM}
)

_REFUND_LABELS: dict[RefundReason, str] = {
    RefundReason.DAMAGED: "Damaged",
    RefundReason.DEFECTIVE: "Defective",
    RefundReason.NOT_AS_DESCRIBED: "Not as described",
    RefundReason.WRONG_ITEM: "Wrong item",
    RefundReason.MISSING_ITEM: "Missing item",
    RefundReason.NOT_RECEIVED: "Not received",
    RefundReason.LATE_DELIVERY: "Late delivery",
    RefundReason.CHANGED_MIND: "Changed mind",
    RefundReason.ORDERED_BY_MISTAKE: "Ordered by mistake",
    RefundReason.SIZE_OR_FIT: "Size or fit",
    RefundReason.PRICE_ADJUSTMENT: "Price adjustment",
    RefundReason.GOODWILL: "Goodwill",
    RefundReason.DUPLICATE: "Duplicate order",
    RefundReason.OTHER: "Other",
}


class RejectReason(StrEnum):
    """Why a return request is turned down."""

    OUTSIDE_WINDOW = "outside_window"
    FINAL_SALE = "final_sale"
    NOT_RETURNABLE = "not_returnable"
    USED_OR_ALTERED = "used_or_altered"
    NO_EVIDENCE = "no_evidence"
    ALREADY_RESOLVED = "already_resolved"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words staff read."""
        return _REJECT_LABELS[self]


_REJECT_LABELS: dict[RejectReason, str] = {
    RejectReason.OUTSIDE_WINDOW: "Outside the return window",
    RejectReason.FINAL_SALE: "Final sale",
    RejectReason.NOT_RETURNABLE: "Cannot be returned",
    RejectReason.USED_OR_ALTERED: "Used or altered",
    RejectReason.NO_EVIDENCE: "No evidence",
    RejectReason.ALREADY_RESOLVED: "Already resolved",
    RejectReason.OTHER: "Other",
}
