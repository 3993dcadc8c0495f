"""What a helpdesk is to the desk: tickets in, notes and tags out, and who is looking at it.

All texts of a ticket are the customer's and untrusted. `version` is whatever the helpdesk uses to refuse a stale
update (Zendesk's `updated_stamp`, RT's ETag); empty where it has nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

ORDER_FIELD = "order_number"
"""Key in `HelpdeskTicket.fields` of the custom field that is configured to hold the order's number; comes first."""


class HelpdeskError(Exception):
    """The helpdesk could not be used. `retry_after` seconds, where trying again is any use."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TicketNotFound(HelpdeskError):
    """No such ticket, or not for us."""


class TicketConflict(HelpdeskError):
    """The ticket changed since it was read; `current` is its version now, where the helpdesk says so."""

    def __init__(self, message: str, current: str = "") -> None:
        super().__init__(message)
        self.current = current


class FileRefused(HelpdeskError):
    """An attachment that is not taken: from elsewhere, too large, or of a kind that is no evidence."""


class EmbedRefused(HelpdeskError):
    """Whoever opens the sidebar cannot be trusted to be who they claim. The message is for the log."""


class WebhookRefused(HelpdeskError):
    """A webhook with a wrong signature, or an old one. The message is for the log."""


@dataclass(frozen=True, slots=True)
class TicketFile:
    """An attachment where it lies; nothing is downloaded until it is asked for."""

    id: str
    name: str
    media_type: str
    size: int
    url: str = ""
    from_customer: bool = True


@dataclass(frozen=True, slots=True)
class TicketMessage:
    """One message of a ticket, oldest first in a ticket."""

    author: str
    text: str
    at: datetime
    from_customer: bool
    internal: bool = False


@dataclass(frozen=True, slots=True)
class HelpdeskTicket:
    """A ticket as it is now."""

    id: str
    subject: str
    requester: str
    requester_email: str
    status: str
    messages: Sequence[TicketMessage]
    files: Sequence[TicketFile] = ()
    tags: Sequence[str] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    """Custom fields by their key or title; one of them may name the order."""
    language: str = ""
    version: str = ""
    url: str = ""

    @property
    def body(self) -> str:
        """What the customer wrote, oldest first."""
        return "\n\n".join(m.text for m in self.messages if m.from_customer)


def with_order(fields: Mapping[str, str], order_field: str) -> dict[str, str]:
    """Custom fields with the configured one first, under its own name here."""
    order = fields.get(order_field, "") if order_field else ""
    return {**({ORDER_FIELD: order} if order else {}), **fields}


@dataclass(frozen=True, slots=True)
class EmbedIdentity:
    """Who opens the sidebar, and on which ticket. `identity` is looked up among `staff_identities` of the channel."""

    identity: str
    email: str = ""
    ticket_id: str = ""
    one_time_id: str = ""
    """The login's own id (`jti`): it opens the sidebar once."""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """A verified webhook. `id` is the delivery's, for telling repetitions apart."""

    id: str
    kind: str
    ticket_id: str = ""
    signed_id: str = ""
    """A hash of what the signature covers: the same signed bytes again are a replay, whatever else is said of them."""


class Helpdesk(Protocol):
    """One connected helpdesk. Every call may raise HelpdeskError."""

    @property
    def name(self) -> str:
        """`zendesk`, `chatwoot`, `rt` or `local`; also the channel's name."""
        ...

    @property
    def frame_ancestors(self) -> str:
        """The exact origin that may embed the sidebar (``'self'`` where the desk's own page does); empty: none may."""
        ...

    async def get_ticket(self, ticket_id: str) -> HelpdeskTicket:
        """The ticket. Raises TicketNotFound."""
        ...

    async def add_internal_note(self, ticket_id: str, text: str, *, key: str) -> str:
        """A note for staff only; its id. The note carries `key`: the same key again finds it and adds nothing."""
        ...

    async def edit_internal_note(self, ticket_id: str, note_id: str, text: str) -> bool:
        """Put another text in the place of an own note; False where the helpdesk has no way to (then add another)."""
        ...

    async def add_tags(self, ticket_id: str, tags: Sequence[str]) -> None:
        """Add tags; those it has already stay."""
        ...

    async def set_status(self, ticket_id: str, status: str, *, version: str) -> str:
        """Change the status of the ticket as it was read; its new version. Raises TicketConflict."""
        ...

    async def download(self, ticket_id: str, file_id: str) -> tuple[bytes, str, str]:
        """An attachment of this ticket: content, media type as sniffed, name.

        Only from hosts that are the helpdesk's own, within the size limit, never a private address, never through a
        redirect.
        """
        ...

    async def draft_reply(self, ticket_id: str, text: str, *, key: str) -> bool:
        """Put a draft beside the ticket for a person to send; False where only its page can (then the sidebar does)."""
        ...

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, now: datetime) -> WebhookEvent:
        """The event. Header names in lower case. Raises WebhookRefused."""
        ...

    def verify_embed(self, form: Mapping[str, str], now: datetime) -> EmbedIdentity:
        """Who opens the sidebar, from the signed form the helpdesk posts. Raises EmbedRefused."""
        ...

    async def email_of(self, identity: str) -> str:
        """The verified address of a member of its staff; empty where it has none, or they are not its staff."""
        ...

    def deep_link(self, ticket_id: str) -> str:
        """The ticket's address for a person; empty where it has none."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
