"""A provider's books against ours: pure comparison of one day's refunds, both ways."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.money import format_minor
from domain.orders.model import Order
from domain.ports import ProviderRefund, ProviderRequest
from domain.refunds.execution import request_for
from domain.refunds.model import RefundStatus


class DifferenceKind(StrEnum):
    """How the books differ."""

    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    OTHER_AMOUNT = "other_amount"
    OTHER_STATUS = "other_status"
    UNKNOWN = "unknown"
    """Ours has no end, and the provider could not tell one."""


class Difference(BaseModel):
    """One refund, or one part of one, on which the books differ. `ours` and `theirs` are words for people."""

    model_config = ConfigDict(frozen=True)

    kind: DifferenceKind
    order: str = ""
    refund_id: str = ""
    ref: str = ""
    ours: str = ""
    theirs: str = ""


class OwnPart(BaseModel):
    """A part of a refund as our books have it."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    order: str
    provider: str
    request: ProviderRequest
    status: RefundStatus
    ref: str = ""

    @property
    def words(self) -> str:
        """Amount and status."""
        return _words(self.request.amount, self.request.currency, self.status.value)


def own_parts(order: Order) -> list[OwnPart]:
    """Every part that went, or is to go, to a provider. Imported history without a provider's name did not."""
    return [
        OwnPart(
            order=order.number,
            provider=order.payment(part.payment).provider,
            request=request_for(order, refund, part),
            status=part.status,
            ref=part.provider_ref,
        )
        for refund in order.refunds
        for part in refund.allocations
        if refund.proposed_by or part.provider_ref
    ]


def match(ours: Iterable[OwnPart], theirs: ProviderRefund) -> OwnPart | None:
    """Our part that this refund of the provider's is."""
    for part in ours:
        if theirs.ref == part.ref or (theirs.key and theirs.key == part.request.key):
            return part
    return None


def differing(part: OwnPart, theirs: ProviderRefund | None) -> Difference | None:
    """How one part differs from what the provider has; None where it does not."""
    given = {"order": part.order, "refund_id": part.request.refund_id, "ref": part.ref, "ours": part.words}
    if theirs is None:
        failed = part.status is RefundStatus.FAILED
        return None if failed else Difference(kind=DifferenceKind.MISSING_THERE, **given)
    given = {**given, "ref": theirs.ref, "theirs": theirs_in_words(theirs)}
    if (theirs.amount, theirs.currency) != (part.request.amount, part.request.currency):
        return Difference(kind=DifferenceKind.OTHER_AMOUNT, **given)
    if theirs.status != part.status.value:
        return Difference(kind=DifferenceKind.OTHER_STATUS, **given)
    return None


def missing_here(theirs: ProviderRefund, order: str = "") -> Difference | None:
    """The provider has it and we do not; what failed there moved nothing."""
    if theirs.status == RefundStatus.FAILED:
        return None
    return Difference(
        kind=DifferenceKind.MISSING_HERE,
        order=order,
        refund_id=theirs.refund_id,
        ref=theirs.ref,
        theirs=theirs_in_words(theirs),
    )


def theirs_in_words(theirs: ProviderRefund) -> str:
    """Amount and status as the provider has them."""
    return _words(theirs.amount, theirs.currency, theirs.status)


def _words(amount: int, currency: str, status: str) -> str:
    return f"{format_minor(amount, currency)} {currency} {status}"
