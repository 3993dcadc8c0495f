"""Chatwoot: conversations, messages, private notes, labels, attachments and webhooks.

Shapes as in developers.chatwoot.com (Application API). Its dashboard app tells which conversation is open by an
unsigned message from the browser: that is a hint which ticket to load, never who somebody is.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from integrations.helpdesk.attachments import Attachments, is_loopback
from integrations.helpdesk.events import is_number, json_object, number, part, signed_id
from integrations.helpdesk.marks import add_once, as_markdown, carries
from integrations.helpdesk.port import (
    EmbedIdentity,
    EmbedRefused,
    HelpdeskTicket,
    TicketFile,
    TicketMessage,
    TicketNotFound,
    WebhookEvent,
    WebhookRefused,
    with_order,
)
from integrations.helpdesk.signatures import chatwoot_signature, check, check_time, unix_time
from integrations.helpdesk.wire import MOST_PAGES, Wire

INCOMING, OUTGOING = 0, 1


@dataclass(slots=True)
class Chatwoot:
    """A :class:`integrations.helpdesk.port.Helpdesk`; a conversation of one account is a ticket."""

    base: str
    account: str
    wire: Wire
    files: Attachments
    webhook_secret: str = ""
    order_field: str = ""

    name = "chatwoot"

    @property
    def frame_ancestors(self) -> str:
        """Chatwoot's own origin."""
        parts = urlsplit(self.base)
        return f"{parts.scheme}://{parts.netloc}"

    def _path(self, ticket_id: str) -> str:
        if not is_number(ticket_id):
            raise TicketNotFound(f"{ticket_id[:40]!r} is no conversation's number")
        return (
            f"{urlsplit(self.base).path.rstrip('/')}/api/v1/accounts/{self.account}/conversations/{ticket_id}"
        )

    async def get_ticket(self, ticket_id: str) -> HelpdeskTicket:
        """Raises TicketNotFound."""
        talk = await self.wire.get(self._path(ticket_id))
        messages = [message async for message in self._messages(ticket_id)]
        messages.sort(key=lambda message: message["id"])
        contact = part(talk, "meta", "sender") or {}
        extra = talk.get("additional_attributes") or {}
        return HelpdeskTicket(
            id=str(talk["id"]),
            subject=str(extra.get("mail_subject") or ""),
            requester=contact.get("name") or "",
            requester_email=contact.get("email") or "",
            status=talk.get("status") or "",
            messages=[_message(m) for m in messages if m.get("message_type") in (INCOMING, OUTGOING)],
            files=[
                _file(attachment, message.get("message_type") == INCOMING)
                for message in messages
                for attachment in message.get("attachments") or []
            ],
            tags=list(talk.get("labels") or []),
            fields=with_order(
                {key: str(value) for key, value in (talk.get("custom_attributes") or {}).items() if value},
                self.order_field,
            ),
            language=str(extra.get("browser_language") or ""),
            url=self.deep_link(ticket_id),
        )

    async def _messages(self, ticket_id: str) -> AsyncIterator[dict[str, Any]]:
        """All messages, the newest page first."""
        path = f"{self._path(ticket_id)}/messages"
        given: dict[str, Any] = {}
        for _ in range(MOST_PAGES):
            page = (await self.wire.get(path, **given))["payload"]
            for message in page:
                yield message
            if len(page) < 20:
                return
            given = {"before": min(message["id"] for message in page)}

    async def add_internal_note(self, ticket_id: str, text: str, *, key: str) -> str:
        """A private message. Looks for the key before it adds, and again where no answer came."""
        given = {"content": as_markdown(text, key), "message_type": "outgoing", "private": True}

        async def add() -> str:
            answer = await self.wire.send("POST", f"{self._path(ticket_id)}/messages", json=given)
            return str(answer.json()["id"])

        return await add_once(lambda: self._note(ticket_id, key), add)

    async def _note(self, ticket_id: str, key: str) -> str:
        async for message in self._messages(ticket_id):
            if message.get("private") is True and carries(message.get("content") or "", key):
                return str(message["id"])
        return ""

    async def edit_internal_note(self, ticket_id: str, note_id: str, text: str) -> bool:
        """Messages stay as they are."""
        return False

    async def add_tags(self, ticket_id: str, tags: Sequence[str]) -> None:
        """Labels are written as a whole, so those that are there go with them."""
        path = f"{self._path(ticket_id)}/labels"
        there = (await self.wire.get(path))["payload"]
        wanted = list(dict.fromkeys([*there, *tags]))
        if wanted != there:
            await self.wire.send("POST", path, json={"labels": wanted})

    async def set_status(self, ticket_id: str, status: str, *, version: str) -> str:
        """Chatwoot has no versions: the last one wins."""
        await self.wire.send("POST", f"{self._path(ticket_id)}/toggle_status", json={"status": status})
        return ""

    async def download(self, ticket_id: str, file_id: str) -> tuple[bytes, str, str]:
        """Raises TicketNotFound where this conversation has no such file, FileRefused."""
        async for message in self._messages(ticket_id):
            for attachment in message.get("attachments") or []:
                if str(attachment.get("id")) == file_id:
                    return await self.files.fetch(attachment["data_url"], _name(attachment))
        raise TicketNotFound(f"conversation {ticket_id} has no file {file_id}")

    async def draft_reply(self, ticket_id: str, text: str, *, key: str) -> bool:
        """Drafts live in the agent's browser there."""
        return False

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, now: datetime) -> WebhookEvent:
        """Raises WebhookRefused."""
        if not self.webhook_secret:
            raise WebhookRefused("no webhook secret is configured")
        timestamp = headers.get("x-chatwoot-timestamp", "")
        check(
            chatwoot_signature(self.webhook_secret, timestamp, body), headers.get("x-chatwoot-signature", "")
        )
        check_time(unix_time(timestamp), now)
        event = json_object(body)
        kind = str(event.get("event") or "")
        account = number(part(event, "account", "id"))
        if account and account != self.account:
            raise WebhookRefused(f"it is about account {account}")
        conversation = (
            event.get("id") if kind.startswith("conversation_") else part(event, "conversation", "id")
        )
        signed = signed_id(timestamp, body)
        return WebhookEvent(headers.get("x-chatwoot-delivery") or signed, kind, number(conversation), signed)

    def verify_embed(self, form: Mapping[str, str], now: datetime) -> EmbedIdentity:
        """Chatwoot signs nothing that would say who looks."""
        raise EmbedRefused("Chatwoot's dashboard app signs nothing; people sign in to the desk itself")

    async def email_of(self, identity: str) -> str:
        """Nobody is identified by Chatwoot."""
        return ""

    def deep_link(self, ticket_id: str) -> str:
        """The conversation's page."""
        return f"{self.base.rstrip('/')}/app/accounts/{self.account}/conversations/{ticket_id}"

    async def close(self) -> None:
        """Let go of connections."""
        await self.wire.close()
        await self.files.close()


