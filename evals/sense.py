"""What a case file can get wrong beyond its shape: currencies, decimals, settings, names that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from domain.money import MoneyError, UnknownCurrency, exponent, parse_minor
from domain.orders.intake import to_order
from domain.rules import Refused, Rule
from domain.settings import Merchant
from evals.cases import CaseShape, OrderChanged, OtherStaffConfirms
from evals.order_shapes import OrderShape
from evals.orders import START, to_document
from evals.shop_settings import merchant_settings

Finding = tuple[tuple[str | int, ...], str]
CHECKER = Merchant(id="check", name="check", base_currency="EUR")

_IN_FILE = {"refunds": "prior_refunds", "quantity": "qty"}
_AMOUNTS = {"amount", "return_fee", "restocking_fee", "requested", "refunded"}
_OF_THE_FILE = {Rule.FIELD_INVALID, Rule.AMOUNT_PRECISION, Rule.LINE_NOT_FOUND}
"""A history the page itself would refuse is no matter of the file: that case says so when it is replayed."""


def wrong_values(case: CaseShape) -> Iterator[Finding]:
    """Every value that cannot be meant, with its place."""
    yield from _settings(case)
    yield from _limits(("actor", "limit"), case.actor.limit)
    for at, order in enumerate(case.orders):
        yield from _order(("orders", at), order)
    yield from _balances(case)
    numbers = {_bare(order.number) for order in case.orders}
    if len(numbers) < len(case.orders):
        yield ("orders",), "two orders have the same number"
    for at, turn in enumerate(case.turns):
        if isinstance(turn, OtherStaffConfirms):
            yield from _limits(("turns", at, "limit"), turn.limit)
        if isinstance(turn, OrderChanged) and _bare(turn.order) not in numbers:
            yield ("turns", at, "order"), f"the case has no order {turn.order!r}"
        elif isinstance(turn, OrderChanged):
            yield from _change(("turns", at, "change"), turn, case)


def _bare(number: str) -> str:
    return number.strip().lstrip("#").lower()


def _change(path: tuple[str | int, ...], turn: OrderChanged, case: CaseShape) -> Iterator[Finding]:
    """Amounts of a write that comes between two turns."""
    order = next(order for order in case.orders if _bare(order.number) == _bare(turn.order))
    for part in ("refund", "return", "supplier_review"):
        given = turn.change.model_dump(by_alias=True, exclude_unset=True).get(part) or {}
        for name in _AMOUNTS & given.keys():
            try:
                parse_minor(given[name] or "0", order.currency)
            except MoneyError as error:
                yield (*path, part, name), str(error)


def _settings(case: CaseShape) -> Iterator[Finding]:
    try:
        merchant_settings(case.merchant.settings)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            unknown = found["type"] == "extra_forbidden"
            message = "there is no such setting" if unknown else found["msg"].removeprefix("Value error, ")
            yield ("merchant", "settings", *found["loc"]), message


def _limits(path: tuple[str | int, ...], limits: dict[str, str]) -> Iterator[Finding]:
    for currency, amount in limits.items():
        try:
            parse_minor(amount, currency)
        except MoneyError as error:
            yield (*path, currency), str(error)


def _balances(case: CaseShape) -> Iterator[Finding]:
    held = case.merchant.balances
    currency = case.orders[0].currency
    for account, amount in held.model_dump(exclude_none=True).items() if held else ():
        try:
            parse_minor(amount, currency)
        except UnknownCurrency:
            return
        except MoneyError as error:
            yield ("merchant", "balances", account), str(error)


def _order(path: tuple[str | int, ...], order: OrderShape) -> Iterator[Finding]:
    try:
        exponent(order.currency)
        to_order(to_document(order), CHECKER, order_id="check", now=START)
    except UnknownCurrency as error:
        yield (*path, "currency"), str(error)
    except Refused as refusal:
        for violation in refusal.violations:
            if violation.code in _OF_THE_FILE and not violation.field.endswith("inspection"):
                yield (*path, *_steps(violation.field)), violation.message


def _steps(field: str) -> Iterator[str | int]:
    """``payments[0].captured`` as the steps that lead there in a case file."""
    for part in field.replace("]", "").replace("[", ".").split("."):
        yield int(part) if part.isdigit() else _IN_FILE.get(part, part)
