"""From one understood clause to commands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Literal

from agent.commands import (
    Affirm,
    CancelCase,
    Clarify,
    Command,
    CorrectSlot,
    Flow,
    Greet,
    Handoff,
    OutOfScope,
    SetSlot,
    SlotValue,
    StartFlow,
)  # fmt: skip
from agent.reading.asking import Clear, asking
from agent.reading.cards.corrections import correction_slots
from agent.reading.cards.lowered import lowered, of_what_came
from agent.reading.clauses.return_step import return_step
from agent.reading.clauses.stories import never_left, takes_back
from agent.reading.facts.fees import fees_said
from agent.reading.facts.flow_slots import language_of, progress_slots, review_slots, supplier_slots
from agent.reading.facts.only_why import all_is_told, goods_wished
from agent.reading.facts.slots import Slots, fact_slots
from agent.reading.facts.waivers import waived
from agent.reading.facts.whole_order import whole
from agent.reading.goods.items import Similar
from agent.reading.goods.lines import line_slots
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.values.orders_meant import meant_orders, order_for
from agent.reading.values.spans import bare
from agent.reading.view import OrderView, TurnView
from agent.reading.words.act import Act
from agent.reading.words.order_words import calls_all_off, order_query
from agent.reading.words.reasons import is_quality
from agent.reading.words.reasons_apart import of_each
from agent.reading.words.signals import Signals

_A_GREETING = 0.85
"""From here on the model alone says that it is one."""


def commands_of(clear: Clear, view: TurnView, similar: Similar, topic_order: str | None) -> list[Command]:
    """The commands of a clause; `topic_order` is the order named earlier in the same message."""
    clear = replace(clear, act=return_step(clear.act, clear.signals, view, topic_order))
    name = clear.act.name
    if name in _SIMPLE:
        return [_simple(clear, view)]
    if name in {
        "ask_status",
        "ask_policy",
        "ask_action",
        "ask_balance",
        "balance",
        "capabilities",
        "lookup",
        "select",
        "resume",
    }:
        return [asking(clear, view, similar, topic_order)]
    if name == "correct" and not _another_first(clear.signals, view):
        return [_correct(clear, view, similar)]
    if name == "correct":
        clear = replace(
            clear, act=Act("return" if clear.signals.has("wants_return") else "refund", clear.act.strength)
        )
    named = meant_orders(clear.signals.wording.text, clear.signals.kind("order"))
    if len(named) > 1 and (apart := of_each(clear.signals, named)):
        return [_working(replace(clear, signals=apart[number]), view, similar, number) for number in named]
    orders: list[str | None] = [*named] or [topic_order]
    return [_working(clear, view, similar, order) for order in orders]


_MEANWHILE = regex(
    r"\b(?:first|meanwhile|in the meantime|before (?:that|this)|beforehand|real quick|quickly|while (?:i|we) wait)\b"
)


def _another_first(s: Signals, view: TurnView) -> bool:
    """Whether another order comes in between ("hang on, first do 4101 in full"): no correction of the open case."""
    named = {bare(str(span.value)) for span in s.kind("order")}
    open_order = view.proposal.order if view.proposal else view.order.number if view.order else ""
    return bool(named) and bare(open_order) not in named and bool(_MEANWHILE.search(s.plain))


_SIMPLE = frozenset({"affirm", "cancel", "greet", "handoff", "oos"})


def _simple(clear: Clear, view: TurnView) -> Command:
    base: dict[str, Any] = {"confidence": clear.confidence, "span": clear.text}
    name = clear.act.name
    if name == "affirm":
        if clear.text.lstrip().startswith("/") and view.proposal is None:
            return Clarify(**base, options=[])
        return Affirm(**base)
    if name == "cancel":
        return CancelCase(**base)
    if name == "greet":
        by_words = clear.signals.has("greets", "got_refund") or clear.confidence >= _A_GREETING
        return Greet(**base) if by_words else Clarify(**base, options=[])
    if name == "handoff":
        role: Literal["supervisor", "finance"] = "finance" if clear.act.topic == "finance" else "supervisor"
        orders = clear.signals.kind("order")
        slots = {"order": SlotValue(value=orders[0].value, span=orders[0].text)} if orders else {}
        return Handoff(**base, role=role, slots=slots)
    return OutOfScope(**base)


def _correct(clear: Clear, view: TurnView, similar: Similar) -> Command:
    slots = correction_slots(clear.signals, view, similar)
    base: dict[str, Any] = {"confidence": clear.confidence, "span": clear.text}
    return CorrectSlot(slots=slots, **base)


def _working(clear: Clear, view: TurnView, similar: Similar, number: str | None) -> Command:
    """A command that starts or feeds a flow."""
    s, act = clear.signals, clear.act
    slots = fact_slots(s)
    order = order_for(view, number)
    chosen = view.slots.get("line")
    ids = (
        [str(entry["line"]) for entry in chosen if isinstance(entry, dict)]
        if isinstance(chosen, list)
        else []
    )
    slots |= line_slots(s, order, similar, ids)
    slots = goods_wished(s, slots)
    if view.attachments and "label" in slots and slots["label"].value == "generate":
        slots["label"] = SlotValue(value="upload", span=slots["label"].span)
    slots = _named_order(s, number, order, view) | slots
    if "item" in slots and "order_query" in slots and not slots["item"].value["candidates"]:
        named = set(re.findall(r"\w+", str(slots["order_query"].value).lower()))
        if named & set(re.findall(r"\w+", str(slots["item"].value["text"]).lower())):
            slots.pop("item")
    base: dict[str, Any] = {"confidence": clear.confidence, "span": clear.text}
    if act.name in {"evidence", "waive", "fact", "retract"}:
        return _facts(clear, view, slots, base)
    if act.name == "report":
        return _report(s, view, slots, base)
    if act.name == "refund":
        return _refund(s, view, slots, base, order, number)
    return _other_flow(clear, slots, base, order)


def _refund(
    s: Signals,
    view: TurnView,
    slots: Slots,
    base: dict[str, Any],
    order: OrderView | None,
    number: str | None,
) -> Command:
    """A refund: of the open card's order it corrects the card."""
    if "shipping" in slots and all_is_told(s, slots):
        slots = {name: slot for name, slot in slots.items() if name != "amount"}
    whole(slots, order)
    slots = of_what_came(s, slots, order)
    some = any(entry.get("quantity") for entry in (slots["line"].value if "line" in slots else []))
    all_off = calls_all_off(s) and not (view.flow or view.proposal)
    if (all_off or s.has("whole_order")) and not some and "quantity" not in slots:
        slots["cancel_order"] = SlotValue(value=True, span=s.words("whole_order") or base["span"])
        slots.pop("item", None)
    same = view.proposal is not None and (number is None or bare(number) == bare(view.proposal.order))
    shown = set(view.proposal.lines) if view.proposal is not None else set()
    if same and "item" in slots and set(slots["item"].value["candidates"]) & shown:
        slots.pop("item")  # A word for all such goods is of those on the card.
    told = set(slots) - {"order", "item"} and not s.has("refund_return")
    if same and told and view.flow in {None, "direct_refund"}:
        return CorrectSlot(slots=slots, **base)
    return StartFlow(flow=Flow.DIRECT_REFUND, slots=slots, **base)


