"""The tickets of the built-in helpdesk: messages, files, notes, tags and drafts of one merchant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from integrations.storage.link import Link
from integrations.storage.statements import Query, insert, update, upsert


class LocalTicket(BaseModel):
    """A ticket without its messages. `version` counts the changes of its status."""

    id: str
    subject: str
    requester: str
    requester_email: str
    status: str = "open"
    language: str = ""
    fields: dict[str, str] = Field(default_factory=dict)
    created_at: datetime
    updated_at: datetime
    version: int = 1


class LocalMessage(BaseModel):
    """What the customer or the shop wrote."""

    id: str
    author: str
    text: str
    at: datetime
    from_customer: bool = True


class LocalFile(BaseModel):
    """An attachment without its bytes."""

    id: str
    name: str
    media_type: str
    size: int
    from_customer: bool = True


class LocalNote(BaseModel):
    """A note for staff; one a key."""

    id: str
    key: str
    author: str
    text: str
    at: datetime


class LocalDraft(BaseModel):
    """A reply that waits for a person to send it; one a key."""

    key: str
    text: str
    at: datetime


_GET = Query("local_tickets", "select doc from local_tickets where merchant_id = :merchant and id = :id")
_RECENT = Query(
    "local_tickets",
    "select doc from local_tickets where merchant_id = :merchant order by updated_at desc, id limit :limit",
)
_COLUMNS = ("merchant_id", "id", "version", "updated_at", "doc")
_ADD = insert(110, "local_tickets", _COLUMNS, keys=2)
_CHANGE = update(
    111,
    "local_tickets",
    _COLUMNS,
    keys=2,
    change="version = k.version, updated_at = k.updated_at, doc = k.doc",
    guard="t.version = k.version - 1",
)
_MESSAGES = Query(
    "local_ticket_messages",
    "select doc from local_ticket_messages where merchant_id = :merchant and ticket_id = :ticket_id order by at, id",
)
_ADD_MESSAGE = upsert(112, "local_ticket_messages", ("merchant_id", "ticket_id", "id", "at", "doc"), keys=3)
_FILES = Query(
    "local_ticket_files",
    "select doc from local_ticket_files where merchant_id = :merchant and ticket_id = :ticket_id order by id",
)
_FILE = Query(
    "local_ticket_files",
    "select doc, content from local_ticket_files "
    "where merchant_id = :merchant and ticket_id = :ticket_id and id = :id",
)
_ADD_FILE = upsert(113, "local_ticket_files", ("merchant_id", "ticket_id", "id", "doc", "content"), keys=3)
_NOTES = Query(
    "local_ticket_notes",
    "select doc from local_ticket_notes where merchant_id = :merchant and ticket_id = :ticket_id order by at, id",
)
_SAVE_NOTE = upsert(114, "local_ticket_notes", ("merchant_id", "ticket_id", "key", "id", "at", "doc"), keys=3)
_TAGS = Query(
    "local_ticket_tags",
    "select tag from local_ticket_tags where merchant_id = :merchant and ticket_id = :ticket_id order by tag",
)
_ADD_TAG = insert(115, "local_ticket_tags", ("merchant_id", "ticket_id", "tag"), keys=3)
_DRAFTS = Query(
    "local_ticket_drafts",
    "select doc from local_ticket_drafts where merchant_id = :merchant and ticket_id = :ticket_id order by at, key",
)
_SAVE_DRAFT = upsert(116, "local_ticket_drafts", ("merchant_id", "ticket_id", "key", "at", "doc"), keys=3)
_DROP_DRAFT = Query(
    "local_ticket_drafts",
    "delete from local_ticket_drafts where merchant_id = :merchant and ticket_id = :ticket_id and key = :key "
    "returning key",
)
_PAGE = 200
_LATER = Query(
    "local_tickets",
    "select id, doc from local_tickets where merchant_id = :merchant and id > :since_id order by id limit :limit",
)
_DROP = tuple(
    Query(table, f"delete from {table} where merchant_id = :merchant and {key} = :id returning 1")
    for table, key in (
        *((f"local_ticket_{part}", "ticket_id") for part in ("messages", "files", "notes", "tags", "drafts")),
        ("local_tickets", "id"),
    )
)


class LocalTickets:
    """The built-in helpdesk's tickets of one merchant."""

    def __init__(self, link: Link, merchant_id: str) -> None:
        self._link, self._merchant = link, merchant_id

    def _rows(self, query: Query, **parameters: Any) -> list[Any]:
        return list(self._link.rows(query, merchant=self._merchant, **parameters))

    def _add(self, bulk: Any, *row: Any) -> None:
        self._link.pending.add(bulk, (self._merchant, *row))

    def get(self, ticket_id: str) -> LocalTicket | None:
        """By id."""
        rows = self._rows(_GET, id=ticket_id)
        return LocalTicket.model_validate_json(rows[0][0]) if rows else None

    def recent(self, limit: int = 50) -> list[LocalTicket]:
        """The ones last changed first."""
        return [LocalTicket.model_validate_json(row[0]) for row in self._rows(_RECENT, limit=limit)]

    def add(self, ticket: LocalTicket) -> None:
        """A new one; nothing where the id exists."""
        self._add(_ADD, ticket.id, ticket.version, ticket.updated_at, ticket.model_dump_json())

    def change(self, ticket: LocalTicket) -> None:
        """Write back; its version grows by one. Raises ConcurrentChange (late) where somebody was faster."""
        ticket.version += 1
        self._add(_CHANGE, ticket.id, ticket.version, ticket.updated_at, ticket.model_dump_json())

    def messages(self, ticket_id: str) -> list[LocalMessage]:
        """Oldest first."""
        return [
            LocalMessage.model_validate_json(row[0]) for row in self._rows(_MESSAGES, ticket_id=ticket_id)
        ]

    def add_message(self, ticket_id: str, message: LocalMessage) -> None:
        """Add or replace."""
        self._add(_ADD_MESSAGE, ticket_id, message.id, message.at, message.model_dump_json())

    def files(self, ticket_id: str) -> list[LocalFile]:
        """Attachments without bytes."""
        return [LocalFile.model_validate_json(row[0]) for row in self._rows(_FILES, ticket_id=ticket_id)]

    def file(self, ticket_id: str, file_id: str) -> tuple[LocalFile, bytes] | None:
        """An attachment of this very ticket."""
        for doc, content in self._rows(_FILE, ticket_id=ticket_id, id=file_id):
            return LocalFile.model_validate_json(doc), bytes(content)
        return None

    def add_file(self, ticket_id: str, file: LocalFile, content: bytes) -> None:
        """Add or replace."""
        self._add(_ADD_FILE, ticket_id, file.id, file.model_dump_json(), content)

    def notes(self, ticket_id: str) -> list[LocalNote]:
        """Oldest first."""
        return [LocalNote.model_validate_json(row[0]) for row in self._rows(_NOTES, ticket_id=ticket_id)]

    def save_note(self, ticket_id: str, note: LocalNote) -> None:
        """Add the note of a key, or write it back."""
        self._add(_SAVE_NOTE, ticket_id, note.key, note.id, note.at, note.model_dump_json())

    def tags(self, ticket_id: str) -> list[str]:
        """In alphabetical order."""
        return [str(row[0]) for row in self._rows(_TAGS, ticket_id=ticket_id)]

    def add_tag(self, ticket_id: str, tag: str) -> None:
        """Add; nothing where it is there."""
        self._add(_ADD_TAG, ticket_id, tag)

    def drafts(self, ticket_id: str) -> list[LocalDraft]:
        """Oldest first."""
        return [LocalDraft.model_validate_json(row[0]) for row in self._rows(_DRAFTS, ticket_id=ticket_id)]

    def save_draft(self, ticket_id: str, draft: LocalDraft) -> None:
        """Add the draft of a key, or write it back."""
        self._add(_SAVE_DRAFT, ticket_id, draft.key, draft.at, draft.model_dump_json())

    def drop_draft(self, ticket_id: str, key: str) -> None:
        """It was sent, or thrown away."""
        self._link.change(_DROP_DRAFT, merchant=self._merchant, ticket_id=ticket_id, key=key)

    def naming(self, named: Callable[[str], bool]) -> list[str]:
        """Ids of tickets of which any text, a file's name too, is `named`."""
        return [ticket_id for ticket_id, doc in self._all() if any(map(named, self._texts(ticket_id, doc)))]

    def drop(self, ticket_id: str) -> None:
        """Delete it with everything in it."""
        for query in _DROP:
            self._link.change(query, merchant=self._merchant, id=ticket_id)

    def _all(self) -> Iterator[tuple[str, str]]:
        after = ""
        while rows := self._rows(_LATER, since_id=after, limit=_PAGE):
            yield from ((str(row[0]), str(row[1])) for row in rows)
            after = str(rows[-1][0])

    def _texts(self, ticket_id: str, doc: str) -> Iterator[str]:
        yield doc
        for query in (_MESSAGES, _FILES, _NOTES, _DRAFTS):
            yield from (str(row[0]) for row in self._rows(query, ticket_id=ticket_id))
