"""Proposals and what became of them, as parts. Pure functions of facts; every rule is the domain's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup, escape

from agent.messages import CardRow
from agent.rendering.cards import TITLES, editable_fields, moves_of, rows_of
from domain.identity import Role, role_violation
from domain.orders.model import Order
from domain.orders.value import refundable_now
from domain.proposals.model import Proposal, ProposalKind, ProposalState
from domain.refunds.model import RefundStatus
from integrations.sidebar.facts import Facts
from integrations.sidebar.parts import DecidedPart, EditPart, MovePart, ProposalPart, ResultPart, Row
from integrations.sidebar.speech import Speech

NOTE_SECONDS = timedelta(seconds=60)
"""How long the page says that a note is being written."""

_DECIDED = {ProposalState.CONFIRMED, ProposalState.EXECUTED, ProposalState.FAILED}


def is_decided(proposal: Proposal) -> bool:
    """Whether somebody confirmed it."""
    return proposal.state in _DECIDED


def is_live(proposal: Proposal, facts: Facts) -> bool:
    """Whether it still waits for a button."""
    return proposal.state is ProposalState.OPEN and facts.now < proposal.expires_at


def rows(speech: Speech, given: list[CardRow]) -> list[Row]:
    """A card's rows, words translated where they have a translation."""
    found = [
        Row(_label(speech, row.label), speech.phrase(row.value) if _is_word(speech, row.value) else escape(row.value),
            row.soft, str(speech.word(row.tag) or row.tag) if row.tag else "")
        for row in given
    ]  # fmt: skip
    counted = re.compile(r"(\d+) pieces?")
    return [
        replace(row, value=speech.t("pieces", n=int(match[1])))
        if (match := counted.fullmatch(row.value))
        else row
        for row in found
    ]


def _label(speech: Speech, label: str) -> Markup:
    if label.startswith("to "):
        return speech.t("to_method", method=label[3:])
    if speech.word(label) is not None or label[:1].isdigit():
        return escape(speech.word(label) or label)
    return escape(label)


def _is_word(speech: Speech, value: str) -> bool:
    return speech.language != "en" and speech.word(value) is not None


def moves(speech: Speech, proposal: Proposal) -> list[MovePart]:
    """Accounts that change, before and after."""
    given = moves_of(proposal.preview, locale=speech.language)
    return [MovePart(speech.phrase(move.account), move.before, move.after) for move in given]


def title(speech: Speech, proposal: Proposal) -> Markup:
    """What kind of write it is."""
    return speech.phrase(TITLES[proposal.kind])


def headline(speech: Speech, proposal: Proposal) -> tuple[Markup, bool]:
    """The large words of a card, and whether they are an amount."""
    preview = proposal.preview
    if proposal.kind is ProposalKind.REFUND and preview.amount:
        return escape(speech.money(preview.amount, preview.currency)), True
    return speech.phrase(preview.headline or TITLES[proposal.kind]), False


def proposal_part(
    speech: Speech,
    facts: Facts,
    proposal: Proposal,
    *,
    difference: list[str],
    edit: EditPart | None = None,
    first: bool = True,
) -> ProposalPart:
    """A card that waits. Who may not press it is told why in the place of its buttons."""
    preview = proposal.preview
    large, is_amount = headline(speech, proposal)
    methods = ", ".join(dict.fromkeys(part.name for part in preview.split))
    refused = role_violation(facts.staff, Role.AGENT)
    is_own = proposal.created_by == facts.staff.id
    is_ours = proposal.id in facts.proposals
    fields = editable_fields(preview) if refused is None and is_ours else {}
    seconds = max(0, int((proposal.expires_at - facts.now).total_seconds()))
    return ProposalPart(
        id=proposal.id,
        sha256=proposal.sha256,
        title=title(speech, proposal),
        headline=large,
        is_amount=is_amount,
        to=" · ".join(part for part in (preview.customer, methods) if part),
        rows=rows(speech, rows_of(preview, speech.language)),
        moves=moves(speech, proposal),
        warnings=[
            speech.phrase(text) for text in preview.warnings if not (is_own and text == preview.second_person)
        ],
        difference=difference,
        button=_button(speech, proposal),
        footnote=_footnote(speech, facts, proposal),
        seconds=seconds,
        minutes=seconds // 60,
        can_press=refused is None,
        can_edit=bool(fields),
        why_not=speech.phrase(refused.message) if refused is not None else Markup(""),
        edit=edit or (EditPart(fields, fields) if fields else None),
        first=first,
    )


