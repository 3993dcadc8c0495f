"""From the clauses of a message, weighed by guards and model, to the list of commands."""

from __future__ import annotations

from agent.commands import (
    AskQuestion,
    Clarify,
    Command,
    CorrectSlot,
    ResumeCase,
    SetSlot,
    SlotValue,
    StartFlow,
)
from agent.reading.answers.answering import all_facts, answered
from agent.reading.answers.free_text import FREE_TEXT, free_text, other_order
from agent.reading.answers.left_case import left_case
from agent.reading.answers.no_answer import blocks
from agent.reading.answers.noise import NOD
from agent.reading.answers.order_named import moves_on
from agent.reading.asking import Clear
from agent.reading.build import commands_of
from agent.reading.cards.at_card import leaves_shipping_out, may_change
from agent.reading.cards.corrections import correction_slots
from agent.reading.clauses.one_way import GO_ON, as_refund
from agent.reading.clauses.stories import folded, without_passing_orders
from agent.reading.clauses.weighed import (
    Weighed,
    guesses_settled,
    paid_before_receipt,
    shared_reason,
    vetoed,
    without_repeats,
    without_stray_cancels,
)
from agent.reading.facts.figures_said import figures
from agent.reading.facts.resuming import told_again, told_besides
from agent.reading.facts.slots import Slots, fact_slots, money_slots
from agent.reading.goods.items import Similar
from agent.reading.goods.left_alone import rest_of_case
from agent.reading.goods.lines import line_slots
from agent.reading.values.money import exact
from agent.reading.values.orders_meant import order_for
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals
from agent.reading.words.weak_reasons import told_outright

OFFER = 0.35


def interpret(weighed: list[Weighed], view: TurnView, similar: Similar) -> list[Command]:
    """The commands of all clauses, in the order they were said."""
    if view.pending is not None and view.pending.slot in FREE_TEXT:
        told = free_text(weighed, view)
        if told is not None:
            return told
    without_passing_orders(weighed)
    found: list[Command] = []
    topic: str | None = None
    nothing_open = not (view.flow or view.pending or view.proposal)
    for part in weighed:
        if nothing_open and len(weighed) > 1 and vetoed(part):
            orders = part.clause.signals.kind("order")
            topic = orders[-1].value if orders else topic
            continue
        if found and _only_says_why(part, found[-1]):
            continue
        commands = _of_clause(part, view, similar, topic)
        found += commands
        orders = part.clause.signals.kind("order")
        topic = orders[-1].value if orders else topic
    found = without_stray_cancels(_only_asked(found, weighed), nothing_open=nothing_open)
    found = folded(paid_before_receipt(guesses_settled(without_repeats(found))), weighed)
    return shared_reason(found, weighed)


def _only_asked(found: list[Command], weighed: list[Weighed]) -> list[Command]:
    """Without what only leads to a wish to try again, or to a question whether it went through ("promised 6, …")."""
    if any(isinstance(c, ResumeCase) and c.again for c in found):
        return [c for c in found if c.slots or isinstance(c, ResumeCase)]  # "Declined? Have another go."
    asks = any(isinstance(c, AskQuestion) and c.topic == "refund_status" for c in found)
    if not asks or any(part.clause.signals.has("refund") for part in weighed):
        return found
    return [c for c in found if not isinstance(c, StartFlow)]


def _only_says_why(part: Weighed, before: Command) -> bool:
    """Whether a clause says why something is cancelled ("cancel the return, she keeps it after all")."""
    cancels = isinstance(before, StartFlow) and before.action == "cancel"
    act = part.clause.act
    if part.clause.signals.kind("order") and part.clause.signals.has("refund"):
        return False  # "Cancel the return on 2233 … and 2240 refund one, no return": another order, another wish.
    return cancels and (part.clause.signals.has("keep_it") or (act is not None and act.name == "cancel"))


def _of_clause(part: Weighed, view: TurnView, similar: Similar, topic: str | None) -> list[Command]:
    s, act = part.clause.signals, part.clause.act
    if (left := left_case(s, view, similar)) is not None:
        return left
    moved = moves_on(part, view, similar) or _takes_out(part, view)
    if moved is not None:
        return [moved, *(_told_with(moved, part, view) if isinstance(moved, ResumeCase) else [])]
    if view.pending is not None and view.pending.slot not in FREE_TEXT and not blocks(act, s, view):
        found = answered(part, view, similar)
        if found:
            return found
    started = bool(view.proposal or view.flow or view.pending)
    if act is not None and act.name == "correct" and started and part.confidence < GO_ON:
        part.intent, part.confidence = "correct", GO_ON
    open_facts = (view.proposal is not None or view.flow or view.pending) and (
        act is None or act.name in {"fact", "report", "evidence"}
    )
    if (
        open_facts
        and (act is None or part.confidence < GO_ON or act.name in {"fact", "report"})
        and not other_order(s, view)
        and (view.proposal is None or may_change(s, part.intent))
    ):
        changed = _facts_said(part, view, similar)
        if changed is not None:
            return [changed]
    unsaid = act is None or act.intent != part.intent
    by_model_alone = unsaid and (
        (part.intent == "cancel" and started) or (part.intent == "confirm" and part.confidence < 0.8)
    )
    if by_model_alone:
        return [_unsure(part, view, similar)]
    part = as_refund(part)
    act = part.clause.act
    if part.confidence < GO_ON and not (
        act is not None and act.strength >= GO_ON and act.intent == part.intent
    ):
        return [_unsure(part, view, similar)]
    clear = Clear(s, part.act, round(part.confidence, 4), part.text)
    commands = commands_of(clear, view, similar, topic)
    commands += _told_with(commands[0], part, view)
    empty = commands[0].name == "CorrectSlot" and not commands[0].slots
    return [_unsure(part, view, similar)] if empty else commands


