"""The internal note of a ticket: what became of a proposal, for colleagues who only see the helpdesk. Pure functions.

What people wrote (names, titles, a provider's words) is cleaned and cut, and no sentence of it promises anything. The
helpdesk's adapter escapes the text for its own format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agent.messages import TextBlock
from agent.rendering.cards import TITLES
from agent.texts.drafts import plain
from agent.texts.promises import lint, violations_of_promises
from agent.texts.prompts import fill
from agent.texts.wording import money
from domain.proposals.model import Preview, Proposal, ProposalKind, ProposalState
from domain.reasons import RefundReason, RejectReason
from domain.refunds.model import Refund, RefundStatus

MOST_ITEMS = 6

_TAGS = {
    ProposalKind.CREATE_RETURN: "return-opened",
    ProposalKind.APPROVE_RETURN: "return-approved",
    ProposalKind.REJECT_RETURN: "return-rejected",
    ProposalKind.RECEIVE_RETURN: "return-received",
    ProposalKind.CANCEL_RETURN: "return-cancelled",
    ProposalKind.CLOSE_RETURN: "return-closed",
    ProposalKind.REQUEST_SUPPLIER_REVIEW: "supplier-review",
}


@dataclass(frozen=True, slots=True)
class InternalNote:
    """`state` is a word for where things stand (``done``, ``failed`` …); `text` is plain."""

    state: str
    text: str


def internal_note(
    proposal: Proposal,
    refund: Refund | None,
    names: Mapping[str, str],
    *,
    stuck: bool = False,
    before: str = "",
) -> InternalNote | None:
    """The note as things are now; None where nothing has come of it yet.

    `names` are the staff's by id; `stuck`: no attempt can finish the refund; `before`: the state the ticket was told.
    """
    key, values = _headline(proposal, refund, stuck=stuck, before=before)
    if not key:
        return None
    preview = proposal.preview
    lines = [_say(key, **values)]
    items = [
        f"{line.quantity or 1} × {_given(line.title, 60, 'an item')}" for line in preview.lines[:MOST_ITEMS]
    ]
    if items:
        more = len(preview.lines) - MOST_ITEMS
        lines.append(_say("items", items=", ".join(items) + (f" and {more} more" if more > 0 else "")))
    if reason := _reason(preview):
        lines.append(_say("reason", reason=reason))
    lines.append(_people(proposal, names))
    return InternalNote(key.rpartition("_")[2], "\n".join(_linted(line) for line in lines if line))


def _given(text: str, longest: int, instead: str) -> str:
    """What somebody wrote, cleaned and cut; `instead` where nothing is left, or where it would promise something."""
    tidy = plain(text, longest)
    return instead if not tidy or violations_of_promises(f"{tidy}.") else tidy


def _linted(line: str) -> str:
    block = lint(TextBlock(text=line))
    return block.text if isinstance(block, TextBlock) else ""


def tags_for(proposal: Proposal, refund: Refund | None) -> list[str]:
    """Tags that say what was done; none before it is."""
    if proposal.kind is ProposalKind.REFUND:
        return ["desk-refunded"] if refund is not None and refund.status is RefundStatus.SUCCEEDED else []
    done = proposal.state is ProposalState.EXECUTED and proposal.kind in _TAGS
    return [f"desk-{_TAGS[proposal.kind]}"] if done else []


def _headline(
    proposal: Proposal, refund: Refund | None, *, stuck: bool, before: str
) -> tuple[str, dict[str, str]]:
    preview = proposal.preview
    order = plain(proposal.order_number, 40)
    no_reason = _say("no_reason")
    if proposal.kind is not ProposalKind.REFUND:
        values = {
            "title": TITLES[proposal.kind],
            "order": order,
            "headline": _sentence(_given(preview.headline, 200, TITLES[proposal.kind])),
            "reason": _sentence(_given(proposal.failure, 200, no_reason)),
        }
        keys = {ProposalState.EXECUTED: "write_done", ProposalState.FAILED: "write_failed"}
        return keys.get(proposal.state, ""), values
    if refund is None:
        return "", {}
    methods = ", ".join(dict.fromkeys(_given(part.method, 40, "the payment") for part in refund.allocations))
    values = {
        "amount": money(refund.amount, preview.currency),
        "order": order,
        "customer": _given(preview.customer, 60, "the customer"),
        "methods": f" ({methods})" if methods else "",
        "reason": _given(refund.failure, 200, no_reason).rstrip("."),
    }
    return _refund_key(refund, stuck=stuck, before=before), values


def _refund_key(refund: Refund, *, stuck: bool, before: str) -> str:
    if refund.status is RefundStatus.FAILED:
        return "refund_reversed" if before in ("done", "reversed") else "refund_failed"
    if refund.status is RefundStatus.SUCCEEDED:
        return "refund_done"
    if stuck:
        return "refund_stuck"
    return "refund_unknown" if refund.status is RefundStatus.UNKNOWN else ""


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?…" else f"{text}."


def _reason(preview: Preview) -> str:
    if preview.reason is None:
        return ""
    if preview.kind is ProposalKind.REJECT_RETURN:
        return RejectReason(preview.reason).label
    return (
        RefundReason(preview.reason).label
        if preview.reason in set(RefundReason)
        else _given(preview.reason, 60, "")
    )


def _people(proposal: Proposal, names: Mapping[str, str]) -> str:
    proposed = _given(proposal.created_by_name or names.get(proposal.created_by, ""), 60, "")
    confirmed = _given(names.get(proposal.confirmed_by or "", "") or proposal.decided_by_name, 60, "")
    if not confirmed:
        return ""
    if proposal.confirmed_by == proposal.created_by or not proposed:
        return _say("same_person", confirmed=confirmed)
    return _say("people", proposed=proposed, confirmed=confirmed)


def _say(key: str, **values: str) -> str:
    return fill("notes.yaml", key, values)
