"""Starting a flow, and adding what is said to the one that is open."""

from __future__ import annotations

from agent.commands import Answer, AskQuestion, Command, CorrectSlot, Flow, StartFlow
from agent.dialogue import answers
from agent.dialogue.finding import by_number, search
from agent.dialogue.holding import hold
from agent.dialogue.mending import NOT_RETURNABLE
from agent.dialogue.moving import select_order, which_order_first
from agent.dialogue.outcomes import RefusedNow
from agent.dialogue.relative import says_what_the_card_says, settle_relative
from agent.dialogue.slots import merge, plain
from agent.dialogue.told import recall
from agent.dialogue.turn import Turn
from agent.dialogue.unclear import new_case, unclear
from agent.dialogue.yes_and_no import cancel_case, show_card_again
from agent.reading.values.orders import bare
from agent.state import Case
from domain.orders.model import Order
from domain.reasons import RefundReason
from domain.rules import Rule, broken

SAME_CASE = {
    Flow.DIRECT_REFUND: {Flow.QUALITY_ISSUE, Flow.MERCHANT_RETURN, Flow.DIRECT_REFUND},
    Flow.QUALITY_ISSUE: {Flow.DIRECT_REFUND, Flow.QUALITY_ISSUE, Flow.MERCHANT_RETURN},
    Flow.MERCHANT_RETURN: {Flow.DIRECT_REFUND, Flow.QUALITY_ISSUE, Flow.MERCHANT_RETURN},
    Flow.REVIEW_RETURN: {Flow.REVIEW_RETURN},
    Flow.RETURN_PROGRESS: {Flow.RETURN_PROGRESS},
    Flow.SUPPLIER_REVIEW: {Flow.SUPPLIER_REVIEW},
}
"""A new flow that goes on with the open case, by its flow, when the order stays the same."""

ASIDE = {Flow.BALANCE, Flow.STATUS, Flow.DRAFT_REPLY}
"""Flows that answer and leave the open case as it is."""


async def start(turn: Turn, command: Command) -> Case | None:
    """A flow begins, or the open case goes on with it; asides answer and leave the case as it is."""
    assert isinstance(command, StartFlow)
    current = turn.current
    if command.flow in ASIDE and (current is None or current.is_unfinished):
        return await _aside(turn, command)
    if current is not None and await _goes_on(turn, current, command):
        if current.asked == "clarify":
            current.asked, current.options = None, []
        before = (current.flow, current.action)
        current.flow = command.flow
        current.action = command.action or current.action
        same = before == (current.flow, current.action)
        changed = [name for name in merge(current, command) if name != "order"]
        if command.flow is Flow.DIRECT_REFUND and "return_reason" in current.slots:
            current.slots.setdefault("reason", current.slots.pop("return_reason"))
        if meant := current.slots.pop(NOT_RETURNABLE, None):
            _refunded_instead(current, meant)
        return await _led_on(turn, current, is_new=bool(changed) or not same)
    if (
        command.instead
        and current is not None
        and current.order_id
        and await _same_order(turn, current, command)
    ):
        await cancel_case(turn, command)
    case = new_case(turn, command.flow, command.action or "")
    merge(case, command)
    _same_note(turn, case, command)
    recall(turn, case)
    return case


def _same_note(turn: Turn, case: Case, command: Command) -> None:
    """The same reason, where it was another one than those of the list: its note says which, and holds again."""
    told, last = command.slots.get("reason"), turn.conversation.state.get("last") or {}
    if told is None or told.value != RefundReason.OTHER or last.get("reason") != told.value:
        return
    if last.get("note") and "same" in told.span.lower():
        case.slots.setdefault("note", last["note"])


def _refunded_instead(case: Case, meant: object) -> None:
    """Of goods that cannot come back the money is given, where nothing else is named."""
    if case.flow in {Flow.DIRECT_REFUND, Flow.QUALITY_ISSUE} and not {"line", "item"} & set(case.slots):
        case.slots["line"] = meant


async def _same_order(turn: Turn, current: Case, command: StartFlow) -> bool:
    named = command.slots.get("order")
    order = await by_number(turn, str(named.value)) if named else None
    return "order_query" not in command.slots and (
        named is None or (order is not None and order.id == current.order_id)
    )


async def _aside(turn: Turn, command: StartFlow) -> Case | None:
    """An answer in passing; a draft or a look at an order that is not known yet waits for it."""
    slots = plain(command)
    named = slots.get("order_query") and not slots.get("order")
    order = None if named else await named_order(turn, slots)
    if order is None and command.flow is not Flow.BALANCE and not slots.get("order") and not turn.outcomes:
        case = new_case(turn, command.flow)
        merge(case, command)
        if command.flow is Flow.DRAFT_REPLY and turn.ticket is not None:
            case.slots.setdefault("language", turn.language_for(None))
        return case
    await answers.aside(turn, command, order or await turn.topic(), slots)
    return None


async def named_order(turn: Turn, slots: dict[str, object]) -> Order | None:
    """The order a command names, else the topic; one that does not exist is reported."""
    if number := slots.get("order"):
        order = await by_number(turn, str(number))
        if order is None:
            turn.add(RefusedNow([broken(Rule.ORDER_NOT_FOUND, "order", value=number)]))
        return order
    return await turn.topic()


async def _goes_on(turn: Turn, current: Case, command: StartFlow) -> bool:
    """Whether this start belongs to the open case rather than being a second one."""
    follows = current.asked == "clarify" or command.flow in SAME_CASE.get(current.flow, set())
    if not current.is_unfinished or not follows:
        return False
    named = command.slots.get("order")
    if command.slots.get("order_query"):
        return current.order_id is None
    if named is None:
        return True
    if current.order_id is None:
        return "order" not in current.slots or bare(str(current.slots["order"])) == bare(str(named.value))
    order = await by_number(turn, str(named.value))
    return order is not None and order.id == current.order_id


