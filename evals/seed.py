"""A fresh shop for one case: merchant, staff, orders with their history, and what the accounts hold."""

from __future__ import annotations

from domain.balances.model import Account, EntryKind, Posting
from domain.balances.service import post_due_settlements
from domain.identity import Role, Staff
from domain.money import exponent, parse_minor
from domain.orders.arrival import take_in
from domain.orders.intake import to_order
from domain.ports import Store, UnitOfWork
from domain.settings import Merchant
from evals.cases import BalancesShape, CaseShape
from evals.orders import to_document
from evals.shop_settings import merchant_settings

MERCHANT, ACTOR = "evals", "actor"
AMPLE = 1_000_000
"""Major units in every account, where a case says nothing about balances."""

HELD = (Account.PENDING_SETTLEMENT, Account.AVAILABLE, Account.RESERVED, Account.FUND)


def merchant_of(case: CaseShape) -> Merchant:
    """The shop, in the first order's currency."""
    settings = merchant_settings(case.merchant.settings)
    return Merchant(id=MERCHANT, name="Case shop", base_currency=case.orders[0].currency, settings=settings)


def staff(staff_id: str, name: str, role: Role, limits: dict[str, str]) -> Staff:
    """A member of staff; limits are decimal strings by currency."""
    minor = {currency: parse_minor(amount, currency) for currency, amount in limits.items()}
    return Staff(id=staff_id, merchant_id=MERCHANT, name=name, role=role, limits=minor)


async def seed(store: Store, case: CaseShape) -> Merchant:
    """Fill the database. Raises Refused where an order's history breaks a rule of the page."""
    merchant = merchant_of(case)
    await store.save_merchant(merchant)

    def work(uow: UnitOfWork) -> None:
        uow.staff.save(staff(ACTOR, "Alex Actor", case.actor.role, case.actor.limit))
        take_in(
            uow,
            [
                to_order(
                    to_document(order, merchant.settings.settlement_days, uow.now),
                    merchant,
                    order_id=uow.ids.new("ord"),
                    now=uow.now,
                )
                for order in case.orders
            ],
        )

    await store.write(MERCHANT, work)
    await store.write(MERCHANT, lambda uow: _open_balances(uow, case))
    return merchant


def _open_balances(uow: UnitOfWork, case: CaseShape) -> None:
    """Opening rows that bring each account to what it shall hold."""
    post_due_settlements(uow)
    first = case.orders[0].currency
    for currency in sorted({order.currency for order in case.orders}):
        stated = case.merchant.balances if currency == first else None
        held = uow.ledger.balances(currency)
        for account, wanted in _wanted(stated, currency).items():
            missing = wanted - held.of(account)
            if missing:
                uow.ledger.post([_opening(uow, account, missing, currency)], allow_negative=True)


def _wanted(stated: BalancesShape | None, currency: str) -> dict[Account, int]:
    if stated is None:
        return dict.fromkeys(HELD, AMPLE * 10 ** exponent(currency))
    named = stated.model_dump(exclude_none=True)
    return {Account(name): parse_minor(amount, currency) for name, amount in named.items()}


def _opening(uow: UnitOfWork, account: Account, missing: int, currency: str) -> Posting:
    ends = (Account.BANK, account) if missing > 0 else (account, Account.BANK)
    return Posting(
        key=f"opening:{account.value}:{currency}",
        kind=EntryKind.OPENING,
        source=ends[0],
        target=ends[1],
        amount=abs(missing),
        currency=currency,
        at=uow.now,
    )
