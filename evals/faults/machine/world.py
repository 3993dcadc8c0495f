"""Two shops in one database with their people, provider and worker, and the watcher beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from domain.identity import Staff
from domain.ports import Job, UnitOfWork
from domain.returns.labels import LabelOrder, PrintedLabel
from domain.returns.service import print_label
from domain.settings import Merchant, MerchantSettings
from evals.faults.machine.bench import Bench
from evals.faults.machine.people import staff_of
from evals.faults.oracle.facts import Facts
from evals.faults.oracle.logistics import GOOD_NUMBER, KNOWN, LABEL, LABEL_FILE
from evals.faults.oracle.values import Doc
from evals.faults.watch.shop import Shop
from evals.faults.watch.watcher import Watcher
from integrations.payments.sandbox import SandboxProvider
from integrations.work.outcome import BackOff, Handler
from integrations.work.refunds import ExecuteRefund
from integrations.work.worker import Pace, Worker

T = TypeVar("T")
LEASE_SECONDS = 60


class _Printer:
    """Draws a label at once."""

    def print(self, order: LabelOrder) -> PrintedLabel:
        return PrintedLabel(b"%PDF-1.4 %%EOF", "application/pdf", order.tracking or GOOD_NUMBER)


class World:
    """What a run of the machine happens to."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.clock = bench, bench.clock
        self.store, self.look, prefix = bench.open()
        self.merchants = (f"{prefix}a", f"{prefix}b")
        self.staff: dict[str, dict[str, Staff]] = {}
        for merchant, loose in zip(self.merchants, (False, True), strict=True):
            rules = MerchantSettings(
                carrier_accounts=[KNOWN], refund_before_receipt=loose, refund_from_reserved=loose
            )
            self.save_settings(merchant, rules)
            self.staff[merchant] = people = staff_of(merchant)
            self.write(merchant, partial(_hire, people=people))
        self.sandbox = SandboxProvider(clock=self.clock, late_seconds=None)
        self.watcher = Watcher(self.look, self.merchants)
        self.watcher.settings()
        self.numbers = 0

    def save_settings(self, merchant: str, settings: MerchantSettings) -> None:
        """Write a shop's settings."""
        row = Merchant(id=merchant, name=f"Shop {merchant}", base_currency="EUR", settings=settings)
        self.bench.run(self.store.save_merchant(row))

    def write(self, merchant: str, work: Callable[[UnitOfWork], T]) -> T:
        """One transaction."""
        return self.bench.run(self.store.write(merchant, work))

    def read(self, merchant: str, work: Callable[[UnitOfWork], T]) -> T:
        """One reading."""
        return self.bench.run(self.store.read(merchant, work))

    def shop(self, merchant: str) -> Shop:
        """As last seen."""
        return self.watcher.shops[merchant]

    def person(self, merchant: str, name: str) -> Doc:
        """As the oracle takes people."""
        found: Doc = self.staff[merchant][name].model_dump(mode="json")
        return found

    def facts(self, merchant: str, order: Doc, proposer: str) -> Facts:
        """What the oracle judges on, now."""
        shop, now = self.shop(merchant), self.clock.now()
        person = self.person(merchant, proposer) if proposer in self.staff[merchant] else _importer(merchant)
        return Facts(order, shop.settings, person, shop.balances_at(order["currency"], now), now)

    def worker(self, owner: str) -> Worker:
        """A worker of the desk's own."""
        refunds = ExecuteRefund(self.store, lambda name: self.sandbox, clock=self.clock)
        handlers: Mapping[str, Handler] = {
            "execute_refund": refunds,
            "notify": _told,
            "generate_label": self._label,
        }
        pace = Pace(lease_seconds=LEASE_SECONDS, back_off=BackOff(jitter=0))
        return Worker(self.store, handlers, owner=owner, clock=self.clock, pace=pace, on_dead=refunds.on_dead)

    async def _label(self, job: Job) -> None:
        names = str(job.payload["order_id"]), str(job.payload["return_id"])
        await self.store.write(job.merchant_id, lambda uow: print_label(uow, _Printer(), *names))

    def close(self) -> None:
        """The end of this world."""
        self.sandbox.close()
        self.bench.shut(self.store, self.look)


def _hire(uow: UnitOfWork, people: dict[str, Staff]) -> None:
    uow.files.put(LABEL_FILE, LABEL["media_type"], LABEL["name"])
    for person in people.values():
        uow.staff.save(person)


def _importer(merchant: str) -> Doc:
    return {"id": "system", "name": "Supplier import", "role": "finance", "active": True, "limits": {}}


async def _told(job: Job) -> None:
    """Nobody listens."""
