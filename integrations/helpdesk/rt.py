"""RT 5 over its REST2 API: tickets with their history, comments as internal notes, ETags against stale updates.

RT has no tags of its own: they go into a custom field of many values, where one is named.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from integrations.helpdesk.attachments import MOST_BYTES, accepted
from integrations.helpdesk.events import is_number, json_object, number, signed_id
from integrations.helpdesk.marks import add_once, as_plain, carries, mark
from integrations.helpdesk.port import (
    EmbedIdentity,
    EmbedRefused,
    FileRefused,
    HelpdeskError,
    HelpdeskTicket,
    TicketConflict,
    TicketMessage,
    TicketNotFound,
    WebhookEvent,
    WebhookRefused,
    with_order,
)
from integrations.helpdesk.rt_records import (
    HISTORY,
    MOST_MESSAGES,
    PARTS,
    SAID,
    by_customer,
    file_of,
    transaction_of,
    without_tags,
)
from integrations.helpdesk.signatures import chatwoot_signature, check, check_time, unix_time
from integrations.helpdesk.wire import MOST_PAGES, Wire


@dataclass(slots=True)
class RequestTracker:
    """A :class:`integrations.helpdesk.port.Helpdesk`. `base` is RT's web address."""

    base: str
    wire: Wire
    webhook_secret: str = ""
    order_field: str = ""
    tags_field: str = ""

    name = "rt"
    frame_ancestors = ""

    async def get_ticket(self, ticket_id: str) -> HelpdeskTicket:
        """Raises TicketNotFound."""
        ticket, version = await self._ticket(ticket_id)
        requester = await self._requester(ticket)
        parts = [item async for item in self._pages(f"{_path(ticket_id)}/attachments", PARTS)]
        said = [item async for item in self._pages(f"{_path(ticket_id)}/history", HISTORY)]
        said = [item for item in said if item.get("Type") in SAID][-MOST_MESSAGES:]
        own = {str(item["id"]): item for item in said}
        fields = {
            field["name"]: ", ".join(map(str, field.get("values") or []))
            for field in ticket.get("CustomFields") or []
            if field.get("values")
        }
        return HelpdeskTicket(
            id=str(ticket["id"]),
            subject=ticket.get("Subject") or "",
            requester=requester.get("RealName") or requester.get("Name") or "",
            requester_email=requester.get("EmailAddress") or "",
            status=ticket.get("Status") or "",
            messages=[await self._message(item, parts, requester) for item in said],
            files=[
                file_of(part, own[transaction_of(part)], requester)
                for part in parts
                if part.get("Filename") and transaction_of(part) in own
            ],
            tags=[tag.strip() for tag in fields.get(self.tags_field, "").split(",") if tag.strip()],
            fields=with_order(fields, self.order_field),
            language=requester.get("Lang") or "",
            version=version,
            url=self.deep_link(ticket_id),
        )

    async def _ticket(self, ticket_id: str) -> tuple[dict[str, Any], str]:
        """The ticket's record and its ETag."""
        response = await self.wire.send("GET", _path(ticket_id))
        return response.json(), response.headers.get("etag", "")

    async def _requester(self, ticket: dict[str, Any]) -> dict[str, Any]:
        first = next(iter(ticket.get("Requestor") or []), None)
        if first is None:
            return {}
        found: dict[str, Any] = await self.wire.get(f"/REST/2.0/user/{quote(str(first['id']), safe='@')}")
        return found

    async def _pages(self, path: str, query: Mapping[str, Any]) -> AsyncIterator[dict[str, Any]]:
        for page in range(1, MOST_PAGES + 1):
            answer = await self.wire.get(path, **query, page=page)
            for item in answer["items"]:
                yield item
            if page >= int(answer.get("pages") or 1):
                return

    async def _message(
        self, item: dict[str, Any], parts: Sequence[dict[str, Any]], requester: dict[str, Any]
    ) -> TicketMessage:
        """With the text of its first plain part; one that only has HTML is shown as the text in it."""
        mine = [p for p in parts if transaction_of(p) == str(item["id"]) and not p.get("Filename")]
        text = ""
        for kind in ("text/plain", "text/html"):
            found = next(
                (p for p in mine if p.get("ContentType") == kind and p.get("ContentLength") != "0"), None
            )
            if found is not None:
                text = (await self._content(str(found["id"])))[0].decode("utf-8", "replace")
                text = without_tags(text) if kind == "text/html" else text
                break
        creator = item.get("Creator") or {}
        return TicketMessage(
            author=creator.get("RealName") or creator.get("Name") or str(creator.get("id") or ""),
            text=text.strip(),
            at=datetime.fromisoformat(item["Created"]),
            from_customer=by_customer(item, requester),
            internal=item["Type"] == "Comment",
        )

    async def _content(self, attachment_id: str) -> tuple[bytes, dict[str, Any]]:
        record = await self.wire.get(f"/REST/2.0/attachment/{attachment_id}")
        try:
            return base64.b64decode(record.get("Content") or ""), record
        except binascii.Error as error:
            raise HelpdeskError("an attachment's content cannot be read") from error

    async def add_internal_note(self, ticket_id: str, text: str, *, key: str) -> str:
        """A comment whose subject is the mark. Looked for before it is added, and again where no answer came."""
        given = {"Subject": mark(key), "Content": as_plain(text, key), "ContentType": "text/plain"}

        async def add() -> str:
            try:
                answer = await self.wire.send("POST", f"{_path(ticket_id)}/comment", json=given)
            except HelpdeskError:
                await self._ticket(ticket_id)  # RT answers 400 where there is no such ticket; this says so
                raise
            return str(answer.headers.get("location", "")).rsplit("/", 1)[-1]

        return await add_once(lambda: self._note(ticket_id, key), add)

    async def _note(self, ticket_id: str, key: str) -> str:
        async for item in self._pages(f"{_path(ticket_id)}/history", HISTORY):
            if item.get("Type") == "Comment" and carries(item.get("Data") or "", key):
                return str(item["id"])
        return ""

    async def edit_internal_note(self, ticket_id: str, note_id: str, text: str) -> bool:
        """RT's history stays as it is."""
        return False

    async def add_tags(self, ticket_id: str, tags: Sequence[str]) -> None:
        """Into the custom field that is named for it; none where none is. Written again where the ticket changed."""
        if not self.tags_field:
            return
        for _ in range(3):
            ticket, version = await self._ticket(ticket_id)
            there = next(
                (
                    f.get("values") or []
                    for f in ticket.get("CustomFields") or []
                    if f["name"] == self.tags_field
                ),
                [],
            )
            wanted = list(dict.fromkeys([*there, *tags]))
            if wanted == there:
                return
            try:
                await self._put(ticket_id, {"CustomFields": {self.tags_field: wanted}}, version)
            except TicketConflict:
                continue
            return
        raise HelpdeskError("the ticket keeps changing; its tags are not written", 5.0)

    async def _put(self, ticket_id: str, change: dict[str, Any], version: str) -> list[str]:
        headers = {"If-Match": version} if version else {}
        answer = await self.wire.send("PUT", _path(ticket_id), json=change, headers=headers)
        return [str(line) for line in answer.json()]

    async def set_status(self, ticket_id: str, status: str, *, version: str) -> str:
        """412, and so TicketConflict, where the ticket has another ETag by now; ValueError for no status of its."""
        said = await self._put(ticket_id, {"Status": status}, version)
        if any("valid status" in line for line in said):
            raise ValueError(f"RT knows no status {status!r} here")
        return (await self._ticket(ticket_id))[1]

    async def download(self, ticket_id: str, file_id: str) -> tuple[bytes, str, str]:
        """Through the API itself. Raises TicketNotFound where this ticket has no such file, FileRefused."""
        async for part in self._pages(f"{_path(ticket_id)}/attachments", PARTS):
            if str(part["id"]) == file_id and part.get("Filename"):
                if int(part.get("ContentLength") or 0) > MOST_BYTES:
                    raise FileRefused(f"the attachment is too large: {MOST_BYTES} bytes at most")
                content, _ = await self._content(file_id)
                return accepted(content, part["Filename"])
        raise TicketNotFound(f"ticket {ticket_id} has no file {file_id}")

    async def draft_reply(self, ticket_id: str, text: str, *, key: str) -> bool:
        """RT keeps drafts in the browser."""
        return False

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, now: datetime) -> WebhookEvent:
        """From the scrip in docs/helpdesk.md: ``sha256=`` HMAC(timestamp.body). Raises WebhookRefused."""
        if not self.webhook_secret:
            raise WebhookRefused("no webhook secret is configured")
        timestamp = headers.get("x-desk-timestamp", "")
        check(chatwoot_signature(self.webhook_secret, timestamp, body), headers.get("x-desk-signature", ""))
        check_time(unix_time(timestamp), now)
        event, signed = json_object(body), signed_id(timestamp, body)
        transaction = number(event.get("transaction"))
        return WebhookEvent(
            transaction or signed, str(event.get("event") or ""), number(event.get("ticket")), signed
        )

    def verify_embed(self, form: Mapping[str, str], now: datetime) -> EmbedIdentity:
        """RT only links to the desk."""
        raise EmbedRefused("RT embeds nothing; people sign in to the desk itself")

    async def email_of(self, identity: str) -> str:
        """Nobody is identified by RT."""
        return ""

    def deep_link(self, ticket_id: str) -> str:
        """The ticket's page."""
        return f"{self.base.rstrip('/')}/Ticket/Display.html?id={ticket_id}"

    async def close(self) -> None:
        """Let go of connections."""
        await self.wire.close()


def rt_wire(base: str, token: str, **given: Any) -> Wire:
    """Its API with an authentication token. An attachment comes as base64 in JSON."""
    return Wire(
        base.rstrip("/"), {"Authorization": f"token {token}"}, most_bytes=MOST_BYTES * 3 // 2, **given
    )


def _path(ticket_id: str) -> str:
    if not is_number(ticket_id):
        raise TicketNotFound(f"{ticket_id[:40]!r} is no ticket's number")
    return f"/REST/2.0/ticket/{ticket_id}"
