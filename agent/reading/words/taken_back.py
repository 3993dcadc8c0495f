"""Words that take something back and say at once what holds instead: "scratch that, it is FedEx 9865"."""

from __future__ import annotations

from agent.commands import Answer, CancelCase, Command, CorrectSlot, SetSlot, SlotValue
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_FACTS = frozenset(
    "carrier tracking evidence amount quantity return_fee restocking_fee inspection review_amount".split()
)
"""What nobody tells of a case that is to be dropped."""
_SENT = regex(
    r"\b(?:sent|sends|came|comes|come|got|have|has|found|here|there|attached|arrived|uploaded|through|in|after all"
    r"|see|(?:photo|picture|video|pic)s?)\b"
)
_FOR_GOOD = regex(
    r"\b(?:leave it|drop (?:it|this|that|the \w+)|doesn't want|don't want|no longer|not needed|(?:she|he"
    r"|they)(?:'s| is|'re)? "
    r"(?:happy|sorted|fine|keeping)|close (?:it|this|the \w+))\b"
)


def taken_back(commands: list[Command], s: Signals, view: TurnView) -> list[Command]:
    """The commands without a "never mind" that only takes back what was said before what holds instead.

    Files that came with words of their coming, and figures of the case, say that it goes on.
    """
    cancels = [command for command in commands if isinstance(command, CancelCase)]
    if (
        not cancels
        or not (view.flow or view.proposal)
        or s.has("keep_it", "question")
        or _FOR_GOOD.search(s.plain)
    ):
        return commands
    others = [command for command in commands if not isinstance(command, CancelCase)]
    told = [c for c in others if isinstance(c, SetSlot | CorrectSlot | Answer) and _FACTS & set(c.slots)]
    if told and len(told) == len(others):
        return [_corrected(command, view) for command in told]
    if not others and view.attachments and view.proposal is None and _SENT.search(s.plain):
        text = s.wording.text.strip()
        proof = {"evidence": SlotValue(value={"kind": "attached", "text": None}, span=text)}
        return [SetSlot(slots=proof, confidence=0.85, span=text)]
    return commands


def _corrected(command: Command, view: TurnView) -> Command:
    """At a card facts take the place of those it shows."""
    if view.proposal is None or isinstance(command, CorrectSlot) or not set(command.slots) - {"evidence"}:
        return command
    return CorrectSlot(slots=command.slots, confidence=command.confidence, span=command.span)