def _button(speech: Speech, proposal: Proposal) -> Markup:
    preview = proposal.preview
    if proposal.kind is ProposalKind.REFUND:
        return speech.t("refund_amount", amount=speech.money(preview.amount or 0, preview.currency))
    return title(speech, proposal)


def _footnote(speech: Speech, facts: Facts, proposal: Proposal) -> Markup:
    preview = proposal.preview
    if proposal.created_by != facts.staff.id:
        return speech.t("proposed_by", name=proposal.created_by_name)
    if proposal.kind is not ProposalKind.REFUND:
        return speech.t("nothing_sent")
    limit = speech.money(facts.staff.limit(preview.currency), preview.currency)
    return speech.t("above_limit" if preview.second_person else "within_limit", limit=limit)


def decided_part(speech: Speech, proposal: Proposal) -> DecidedPart:
    """A card that ran out, was withdrawn or overtaken."""
    large, _ = headline(speech, proposal)
    state = ProposalState.EXPIRED if proposal.state is ProposalState.OPEN else proposal.state
    text = speech.t(f"state_{state.value}", name=proposal.decided_by_name or "—")
    if state in (ProposalState.EXPIRED, ProposalState.STALE):
        return DecidedPart(state.value, large, text, "go ahead", speech.t("prepare_again"))
    return DecidedPart(state.value, large, text)


def outcome_of(proposal: Proposal, order: Order | None) -> str:
    """``done``, ``failed``, ``unknown`` or ``pending``, as it stands now."""
    refund = next((r for r in order.refunds if r.id == proposal.id), None) if order else None
    if refund is not None:
        return {
            RefundStatus.SUCCEEDED: "done",
            RefundStatus.FAILED: "failed",
            RefundStatus.UNKNOWN: "unknown",
            RefundStatus.PENDING: "pending",
        }[refund.status]
    return "failed" if proposal.state is ProposalState.FAILED else "done"


def result_part(speech: Speech, facts: Facts, proposal: Proposal) -> ResultPart:
    """What happened; "refunded" only where the provider said so."""
    preview, order = proposal.preview, facts.order
    outcome = outcome_of(proposal, order)
    is_refund = proposal.kind is ProposalKind.REFUND
    amount = speech.money(preview.amount or 0, preview.currency)
    lines = []
    if is_refund and order is not None and outcome == "done":
        lines.append(speech.t("refundable_now", amount=speech.money(refundable_now(order), order.currency)))
    if outcome in ("unknown", "pending"):
        lines.append(speech.t(f"{outcome}_hint"))
    failure = next((r.failure for r in order.refunds if r.id == proposal.id), "") if order else ""
    if outcome == "failed":
        lines.append(speech.t("failed_hint", reason=failure or proposal.failure or "—"))
    key = f"refund_{outcome}" if is_refund else f"write_{'done' if outcome == 'done' else 'failed'}"
    name = headline(speech, proposal)[0] if not is_refund else ""
    is_own = proposal.decided_by == facts.staff.id
    who = speech.t("you") if is_own else escape(proposal.decided_by_name)
    at = speech.clock(proposal.decided_at) if proposal.decided_at else ""
    note = _note_of(facts, proposal)
    return ResultPart(
        outcome=outcome,
        title=speech.t(key, amount=amount, customer=preview.customer, what=name),
        lines=lines,
        note=note,  # type: ignore[arg-type]
        note_url=facts.ticket.url if note == "written" else "",
        by=speech.t("by_at", name=who, at=at),
    )


def _note_of(facts: Facts, proposal: Proposal) -> str:
    """Whether it is noted in this ticket; a note that does not come is not waited for on the page."""
    note = facts.notes.get(proposal.id)
    if note is None or proposal.decided_at is None:
        return "none"
    if note:
        return "written"
    return "waiting" if facts.now - proposal.decided_at < NOTE_SECONDS else "none"
