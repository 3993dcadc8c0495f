"""What the domain needs from the world outside: storage, time, ids, payment providers.

All storage calls are synchronous and happen inside one transaction, opened and committed by the caller: a service
takes a :class:`UnitOfWork` and neither commits nor rolls back. A unit of work belongs to one merchant; no query made
through it reaches another's rows.
"""

from domain.ports.books import (
    AuditEvent,
    AuditLog,
    AuditReport,
    Ledger,
    LedgerRow,
)
from domain.ports.outbox import (
    Job,
    JobQueue,
    JobSpec,
    JobStore,
)
from domain.ports.payments import (
    PaymentProvider,
    PaymentRecords,
    ProviderAnswer,
    ProviderRefund,
    ProviderRequest,
    ProviderTimeout,
    ProviderUnavailable,
    RecordingProvider,
)
from domain.ports.records import (
    ConversationRepository,
    FileStore,
    NamedOrders,
    OrderRepository,
    OrderSummary,
    ProposalRepository,
    StaffRepository,
)
from domain.ports.transactions import (
    Store,
    UnitOfWork,
)
from domain.ports.world import (
    Clock,
    ConcurrentChange,
    IdFactory,
    StorageUnavailable,
)

__all__ = [
    "AuditEvent",
    "AuditLog",
    "AuditReport",
    "Clock",
    "ConcurrentChange",
    "ConversationRepository",
    "FileStore",
    "IdFactory",
    "Job",
    "JobQueue",
    "JobSpec",
    "JobStore",
    "Ledger",
    "LedgerRow",
    "NamedOrders",
    "OrderRepository",
    "OrderSummary",
    "PaymentProvider",
    "PaymentRecords",
    "ProposalRepository",
    "ProviderAnswer",
    "ProviderRefund",
    "ProviderRequest",
    "ProviderTimeout",
    "ProviderUnavailable",
    "RecordingProvider",
    "StaffRepository",
    "StorageUnavailable",
    "Store",
    "UnitOfWork",
]
