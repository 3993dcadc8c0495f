"""``desk read``: what the reader makes of lines of text, as JSON Lines."""

from __future__ import annotations

import json
from typing import Any, TextIO

from agent.reading.local import LocalReader
from agent.reading.read_whole import read_whole
from agent.reading.view import (
    CaseView,
    LineView,
    OptionView,
    OrderView,
    PendingView,
    ProposalView,
    Reader,
    TurnView,
    Understanding,
)  # fmt: skip

_CARDS = frozenset(
    {"proposal", "confirm", "confirmation", "card", "await_confirmation", "open_proposal", "preview"}
)


def read_lines(stream_in: TextIO, stream_out: TextIO, reader: Reader | None = None) -> None:
    """Read each line of `stream_in` (text, or JSON ``{text, pending?, order?}``) and print what was understood."""
    reader = reader or LocalReader()
    for line in stream_in:
        line = line.rstrip("\r\n")
        if not line.strip():
            continue
        view = view_of(line)
        answer = described(view.text, read_whole(reader, view))
        stream_out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        stream_out.flush()


def described(text: str, understanding: Understanding) -> dict[str, Any]:
    """One output line, exactly in the form of the contract."""
    commands = []
    for command in understanding.commands:
        held = command.model_dump(mode="json")
        shown = {"name": held["name"], "slots": held["slots"], "confidence": round(held["confidence"], 4)}
        commands.append(shown)
    return {
        "text": text,
        "commands": commands,
        "intent": understanding.intent,
        "issue_type": understanding.issue_type,
        "confidence": round(understanding.confidence, 4),
        "alternatives": [[intent, round(p, 4)] for intent, p in understanding.alternatives],
    }


def view_of(line: str) -> TurnView:
    """The view that an input line asks for; a line that is no JSON object is plain text."""
    try:
        given = json.loads(line)
    except ValueError:
        return TurnView(text=line)
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return TurnView(text=line)
    order = _order(given.get("order"))
    pending, proposal = _pending(given.get("pending"), order)
    if given.get("proposal"):
        proposal = _proposal(given["proposal"], order)
    flow = given.get("flow")
    return TurnView(
        text=given["text"],
        order=order,
        orders=[order] if order else [],
        pending=pending,
        proposal=proposal,
        flow=flow if isinstance(flow, str) else None,
        slots=given["slots"] if isinstance(given.get("slots"), dict) else {},
        cases=[CaseView(**case) for case in given.get("cases", []) if isinstance(case, dict)],
        attachments=[str(kind) for kind in given.get("attachments", [])],
    )


def _pending(given: Any, order: OrderView | None) -> tuple[PendingView | None, ProposalView | None]:
    if isinstance(given, str) and given.strip():
        name = given.strip().lower().replace(" ", "_")
        if name in _CARDS:
            return None, _proposal(given, order)
        return PendingView(slot=name), None
    if isinstance(given, dict):
        slot = str(given.get("slot") or given.get("name") or given.get("kind") or "")
        if slot in _CARDS or "proposal" in given:
            return None, _proposal(given.get("proposal", given), order)
        options = [_option(option) for option in given.get("options") or []]
        flow = given.get("flow")
        return (
            (PendingView(slot=slot, flow=flow if isinstance(flow, str) else None, options=options), None)
            if slot
            else (None, None)
        )
    return (None, _proposal("", order)) if given is True else (None, None)


def _option(given: Any) -> OptionView:
    if isinstance(given, dict):
        label = str(given.get("label", given.get("value", "")))
        return OptionView(value=given.get("value", label), label=label)
    return OptionView(value=given, label=str(given))


def _proposal(given: Any, order: OrderView | None) -> ProposalView:
    held = given if isinstance(given, dict) else {}
    number = str(held.get("order") or (order.number if order else ""))
    amount = held.get("amount")
    return ProposalView(
        kind=str(held.get("kind") or "refund"),
        order=number,
        amount=str(amount) if amount else None,
        reason=str(held.get("reason") or ""),
    )


def _order(given: Any) -> OrderView | None:
    """An order in the contract's case form, or just its number."""
    if isinstance(given, (str, int)) and not isinstance(given, bool) and str(given).strip():
        return OrderView(number=str(given), currency="")
    if not isinstance(given, dict):
        return None
    lines: list[LineView] = []
    for at, line in enumerate(given.get("lines") or []):
        sku = str(line.get("sku") or line.get("id") or f"line-{at + 1}")
        taken = sum(held.sku == sku for held in lines)
        lines.append(
            LineView(
                id=f"{sku}#{taken + 1}" if taken else sku,
                sku=sku,
                title=str(line.get("title") or sku),
                variant=str(line.get("variant") or ""),
                quantity=int(line.get("qty") or line.get("quantity") or 1),
                source=str(line.get("source") or "own"),
            )
        )
    payments = [
        str(payment.get("method", "")) if isinstance(payment, dict) else str(payment)
        for payment in given.get("payments") or []
    ]
    return OrderView(
        number=str(given.get("number") or ""),
        currency=str(given.get("currency") or ""),
        customer=str(given.get("customer") or ""),
        lines=lines,
        returns=[
            {"id": str(item.get("id", "")), "status": str(item.get("status", ""))}
            for item in given.get("returns") or []
        ],
        supplier_reviews=[
            {"id": str(item.get("id", "")), "status": str(item.get("status", ""))}
            for item in given.get("supplier_reviews") or []
        ],
        payments=payments,
    )
