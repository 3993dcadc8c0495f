"""One command at a time: what it does to the conversation's cases."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from agent.commands import AskQuestion, Clarify, Command, OutOfScope, StartFlow
from agent.dialogue import evidence
from agent.dialogue.asked_return import as_return, hear_asked
from agent.dialogue.drive import drive
from agent.dialogue.holding import ask_change
from agent.dialogue.moving import resume_case, select_order
from agent.dialogue.outcomes import Asked, Candidates, RefusedNow, Said
from agent.dialogue.starting import ask_question, start, take_slots
from agent.dialogue.told import remember
from agent.dialogue.turn import Turn
from agent.dialogue.unclear import clarify, hand_off, settle_guess, unclear
from agent.dialogue.yes_and_no import affirm, cancel_case
from agent.state import CHANGE, Case


async def apply_all(turn: Turn) -> None:
    """Carry out the commands in order, then lead on every case they touched."""
    commands = [] if _only_files(turn) else turn.understanding.commands
    turn.notes["offer"] = turn.conversation.state.pop("offer", None)
    turn.notes["looked_at"] = turn.conversation.state.pop("looked_at", None)
    turn.notes["refused"] = turn.conversation.state.pop("refused", None)
    touched: list[Case] = []
    hear_asked(turn)
    commands, asked = _asked_after(commands)
    for command in (as_return(turn, command) for command in commands):
        case = await HANDLERS[command.name](turn, command)
        remember(turn, command)
        if case is not None and case not in touched:
            touched.append(case)
    if commands and not any(isinstance(c, Clarify) for c in commands):
        turn.conversation.state.pop("unclear", None)
    if not commands and (turn.message and turn.message.attachments):
        case = await evidence.files_arrived(turn)
        touched += [case] if case else []
    elif not commands and turn.notes.get("quoted"):
        told = evidence.ticket_words(turn)
        turn.add(Said("pasted_only", {"claims": f" It names: “{told}”." if told else ""}))
    settle_guess(turn, touched)
    for case in touched:
        if case.is_unfinished and case.asked != "clarify":
            await drive(turn, case)
    await _answer(turn, asked)
    _asked_on_top(turn)
    await go_on(turn)
    if refused := [
        v.model_dump(mode="json") for o in turn.outcomes if isinstance(o, RefusedNow) for v in o.violations
    ]:
        turn.conversation.state["refused"] = refused
    if not turn.outcomes and turn.message is not None and turn.message.text.strip():
        await unclear(turn, [])


def _asked_after(commands: list[Command]) -> tuple[list[Command], list[Command]]:
    """The commands, and apart from them the question what is left once the refund wished for with it is made."""
    wished = any(isinstance(c, StartFlow) for c in commands)
    asked: list[Command] = [
        c for c in commands if wished and isinstance(c, AskQuestion) and c.topic == "refundable"
    ]
    return [c for c in commands if c not in asked], asked


async def _answer(turn: Turn, asked: list[Command]) -> None:
    for command in asked:
        await HANDLERS[command.name](turn, command)


def _only_files(turn: Turn) -> bool:
    """Whether files came to an open case with words that say nothing else ("ok now she did send one")."""
    unread = all(isinstance(command, Clarify) for command in turn.understanding.commands)
    return bool(unread and turn.message and turn.message.attachments and turn.current is not None)


def _asked_on_top(turn: Turn) -> None:
    """The case whose question is put is the one that the next answer is for."""
    for outcome in turn.outcomes:
        if isinstance(outcome, Asked | Candidates) and outcome.case is not None:
            turn.push(outcome.case)


async def go_on(turn: Turn) -> None:
    """Put the open question again, or show that a card still waits, after an aside or a finished case."""
    current = turn.current
    if current is None or turn.asked:
        return
    if any(isinstance(o, Candidates) for o in turn.outcomes):
        return
    if current.status == "open" and current.asked == CHANGE:
        ask_change(turn, current)
    elif current.status == "open" and current.asked != "clarify":
        await drive(turn, current)
    elif current.status == "proposed" and current.proposal_id and not turn.shows(current.proposal_id):
        turn.add(Said("card_waits", {"order": current.order_number, "what": current.summary}))


_THANKS = re.compile(
    r"\b(?:thank\w*|thx|tnx|ty|cheers|ta|appreciated|bye|goodbye|see you|that's all)\b", re.IGNORECASE
)


async def _greet(turn: Turn, command: Command) -> None:
    thanked = turn.message is not None and _THANKS.search(turn.message.text)
    turn.add(Said("thanked") if thanked else Said("greeting", {"name": turn.staff.name.split()[0]}))


async def _out_of_scope(turn: Turn, command: Command) -> None:
    assert isinstance(command, OutOfScope)
    if command.too_much:
        turn.add(Said("too_much", dict(command.too_much)))
    else:
        turn.add(Said("other_language" if command.language else "out_of_scope"))


HANDLERS: dict[str, Callable[[Turn, Command], Awaitable[Case | None]]] = {
    "StartFlow": start,
    "SetSlot": take_slots,
    "CorrectSlot": take_slots,
    "Answer": take_slots,
    "AskQuestion": ask_question,
    "SelectOrder": select_order,
    "CancelCase": cancel_case,
    "ResumeCase": resume_case,
    "Affirm": affirm,
    "Clarify": clarify,
    "Handoff": hand_off,
    "Greet": _greet,
    "OutOfScope": _out_of_scope,
}
