"""Merging what was said into a case."""

from __future__ import annotations

from typing import Any

from agent.commands import Command, CorrectSlot
from agent.reading.values.orders import bare
from agent.state import Case
from domain.reasons import RefundReason

_LINE_SLOTS = {"line", "item"}


def plain(command: Command) -> dict[str, Any]:
    """Slot values without their spans."""
    return {name: slot.value for name, slot in command.slots.items()}


def merge(case: Case, command: Command) -> list[str]:
    """Write the command's slots into the case; the names of those that changed."""
    said = plain(command)
    changed = [name for name, value in said.items() if case.slots.get(name) != value]
    _customer_is_no_item(said)
    if said.get("retract_issue"):
        _retract(case)
    if issue := said.pop("issue", None):
        case.quality_issue = case.quality_issue or RefundReason(issue).is_quality
        said.setdefault("reason", case.slots.get("reason") or issue)
    _less_than_before(case, said)
    _shipping_only(case, said)
    _other_goods_lost(case, said, is_correction=isinstance(command, CorrectSlot))
    _lines(case, said, is_correction=isinstance(command, CorrectSlot))
    _reason(case, said)
    for name in ("amount", "review_amount", "shipping"):
        if name in said:
            case.slots.pop(f"{name}_refused", None)
    if said.get("verdict") == "rejected" and "review_amount" not in said:
        case.slots.pop("review_amount", None)
    if "inspection" in said:
        case.slots.pop("inspection_refused", None)
    _parcel(case, said)
    if isinstance(command, CorrectSlot):
        _rejection(case, said)
        _inspection(case, said)
    case.slots.update(said)
    return changed


def _parcel(case: Case, said: dict[str, Any]) -> None:
    """The number that was none of one carrier's may be one of another's, which is told now."""
    refused = case.slots.get("tracking_refused")
    if (
        refused
        and "carrier" in said
        and "tracking" not in said
        and said["carrier"] != case.slots.get("carrier")
    ):
        said["tracking"] = refused
    if "tracking" in said:
        case.slots.pop("tracking_refused", None)


def _shipping_only(case: Case, said: dict[str, Any]) -> None:
    """A part of the shipping instead of the goods takes their place ("half the postage")."""
    shipping = said.get("shipping")
    if isinstance(shipping, dict) and shipping.get("only"):
        said["shipping"] = {name: value for name, value in shipping.items() if name != "only"}
        for name in ("line", "item", "quantity", "amount"):
            case.slots.pop(name, None)


def _lines(case: Case, said: dict[str, Any], *, is_correction: bool) -> None:
    """Which items, how many, and whether amounts given line by line still hold."""
    if said.get("line") == "everything":
        said.pop("line")
        said["amount"] = {"kind": "full"}
        for name in ("line", "item", "quantity"):
            case.slots.pop(name, None)
    if is_correction and isinstance(said.get("line"), list) and case.slots.pop("cancel_order", None):
        case.slots.pop("amount", None)  # Only some of the order is called off now.
    if "line" in said and not _moves(case, said):
        _keep_quantities(case, said)
    if "quantity" in said:
        _set_quantity(case, said)
    if is_correction and "amount" in said:
        for entry in said.get("line") or case.slots.get("line") or []:
            entry["amount"] = None
    if _LINE_SLOTS & set(said):
        for other in _LINE_SLOTS - set(said):
            case.slots.pop(other, None)


def _other_goods_lost(case: Case, said: dict[str, Any], *, is_correction: bool) -> None:
    """Other goods of a parcel that came are missing from it, however it is put ("no, the ladle didn't come")."""
    line, before = said.get("line"), case.slots.get("line")
    lost = said.get("reason") == RefundReason.NOT_RECEIVED
    if not is_correction or not lost or case.slots.get("reason") != RefundReason.MISSING_ITEM:
        return
    if (
        isinstance(line, list)
        and isinstance(before, list)
        and [e["line"] for e in line] != [e["line"] for e in before]
    ):
        said.pop("reason")


