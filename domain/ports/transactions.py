"""Transactions: a unit of work, and the store that runs one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from domain.ports.books import AuditLog, Ledger
from domain.ports.outbox import JobQueue, JobStore
from domain.ports.records import (
    ConversationRepository,
    FileStore,
    OrderRepository,
    ProposalRepository,
    StaffRepository,
)
from domain.ports.world import IdFactory
from domain.settings import Merchant


class UnitOfWork(Protocol):
    """One transaction of one merchant."""

    merchant: Merchant
    now: datetime
    ids: IdFactory
    orders: OrderRepository
    proposals: ProposalRepository
    ledger: Ledger
    jobs: JobQueue
    audit: AuditLog
    staff: StaffRepository
    conversations: ConversationRepository
    files: FileStore


T = TypeVar("T")


class Store(Protocol):
    """The database: transactions of one merchant as plain functions."""

    @property
    def jobs(self) -> JobStore:
        """The worker's side of the outbox."""
        ...

    async def read(self, merchant_id: str, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in a read transaction. Raises StorageUnavailable."""
        ...

    async def write(self, merchant_id: str, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in a transaction and commit it.

        `work` is run again from the start (a few times) on ConcurrentChange, so it must do nothing but read and
        write through its unit of work. Whatever else it raises rolls the transaction back and reaches the caller.
        Raises StorageUnavailable.
        """
        ...

    async def merchants(self) -> list[Merchant]:
        """All merchants."""
        ...

    async def save_merchant(self, merchant: Merchant) -> None:
        """Insert or write back."""
        ...
