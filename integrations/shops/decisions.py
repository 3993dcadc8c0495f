"""What is written back to a shop, from what stands on the order: refunds, returns, rejections, tracking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.money import format_minor
from domain.orders.model import Order
from domain.ports import Job, UnitOfWork
from domain.proposals.model import Proposal, ProposalKind
from domain.refunds.model import Refund, RefundStatus
from domain.returns.model import Return
from integrations.shops.port import WriteBack

REFUND_FAILED = "refund_failed"
"""A refund that had succeeded was reversed by the provider."""
_REFUND_ENDS = {"succeeded": ProposalKind.REFUND.value, "failed": REFUND_FAILED}


def decision_of(uow: UnitOfWork, job: Job) -> WriteBack | None:
    """What this `notify` job means for the shop; None where it is nothing of the shop's business."""
    order = uow.orders.get(job.payload["order_id"])
    if order is None:
        return None
    event = job.payload["event"]
    if job.payload["subject"].startswith("refund:"):
        return _refund(uow, order, job.payload["refund_id"], event)
    if event != "executed":
        return None
    proposal = uow.proposals.get(job.payload["proposal_id"])
    return _write(uow, order, proposal) if proposal is not None else None


def _refund(uow: UnitOfWork, order: Order, refund_id: str, event: str) -> WriteBack | None:
    refund = next((each for each in order.refunds if each.id == refund_id), None)
    kind = _REFUND_ENDS.get(event)
    if refund is None or kind is None or (refund.status is RefundStatus.FAILED) != (event == "failed"):
        return None
    key = refund.id if event == "succeeded" else f"{refund.id}:failed"
    return WriteBack(key, kind, order.number, order.currency, uow.now, refund_facts(order, refund))


def refund_facts(order: Order, refund: Refund) -> dict[str, Any]:
    """A refund as a shop reads it; units by SKU."""
    money = _money(order)
    lines = [
        {
            "sku": order.line(part.line).sku,
            "quantity": part.quantity,
            "amount": money(part.amount),
            "tax": money(part.tax),
            "cancelled": part.cancelled,
        }
        for part in refund.lines
    ]
    split = [
        {
            "method": part.method,
            "payment": order.payment(part.payment).provider_ref,
            "amount": money(part.amount),
        }
        for part in refund.allocations
    ]
    return {
        "refund": refund.id,
        "amount": money(refund.amount),
        "shipping": money(refund.shipping),
        "tax": money(refund.tax),
        "reason": refund.reason.value,
        "note": refund.note,
        "lines": lines,
        "split": split,
        "settles_return": refund.settles_return,
        "failure": refund.failure,
    }


def _write(uow: UnitOfWork, order: Order, proposal: Proposal) -> WriteBack | None:
    if proposal.kind is ProposalKind.REFUND or "return" not in proposal.kind.value:
        return None  # a refund is told by its own end; supplier reviews are between merchant and supplier
    return_id = proposal.preview.return_id or str(proposal.payload.get("return_id") or "")
    ret = order.find_return(return_id)
    if ret is None:
        return None
    facts = return_facts(order, ret)
    return WriteBack(proposal.id, proposal.kind.value, order.number, order.currency, uow.now, facts)


def return_facts(order: Order, ret: Return) -> dict[str, Any]:
    """A return as a shop reads it; units by SKU."""
    money = _money(order)
    lines = [
        {
            "sku": order.line(part.line).sku,
            "quantity": part.quantity,
            "restocking_fee": money(part.restocking_fee),
            **({"inspection": part.inspection.model_dump()} if part.inspection else {}),
        }
        for part in ret.lines
    ]
    return {
        "return": ret.id,
        "request_id": ret.request_id,
        "initiated_by": ret.initiated_by,
        "status": ret.status.value,
        "reason": ret.reason.value if ret.reason else None,
        "reject_reason": ret.reject_reason.value if ret.reject_reason else None,
        "explanation": ret.explanation,
        "return_fee": money(ret.return_fee),
        "carrier": ret.carrier,
        "tracking": ret.tracking,
        "lines": lines,
    }


def _money(order: Order) -> Callable[[int], str]:
    return lambda minor: format_minor(minor, order.currency)
