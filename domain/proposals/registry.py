"""Every kind of write, by name. A kind that is not here cannot be proposed."""

from __future__ import annotations

from typing import Any

from domain.proposals.kinds import Write
from domain.proposals.model import ProposalKind
from domain.refunds.writes import RefundWrite
from domain.returns.progress_writes import (
    CancelReturnWrite,
    CloseReturnWrite,
    EditReturnWrite,
    ReceiveReturnWrite,
)
from domain.returns.writes import ApproveReturnWrite, CreateReturnWrite, RejectReturnWrite
from domain.supplier_reviews.writes import CancelReviewWrite, RequestReviewWrite, VerdictWrite

_ALL: tuple[Write[Any, Any], ...] = (
    RefundWrite(),
    CreateReturnWrite(),
    ApproveReturnWrite(),
    RejectReturnWrite(),
    EditReturnWrite(),
    ReceiveReturnWrite(),
    CancelReturnWrite(),
    CloseReturnWrite(),
    RequestReviewWrite(),
    CancelReviewWrite(),
    VerdictWrite(),
)

WRITES: dict[ProposalKind, Write[Any, Any]] = {write.kind: write for write in _ALL}
