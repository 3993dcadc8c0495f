"""Order documents to import: several payments, disputes, discounts, taxes, sources, histories."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from evals.faults.machine.dice import Dice
from evals.faults.machine.people import CURRENCIES

_DECIMALS = {"EUR": 2, "JPY": 0, "KWD": 3}
_SOURCES = ("own", "dropshipping", "own", "dropshipping", "print_on_demand", "digital")
_STATES = ("delivered", "shipped", "delivered", "delivered", "unfulfilled", "processing", "delivered")


def shown(minor: int, currency: str) -> str:
    """As documents write amounts."""
    digits = _DECIMALS[currency]
    return f"{minor // 10**digits}.{minor % 10**digits:0{digits}d}" if digits else str(minor)


def order_document(dice: Dice, number: str, shop: str, now: datetime) -> dict[str, Any]:
    """Something a shop could hand over."""
    currency = dice.one_of(CURRENCIES)
    lines = [_line(dice, i, currency) for i in range(dice.between(1, 3))]
    prices = [_minor(line, "unit_price", currency) * line["quantity"] for line in lines]
    weights = [p - _minor(line, "discount", currency) for p, line in zip(prices, lines, strict=True)]
    goods, taxes = sum(weights), sum(_minor(line, "tax", currency) for line in lines)
    shipping = dice.one_of((0, 499, 1))
    discount = dice.one_of((0, 0, goods // 10, min(goods, 7)))
    tax = dice.one_of((0, 0, goods // 5, 13))
    total = goods + taxes + shipping - discount + tax
    return {
        "number": number,
        "customer": {"name": "Maya Lind", "email": "maya@example.com"},
        "currency": currency,
        "placed_at": _before(now, dice.one_of((10, 10, 10, 29, 45))),
        "lines": lines,
        "shipping": shown(shipping, currency),
        "order_discount": shown(discount, currency),
        "tax": shown(tax, currency),
        "payments": _payments(dice, total, currency, f"{shop}:{number}", now),
        "refunds_blocked": dice.rarely(2),
        **_history(dice, lines, currency, now),
    }


def _before(now: datetime, days: int) -> str:
    return (now - timedelta(days=days)).isoformat()


def _minor(part: dict[str, Any], name: str, currency: str) -> int:
    return int(part.get(name, "0").replace(".", ""))


def _line(dice: Dice, index: int, currency: str) -> dict[str, Any]:
    quantity, price = dice.between(1, 4), dice.one_of((1999, 1000, 333, 1, 7))
    source = dice.one_of(_SOURCES)
    line: dict[str, Any] = {
        "sku": f"SKU{index + 1}",
        "title": f"Thing {index + 1}",
        "quantity": quantity,
        "unit_price": shown(price, currency),
        "discount": shown(dice.one_of((0, 0, price * quantity // 10, min(5, price * quantity))), currency),
        "tax": shown(dice.one_of((0, price * quantity // 5, 1)), currency),
        "source": source,
        "final_sale": dice.rarely(8),
        "fulfilment": dice.one_of(_STATES),
    }
    if source == "dropshipping":
        line |= {
            "supplier": "Faraway",
            "supplier_cost": shown(dice.one_of((700, 700, 0, 31)) * quantity, currency),
        }
    return line


def _payments(dice: Dice, total: int, currency: str, ref: str, now: datetime) -> list[dict[str, Any]]:
    taken = dice.one_of((total, total, total, total // 2, total + 100))
    count = dice.one_of((1, 2, 2, 3)) if taken > 3 else 1
    parts = [taken // count] * (count - 1)
    parts.append(taken - sum(parts))
    found = []
    for i, part in enumerate(parts):
        payment: dict[str, Any] = {
            "method": f"Card {i + 1}",
            "captured": shown(part, currency),
            "captured_at": _before(now, dice.one_of((1, 2, 3, 4, 5, 6, 9, 9, 9))),
            "provider_ref": f"{ref}:{i + 1}",
        }
        if dice.rarely(8):
            payment["dispute"] = dice.one_of(("open", "lost", "won"))
        payment["voided"] = dice.rarely(2)
        found.append(payment)
    return found


def _history(dice: Dice, lines: list[dict[str, Any]], currency: str, now: datetime) -> dict[str, Any]:
    """Now and then something happened before the order was imported."""
    found: dict[str, Any] = {}
    line = lines[0]
    if dice.rarely(10):
        units = [{"sku": line["sku"], "quantity": 1}]
        found["refunds"] = [{"amount": shown(1, currency), "lines": units, "reason": "goodwill"}]
    shipped = lines[-1]["fulfilment"] in ("shipped", "delivered")
    if dice.rarely(30) and shipped:
        status = dice.one_of(("requested", "approved", "in_transit", "received"))
        entry = {"sku": lines[-1]["sku"], "quantity": 1}
        asked = _before(now, dice.one_of((3, 8)))
        found["returns"] = [
            {"status": status, "lines": [entry], "reason": "changed_mind", "requested_at": asked}
        ]
    if dice.rarely(30):
        found["communication_log"] = [{"text": "We have your message.", "channel": "email"}]
    return found
