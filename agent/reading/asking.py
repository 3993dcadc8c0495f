"""Questions, look-ups and going back: commands that change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agent.commands import AskQuestion, Command, Flow, ResumeCase, SelectOrder, SlotValue, StartFlow
from agent.reading.facts.fees import fees_said
from agent.reading.facts.resuming import goods_named, named_case
from agent.reading.facts.slots import Slots, money_slots
from agent.reading.goods.items import Similar
from agent.reading.goods.lines import line_slots
from agent.reading.text.patterns import regex
from agent.reading.values.spans import bare
from agent.reading.view import OrderView, TurnView
from agent.reading.words.act import Act
from agent.reading.words.order_words import order_query
from agent.reading.words.signals import Signals


@dataclass(slots=True)
class Clear:
    """A clause whose meaning is settled."""

    signals: Signals
    act: Act
    confidence: float
    text: str


_HELD = regex(
    r"^(?!.*\b(?:would|will|could|after|then|if|once|affect\w*|touch\w*|effects?|impact|change\w*|takes?|costs?"
    r"|do(?:es)? (?:it|this|that)|to (?:the|our|my))\b)"
    r".*\b(?:how much|what)(?:'s| is| are| do we have| have we(?: got)?)?\b[^.;!?]{0,30}?"
    r"\b(?:reserved?|fund|available|pending(?: settlement)?|balances?)\b"
)
"""What the shop holds, and not what the open case does to it ("how much do we have in reserved at the moment?")."""


def asking(clear: Clear, view: TurnView, similar: Similar, topic_order: str | None) -> Command:
    """The command of a question, a look-up or a going back."""
    s, act = clear.signals, clear.act
    slots = _order_slot(s, topic_order) | (fees_said(s) if act.topic == "return_worth" else {})
    if act.name == "resume" and act.topic == "retry":
        named = {name: slot for name, slot in slots.items() if name == "order" and s.kind("order")}
        return ResumeCase(confidence=clear.confidence, span=clear.text, again=True, slots=named)
    if act.name == "resume" and not slots:
        query = named_case(s, view) or goods_named(s)
        slots = {"order_query": query} if query else {}
    if not (view.flow or view.pending or view.proposal):
        slots |= _kept(clear, view, similar, slots)
    base: dict[str, Any] = {"confidence": clear.confidence, "span": clear.text, "slots": slots}
    if act.name == "resume":
        return ResumeCase(**base)
    if act.name == "select":
        return SelectOrder(**base)
    if act.name == "lookup":
        if slots:
            return SelectOrder(**base)
        return StartFlow(flow=Flow.STATUS, **base)
    if act.name in {"balance", "ask_balance"} and s.has("question"):
        slots |= _thought_of(s, view, similar)
    if act.name in {"balance", "ask_balance"}:
        mid = (
            (bool(view.flow or view.pending) and view.proposal is None)
            or (view.proposal is not None and not _HELD.search(s.plain))
            or "refund" in s.plain
            or "this" in s.plain.split()
            or bool(set(slots) - {"order", "order_query"})
        )
        topic = act.topic or "balance"
        return (
            AskQuestion(topic=topic, **base)
            if mid and act.name == "ask_balance"
            else StartFlow(flow=Flow.BALANCE, **base)
        )
    default = {
        "ask_status": "order",
        "ask_policy": "policy",
        "ask_action": "policy",
        "capabilities": "capabilities",
    }[act.name]
    return AskQuestion(topic=act.topic or default, **base)


_KEEP_FACTS = frozenset({"select", "lookup", "ask_status"})
_SENTENCE = regex(r"[^.!?;\n]+[.!?;\n]*")
_ASKS = regex(
    r"^\W*(?:(?:and|so|but|ok|okay|also|hey|ORDERNO)\W+)*(?:what|which|who|whose|when|where|why|how|is|are|was|were|does|do"
    r"|did|has|have|had|can|could|may|should|will|would|any)\b"
)


def _kept(clear: Clear, view: TurnView, similar: Similar, slots: Slots) -> Slots:
    """What a question tells besides, and of which goods it is: kept for what follows."""
    if clear.act.name == "ask_action":
        return _one_line(clear.signals, _asked_of(view, slots), similar)
    return _told_besides(clear.signals, view, similar, slots) if clear.act.name in _KEEP_FACTS else {}


def _told_besides(s: Signals, view: TurnView, similar: Similar, slots: Slots) -> Slots:
    """The reason that is claimed beside the question, and the goods it is claimed of: kept for what follows."""
    order = _asked_of(view, slots)
    for part in _SENTENCE.finditer(s.plain):
        reason = next((r for r in s.reasons if part.start() <= r.start < part.end()), None)
        if reason is None or "?" in part.group() or _ASKS.match(part.group()):
            continue
        words = s.wording.origin(reason.start, reason.end)
        told: Slots = {"reason": SlotValue(value=reason.code.value, span=words)}
        return told | {n: v for n, v in line_slots(s, order, similar, []).items() if n == "line"}
    if _WORTH.search(s.plain) is None:
        return {}
    return _one_line(s, order, similar)


def _asked_of(view: TurnView, slots: Slots) -> OrderView | None:
    """The order that is asked about."""
    number = slots["order"].value if "order" in slots else None
    return next((one for one in view.orders if bare(one.number) == bare(str(number))), view.order)


def _one_line(s: Signals, order: OrderView | None, similar: Similar) -> Slots:
    """The goods that a question is about, where they are of one line: "refund it then" means them."""
    return {n: v for n, v in line_slots(s, order, similar, []).items() if n == "line" and len(v.value) == 1}


_WORTH = regex(
    r"\b(?:get|gets|give|pay|owe|refund\w*|worth|credit)\b(?: \w+){0,4}? (?:for|on) (?:the|her|his|their|one|a|an)\b"
)
"""A question of what goods would bring: "refund that" after it means them."""


def _thought_of(s: Signals, view: TurnView, similar: Similar) -> Slots:
    """What a refund would be of that is only thought of ("what would refunding the lamp do to the balance")."""
    facts = money_slots(s) | line_slots(s, view.order, similar, [])
    return {name: slot for name, slot in facts.items() if name in {"line", "amount", "shipping", "quantity"}}


def _order_slot(s: Signals, topic_order: str | None) -> Slots:
    for span in s.kind("order"):
        return {"order": SlotValue(value=span.value, span=span.text)}
    for span in s.kind("return"):
        return {
            "order": SlotValue(value=span.value, span=span.text),
            "return_id": SlotValue(value=span.value, span=span.text),
        }
    query = order_query(s)
    if query:
        return {"order_query": query}
    return {"order": SlotValue(value=topic_order, span="")} if topic_order else {}
