"""Changes that are told by what the card says: "one more", "5 less", "half of that"."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from agent.commands import Command, CorrectSlot
from agent.dialogue.turn import Turn
from agent.flows.money_slots import read_amount
from agent.state import Case
from domain.money import format_minor
from domain.orders.value import refundable_now
from domain.proposals.model import Preview, Proposal

MONEY = ("amount", "return_fee", "restocking_fee")
_WHOLE = ("amount", "review_amount")
"""What the card's own amount stands for."""


async def settle_relative(turn: Turn, case: Case, command: Command) -> None:
    """Replace what is relative in the command by what it comes to; without a card nothing is left of it."""
    if isinstance(command, CorrectSlot):
        await _carry_quantity(turn, case, command)
    asked = [name for name, said in command.slots.items() if _is_relative(said.value)]
    shown = case.proposal_id or case.held
    if not asked:
        return
    proposal: Proposal | None = None
    if shown:
        proposal = (await turn.tools.call("get_proposal", proposal_id=shown)).value
    for name in asked:
        said = command.slots[name]
        value = _absolute(name, said.value, case, proposal.preview) if proposal is not None else None
        if value is None:
            command.slots.pop(name)
        else:
            said.value = value


async def says_what_the_card_says(turn: Turn, case: Case, command: Command) -> bool:
    """Whether a change names just what the open card holds: all of its goods, or in full what it gives in full."""
    said = {name: slot.value for name, slot in command.slots.items()}
    of_claim = set(said) == {"review_amount"}
    if not said or not (of_claim or set(said) <= {"line", "amount"}):
        return False
    if not case.proposal_id or case.status != "proposed":
        return False
    preview: Preview = (await turn.tools.call("get_proposal", proposal_id=case.proposal_id)).value.preview
    if of_claim:
        order = await turn.order(case.order_id or "")
        return read_amount(said["review_amount"], order, -1, "review_amount") == (preview.amount, [])
    units: dict[str, int] = {}
    for line in preview.lines:
        units[line.line] = units.get(line.line, 0) + line.quantity
    if isinstance(lines := said.get("line", []), list) and "line" in said:
        same = {entry["line"] for entry in lines} == set(units)
        if not same or any(
            e.get("amount") or e.get("quantity") not in (None, units[e["line"]]) for e in lines
        ):
            return False
    if "amount" not in said:
        return True
    order = await turn.order(case.order_id or "")
    return bool(said["amount"] == {"kind": "full"} and preview.amount == refundable_now(order))


def _single(entries: object) -> bool:
    return isinstance(entries, list) and len(entries) == 1


async def _carry_quantity(turn: Turn, case: Case, command: CorrectSlot) -> None:
    """Other goods instead: the number that was said of the first is said of them, where there are so many."""
    said = command.slots.get("line")
    before, now = case.slots.get("line"), said.value if said else None
    if case.order_id is None or "quantity" in command.slots or not (_single(before) and _single(now)):
        return
    assert isinstance(before, list)
    assert isinstance(now, list)
    if before[0]["line"] == now[0]["line"] or now[0].get("quantity") is not None:
        return
    wanted = before[0].get("quantity") or case.slots.get("quantity")
    there = (await turn.order(case.order_id)).line(now[0]["line"]).quantity
    case.slots.pop("quantity", None)
    if isinstance(wanted, int) and wanted <= there:
        now[0]["quantity"] = wanted


def _is_relative(value: Any) -> bool:
    return isinstance(value, dict) and ("more" in value or value.get("kind") in {"more", "less", "times"})


def _absolute(name: str, value: dict[str, Any], case: Case, preview: Preview) -> Any:
    if name == "quantity":
        units = sum(line.quantity for line in preview.lines) + int(value["more"])
        return units if units > 0 else None
    before = case.slots.get(name)
    if value["kind"] == "times" and isinstance(before, dict) and before.get("kind") == "percent":
        return {"kind": "percent", "value": _text(Decimal(str(before["value"])) * Decimal(value["value"]))}
    minor = preview.amount if name in _WHOLE else preview.fees.get(name, 0)
    if minor is None:
        return None
    by = Decimal(value["value"])
    if value["kind"] == "times":  # Half of an odd sum is told to the minor unit, as a share is.
        minor, by = int((minor * by).quantize(Decimal(1), ROUND_HALF_UP)), Decimal(0)
    shown = Decimal(format_minor(minor, preview.currency))
    new = shown - by if value["kind"] == "less" else shown + by
    return {"kind": "exact", "value": _text(new), "currency": preview.currency}


def _text(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
