"""A store in memory, as small as these tests allow. The real ones are tried in tests/integration/execution."""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from domain.balances.model import Account, Balances, Posting, Settlement
from domain.orders.model import Order
from domain.ports import AuditEvent, ConcurrentChange, Job, JobSpec
from domain.proposals.model import Proposal
from tests.builders import CountingIds, FakeClock, a_merchant


class Orders(dict):
    def get(self, key, default=None):
        return copy.deepcopy(super().get(key, default))

    def add(self, order):
        self[order.id] = copy.deepcopy(order)
        return True

    def save(self, order: Order, *, bump: bool = True):
        if self[order.id].version != order.version:
            raise ConcurrentChange
        order.version += bump
        self[order.id] = copy.deepcopy(order)


class Proposals(dict):
    def get(self, key, default=None):
        return copy.deepcopy(super().get(key, default))

    def add(self, proposal: Proposal):
        self[proposal.id] = copy.deepcopy(proposal)

    def decide(self, proposal: Proposal, expected):
        if self[proposal.id].state is not expected:
            return False
        self.add(proposal)
        return True


class LedgerRows:
    def __init__(self):
        self.rows: dict[str, Posting] = {}
        self.due: list[Settlement] = []

    def post(self, postings, *, allow_negative=False):
        for posting in postings:
            self.rows.setdefault(posting.key, posting)

    def balances(self, currency):
        return Balances(currency).after(list(self.rows.values()))

    def held(self, account: Account, currency: str = "EUR") -> int:
        return self.balances(currency).of(account)

    def open_settlement(self, *settlement):
        pass

    def due_settlements(self, now):
        return self.due

    def mark_settled(self, settlement_id):
        self.due = [s for s in self.due if s.id != settlement_id]
        return True

    def reversals(self) -> list[Posting]:
        return [row for key, row in self.rows.items() if key.startswith("reversal:")]


class Jobs:
    """Both sides of the outbox: the writing one and the worker's."""

    def __init__(self, clock: FakeClock):
        self.clock = clock
        self.rows: dict[int, Job] = {}
        self.leases: dict[int, datetime] = {}

    def enqueue(self, spec: JobSpec):
        if any((job.kind, job.key) == (spec.kind, spec.key) for job in self.rows.values()):
            return
        now = self.clock.now()
        number = len(self.rows) + 1
        due = spec.run_after or now
        self.rows[number] = Job(
            number, "shop", spec.kind, spec.key, spec.payload, 0, 0, now, due, state="queued"
        )

    def of(self, kind: str) -> list[Job]:
        return [job for job in self.rows.values() if job.kind == kind]

    async def claim(self, *, owner, lease_seconds, limit=1, only=()):
        now = self.clock.now()
        taken: list[Job] = []
        for job in list(self.rows.values()):
            queued = job.state == "queued" and job.run_after <= now
            lapsed = job.state == "leased" and self.leases[job.id] <= now
            if (queued or lapsed) and len(taken) < limit and (not only or job.kind in only):
                claimed = replace(job, state="leased", attempts=job.attempts + 1, fence=job.fence + 1)
                self.rows[job.id], self.leases[job.id] = claimed, now + timedelta(seconds=lease_seconds)
                taken.append(claimed)
        return taken

    def _end(self, job: Job, **changes):
        if self.rows[job.id].fence != job.fence:
            return False
        self.rows[job.id] = replace(self.rows[job.id], **changes)
        return True

    async def finish(self, job):
        return self._end(job, state="done")

    async def retry(self, job, *, run_after, error):
        return self._end(job, state="queued", run_after=run_after, last_error=error)

    async def bury(self, job, *, error):
        return self._end(job, state="dead", last_error=error)

    async def requeue(self, job_id):
        job = self.rows[job_id]
        return job.state == "dead" and self._end(job, state="queued", attempts=0, run_after=self.clock.now())


@dataclass
class Audit:
    rows: list[AuditEvent] = field(default_factory=list)

    def append(self, event):
        self.rows.append(event)

    def kinds(self, subject: str | None = None) -> list[str]:
        return [event.kind for event in self.rows if subject in (None, event.subject)]


class Shelf:
    """A unit of work and the store around it in one."""

    def __init__(self, clock: FakeClock | None = None):
        self.clock = clock or FakeClock()
        self.merchant, self.ids = a_merchant(), CountingIds()
        self.orders, self.proposals, self.ledger = Orders(), Proposals(), LedgerRows()
        self.jobs, self.audit = Jobs(self.clock), Audit()
        self.writes: defaultdict[str, int] = defaultdict(int)

    @property
    def now(self):
        return self.clock.now()

    async def read(self, merchant_id, work):
        return work(self)

    async def write(self, merchant_id, work):
        self.writes[merchant_id] += 1
        return work(self)


def a_shelf() -> Any:
    """An empty one; to the type checker anything a store or a unit of work should be."""
    return Shelf()
