"""Members of staff and the names that channels know them by."""

from __future__ import annotations

from collections.abc import Sequence

from domain.identity import Staff
from integrations.storage.link import Link
from integrations.storage.statements import Query, upsert

_GET = Query("staff", "select doc from staff where merchant_id = :merchant and id = :id")
_BY_IDENTITY = Query(
    "staff staff_identities",
    "select s.doc from staff_identities as i join staff as s on s.merchant_id = i.merchant_id and s.id = i.staff_id "
    "where i.merchant_id = :merchant and i.channel = :channel and i.identity = :identity",
)
_ALL = Query("staff", "select doc from staff where merchant_id = :merchant order by name, id")
_IDENTITIES = Query(
    "staff_identities",
    "select channel, identity from staff_identities where merchant_id = :merchant and staff_id = :id "
    "order by channel, identity",
)
_DROP_IDENTITY = Query(
    "staff_identities",
    "delete from staff_identities where merchant_id = :merchant and channel = :channel "
    "and identity = :identity and staff_id = :id returning staff_id",
)
_SAVE = upsert(1, "staff", ("merchant_id", "id", "name", "doc"), keys=2)
_IDENTITY = upsert(2, "staff_identities", ("merchant_id", "channel", "identity", "staff_id"), keys=3)


class StaffRegister:
    """Members of staff of one merchant."""

    def __init__(self, link: Link, merchant_id: str) -> None:
        self._link, self._merchant = link, merchant_id

    def _read(self, query: Query, **parameters: str) -> list[Staff]:
        rows = self._link.rows(query, merchant=self._merchant, **parameters)
        return [Staff.model_validate_json(row[0]) for row in rows]

    def get(self, staff_id: str) -> Staff | None:
        """By id."""
        return next(iter(self._read(_GET, id=staff_id)), None)

    def by_identity(self, channel: str, identity: str) -> Staff | None:
        """By a channel's identity (`slack`, `"T1:U2"`; `email`, `"a@b.c"`)."""
        return next(iter(self._read(_BY_IDENTITY, channel=channel, identity=identity)), None)

    def all(self) -> list[Staff]:
        """Everybody, by name."""
        return self._read(_ALL)

    def identities(self, staff_id: str) -> list[tuple[str, str]]:
        """Channel and identity of each name this person is known by."""
        rows = self._link.rows(_IDENTITIES, merchant=self._merchant, id=staff_id)
        return [(row[0], row[1]) for row in rows]

    def drop_identity(self, staff_id: str, channel: str, identity: str) -> bool:
        """Whether this person had that name; the channel knows nobody by it any more."""
        given = {"channel": channel, "identity": identity, "id": staff_id}
        return bool(self._link.change(_DROP_IDENTITY, merchant=self._merchant, **given))

    def save(self, staff: Staff, identities: Sequence[tuple[str, str]] = ()) -> None:
        """Insert or write back; identities are added, and taken over from whoever had them."""
        self._link.pending.add(_SAVE, (self._merchant, staff.id, staff.name, staff.model_dump_json()))
        for channel, identity in identities:
            self._link.pending.add(_IDENTITY, (self._merchant, channel, identity, staff.id))
