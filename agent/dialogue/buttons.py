"""A button was pressed: the domain decides, and what came of it is told."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import Any

from agent.commands import CorrectSlot, SlotValue
from agent.dialogue import answers
from agent.dialogue.drive import close, drive, drop
from agent.dialogue.holding import card
from agent.dialogue.outcomes import Drafted, Finished, HandedOff, Proposed, RefusedNow, Said
from agent.dialogue.slots import merge
from agent.dialogue.told import as_last
from agent.dialogue.turn import Turn
from agent.messages import Press
from agent.state import Case
from domain.orders.model import Order
from domain.ports import UnitOfWork
from domain.proposals import service
from domain.proposals.difference import differences
from domain.proposals.model import Decision, Proposal, ProposalKind, ProposalState
from domain.proposals.steps import decided, role_to_decide
from domain.reasons import RefundReason
from domain.refunds.model import RefundStatus
from domain.rules import Refused, Rule, Violation, broken


async def confirm(turn: Turn, press: Press) -> Proposal | None:
    """One attempt to decide; the proposal where this attempt won."""
    staff = turn.staff

    def work(uow: UnitOfWork) -> Decision:
        return service.confirm(uow, staff, press.proposal_id, press.sha256)

    decision = await _decide(turn, work)
    if decision is None:
        return None
    turn.proposals.append(decision.proposal.id)
    if decision.accepted:
        return decision.proposal
    await _refused(turn, decision)
    return None


async def _decide(turn: Turn, work: Any) -> Decision | None:
    try:
        decision: Decision = await turn.store.write(turn.merchant.id, work)
    except Refused as refusal:
        turn.add(RefusedNow(refusal.violations))
        return None
    return decision


async def _refused(turn: Turn, decision: Decision) -> None:
    """Who won, what changed, who else must press: and the card, or the question, that is now the right one."""
    codes = {violation.code for violation in decision.refused}
    turn.refuse(decision.refused)
    case = _case_of(turn, decision.proposal.id)
    await turn.order(decision.proposal.order_id)
    replacement, difference = decision.replacement, decision.difference
    if Rule.PROPOSAL_EXPIRED in codes:
        again = await _rebuild(turn, decision.proposal)
        replacement, difference = again.replacement, again.difference
        turn.refuse(again.refused, "not_possible_any_more")
    if replacement is not None:
        turn.proposals.append(replacement.id)
        if case is not None:
            case.proposal_id = replacement.id
        turn.add(card(turn, replacement, difference=difference))
    elif decision.proposal.state is ProposalState.OPEN:
        if Rule.APPROVAL_REQUIRED in codes:
            turn.add(HandedOff(case, "supervisor", "handoff_approval"))
        turn.add(card(turn, decision.proposal, again=True))
    elif case is not None and codes & {Rule.PROPOSAL_STALE, Rule.PROPOSAL_EXPIRED}:
        await _lead_on(turn, case, decision.proposal)
    elif case is not None:
        close(turn, case, "done")


async def _lead_on(turn: Turn, case: Case, before: Proposal) -> None:
    """What was proposed is not possible any more: its case goes on from what is, with the difference."""
    if case.status in ("done", "cancelled"):
        return
    case.proposal_id, case.status = None, "open"
    turn.push(case)
    await drive(turn, case)
    for at, outcome in enumerate(turn.outcomes):
        if isinstance(outcome, Proposed) and outcome.proposal.kind is before.kind:
            found = differences(before.preview, outcome.proposal.preview)
            turn.outcomes[at] = replace(outcome, difference=found)


async def _rebuild(turn: Turn, proposal: Proposal) -> Decision:
    staff = turn.staff
    decision: Decision = await turn.store.write(
        turn.merchant.id, lambda uow: service.rebuild(uow, staff, proposal)
    )
    return decision


def _case_of(turn: Turn, proposal_id: str) -> Case | None:
    return next((c for c in turn.cases.values() if c.proposal_id == proposal_id), None)


async def report(turn: Turn, proposal_id: str) -> None:
    """After execution had its chance: what the provider said, and what comes next."""
    proposal: Proposal = (await turn.tools.call("get_proposal", proposal_id=proposal_id)).value
    order = await turn.order(proposal.order_id, fresh=True)
    turn.conversation.topic_order = order.id
    state = turn.conversation.state
    state.pop("dropped", None)
    if (state.get("failed") or {}).get("order_id") == order.id:
        state.pop("failed")
    case = _case_of(turn, proposal_id)
    if case is not None:
        close(turn, case, "done")
        state["last"] = as_last(case, order)
    if proposal.kind is not ProposalKind.REFUND:
        turn.add(Finished(proposal, "done"))
        _draft_reply(turn, proposal, order)
        return
    refund = order.refund(proposal_id)
    outcome = {
        RefundStatus.SUCCEEDED: "done",
        RefundStatus.FAILED: "failed",
        RefundStatus.UNKNOWN: "unknown",
        RefundStatus.PENDING: "pending",
    }[refund.status]
    turn.add(Finished(proposal, outcome, refund, refund.failure))  # type: ignore[arg-type]
    if outcome == "failed" and case is not None:
        state["failed"] = case.model_dump(mode="json")
    if outcome != "done":
        return
    _draft_reply(turn, proposal, order)
    if "supplier_review" in proposal.preview.offers:
        turn.conversation.state["offer"] = {
            "flow": "supplier_review",
            "action": "request",
            "order": order.number,
        }


REPLIES = {
    ProposalKind.REFUND: "refund_notice",
    ProposalKind.APPROVE_RETURN: "approval",
    ProposalKind.CREATE_RETURN: "approval",
    ProposalKind.REJECT_RETURN: "rejection",
}


def _draft_reply(turn: Turn, proposal: Proposal, order: Order) -> None:
    """Beside a ticket, the reply to the customer is drafted at once; a person sends it."""
    ticket, draft = turn.ticket, REPLIES.get(proposal.kind)
    if ticket is None or draft is None:
        return
    language = turn.language_for(order)
    preview = proposal.preview
    values = {
        "order": order.number,
        "customer": order.customer.name,
        "items": [line.title for line in preview.lines],
        "explanation": preview.explanation,
        "return_id": preview.return_id or preview.settles_return or "",
    }
    if proposal.kind is ProposalKind.REFUND:
        values["refund_id"] = proposal.id
    turn.add(Drafted(draft, language, values))


async def cancel(turn: Turn, press: Press) -> None:
    """Withdraw the proposal; the case goes with it."""
    staff = turn.staff
    decision = await _decide(turn, lambda uow: service.cancel(uow, staff, press.proposal_id))
    if decision is None:
        return
    turn.proposals.append(decision.proposal.id)
    if not decision.accepted:
        turn.add(RefusedNow(decision.refused))
        return
    case = _case_of(turn, press.proposal_id)
    name = decision.proposal.preview.headline
    turn.add(Said("cancelled_with_proposal", {"order": decision.proposal.order_number, "what": name}))
    if case is not None:
        drop(turn, case)
        await answers.not_undone(turn, case)


async def edit(turn: Turn, press: Press) -> None:
    """Card fields changed: the case's slots are corrected and a new proposal takes the old one's place."""
    case = _case_of(turn, press.proposal_id)
    refused = await turn.store.read(
        turn.merchant.id, lambda uow: _not_editable(uow, turn, press, known=case is not None)
    )
    if case is None or refused is not None:
        turn.refuse([refused] if refused else [])
        return
    order = await turn.order(case.order_id or "")
    skus = {line.sku: line.id for line in order.lines}
    slots, problems = edited_slots(press.set, skus)
    if problems:
        turn.add(RefusedNow(problems))
        return
    turn.notes["edited"] = copy.deepcopy(case.slots)
    merge(case, CorrectSlot(slots=slots))
    turn.push(case)
    await drive(turn, case)


def _not_editable(uow: UnitOfWork, turn: Turn, press: Press, *, known: bool) -> Violation | None:
    """Why this card cannot be changed here, by this person, or None."""
    proposal = uow.proposals.get(press.proposal_id)
    if proposal is None:
        return broken(Rule.PROPOSAL_NOT_FOUND, "proposal", value=press.proposal_id)
    if proposal.state not in (ProposalState.OPEN, ProposalState.EXPIRED, ProposalState.STALE):
        return decided(proposal)
    if not known and proposal.state is not ProposalState.OPEN:
        return decided(proposal)
    if not known:
        limit = "a card of this conversation"
        return broken(Rule.FIELD_INVALID, "proposal", limit=limit, value=proposal.short_id)
    return role_to_decide(turn.staff, proposal)


def edited_slots(
    fields: dict[str, Any], skus: dict[str, str]
) -> tuple[dict[str, SlotValue], list[Violation]]:
    """Form fields as slots; each field that cannot be understood is named."""
    slots: dict[str, SlotValue] = {}
    problems: list[Violation] = []
    for name, value in fields.items():
        try:
            slots[name if name != "lines" else "line"] = SlotValue(value=_field(name, value, skus))
        except (ValueError, KeyError, TypeError) as error:
            problems.append(broken(Rule.FIELD_INVALID, name, limit=str(error)[:120], value=value))
    return slots, problems


def _field(name: str, value: Any, skus: dict[str, str]) -> Any:
    if name in ("amount", "shipping", "review_amount", "return_cost", "return_fee", "restocking_fee"):
        text = str(value).strip()
        if text.endswith("%"):
            return {"kind": "percent", "value": text[:-1].strip()}
        return {"kind": "exact", "value": text, "currency": None}
    if name == "quantity":
        return _whole(value)
    if name in ("reason", "return_reason"):
        if value not in list(RefundReason):
            raise ValueError(f"one of {', '.join(RefundReason)}")
        return RefundReason(value).value
    if name == "lines":
        return [
            {
                "line": skus.get(entry.get("sku", ""), entry.get("line")),
                "quantity": _whole(entry.get("qty", entry.get("quantity", 1))),
                "amount": _field("amount", entry["amount"], skus)
                if entry.get("amount") is not None
                else None,
            }
            for entry in value
        ]
    if name == "inspection":
        return [{**entry, "line": skus.get(entry.get("sku", ""), entry.get("line"))} for entry in value]
    if name in _TEXT_FIELDS:
        return value
    raise ValueError("no such field on this card")


def _whole(value: Any) -> int:
    """A number of units. Raises ValueError; nothing is rounded."""
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,6}", str(value).strip()):
        raise ValueError("a whole number, 0 or more")
    return int(str(value).strip())


_TEXT_FIELDS = {
    "note",
    "carrier",
    "tracking",
    "label",
    "explanation",
    "communication_record",
    "review_kind",
    "review_notes",
    "waiver_note",
    "reject_reason",
    "verdict",
    "payment",
}
