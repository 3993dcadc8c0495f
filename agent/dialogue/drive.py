"""Leading a case on: ask its flow for the next step, do it, until a person is needed."""

from __future__ import annotations

from pydantic import BaseModel

from agent.commands import Flow
from agent.dialogue import answers, evidence, mending
from agent.dialogue.finding import resolve
from agent.dialogue.goods import name_goods, said_of, same_goods
from agent.dialogue.holding import card, hold, put, put_back, withdraw
from agent.dialogue.labels import take_label
from agent.dialogue.outcomes import Drafted, HandedOff, RefusedNow, Said
from agent.dialogue.told import still_true
from agent.dialogue.turn import Turn
from agent.flows.catalogue import FLOWS
from agent.flows.step import (
    Ask,
    FlowContext,
    HandOver,
    Inform,
    Propose,
    Redirect,
    Refuse,
    Step,
    WriteDraft,
)
from agent.state import Case
from domain.identity import Role
from domain.orders.model import Order
from domain.proposals.model import Proposal, ProposalKind, ProposalState
from domain.rules import Rule, Violation

MOST_REDIRECTS = 4


async def drive(turn: Turn, case: Case) -> None:
    """Advance the case until it waits for somebody."""
    order = await resolve(turn, case, case.slots)
    if order is None:
        await put_back(turn, case)
        turn.notes.setdefault("held", []).append(case.id)
        return
    await _attach_order(turn, case, order)
    await take_label(turn, case)
    await evidence.gather(turn, case)
    for _ in range(MOST_REDIRECTS):
        context = await flow_context(turn, case)
        step = FLOWS[case.flow].advance(context)
        if not await _carry_out(turn, case, step):
            return


async def _attach_order(turn: Turn, case: Case, order: Order) -> None:
    """The case is about this order now; another order withdraws what was proposed for the first."""
    case.slots.pop("order", None)
    case.slots.pop("order_query", None)
    if case.order_id not in (None, order.id):
        await withdraw(turn, case)
        before, said = await turn.order(case.order_id or ""), said_of(turn.understanding.commands, order)
        alike = same_goods(case.slots.get("line"), before, order) if not {"line", "item"} & said else []
        for slot in {"line", "item", "quantity", "return_id"} - said:
            case.slots.pop(slot, None)
        case.slots |= {"line": alike} if alike else {}
    if case.order_id is None:
        name_goods(case.slots, order)
    case.order_id, case.order_number = order.id, order.number
    turn.conversation.topic_order = order.id


async def flow_context(turn: Turn, case: Case) -> FlowContext:
    """The facts a flow decides on."""
    order = await turn.order(case.order_id or "")
    listed = await turn.tools.call("available_actions", order_id=order.id)
    return FlowContext(
        case=case,
        order=order,
        actor=turn.staff,
        settings=turn.merchant.settings,
        actions=listed.value or [],
        now=turn.clock.now(),
        ticket_words=evidence.ticket_words(turn),
    )


async def _carry_out(turn: Turn, case: Case, step: Step) -> bool:
    """Do the step; True when the flow is to be asked again."""
    if isinstance(step, Redirect):
        case.flow, case.action = step.flow, step.action or case.action
        if step.text:
            turn.add(Said(step.text, {"order": case.order_number}))
        return True
    if isinstance(step, Propose) and mending.fee_is_open(case):
        order = await turn.order(case.order_id or "")
        await put(turn, case, mending.fee_again(str(case.asked), order.currency))
    elif isinstance(step, Propose):
        await _propose(turn, case, step)
    elif isinstance(step, Ask):
        await put(turn, case, step)
    elif isinstance(step, Refuse):
        await _refuse(turn, case, step)
    elif isinstance(step, HandOver):
        await hand_over(turn, case, step)
    elif isinstance(step, WriteDraft):
        turn.add(Drafted(step.draft, step.language, {**step.values, "order": case.order_number}))
        close(turn, case, "done")
    elif isinstance(step, Inform):
        await answers.inform(turn, case, step)
        close(turn, case, "done")
    return False


