"""Moving between orders and cases: look one up, put one aside, take one up again."""

from __future__ import annotations

from agent.commands import Command, Flow, ResumeCase
from agent.dialogue import answers
from agent.dialogue.evidence import ticket_words
from agent.dialogue.finding import by_number, search, ticket_orders
from agent.dialogue.outcomes import Candidates, RefusedNow, Said
from agent.dialogue.showing import show_order
from agent.dialogue.slots import merge, plain
from agent.dialogue.turn import Turn
from agent.dialogue.unclear import new_case
from agent.dialogue.view import order_view
from agent.dialogue.yes_and_no import show_card_again
from agent.reading.goods.items import mentions_of
from agent.reading.values.spans import bare
from agent.state import Case
from agent.texts.drafts import plain as one_line
from domain.orders.model import Order
from domain.ports import OrderSummary
from domain.rules import Rule, broken


async def select_order(turn: Turn, command: Command) -> Case | None:
    """Make an order the topic; the open case stays on the stack with a way back."""
    slots = plain(command)
    current = turn.current
    if current is not None and (current.asked == "order" or _is_about_no_order(current, slots)):
        merge(current, command)
        return current
    order: Order | None = None
    if number := slots.get("order"):
        order = await by_number(turn, str(number))
        if order is None:
            turn.add(RefusedNow([broken(Rule.ORDER_NOT_FOUND, "order", value=number)]))
            return None
    elif words := slots.get("order_query"):
        found = await search(turn, str(words))
        if not found:
            turn.add(Said("none_found", {"words": words}))
            return None
        if len(found) > 1:
            return which_order_first(turn, command)
        order = await turn.order(found[0].id)
    elif turn.ticket is not None:
        _offer_from_ticket(turn, await ticket_orders(turn))
    if order is not None:
        await show_order(turn, order)
        if current is not None and current.is_unfinished and current.order_id != order.id:
            turn.pause()
            values = {"order": current.order_number or "?", "what": answers.case_name(current)}
            turn.add(Said("way_back", values))
    return None


def which_order_first(turn: Turn, command: Command) -> Case:
    """Several orders may be meant: a look at the one that is chosen."""
    case = new_case(turn, Flow.STATUS)
    case.slots["order_query"] = plain(command)["order_query"]
    return case


def _is_about_no_order(case: Case, slots: dict[str, object]) -> bool:
    """Whether an order is named while it is unclear what is wanted, and on which one."""
    return (
        case.asked == "clarify" and case.order_id is None and "order" not in case.slots and "order" in slots
    )


def _offer_from_ticket(turn: Turn, found: list[OrderSummary]) -> None:
    """What the ticket says and may be about: offered, for its words are the customer's."""
    told = one_line(ticket_words(turn) or (turn.ticket.subject if turn.ticket else ""), 200)
    if told:
        turn.add(Said("ticket_says", {"claims": told}))
    if found:
        turn.add(Candidates(None, found[:3]))


async def resume_case(turn: Turn, command: Command) -> Case | None:
    """Take up an earlier case: the one that is named, else the last one that was put aside."""
    assert isinstance(command, ResumeCase)
    slots = plain(command)
    if command.again and (before := _to_do_again(turn, slots.get("order"))) is not None:
        return _once_more(turn, before)
    wanted = str(slots.get("order") or slots.get("order_query") or "").lstrip("#").lower()
    waiting = [turn.cases[case_id] for case_id in reversed(turn.stack)]
    if not turn.paused and not wanted and len(waiting) > 1:
        waiting = waiting[1:] + waiting[:1]
    for case in waiting:
        if not wanted or await _is_about(turn, case, wanted):
            turn.push(case)
            return await take_up(turn, case)
    if wanted:
        return await select_order(turn, command)
    await _nothing_to_resume(turn, again=command.again)
    return None


async def _nothing_to_resume(turn: Turn, *, again: bool) -> None:
    """Nothing waits: what was done on the order talked about, where it is wanted again, and what can be done there."""
    order = await turn.topic()
    if order is None:
        turn.add(Said("nothing_open"))
        return
    if again:
        await answers.history(turn, order)
    listed = await turn.tools.call("available_actions", order_id=order.id)
    turn.add(answers.open_ways(order.number, listed.value or []))


def _to_do_again(turn: Turn, number: object) -> Case | None:
    """What failed last, or else what was dropped last and is wanted after all; of the order, where it is named."""
    state = turn.conversation.state
    for told in ("failed", "dropped"):
        before = Case.model_validate(state[told]) if state.get(told) else None
        if before is not None and (number is None or bare(before.order_number or "") == bare(str(number))):
            state.pop(told)
            return before
    return None


def _once_more(turn: Turn, failed: Case) -> Case:
    """A case like the one whose refund failed or that was dropped: a new proposal, to be confirmed again."""
    again: dict[str, object] = {
        "id": turn.ids.new("case"),
        "proposal_id": None,
        "held": failed.proposal_id or failed.held,
        "status": "open",
        "asked": None,
        "options": [],
    }
    case = failed.model_copy(update=again)
    turn.push(case)
    return case


async def _is_about(turn: Turn, case: Case, wanted: str) -> bool:
    if case.order_id is None:
        return False
    order = await turn.order(case.order_id)
    if wanted == order.number.lstrip("#").lower() or wanted in order.customer.name.lower():
        return True
    lines = {entry["line"] for entry in case.slots.get("line") or []}
    goods = [view for view in order_view(order).lines if not lines or view.id in lines]
    return bool(mentions_of(wanted, goods))


async def take_up(turn: Turn, case: Case) -> Case | None:
    """Back to a case: read its order anew and say what changed."""
    if case.order_id:
        order = await turn.order(case.order_id, fresh=True)
        turn.conversation.topic_order = order.id
        turn.add(Said("resumed", {"order": order.number, "what": answers.case_name(case)}))
    if case.status == "proposed" and case.proposal_id:
        await show_card_again(turn, case)
        return None
    return case
