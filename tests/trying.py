"""Trying a write without a database: what it plans, what it refuses, what it leaves behind."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from domain.proposals.kinds import Deciders, Effects, Facts
from domain.proposals.model import Preview, ProposalKind
from domain.proposals.registry import WRITES
from domain.rules import Violation
from tests.builders import ANA, BEN


def check(facts: Facts, kind: ProposalKind, payload: BaseModel) -> list[Violation]:
    """Every rule it breaks. Checking changes nothing, whatever comes of it."""
    before = facts.order.model_dump_json()
    _, violations = WRITES[kind].plan(facts, payload)
    assert facts.order.model_dump_json() == before
    return violations


def refused(facts: Facts, kind: ProposalKind, payload: BaseModel) -> list[tuple[str, str, str, str]]:
    """Code, field, limit and value of every broken rule; each has a sentence without a hole in it."""
    violations = check(facts, kind, payload)
    assert all(v.message and "{" not in v.message for v in violations)
    return [(v.code.value, v.field, v.limit, v.value) for v in violations]


def codes(facts: Facts, kind: ProposalKind, payload: BaseModel) -> list[str]:
    """Only the codes."""
    return [v.code.value for v in check(facts, kind, payload)]


def planned(facts: Facts, kind: ProposalKind, payload: BaseModel) -> Any:
    """The plan of something that is allowed."""
    plan, violations = WRITES[kind].plan(facts, payload)
    assert violations == []
    return plan


def shown(facts: Facts, kind: ProposalKind, payload: BaseModel) -> Preview:
    """The card of something that is allowed."""
    before = facts.order.model_dump_json()
    preview = WRITES[kind].preview(facts, payload, planned(facts, kind, payload))
    assert facts.order.model_dump_json() == before
    return preview


def done(facts: Facts, kind: ProposalKind, payload: BaseModel) -> Effects:
    """Carry it out on the order, as stored and read again: proposed by Ana, confirmed by Ben."""
    write = WRITES[kind]
    stored = write.payload.model_validate(payload.model_dump(mode="json"))
    return write.apply(facts, stored, planned(facts, kind, stored), Deciders(ANA, BEN))
