"""What reports are counted from: a period's rows, a page at a time, by an index that begins with merchant and time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from integrations.storage.link import Link
from integrations.storage.mapping import moment
from integrations.storage.statements import Query

PAGE = 500

_IN_PERIOD = (
    "where merchant_id = :merchant and created_at < :until and (created_at, id) > (:since, :since_id) "
    "order by created_at, id limit :limit"
)
_CASES = Query("cases", f"select created_at, id, doc from cases {_IN_PERIOD}")
_PROPOSALS = Query("proposals", f"select created_at, id, doc, state from proposals {_IN_PERIOD}")
_ORDERS = Query(
    "orders",
    "select placed_at, serial, doc from orders where merchant_id = :merchant and placed_at >= :since "
    "and (placed_at, serial) < (:until, :before) order by placed_at desc, serial desc limit :limit",
)
_NEEDED_APPROVAL = Query(
    "jobs", "select 1 from jobs where merchant_id = :merchant and kind = 'notify' and key = :key"
)

Row = tuple[datetime, Any, dict[str, Any]]
"""Time, key and document."""


class Reporting:
    """Of one merchant."""

    def __init__(self, link: Link, merchant_id: str) -> None:
        self._link, self._merchant = link, merchant_id

    def cases(self, since: datetime, until: datetime, after: str) -> list[Row]:
        """Begun in the period, oldest first; go on with the last row's time and id."""
        return [_row(row) for row in self._period(_CASES, since, until, after)]

    def proposals(self, since: datetime, until: datetime, after: str) -> list[Row]:
        """Made in the period, oldest first. The state is the row's."""
        rows = self._period(_PROPOSALS, since, until, after)
        return [(moment(row[0]), row[1], {**orjson.loads(row[2]), "state": row[3]}) for row in rows]

    def orders(self, since: datetime, until: datetime, before: int) -> list[Row]:
        """Placed in the period, newest first; go on with the last row's time and number."""
        given = {"since": since, "until": until, "before": before, "limit": PAGE}
        return [_row(row) for row in self._link.rows(_ORDERS, merchant=self._merchant, **given)]

    def needed_approval(self, proposal_id: str) -> bool:
        """Whether it was above its proposer's limit, so that a second person was called."""
        key = f"proposal:{proposal_id}:approval_needed"
        return bool(self._link.rows(_NEEDED_APPROVAL, merchant=self._merchant, key=key))

    def _period(self, query: Query, since: datetime, until: datetime, after: str) -> Sequence[Sequence[Any]]:
        given = {"since": since, "until": until, "since_id": after, "limit": PAGE}
        return self._link.rows(query, merchant=self._merchant, **given)


def _row(row: Sequence[Any]) -> Row:
    return moment(row[0]), row[1], orjson.loads(row[2])
