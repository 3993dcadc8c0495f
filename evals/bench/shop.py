"""A shop to measure on: people, orders with one open refund proposal each, all made by the product's own doors."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.identity import Role, Staff
from domain.money import format_minor
from domain.orders.arrival import take_in
from domain.orders.document import read_document
from domain.orders.intake import to_order
from domain.ports import UnitOfWork
from domain.proposals import service
from domain.proposals.model import Proposal, ProposalKind
from domain.settings import Merchant, MerchantSettings
from integrations.http.access import Scope, Tokens
from integrations.storage import Database, open_database

MERCHANT = Merchant(
    id="bench", name="Bench shop", base_currency="EUR", settings=MerchantSettings(proposal_minutes=24 * 60)
)
PROPOSER = "ana"
_BATCH = 500
_NAMES = ("Lucía", "Henrik", "Aiko", "Maya", "Omar", "Ines", "Jon", "Priya", "Noor", "Tomás")
_FAMILIES = ("Prado", "Solberg", "Mori", "Lind", "Haddad", "Rossi", "Blake", "Shah", "Visser", "Lopez")
_GOODS = (
    ("MUG-STONE", "Stoneware mug", 1800),
    ("LAMP-OAK", "Oak desk lamp", 8900),
    ("RUNNER-LINEN", "Linen runner", 2400),
    ("POSTER-FJORD", "Fjord poster", 2250),
    ("FAN-DESK", "Desk fan", 4800),
    ("TENUGUI", "Tenugui cloth", 1200),
)


@dataclass(frozen=True, slots=True)
class Open:
    """A proposal that waits for somebody."""

    id: str
    sha256: str


def document(number: int, now: datetime, paid_at: str = "sandbox") -> dict[str, Any]:
    """An order as a shop would hand it over: two lines, one payment (``pi_1`` at Stripe) that has not settled."""
    chance = random.Random(number)
    first, second = chance.sample(_GOODS, 2)
    placed = now - timedelta(days=1 + number % 4, minutes=number % 600)
    name = f"{chance.choice(_NAMES)} {chance.choice(_FAMILIES)}"
    arrived = (placed + timedelta(hours=20)).isoformat()
    sent = {
        "fulfilment": "delivered",
        "fulfilled_at": arrived,
        "carrier": "UPS",
        "tracking": f"1Z999AA1{number:010}",
    }
    lines = [
        {"sku": sku, "title": title, "quantity": quantity, "unit_price": format_minor(price, "EUR"), **sent}
        for (sku, title, price), quantity in ((first, 2), (second, 1))
    ]
    captured = format_minor(2 * first[2] + second[2] + 400, "EUR")
    payment = {"method": "Visa ending 4242", "captured": captured, "captured_at": placed.isoformat()}
    if paid_at != "sandbox":
        payment.update(provider=paid_at, provider_ref=f"pi_{number}")
    return {
        "number": f"#{number}",
        "customer": {"name": name, "email": f"customer{number}@example.com", "language": "en"},
        "currency": "EUR",
        "placed_at": placed.isoformat(),
        "lines": lines,
        "shipping": "4.00",
        "payments": [payment],
        "address": "Calle del Olmo 7, 28012 Madrid, Spain",
    }


def people(count: int) -> list[Staff]:
    """A proposer, and supervisors who confirm."""
    limits = {"EUR": 100_000_000}
    staff = [Staff(id=PROPOSER, merchant_id=MERCHANT.id, name="Ana Agent", role=Role.AGENT, limits=limits)]
    for at in range(count):
        given = {"name": f"Sam {at}", "role": Role.SUPERVISOR, "limits": limits}
        staff.append(Staff.model_validate({"id": f"sam{at}", "merchant_id": MERCHANT.id, **given}))
    return staff


async def opened(url: str, *, confirmers: int = 64) -> Database:
    """The store with the shop and its people in it."""
    store = await open_database(url)
    await store.save_merchant(MERCHANT)

    def work(uow: UnitOfWork) -> None:
        for person in people(confirmers):
            uow.staff.save(person)

    await store.write(MERCHANT.id, work)
    return store


async def add_orders(store: Database, numbers: Sequence[int], *, paid_at: str = "sandbox") -> list[str]:
    """Orders of these numbers; their ids."""
    ids: list[str] = []
    for start in range(0, len(numbers), _BATCH):
        chunk = numbers[start : start + _BATCH]

        def work(uow: UnitOfWork, chunk: Sequence[int] = chunk) -> list[str]:
            intakes = [
                to_order(
                    read_document(document(number, uow.now, paid_at)),
                    uow.merchant,
                    order_id=f"order-{number}",
                    now=uow.now,
                )
                for number in chunk
            ]
            take_in(uow, intakes)
            return [intake.order.id for intake in intakes]

        ids += await store.write(MERCHANT.id, work)
    return ids


async def add_proposals(store: Database, order_ids: Sequence[str]) -> list[Open]:
    """An open refund of one unit on each order."""

    async def one(order_id: str) -> Open:
        def work(uow: UnitOfWork) -> Proposal:
            actor = uow.staff.get(PROPOSER)
            assert actor is not None
            return propose(uow, actor, order_id)

        made = await store.write(MERCHANT.id, work)
        return Open(made.id, made.sha256)

    found: list[Open] = []
    for start in range(0, len(order_ids), _BATCH):
        found += await asyncio.gather(*(one(order_id) for order_id in order_ids[start : start + _BATCH]))
    return found


def propose(uow: UnitOfWork, actor: Staff, order_id: str) -> Proposal:
    """A refund of one unit of the first line."""
    order = uow.orders.get(order_id)
    assert order is not None
    payload = {
        "lines": [{"line": order.lines[0].id, "quantity": 1}],
        "currency": order.currency,
        "reason": "changed_mind",
    }
    return service.propose(uow, actor, order_id, ProposalKind.REFUND, payload)


async def tokens(store: Database, count: int) -> list[str]:
    """A bearer token for each of the first supervisors."""
    issue = Tokens(store, MERCHANT.id)
    scopes = [Scope.READ, Scope.CONVERSE, Scope.DECIDE]
    return [await issue.new(f"sam{at}", scopes, days=1) for at in range(count)]
