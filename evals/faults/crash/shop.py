"""A shop with orders paid at Stripe, each with a refund that waits to be confirmed; and its books read afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from domain.identity import Role, Staff
from domain.orders.arrival import take_in
from domain.orders.document import read_document
from domain.orders.intake import to_order
from domain.orders.model import Order
from domain.ports import UnitOfWork
from domain.proposals import service
from domain.proposals.model import Decision, ProposalKind
from domain.refunds.model import RefundStatus
from domain.refunds.rollup import UNFINISHED
from domain.settings import Merchant, MerchantSettings
from integrations.storage.database import Database, open_database

SHOP = Merchant(
    id="crash", name="Crash shop", base_currency="EUR", settings=MerchantSettings(proposal_minutes=24 * 60)
)
PEOPLE = ("ana", "sam")
EACH = 2000
"""Minor units of each refund."""
_BATCH = 250


def payments_of(number: int, *, two: bool) -> dict[str, int]:
    """Stripe's names of an order's payments, with what was captured; the refund goes over both where there are two."""
    return {f"pi_{number}a": 800, f"pi_{number}b": 4200} if two else {f"pi_{number}": 5000}


def document(number: int, now: datetime, *, two: bool) -> dict[str, Any]:
    """An order of five things at 10.00, paid yesterday."""
    placed = (now - timedelta(days=1)).isoformat()
    payments = [
        {"method": ref, "captured": f"{amount / 100:.2f}", "provider": "stripe", "provider_ref": ref}
        for ref, amount in payments_of(number, two=two).items()
    ]
    line = {"sku": "MUG", "title": "Mug", "quantity": 5, "unit_price": "10.00", "fulfilment": "delivered"}
    return {
        "number": f"#{number}",
        "customer": {"name": "Maya Lind", "email": "maya@example.com"},
        "currency": "EUR",
        "placed_at": placed,
        "lines": [{**line, "fulfilled_at": placed}],
        "payments": payments,
    }


async def set_up(url: str, numbers: Sequence[int], *, two: bool = False, proposals: bool = True) -> None:
    """The shop, its people, and orders of these numbers, with an open proposal each where `proposals`."""
    store = await open_database(url)
    try:
        await store.save_merchant(SHOP)
        for start in range(0, len(numbers), _BATCH):
            chunk = numbers[start : start + _BATCH]
            await store.write(SHOP.id, lambda uow, chunk=chunk: _fill(uow, chunk, two=two))  # type: ignore[misc]
            if proposals:
                await store.write(SHOP.id, lambda uow, chunk=chunk: _propose(uow, chunk))  # type: ignore[misc]
    finally:
        await store.close()


def _fill(uow: UnitOfWork, numbers: Sequence[int], *, two: bool) -> None:
    for name, role in zip(PEOPLE, (Role.AGENT, Role.SUPERVISOR), strict=True):
        given = {"name": name.title(), "role": role, "limits": {"EUR": 10**8}}
        uow.staff.save(Staff.model_validate({"id": name, "merchant_id": SHOP.id, **given}))
    documents = [read_document(document(number, uow.now, two=two)) for number in numbers]
    intakes = [
        to_order(each, SHOP, order_id=f"order-{number}", now=uow.now)
        for each, number in zip(documents, numbers, strict=True)
    ]
    take_in(uow, intakes)


def _propose(uow: UnitOfWork, numbers: Sequence[int]) -> None:
    ana = uow.staff.get(PEOPLE[0])
    assert ana is not None
    for number in numbers:
        order = uow.orders.get(f"order-{number}")
        assert order is not None
        lines = [{"line": order.lines[0].id, "quantity": EACH // 1000}]
        asked = {"lines": lines, "currency": "EUR", "reason": "changed_mind"}
        service.propose(uow, ana, order.id, ProposalKind.REFUND, asked)


def confirm(uow: UnitOfWork, who: str, proposal_id: str, sha256: str) -> Decision:
    """One person's button."""
    person = uow.staff.get(who)
    assert person is not None
    return service.confirm(uow, person, proposal_id, sha256)


@dataclass(slots=True)
class Audit:
    """What the books and Stripe say in the end. Everything but the counts of what happened has to be 0."""

    confirmed: int = 0
    succeeded: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    ledger: int = 0

    def add(self, other: Audit) -> None:
        """Another run's books beside these."""
        self.confirmed += other.confirmed
        self.succeeded += other.succeeded
        self.lost += other.lost
        self.doubled += other.doubled
        self.stuck += other.stuck
        self.ledger += abs(other.ledger)


async def audited(
    store: Database, numbers: Sequence[int], effects: Sequence[dict[str, Any]], told: Sequence[str] = ()
) -> Audit:
    """Compare the orders with what really happened. `told`: proposals that somebody was told are confirmed.

    Lost: told, but no refund; succeeded, but Stripe gave nothing; Stripe gave, but no succeeded refund says so.
    Doubled: given back twice. Stuck: without an end.
    """
    found = Audit()
    given = Counter((e["metadata"].get("desk_refund", ""), e["payment_intent"]) for e in effects)
    found.doubled = [f"{refund} {ref}: {n} times" for (refund, ref), n in given.items() if n > 1]
    seen: set[str] = set()
    expected: set[tuple[str, str]] = set()
    for start in range(0, len(numbers), _BATCH):
        for order in await _orders(store, numbers[start : start + _BATCH]):
            for refund in order.refunds:
                seen.add(refund.id)
                found.confirmed += 1
                found.succeeded += refund.status is RefundStatus.SUCCEEDED
                found.stuck += [refund.id] if refund.status in UNFINISHED else []
                for part in refund.allocations:
                    if part.status is RefundStatus.SUCCEEDED:
                        expected.add((refund.id, order.payment(part.payment).provider_ref))
    found.lost = [f"{each}: told, but not there" for each in told if each not in seen]
    found.lost += [f"{each}: not given" for each in expected if each not in given]
    found.lost += [f"{each}: given, but not on the order" for each in given if each not in expected]
    found.stuck += [
        f"job {job.key}"
        for state in ("queued", "leased", "dead")
        for job in await store.jobs.jobs(state=state)
    ]
    found.ledger = await store.read(SHOP.id, lambda uow: uow.ledger.sum())
    return found


async def _orders(store: Database, numbers: Sequence[int]) -> list[Order]:
    def read(uow: UnitOfWork) -> list[Order]:
        orders = [uow.orders.get(f"order-{number}") for number in numbers]
        return [order for order in orders if order is not None]

    return await store.read(SHOP.id, read)