async def _same_card(turn: Turn, case: Case, step: Propose) -> Proposal | None:
    """The open card, where what is to be proposed is what it says already."""
    if not case.proposal_id or not case.order_id or not isinstance(step.payload, BaseModel):
        return None
    wanted = step.payload.model_dump(mode="json")
    order = await turn.order(case.order_id)
    proposal: Proposal = (await turn.tools.call("get_proposal", proposal_id=case.proposal_id)).value
    stands = proposal.state is ProposalState.OPEN and turn.clock.now() < proposal.expires_at
    says = (proposal.kind, proposal.payload, proposal.order_version)
    return proposal if stands and says == (step.kind, wanted, order.version) else None


async def _corrected(turn: Turn, case: Case) -> Proposal | None:
    """The card that this message corrects."""
    if turn.notes.get("corrected") != case.id or not case.proposal_id:
        return None
    proposal: Proposal = (await turn.tools.call("get_proposal", proposal_id=case.proposal_id)).value
    return proposal if proposal.state is ProposalState.OPEN else None


def _says_the_same(before: Proposal, now: Proposal) -> bool:
    """Whether a correction changed nothing that the card says: then it was not understood."""
    shown = [card.preview.model_dump(exclude=_OWN_ID.get(card.kind)) for card in (before, now)]
    return before.kind is now.kind and shown[0] == shown[1]


_OWN_ID = {
    ProposalKind.REQUEST_SUPPLIER_REVIEW: {"review_id"},
    ProposalKind.CREATE_RETURN: {"return_id"},
}
"""What is named anew with every card of the kind, and says nothing."""


async def _propose(turn: Turn, case: Case, step: Propose) -> None:
    before = await _corrected(turn, case)
    same = await _same_card(turn, case, step)
    if same is not None and before is not None:
        await hold(turn, case)
        return
    if same is not None:
        case.asked, case.options, case.status = None, [], "proposed"
        turn.proposals.append(same.id)
        turn.add(card(turn, same, again=True))
        return
    outcome = await turn.tools.call(
        f"propose_{step.kind.value}",
        order_id=case.order_id or "",
        payload=step.payload,
        case_id=case.id,
        replaces=case.proposal_id,
    )
    case.asked, case.options, case.held = None, [], None
    if outcome.ok:
        proposal: Proposal = outcome.value
        if case.proposal_id:
            turn.proposals.append(case.proposal_id)
        case.proposal_id, case.status = proposal.id, "proposed"
        case.summary = proposal.preview.headline
        turn.proposals.append(proposal.id)
        if before is not None and _says_the_same(before, proposal):
            await hold(turn, case)
            return
        turn.add(card(turn, proposal))
        if step.text:
            turn.add(Said(step.text, step.values))
        return
    await _refused_by_domain(turn, case, outcome.violations)


async def _refused_by_domain(turn: Turn, case: Case, violations: list[Violation]) -> None:
    """Say what was refused, then ask for the one thing that can mend it, or end the case."""
    turn.refuse(violations)
    codes = {violation.code for violation in violations}
    if Rule.WINDOW_CLOSED in codes and not turn.staff.role.covers(Role.SUPERVISOR):
        await hand_over(turn, case, HandOver("supervisor", "handoff_window"))
    elif Rule.OPEN_PROPOSAL_EXISTS in codes:
        await _show_the_open_one(turn, case)
    elif not await _mend(turn, case, violations):
        await _after_refusal(turn, case)


