"""A typed yes, and a typed no: neither confirms anything."""

from __future__ import annotations

import re

from agent.commands import Answer, Command, Flow, SlotValue
from agent.dialogue import answers
from agent.dialogue.drive import close, drop
from agent.dialogue.holding import card, withdraw
from agent.dialogue.outcomes import RefusedNow, Said
from agent.dialogue.slots import merge
from agent.dialogue.told import recall
from agent.dialogue.turn import Turn
from agent.dialogue.unclear import new_case, unclear
from agent.reading.text.wording import word
from agent.state import CHANGE, Case
from domain.ports import UnitOfWork
from domain.proposals import service
from domain.proposals.model import Decision, ProposalState

_REFUNDS = re.compile(r"\b(?:refund|reimburse|pay)\b", re.IGNORECASE)
"""With nothing open, a yes that names the wish itself ("ok then refund them")."""


_CALLS_IT_OFF = re.compile(
    r"\b(?:cancel|kill|drop|withdraw|call off|pull|scrap|stop|end|bin) (?:it|that|this|them|(?:the|that|this) \w+)\b",
    re.IGNORECASE,
)
"""What was just looked at is called off ("ok, kill it then"); "never mind" leaves it as it is."""


async def cancel_case(turn: Turn, command: Command) -> Case | None:
    """Leave it: the case is closed and its proposal withdrawn; so is a return or a claim that was just looked at."""
    current = turn.current
    looked_at = turn.notes.get("looked_at")
    if current is None and looked_at and turn.conversation.topic_order and _CALLS_IT_OFF.search(command.span):
        return new_case(turn, Flow(looked_at), "cancel")
    if current is None:
        turn.add(Said("nothing_open"))
        return None
    shown = current.proposal_id or current.held
    withdrawn = await withdraw(turn, current)
    if current.proposal_id is None:
        current.held = shown
        drop(turn, current)
        key = "cancelled_with_proposal" if withdrawn else "cancelled_case"
        turn.add(Said(key, {"order": current.order_number or "?", "what": answers.case_name(current)}))
        await answers.not_undone(turn, current)
    return None


async def affirm(turn: Turn, command: Command) -> Case | None:
    """A typed yes never confirms: it shows the card again, or takes up what was offered last."""
    offer = turn.notes.get("offer")
    if offer:
        case = new_case(turn, Flow(offer["flow"]), offer.get("action", ""))
        case.slots["order"] = offer["order"]
        return case
    current = turn.current
    if current is not None and current.status == "proposed" and current.proposal_id:
        return await show_card_again(turn, current)
    if current is not None and current.asked == CHANGE:
        return current
    if current is not None and current.options:
        merge(current, Answer(slots={current.asked or "": SlotValue(value=current.options[0]["value"])}))
        return current
    if current is None and turn.conversation.topic_order and _REFUNDS.search(word(command.span).plain):
        case = new_case(turn, Flow.DIRECT_REFUND)
        recall(turn, case)
        return case
    await unclear(turn, [])
    return None


async def show_card_again(turn: Turn, case: Case) -> Case | None:
    """The button once more; a card that ran out or went stale is made anew with the difference.

    Where what was proposed is not possible any more, the case is led on from what was said: "in full" is what is
    left by now, an amount of its own is asked for anew. Then the case is given back.
    """
    proposal_id, staff = case.proposal_id or "", turn.staff

    def refresh(uow: UnitOfWork) -> Decision:
        proposal = service.expire_if_due(uow, service.get(uow, proposal_id))
        order = uow.orders.get(proposal.order_id)
        moved = order is not None and order.version != proposal.order_version
        if proposal.state is ProposalState.EXPIRED or (proposal.state is ProposalState.OPEN and moved):
            return service.rebuild(uow, staff, proposal)
        return Decision(proposal=proposal)

    decision = await turn.store.write(turn.merchant.id, refresh)
    turn.proposals.append(proposal_id)
    if decision.replacement is not None:
        case.proposal_id = decision.replacement.id
        turn.proposals.append(decision.replacement.id)
        turn.add(Said("card_rebuilt", {"order": case.order_number}))
        turn.add(card(turn, decision.replacement, difference=decision.difference))
    elif decision.refused:
        case.proposal_id, case.status = None, "open"
        if (case.slots.get("amount") or {}).get("kind") != "exact":
            turn.add(RefusedNow(decision.refused, "not_possible_any_more"))
        return case
    elif decision.proposal.state is ProposalState.OPEN:
        turn.add(Said("press_the_button", {"id": decision.proposal.short_id}))
        turn.add(card(turn, decision.proposal, again=True))
    else:
        turn.add(Said("decided_already", {"state": decision.proposal.state.value}))
        close(turn, case, "done")
    return None
