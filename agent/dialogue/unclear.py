"""What was not understood, and passing a case on to somebody else."""

from __future__ import annotations

from agent.commands import AskQuestion, Clarify, Command, Flow, Handoff
from agent.dialogue.drive import close, hand_over
from agent.dialogue.finding import by_number, goods_order, likely
from agent.dialogue.holding import ask_change, hold
from agent.dialogue.noted import noted
from agent.dialogue.outcomes import Asked, Candidates, Offered
from agent.dialogue.showing import show_order
from agent.dialogue.slots import merge
from agent.dialogue.turn import Turn
from agent.flows.catalogue import GUESSES, MENU
from agent.flows.step import Ask, Choice, HandOver
from agent.state import CHANGE, Case
from domain.orders.model import Order


def new_case(turn: Turn, flow: Flow, action: str = "") -> Case:
    """A fresh case on top of the stack."""
    case = Case(id=turn.ids.new("case"), flow=flow, action=action)
    turn.conversation.state.pop("dropped", None)
    turn.push(case)
    return case


async def hand_off(turn: Turn, command: Command) -> None:
    """Somebody with the role is to go on with the current case."""
    assert isinstance(command, Handoff)
    current = turn.current
    named = command.slots.get("order")
    order = await by_number(turn, str(named.value)) if named else None
    if current is None or (order is not None and current.order_id not in (None, order.id)):
        current = new_case(turn, Flow.STATUS)
        current.order_id = order.id if order else turn.conversation.topic_order
        current.order_number = order.number if order else ""
    await hand_over(turn, current, HandOver(command.role))


def guesses_of(options: list[str]) -> list[Choice]:
    """What a reader took it for, as choices; one guess alone is no choice, so the commonest stand beside it."""
    likely = [choice for choice in MENU if choice.value in options]
    if len(likely) == 1:
        likely += [choice for choice in MENU if choice.value in _COMMONEST and choice not in likely]
    return likely


_COMMONEST = {"direct_refund", "merchant_return"}


async def clarify(turn: Turn, command: Command) -> Case | None:
    """What was understood is kept while the rest is asked; where the order leaves one way, that one is gone."""
    assert isinstance(command, Clarify)
    if await _looks_like_a_change(turn, command):
        return None
    order = await _order_meant(turn, command) if turn.current is None else None
    if order is not None and _only_looks(turn, command):
        await show_order(turn, order)
        return None
    options = await _possible(turn, order, command.options)
    guesses = guesses_of(options)
    times = int(turn.conversation.state.get("unclear", 0))
    if turn.current is not None or not guesses or not (command.slots or order) or times:
        await unclear(turn, options)
        return None
    case = new_case(turn, GUESSES[guesses[0].value])
    merge(case, command)
    turn.conversation.topic_order = order.id if order else turn.conversation.topic_order
    if len(options) == 1 < len(command.options):
        return case
    turn.conversation.state["unclear"] = times + 1
    case.asked = "clarify"
    case.options = [{"value": c.value, "label": c.label, "say": c.say} for c in guesses]
    turn.add(Asked(case, Ask("clarify", "unclear_options", {"noted": noted(case)}, guesses)))
    turn.notes["guessed"] = case.id
    return None


async def _order_meant(turn: Turn, command: Clarify) -> Order | None:
    """The order that the message names, by number or by its goods; else the one that is talked about."""
    if number := command.slots.get("order"):
        return await by_number(turn, str(number.value))
    return await turn.topic() or await goods_order(turn)


def _only_looks(turn: Turn, command: Clarify) -> bool:
    """Whether something is asked about the order: it is shown rather than asked back."""
    asks = turn.message is not None and turn.message.text.rstrip().endswith("?")
    return asks and not set(command.slots) - {"order", "line"} and command.options[:1] != ["policy"]


_NEEDS = {
    "direct_refund": {"refund"},
    "report_issue": {"refund", "create_return"},
    "merchant_return": {"create_return"},
    "review_return": {"approve_return", "reject_return", "edit_return", "receive_return", "refund_return"},
    "supplier_request": {"request_supplier_review"},
}
"""The actions of the order page that a guess is for; one of them has to be there."""


async def _possible(turn: Turn, order: Order | None, options: list[str]) -> list[str]:
    """The guesses that the order leaves; all of them where it leaves none."""
    if order is None:
        return options
    listed = await turn.tools.call("available_actions", order_id=order.id)
    there = {str(action.name) for action in listed.value or [] if action.available}
    return [option for option in options if option not in _NEEDS or _NEEDS[option] & there] or options


async def _looks_like_a_change(turn: Turn, command: Clarify) -> bool:
    """A change that was not understood: the card is not to be pressed as it is. The third time it is passed on."""
    current = turn.current
    if current is None or not (current.asked == CHANGE or (current.status == "proposed" and command.changes)):
        return False
    times = int(turn.conversation.state.get("unclear", 0)) + 1
    turn.conversation.state["unclear"] = times
    if times >= 3:
        turn.conversation.state.pop("unclear")
        await hand_off(turn, Handoff())
    elif current.asked == CHANGE:
        ask_change(turn, current)
    else:
        await hold(turn, current)
    return True


def settle_guess(turn: Turn, touched: list[Case]) -> None:
    """A guess that only gained a fact is asked about again; one that is not taken up is dropped: another was meant."""
    current = turn.current
    if current is None or current.asked != "clarify":
        return
    chosen = current.slots.pop("clarify", None)
    if chosen is True and current.options:
        chosen = current.options[0]["value"]
    if chosen in GUESSES:
        current.flow, current.asked, current.options = GUESSES[chosen], None, []
    elif turn.notes.get("guessed") == current.id or _only_asked(turn):
        return
    elif current in touched and (flow := _told_by_facts(current)) is not None:
        current.flow, current.asked, current.options = flow, None, []
    elif current in touched:
        offered = {option["value"] for option in current.options}
        guesses = [choice for choice in MENU if choice.value in offered]
        turn.add(Asked(current, Ask("clarify", "unclear_options", {"noted": noted(current)}, guesses)))
    else:
        close(turn, current, "cancelled")


def _only_asked(turn: Turn) -> bool:
    """Whether something was only asked meanwhile: the guess waits."""
    commands = turn.understanding.commands
    return bool(commands) and all(isinstance(command, AskQuestion) for command in commands)


def _told_by_facts(case: Case) -> Flow | None:
    """What is wanted, where what was said meanwhile tells: it comes back, or it is kept, or there is proof."""
    back = case.slots.get("return_needed")
    if back is True:
        return Flow.MERCHANT_RETURN
    if back is False or "evidence" in case.slots:
        return Flow.QUALITY_ISSUE if case.quality_issue else Flow.DIRECT_REFUND
    return None


_BARE = 3
"""Words of a message that may be no more than a name."""


async def unclear(turn: Turn, options: list[str]) -> None:
    """First one clarifying question, then a menu, then somebody else."""
    maybe = likely(turn) if turn.message and len(turn.message.text.split()) <= _BARE else []
    if maybe and turn.current is None:
        turn.add(Candidates(None, maybe[:3], "ask_order_maybe" if len(maybe) == 1 else "ask_which_order"))
        return
    times = int(turn.conversation.state.get("unclear", 0)) + 1
    turn.conversation.state["unclear"] = times
    if times >= 3:
        turn.conversation.state.pop("unclear")
        await hand_off(turn, Handoff())
    elif times == 2 or not options:
        turn.add(Offered("unclear_menu" if times == 2 else "unclear", MENU))
    else:
        turn.add(Offered("unclear_options", guesses_of(options) or MENU, {"noted": ""}))