def _named_order(s: Signals, number: str | None, order: OrderView | None, view: TurnView) -> Slots:
    if number is not None:
        words = next((span.text for span in s.kind("order") if span.value == number), "")
        return {"order": SlotValue(value=number, span=words)}
    for span in _acted_on(s):
        held = [
            item
            for item in [view.order, *view.orders]
            if item and any(r.get("id", "").lower() == str(span.value).lower() for r in item.returns)
        ]
        found = {"return_id": SlotValue(value=span.value, span=span.text)}
        several = len(view.orders) > 1  # Of several orders the return tells which one.
        if several and held and held[0] is not view.order:
            found["order"] = SlotValue(value=span.value, span=span.text)
        return found if held else {"order": SlotValue(value=span.value, span=span.text)} | found
    query = order_query(s) if order is None else None
    return {"order_query": query} if query else {}


def _acted_on(s: Signals) -> list[Span]:
    """The returns that a clause names, the one that its own verb takes before others ("R-1 is here, call off R-2")."""
    spans = s.kind("return")
    for name in ("cancel_return", "close_return", "refund_return", "edit_return"):
        match = s.found.get(name)
        if match is not None and "RETURNNO" in match.group():
            return spans[s.plain[: match.end()].count("RETURNNO") - 1 :]
    return spans


def _paid_out(s: Signals, slots: Slots) -> Slots:
    """Of a return that is paid out, an amount and why; its goods are those that came back."""
    return {n: slot for n, slot in slots.items() if n not in {"line", "quantity", "inspection"}} | lowered(s)


