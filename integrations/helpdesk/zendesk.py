"""Zendesk: the tickets API, internal notes, safe updates, tags, attachments, webhooks and the signed login.

Shapes as in developer.zendesk.com: Tickets, Ticket Comments, Users, Tags; Webhooks › Verifying; Apps › Server-side.
"""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integrations.helpdesk.attachments import Attachments
from integrations.helpdesk.events import is_number, json_object, number, part, signed_id
from integrations.helpdesk.marks import add_once, as_html, carries
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
from integrations.helpdesk.signatures import check, check_time, iso_time, zendesk_signature
from integrations.helpdesk.wire import MOST_PAGES, Wire
from integrations.helpdesk.zendesk_login import ZendeskLogin

STORAGE = "*.zdusercontent.com"
"""Where Zendesk keeps attachments; their own addresses redirect there."""
_STAFF = {"agent", "admin"}


@dataclass(slots=True)
class Zendesk:
    """A :class:`integrations.helpdesk.port.Helpdesk`. Without `login` nobody can open the sidebar inside Zendesk."""

    subdomain: str
    wire: Wire
    files: Attachments
    webhook_secret: str = ""
    order_field: str = ""
    login: ZendeskLogin | None = None

    name = "zendesk"

    @property
    def frame_ancestors(self) -> str:
        """The account's own origin."""
        return f"https://{self.subdomain}.zendesk.com"

    async def get_ticket(self, ticket_id: str) -> HelpdeskTicket:
        """Raises TicketNotFound."""
        answer = await self.wire.get(_path(ticket_id), include="users")
        ticket = answer["ticket"]
        people = {user["id"]: user for user in answer.get("users", [])}
        comments = [comment async for comment in self._comments(ticket_id, people)]
        requester = people.get(ticket.get("requester_id"), {})
        return HelpdeskTicket(
            id=str(ticket["id"]),
            subject=ticket.get("subject") or "",
            requester=requester.get("name") or "",
            requester_email=requester.get("email") or "",
            status=ticket.get("status") or "",
            messages=[_message(c, people, ticket.get("requester_id")) for c in comments],
            files=[
                _file(attachment, comment.get("author_id") not in _staff_ids(people))
                for comment in comments
                for attachment in comment.get("attachments", [])
            ],
            tags=list(ticket.get("tags") or []),
            fields=with_order(_fields(ticket), self.order_field),
            language=requester.get("locale") or "",
            version=ticket.get("updated_at") or "",
            url=self.deep_link(str(ticket["id"])),
        )

    async def _comments(
        self, ticket_id: str, people: dict[Any, Any] | None = None, *, newest_first: bool = False
    ) -> AsyncIterator[dict[str, Any]]:
        """All comments, page by page; the people who wrote them are added to `people`."""
        query = {
            "page[size]": 100,
            "sort": "-created_at" if newest_first else "created_at",
            "include": "users",
        }
        answer = await self.wire.get(f"{_path(ticket_id)}/comments", **query)
        for _ in range(MOST_PAGES):
            if people is not None:
                people.update({user["id"]: user for user in answer.get("users", [])})
            for comment in answer["comments"]:
                yield comment
            if not part(answer, "meta", "has_more"):
                return
            answer = await self.wire.get(self.wire.path_of(answer["links"]["next"]))

    async def add_internal_note(self, ticket_id: str, text: str, *, key: str) -> str:
        """Looks for the key before it adds, and again where no answer came."""
        given = {"ticket": {"comment": {"html_body": as_html(text, key), "public": False}}}

        async def add() -> str:
            answer = (await self.wire.send("PUT", _path(ticket_id), json=given)).json()
            events = part(answer, "audit", "events") or []
            return next((str(event["id"]) for event in events if event.get("type") == "Comment"), "")

        return await add_once(lambda: self._note(ticket_id, key), add)

    async def _note(self, ticket_id: str, key: str) -> str:
        """The id of the private comment that carries the key; a customer's comments are never private."""
        async for comment in self._comments(ticket_id, newest_first=True):
            if comment.get("public") is False and carries(
                comment.get("plain_body") or comment.get("body") or "", key
            ):
                return str(comment["id"])
        return ""

    async def edit_internal_note(self, ticket_id: str, note_id: str, text: str) -> bool:
        """Zendesk's comments stay as they are."""
        return False

    async def add_tags(self, ticket_id: str, tags: Sequence[str]) -> None:
        """PUT adds to what is there."""
        await self.wire.send("PUT", f"{_path(ticket_id)}/tags", json={"tags": list(tags)})

    async def set_status(self, ticket_id: str, status: str, *, version: str) -> str:
        """A safe update: 409, and so TicketConflict, where somebody changed the ticket since `version`."""
        given = {"ticket": {"status": status, "safe_update": True, "updated_stamp": version}}
        answer = (await self.wire.send("PUT", _path(ticket_id), json=given)).json()
        return str(answer["ticket"]["updated_at"])

    async def download(self, ticket_id: str, file_id: str) -> tuple[bytes, str, str]:
        """Raises TicketNotFound where this ticket has no such file, FileRefused."""
        async for comment in self._comments(ticket_id):
            for attachment in comment.get("attachments", []):
                if str(attachment.get("id")) == file_id:
                    own = {"Authorization": self.wire.headers["Authorization"]}
                    return await self.files.fetch(
                        attachment["content_url"], attachment.get("file_name") or "", own
                    )
        raise TicketNotFound(f"ticket {ticket_id} has no file {file_id}")

    async def draft_reply(self, ticket_id: str, text: str, *, key: str) -> bool:
        """Only the page can (`comment.appendText`)."""
        return False

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, now: datetime) -> WebhookEvent:
        """Raises WebhookRefused."""
        if not self.webhook_secret:
            raise WebhookRefused("no webhook secret is configured")
        timestamp = headers.get("x-zendesk-webhook-signature-timestamp", "")
        check(
            zendesk_signature(self.webhook_secret, timestamp, body),
            headers.get("x-zendesk-webhook-signature", ""),
        )
        check_time(iso_time(timestamp), now)
        event = json_object(body)
        signed = signed_id(timestamp, body)
        kind = str(event.get("type") or event.get("event") or "")
        own = (
            event.get("id")
            if isinstance(event.get("id"), str)
            else headers.get("x-zendesk-webhook-invocation-id")
        )
        ticket = number(part(event, "detail", "id")) if ":ticket." in kind else ""
        ticket = ticket or number(event.get("ticket_id")) or number(part(event, "ticket", "id"))
        return WebhookEvent(str(own or signed), kind, ticket, signed)

    def verify_embed(self, form: Mapping[str, str], now: datetime) -> EmbedIdentity:
        """Raises EmbedRefused."""
        if self.login is None:
            raise EmbedRefused("no public key of the Zendesk app is configured")
        return self.login.verify(form, now)

    async def email_of(self, identity: str) -> str:
        """Of an active, verified agent or admin of the account."""
        if not is_number(identity):
            return ""
        user = (await self.wire.get(f"/api/v2/users/{identity}"))["user"]
        is_staff = user.get("role") in _STAFF and user.get("active") and not user.get("suspended")
        return str(user.get("email") or "") if is_staff and user.get("verified") else ""

    def deep_link(self, ticket_id: str) -> str:
        """The agent's page of the ticket."""
        return f"{self.frame_ancestors}/agent/tickets/{ticket_id}"

    async def close(self) -> None:
        """Let go of connections."""
        await self.wire.close()
        await self.files.close()


