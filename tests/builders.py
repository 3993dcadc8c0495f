"""Orders, refunds and people for tests: a call states only what matters to the test, the rest is plausible.

>>> order = an_order(payments=[a_payment("visa", 3000), a_payment("gift", 2000)])
>>> refund = a_refund(order, {"visa": 3000, "gift": 1000})
>>> refund.amount, order.refunds[0].id
(4000, 'refund-1')
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.balances.model import Account, Balances
from domain.balances.postings import refund_postings
from domain.balances.settlement import charge_posting, payment_settlement, settles_at
from domain.identity import Role, Staff
from domain.orders.model import Customer, Fulfilment, Line, Order, Payment
from domain.orders.value import order_total
from domain.ports import JobSpec, UnitOfWork
from domain.proposals.kinds import Facts
from domain.proposals.model import Preview, Proposal, ProposalKind, ProposalState
from domain.reasons import RefundReason
from domain.refunds.model import Allocation, Funding, Refund, RefundLine
from domain.refunds.writes import EXECUTE_REFUND
from domain.returns.model import Inspection, Return, ReturnLine, ReturnStatus
from domain.settings import Merchant, MerchantSettings
from domain.supplier_reviews.model import ReviewKind, ReviewStatus, SupplierReview

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MERCHANT = "shop"
ANA, BEN = "ana", "ben"


class FakeClock:
    """A clock that moves when it is told to."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        """The instant it stands at."""
        return self.at

    def pass_time(self, **delta: float) -> datetime:
        """Move on: ``clock.pass_time(hours=13)``."""
        self.at += timedelta(**delta)
        return self.at


class CountingIds:
    """Ids that can be foreseen: ``prop_00000000000000000001``."""

    def __init__(self) -> None:
        self.count = 0

    def new(self, prefix: str) -> str:
        """The next id."""
        self.count += 1
        return f"{prefix}_{self.count:020}"


def a_merchant(merchant_id: str = MERCHANT, **settings: object) -> Merchant:
    """A shop in euros."""
    rules = MerchantSettings.model_validate(settings)
    return Merchant(id=merchant_id, name="Shop", base_currency="EUR", settings=rules)


def a_staff(staff_id: str = ANA, role: Role = Role.AGENT, limit: int = 100_000, **fields: object) -> Staff:
    """A member of staff who may approve up to 1000.00 EUR."""
    given = {"merchant_id": MERCHANT, "name": staff_id.title(), "limits": {"EUR": limit}, **fields}
    return Staff.model_validate({"id": staff_id, "role": role, **given})


def a_line(line_id: str = "mug", price: int = 5000, quantity: int = 1, **fields: object) -> Line:
    """Units of a thing that has been delivered."""
    given = {"sku": line_id.upper(), "title": line_id.title(), "fulfilment": Fulfilment.DELIVERED, **fields}
    return Line.model_validate({"id": line_id, "unit_price": price, "quantity": quantity, **given})


def a_payment(payment_id: str = "visa", captured: int = 5000, **fields: object) -> Payment:
    """A captured payment from yesterday."""
    at = NOW - timedelta(days=1)
    given = {
        "method": payment_id.title(),
        "authorised": captured,
        "captured_at": at,
        "settles_at": settles_at(at, 7),
        **fields,
    }
    return Payment.model_validate({"id": payment_id, "captured": captured, **given})


def an_order(
    order_id: str = "order-1",
    *,
    lines: list[Line] | None = None,
    payments: list[Payment] | None = None,
    **fields: object,
) -> Order:
    """An order; without lines, one for what was captured; without payments, one for what it costs."""
    paid = sum(payment.captured for payment in payments) if payments else 5000
    given = {
        "merchant_id": MERCHANT,
        "number": f"#{order_id.removeprefix('order-')}",
        "customer": Customer(name="Maya Lind", email="maya@example.com"),
        "currency": "EUR",
        "placed_at": NOW - timedelta(days=2),
        "lines": lines or [a_line(price=paid)],
        **fields,
    }
    order = Order.model_validate({"id": order_id, **given})
    order.payments = payments or [a_payment(captured=order_total(order))]
    return order


def a_refund(
    order: Order,
    split: dict[str, int] | int | None = None,
    *,
    refund_id: str = "refund-1",
    **fields: object,
) -> Refund:
    """A pending refund, added to the order: `split` in minor units by payment; an amount: all of it to the first.

    It is funded from each payment's own unsettled money and takes one unit of the first line, unless told otherwise.
    """
    if split is None or isinstance(split, int):
        split = {order.payments[0].id: split or order.payments[0].captured}
    amount = sum(split.values())
    given = {
        "lines": [RefundLine(line=order.lines[0].id, quantity=1, amount=amount)],
        "amount": amount,
        "reason": RefundReason.CHANGED_MIND,
        "allocations": [
            Allocation(payment=p, method=order.payment(p).method, amount=part) for p, part in split.items()
        ],
        "funding": [
            Funding(account=Account.PENDING_SETTLEMENT, amount=part, payment=p) for p, part in split.items()
        ],
        "proposed_by": ANA,
        "confirmed_by": BEN,
        "created_at": NOW,
        **fields,
    }
    refund = Refund.model_validate({"id": refund_id, **given})
    order.refunds.append(refund)
    return refund


def a_return(
    order: Order,
    status: ReturnStatus = ReturnStatus.RECEIVED,
    *,
    return_id: str = "return-1",
    **fields: object,
) -> Return:
    """A return of one unit of the first line, in good order once received; added to the order."""
    seen = Inspection(good=1) if status in (ReturnStatus.RECEIVED, ReturnStatus.CLOSED) else None
    given = {"lines": [ReturnLine(line=order.lines[0].id, quantity=1, inspection=seen)], **fields}
    ret = Return.model_validate({"id": return_id, "initiated_by": "customer", "status": status, **given})
    order.returns.append(ret)
    return ret


def a_proposal(order: Order, proposal_id: str, state: ProposalState = ProposalState.CONFIRMED) -> Proposal:
    """A refund proposal as it stands after Ben's confirm."""
    preview = Preview(
        kind=ProposalKind.REFUND, order=order.number, customer=order.customer.name, currency=order.currency
    )
    return Proposal(
        id=proposal_id,
        merchant_id=order.merchant_id,
        case_id=None,
        order_id=order.id,
        order_number=order.number,
        order_version=order.version,
        policy_version="v",
        kind=ProposalKind.REFUND,
        payload={},
        preview=preview,
        sha256="0" * 64,
        state=state,
        created_by=ANA,
        created_at=NOW,
        expires_at=NOW + timedelta(minutes=30),
        confirmed_by=BEN,
    )


