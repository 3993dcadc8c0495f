"""The order document: one order with its history as a shop hands it over, in JSON. See docs/orders.md.

Amounts are decimal strings in the order's currency (``"12.50"``), never numbers, so that nothing is rounded
on the way. Instants are RFC 3339 with an offset. This module knows the shape only; whether the sums make
sense is decided by :mod:`domain.orders.intake`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AliasChoices,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from domain.orders.model import Dispute, Fulfilment, Source
from domain.reasons import RefundReason
from domain.refunds.model import RefundStatus
from domain.returns.model import ReturnStatus
from domain.rules import Refused, Rule, Violation, broken
from domain.supplier_reviews.model import ReviewKind, ReviewStatus


def _text_or_instant(value: object) -> object:
    if not isinstance(value, str | datetime):
        raise ValueError("an RFC 3339 instant such as 2026-05-04T10:00:00Z")
    return value


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must hold no NUL character")
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be blank")
    return _no_nul(value.strip())


Amount = Annotated[
    str,
    Field(
        strict=True,
        max_length=32,
        description="Decimal string in the order's currency, such as 12.50; not negative.",
        json_schema_extra={"pattern": r"^\d{1,15}(\.\d{1,10})?$"},
    ),
]
Instant = Annotated[AwareDatetime, BeforeValidator(_text_or_instant)]
Name = Annotated[str, Field(strict=True, min_length=1, max_length=500), AfterValidator(_not_blank)]
Text = Annotated[str, Field(strict=True, max_length=10_000), AfterValidator(_no_nul)]
Units = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)]
Quantity = Field(
    validation_alias=AliasChoices("quantity", "qty"), description="Whole units; `qty` is read as well."
)


class Part(BaseModel):
    """Everything in a document: an unknown field is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class CustomerPart(Part):
    """Who bought."""

    name: Name
    email: Text = ""
    language: Text = ""


class LinePart(Part):
    """A line as bought; `discount`, `tax` and `supplier_cost` are for the whole line."""

    sku: Name
    title: Name
    variant: Text = ""
    quantity: Annotated[int, Field(strict=True, ge=1, le=1_000_000_000)] = Quantity
    unit_price: Amount = Field(description="Tax excluded.")
    discount: Amount = "0"
    tax: Amount = Field("0", description="On top of the price.")
    source: Source = Source.OWN
    final_sale: Annotated[bool, Field(strict=True)] = False
    supplier: Text = ""
    supplier_cost: Amount = "0"
    fulfilment: Fulfilment = Fulfilment.UNFULFILLED
    fulfilled_at: Instant | None = None
    carrier: Text = ""
    tracking: Text = ""


class PaymentPart(Part):
    """A payment. Default instants: captured when the order was placed, settled as the shop's settings say."""

    method: Name
    captured: Amount
    authorised: Amount | None = Field(None, description="Default: what was captured.")
    captured_at: Instant | None = None
    settles_at: Instant | None = None
    provider: Name = "sandbox"
    provider_ref: Text = ""
    dispute: Dispute = Dispute.NONE
    voided: Annotated[bool, Field(strict=True)] = False


class RefundLinePart(Part):
    """Units given back; without an amount: everything these units can give back."""

    sku: Name
    quantity: Units = Quantity
    amount: Amount | None = None


class RefundPart(Part):
    """A refund that was made before. Default instant: when the last payment was captured."""

    id: Name | None = None
    amount: Amount = Field(description="What the customer got, tax and shipping included.")
    status: RefundStatus = RefundStatus.SUCCEEDED
    lines: list[RefundLinePart] = Field(default_factory=list)
    shipping: Amount | None = None
    reason: RefundReason = RefundReason.OTHER
    note: Text = ""
    settles_return: Name | None = None
    created_at: Instant | None = None


class ReturnLinePart(Part):
    """Units of a line in a return."""

    sku: Name
    quantity: Annotated[int, Field(strict=True, ge=1, le=1_000_000_000)] = Quantity


class InspectionPart(Part):
    """What came back of a line; units that are not named are missing."""

    sku: Name
    good: Units = 0
    damaged: Units = 0
    missing: Units = 0


class ReturnPart(Part):
    """A return: a customer's request, or goods on their way back."""

    id: Name | None = None
    initiated_by: Literal["customer", "merchant"] = "customer"
    status: ReturnStatus = ReturnStatus.REQUESTED
    lines: list[ReturnLinePart] = Field(min_length=1)
    reason: RefundReason | None = None
    customer_reason: Text = ""
    customer_words: Text = ""
    wished_outcome: Text = ""
    requested_at: Instant | None = None
    return_fee: Amount = "0"
    restocking_fee: Amount = Field("0", description="Shared over the lines by their value.")
    carrier: Text = ""
    tracking: Text = ""
    return_cost: Amount = "0"
    note: Text = ""
    inspection: list[InspectionPart] = Field(default_factory=list)


class ReviewPart(Part):
    """A supplier review; `refunded` defaults to what was requested where it is approved."""

    id: Name | None = None
    lines: list[Name] = Field(min_length=1, description="SKUs.")
    kind: ReviewKind
    requested: Amount
    refunded: Amount | None = None
    status: ReviewStatus = ReviewStatus.REQUESTED
    notes: Text = ""
    requested_at: Instant | None = None


class LogPart(Part):
    """Something that was said to the customer, or by them."""

    channel: Name = "email"
    direction: Literal["in", "out"] = "out"
    text: Text
    at: Instant | None = None
    by: Text = ""


class OrderDocument(Part):
    """One order with everything that happened to it."""

    number: Name
    customer: CustomerPart
    currency: Annotated[str, Field(strict=True, pattern=r"^[A-Z]{3}$", description="ISO 4217.")]
    placed_at: Instant
    lines: list[LinePart] = Field(min_length=1, max_length=10_000)
    shipping: Amount = "0"
    order_discount: Amount = Field("0", description="Shared over the lines by their value.")
    tax: Amount = Field("0", description="Tax of the order, shared over the lines, on top of their own.")
    payments: list[PaymentPart] = Field(default_factory=list, description="Oldest first.")
    refunds: list[RefundPart] = Field(default_factory=list)
    returns: list[ReturnPart] = Field(default_factory=list)
    supplier_reviews: list[ReviewPart] = Field(default_factory=list)
    communication_log: list[LogPart] = Field(default_factory=list)
    refunds_blocked: Annotated[bool, Field(strict=True)] = False
    address: Text = ""
    note: Text = ""


def field_path(location: Iterable[str | int]) -> str:
    """``("lines", 0, "sku")`` as people write it: ``lines[0].sku``."""
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path


def _violation(error: Any) -> Violation:
    value = error["input"]
    shown = "nothing" if error["type"] == "missing" else repr(value)
    if isinstance(value, dict | list):
        shown = "a list" if isinstance(value, list) else "an object"
    said = error["msg"].removeprefix("Value error, ")
    return broken(Rule.FIELD_INVALID, field_path(error["loc"]) or "document", limit=said, value=shown[:80])


def read_document(value: object) -> OrderDocument:
    """A document from parsed JSON. Raises Refused with every field that does not fit the shape."""
    try:
        return OrderDocument.model_validate(value)
    except ValidationError as problem:
        raise Refused(*[_violation(e) for e in problem.errors(include_url=False)]) from None
