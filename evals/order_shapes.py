"""An order with its history as a case gives it. Amounts are decimal strings, in the order's currency."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.orders.document import Amount, Name, Text, Units
from domain.orders.model import Dispute, Fulfilment, Source
from domain.reasons import RefundReason
from domain.refunds.model import RefundStatus
from domain.returns.model import ReturnStatus
from domain.supplier_reviews.model import ReviewKind, ReviewStatus

Pieces = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]


class Shape(BaseModel):
    """A part of a case file. A null is as good as a field that is left out."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: part for name, part in value.items() if part is not None}


class PaymentShape(Shape):
    """A payment, oldest first."""

    method: Name
    captured: Amount
    authorised: Amount | None = None
    dispute: Dispute = Dispute.NONE
    settlement: Literal["settled", "unsettled"] | None = None


class LineShape(Shape):
    """A line as bought; `discount`, `tax` and `supplier_cost` are for the whole line, tax on top of price."""

    sku: Name
    title: Name
    qty: Pieces
    unit_price: Amount
    source: Source
    fulfilment: Fulfilment
    discount: Amount = "0"
    tax: Amount = "0"
    final_sale: Annotated[bool, Field(strict=True)] = False
    supplier_cost: Amount = "0"
    carrier: Text = ""
    tracking: Text = ""


class RefundLineShape(Shape):
    """Units that were given back."""

    sku: Name
    qty: Units
    amount: Amount | None = None


class RefundShape(Shape):
    """A refund made before, or by somebody else."""

    amount: Amount
    status: RefundStatus
    lines: list[RefundLineShape] = Field(default_factory=list)
    reason: RefundReason = RefundReason.OTHER
    note: Text = ""


class ReturnLineShape(Shape):
    """Units on their way back."""

    sku: Name
    qty: Pieces


class InspectionShape(Shape):
    """What came back of a line."""

    sku: Name
    good: Units = 0
    damaged: Units = 0
    missing: Units = 0


class ReturnShape(Shape):
    """A return as it stands."""

    id: Name
    initiated_by: Literal["customer", "merchant"]
    status: ReturnStatus
    lines: list[ReturnLineShape] = Field(min_length=1)
    reason: RefundReason | None = None
    return_fee: Amount = "0"
    restocking_fee: Amount = "0"
    carrier: Text = ""
    tracking: Text = ""
    inspection: list[InspectionShape] = Field(default_factory=list)


class ReviewShape(Shape):
    """A supplier review as it stands; `lines` are SKUs."""

    id: Name
    lines: list[Name] = Field(min_length=1)
    kind: ReviewKind
    requested: Amount
    refunded: Amount | None = None
    status: ReviewStatus
    notes: Text


class LogShape(Shape):
    """Something said to the customer, or by them."""

    channel: Name = "email"
    direction: Literal["in", "out"] = "out"
    text: Text


class OrderShape(Shape):
    """An order with its history."""

    number: Name
    customer: Name
    currency: Annotated[str, Field(strict=True, pattern=r"^[A-Z]{3}$", description="ISO 4217.")]
    placed_days_ago: Annotated[float, Field(ge=0, le=3650)]
    payments: list[PaymentShape]
    lines: list[LineShape] = Field(min_length=1)
    shipping: Amount = "0"
    order_discount: Amount = "0"
    note: Text = ""
    prior_refunds: list[RefundShape] = Field(default_factory=list)
    returns: list[ReturnShape] = Field(default_factory=list)
    supplier_reviews: list[ReviewShape] = Field(default_factory=list)
    communication_log: list[LogShape | Text] = Field(default_factory=list)
