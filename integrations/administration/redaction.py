"""What is left of a row once a customer is taken out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson

from domain.orders.erasure import ERASED, plain_method
from domain.proposals.words import without_words
from integrations.storage.repositories.personal import Place

_WORDS = frozenset({"note", "explanation", "tracking", "headline", "failure"})


@dataclass(slots=True)
class Redaction:
    """The customer's orders and names; grows by the conversations that turn out to be about them."""

    order_ids: set[str]
    needles: set[str]
    conversations: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def names(self, text: str) -> bool:
        """Whether a text names the customer."""
        low = text.casefold()
        return any(needle in low for needle in self.needles)

    def of(self, place: Place, text: str) -> str | None:
        """The row's text without them; None where it is not about them."""
        if place.column == "last_error":
            return "" if text and self.names(text) else None
        if not text:
            return None
        doc: dict[str, Any] = orjson.loads(text)
        changed: dict[str, Any] | None = getattr(self, f"_{place.table}")(doc, text)
        return None if changed is None else orjson.dumps(changed).decode()

    def _cases(self, doc: dict[str, Any], text: str) -> dict[str, Any] | None:
        if doc["order_id"] not in self.order_ids and not self.names(text):
            return None
        if doc["order_id"] in self.order_ids:
            self.conversations.add(doc["conversation_id"])
        data = doc["data"]
        over = data.get("status") if data.get("status") in ("done", "cancelled") else "cancelled"
        kept: dict[str, Any] = {"slots": {}, "options": [], "summary": "", "asked": None, "status": over}
        return {**doc, "status": over, "data": {**data, **kept}}

    def _conversations(self, doc: dict[str, Any], text: str) -> dict[str, Any] | None:
        if doc["topic_order"] in self.order_ids or self.names(text):
            self.conversations.add(doc["id"])
        if doc["id"] not in self.conversations:
            return None
        self.files |= {item["sha256"] for item in doc["state"].get("files", [])}
        return {**doc, "ticket": None, "state": {}, "stack": []}

    def _messages(self, doc: dict[str, Any], text: str) -> dict[str, Any] | None:
        """The row stays, so that the event it answers is not taken for a new one."""
        if doc["conversation_id"] not in self.conversations and not self.names(text):
            return None
        body = {"conversation_id": doc["conversation_id"], "event_id": doc["event_id"], "blocks": []}
        return {**doc, "text": "", "given": {}, "body": body if doc["body"] else {}}

    def _proposals(self, doc: dict[str, Any], text: str) -> dict[str, Any] | None:
        if doc["order_id"] not in self.order_ids:
            return self._without_names(doc) if self.names(text) else None
        preview = {name: "" if name in _WORDS else value for name, value in doc["preview"].items()}
        preview |= {"customer": ERASED, "facts": {}, "warnings": [], "offers": []}
        for part in (*preview["split"], *preview["funding"]):
            part["name"] = plain_method(part["name"])
        payload = without_words(doc["kind"], doc["payload"])
        return {**doc, "payload": payload, "preview": preview, "failure": ""}

    def _slack_posts(self, doc: dict[str, Any], text: str) -> dict[str, Any] | None:
        return self._without_names(doc) if self.names(text) else None

    def _jobs(self, doc: dict[str, Any], text: str) -> dict[str, Any] | None:
        return self._without_names(doc) if self.names(text) else None

    def _without_names(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._without_names(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self._without_names(part) for part in value]
        return ERASED if isinstance(value, str) and self.names(value) else value
