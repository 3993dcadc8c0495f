"""The card of a case: shown, withdrawn while a question about it is open, or held until a change is understood."""

from __future__ import annotations

from agent.dialogue.outcomes import Asked, Candidates, Proposed, RefusedNow, Said
from agent.dialogue.turn import Turn
from agent.flows.step import Ask, Choice
from agent.state import CHANGE, Case
from domain.identity import Role
from domain.proposals import service
from domain.proposals.model import Proposal, ProposalState

CHOICES = (
    Choice("As it was", "as_it_was", say="leave it as it was"),
    Choice("Drop it", "drop", say="drop it"),
)


async def hold(turn: Turn, case: Case) -> None:
    """Withdraw the open card and ask what should be different; everything that was filled stays."""
    shown = case.proposal_id
    if await withdraw(turn, case) is None:
        case.proposal_id = shown
        return
    case.held, case.status = shown, "open"
    turn.add(Said("card_held", {"what": case.summary, "order": case.order_number}))
    ask_change(turn, case)


def ask_change(turn: Turn, case: Case) -> None:
    """The short question: what is different?"""
    ask(turn, case, Ask(CHANGE, "ask_change", {"what": case.summary}, list(CHOICES)))


def card(
    turn: Turn, proposal: Proposal, *, again: bool = False, difference: list[str] | None = None
) -> Proposed:
    """The proposal as it is shown to this person."""
    limit = turn.staff.limit(proposal.preview.currency)
    own = proposal.created_by == turn.staff.id
    above = (proposal.preview.amount or 0) > limit
    may_press = not (above or (own and proposal.preview.second_person)) and (
        own or turn.staff.role.covers(Role.SUPERVISOR)
    )
    return Proposed(proposal, again, difference or [], limit, own, may_press)


async def put(turn: Turn, case: Case, step: Ask) -> None:
    """Ask; a card that was shown before says something else than what is wanted now, so it is withdrawn."""
    await put_back(turn, case)
    ask(turn, case, step)


async def put_back(turn: Turn, case: Case) -> None:
    """The open card is withdrawn while something about it is asked; an edit in its form leaves it as it is."""
    if case.status != "proposed" or not case.proposal_id or "edited" in turn.notes:
        return
    withdrawn = await withdraw(turn, case)
    case.status = "open"
    if withdrawn is not None:
        said = Said("card_withdrawn", {"what": case.summary, "order": case.order_number})
        at = next(
            (n for n, o in enumerate(turn.outcomes) if isinstance(o, Asked | Candidates)), len(turn.outcomes)
        )
        turn.outcomes.insert(at, said)


def ask(turn: Turn, case: Case, step: Ask) -> None:
    """Put the question, unless this reply has one already: then the case waits its turn."""
    if turn.asked:
        turn.notes.setdefault("held", []).append(case.id)
        return
    case.asked = step.slot
    if case.status == "handed_off":
        case.status = "open"  # It was passed on, and is gone on with here.
    case.options = [
        {"value": c.value, "label": c.label, "say": c.say or c.label} for c in step.choices if not c.closed
    ]
    if step.slot == "evidence":
        case.evidence_asked = True
    turn.add(Asked(case, step))


async def withdraw(turn: Turn, case: Case) -> Proposal | None:
    """Take back the case's open proposal, if there is one; who may not is told so by the domain."""
    if not case.proposal_id:
        return None
    proposal_id, staff = case.proposal_id, turn.staff
    decision = await turn.store.write(turn.merchant.id, lambda uow: service.cancel(uow, staff, proposal_id))
    case.proposal_id = None
    if decision.accepted:
        turn.proposals.append(proposal_id)
        return decision.proposal
    if decision.proposal.state is ProposalState.OPEN:
        turn.add(RefusedNow(decision.refused))
    return None
