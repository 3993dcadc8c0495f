"""What the database holds at a moment: proposals, orders, accounts. A trace is told from this, not from cards."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.balances.model import OWN_ACCOUNTS
from domain.orders.model import Order
from domain.ports import UnitOfWork
from domain.proposals.model import Proposal


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Proposals in the order they were made, orders in the case's order, minor units by currency and account."""

    proposals: list[Proposal] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    balances: dict[str, dict[str, int]] = field(default_factory=dict)
    ledger_sum: int = 0

    def changed_since(self, before: Snapshot) -> list[Proposal]:
        """Proposals that were opened or moved on."""
        known = {proposal.id: proposal.state for proposal in before.proposals}
        return [proposal for proposal in self.proposals if known.get(proposal.id) != proposal.state]

    def order(self, order_id: str | None) -> Order | None:
        """The order of that id, if it is one of these."""
        return next((order for order in self.orders if order.id == order_id), None)


def take(uow: UnitOfWork, numbers: list[str]) -> Snapshot:
    """Read everything in one transaction."""
    orders = [order for number in numbers if (order := uow.orders.by_number(number)) is not None]
    proposals = [proposal for order in orders for proposal in uow.proposals.for_order(order.id)]
    proposals.sort(key=lambda proposal: proposal.id)
    balances = {}
    for currency in sorted({order.currency for order in orders}):
        held = uow.ledger.balances(currency)
        balances[currency] = {account.value: held.of(account) for account in OWN_ACCOUNTS}
    return Snapshot(proposals, orders, balances, uow.ledger.sum())