async def _mend(turn: Turn, case: Case, violations: list[Violation]) -> bool:
    """Forget what was refused and ask for it anew; False where no answer can mend it."""
    slots = [s for v in violations if (s := mending.slot_of(case.flow, v)) is not None]
    if not slots or any(violation.code in mending.DEAD_END for violation in violations):
        return False
    if case.flow is Flow.SUPPLIER_REVIEW and "review_amount" in slots:
        case.slots.pop("verdict", None)  # A sum that was refused is no approval in full.
    for limit in [violation.limit for violation in violations if violation.field == "fees"]:
        slots = [mending.larger_fee(case, limit) if slot == "restocking_fee" else slot for slot in slots]
    for name in slots:
        _forget(case, name)
        if name == "quantity":
            _forget_quantities(case)
    context = await flow_context(turn, case)
    again = FLOWS[case.flow].advance(context)
    question = mending.asked_again(again, context, slots[0], violations)
    if question is not None:
        await put(turn, case, question)
    case.status = "open"
    return question is not None


_KEPT = frozenset({"amount", "review_amount", "shipping", "inspection", "tracking"})
"""What was refused and still says something: that an amount is to be less than all, in which state units came, which
number a parcel of another carrier has."""


def _forget(case: Case, slot: str) -> None:
    """Take a refused value back; an amount that was refused is asked for until there is one: it never becomes all."""
    value = case.slots.pop(slot, None)
    if slot == "line" and value and case.flow is Flow.MERCHANT_RETURN:
        case.slots[mending.NOT_RETURNABLE] = value
    if slot in _KEPT and value is not None:
        case.slots[f"{slot}_refused"] = value


async def _show_the_open_one(turn: Turn, case: Case) -> None:
    """The card that stands in the way, so that it can be pressed or withdrawn by whoever may."""
    listed = await turn.tools.call("order_proposals", order_id=case.order_id or "")
    close(turn, case, "cancelled")
    for proposal in listed.value or []:
        if proposal.state is ProposalState.OPEN:
            turn.add(card(turn, proposal, again=True))


def _forget_quantities(case: Case) -> None:
    for entry in case.slots.get("line") or []:
        entry["quantity"] = None
        entry.pop("all", None)


async def _refuse(turn: Turn, case: Case, step: Refuse) -> None:
    turn.refuse(step.violations)
    if step.ask is not None:
        _forget(case, step.ask.slot)
        await put(turn, case, step.ask)
        return
    if not await _mend(turn, case, step.violations):
        await _after_refusal(turn, case)


async def _after_refusal(turn: Turn, case: Case) -> None:
    """Never a dead end: name what is available instead; of an edit, the card that still stands."""
    before = turn.notes.get("edited")
    if before is not None and case.proposal_id:
        case.slots, case.status = before, "proposed"
        proposal: Proposal = (await turn.tools.call("get_proposal", proposal_id=case.proposal_id)).value
        if proposal.state is ProposalState.OPEN:
            turn.add(card(turn, proposal, again=True))
            return
    listed = await turn.tools.call("available_actions", order_id=case.order_id or "")
    others = [a for a in listed.value or [] if a.name != REFUSED_ACTION.get(case.flow)]
    turn.add(answers.open_ways(case.order_number, others))
    await withdraw(turn, case)
    turn.conversation.state["told"] = {"order": case.order_id, "facts": still_true(case)}
    close(turn, case, "cancelled")


REFUSED_ACTION = {
    Flow.DIRECT_REFUND: "refund",
    Flow.QUALITY_ISSUE: "refund",
    Flow.MERCHANT_RETURN: "create_return",
}
"""What is not offered again right after it was refused."""


async def hand_over(turn: Turn, case: Case, step: HandOver) -> None:
    """Summary, evidence and open proposal go to somebody with the role; the case stays."""
    if step.violations:
        turn.add(RefusedNow(step.violations))
    case.status, case.asked = "handed_off", None
    turn.add(HandedOff(case, step.role, step.text, {"order": case.order_number}))


def close(turn: Turn, case: Case, status: str) -> None:
    """The case is over; the order stays the topic."""
    case.status = status  # type: ignore[assignment]
    case.asked, case.options = None, []
    turn.drop(case)


def drop(turn: Turn, case: Case) -> None:
    """Staff want it no more; what it knew is kept until something else begins, for "actually, do it after all"."""
    turn.conversation.state["dropped"] = case.model_dump(mode="json")
    close(turn, case, "cancelled")