def chatwoot_wire(base: str, token: str, **given: Any) -> Wire:
    """Its API with an access token."""
    return Wire(base.rstrip("/"), {"api_access_token": token}, **given)


def own_files(base: str, hosts: Sequence[str] = (), **given: Any) -> Attachments:
    """Downloads from the helpdesk's own host, and from the storage hosts it sends to."""
    parts = urlsplit(base)
    host = parts.hostname or ""
    local = base if is_loopback(host) else ""
    own = frozenset({host, *hosts})
    return Attachments(own, local_base=local, storage_hosts=own, **given)


def _message(message: dict[str, Any]) -> TicketMessage:
    private = message.get("private") is True
    return TicketMessage(
        author=str(part(message, "sender", "name") or ""),
        text=message.get("content") or "",
        at=datetime.fromtimestamp(int(message["created_at"]), UTC),
        from_customer=message.get("message_type") == INCOMING and not private,
        internal=private,
    )


def _name(attachment: dict[str, Any]) -> str:
    given = str(attachment.get("file_name") or "")
    return given or urlsplit(str(attachment.get("data_url") or "")).path.rsplit("/", 1)[-1]


def _file(attachment: dict[str, Any], from_customer: bool) -> TicketFile:
    return TicketFile(
        id=str(attachment["id"]),
        name=_name(attachment),
        media_type=str(attachment.get("content_type") or attachment.get("file_type") or ""),
        size=int(attachment.get("file_size") or 0),
        url=str(attachment.get("data_url") or ""),
        from_customer=from_customer,
    )
