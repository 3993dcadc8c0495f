"""A proposal: what would be done, hashed, and what became of it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from domain.rules import Violation


class ProposalKind(StrEnum):
    """Every write staff can make."""

    REFUND = "refund"
    CREATE_RETURN = "create_return"
    APPROVE_RETURN = "approve_return"
    REJECT_RETURN = "reject_return"
    EDIT_RETURN = "edit_return"
    RECEIVE_RETURN = "receive_return"
    CANCEL_RETURN = "cancel_return"
    CLOSE_RETURN = "close_return"
    REQUEST_SUPPLIER_REVIEW = "request_supplier_review"
    CANCEL_SUPPLIER_REVIEW = "cancel_supplier_review"
    SUPPLIER_VERDICT = "supplier_verdict"


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    EXECUTED = "executed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    STALE = "stale"


PROPOSAL: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.OPEN: frozenset(
        {
            ProposalState.CONFIRMED,
            ProposalState.CANCELLED,
            ProposalState.SUPERSEDED,
            ProposalState.EXPIRED,
            ProposalState.STALE,
        }
    ),
    ProposalState.CONFIRMED: frozenset({ProposalState.EXECUTED, ProposalState.FAILED}),
    ProposalState.EXECUTED: frozenset({ProposalState.FAILED}),
    ProposalState.FAILED: frozenset(),
    ProposalState.CANCELLED: frozenset(),
    ProposalState.SUPERSEDED: frozenset(),
    ProposalState.EXPIRED: frozenset(),
    ProposalState.STALE: frozenset(),
}
"""`executed → failed` only when the provider takes a refund back later."""


class PreviewLine(BaseModel):
    """Units of a line as the card shows them."""

    line: str
    sku: str
    title: str
    quantity: int
    amount: int = 0
    source: str = "own"


class Part(BaseModel):
    """A named amount: of a payment, or of an account."""

    name: str
    amount: int
    ref: str | None = None


class Preview(BaseModel):
    """Exactly what will happen. Amounts are minor units of `currency`."""

    kind: ProposalKind
    order: str
    customer: str
    currency: str
    headline: str = ""
    lines: list[PreviewLine] = Field(default_factory=list)
    amount: int | None = None
    amount_after_fees: int | None = None
    shipping: int = 0
    tax: int | None = None
    reason: str | None = None
    note: str = ""
    evidence: list[str] = Field(default_factory=list)
    waived_by: str | None = None
    fees: dict[str, int] = Field(default_factory=dict)
    carrier: str = ""
    tracking: str = ""
    label: bool = False
    return_id: str | None = None
    settles_return: str | None = None
    review_id: str | None = None
    review_kind: str | None = None
    explanation: str = ""
    facts: dict[str, str] = Field(default_factory=dict)
    """Further rows for the card, already in words: label to value."""
    split: list[Part] = Field(default_factory=list)
    funding: list[Part] = Field(default_factory=list)
    balances_before: dict[str, int] = Field(default_factory=dict)
    balances_after: dict[str, int] = Field(default_factory=dict)
    cancelled_units: int = 0
    warnings: list[str] = Field(default_factory=list)
    second_person: str = ""
    """Why somebody else than the proposer has to confirm it; one of `warnings`. Empty where nobody has to."""
    offers: list[str] = Field(default_factory=list)

    def money_facts(self) -> dict[str, Any]:
        """What must still be the same when it is confirmed."""
        return self.model_dump(mode="json", include={"amount", "shipping", "tax", "split", "funding", "fees"})


class Proposal(BaseModel):
    """A write that waits for a person's decision."""

    id: str
    merchant_id: str
    case_id: str | None
    order_id: str
    order_number: str
    order_version: int
    policy_version: str
    kind: ProposalKind
    payload: dict[str, Any]
    preview: Preview
    sha256: str
    state: ProposalState
    created_by: str
    created_by_name: str = ""
    created_at: datetime
    expires_at: datetime
    confirmed_by: str | None = None
    decided_by: str | None = None
    decided_by_name: str = ""
    decided_at: datetime | None = None
    supersedes: str | None = None
    failure: str = ""

    @property
    def short_id(self) -> str:
        """What people type and cards show."""
        return self.id[-6:]


def canonical_json(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, no floats."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def proposal_hash(kind: ProposalKind, order_id: str, payload: dict[str, Any], preview: Preview) -> str:
    """SHA-256 over what will be done and what the person is shown."""
    seen = {
        "kind": kind.value,
        "order": order_id,
        "payload": payload,
        "preview": preview.model_dump(mode="json", exclude={"balances_before", "balances_after"}),
    }
    return hashlib.sha256(canonical_json(seen).encode()).hexdigest()


class Decision(BaseModel):
    """What came of an attempt to decide a proposal."""

    proposal: Proposal
    refused: list[Violation] = Field(default_factory=list)
    replacement: Proposal | None = None
    """The same intent made anew where the first went stale or expired."""
    difference: list[str] = Field(default_factory=list)

    @property
    def accepted(self) -> bool:
        """Whether this attempt decided it."""
        return not self.refused
