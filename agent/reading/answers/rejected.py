"""The reason of a rejection, told with what the customer reads of it, where only the reason was asked for."""

from __future__ import annotations

from agent.commands import Answer, Command, SetSlot, SlotValue
from agent.reading.facts.slots import Slots
from agent.reading.facts.told_customer import told_customer
from agent.reading.view import TurnView
from agent.reading.words.decisions import decision_of
from agent.reading.words.reasons import find_reject_reason
from agent.reading.words.signals import Signals


def rejected(s: Signals, view: TurnView) -> Command | None:
    """Reason, explanation and record of a whole message; nothing where it tells the customer nothing, or lets it in."""
    if view.pending is None or view.pending.slot != "reject_reason" or s.kind("order"):
        return None
    decided = decision_of(s.plain)
    if s.wording.text.rstrip().endswith("?") or (decided is not None and decided.value == "approve"):
        return None
    told: Slots = {}
    told_customer(s, told)
    if "explanation" not in told:
        return None
    text = s.wording.text.strip()
    why = find_reject_reason(s.plain)
    if why is None:
        return SetSlot(slots=told, confidence=0.85, span=text)
    reason = SlotValue(value=why[0].value, span=s.wording.origin(why[1], why[2]))
    return Answer(slots={"reject_reason": reason, **told}, confidence=0.9, span=text)
