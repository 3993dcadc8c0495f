"""READ tools on orders."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from agent.tools.tool import Tool
from domain.actions import Action, available_actions
from domain.identity import Staff
from domain.orders.model import Order
from domain.ports import NamedOrders, OrderSummary, UnitOfWork
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


class Names(_Arguments):
    """Words that may be names of customers."""

    names: list[Annotated[str, Field(max_length=100)]] = Field(max_length=40)
    limit: int = Field(4, ge=1, le=10)


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


def find_goods(uow: UnitOfWork, actor: Staff, arguments: Search) -> list[OrderSummary]:
    """Orders with goods called by all these words."""
    return uow.orders.of_goods(arguments.text, arguments.limit)


def find_customers(uow: UnitOfWork, actor: Staff, arguments: Names) -> list[NamedOrders]:
    """The orders of the customers of each name, in the order of the names."""
    return [uow.orders.of_customer(name, arguments.limit) for name in arguments.names]


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
    Tool("find_goods", "READ", "Find the orders with an item of that title.", Search, find_goods),
    Tool("find_customers", "READ", "Find the orders of customers by their names.", Names, find_customers),
    Tool(
        "available_actions", "READ", "What can be done on an order now, and why not.", OrderId, list_actions
    ),
    Tool("order_proposals", "READ", "Who proposed and decided what on an order.", OrderId, order_proposals),
)
