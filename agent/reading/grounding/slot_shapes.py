"""What each slot of a command may hold, and what of it must have been said (see :mod:`agent.commands`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from agent.reading.goods.items import names_pair
from agent.reading.grounding.money_shapes import (
    amount,
    cost,
    exact_amount,
    fee,
    need,
    review_amount,
    shipping,
)
from agent.reading.grounding.said import Said
from agent.reading.values.relations import SHARES_OF_UNITS
from agent.reading.values.spans import bare
from agent.reading.values.tracking import tracking_spans
from domain.reasons import RefundReason, RejectReason

Check = Callable[[Any, Said], Any]
"""Returns the value, put in order where need be. Raises :class:`agent.reading.grounding.money_shapes.Unfit`."""

_DRAFTS = frozenset({"evidence_request", "approval", "rejection", "refund_notice"})
_STATES = ("good", "damaged", "missing")
_OF_THE_REST = ("came", "rest", "whole")


def _one_of(*allowed: str) -> Check:
    known = frozenset(allowed)

    def check(value: Any, said: Said) -> Any:
        need(isinstance(value, str) and value in known, "not one of its values")
        return value

    return check


def _text(value: Any, said: Said) -> Any:
    need(isinstance(value, str) and said.has_words(value), "not the staff's words")
    return value


def _true(value: Any, said: Said) -> Any:
    need(value is True, "can only be true")
    return value


def _truth(value: Any, said: Said) -> Any:
    need(isinstance(value, bool), "neither true nor false")
    return value


def _order(value: Any, said: Said) -> Any:
    need(isinstance(value, str) and value, "no order number")
    if said.has_code(value) or said.has_code(bare(value)):
        return value
    if bare(value) in {bare(name.order) for name in said.view.names if name.order}:
        return value
    known = {bare(o.number) for o in said.orders} | {bare(c.order) for c in said.view.cases if c.order}
    need(bare(value) in known and not said.names_an_order, "an order that was not named")
    return value


def _return_id(value: Any, said: Said) -> Any:
    known = {ret.get("id", "").lower() for order in said.orders for ret in order.returns}
    need(
        isinstance(value, str) and (said.has_code(value) or value.lower() in known),
        "a return that was not named",
    )
    return value


def _tracking(value: Any, said: Said) -> Any:
    need(isinstance(value, str) and said.has_code(value), "a number that was not said")
    return value


def _carrier(value: Any, said: Said) -> Any:
    named = isinstance(value, str) and (
        said.has_words(value) or value in {s.value for s in tracking_spans(said.text) if s.kind == "carrier"}
    )
    need(named, "a carrier that was not named")
    return value


def _quantity(value: Any, said: Said) -> Any:
    if value == "all":
        need(said.says_all, "a number that was not said")
        return value
    if isinstance(value, dict) and set(value) == {"more"} and said.view.proposal is not None:
        _quantity(abs(value["more"]) if type(value["more"]) is int else value, said)
        return value
    _units(value, said)
    return value


def _units(value: Any, said: Said) -> None:
    """A number of units, or one told by a relation ("all but one", "half of them"). Raises Unfit."""
    if isinstance(value, dict):
        fits = set(value) == {"share"} and value["share"] in SHARES_OF_UNITS and said.says_share
        fits = fits or (set(value) == {"all_but"} and value["all_but"] in said.counts)
        need(fits, "a number that was not said")
        return
    need(type(value) is int and value >= 0, "no number")
    need(value in said.counts or value in said.missing, "a number that was not said")


def _line(value: Any, said: Said) -> Any:
    if value == "everything":
        need(said.says_all, "everything was not said")
        return value
    need(isinstance(value, list) and value, "no lines")
    return [_entry(entry, said) for entry in value]


def _entry(entry: Any, said: Said) -> dict[str, Any]:
    need(isinstance(entry, dict) and entry.get("line") in said.lines, "a line that is not on the order")
    need(set(entry) <= {"line", "quantity", "amount", "all"}, "no line")
    if _before(entry, said):
        return dict(entry)
    whole = entry.get("all") is True and entry.get("quantity") is None
    need("all" not in entry or (whole and (said.says_all or said.leaves_out)), "everything was not said")
    quantity, own = entry.get("quantity"), entry.get("amount")
    if quantity is not None and not (quantity == 2 and names_pair(said.text, said.lines[entry["line"]])):
        _units(quantity, said)
    if own is not None:
        need(isinstance(own, dict) and set(own) <= {"kind", "value", "currency"}, "no amount")
        need(own.get("kind", "exact") == "exact", "no amount")
        exact_amount(own, said)
    kept = {"line": entry["line"], "quantity": quantity, "amount": own}
    return {**kept, "all": True} if whole else kept


def _before(entry: dict[str, Any], said: Said) -> bool:
    """Whether it is the line as the case or its card has it, or less by a number that was said."""
    told = said.view.slots.get("line")
    had = next((e for e in told if e.get("line") == entry["line"]), None) if isinstance(told, list) else None
    shown = said.view.proposal.lines.get(entry["line"]) if said.view.proposal is not None else None
    if had is None and shown is None:
        return False
    kept = (had or {"amount": None}) | {
        "line": entry["line"],
        "quantity": (had or {}).get("quantity") or shown,
    }
    number, units = entry.get("quantity"), kept["quantity"]
    fewer = (
        type(number) is int and type(units) is int and 0 < number < units and units - number in said.counts
    )
    return entry == kept or (fewer and entry == kept | {"quantity": number})


def _item(value: Any, said: Said) -> Any:
    need(isinstance(value, dict) and isinstance(value.get("text"), str), "no item")
    need(said.has_words(value["text"]), "not the staff's words")
    found = [line for line in value.get("candidates") or [] if line in said.lines]
    return {"text": value["text"], "candidates": found}


def _evidence(value: Any, said: Said) -> Any:
    need(isinstance(value, dict), "no evidence")
    kind, text = value.get("kind"), value.get("text")
    need(
        kind in {"attached", "description", "ticket", "none"} and set(value) <= {"kind", "text"},
        "no evidence",
    )
    need(text is None or (isinstance(text, str) and said.has_words(text)), "not the staff's words")
    need(kind != "description" or text, "a description without words")
    return {"kind": kind, "text": text}


def _waiver(value: Any, said: Said) -> Any:
    return value if isinstance(value, bool) else _text(value, said)


def _inspection(value: Any, said: Said) -> Any:
    if value == "all_good":
        return value
    need(isinstance(value, list) and value, "no inspection")
    return [_seen(entry, said) for entry in value]


def _seen(entry: Any, said: Said) -> dict[str, Any]:
    need(isinstance(entry, dict) and set(entry) <= {"line", *_STATES, *_OF_THE_REST}, "no inspection")
    need(entry.get("rest") in {None, *_STATES}, "no inspection")
    came = entry.get("came", 0)
    need(type(came) is int and came >= 0, "no number")
    need(entry.get("line") is None or entry["line"] in said.lines, "a line that is not on the order")
    before = said.view.slots.get("inspection")
    came_before = {e.get("came") or 0 for e in before} if isinstance(before, list) else set()
    whole = said.counts | {line.quantity for line in said.lines.values()} | came_before
    named = said.lines.get(entry.get("line") or "")
    implied = {1, named.quantity} if named is not None else set()
    for state in _STATES:
        count = entry.get(state, 0)
        need(type(count) is int and count >= 0, "no number")
        rest = any(a - b == count for a in whole for b in said.counts)
        counted = count in said.counts | implied | came_before
        need(count == 0 or counted or rest, "a number that was not said")
    rest_of_it = {name: entry[name] for name in _OF_THE_REST if entry.get(name)}
    return {"line": entry.get("line"), **{state: entry.get(state, 0) for state in _STATES}, **rest_of_it}


def _language(value: Any, said: Said) -> Any:
    need(isinstance(value, str) and re.fullmatch(r"[a-z]{2}", value), "no language code")
    return value


_REASON = _one_of(*RefundReason)

CHECKS: dict[str, Check] = {
    "order": _order,
    "order_query": _text,
    "line": _line,
    "item": _item,
    "quantity": _quantity,
    "amount": amount,
    "shipping": shipping,
    "reason": _REASON,
    "issue": _REASON,
    "retract_issue": _true,
    "cancel_order": _true,
    "window_override": _true,
    "in_transit": _true,
    "note": _text,
    "evidence": _evidence,
    "waiver_note": _waiver,
    "return_needed": _truth,
    "decision": _one_of("approve", "reject"),
    "return_reason": _REASON,
    "reject_reason": _one_of(*RejectReason),
    "return_fee": fee,
    "restocking_fee": fee,
    "carrier": _carrier,
    "tracking": _tracking,
    "label": _one_of("generate", "upload", "none"),
    "explanation": _text,
    "communication_record": _text,
    "inspection": _inspection,
    "return_cost": cost,
    "review_kind": _one_of("product_cost", "return_cost", "adjustment"),
    "review_amount": review_amount,
    "review_notes": _text,
    "verdict": _one_of("approved", "partially_approved", "rejected"),
    "return_id": _return_id,
    "payment": _text,
    "language": _language,
    "draft": _one_of(*_DRAFTS),
}
