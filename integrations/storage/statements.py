"""SQL written once, rendered for both drivers.

The drivers (`sqlite3`, `asyncpg`) are used directly, with SQLAlchemy for the schema and the migrations only: on the
way of a confirmation a statement through SQLAlchemy costs more than the statement itself, and two things that the
throughput rests on need the driver: many look-ups of one kind as one query, and many rows as one array parameter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from integrations.storage.column_types import postgres_type

_PARAMETER = re.compile(r"(?<!:):([a-z_][a-z0-9_]*)")

_PARAMETER_TYPES = {
    "limit": "bigint",
    "offset": "bigint",
    "before": "bigint",
    "after": "bigint",
    "number": "bigint",
    "fence": "bigint",
    "now": "timestamptz",
    "since": "timestamptz",
    "until": "timestamptz",
    "due_at": "timestamptz",
    "run_after": "timestamptz",
    "since_at": "timestamptz",
    "until_at": "timestamptz",
    "content": "bytea",
    "ids": "text[]",
    "kinds": "text[]",
}
"""PostgreSQL types of parameters by name; the rest are text."""


class Query:
    """A statement with ``:name`` parameters, and the tables it reads.

    `sqlite` and `postgres` replace the text where the two differ. `contended`: who reads that row will likely write it.
    """

    def __init__(
        self, tables: str, text: str = "", *, sqlite: str = "", postgres: str = "", contended: bool = False
    ) -> None:
        self.tables, self.contended = frozenset(tables.split()), contended
        self._sqlite = sqlite or text
        self._postgres = postgres or text

    @cached_property
    def sqlite(self) -> tuple[str, tuple[str, ...]]:
        """SQL with ``?`` and the names in order of appearance, repeated where they repeat."""
        names = tuple(_PARAMETER.findall(self._sqlite))
        return _PARAMETER.sub("?", self._sqlite), names

    @cached_property
    def postgres(self) -> tuple[str, tuple[str, ...]]:
        """SQL with ``$1``… and the distinct names in order."""
        names = self._distinct
        sql = _PARAMETER.sub(lambda m: f"${names.index(m[1]) + 1}::{_type(m[1])}", self._postgres)
        return sql, names

    @cached_property
    def postgres_many(self) -> tuple[str, tuple[str, ...]]:
        """The same for many sets of parameters at once: arrays in, rows out with the set's number (from 1) first."""
        names = self._distinct
        arrays = ", ".join(array(i + 1, _type(name)) for i, name in enumerate(names))
        columns = ", ".join(f"p_{name}" for name in names)
        inner = _PARAMETER.sub(lambda m: f"k.p_{m[1]}", self._postgres)
        sql = (
            f"select k.n_, q.* from unnest({arrays}) with ordinality as k({columns}, n_) "
            f"cross join lateral ({inner}) as q"
        )
        return sql, names

    @cached_property
    def postgres_types(self) -> tuple[str, ...]:
        """PostgreSQL types of the distinct parameters."""
        return tuple(_type(name) for name in self._distinct)

    @property
    def can_join(self) -> bool:
        """Whether many sets of parameters fit into one query (arrays of arrays do not)."""
        return bool(self._distinct) and not any(_type(name).endswith("[]") for name in self._distinct)

    @cached_property
    def _distinct(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_PARAMETER.findall(self._postgres)))


def _type(name: str) -> str:
    return _PARAMETER_TYPES.get(name, "text")


@dataclass(frozen=True, eq=False)
class Bulk:
    """A write of many rows of one shape.

    The first `keys` columns name the row; rows are written in their order so that transactions lock in one order.
    `exclusive`: two transactions that write the same row exclude each other. `exact`: every row must be written, or
    somebody else was faster. `rank` orders the writes of a transaction; the hottest rows come last.
    """

    rank: int
    table: str
    columns: tuple[str, ...]
    sqlite: str
    postgres: str
    keys: int = 0
    exclusive: bool = False
    exact: bool = False
    returning: bool = False
    tables: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def postgres_types(self) -> tuple[str, ...]:
        """PostgreSQL types of the columns."""
        return tuple(postgres_type(self.table, name) for name in self.columns)


def insert(
    rank: int,
    table: str,
    columns: Sequence[str],
    *,
    keys: int = 0,
    exact: bool = False,
    on_conflict: str = "do nothing",
    returning: str = "",
) -> Bulk:
    """Insert rows. With `returning`, the write answers those columns of the rows it wrote."""
    names = ", ".join(columns)
    marks = ", ".join("?" for _ in columns)
    tail = f" on conflict {on_conflict}" + (f" returning {returning}" if returning else "")
    return Bulk(
        rank,
        table,
        tuple(columns),
        sqlite=f"insert into {table} ({names}) values ({marks}){tail}",
        postgres=f"insert into {table} ({names}) select {names} from {_unnest(table, columns)}{tail}",
        keys=keys,
        exclusive=exact or on_conflict != "do nothing",
        exact=exact,
        returning=bool(returning),
        tables=frozenset((table,)),
    )


def upsert(rank: int, table: str, columns: Sequence[str], *, keys: int) -> Bulk:
    """Insert rows or write them back."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns[keys:])
    conflict = f"({', '.join(columns[:keys])}) do update set {changes}"
    return insert(rank, table, columns, keys=keys, on_conflict=conflict)


def update(rank: int, table: str, columns: Sequence[str], *, keys: int, change: str, guard: str) -> Bulk:
    """Change rows found by their keys, each only while its guard holds.

    `change` and `guard` speak of the row as ``t`` and of the new values as ``k``.
    """
    found = " and ".join(f"t.{name} = k.{name}" for name in columns[:keys])
    marks = ", ".join(f"? as {name}" for name in columns)
    tail = f"where {found} and {guard}"
    return Bulk(
        rank,
        table,
        tuple(columns),
        sqlite=f"update {table} as t set {change} from (select {marks}) as k {tail}",
        postgres=f"update {table} as t set {change} from {_unnest(table, columns)} {tail}",
        keys=keys,
        exclusive=True,
        exact=True,
        tables=frozenset((table,)),
    )


def _unnest(table: str, columns: Sequence[str]) -> str:
    arrays = ", ".join(array(i + 1, postgres_type(table, name)) for i, name in enumerate(columns))
    return f"unnest({arrays}) as k({', '.join(columns)})"


def array(position: int, kind: str) -> str:
    """A parameter that is an array: as text but for bytes, for the driver takes three times as long for arrays."""
    return f"${position}::bytea[]" if kind == "bytea" else f"${position}::text::{kind}[]"


def literal(values: Sequence[Any], kind: str) -> Any:
    """The value of such a parameter: PostgreSQL's text of an array."""
    if kind == "bytea":
        return list(values)
    if kind == "text":
        return "{" + ",".join(["NULL" if value is None else _quoted(value) for value in values]) + "}"
    if kind == "timestamptz":
        return "{" + ",".join(["NULL" if value is None else value.isoformat() for value in values]) + "}"
    return "{" + ",".join(map(str, values)) + "}"


def _quoted(value: str) -> str:
    if "\\" in value or '"' in value:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"'
