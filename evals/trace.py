"""What a replay tells: plain JSON, one object a case.

Proposals, refunds, returns and balances are told from the database after the turn, never from cards. Amounts are
decimal strings of the order's currency; lines are named by SKU; fields that do not apply are left out.
"""

from __future__ import annotations

from typing import Any

from agent.messages import DraftBlock, HandoffBlock, QuestionBlock, RefusedBlock, Reply
from agent.rendering.plain import as_text
from domain.money import format_minor
from domain.orders.model import Order
from domain.proposals.model import Part, Preview, Proposal, ProposalKind
from domain.rules import Violation
from evals.snapshot import Snapshot

ASKED_AS = {
    "reject_reason": "reason",
    "verdict": "decision",
    "item": "line",
    "shipping": "amount",
    "return_cost": "amount",
    "return_id": "clarify",
    "review_id": "clarify",
    "payment": "clarify",
}
"""Questions under the names cases know; all others keep theirs. An offer (no slot) asks for nothing."""

MONEY_KINDS = {
    ProposalKind.REFUND,
    ProposalKind.CREATE_RETURN,
    ProposalKind.APPROVE_RETURN,
    ProposalKind.RECEIVE_RETURN,
}
"""Kinds whose lines carry amounts."""


def turn_trace(given: dict[str, Any]) -> dict[str, Any]:
    """A turn in which nothing was said yet."""
    return {
        "input": given,
        "commands": [],
        "replies": [],
        "asked": [],
        "options": [],
        "proposals": [],
        "refused": [],
        "drafts": [],
        "handoff": None,
        "tools": [],
    }


def add_reply(trace: dict[str, Any], reply: Reply) -> None:
    """What the desk answered."""
    trace["tools"] = [tool.model_dump() for tool in reply.tools]
    for block in reply.blocks:
        trace["replies"].append(as_text(block))
        if isinstance(block, QuestionBlock):
            if block.slot:
                trace["asked"].append(ASKED_AS.get(block.slot, block.slot))
            trace["options"] += [option.label for option in block.options if not option.disabled]
        elif isinstance(block, RefusedBlock):
            trace["refused"] += refused(block.violations)
        elif isinstance(block, DraftBlock):
            trace["drafts"].append(block.text)
        elif isinstance(block, HandoffBlock):
            trace["handoff"] = block.role


def refused(violations: list[Violation]) -> list[dict[str, str]]:
    """Broken rules as the trace has them."""
    return [
        {"code": v.code.value, "field": v.field, "limit": v.limit, "value": v.value, "message": v.message}
        for v in violations
    ]


def command_trace(command: dict[str, Any], order: Order | None) -> dict[str, Any]:
    """A command; lines are named by the SKUs of `order`, which is the one it is about."""
    skus = {line.id: line.sku for line in order.lines} if order else {}
    slots = {name: _named(name, slot["value"], skus) for name, slot in command["slots"].items()}
    return {"name": command["name"], "slots": slots, "confidence": command["confidence"]}


def _named(slot: str, value: Any, skus: dict[str, str]) -> Any:
    """A slot's value with SKUs for line ids."""
    if slot in ("line", "inspection") and isinstance(value, list):
        return [_by_sku(entry, skus) if isinstance(entry, dict) else entry for entry in value]
    if slot == "item" and isinstance(value, dict):
        return {**value, "candidates": [skus.get(line, line) for line in value.get("candidates") or []]}
    return value


def _by_sku(entry: dict[str, Any], skus: dict[str, str]) -> dict[str, Any]:
    line = entry.get("line")
    rest = {name: value for name, value in entry.items() if name not in ("line", "all") and value is not None}
    return {**({"sku": skus.get(line, line)} if line is not None else {}), **rest}


def proposal_trace(proposal: Proposal) -> dict[str, Any]:
    """A proposal as it stands."""
    preview = proposal.preview
    told: dict[str, Any] = {
        "id": proposal.id,
        "kind": proposal.kind.value,
        "order": proposal.order_number,
        "lines": _lines(proposal),
    }
    if preview.amount is not None:
        told |= {"amount": format_minor(preview.amount, preview.currency), "currency": preview.currency}
    if proposal.kind is ProposalKind.REFUND:
        told |= _refund_parts(preview)
    told |= _terms(preview)
    told |= {"state": proposal.state.value}
    if proposal.supersedes:
        told["supersedes"] = proposal.supersedes
    return told


def _lines(proposal: Proposal) -> list[dict[str, Any]]:
    preview = proposal.preview
    lines: list[dict[str, Any]] = []
    for line in preview.lines:
        entry: dict[str, Any] = {"sku": line.sku, "qty": line.quantity}
        if proposal.kind in MONEY_KINDS:
            entry["amount"] = format_minor(line.amount, preview.currency)
        lines.append(entry)
    return lines


def _refund_parts(preview: Preview) -> dict[str, Any]:
    currency = preview.currency

    def named(parts: list[Part], name: str) -> list[dict[str, str]]:
        sums: dict[tuple[str, str | None], int] = {}
        for part in parts:
            key = (part.name, part.ref if name == "method" else None)
            sums[key] = sums.get(key, 0) + part.amount
        return [{name: key[0], "amount": format_minor(amount, currency)} for key, amount in sums.items()]

    return {
        "shipping": format_minor(preview.shipping, currency),
        "tax": format_minor(preview.tax or 0, currency),
        "evidence": preview.evidence,
        "split": named(preview.split, "method"),
        "funding": named(preview.funding, "account"),
    }


def _terms(preview: Preview) -> dict[str, Any]:
    """What only some proposals have; what is empty does not apply."""
    currency = preview.currency
    after = preview.amount_after_fees
    found = {
        "reason": preview.reason,
        "note": preview.note or preview.explanation,
        "evidence": preview.evidence,
        "fees": {name: format_minor(fee, currency) for name, fee in preview.fees.items()},
        "amount_after_fees": None if after is None else format_minor(after, currency),
        "carrier": preview.carrier,
        "tracking": preview.tracking,
        "label": preview.label,
        "settles_return": preview.settles_return,
        "review_kind": preview.review_kind,
    }
    return {name: value for name, value in found.items() if value}


def balances_moved(start: Snapshot, end: Snapshot, currency: str) -> dict[str, str]:
    """End minus start, by account."""
    before, after = start.balances.get(currency, {}), end.balances.get(currency, {})
    return {name: format_minor(held - before.get(name, 0), currency) for name, held in after.items()}


def by_state(proposals: list[Proposal]) -> dict[str, int]:
    """How many proposals stand where."""
    counts: dict[str, int] = {}
    for proposal in proposals:
        counts[proposal.state.value] = counts.get(proposal.state.value, 0) + 1
    return dict(sorted(counts.items()))
