"""A case as the flows see it, and the graph's own small state (ids only)."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from pydantic import BaseModel, ConfigDict, Field

from agent.commands import Flow

SCHEMA_VERSION = 1
CHANGE = "change"
"""What is asked for while a card is withdrawn: what should be different on it."""


class Case(BaseModel):
    """One flow on one order. JSON only; a reader of an older version upgrades it on load."""

    model_config = ConfigDict(extra="ignore")

    schema_version: int = SCHEMA_VERSION
    id: str
    flow: Flow
    action: str = ""
    order_id: str | None = None
    order_number: str = ""
    slots: dict[str, Any] = Field(default_factory=dict)
    asked: str | None = None
    """The slot that is being asked for."""
    options: list[dict[str, Any]] = Field(default_factory=list)
    """What was offered with that question: ``{"value", "label", "say"}``."""
    proposal_id: str | None = None
    status: Literal["open", "proposed", "done", "cancelled", "handed_off"] = "open"
    quality_issue: bool = False
    """A defect was claimed in this case; only retracting the defect takes it back."""
    evidence_asked: bool = False
    summary: str = ""
    held: str | None = None
    """The proposal that was withdrawn while it is asked what should be different on it."""

    @property
    def is_unfinished(self) -> bool:
        """Still to be led somewhere."""
        return self.status in ("open", "proposed", "handed_off")


class GraphState(TypedDict, total=False):
    """What the checkpointer keeps: ids. Everything else is in the desk's own tables."""

    conversation_id: str
    event_id: str
    awaiting: list[str]
    """Proposals that a person has yet to decide."""
    decided: str
    """The proposal whose decision woke the graph."""
