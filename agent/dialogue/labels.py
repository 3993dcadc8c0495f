"""A shipping label that comes as a file: checked by its bytes, then named in the return's terms."""

from __future__ import annotations

from agent.commands import Flow
from agent.dialogue.outcomes import RefusedNow
from agent.dialogue.turn import Turn
from agent.messages import Attachment
from agent.state import Case
from domain.ports import UnitOfWork
from domain.returns.labels import check_label
from domain.rules import Rule, Violation, broken

TAKES_LABEL = {Flow.REVIEW_RETURN, Flow.MERCHANT_RETURN, Flow.RETURN_PROGRESS}


async def take_label(turn: Turn, case: Case) -> None:
    """Where a label was announced, the file that came is it; what cannot be one is refused and forgotten."""
    if case.flow not in TAKES_LABEL or case.slots.get("label") != "upload" or not turn.files:
        return
    file = turn.files[0]
    problem = await turn.store.read(turn.merchant.id, lambda uow: _problem(uow, file))
    turn.conversation.state["files"] = [item.model_dump() for item in turn.files[1:]]
    if problem is not None:
        case.slots.pop("label")
        turn.add(RefusedNow([problem]))
        return
    case.slots["label"] = {
        "origin": "upload",
        "sha256": file.sha256,
        "media_type": file.media_type,
        "name": file.name,
    }


def _problem(uow: UnitOfWork, file: Attachment) -> Violation | None:
    stored = uow.files.get(file.sha256)
    if stored is None:
        return broken(Rule.LABEL_INVALID, "label", limit="a stored file", value="it is not there")
    content, media_type, _ = stored
    return check_label(content, media_type, uow.merchant.settings.label_max_bytes)