def _less_than_before(case: Case, said: dict[str, Any]) -> None:
    """A sum taken off ("minus 5") is taken off the amount that was told before, where there was one."""
    amount, before = said.get("amount"), case.slots.get("amount")
    if isinstance(amount, dict) and "value" in amount and amount["value"] is None:
        _in_currency(case, said)
        return
    relative = isinstance(amount, dict) and amount.get("kind") == "less"
    if relative and isinstance(before, dict) and before.get("kind", "exact") != "full":
        said["amount"] = dict(amount or {}, of=before)


def _in_currency(case: Case, said: dict[str, Any]) -> None:
    """A currency alone ("i meant euros") is that of the figure told before; without one it says no amount."""
    before = case.slots.get("amount") or case.slots.get("amount_refused")
    if isinstance(before, dict) and before.get("value"):
        said["amount"] = {**before, "currency": said["amount"]["currency"]}
    else:
        said.pop("amount")


def _moves(case: Case, said: dict[str, Any]) -> bool:
    """Whether the case is about another order from now on: its lines may be called alike, and are others."""
    named = str(said.get("order") or "")
    return bool(named and case.order_number) and bare(named) != bare(case.order_number)


def _customer_is_no_item(said: dict[str, Any]) -> None:
    """Words that name the order name no item besides, where none of its lines fits them."""
    item, words = said.get("item"), str(said.get("order_query") or "").lower()
    if (
        words
        and isinstance(item, dict)
        and not item.get("candidates")
        and item.get("text", "").lower() in words
    ):
        said.pop("item")


def _retract(case: Case) -> None:
    case.quality_issue = False
    if case.slots.get("reason") and RefundReason(case.slots["reason"]).is_quality:
        case.slots.pop("reason")
    case.slots.pop("evidence", None)


def _reason(case: Case, said: dict[str, Any]) -> None:
    reason = said.get("reason")
    if reason is not None and RefundReason(reason).is_quality:
        case.quality_issue = True


def _rejection(case: Case, said: dict[str, Any]) -> None:
    """Another reason takes another text, and another text is what the customer is told."""
    text = case.slots.get("explanation")
    if said.get("reject_reason") not in (None, case.slots.get("reject_reason")) and "explanation" not in said:
        case.slots.pop("explanation", None)
    elif "explanation" not in said:
        return
    record = case.slots.get("communication_record")
    if isinstance(record, dict) and record.get("text") == text:
        case.slots.pop("communication_record")
        if "explanation" in said:
            said["communication_record"] = {**record, "text": said["explanation"]}


def _inspection(case: Case, said: dict[str, Any]) -> None:
    """What is told anew of one line leaves what was told of the others."""
    now, before = said.get("inspection"), case.slots.get("inspection")
    if isinstance(now, list) and isinstance(before, list):
        named = {entry.get("line") for entry in now}
        if None not in named:
            now += [entry for entry in before if entry.get("line") not in {None, *named}]


def _keep_quantities(case: Case, said: dict[str, Any]) -> None:
    """The same line named again keeps its number unless a new one came with it."""
    before = {entry["line"]: entry for entry in case.slots.get("line") or []}
    for entry in said["line"]:
        if entry.get("quantity") is None and entry["line"] in before and not entry.get("all"):
            entry["quantity"] = before[entry["line"]].get("quantity")


def _set_quantity(case: Case, said: dict[str, Any]) -> None:
    """A number alone is of the one line in question; it is corrected there."""
    entries = said.get("line") or case.slots.get("line") or []
    amount = case.slots.get("amount")
    if isinstance(amount, dict) and amount.get("kind") == "full" and "amount" not in said:
        case.slots.pop("amount")
    if len(entries) == 1:
        entries[0]["quantity"] = said["quantity"]
        entries[0].pop("all", None)
