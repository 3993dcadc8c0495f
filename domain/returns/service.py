"""Customers' return requests coming in, and labels arriving after the commit. One call, one transaction."""

from __future__ import annotations

import hashlib
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from domain.identity import SYSTEM
from domain.orders.model import Claim, Evidence, EvidenceKind, Order
from domain.orders.service import standing_claim
from domain.orders.value import line_state
from domain.ports import AuditEvent, UnitOfWork
from domain.reasons import RefundReason
from domain.returns.labels import LabelOrder, LabelPrinter
from domain.returns.lifecycle import note
from domain.returns.model import Label, Return, ReturnLine, ReturnStatus
from domain.returns.payloads import Units
from domain.returns.policy import merged_units
from domain.rules import Refused, Rule, Violation, broken, refuse_if


class ReturnRequest(BaseModel):
    """What a customer asked for, as it arrives from outside (import, API, webhook)."""

    model_config = ConfigDict(extra="forbid")

    request_id: str = Field(min_length=1)
    """The sender's own name for the request: the same one twice is one return."""
    lines: list[Units] = Field(min_length=1)
    reason: RefundReason | None = None
    customer_reason: str = ""
    """The reason as the customer's form names it."""
    words: str = ""
    photos: list[str] = Field(default_factory=list)
    """SHA-256 of stored files."""
    wished_outcome: str = ""
    requested_at: datetime | None = None


def request_return(uow: UnitOfWork, order_id: str, request: ReturnRequest) -> Return:
    """Put the request on the order; staff decide it later. Whether goods may come back is decided at approval.

    The customer's files become evidence, a quality reason becomes a claim, and the customer's words a description.
    Raises Refused: order_not_found, line_not_found, quantity_exceeds_refundable, already_in_return, field_invalid.
    """
    order = uow.orders.get(order_id)
    if order is None:
        raise Refused(broken(Rule.ORDER_NOT_FOUND, "order", value=order_id))
    known = next((ret for ret in order.returns if ret.request_id == request.request_id), None)
    if known is not None:
        return known
    units = merged_units(request.lines)
    refuse_if([*_unit_violations(order, units), *_file_violations(uow, order, request.photos)])
    ret = Return(
        id=uow.ids.new("ret"),
        initiated_by="customer",
        status=ReturnStatus.REQUESTED,
        lines=[ReturnLine(line=u.line, quantity=u.quantity, reason=u.reason) for u in units],
        reason=request.reason,
        customer_reason=request.customer_reason,
        customer_words=request.words,
        customer_files=list(dict.fromkeys(request.photos)),
        wished_outcome=request.wished_outcome,
        requested_at=request.requested_at or uow.now,
        request_id=request.request_id,
    )
    order.returns.append(ret)
    note(ret, uow.now, order.customer.name, "requested by the customer")
    _take_evidence(uow, order, request, [u.line for u in units])
    _take_claims(uow, order, request, units)
    uow.orders.save(order)
    data = {"order": order.number, "request_id": request.request_id}
    uow.audit.append(AuditEvent("return.requested", ret.id, SYSTEM, uow.now, data))
    return ret


def _unit_violations(order: Order, units: list[Units]) -> list[Violation]:
    """Units must exist, not be refunded, and be outside other returns."""
    lines = {line.id: line for line in order.lines}
    found: list[Violation] = []
    for entry in units:
        if entry.line not in lines:
            found.append(broken(Rule.LINE_NOT_FOUND, "line", value=entry.line))
            continue
        state = line_state(order, lines[entry.line])
        if entry.quantity <= state.refundable_quantity:
            continue
        within = entry.quantity <= state.purchased - state.refunded
        code = Rule.ALREADY_IN_RETURN if within else Rule.QUANTITY_EXCEEDS_REFUNDABLE
        found.append(broken(code, "quantity", limit=state.refundable_quantity, value=entry.quantity))
    return found


