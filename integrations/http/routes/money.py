"""Balances, settlements, payouts and the ledger. An order's accounts are anybody's to read; the books are finance's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.balances.model import OWN_ACCOUNTS, Account, SettlementStatus
from domain.balances.service import seen_balances
from domain.identity import Role, role_violation
from domain.ports import UnitOfWork
from domain.rules import refuse_if
from integrations.http.access import Principal, Scope
from integrations.http.requests import (
    Clean,
    OrderNumber,
    StrictRoute,
    acting,
    answer,
    app_of,
    order_of,
    principal_of,
    secured,
)
from integrations.http.schemas.books import (
    BalancesView,
    BalanceView,
    LedgerPage,
    LedgerView,
    Payouts,
    Settlements,
    SettlementView,
)

router = APIRouter(prefix="/v1", tags=["money"], route_class=StrictRoute)

Currency = Annotated[str | None, Query(pattern=r"^[A-Z]{3}$", description="ISO 4217.")]
Limit = Annotated[int, Query(ge=1, le=500)]
Offset = Annotated[int, Query(ge=0, le=1_000_000_000)]
Before = Annotated[int | None, Query(ge=1, le=9_000_000_000_000_000_000, description="A row number.")]


def of_finance(uow: UnitOfWork, principal: Principal) -> None:
    """Raises Refused(not_authorised)."""
    refuse_if([role_violation(acting(uow, principal), Role.FINANCE)])


def _balance(uow: UnitOfWork, currency: str) -> BalanceView:
    held = seen_balances(uow, currency)
    return BalanceView(
        currency=currency, accounts={account.value: held.of(account) for account in OWN_ACCOUNTS}
    )


@router.get("/balances", response_model=BalancesView, **secured(Scope.READ))
async def balances(request: Request, currency: Currency = None) -> Response:
    """What the accounts hold now; settlements that are due count as posted. Finance only."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> BalancesView:
        of_finance(uow, principal)
        currencies = [currency] if currency else uow.ledger.currencies()
        return BalancesView(balances=[_balance(uow, each) for each in currencies])

    return answer(await app.store.read(app.merchant.id, work))


@router.get("/orders/{number}/balances", response_model=BalanceView, **secured(Scope.READ, 404))
async def order_balances(request: Request, number: OrderNumber) -> Response:
    """The accounts of an order's currency."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> BalanceView:
        acting(uow, principal)
        return _balance(uow, order_of(uow, number).currency)

    return answer(await app.store.read(app.merchant.id, work))


@router.get("/settlements", response_model=Settlements, **secured(Scope.READ))
async def settlements(
    request: Request,
    currency: Currency = None,
    status: SettlementStatus | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """Settlements with the parts of their net, latest due first. Finance only."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> Settlements:
        of_finance(uow, principal)
        found = uow.ledger.settlements(
            currency=currency, status=status.value if status else None, limit=limit, offset=offset
        )
        return Settlements(
            settlements=[SettlementView.of(each) for each in found], next_offset=_next(found, limit, offset)
        )

    return answer(await app.store.read(app.merchant.id, work))


@router.get("/payouts", response_model=Payouts, **secured(Scope.READ))
async def payouts(
    request: Request, currency: Currency = None, limit: Limit = 100, offset: Offset = 0
) -> Response:
    """Payouts to the bank, newest first. Finance only."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> Payouts:
        of_finance(uow, principal)
        found = uow.ledger.payouts(currency=currency, limit=limit, offset=offset)
        return Payouts(payouts=found, next_offset=_next(found, limit, offset))

    return answer(await app.store.read(app.merchant.id, work))


@router.get("/ledger", response_model=LedgerPage, **secured(Scope.READ, 404))
async def ledger(
    request: Request,
    currency: Currency = None,
    account: Account | None = None,
    order: Annotated[
        str | None, Query(min_length=1, max_length=80, description="An order's number."), Clean
    ] = None,
    limit: Limit = 100,
    before: Before = None,
) -> Response:
    """Signed rows in pairs that sum to zero, newest first. Finance only."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> LedgerPage:
        of_finance(uow, principal)
        rows = uow.ledger.postings(
            currency=currency,
            account=account.value if account else None,
            order_id=order_of(uow, order).id if order else None,
            limit=limit,
            before=before,
        )
        more = rows[-1].number if len(rows) == limit else None
        return LedgerPage(rows=[LedgerView.of(row) for row in rows], next_before=more)

    return answer(await app.store.read(app.merchant.id, work))


def _next(found: Sequence[object], limit: int, offset: int) -> int | None:
    return offset + limit if len(found) == limit else None
