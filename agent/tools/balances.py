"""READ tools on the merchant's money."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from agent.tools.tool import Tool
from domain.balances.model import OWN_ACCOUNTS, Payout, Settlement
from domain.balances.service import seen_balances
from domain.identity import Role, Staff
from domain.ports import UnitOfWork


class Currency(BaseModel):
    """One currency."""

    model_config = ConfigDict(extra="forbid")

    currency: str = Field(pattern=r"^[A-Z]{3}$")


class Page(BaseModel):
    """A page of a list, of one currency or of all."""

    model_config = ConfigDict(extra="forbid")

    currency: str | None = Field(None, pattern=r"^[A-Z]{3}$")
    limit: int = Field(20, ge=1, le=200)
    offset: int = Field(0, ge=0)


def get_balances(uow: UnitOfWork, actor: Staff, arguments: Currency) -> dict[str, int]:
    """Minor units by account."""
    balances = seen_balances(uow, arguments.currency)
    return {account.value: balances.of(account) for account in OWN_ACCOUNTS}


def list_settlements(uow: UnitOfWork, actor: Staff, arguments: Page) -> list[Settlement]:
    """Settlements, latest due first."""
    return uow.ledger.settlements(currency=arguments.currency, limit=arguments.limit, offset=arguments.offset)


def list_payouts(uow: UnitOfWork, actor: Staff, arguments: Page) -> list[Payout]:
    """Payouts, newest first."""
    return uow.ledger.payouts(currency=arguments.currency, limit=arguments.limit, offset=arguments.offset)


TOOLS = (
    Tool(
        "get_balances",
        "READ",
        "What the accounts of a currency hold.",
        Currency,
        get_balances,
        direct=Role.FINANCE,
    ),
    Tool(
        "list_settlements",
        "READ",
        "Settlements with their net amounts.",
        Page,
        list_settlements,
        direct=Role.FINANCE,
    ),
    Tool("list_payouts", "READ", "Payouts to the bank.", Page, list_payouts, direct=Role.FINANCE),
)
