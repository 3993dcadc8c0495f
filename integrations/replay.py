"""Replaying a real shop's refunds: every credit-note line of the Online Retail data through the desk's real path.

The invoices are imported into a fresh database; then, in date order and with the clock at each credit note's date,
every line is proposed, confirmed and carried out by the worker with the sandbox provider. Lines without a customer or
without a purchase to match are refused with a reason, on the record.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from domain.identity import Role, Staff
from domain.money import format_minor
from domain.notices import NOTIFY
from domain.orders.value import captured, refunded_total
from domain.ports import AuditEvent, Job, PaymentProvider, Store, UnitOfWork
from domain.proposals.model import ProposalKind
from domain.proposals.service import confirm, propose
from domain.refunds.model import RefundRequest, RefundStatus
from domain.refunds.writes import EXECUTE_REFUND
from domain.rules import Refused, Rule, broken
from domain.settings import Merchant
from integrations.intake.credit_notes import CreditLine, Outcome, match_credit_notes
from integrations.intake.given_back import no_purchase, refund_of
from integrations.intake.online_retail import read_online_retail
from integrations.intake.sales import CURRENCY, import_invoices
from integrations.payments.sandbox import SandboxProvider
from integrations.storage import open_database
from integrations.work.refunds import ExecuteRefund
from integrations.work.worker import Worker

MERCHANT = Merchant(id="online-retail", name="Online Retail", base_currency=CURRENCY)
CLERK = Staff(id="clerk", merchant_id=MERCHANT.id, name="Clerk", role=Role.FINANCE, limits={CURRENCY: 10**12})

_READ_AT_ONCE = 500


class NotFresh(ValueError):
    """The database holds a replay already: its totals would mix with the new ones."""

    def __init__(self) -> None:
        super().__init__("this database holds a replay already; give a fresh one, or none")


class ReplayClock:
    """A clock that stands at the date that is being replayed."""

    def __init__(self) -> None:
        self.at = datetime(2000, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """The instant it stands at."""
        return self.at


@dataclass(slots=True)
class _Tally:
    """What came of the lines, and the orders that were touched."""

    outcomes: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    orders: set[str] = field(default_factory=set)


async def replay_online_retail(
    path: Path, database_url: str | None = None, *, progress: bool = True
) -> dict[str, Any]:
    """Replay a file; without a URL, in an SQLite file that is removed afterwards.

    Raises OSError, NotOnlineRetail, NotFresh, StorageUnavailable.
    """
    began = time.monotonic()
    with ExitStack() as stack:
        if database_url is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="desk-replay-"))
            database_url = f"sqlite:///{folder}/replay.db"
        clock = ReplayClock()
        store = await open_database(database_url, clock=clock)
        try:
            bar = stack.enter_context(_bar(progress))
            result = await _replay(store, clock, path, bar)
        finally:
            await store.close()
    return {**result, "seconds": round(time.monotonic() - began, 1)}


def _bar(shown: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not shown,
    )


async def _replay(store: Store, clock: ReplayClock, path: Path, bar: Progress) -> dict[str, Any]:
    if any(merchant.id == MERCHANT.id for merchant in await store.merchants()):
        raise NotFresh
    await store.save_merchant(MERCHANT)
    await store.write(MERCHANT.id, lambda uow: uow.staff.save(CLERK))
    data = await asyncio.to_thread(read_online_retail, path)
    lines = await asyncio.to_thread(match_credit_notes, data)
    if data.invoices:
        clock.at = data.invoices[0].at
    task = bar.add_task("Invoices", total=len(data.invoices))
    await import_invoices(
        store, MERCHANT.id, data.invoices, progress=lambda done, _: bar.update(task, completed=done)
    )
    tally = await _replay_lines(store, clock, lines, bar)
    return await _result(store, lines, tally)


async def _replay_lines(
    store: Store, clock: ReplayClock, lines: Sequence[CreditLine], bar: Progress
) -> _Tally:
    provider = SandboxProvider(clock=clock)
    tally = _Tally()
    worker = _worker(store, clock, provider)
    task = bar.add_task("Credit notes", total=len(lines))
    try:
        for at, dated in groupby(lines, key=lambda line: line.at):
            clock.at = max(clock.at, at)
            for wave in _waves(list(dated)):
                await asyncio.gather(*(_give_back(store, line, tally) for line in wave))
                await worker.run_once()
                bar.advance(task, len(wave))
    finally:
        provider.close()
    return tally


def _waves(lines: list[CreditLine]) -> Iterator[list[CreditLine]]:
    """Lines of one instant in turns that hold each order once: an order has one open proposal at a time."""
    while lines:
        seen: set[str] = set()
        wave: list[CreditLine] = []
        later: list[CreditLine] = []
        for line in lines:
            (later if line.invoice and line.invoice in seen else wave).append(line)
            seen.add(line.invoice)
        yield wave
        lines = later


def _worker(store: Store, clock: ReplayClock, provider: PaymentProvider) -> Worker:
    handler = ExecuteRefund(store, {"sandbox": provider}.__getitem__, clock=clock)
    return Worker(store, {EXECUTE_REFUND: handler, NOTIFY: _told}, owner="replay", clock=clock)


async def _told(job: Job) -> None:
    """Nobody is waiting in a channel for news of 2011."""


async def _give_back(store: Store, line: CreditLine, tally: _Tally) -> None:
    """One line through the desk, or refused with the rule it breaks."""
    tally.outcomes[line.outcome.value] += 1
    try:
        if line.outcome is not Outcome.MATCHED:
            raise Refused(no_purchase(line))
        proposal = await store.write(MERCHANT.id, lambda uow: propose(uow, CLERK, *_request(uow, line)))
        decision = await store.write(
            MERCHANT.id, lambda uow: confirm(uow, CLERK, proposal.id, proposal.sha256)
        )
        if not decision.accepted:
            raise Refused(*decision.refused)
        tally.orders.add(proposal.order_id)
    except Refused as refusal:
        await store.write(MERCHANT.id, _noted(line, refusal))
        if line.outcome is Outcome.MATCHED:
            tally.refused[refusal.codes[0]] += 1


def _request(uow: UnitOfWork, line: CreditLine) -> tuple[str, ProposalKind, RefundRequest]:
    """The order a matched line is about and the refund it asks for. Raises Refused where there is none."""
    order = uow.orders.by_number(line.invoice)
    if order is None:
        raise Refused(broken(Rule.ORDER_NOT_FOUND, "order", value=line.invoice))
    return order.id, ProposalKind.REFUND, refund_of(order, line)


def _noted(line: CreditLine, refusal: Refused) -> Callable[[UnitOfWork], None]:
    """The refusal as an event of the record."""
    rules = [violation.model_dump(mode="json") for violation in refusal.violations]

    def work(uow: UnitOfWork) -> None:
        detail = {"row": line.row, "outcome": line.outcome.value, "rules": rules}
        uow.audit.append(AuditEvent("credit_note.refused", line.note, CLERK.id, uow.now, detail))

    return work


async def _result(store: Store, lines: Sequence[CreditLine], tally: _Tally) -> dict[str, Any]:
    """The counts, and what the database itself says about money."""
    touched = sorted(tally.orders)
    refunded = over = 0
    for start in range(0, len(touched), _READ_AT_ONCE):
        given, too_much = await store.read(
            MERCHANT.id, partial(_totals, ids=touched[start : start + _READ_AT_ONCE])
        )
        refunded, over = refunded + given, over + too_much
    return {
        "credit_lines": len(lines),
        "matched": tally.outcomes[Outcome.MATCHED],
        "refunded_total": format_minor(refunded, CURRENCY),
        "no_customer": tally.outcomes[Outcome.NO_CUSTOMER],
        "unmatched": tally.outcomes[Outcome.UNMATCHED],
        "refused": dict(tally.refused),
        "ledger_sum": await store.read(MERCHANT.id, lambda uow: uow.ledger.sum()),
        "over_refunded_orders": over,
    }


def _totals(uow: UnitOfWork, ids: list[str]) -> tuple[int, int]:
    """Minor units that succeeded on these orders, and how many of them gave back more than was captured."""
    orders = [order for order in map(uow.orders.get, ids) if order is not None]
    refunded = sum(
        refund.amount
        for order in orders
        for refund in order.refunds
        if refund.status is RefundStatus.SUCCEEDED
    )
    return refunded, sum(refunded_total(order) > captured(order) for order in orders)
