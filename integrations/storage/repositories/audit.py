"""The audit trail: events are added in their transaction; a chain of hashes is sealed over them afterwards.

A link holds the number of its event, the hash of the link before and SHA-256 over both hash and event. So sealing
serialises nobody, an event that was altered or removed after it was sealed shows, and so does a link that was moved
or removed. What is not sealed yet is not protected, and neither is the end of the chain against being cut off
together with its events, unless the head reported by :meth:`AuditTrail.verify` is kept elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from domain.ports import AuditEvent, AuditReport
from domain.proposals.model import canonical_json
from integrations.storage.link import Link
from integrations.storage.mapping import json_text, moment
from integrations.storage.statements import Query, insert

GENESIS = "0" * 64
_PAGE = 2000
_MARGIN = 100_000
"""Numbers below the last sealed one among which a transaction that commits late may still show an event."""

_EVENT = "e.number, e.kind, e.subject, e.actor, e.at, e.data"
_APPEND = insert(75, "audit_events", ("merchant_id", "kind", "subject", "actor", "at", "data"))
_LOCK = Query(
    "audit_links",
    sqlite="select 1",
    postgres="select 1 from pg_advisory_xact_lock(hashtextextended('audit:' || :merchant, 0))",
)
_HEAD = Query(
    "audit_links",
    "select seq, event, hash from audit_links where merchant_id = :merchant order by seq desc limit 1",
)
_UNSEALED = Query(
    "audit_events audit_links",
    f"select {_EVENT} from audit_events as e where e.merchant_id = :merchant and e.number > :after and not exists "
    "(select 1 from audit_links as l where l.merchant_id = e.merchant_id and l.event = e.number) "
    "order by e.number limit :limit",
)
_LINKS = Query(
    "audit_events audit_links",
    f"select l.seq, l.event, l.prev, l.hash, {_EVENT} from audit_links as l left join audit_events as e "
    "on e.number = l.event and e.merchant_id = l.merchant_id "
    "where l.merchant_id = :merchant and l.seq > :after order by l.seq limit :limit",
)
_COUNT_UNSEALED = Query(
    "audit_events audit_links",
    "select count(*) from audit_events as e where e.merchant_id = :merchant and not exists "
    "(select 1 from audit_links as l where l.merchant_id = e.merchant_id and l.event = e.number)",
)
_SEAL = insert(76, "audit_links", ("merchant_id", "seq", "event", "prev", "hash"), keys=2, exact=True)


def _events(select: str) -> dict[tuple[str, ...], Query]:
    filters = {"subject": "e.subject = :subject", "kind": "e.kind = :kind", "before": "e.number < :before"}
    names = [(), ("subject",), ("kind",), ("subject", "kind")]
    queries = {}
    for picked in [*names, *((*some, "before") for some in names)]:
        where = "".join(f" and {filters[name]}" for name in picked)
        queries[picked] = Query("audit_events", f"{select}{where} order by e.number desc limit :limit")
    return queries


_EVENTS = _events(f"select {_EVENT} from audit_events as e where e.merchant_id = :merchant")


class AuditTrail:
    """Events of one merchant and the chain sealed over them.

    `floors` outlives the transaction: the number up to which each merchant's events are known to be sealed.
    """

    def __init__(self, link: Link, merchant_id: str, floors: dict[str, int]) -> None:
        self._link, self._merchant, self._floors = link, merchant_id, floors
        self.appended: list[AuditEvent] = []
        """What this transaction added."""

    def append(self, event: AuditEvent) -> None:
        """Add an event to this transaction."""
        self.appended.append(event)
        row = (event.kind, event.subject, event.actor, event.at, json_text(event.data))
        self._link.pending.add(_APPEND, (self._merchant, *row))

    def seal(self, limit: int = 1000) -> int:
        """Link events that are not linked yet, in the order of their numbers; how many were.

        One sealer at a time: another one waits, and then finds these sealed.
        """
        self._link.change(_LOCK, merchant=self._merchant)
        seq, event, head = next(iter(self._link.rows(_HEAD, merchant=self._merchant)), (0, 0, GENESIS))
        floor = self._floors.get(self._merchant, 0)
        unsealed = self._link.rows(_UNSEALED, merchant=self._merchant, after=floor, limit=limit)
        links = []
        for number, row in enumerate(unsealed, seq + 1):
            prev, head = head, _link_hash(head, self._merchant, row)
            links.append((self._merchant, number, row[0], prev, head))
        if links:
            self._link.bulk(_SEAL, links)
        if len(unsealed) < limit:
            self._floors[self._merchant] = max(floor, int(event) - _MARGIN)
        return len(links)

    def verify(self) -> AuditReport:
        """Walk the chain. Each problem names the number of the event it is about."""
        problems: list[str] = []
        expected, head, sealed = 1, GENESIS, 0
        for seq, number, prev, stored, *row in self._links():
            if seq != expected:
                problems.append(f"links {expected} to {seq - 1} are missing before event {number}")
            elif prev != head:
                problems.append(f"event {number}: the chain is broken or out of order before it")
            if row[0] is None:
                problems.append(f"event {number}: missing")
            elif _link_hash(prev, self._merchant, row) != stored:
                problems.append(f"event {number}: altered")
            expected, head, sealed = seq + 1, stored, sealed + 1
        unsealed = self._link.rows(_COUNT_UNSEALED, merchant=self._merchant)[0][0]
        return AuditReport(sealed=sealed, unsealed=int(unsealed), head=head, problems=problems)

    def _links(self) -> Iterator[Sequence[Any]]:
        after = 0
        while rows := self._link.rows(_LINKS, merchant=self._merchant, after=after, limit=_PAGE):
            yield from rows
            after = rows[-1][0]

    def events(
        self,
        *,
        subject: str | None = None,
        kind: str | None = None,
        limit: int = 100,
        before: int | None = None,
    ) -> list[tuple[int, AuditEvent]]:
        """Events with their numbers, newest first."""
        filters = {"subject": subject, "kind": kind, "before": before}
        given: dict[str, Any] = {name: value for name, value in filters.items() if value is not None}
        rows = self._link.rows(_EVENTS[tuple(given)], merchant=self._merchant, limit=limit, **given)
        return [
            (row[0], AuditEvent(row[1], row[2], row[3], moment(row[4]), orjson.loads(row[5]))) for row in rows
        ]


def _link_hash(prev: str, merchant_id: str, row: Sequence[Any]) -> str:
    number, kind, subject, actor, at, data = row
    event = {
        "number": number,
        "merchant": merchant_id,
        "kind": kind,
        "subject": subject,
        "actor": actor,
        "at": moment(at).isoformat(timespec="microseconds"),
        "data": data,
    }
    return hashlib.sha256((prev + canonical_json(event)).encode()).hexdigest()
