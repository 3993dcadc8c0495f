"""Orders as they were before a conversation: what it did, and what others did meanwhile, is taken off again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.money import format_minor
from domain.orders.model import Fulfilment, Order
from domain.proposals.model import ProposalKind, ProposalState
from domain.refunds.model import Refund
from domain.returns.model import Return
from domain.supplier_reviews.model import SupplierReview
from evals.recording.disguise import Disguise
from evals.recording.source import Recorded

BEFORE = {
    ProposalKind.APPROVE_RETURN: "requested",
    ProposalKind.REJECT_RETURN: "requested",
    ProposalKind.RECEIVE_RETURN: "approved",
    ProposalKind.EDIT_RETURN: "approved",
    ProposalKind.CANCEL_RETURN: "approved",
    ProposalKind.CLOSE_RETURN: "received",
    ProposalKind.REFUND: "received",
}
"""What a return was before the first write of this kind."""
DONE = (ProposalState.CONFIRMED, ProposalState.EXECUTED, ProposalState.FAILED)


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A write of somebody else's during the conversation."""

    at: datetime
    turn: dict[str, Any]


class Before:
    """The orders of a recorded conversation, at its beginning."""

    def __init__(self, found: Recorded, disguise: Disguise) -> None:
        self._found, self._disguise, self._began = found, disguise, found.began
        self._own = {proposal.id for proposal in found.proposals}
        self._done = [proposal for proposal in found.proposals if proposal.state in DONE]

    def orders(self) -> list[dict[str, Any]]:
        """As a case has them."""
        return [self._order(order) for order in self._found.orders]

    def meanwhile(self) -> list[Meanwhile]:
        """What others wrote, in the order of time."""
        return sorted(self._others(), key=lambda write: write.at)

    def _others(self) -> Iterator[Meanwhile]:
        for order in self._found.orders:
            number = self._disguise.text(order.number)
            for refund in order.refunds:
                if refund.created_at >= self._began and refund.id not in self._own:
                    yield self._write(refund.created_at, number, {"refund": self._refund(order, refund)})
            for ret in order.returns:
                at = ret.requested_at
                if at is not None and at >= self._began and ret.initiated_by == "customer":
                    told = {**self._return(order, ret), "status": "requested"}
                    yield self._write(at, number, {"return": told})

    def _write(self, at: datetime, number: str, change: dict[str, Any]) -> Meanwhile:
        return Meanwhile(at, {"event": "order_changed", "order": number, "change": change})

    def _order(self, order: Order) -> dict[str, Any]:
        told: dict[str, Any] = {
            "number": self._disguise.text(order.number),
            "customer": self._disguise.text(order.customer.name),
            "currency": order.currency,
            "placed_days_ago": round((self._began - order.placed_at).total_seconds() / 86400, 4),
            "payments": [self._payment(order, at) for at in range(len(order.payments))],
            "lines": [self._line(order, at) for at in range(len(order.lines))],
        }
        for name, amount in (("shipping", order.shipping), ("order_discount", order.order_discount)):
            if amount:
                told[name] = format_minor(amount, order.currency)
        if order.note:
            told["note"] = self._disguise.text(order.note)
        parts = {
            "prior_refunds": [self._refund(order, r) for r in order.refunds if r.created_at < self._began],
            "returns": [self._return(order, r) for r in order.returns if self._was_there(r)],
            "supplier_reviews": [
                self._review(order, r) for r in order.supplier_reviews if r.timeline[0].at < self._began
            ],
            "communication_log": [
                {"channel": e.channel, "direction": e.direction, "text": self._disguise.text(e.text)}
                for e in order.communication_log
                if e.at < self._began
            ],
        }
        return {**told, **{name: part for name, part in parts.items() if part}}

    def _payment(self, order: Order, at: int) -> dict[str, Any]:
        payment = order.payments[at]
        told = {
            "method": self._disguise.text(payment.method),
            "captured": format_minor(payment.captured, order.currency),
            "settlement": "settled" if payment.settles_at <= self._began else "unsettled",
        }
        if payment.authorised != payment.captured:
            told["authorised"] = format_minor(payment.authorised, order.currency)
        return {**told, **({"dispute": payment.dispute.value} if payment.dispute != "none" else {})}

    def _line(self, order: Order, at: int) -> dict[str, Any]:
        line = order.lines[at]
        cancelled = any(
            part.line == line.id and part.cancelled
            for refund in order.refunds
            if refund.id in self._own
            for part in refund.lines
        )
        state = (
            Fulfilment.UNFULFILLED
            if cancelled and line.fulfilment is Fulfilment.CANCELLED
            else line.fulfilment
        )
        told: dict[str, Any] = {
            "sku": line.sku,
            "title": line.title,
            "qty": line.quantity,
            "unit_price": format_minor(line.unit_price, order.currency),
            "source": line.source.value,
            "fulfilment": state.value,
        }
        for name in ("discount", "tax", "supplier_cost"):
            if amount := getattr(line, name):
                told[name] = format_minor(amount, order.currency)
        if line.final_sale:
            told["final_sale"] = True
        if line.carrier:
            told["carrier"] = line.carrier
        return {**told, **({"tracking": self._disguise.text(line.tracking)} if line.tracking else {})}

    def _refund(self, order: Order, refund: Refund) -> dict[str, Any]:
        lines = [
            {
                "sku": order.line(part.line).sku,
                "qty": part.quantity,
                "amount": format_minor(part.amount, order.currency),
            }
            for part in refund.lines
        ]
        return {
            "amount": format_minor(refund.amount, order.currency),
            "status": refund.status.value,
            "lines": lines,
            "reason": refund.reason.value,
            "note": self._disguise.text(refund.note),
        }

    def _was_there(self, ret: Return) -> bool:
        return bool(ret.history) and ret.history[0].at < self._began

    def _return(self, order: Order, ret: Return) -> dict[str, Any]:
        moved = [p.kind for p in self._done if ret.id in (p.preview.return_id, p.preview.settles_return)]
        status = BEFORE[moved[0]] if moved else ret.status.value
        told: dict[str, Any] = {
            "id": ret.id,
            "initiated_by": ret.initiated_by,
            "status": status,
            "lines": [{"sku": order.line(e.line).sku, "qty": e.quantity} for e in ret.lines],
        }
        if ret.reason is not None and (status != "requested" or not moved):
            told["reason"] = ret.reason.value
        if status == "requested":
            return told
        fees = {"return_fee": ret.return_fee, "restocking_fee": sum(e.restocking_fee for e in ret.lines)}
        told |= {name: format_minor(fee, order.currency) for name, fee in fees.items() if fee}
        if ret.carrier:
            told |= {"carrier": ret.carrier, "tracking": self._disguise.text(ret.tracking)}
        looked = [e for e in ret.lines if e.inspection is not None]
        if looked and status in ("received", "closed"):
            told["inspection"] = [
                {"sku": order.line(e.line).sku, **(e.inspection.model_dump() if e.inspection else {})}
                for e in looked
            ]
        return told

    def _review(self, order: Order, review: SupplierReview) -> dict[str, Any]:
        moved = any(p.preview.review_id == review.id for p in self._done)
        told: dict[str, Any] = {
            "id": review.id,
            "lines": [order.line(line).sku for line in review.lines],
            "kind": review.kind.value,
            "requested": format_minor(review.requested, order.currency),
            "status": "requested" if moved else review.status.value,
            "notes": self._disguise.text(review.notes),
        }
        if review.refunded and not moved:
            told["refunded"] = format_minor(review.refunded, order.currency)
        return told
