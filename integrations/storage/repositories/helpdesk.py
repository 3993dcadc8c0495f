"""What the desk keeps about a connected helpdesk: tickets as read, notes written, deliveries and logins seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integrations.storage.link import Link
from integrations.storage.mapping import moment, optional_moment
from integrations.storage.statements import Query, insert, update, upsert


@dataclass(slots=True)
class Snapshot:
    """A ticket as it was last read. `doc` is its JSON, `changed_at` when it was last found to be another."""

    ticket_id: str
    stamp: str
    doc: str
    seen_at: datetime
    changed_at: datetime | None = None


@dataclass(slots=True)
class WrittenNote:
    """A note of the desk's. `note_id` is empty until it is there; `run` works on it until `locked_until`."""

    ticket_id: str
    key: str
    run: str
    locked_until: datetime
    note_id: str = ""
    digest: str = ""


_SNAPSHOT = Query(
    "ticket_snapshots",
    "select ticket_id, stamp, doc, seen_at, changed_at from ticket_snapshots "
    "where merchant_id = :merchant and helpdesk = :helpdesk and ticket_id = :ticket_id",
)
_SAVE_SNAPSHOT = upsert(
    120,
    "ticket_snapshots",
    ("merchant_id", "helpdesk", "ticket_id", "stamp", "doc", "seen_at", "changed_at"),
    keys=3,
)

_NOTE_KEY = ("merchant_id", "helpdesk", "ticket_id", "key")
_NOTE_REST = ("note_id", "digest", "run", "locked_until")
_NOTES = Query(
    "ticket_notes",
    "select ticket_id, key, run, locked_until, note_id, digest from ticket_notes "
    "where merchant_id = :merchant and helpdesk = :helpdesk and ticket_id = :ticket_id and key = :key",
)
_CLAIM = insert(121, "ticket_notes", (*_NOTE_KEY, *_NOTE_REST), keys=4, exact=True)
_KEEP = update(
    122,
    "ticket_notes",
    (*_NOTE_KEY, *_NOTE_REST, "was"),
    keys=4,
    change="note_id = k.note_id, digest = k.digest, run = k.run, locked_until = k.locked_until",
    guard="t.run = k.was",
)

_SEEN = {
    table: Query(
        table,
        f"select 1 from {table} where merchant_id = :merchant and helpdesk = :helpdesk and id = :id",
    )
    for table in ("helpdesk_deliveries", "embed_logins")
}
_ADD_SEEN = {
    "helpdesk_deliveries": insert(
        123, "helpdesk_deliveries", ("merchant_id", "helpdesk", "id", "expires_at"), keys=3, exact=True
    ),
    "embed_logins": insert(
        124, "embed_logins", ("merchant_id", "helpdesk", "id", "expires_at"), keys=3, exact=True
    ),
}
_EXPIRED = [
    Query(table, f"delete from {table} where merchant_id = :merchant and expires_at <= :now returning 1")
    for table in _SEEN
]


class HelpdeskRecords:
    """Records about connected helpdesks, of one merchant."""

    def __init__(self, link: Link, merchant_id: str) -> None:
        self._link, self._merchant = link, merchant_id

    def _rows(self, query: Query, **parameters: Any) -> list[Any]:
        return list(self._link.rows(query, merchant=self._merchant, **parameters))

    def snapshot(self, helpdesk: str, ticket_id: str) -> Snapshot | None:
        """The ticket as it was last read."""
        for row in self._rows(_SNAPSHOT, helpdesk=helpdesk, ticket_id=ticket_id):
            return Snapshot(row[0], row[1], row[2], moment(row[3]), optional_moment(row[4]))
        return None

    def save_snapshot(self, helpdesk: str, shot: Snapshot) -> None:
        """Insert or write back."""
        row = (shot.ticket_id, shot.stamp, shot.doc, shot.seen_at, shot.changed_at)
        self._link.pending.add(_SAVE_SNAPSHOT, (self._merchant, helpdesk, *row))

    def note(self, helpdesk: str, ticket_id: str, key: str) -> WrittenNote | None:
        """The note of that key, written or being written."""
        for row in self._rows(_NOTES, helpdesk=helpdesk, ticket_id=ticket_id, key=key):
            return WrittenNote(row[0], row[1], row[2], moment(row[3]), row[4], row[5])
        return None

    def save_note(self, helpdesk: str, note: WrittenNote, was: str | None = None) -> None:
        """Insert, or write back while `was` is the run that has it. ConcurrentChange (late) where another has."""
        key = (self._merchant, helpdesk, note.ticket_id, note.key)
        row = (*key, note.note_id, note.digest, note.run, note.locked_until)
        if was is None:
            self._link.pending.add(_CLAIM, row)
        else:
            self._link.pending.add(_KEEP, (*row, was))

    def first_delivery(self, helpdesk: str, delivery_id: str, expires_at: datetime) -> bool:
        """Whether this webhook delivery is new; it is remembered until then."""
        return self._first("helpdesk_deliveries", helpdesk, delivery_id, expires_at)

    def first_login(self, helpdesk: str, login_id: str, expires_at: datetime) -> bool:
        """Whether this signed login is new; it is remembered until then."""
        return self._first("embed_logins", helpdesk, login_id, expires_at)

    def _first(self, table: str, helpdesk: str, seen_id: str, expires_at: datetime) -> bool:
        if self._rows(_SEEN[table], helpdesk=helpdesk, id=seen_id):
            return False
        self._link.pending.add(_ADD_SEEN[table], (self._merchant, helpdesk, seen_id, expires_at))
        return True

    def forget_expired(self, now: datetime) -> int:
        """Delete deliveries and logins that can no longer come again; how many rows that were."""
        return sum(len(self._link.change(query, merchant=self._merchant, now=now)) for query in _EXPIRED)
