"""A transaction on PostgreSQL as repositories see it, and the fibres that works run in.

Works are plain functions, the driver is asynchronous. A work runs in a fibre (a greenlet): where it asks the database
it is set aside, and it goes on when the answer is there. So many works can stand at the same kind of question at the
same moment, and one query answers all of them.
"""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from greenlet import getcurrent, greenlet  # type: ignore[import-untyped]

from integrations.storage.engines.contract import ReadOnlyTransaction
from integrations.storage.flushing import flush
from integrations.storage.link import Pending, Row
from integrations.storage.statements import Bulk, Query, literal


@dataclass(frozen=True, slots=True)
class Question:
    """What a fibre waits for: rows of a query, or a write of many rows."""

    query: Query | Bulk
    arguments: tuple[Any, ...]
    writes: bool


class Fibre:
    """A function that can be set aside in the middle."""

    __slots__ = ("_greenlet", "done", "error", "link", "may_wait", "question", "result")

    def __init__(
        self, task: Callable[[PostgresLink], Any], link: PostgresLink, context: contextvars.Context
    ) -> None:
        self.link, self.done, self.may_wait = link, False, False
        self.result: Any = None
        self.error: BaseException | None = None
        self.question: Question | None = None
        self._greenlet = greenlet(lambda _: task(link))
        self._greenlet.gr_context = context

    def go_on(self, answer: Any = None, error: BaseException | None = None) -> None:
        """Run until the next question or the end."""
        self._greenlet.parent = getcurrent()
        try:
            value = self._greenlet.switch(answer) if error is None else self._greenlet.throw(error)
        except Exception as raised:
            self.done, self.error = True, raised
            return
        if self._greenlet.dead:
            self.done, self.result, self.question = True, value, None
        else:
            self.question = value


class PostgresLink:
    """An open transaction, seen from inside a fibre."""

    dialect = "postgresql"

    def __init__(self, *, writable: bool) -> None:
        self._writable = writable
        self.pending = Pending()

    def array(self, values: Sequence[str], /) -> Any:
        """A list, as the driver takes arrays."""
        return list(values)

    def rows(self, query: Query, /, **parameters: Any) -> Sequence[Row]:
        """Read. Writes of this work to the same tables go out before."""
        if self.pending.tables and not self.pending.tables.isdisjoint(query.tables):
            self.flush()
        names = query.postgres[1]
        found: Sequence[Row] = _ask(
            Question(query, tuple([parameters[name] for name in names]), writes=False)
        )
        return found

    def change(self, query: Query, /, **parameters: Any) -> Sequence[Row]:
        """Write at once; the rows that the statement returns."""
        self._check()
        names = query.postgres[1]
        found: Sequence[Row] = _ask(Question(query, tuple([parameters[name] for name in names]), writes=True))
        return found

    def bulk(self, bulk: Bulk, rows: Sequence[tuple[Any, ...]], /) -> tuple[int, Sequence[Row]]:
        """Write rows at once; how many were written and, for a returning one, what it returned."""
        self._check()
        columns = tuple(map(literal, zip(*rows, strict=True), bulk.postgres_types))
        answer: tuple[int, Sequence[Row]] = _ask(Question(bulk, columns, writes=True))
        return answer

    def flush(self) -> None:
        """Write out what this work has held back. Raises ConcurrentChange."""
        if self.pending:
            flush(self, [self.pending])
            self.pending.clear()

    def _check(self) -> None:
        if not self._writable:
            raise ReadOnlyTransaction("a read transaction cannot write")


def _ask(question: Question) -> Any:
    parent = getcurrent().parent
    assert parent is not None, "a link works inside a fibre only"
    return parent.switch(question)