def put_order(uow: UnitOfWork, order: Order) -> None:
    """Store an order with the money it brought in."""
    for payment in order.payments:
        uow.ledger.open_settlement(payment_settlement(order, payment), order.currency, payment.settles_at)
        uow.ledger.post([charge_posting(order, payment)])
    uow.orders.add(order)


def put_confirmed(uow: UnitOfWork, order: Order) -> None:
    """Store an order whose refunds have just been confirmed: rows posted, proposals confirmed, jobs queued."""
    put_order(uow, order)
    for refund in order.refunds:
        uow.ledger.post(refund_postings(order, refund, uow.now))
        uow.proposals.add(a_proposal(order, refund.id))
        job = {"order_id": order.id, "refund_id": refund.id}
        uow.jobs.enqueue(JobSpec(EXECUTE_REFUND, refund.id, job))


def facts_of(
    order: Order,
    actor: Staff | None = None,
    *,
    held: dict[Account, int] | None = None,
    new_id: str = "prop_1",
    now: datetime = NOW,
    **settings: object,
) -> Facts:
    """What a write is decided on: an agent with a limit of 1000.00 EUR proposes, and the accounts hold plenty."""
    rules = MerchantSettings.model_validate(settings)
    amounts = {Account.PENDING_SETTLEMENT: 10**7, Account.AVAILABLE: 10**7} if held is None else held
    return Facts(order, rules, actor or a_staff(), Balances(order.currency, amounts), now, new_id)


def a_review(
    order: Order,
    status: ReviewStatus = ReviewStatus.REQUESTED,
    *,
    review_id: str = "review-1",
    **fields: object,
) -> SupplierReview:
    """A request for 5.00 of the first line's product cost; added to the order."""
    given = {
        "lines": [order.lines[0].id],
        "kind": ReviewKind.PRODUCT_COST,
        "requested": 500,
        "notes": "arrived broken",
        **fields,
    }
    review = SupplierReview.model_validate({"id": review_id, "status": status, **given})
    order.supplier_reviews.append(review)
    return review
