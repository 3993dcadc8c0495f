"""A clause as the answer to the open question, and the facts that were said besides."""

from __future__ import annotations

from agent.commands import Answer, Command, SetSlot, SlotValue
from agent.reading.answers.asked import answer_to, others_kept
from agent.reading.answers.noise import NOISE
from agent.reading.answers.on_the_way import carrier
from agent.reading.answers.options import other_reason
from agent.reading.answers.order_named import which_order
from agent.reading.cards.corrections import without_denied
from agent.reading.cards.taken_off import taken_off
from agent.reading.clauses.weighed import Weighed
from agent.reading.facts.fees import two_fees
from agent.reading.facts.flow_slots import review_slots, supplier_slots
from agent.reading.facts.slots import Slots, fact_slots
from agent.reading.facts.told_customer import told_customer
from agent.reading.goods.items import Similar
from agent.reading.goods.lines import line_slots
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals


def answered(part: Weighed, view: TurnView, similar: Similar) -> list[Command]:
    """The answer to the open question, with what was said besides; nothing where it is none."""
    s, pending = part.clause.signals, view.pending
    assert pending is not None
    value = answer_to(s, view, similar)
    if value is None and pending.slot == "verdict":
        return _sum_for_verdict(part)
    if value is None and pending.slot == "tracking" and (sent := carrier(s)) is not None:
        return [SetSlot(slots={"carrier": sent}, confidence=0.85, span=part.text)]
    if value is None:
        query = which_order(s, part.text) if pending.slot in {"order", "order_query"} else None
        return [SetSlot(slots={"order_query": query}, confidence=0.8, span=part.text)] if query else []
    if pending.slot in {"return_fee", "restocking_fee"} and (both := two_fees(s)) is not None:
        return [Answer(slots=both, confidence=max(0.85, part.confidence), span=part.text)]
    found: list[Command] = [
        Answer(slots={pending.slot: value}, confidence=max(0.85, part.confidence), span=part.text)
    ]
    if pending.slot in {"reason", "return_reason"} and (note := other_reason(part.text)) is not None:
        return (
            [*found, SetSlot(slots={"note": SlotValue(value=note, span=note)}, span=part.text)]
            if note
            else found
        )
    extra = _besides(part, view, similar)
    if extra:
        found.append(SetSlot(slots=extra, confidence=max(0.8, part.confidence), span=part.text))
    return found


_COUNTED_SHORT = frozenset({"missing_item", "not_received"})


def _besides(part: Weighed, view: TurnView, similar: Similar) -> Slots:
    """The facts that were said with an answer."""
    s, pending = part.clause.signals, view.pending
    assert pending is not None
    noise = NOISE.get(pending.slot, set()) | {pending.slot, "item"}
    facts = all_facts(s, view, similar)
    if pending.slot == "decision":
        review_slots(s, facts)
    if pending.slot == "reject_reason":
        facts = {name: slot for name, slot in facts.items() if name == "order"}
        told_customer(s, facts)
    if pending.slot == "verdict":
        supplier_slots(s, facts, "verdict")
    one_line = view.order is not None and len(view.order.lines) == 1
    if pending.slot == "reason" and one_line and view.slots.get("amount") == {"kind": "full"}:
        facts.pop("line", None)  # The goods are named to say what happened to them.
    reason = facts.get("reason")
    if pending.slot == "quantity" and view.slots.get("reason") and reason and reason.value in _COUNTED_SHORT:
        noise = noise | {"reason"}  # "She only got 2 of those" counts what was bought.
    if pending.slot == "evidence" and view.slots.get("reason"):
        noise = noise | {"reason", "issue"}
    extra = {name: slot for name, slot in facts.items() if name not in noise}
    if pending.slot in {"line", "quantity", "order"}:
        extra = {name: slot for name, slot in extra.items() if slot.span.strip() != part.text.strip()}
    asks_back = pending.slot == "return_needed"
    if "line" in extra and (pending.slot == "order" or (asks_back and others_kept(s, view))):
        extra.pop("line")
    return extra


def _sum_for_verdict(part: Weighed) -> list[Command]:
    """A sum alone, where the supplier's decision is asked for ("12 of it"): it says the decision too."""
    facts: Slots = {}
    supplier_slots(part.clause.signals, facts, "verdict")
    slots = {name: slot for name, slot in facts.items() if name in {"review_amount", "note"}}
    told = "review_amount" in slots
    return [SetSlot(slots=slots, confidence=max(0.85, part.confidence), span=part.text)] if told else []


def _shipping_only(s: Signals, view: TurnView, found: Slots) -> None:
    """The shipping alone, where goods were asked after: what is told of goods before leaves them out.

    "She likes the vases, just the shipping."
    """
    only = s.found.get("shipping_back")
    if only is None or "shipping" not in found or not only.group().startswith(("only", "just")):
        return
    before = s.wording.text[: s.wording.text.find(s.words("shipping_back"))].lower()
    for name in ("item", "line", "quantity"):
        if name in found and found[name].span.lower() in before:
            found.pop(name)
    goods = view.pending is not None and view.pending.slot in {"item", "line", "quantity"}
    if goods and not {"item", "line", "quantity"} & set(found):
        shipping = found["shipping"]
        found["shipping"] = SlotValue(value={**shipping.value, "only": True}, span=shipping.span)


def all_facts(s: Signals, view: TurnView, similar: Similar) -> Slots:
    """Everything the clause says about the case, its lines included; goods that are denied ("not the lamp") are not."""
    found = fact_slots(s) | line_slots(s, view.order, similar, [])
    _shipping_only(s, view, found)
    off = taken_off(s, view) if view.proposal is None else None
    if isinstance(off, dict):
        return found | off
    without_denied(s.wording.text, view, found)
    return found
