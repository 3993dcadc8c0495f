"""The order: one aggregate, one version.

Amounts are minor units (int) of the order's currency throughout. Quantities are whole units. `version` grows with
every write that can change what an action does; evidence, claims, notes and log entries leave it alone.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, Field

from domain.reasons import RefundReason
from domain.refunds.model import Refund
from domain.returns.model import Return
from domain.supplier_reviews.model import SupplierReview


class Source(StrEnum):
    """Where a product comes from."""

    OWN = "own"
    DROPSHIPPING = "dropshipping"
    PRINT_ON_DEMAND = "print_on_demand"
    DIGITAL = "digital"


class Fulfilment(StrEnum):
    """How far a line has come."""

    UNFULFILLED = "unfulfilled"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


FULFILMENT: dict[Fulfilment, frozenset[Fulfilment]] = {
    Fulfilment.UNFULFILLED: frozenset({Fulfilment.PROCESSING, Fulfilment.SHIPPED, Fulfilment.CANCELLED}),
    Fulfilment.PROCESSING: frozenset({Fulfilment.SHIPPED, Fulfilment.CANCELLED}),
    Fulfilment.SHIPPED: frozenset({Fulfilment.DELIVERED}),
    Fulfilment.DELIVERED: frozenset(),
    Fulfilment.CANCELLED: frozenset(),
}

FULFILLED = frozenset({Fulfilment.SHIPPED, Fulfilment.DELIVERED})
NOT_FULFILLED_YET = frozenset({Fulfilment.UNFULFILLED, Fulfilment.PROCESSING})


class Dispute(StrEnum):
    """A chargeback or dispute on a payment."""

    NONE = "none"
    OPEN = "open"
    WON = "won"
    LOST = "lost"


DISPUTE: dict[Dispute, frozenset[Dispute]] = {
    Dispute.NONE: frozenset({Dispute.OPEN, Dispute.WON, Dispute.LOST}),
    Dispute.OPEN: frozenset({Dispute.WON, Dispute.LOST}),
    Dispute.WON: frozenset(),
    Dispute.LOST: frozenset(),
}
"""One dispute; one that is over stays so, whatever older news arrives later."""


class PaymentStatus(StrEnum):
    """Derived for the whole order."""

    UNPAID = "unpaid"
    AUTHORISED = "authorised"
    PAID = "paid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    VOIDED = "voided"


class Line(BaseModel):
    """A line as bought. `discount`, `tax` and `supplier_cost` are for the whole line; tax is on top of price."""

    id: str
    sku: str
    title: str
    variant: str = ""
    quantity: int
    unit_price: int
    discount: int = 0
    order_discount: int = 0
    """This line's share of the order discount."""
    tax: int = 0
    source: Source = Source.OWN
    final_sale: bool = False
    supplier: str = ""
    supplier_cost: int = 0
    fulfilment: Fulfilment = Fulfilment.UNFULFILLED
    fulfilled_at: datetime | None = None
    carrier: str = ""
    tracking: str = ""


class Payment(BaseModel):
    """A payment as captured. Unsettled until `settles_at`."""

    id: str
    provider: str = "sandbox"
    provider_ref: str = ""
    method: str
    authorised: int
    captured: int
    captured_at: datetime
    settles_at: datetime
    dispute: Dispute = Dispute.NONE
    disputes: dict[str, Dispute] = Field(default_factory=dict)
    """Each dispute the provider told of, by its name there; `dispute` is the gravest of them."""
    voided: bool = False

    @property
    def is_blocked(self) -> bool:
        """An open or lost dispute gives nothing back: it could pay the customer twice."""
        return self.dispute in (Dispute.OPEN, Dispute.LOST)


class EvidenceKind(StrEnum):
    """What evidence can be."""

    PHOTO = "photo"
    VIDEO = "video"
    DESCRIPTION = "description"
    DOCUMENT = "document"


class Evidence(BaseModel):
    """Something that shows what happened. Adding one does not bump the order's version."""

    sha256: str
    kind: EvidenceKind
    name: str = ""
    media_type: str = ""
    text: str = ""
    """The customer's words, verbatim, for a description."""
    source: str = "customer"
    lines: list[str] = Field(default_factory=list)
    """Line ids it shows; empty when it is about the order."""
    added_by: str
    added_at: datetime


class Claim(BaseModel):
    """A quality claim made anywhere; it stays until staff retract the defect itself."""

    reason: RefundReason
    lines: list[str] = Field(default_factory=list)
    source: str = "staff"
    quote: str = ""
    made_by: str
    made_at: datetime
    retracted_by: str | None = None
    retracted_at: datetime | None = None


class LogEntry(BaseModel):
    """What was said to the customer about this order."""

    channel: str
    direction: str = "out"
    text: str
    at: datetime
    by: str


class Customer(BaseModel):
    """Who bought."""

    name: str
    email: str = ""
    language: str = ""


class Order(BaseModel):
    """An order with everything that happened to it."""

    id: str
    merchant_id: str
    number: str
    customer: Customer
    currency: str
    placed_at: datetime
    lines: list[Line]
    shipping: int = 0
    order_discount: int = 0
    payments: list[Payment] = Field(default_factory=list)
    refunds: list[Refund] = Field(default_factory=list)
    returns: list[Return] = Field(default_factory=list)
    supplier_reviews: list[SupplierReview] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
    claims: list[Claim] = Field(default_factory=list)
    communication_log: list[LogEntry] = Field(default_factory=list)
    refunds_blocked: bool = False
    address: str = ""
    note: str = ""
    version: int = 1

    def line(self, line_id: str) -> Line:
        """The line of that id. Raises KeyError."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise KeyError(line_id)

    def payment(self, payment_id: str) -> Payment:
        """The payment of that id. Raises KeyError."""
        for payment in self.payments:
            if payment.id == payment_id:
                return payment
        raise KeyError(payment_id)

    def refund(self, refund_id: str) -> Refund:
        """The refund of that id. Raises KeyError."""
        for refund in self.refunds:
            if refund.id == refund_id:
                return refund
        raise KeyError(refund_id)

    def find_return(self, return_id: str) -> Return | None:
        """The return of that id, if there is one."""
        return next((r for r in self.returns if r.id == return_id), None)

    def find_review(self, review_id: str) -> SupplierReview | None:
        """The supplier review of that id, if there is one."""
        return next((r for r in self.supplier_reviews if r.id == review_id), None)
