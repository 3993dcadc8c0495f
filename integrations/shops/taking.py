"""Taking a shop's news over: new orders, updates in whatever order they come, customers' return requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from domain.identity import SYSTEM
from domain.orders.arrival import take_in
from domain.orders.document import field_path
from domain.orders.intake import to_order
from domain.orders.model import Order
from domain.orders.update import update_order
from domain.ports import AuditEvent, UnitOfWork
from domain.returns.service import ReturnRequest, request_return
from domain.rules import Refused, Rule, broken
from integrations.shops.port import OrderNews, ReturnNews, Unreadable
from integrations.storage.repositories.shop import ShopRecords
from integrations.storage.unit_of_work import Work


@dataclass(slots=True)
class Taken:
    """What became of some news."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    requested: int = 0
    refused: list[str] = field(default_factory=list)
    """By the shop's own id, with the reason."""

    def add(self, other: Taken) -> None:
        """Sum up."""
        self.added += other.added
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.requested += other.requested
        self.refused += other.refused


def records_of(uow: UnitOfWork) -> ShopRecords:
    """The shop's records of a transaction."""
    assert isinstance(uow, Work)
    return uow.shop


def take_one(uow: UnitOfWork, news: OrderNews | ReturnNews | Unreadable) -> Taken:
    """One piece of news in the caller's transaction. Raises Refused, and then nothing of it is done."""
    if isinstance(news, Unreadable):
        return Taken(refused=[f"{news.shop_id}: {news.why}"])
    if isinstance(news, ReturnNews):
        _request(uow, news)
        return Taken(requested=1)
    return _take_order(uow, news)


def note_refused(uow: UnitOfWork, taken: Sequence[str]) -> None:
    """What could not be taken over stands in the audit log, for a person to look at."""
    for what in taken:
        shop_id, _, why = what.partition(": ")
        uow.audit.append(AuditEvent("shop.refused", shop_id, SYSTEM, uow.now, {"why": why[:500]}))


def _take_order(uow: UnitOfWork, news: OrderNews) -> Taken:
    records, number = records_of(uow), news.document.number
    known = records.order(number)
    if known is not None and news.updated_at < known.at:
        return Taken(unchanged=1)
    if uow.orders.by_number(number) is None:
        order_id = uow.ids.new("ord")
        take_in(uow, [to_order(news.document, uow.merchant, order_id=order_id, now=uow.now)])
        taken = Taken(added=1)
    else:
        taken = Taken(updated=1) if update_order(uow, news.document) else Taken(unchanged=1)
    if known is None or known.at < news.updated_at:
        records.keep_order(number, news.shop_id, news.updated_at)
    return taken


def _request(uow: UnitOfWork, news: ReturnNews) -> None:
    order = uow.orders.by_number(news.number)
    if order is None:
        raise Refused(broken(Rule.ORDER_NOT_FOUND, "order", value=news.number))
    body: dict[str, Any] = {**news.body, "request_id": news.request_id}
    if isinstance(body.get("lines"), list):
        body["lines"] = [_by_id(order, line) for line in body["lines"]]
    try:
        request = ReturnRequest.model_validate(body)
    except ValidationError as error:
        raise Refused(
            *(
                broken(
                    Rule.FIELD_INVALID,
                    field_path(each["loc"]),
                    limit=each["msg"],
                    value=repr(each["input"])[:80],
                )
                for each in error.errors()
            )
        ) from None
    request_return(uow, order.id, request)


def _by_id(order: Order, line: Any) -> Any:
    """A line named by its SKU, as shops do, by the id the order knows it by."""
    if not isinstance(line, dict) or "sku" not in line:
        return line
    named = [known.id for known in order.lines if known.sku == line["sku"]]
    if not named:
        raise Refused(broken(Rule.LINE_NOT_FOUND, "lines", value=line["sku"]))
    return {**{key: value for key, value in line.items() if key != "sku"}, "line": named[0]}
