"""Conversations, messages and cases as rows. What a case means is the agent's business; here it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field


class Conversation(BaseModel):
    """One thread of one channel (or several channels, once it was handed on)."""

    id: str
    merchant_id: str
    channel: str
    thread_key: str
    staff_id: str
    topic_order: str | None = None
    """Id of the order that the talk is about."""
    stack: list[str] = Field(default_factory=list)
    """Ids of unfinished cases, the current one last."""
    ticket: dict[str, Any] | None = None
    state: dict[str, Any] = Field(default_factory=dict)
    """Small things of the talk itself: how often it was unclear, the last menu."""
    created_at: datetime
    updated_at: datetime
    version: int = 0


class Message(BaseModel):
    """What came in or went out."""

    id: str
    conversation_id: str
    event_id: str
    """The inbound event; the reply to it carries the same id and direction ``out``."""
    direction: str
    staff_id: str | None
    text: str
    body: dict[str, Any] = Field(default_factory=dict)
    given: dict[str, Any] = Field(default_factory=dict)
    """What came in beside the words: files, or the card that a button was pressed on and what an edit set."""
    at: datetime


class StoredCase(BaseModel):
    """A case: one flow on one order. `data` is the agent's own versioned model as JSON."""

    id: str
    merchant_id: str
    conversation_id: str
    order_id: str | None
    flow: str
    status: str
    data: dict[str, Any]
    created_at: datetime
    updated_at: datetime
