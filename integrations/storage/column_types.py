"""PostgreSQL's types of the columns that statements write.

Beside the tables and not taken from them: SQLAlchemy, which describes those for the migrations, takes longer to load
than all the rest of the storage. A test compares the two.
"""

from __future__ import annotations

_BY_NAME = {
    **dict.fromkeys(
        ("amount", "attempts", "event", "fence", "revision", "seq", "serial", "version"), "bigint"
    ),
    **dict.fromkeys(("at", "locked_until", "run_after"), "timestamptz"),
    **dict.fromkeys(("body", "content"), "bytea"),
}
_BY_TABLE = {
    "audit_events.number": "bigint",
    "idempotency_keys.status": "bigint",
    "jobs.id": "bigint",
    "ledger_entries.number": "bigint",
    "messages.number": "bigint",
}


def postgres_type(table: str, column: str) -> str:
    """PostgreSQL's name for a column's type: an instant where it ends in ``_at``, text where nothing else is said."""
    named = _BY_TABLE.get(f"{table}.{column}") or _BY_NAME.get(column)
    return named or ("timestamptz" if column.endswith("_at") else "text")
