"""READ tools on orders."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from agent.tools.tool import Tool
from domain.actions import Action, available_actions
from domain.identity import Staff
from domain.orders.model import Order
from domain.ports import OrderSummary, UnitOfWork
from domain.proposals.model import Proposal
from domain.rules import Refused, Rule, broken


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OrderNumber(_Arguments):
    """An order by its number."""

    number: str = Field(min_length=1, max_length=100)


class OrderId(_Arguments):
    """An order by its id."""

    order_id: str


class Search(_Arguments):
    """Words that describe an order."""

    text: str = Field(max_length=200)
    limit: int = Field(10, ge=1, le=50)


def find_order(uow: UnitOfWork, actor: Staff, arguments: OrderNumber) -> Order:
    """The order of that number, or of the return or review of that number. Raises Refused(order_not_found)."""
    order = uow.orders.by_number(arguments.number) or uow.orders.by_part(arguments.number)
    if order is None:
        raise Refused(broken(Rule.ORDER_NOT_FOUND, "order", value=arguments.number))
    return order


def get_order(uow: UnitOfWork, actor: Staff, arguments: OrderId) -> Order:
    """The order of that id. Raises Refused(order_not_found)."""
    order = uow.orders.get(arguments.order_id)
    if order is None:
        raise Refused(broken(Rule.ORDER_NOT_FOUND, "order", value=arguments.order_id))
    return order


def search_orders(uow: UnitOfWork, actor: Staff, arguments: Search) -> list[OrderSummary]:
    """Orders that hold all the words."""
    return uow.orders.search(arguments.text, arguments.limit)


def list_actions(uow: UnitOfWork, actor: Staff, arguments: OrderId) -> list[Action]:
    """Every action of the order page, and why those that are closed are closed."""
    order = get_order(uow, actor, arguments)
    return available_actions(order, actor, uow.merchant.settings, uow.now)


def order_proposals(uow: UnitOfWork, actor: Staff, arguments: OrderId) -> list[Proposal]:
    """All proposals of an order, oldest first."""
    return uow.proposals.for_order(arguments.order_id)


TOOLS = (
    Tool(
        "find_order",
        "READ",
        "Find an order by its number, or by that of its return or supplier review.",
        OrderNumber,
        find_order,
    ),
    Tool("get_order", "READ", "Read an order with its refunds, returns and reviews.", OrderId, get_order),
    Tool("search_orders", "READ", "Search orders by customer, e-mail or item.", Search, search_orders),
    Tool(
        "available_actions", "READ", "What can be done on an order now, and why not.", OrderId, list_actions
    ),
    Tool("order_proposals", "READ", "Who proposed and decided what on an order.", OrderId, order_proposals),
)
