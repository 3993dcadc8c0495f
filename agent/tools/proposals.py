"""PROPOSE tools: one a kind of write. They open or replace a proposal and never decide one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict

from agent.tools.tool import Tool
from domain.identity import Staff
from domain.ports import UnitOfWork
from domain.proposals import service
from domain.proposals.model import Preview, Proposal, ProposalKind, ProposalState
from domain.proposals.registry import WRITES
from domain.refunds.model import RefundRequest


class ProposeArguments(BaseModel):
    """What is asked, on which order; `replaces` names an open proposal whose place it takes."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    order_id: str
    payload: Any
    case_id: str | None = None
    replaces: str | None = None


class ProposalId(BaseModel):
    """A proposal."""

    model_config = ConfigDict(extra="forbid")

    proposal_id: str


def _proposer(kind: ProposalKind) -> Callable[[UnitOfWork, Staff, ProposeArguments], Proposal]:
    def run(uow: UnitOfWork, actor: Staff, arguments: ProposeArguments) -> Proposal:
        if arguments.replaces:
            current = service.get(uow, arguments.replaces)
            if current.state is ProposalState.OPEN and current.kind is kind:
                return service.edit(uow, actor, current.id, arguments.payload)
            if current.state is ProposalState.OPEN:
                service.cancel(uow, actor, current.id)
        return service.propose(
            uow, actor, arguments.order_id, kind, arguments.payload, case_id=arguments.case_id
        )

    return run


def _keeper(kind: ProposalKind) -> Callable[[UnitOfWork, Staff, ProposeArguments], None]:
    def keep(uow: UnitOfWork, actor: Staff, arguments: ProposeArguments) -> None:
        service.keep_claims(uow, actor, arguments.order_id, kind, arguments.payload)

    return keep


def get_proposal(uow: UnitOfWork, actor: Staff, arguments: ProposalId) -> Proposal:
    """The proposal as it stands. Raises Refused(proposal_not_found)."""
    return service.get(uow, arguments.proposal_id)


class PreviewArguments(BaseModel):
    """A refund that is only thought of."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    order_id: str
    payload: RefundRequest


def preview_refund(uow: UnitOfWork, actor: Staff, arguments: PreviewArguments) -> Preview:
    """What it would do to customer and balance. Raises Refused with every broken rule; stores nothing."""
    return service.preview(uow, actor, arguments.order_id, ProposalKind.REFUND, arguments.payload)


TOOLS = (
    Tool(
        "preview_refund",
        "READ",
        "What a refund would do, without proposing it.",
        PreviewArguments,
        preview_refund,
    ),
    Tool("get_proposal", "READ", "Read a proposal and its state.", ProposalId, get_proposal),
    *(
        Tool(
            f"propose_{kind.value}",
            "PROPOSE",
            f"Propose: {kind.value.replace('_', ' ')}. A person decides it.",
            ProposeArguments,
            _proposer(kind),
            _keeper(kind),
        )
        for kind in WRITES
    ),
)