def zendesk_wire(subdomain: str, email: str, token: str, **given: Any) -> Wire:
    """The account's API with an API token."""
    secret = base64.b64encode(f"{email}/token:{token}".encode()).decode()
    return Wire(f"https://{subdomain}.zendesk.com", {"Authorization": f"Basic {secret}"}, **given)


def zendesk_files(subdomain: str, hosts: Sequence[str] = (), **given: Any) -> Attachments:
    """Downloads of the account's attachments."""
    return Attachments(
        frozenset({f"{subdomain}.zendesk.com", STORAGE}), storage_hosts=frozenset({STORAGE, *hosts}), **given
    )


def _path(ticket_id: str) -> str:
    if not is_number(ticket_id):
        raise TicketNotFound(f"{ticket_id[:40]!r} is no ticket's number")
    return f"/api/v2/tickets/{ticket_id}"


def _fields(ticket: dict[str, Any]) -> dict[str, str]:
    given = ticket.get("custom_fields") or []
    return {str(f["id"]): str(f["value"]) for f in given if f.get("value") not in (None, "", False)}


def _staff_ids(people: Mapping[Any, Any]) -> set[Any]:
    return {key for key, user in people.items() if user.get("role") in _STAFF}


def _message(comment: dict[str, Any], people: Mapping[Any, Any], requester: Any) -> TicketMessage:
    author = people.get(comment.get("author_id"), {})
    internal = comment.get("public") is False
    by_staff = author.get("role") in _STAFF and comment.get("author_id") != requester
    return TicketMessage(
        author=author.get("name") or "",
        text=comment.get("plain_body") or comment.get("body") or "",
        at=datetime.fromisoformat(comment["created_at"]),
        from_customer=not internal and not by_staff,
        internal=internal,
    )


def _file(attachment: dict[str, Any], from_customer: bool) -> TicketFile:
    return TicketFile(
        id=str(attachment["id"]),
        name=attachment.get("file_name") or "",
        media_type=attachment.get("content_type") or "",
        size=int(attachment.get("size") or 0),
        url=attachment.get("content_url") or "",
        from_customer=from_customer,
    )
