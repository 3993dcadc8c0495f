"""Storage: one schema and one set of repositories on SQLite and PostgreSQL."""

from integrations.storage.database import Database, open_database
from integrations.storage.engines.contract import DatabaseInUse, ReadOnlyTransaction
from integrations.storage.identity import RandomIds, SystemClock
from integrations.storage.migrations import SchemaTooNew, migrate
from integrations.storage.unit_of_work import UnknownMerchant

__all__ = [
    "Database",
    "DatabaseInUse",
    "RandomIds",
    "ReadOnlyTransaction",
    "SchemaTooNew",
    "SystemClock",
    "UnknownMerchant",
    "migrate",
    "open_database",
]
