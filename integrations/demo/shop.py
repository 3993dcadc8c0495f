"""Filling a fresh database with the demo shop. Dates lie close to now, so that settlements and returns look alive."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.balances.model import Account, EntryKind, PayoutStatus, Posting
from domain.balances.service import decide_payout, schedule_payout
from domain.identity import SYSTEM, Role, Staff
from domain.money import parse_minor
from domain.orders.arrival import take_in
from domain.orders.document import read_document
from domain.orders.intake import to_order
from domain.ports import Store, UnitOfWork
from domain.settings import Merchant
from integrations.demo.cut import SLICE
from integrations.intake.online_retail import read_online_retail
from integrations.intake.sales import import_invoices

DEMO = Merchant(id="demo", name="Demo shop", base_currency="GBP")
ORDERS = Path(__file__).with_name("orders.jsonl")
WRITTEN_AT = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
"""What the dates in orders.jsonl take as now."""

FIRST = "#1042"
"""The order that is stored last: where it is, all of the demo is."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

_LIMITS = {
    "ana": "USD 100, EUR 100, GBP 100, JPY 10000, KWD 30",
    "sam": "USD 1000, EUR 1000, GBP 1000, JPY 100000, KWD 300",
    "fin": "USD 10000, EUR 10000, GBP 10000, JPY 1000000, KWD 3000",
    "vic": "",
}
_PEOPLE = {
    "ana": ("Ana Agent", Role.AGENT),
    "sam": ("Sam Supervisor", Role.SUPERVISOR),
    "fin": ("Fin Finance", Role.FINANCE),
    "vic": ("Vic Viewer", Role.VIEWER),
}
_OPENING = {
    Account.AVAILABLE: "USD 1208.15, EUR 640.00, JPY 25000, KWD 80",
    Account.RESERVED: "USD 150, EUR 75",
    Account.FUND: "USD 32",
}
_PAYOUTS = (("1500.00", True), ("1000.00", False))
"""Pounds, and whether the bank has them."""


def demo_staff() -> list[Staff]:
    """Ana, Sam, Fin and Vic with their limits."""
    return [
        Staff(
            id=key,
            merchant_id=DEMO.id,
            name=name,
            email=f"{key}@demo.example",
            role=role,
            limits=_amounts(_LIMITS[key]),
        )
        for key, (name, role) in _PEOPLE.items()
    ]


async def seed_demo(store: Store) -> Merchant:
    """Make sure that the demo shop is there; where it is already, nothing is changed.

    Raises StorageUnavailable.
    """
    known = {merchant.id: merchant for merchant in await store.merchants()}
    if DEMO.id in known and await store.read(DEMO.id, _is_complete):
        return known[DEMO.id]
    if DEMO.id not in known:
        await store.save_merchant(DEMO)
    await store.write(DEMO.id, _seed_people_and_openings)
    data = await asyncio.to_thread(read_online_retail, SLICE)
    now = await store.read(DEMO.id, lambda uow: uow.now)
    shift = now.replace(second=0, microsecond=0) - timedelta(hours=1) - data.invoices[-1].at
    await import_invoices(store, DEMO.id, data.invoices, shift=shift)
    await store.write(DEMO.id, _seed_payouts)
    await store.write(DEMO.id, _seed_orders)
    return known.get(DEMO.id, DEMO)


def _is_complete(uow: UnitOfWork) -> bool:
    return uow.orders.by_number(FIRST) is not None


def _seed_people_and_openings(uow: UnitOfWork) -> None:
    for person in demo_staff():
        uow.staff.save(person, [("email", person.email)])
    start = uow.now - timedelta(days=90)
    for account, text in _OPENING.items():
        uow.ledger.post(
            Posting(
                key=f"opening:{account.value}:{currency}",
                kind=EntryKind.OPENING,
                source=Account.BANK,
                target=account,
                amount=amount,
                currency=currency,
                at=start,
            )
            for currency, amount in _amounts(text).items()
        )


def _seed_payouts(uow: UnitOfWork) -> None:
    if uow.ledger.payouts(limit=1):
        return
    for amount, is_paid in _PAYOUTS:
        payout = schedule_payout(uow, SYSTEM, DEMO.base_currency, parse_minor(amount, DEMO.base_currency))
        if is_paid:
            decide_payout(uow, SYSTEM, payout, PayoutStatus.PAID)


def _seed_orders(uow: UnitOfWork) -> None:
    shift = uow.now.replace(second=0, microsecond=0) - WRITTEN_AT
    documents = [
        _shifted(json.loads(line), shift) for line in ORDERS.read_text(encoding="utf-8").splitlines()
    ]
    take_in(
        uow,
        [
            to_order(read_document(document), uow.merchant, order_id=uow.ids.new("ord"), now=uow.now)
            for document in documents
        ],
    )


def _shifted(value: Any, shift: timedelta) -> Any:
    """The same document with every instant moved."""
    if isinstance(value, dict):
        return {key: _shifted(part, shift) for key, part in value.items()}
    if isinstance(value, list):
        return [_shifted(part, shift) for part in value]
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return (datetime.fromisoformat(value) + shift).isoformat()
    return value


def _amounts(text: str) -> dict[str, int]:
    """``"USD 100, JPY 10000"`` as minor units by currency."""
    pairs = (part.split() for part in text.split(",") if part.strip())
    return {currency: parse_minor(amount, currency) for currency, amount in pairs}
