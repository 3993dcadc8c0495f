"""A card turned round: its order left alone after all, an approval made a rejection ("stop, reject it instead")."""

from __future__ import annotations

from agent.commands import CancelCase, Flow, SlotValue, StartFlow
from agent.reading.facts.flow_slots import review_slots
from agent.reading.facts.slots import Slots
from agent.reading.lexicon import families
from agent.reading.view import TurnView
from agent.reading.words.decisions import decision_of
from agent.reading.words.signals import Signals


def turned_round(s: Signals, view: TurnView) -> StartFlow | CancelCase | None:
    """The rejection that takes the place of an approval, with its reason; or the card's order left alone after all."""
    if families("cards")["order_alone"].search(s.plain):
        return CancelCase(confidence=0.9, span=s.wording.text.strip())
    card, decided = view.proposal, decision_of(s.plain)
    if card is None or card.write != "approve_return" or decided is None or decided.weak:
        return None
    if decided.value != "reject":
        return None
    found: Slots = {}
    review_slots(s, found)
    said = SlotValue(value="reject", span=s.wording.origin(decided.start, decided.end))
    return StartFlow(
        flow=Flow.REVIEW_RETURN,
        slots=found | {"decision": said},
        confidence=0.9,
        span=s.wording.text.strip(),
        instead=True,
    )