def _return(s: Signals, slots: Slots, base: dict[str, Any], order: OrderView | None) -> Command:
    """Goods come back; what never left is refunded instead."""
    if never_left(s, slots, order):
        return StartFlow(flow=Flow.DIRECT_REFUND, slots=slots, **base)
    if "reason" in slots:
        slots["return_reason"] = slots.pop("reason")
    if "amount" in slots and "restocking_fee" not in slots:
        slots.pop("amount")
    slots.pop("return_needed", None)
    slots |= fees_said(s, named_only=True)
    return StartFlow(flow=Flow.MERCHANT_RETURN, slots=slots, **base)


def _other_flow(clear: Clear, slots: Slots, base: dict[str, Any], order: OrderView | None) -> Command:
    s, act = clear.signals, clear.act
    if act.name == "return" or (act.name == "review" and takes_back(s, order)):
        return _return(s, slots, base, order)
    if act.name == "review":
        review_slots(s, slots)
        return StartFlow(flow=Flow.REVIEW_RETURN, slots=slots, **base)
    if act.name == "progress":
        progress_slots(s, slots, order, action=act.topic or "receive")
        slots = _paid_out(s, slots) if act.topic == "refund" else slots
        return StartFlow(flow=Flow.RETURN_PROGRESS, action=act.topic or "receive", slots=slots, **base)
    if act.name == "draft":
        kept: Slots = {name: slots[name] for name in ("order", "order_query", "reason") if name in slots}
        if act.topic:
            kept["draft"] = SlotValue(value=act.topic, span=s.words("draft"))
        if act.topic == "evidence_request" and "issue" in slots:
            kept |= {name: slots[name] for name in ("issue", "reason", "line") if name in slots}
        language = language_of(s)
        if language:
            kept["language"] = language
        return StartFlow(flow=Flow.DRAFT_REPLY, slots=kept, **base)
    action = {
        "supplier_request": "request",
        "supplier_cancel": "cancel",
        "supplier_result": act.topic or "view",
    }[act.name]
    supplier_slots(s, slots, action, max((line.quantity for line in order.lines), default=0) if order else 0)
    for name in ("reason", "issue", "item", "return_needed", "evidence", "label"):
        slots.pop(name, None)
    return StartFlow(flow=Flow.SUPPLIER_REVIEW, action=action, slots=slots, **base)


def _facts(clear: Clear, view: TurnView, slots: Slots, base: dict[str, Any]) -> Command:
    s, act = clear.signals, clear.act
    if act.name == "waive":
        told = waived(clear.text, slots)
        keeps = {"order", "line"} if "line" not in view.slots else {"order"}
        slots = {k: v for k, v in slots.items() if k in keeps} | told
    elif act.name == "retract":
        slots["retract_issue"] = SlotValue(value=True, span=s.words("retracts"))
        slots.pop("issue", None)
    elif act.name == "evidence" and "evidence" not in slots and not s.kind("tracking"):
        kind = act.topic if act.topic in {"none", "ticket"} else "attached"
        slots["evidence"] = SlotValue(value={"kind": kind, "text": None}, span=clear.text)
    if act.name == "evidence" and not s.has("refund"):
        slots.pop("item", None)
    mid = bool(view.flow or view.pending or view.proposal)
    if not mid and act.name in {"evidence", "waive"} and s.reasons and slots.get("order"):
        return _report(s, view, slots, base)
    if not mid and act.name == "retract" and s.reasons and not s.has("refund", "wants_return"):
        return _report(s, view, slots, base)
    if not mid and act.name in {"fact", "retract"}:
        return StartFlow(flow=Flow.DIRECT_REFUND, slots=slots, **base)
    return SetSlot(slots=slots, **base)


def _report(s: Signals, view: TurnView, slots: Slots, base: dict[str, Any]) -> Command:
    mid = bool(view.flow or view.pending)
    if mid and "order" not in slots:
        return SetSlot(slots=slots, **base)
    code = s.reasons[0].code if s.reasons else None
    if code is None or is_quality(code):
        return StartFlow(flow=Flow.QUALITY_ISSUE, slots=slots, **base)
    needed = slots.get("return_needed")
    if code.value in {"changed_mind", "ordered_by_mistake", "size_or_fit"}:
        if needed is None and s.has("refund") and not s.has("wants_return", "send_back"):
            return StartFlow(flow=Flow.DIRECT_REFUND, slots=slots, **base)
        if needed is None:
            return Clarify(options=["merchant_return", "direct_refund"], slots=slots, **base)
        return StartFlow(
            flow=Flow.MERCHANT_RETURN if needed.value else Flow.DIRECT_REFUND, slots=slots, **base
        )
    return StartFlow(flow=Flow.DIRECT_REFUND, slots=slots, **base)
