"""Proposals: one open one an order (a partial unique index), decided by compare-and-set."""

from __future__ import annotations

from domain.proposals.model import Proposal, ProposalState
from integrations.storage.link import Link
from integrations.storage.statements import Query, insert, update

_OF_MERCHANT = "from proposals where merchant_id = :merchant"
_OPEN = f"{_OF_MERCHANT} and state = 'open'"

_GET = Query("proposals", f"select doc, state {_OF_MERCHANT} and id = :id", contended=True)
_STATE = Query("proposals", f"select state {_OF_MERCHANT} and id = :id")
_OPEN_FOR_ORDER = Query("proposals", f"select doc, state {_OPEN} and order_id = :order_id")
_FOR_ORDER = Query(
    "proposals", f"select doc, state {_OF_MERCHANT} and order_id = :order_id order by created_at, id"
)
_LIST_OPEN = Query("proposals", f"select doc, state {_OPEN} order by created_at, id limit :limit")
_FIND_OPEN = Query(
    "proposals",
    sqlite=f"select doc, state {_OPEN} and substr(id, -length(:suffix)) = :suffix order by created_at, id",
    postgres=f"select doc, state {_OPEN} and right(id, length(:suffix)) = :suffix order by created_at, id",
)

_ADD = insert(
    31,
    "proposals",
    (
        "merchant_id",
        "id",
        "order_id",
        "kind",
        "state",
        "sha256",
        "created_by",
        "created_at",
        "expires_at",
        "decided_at",
        "doc",
    ),
    keys=2,
    exact=True,
)
_DECIDE = update(
    30,
    "proposals",
    ("merchant_id", "id", "state", "decided_at", "doc", "was"),
    keys=2,
    change="state = k.state, decided_at = k.decided_at, doc = k.doc",
    guard="t.state = k.was",
)


class Proposals:
    """Proposals of one merchant."""

    def __init__(self, link: Link, merchant_id: str) -> None:
        self._link, self._merchant = link, merchant_id
        self._states: dict[str, str] = {}
        """States as read or written in this transaction."""

    def _read(self, query: Query, **parameters: object) -> list[Proposal]:
        found = []
        for doc, state in self._link.rows(query, merchant=self._merchant, **parameters):
            proposal = Proposal.model_validate_json(doc)
            self._states[proposal.id] = state
            found.append(proposal)
        return found

    def get(self, proposal_id: str) -> Proposal | None:
        """The proposal of that id."""
        return next(iter(self._read(_GET, id=proposal_id)), None)

    def open_for_order(self, order_id: str) -> Proposal | None:
        """The one open proposal of an order, if there is one (it may have run out)."""
        return next(iter(self._read(_OPEN_FOR_ORDER, order_id=order_id)), None)

    def find_open(self, suffix: str) -> list[Proposal]:
        """Open proposals whose id ends so, oldest first; none for an empty suffix."""
        return self._read(_FIND_OPEN, suffix=suffix) if suffix else []

    def list_open(self, limit: int = 50) -> list[Proposal]:
        """Open proposals, oldest first."""
        return self._read(_LIST_OPEN, limit=limit)

    def for_order(self, order_id: str) -> list[Proposal]:
        """All proposals of an order, oldest first."""
        return self._read(_FOR_ORDER, order_id=order_id)

    def add(self, proposal: Proposal) -> None:
        """Store a new one. Raises ConcurrentChange where the order has an open one already.

        That may come to light only when the work has ended.
        """
        if proposal.state is ProposalState.OPEN:
            self._link.pending.claims.add(("proposals.open", self._merchant, proposal.order_id))
        self._link.pending.add(_ADD, self._row(proposal))
        self._states[proposal.id] = proposal.state.value

    def decide(self, proposal: Proposal, expected: ProposalState) -> bool:
        """Write state, decider and times, only while the stored state is `expected`; False when it was not."""
        if self._state(proposal.id) != expected.value:
            return False
        key = (self._merchant, proposal.id)
        if self._link.pending.get(_ADD, key) is not None:
            self._link.pending.add(_ADD, self._row(proposal))
        else:
            held = self._link.pending.get(_DECIDE, key)
            was = held[-1] if held else expected.value
            row = (*key, proposal.state.value, proposal.decided_at, proposal.model_dump_json(), was)
            self._link.pending.add(_DECIDE, row)
        self._states[proposal.id] = proposal.state.value
        return True

    def _state(self, proposal_id: str) -> str | None:
        known = self._states.get(proposal_id)
        if known is not None:
            return known
        for (state,) in self._link.rows(_STATE, merchant=self._merchant, id=proposal_id):
            return str(state)
        return None

    def _row(self, proposal: Proposal) -> tuple[object, ...]:
        return (
            self._merchant,
            proposal.id,
            proposal.order_id,
            proposal.kind.value,
            proposal.state.value,
            proposal.sha256,
            proposal.created_by,
            proposal.created_at,
            proposal.expires_at,
            proposal.decided_at,
            proposal.model_dump_json(),
        )