async def take_slots(turn: Turn, command: Command) -> Case | None:
    """SetSlot, CorrectSlot and Answer."""
    current = turn.current
    if current is None:
        return await _slots_without_case(turn, command)
    if current.status == "handed_off":
        current.status = "open"
    if current.asked == "order" and "order" not in command.slots and isinstance(command, Answer):
        return current
    told = bool(command.slots) and not _fits_no_card(current, command)
    if command.slots and not told:
        await hold(turn, current)
        return None
    await settle_relative(turn, current, command)
    if told and not command.slots and current.status == "proposed":
        await hold(turn, current)
        return None
    new = isinstance(command, CorrectSlot) and not _restates(current, command)
    new = new and not await says_what_the_card_says(turn, current, command)
    changed = merge(current, command)
    if changed and new and current.status == "proposed":
        turn.notes["corrected"] = current.id
    return await _led_on(turn, current, is_new=bool(changed))


def _fits_no_card(case: Case, command: Command) -> bool:
    """Whether a sum is told at the card of a return, which has fees and no amount: it is not passed over."""
    of_goods = case.flow in {Flow.MERCHANT_RETURN, Flow.REVIEW_RETURN} and case.status == "proposed"
    return (
        of_goods and isinstance(command, CorrectSlot) and any(_is_sum(plain(command).get(n)) for n in _SUMS)
    )


_SUMS = ("amount", "shipping")


def _is_sum(said: object) -> bool:
    """Whether a sum was told: neither all of it nor none."""
    told = isinstance(said, dict) and said.get("kind") != "full"
    return told and isinstance(said, dict) and str(said.get("value")) not in {"0", "0.00"}


_COMES_BACK = {Flow.DIRECT_REFUND: False, Flow.QUALITY_ISSUE: False, Flow.MERCHANT_RETURN: True}


def _restates(case: Case, command: Command) -> bool:
    """Whether only what the card says already is told: its goods ("the socks"), nothing comes back, no label."""
    needed = plain(command).get("return_needed")
    if set(command.slots) == {"return_needed"} and case.flow in _COMES_BACK:
        return needed is _COMES_BACK[case.flow]
    if plain(command) == {"label": "none"}:
        return case.slots.get("label") in (None, "none")
    said, before = plain(command).get("line"), case.slots.get("line")
    names = set(command.slots) - ({"shipping"} if _no_shipping_either(case, plain(command)) else set())
    if case.flow in _COMES_BACK and needed is _COMES_BACK[case.flow]:
        names -= {"return_needed"}
    if case.flow is Flow.DIRECT_REFUND:
        names -= {"window_override"}  # "Refund it anyway": no return, and no window.
    if not names and "shipping" in command.slots:
        return True
    if names != {"line"} or not isinstance(said, list) or not isinstance(before, list):
        return False
    units = {entry["line"]: entry.get("quantity") for entry in before}
    return all(e["line"] in units and e.get("quantity") in (None, units[e["line"]]) for e in said)


def _no_shipping_either(case: Case, said: dict[str, object]) -> bool:
    """Whether the shipping is left out of a card of goods that has none of it."""
    shipping = said.get("shipping")
    zero = isinstance(shipping, dict) and str(shipping.get("value")) == "0"
    whole = {"shipping", "amount", "cancel_order"} & set(case.slots) or case.slots.get(
        "reason"
    ) == "duplicate"
    return zero and case.flow is Flow.DIRECT_REFUND and not whole


async def _led_on(turn: Turn, case: Case, *, is_new: bool) -> Case | None:
    """The case goes on; a card that would come out the same is shown again, not made anew."""
    if case.status == "proposed" and case.proposal_id and not is_new:
        return await show_card_again(turn, case)
    return case


async def _slots_without_case(turn: Turn, command: Command) -> Case | None:
    slots = plain(command)
    if slots.get("order") or slots.get("order_query"):
        return await select_order(turn, command)
    told = (turn.conversation.state.get("told") or {}).get("order") == turn.conversation.topic_order
    proof = told and {"evidence", "return_needed"} & set(slots)
    if turn.conversation.topic_order and (
        proof or {"reason", "amount", "line", "issue", "shipping"} & set(slots)
    ):
        of_goods = (
            proof and slots.get("return_needed") is not False
        )  # What came for a defect that was told before.
        case = new_case(turn, Flow.QUALITY_ISSUE if of_goods else Flow.DIRECT_REFUND)
        merge(case, command)
        recall(turn, case)
        return case
    await unclear(turn, [])
    return None


async def ask_question(turn: Turn, command: Command) -> Case | None:
    """Answer, then put the open question again; where several orders may be meant, it is asked first which one."""
    assert isinstance(command, AskQuestion)
    if command.topic == "card" and turn.current is not None:
        waits = turn.current.status == "proposed" and turn.current.proposal_id is not None
        return await show_card_again(turn, turn.current) if waits else None
    slots = plain(command)
    words = "" if turn.conversation.topic_order or slots.get("order") else str(slots.get("order_query") or "")
    found = await search(turn, words) if words else []
    if len(found) > 1:
        return which_order_first(turn, command)
    order = await turn.order(found[0].id) if found else await named_order(turn, slots)
    if order is not None and turn.current is None:
        turn.conversation.topic_order = order.id
    await answers.question(turn, command.topic, command.span, order, plain(command))
    return None
