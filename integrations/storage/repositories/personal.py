"""Rows that may speak of a customer, read page by page and written back without them; and rows that are too old.

Where personal data can be is said here for every table of the schema (a test holds the two against each other):
in :data:`PLACES` with its text column, or in :data:`ELSEWHERE` with what takes care of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from integrations.storage.link import Link
from integrations.storage.statements import Query

PAGE = 500

ELSEWHERE = {
    "orders": "domain.orders.erasure, through the repository, so that the full-text index follows",
    "files": "deleted with the order or the conversation they belong to, and by age",
    "idempotency_keys": "deleted whole: an answer that names the customer is not given again",
    "staff": "the shop's own people, by `desk staff`",
    "staff_identities": "the shop's own people, by `desk staff`",
    "staff_conversations": "ids; deleted with the conversation",
    "merchants": "none", "ledger_entries": "none: figures and ids", "account_balances": "none", "settlements": "none",
    "payouts": "none", "audit_events": "none: figures, codes and ids (domain.proposals.words)", "audit_links": "none",
    "ticket_snapshots": "deleted whole: the helpdesk has the tickets, and they are read again",
    "local_tickets": "the built-in helpdesk's: deleted whole where a text of the ticket names the customer",
    "local_ticket_messages": "as local_tickets", "local_ticket_files": "as local_tickets",
    "local_ticket_notes": "as local_tickets", "local_ticket_drafts": "as local_tickets",
    "local_ticket_tags": "as local_tickets",
    "ticket_notes": "none: ids and digests", "helpdesk_deliveries": "none", "embed_logins": "none",
    "payment_refs": "none: the provider's ids", "shop_records": "none: numbers and ids",
    "slack_people": "the shop's own people", "slack_installations": "none", "slack_states": "none",
    "slack_stops": "none", "slack_feedback": "none: a verdict and ids",
    "api_tokens": "none", "sessions": "none", "login_links": "none", "workers": "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A table with JSON text that may speak of a customer. `keys` name a row; `serial`: its only key is a number."""

    table: str
    column: str
    keys: tuple[str, ...]
    serial: bool = False
    page: Query = field(init=False)
    write: Query = field(init=False)

    def __post_init__(self) -> None:
        names = ", ".join(self.keys)
        later = f"{self.keys[0]} > :after" if self.serial else f"{self.keys[0]} > :since_id"
        found = " and ".join(
            f"{key} = {':number' if self.serial and key == self.keys[0] else f':k_{key}'}"
            for key in self.keys
        )
        select = f"select {names}, {self.column} from {self.table} where merchant_id = :merchant and {later}"
        object.__setattr__(self, "page", Query(self.table, f"{select} order by {self.keys[0]} limit :limit"))
        change = f"update {self.table} set {self.column} = :doc where merchant_id = :merchant and {found}"
        object.__setattr__(self, "write", Query(self.table, f"{change} returning {self.keys[0]}"))


PLACES = (
    Place("proposals", "doc", ("id",)),
    Place("conversations", "doc", ("id",)),
    Place("cases", "doc", ("id",)),
    Place("messages", "doc", ("number",), serial=True),
    Place("slack_posts", "doc", ("key",)),
    Place("jobs", "payload", ("id",), serial=True),
    Place("jobs", "last_error", ("id",), serial=True),
)

_DROP_FILE = Query(
    "files", "delete from files where merchant_id = :merchant and sha256 = :sha256 returning sha256"
)
_OLD_FILES = Query(
    "files",
    "select sha256 from files where merchant_id = :merchant and stored_at < :until order by stored_at limit :limit",
)
_ANSWERS = Query(
    "idempotency_keys",
    "select owner, route, key, body from idempotency_keys where merchant_id = :merchant "
    "and (owner > :k_owner or (owner = :k_owner and route > :k_route) "
    "or (owner = :k_owner and route = :k_route and key > :k_key)) order by owner, route, key limit :limit",
)
_DROP_SNAPSHOTS = Query(
    "ticket_snapshots", "delete from ticket_snapshots where merchant_id = :merchant returning ticket_id"
)
_DROP_ANSWER = Query(
    "idempotency_keys",
    "delete from idempotency_keys where merchant_id = :merchant and owner = :k_owner and route = :k_route "
    "and key = :k_key returning key",
)
_QUIET = Query(
    "conversations",
    "select id, doc from conversations where merchant_id = :merchant and updated_at < :until "
    "order by updated_at, id limit :limit",
)
_DROP = tuple(
    Query(table, f"delete from {table} where merchant_id = :merchant and {key} = :id returning 1")
    for table, key in (
        ("messages", "conversation_id"), ("cases", "conversation_id"), ("staff_conversations", "id"),
        ("conversations", "id"),
    )
)  # fmt: skip


class PersonalRecords:
    """Of one merchant."""

    def __init__(self, link: Link, merchant_id: str) -> None:
        self._link, self._merchant = link, merchant_id

    def page(self, place: Place, after: str | int) -> Sequence[Sequence[Any]]:
        """The next rows of a place: key columns, then the text. Begin with ``""``, or 0 where the key is a number."""
        given: dict[str, Any] = {"after": after} if place.serial else {"since_id": after}
        return self._link.rows(place.page, merchant=self._merchant, limit=PAGE, **given)

    def rewrite(self, place: Place, key: str | int, doc: str) -> None:
        """Write a row's text back."""
        given: dict[str, Any] = {"number": key} if place.serial else {f"k_{place.keys[0]}": key}
        self._link.change(place.write, merchant=self._merchant, doc=doc, **given)

    def drop_file(self, sha256: str) -> bool:
        """Whether it was there."""
        return bool(self._link.change(_DROP_FILE, merchant=self._merchant, sha256=sha256))

    def old_files(self, until: datetime, limit: int = PAGE) -> list[str]:
        """Hashes of files that came before, oldest first."""
        return [row[0] for row in self._rows(_OLD_FILES, until=until, limit=limit)]

    def answers(self) -> Iterator[tuple[tuple[str, str, str], bytes]]:
        """Every answer that is kept for repeated requests: its key and its body."""
        key = ("", "", "")
        while rows := self._rows(_ANSWERS, limit=PAGE, **_answer_key(key)):
            for owner, route, name, body in rows:
                key = (owner, route, name)
                yield key, bytes(body)

    def drop_snapshots(self) -> None:
        """Forget how tickets looked when they were last read."""
        self._link.change(_DROP_SNAPSHOTS, merchant=self._merchant)

    def drop_answer(self, key: tuple[str, str, str]) -> None:
        """Forget an answer."""
        self._link.change(_DROP_ANSWER, merchant=self._merchant, **_answer_key(key))

    def quiet_conversations(self, until: datetime, limit: int = PAGE) -> list[tuple[str, str]]:
        """Id and JSON of conversations in which nothing was said since, the longest silent first."""
        return [(row[0], row[1]) for row in self._rows(_QUIET, until=until, limit=limit)]

    def drop_conversation(self, conversation_id: str) -> None:
        """Delete it with its messages and cases."""
        for query in _DROP:
            self._link.change(query, merchant=self._merchant, id=conversation_id)

    def _rows(self, query: Query, **parameters: Any) -> Sequence[Sequence[Any]]:
        return self._link.rows(query, merchant=self._merchant, **parameters)


def _answer_key(key: tuple[str, str, str]) -> dict[str, str]:
    return {"k_owner": key[0], "k_route": key[1], "k_key": key[2]}