def _takes_out(part: Weighed, view: TurnView) -> Command | None:
    """Some of the goods told before are not meant, while something else is asked ("not the M")."""
    rest = rest_of_case(part.clause.signals, view) if view.proposal is None and view.flow else None
    return CorrectSlot(slots={"line": rest}, confidence=GO_ON, span=part.text) if rest is not None else None


def _told_with(first: Command, part: Weighed, view: TurnView) -> list[Command]:
    """What a clause says besides its command: of the case that is gone back to, or another number of units."""
    s = part.clause.signals
    if isinstance(first, ResumeCase):
        return told_again(s, part.text) if first.again else told_besides(s, part.text)
    number = _counted_anew(s, view) if isinstance(first, SetSlot) else None
    return (
        [CorrectSlot(slots={"quantity": number}, confidence=0.8, span=part.text)]
        if number is not None
        else []
    )


def _another_reason(s: Signals, view: TurnView, slots: Slots) -> bool:
    """Whether an open card's reason is said to be another ("call it goodwill rather than late")."""
    if view.proposal is None or "reason" not in slots or "order" in slots or s.has("question", "return"):
        return False
    return bool(view.proposal.reason) and slots["reason"].value != view.proposal.reason and told_outright(s)


def _unsure(part: Weighed, view: TurnView, similar: Similar) -> Command:
    """Options where there is something to offer, the likeliest first."""
    floor = 0.12 if part.confidence >= OFFER else 0.2
    options = [intent for intent, p in part.ranked[:3] if p >= floor and intent not in {"greet", "oos"}]
    if part.confidence < OFFER and len(options) < 2:
        options = []
    s = part.clause.signals
    if view.pending is not None and view.proposal is None and NOD.match(s.plain):
        return SetSlot(slots={}, confidence=0.7, span=part.text)
    if view.attachments and view.flow and view.proposal is None and not s.has("question"):
        proof = {"evidence": SlotValue(value={"kind": "attached", "text": None}, span=part.text)}
        return SetSlot(
            slots=proof, confidence=0.7, span=part.text
        )  # "There it is": what came with the words.
    slots: Slots = {}
    for span in s.kind("order"):
        slots["order"] = SlotValue(value=span.value, span=span.text)
    if "amount" in (money := money_slots(s)):
        slots["amount"] = money["amount"]
    if s.reasons and (view.proposal is None or told_outright(s) or "reason" in s.plain):
        slots |= {name: value for name, value in fact_slots(s).items() if name in {"reason", "issue"}}
        if _another_reason(s, view, slots):
            changed = {"reason": slots["reason"]}
            return CorrectSlot(slots=changed, confidence=round(part.confidence, 4), span=part.text)
    order = order_for(view, str(slots["order"].value) if "order" in slots else None)
    if order is not None:
        slots |= {n: v for n, v in line_slots(s, order, similar, []).items() if n == "line"}
    return Clarify(options=options, slots=slots, confidence=round(part.confidence, 4), span=part.text)


def _counted_anew(s: Signals, view: TurnView) -> SlotValue | None:
    """Another number of the units told before, while something else is asked ("three, it is three")."""
    lines = view.slots.get("line")
    one = lines[0] if isinstance(lines, list) and len(lines) == 1 else {}
    most = next((x.quantity for x in view.order.lines if x.id == one.get("line")), 0) if view.order else 0
    told = figures(s)
    numbers = {figure.whole for figure in told if not figure.old and figure.kind in {"bare", "units"}}
    number = numbers.pop() if len(numbers) == 1 else None
    if view.proposal is not None or not one.get("quantity") or s.has("question") or number is None:
        return None
    if number == one["quantity"] or not 0 < number <= most or any(f.kind == "money" for f in told):
        return None
    return SlotValue(value=number, span=told[0].text)


def _facts_said(part: Weighed, view: TurnView, similar: Similar) -> Command | None:
    """Bare facts while a case is open: a correction at a card, else an addition."""
    s = part.clause.signals
    slots = correction_slots(s, view, similar) if view.proposal is not None else all_facts(s, view, similar)
    if view.proposal is None and leaves_shipping_out(s):
        slots["shipping"] = SlotValue(value=exact("0", None), span=part.text)
    if view.order is not None:
        slots.pop("order", None)
    if view.pending is None or view.pending.slot not in {"line", "item"}:
        slots.pop("item", None)
    number = _counted_anew(s, view) if not set(slots) - {"item"} else None
    if number is not None:
        return CorrectSlot(slots={"quantity": number}, confidence=max(0.7, part.confidence), span=part.text)
    if not set(slots) - {"item"} and not (
        view.order and "item" in slots and slots["item"].value["candidates"]
    ):
        return None
    kind = CorrectSlot if view.proposal is not None and set(slots) - {"evidence"} else SetSlot
    return kind(slots=slots, confidence=max(0.7, part.confidence), span=part.text)
