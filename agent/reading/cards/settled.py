"""What looks like a change leaves no card that can be pressed as it is, however the message was read."""

from __future__ import annotations

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
from agent.reading.cards.asked import is_question
from agent.reading.cards.at_card import INSTEAD, of_this_order, said
from agent.reading.cards.goods import float_free
from agent.reading.cards.held_back import held_back
from agent.reading.facts.figures_said import figures
from agent.reading.text.patterns import regex
from agent.reading.view import ProposalView, TurnView
from agent.reading.words.signals import Signals
from agent.reading.words.weak_reasons import told_outright

_ON_IT = regex(r"\b(?:fees?|charges?|restock\w*|handling|carrier|tracking|label|explanation)\b")
"""What a return's card names: spoken of and not understood, it may be meant to be different."""


def looks_like_a_change(s: Signals, view: TurnView) -> bool:
    """Whether something on the card seems to be meant to be different, whatever it is."""
    if view.proposal is None or is_question(s):
        return False
    if not of_this_order(s, view):
        return said("mistakes", s)
    on_it = "return" in view.proposal.write and _ON_IT.search(s.plain)
    return said("marks", s) or bool(on_it) or bool(figures(s)) or _another_reason(s, view.proposal)


def _another_reason(s: Signals, card: ProposalView) -> bool:
    return any(reason.code.value != card.reason for reason in s.reasons)


def settled(commands: list[Command], s: Signals, view: TurnView) -> list[Command]:
    """The commands of a message at a card: what looks like a change leaves no card that can be pressed as it is."""
    if view.proposal is None or view.pending is not None:
        return commands
    if (
        is_question(s)
        and not s.has("corrects")
        and all(isinstance(c, SetSlot | CorrectSlot) for c in commands)
    ):
        return [Clarify(options=["lookup_order"], confidence=0.5, span=s.wording.text.strip())]
    commands = _of_no_return_yet(commands, view)
    commands = [held_back(_without_weak_reason(command, s), s, view) for command in commands]
    if any(isinstance(c, Handoff) for c in commands):
        commands = [c for c in commands if not isinstance(c, CancelCase)]
    acting = [c for c in commands if isinstance(c, StartFlow | CorrectSlot)]
    if acting and len(acting) < len(commands) and of_this_order(s, view):
        commands = [c for c in commands if not isinstance(c, CancelCase)]
    for command in commands:
        if isinstance(command, StartFlow) and INSTEAD.search(s.plain):
            command.instead = True
    return [_held(commands[0], s, view)] if len(commands) == 1 else commands


def _of_no_return_yet(commands: list[Command], view: TurnView) -> list[Command]:
    """A return that is only on the card is not cancelled but dropped, or refunded without ("scrap the return, …")."""
    card = view.proposal
    ends = [c for c in commands if isinstance(c, StartFlow) and (c.flow, c.action) == _ENDS_RETURN]
    if card is None or card.write != "create_return" or not ends or any("order" in c.slots for c in ends):
        return commands
    pays = [c for c in commands if isinstance(c, StartFlow) and c.flow is Flow.DIRECT_REFUND]
    if not pays:
        return [CancelCase(confidence=ends[0].confidence, span=ends[0].span)]
    stays = SlotValue(value=False, span=ends[0].span)
    return [c.model_copy(update={"slots": {"return_needed": stays, **c.slots}}) for c in pays]


_ENDS_RETURN = (Flow.RETURN_PROGRESS, "cancel")
_PART = regex(r"\b(?:half|halve|an? (?:third|quarter)|double|twice|partial(?:ly)?)\b")
"""Beside a yes, that it is to be another sum ("go ahead, half only")."""


def _held(only: Command, s: Signals, view: TurnView) -> Command:
    """A change that was not understood, as such; any other command as it is."""
    if isinstance(only, StartFlow) and _says_nothing(only, s):
        return Clarify(changes=True, confidence=0.6, span=only.span)
    if isinstance(only, Affirm) and (_PART.search(s.plain) or _other_sum(s, view)):
        return Clarify(changes=True, confidence=0.6, span=only.span)
    if not isinstance(only, Clarify | OutOfScope | Greet) or getattr(only, "language", None):
        return only
    if _thanks(only, s) or not looks_like_a_change(s, view):
        return only
    options = only.options if isinstance(only, Clarify) else []
    return Clarify(
        options=options, slots=only.slots, changes=True, confidence=only.confidence, span=only.span
    )


def _other_sum(s: Signals, view: TurnView) -> bool:
    """Whether another sum than the card's is told beside a yes ("ok then, boss says a tenner")."""
    shown = {float_free(view.proposal.amount or "")} if view.proposal else set()
    sums = [figure for figure in figures(s) if figure.kind in {"money", "percent"} and not figure.old]
    return any(float_free(figure.value) not in shown for figure in sums)


def _without_weak_reason(command: Command, s: Signals) -> Command:
    """The command without a reason that only words like "wait" or "too late" gave; a Clarify where nothing is left."""
    if not isinstance(command, SetSlot | CorrectSlot) or told_outright(s):
        return command
    slots = {name: value for name, value in command.slots.items() if name not in {"reason", "issue"}}
    if slots or not command.slots:
        return command.model_copy(update={"slots": slots})
    return Clarify(confidence=0.5, span=command.span)


def _says_nothing(command: StartFlow, s: Signals) -> bool:
    """Whether a few words of a change were taken for a wish of their own ("swap them")."""
    return not command.slots and len(s.plain.split()) <= 3 and said("marks", s)


def _thanks(command: Command, s: Signals) -> bool:
    return isinstance(command, Greet) and not figures(s)
