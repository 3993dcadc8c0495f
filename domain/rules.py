"""Rule codes with their sentences, and the one shape every refusal takes.

A refusal names the field, the rule, the limit and the value, and changes nothing. All failures of one input are
reported at once: rules return :class:`Violation` objects, and :class:`Refused` carries them to the edge.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Rule(StrEnum):
    """Every rule the order page can refuse by. Codes are stable; sentences may be improved."""

    ORDER_NOT_FOUND = "order_not_found"
    PROPOSAL_NOT_FOUND = "proposal_not_found"
    JOB_NOT_FOUND = "job_not_found"
    NOT_AUTHORISED = "not_authorised"
    ACTION_UNAVAILABLE = "action_unavailable"
    FIELD_INVALID = "field_invalid"
    LINE_NOT_FOUND = "line_not_found"
    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    CURRENCY_MISMATCH = "currency_mismatch"
    AMOUNT_PRECISION = "amount_precision"
    REFUND_EXCEEDS_REMAINING = "refund_exceeds_remaining"
    AMOUNT_EXCEEDS_LINE = "amount_exceeds_line"
    QUANTITY_EXCEEDS_REFUNDABLE = "quantity_exceeds_refundable"
    SHIPPING_EXCEEDS_REMAINING = "shipping_exceeds_remaining"
    NOT_CAPTURED = "not_captured"
    PAYMENT_DISPUTED = "payment_disputed"
    REFUNDS_BLOCKED = "refunds_blocked"
    REASON_REQUIRED = "reason_required"
    NOTE_REQUIRED = "note_required"
    EVIDENCE_REQUIRED = "evidence_required"
    APPROVAL_REQUIRED = "approval_required"
    SELF_APPROVAL = "self_approval"
    INSUFFICIENT_BALANCE = "insufficient_balance"
    RETURN_NOT_FOUND = "return_not_found"
    RETURN_NOT_REQUESTED = "return_not_requested"
    NOT_RETURNABLE = "not_returnable"
    ALREADY_IN_RETURN = "already_in_return"
    WINDOW_CLOSED = "window_closed"
    RETURN_REASON_REQUIRED = "return_reason_required"
    FEE_NEGATIVE = "fee_negative"
    FEES_EXCEED_REFUNDABLE = "fees_exceed_refundable"
    CARRIER_REQUIRED = "carrier_required"
    TRACKING_INVALID = "tracking_invalid"
    LABEL_INVALID = "label_invalid"
    LABEL_UNSUPPORTED = "label_unsupported"
    LOGISTICS_REQUIRED = "logistics_required"
    EXPLANATION_REQUIRED = "explanation_required"
    COMMUNICATION_REQUIRED = "communication_required"
    RECEIVED_EXCEEDS_APPROVED = "received_exceeds_approved"
    ALREADY_RECEIVED = "already_received"
    SUPPLIER_AMOUNT_EXCEEDS_COST = "supplier_amount_exceeds_cost"
    SUPPLIER_NOTES_REQUIRED = "supplier_notes_required"
    SUPPLIER_REVIEW_OPEN = "supplier_review_open"
    SUPPLIER_REVIEW_NOT_FOUND = "supplier_review_not_found"
    SUPPLIER_RESULT_EXCEEDS_REQUEST = "supplier_result_exceeds_request"
    OPEN_PROPOSAL_EXISTS = "open_proposal_exists"
    PROPOSAL_DECIDED = "proposal_decided"
    PROPOSAL_EXPIRED = "proposal_expired"
    PROPOSAL_STALE = "proposal_stale"
    PROPOSAL_MISMATCH = "proposal_mismatch"


SENTENCES: dict[Rule, str] = {
    Rule.ORDER_NOT_FOUND: "No order {value} here.",
    Rule.PROPOSAL_NOT_FOUND: "No proposal {value} here.",
    Rule.JOB_NOT_FOUND: "No job {value} here; `desk jobs list` gives the numbers.",
    Rule.NOT_AUTHORISED: "This needs the role {limit}; yours is {value}.",
    Rule.ACTION_UNAVAILABLE: "Not available now: {value}.",
    Rule.FIELD_INVALID: "“{value}” does not fit {field}: {limit}.",
    Rule.LINE_NOT_FOUND: "The order has no line {value}.",
    Rule.AMOUNT_NOT_POSITIVE: "The amount must be above zero; {value} asked.",
    Rule.CURRENCY_MISMATCH: "The order was paid in {limit}, not in {value}.",
    Rule.AMOUNT_PRECISION: "{value} cannot be paid: {limit}.",
    Rule.REFUND_EXCEEDS_REMAINING: "{value} asked, {limit} left to refund.",
    Rule.AMOUNT_EXCEEDS_LINE: "{value} asked, {limit} is what these units can give back.",
    Rule.QUANTITY_EXCEEDS_REFUNDABLE: "{value} asked, {limit} can be refunded.",
    Rule.SHIPPING_EXCEEDS_REMAINING: "{value} of shipping asked, {limit} left of it.",
    Rule.NOT_CAPTURED: "Nothing has been captured on this order, so nothing can be refunded.",
    Rule.PAYMENT_DISPUTED: "The payment {value} is disputed: refunding it could pay the customer twice.",
    Rule.REFUNDS_BLOCKED: "Refunds are blocked for this {value}.",
    Rule.REASON_REQUIRED: "A reason is needed.",
    Rule.NOTE_REQUIRED: "The reason “other” needs a note.",
    Rule.EVIDENCE_REQUIRED: "A quality issue needs {limit} or a supervisor's waiver.",
    Rule.APPROVAL_REQUIRED: "{value} is above the limit of {limit}: a second person has to confirm.",
    Rule.SELF_APPROVAL: "You proposed this, so the second person cannot be you.",
    Rule.INSUFFICIENT_BALANCE: "The balance holds {limit}; {value} is needed.",
    Rule.RETURN_NOT_FOUND: "The order has no return {value}.",
    Rule.RETURN_NOT_REQUESTED: "Only a requested return can be decided; this one is {value}.",
    Rule.NOT_RETURNABLE: "{value} cannot be returned: {limit}.",
    Rule.ALREADY_IN_RETURN: "{value} asked, {limit} not in another return already.",
    Rule.WINDOW_CLOSED: "The return window of {limit} days is over ({value} days); a supervisor may override it.",
    Rule.RETURN_REASON_REQUIRED: "A return reason is needed.",
    Rule.FEE_NEGATIVE: "A fee cannot be negative; {value} asked.",
    Rule.FEES_EXCEED_REFUNDABLE: "Fees of {value} are more than the {limit} these units are worth.",
    Rule.CARRIER_REQUIRED: "A tracking number needs its carrier.",
    Rule.TRACKING_INVALID: "{value} is not a tracking number of {limit}.",
    Rule.LABEL_INVALID: "The label cannot be used: {value}; it takes {limit}.",
    Rule.LABEL_UNSUPPORTED: "No label can be generated: {value}.",
    Rule.LOGISTICS_REQUIRED: "This shop wants {limit} at approval.",
    Rule.EXPLANATION_REQUIRED: "The customer needs an explanation they can read.",
    Rule.COMMUNICATION_REQUIRED: "A rejection needs a record of what the customer was told.",
    Rule.RECEIVED_EXCEEDS_APPROVED: "{value} received, {limit} approved.",
    Rule.ALREADY_RECEIVED: "The return is {value} already.",
    Rule.SUPPLIER_AMOUNT_EXCEEDS_COST: "{value} asked, the cost was {limit}.",
    Rule.SUPPLIER_NOTES_REQUIRED: "The supplier needs notes.",
    Rule.SUPPLIER_REVIEW_OPEN: "A review of this line and kind is {value} already.",
    Rule.SUPPLIER_REVIEW_NOT_FOUND: "The order has no supplier review {value}.",
    Rule.SUPPLIER_RESULT_EXCEEDS_REQUEST: "{value} granted, {limit} was requested.",
    Rule.OPEN_PROPOSAL_EXISTS: "{value} has an open proposal on this order.",
    Rule.PROPOSAL_DECIDED: "Already {limit} by {value}.",
    Rule.PROPOSAL_EXPIRED: "The proposal expired at {limit}.",
    Rule.PROPOSAL_STALE: "Things changed since this was shown: {value}.",
    Rule.PROPOSAL_MISMATCH: "This is not the proposal you were shown.",
}


class Violation(BaseModel):
    """One broken rule. `limit` and `value` are texts as people read them (amounts with decimals)."""

    model_config = ConfigDict(frozen=True)

    code: Rule
    field: str = ""
    limit: str = ""
    value: str = ""
    message: str = ""


def broken(code: Rule, field: str = "", *, limit: object = "", value: object = "") -> Violation:
    """A violation with its sentence filled in."""
    sentence = SENTENCES[code].format(field=field or "this", limit=limit, value=value)
    return Violation(code=code, field=field, limit=str(limit), value=str(value), message=sentence)


class Refused(Exception):
    """The input broke these rules; nothing was changed."""

    def __init__(self, *violations: Violation) -> None:
        if not violations:
            raise ValueError("a refusal names at least one rule")
        super().__init__("; ".join(f"{v.code}: {v.message}" for v in violations))
        self.violations = list(violations)

    @property
    def codes(self) -> list[str]:
        """The codes, in the order found."""
        return [v.code.value for v in self.violations]


def refuse_if(violations: Iterable[Violation | None]) -> None:
    """Raise Refused with every violation found, if there is one."""
    found = [v for v in violations if v is not None]
    if found:
        raise Refused(*found)
