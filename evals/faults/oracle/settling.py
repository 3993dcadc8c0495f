"""What a return is worth, and the refund that settles it. Order page, section 4, "Receive"."""

from __future__ import annotations

from dataclasses import dataclass

from evals.faults.oracle.facts import Facts
from evals.faults.oracle.values import Doc, choice, left, line_of, return_of, settled_units


@dataclass(frozen=True)
class Worth:
    """What came back and is not refunded yet, by line: units and money; and the agreed fees, cut to that money."""

    units: dict[str, int]
    values: dict[str, int]
    fees: int

    @property
    def net(self) -> int:
        """After fees."""
        return sum(self.values.values()) - self.fees


def worth(order: Doc, ret: Doc, *, before_receipt: bool) -> Worth | None:
    """None while it cannot be refunded."""
    if ret["status"] == "received":
        counts = {
            entry["line"]: (seen["good"] + seen["damaged"]) if (seen := entry["inspection"]) else 0
            for entry in ret["lines"]
        }
    elif before_receipt and ret["status"] in ("approved", "in_transit"):
        counts = {entry["line"]: entry["quantity"] for entry in ret["lines"]}
    else:
        return None
    done = settled_units(order, ret["id"])
    units = {line: count - done.get(line, 0) for line, count in counts.items() if count > done.get(line, 0)}
    values = {}
    for line_id, count in units.items():
        line = line_of(order, line_id)
        values[line_id] = choice(order, line, count, without=ret["id"]) if line else 0
    agreed = ret["return_fee"] + sum(entry["restocking_fee"] for entry in ret["lines"])
    return Worth(units, values, min(agreed, sum(values.values())))


def settling_goods(facts: Facts, request: Doc, only_state: bool = False) -> tuple[int, set[str]]:
    """Money for the goods of the return, and the rules it breaks; `only_state`: whatever is asked for."""
    order = facts.order
    ret = return_of(order, request["settles_return"])
    if ret is None:
        return 0, {"return_not_found"}
    now = worth(order, ret, before_receipt=facts.settings["refund_before_receipt"])
    if now is None or now.net <= 0:
        return 0, {"action_unavailable"}
    if only_state:
        return now.net, set()
    asked = {entry["line"]: entry for entry in request.get("lines", [])}
    codes = set()
    if any(entry["quantity"] > now.units.get(line, 0) for line, entry in asked.items()):
        codes.add("quantity_exceeds_refundable")
    elif asked and any(asked.get(line, {}).get("quantity", 0) < count for line, count in now.units.items()):
        codes.add("field_invalid")
    target, wrong = _target(order, request, now)
    return target, codes | wrong


def _target(order: Doc, request: Doc, now: Worth) -> tuple[int, set[str]]:
    given = {
        entry["line"]: entry["amount"]
        for entry in request.get("lines", [])
        if entry.get("amount") is not None
    }
    shipping = request.get("shipping", 0)
    ceiling = min(now.net, left(order) - shipping)
    codes = {
        "amount_exceeds_line"
        for line, amount in given.items()
        if line in now.values and amount > now.values[line]
    }
    if any(amount < 0 for amount in given.values()):
        codes.add("amount_not_positive")
    target = ceiling
    if request.get("amount") is not None:
        target = request["amount"] - shipping
    elif len(given) == len(now.values):
        target = sum(given.values())
    if target > now.net:
        codes.add("amount_exceeds_line")
    elif target <= 0:
        codes.add("amount_not_positive")
    elif target < ceiling and not request.get("value_note", "").strip():
        codes.add("note_required")
    return target, codes