def _file_violations(uow: UnitOfWork, order: Order, photos: list[str]) -> list[Violation]:
    held = {item.sha256 for item in order.evidence}
    return [
        broken(Rule.FIELD_INVALID, "photos", limit="a stored file", value=sha256[:12])
        for sha256 in photos
        if sha256 not in held and uow.files.get(sha256) is None
    ]


def _take_evidence(uow: UnitOfWork, order: Order, request: ReturnRequest, lines: list[str]) -> None:
    """The customer's files, and their own words where they speak of a quality issue."""
    held = {item.sha256 for item in order.evidence}
    for sha256 in dict.fromkeys(request.photos):
        stored = uow.files.get(sha256)
        if sha256 in held or stored is None:
            continue
        _, media_type, name = stored
        order.evidence.append(
            Evidence(
                sha256=sha256,
                kind=kind_of(media_type),
                name=name,
                media_type=media_type,
                lines=lines,
                added_by=SYSTEM,
                added_at=uow.now,
            )
        )
    if not request.words.strip() or not _quality_reasons(request, request.lines):
        return
    sha256 = hashlib.sha256(request.words.encode()).hexdigest()
    if sha256 not in held:
        words = Evidence(
            sha256=sha256,
            kind=EvidenceKind.DESCRIPTION,
            text=request.words,
            lines=lines,
            added_by=SYSTEM,
            added_at=uow.now,
        )
        order.evidence.append(words)


def kind_of(media_type: str) -> EvidenceKind:
    """What a stored file can be evidence as."""
    family = media_type.partition("/")[0].lower()
    return {"image": EvidenceKind.PHOTO, "video": EvidenceKind.VIDEO}.get(family, EvidenceKind.DOCUMENT)


def _quality_reasons(request: ReturnRequest, units: list[Units]) -> dict[RefundReason, list[str]]:
    """Line ids by quality reason; a line's own reason goes before the request's."""
    found: dict[RefundReason, list[str]] = {}
    for entry in units:
        reason = entry.reason or request.reason
        if reason is not None and reason.is_quality and entry.line not in found.get(reason, []):
            found.setdefault(reason, []).append(entry.line)
    return found


def _take_claims(uow: UnitOfWork, order: Order, request: ReturnRequest, units: list[Units]) -> None:
    for reason, lines in _quality_reasons(request, units).items():
        if standing_claim(order, reason, lines) is None:
            order.claims.append(
                Claim(
                    reason=reason,
                    lines=lines,
                    source="customer",
                    quote=request.words,
                    made_by=order.customer.name,
                    made_at=uow.now,
                )
            )


def print_label(uow: UnitOfWork, printer: LabelPrinter, order_id: str, return_id: str) -> Return | None:
    """Have the carrier draw a label that was asked for, and keep it with the return; the work of `generate_label`.

    Repeating it changes nothing, nor does a return that has ended. A number the carrier issues becomes the
    return's. None where there is no such return.
    """
    order = uow.orders.get(order_id)
    ret = order.find_return(return_id) if order is not None else None
    if order is None or ret is None or not ret.label_requested or not ret.is_open:
        return ret
    asked = LabelOrder(
        carrier=ret.carrier,
        tracking=ret.tracking,
        return_id=ret.id,
        order_number=order.number,
        sender_name=order.customer.name,
        sender_address=order.address,
        recipient_name=uow.merchant.name,
    )
    printed = printer.print(asked)
    name = f"label-{ret.id}.pdf"
    sha256 = uow.files.put(printed.content, printed.media_type, name)
    ret.label = Label(origin="generated", sha256=sha256, media_type=printed.media_type, name=name)
    ret.tracking, ret.label_requested = printed.tracking, False
    note(ret, uow.now, SYSTEM, f"label generated by {ret.carrier}")
    uow.orders.save(order, bump=False)
    uow.audit.append(AuditEvent("return.label", ret.id, SYSTEM, uow.now, {"sha256": sha256}))
    return ret
