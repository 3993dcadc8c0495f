"""Answering the questions of fibres on a connection: equal ones once, like ones together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from integrations.storage.engines.postgres_link import Fibre, Question
from integrations.storage.statements import Bulk, Query, literal

_TOGETHER = 64
"""Most sets of parameters in one query."""


@dataclass(slots=True)
class Unfinished:
    """Fibres that were not run to their end."""

    writing: list[Fibre] = field(default_factory=list)
    """They stand at a write. They have only read so far, so they may go on in a transaction of their own."""
    waiting: list[Fibre] = field(default_factory=list)
    """They asked for a row that another one has just read, perhaps to change it: they had better run after it."""


async def drive(connection: asyncpg.Connection, fibres: Sequence[Fibre], *, alone: bool) -> Unfinished:
    """Run fibres to their end; unless `alone`, those that write or had better wait are left where they are.

    Raises the driver's errors, with all unfinished fibres abandoned.
    """
    for fibre in fibres:
        if fibre.question is None:
            fibre.go_on()
    left = Unfinished()
    seen: set[tuple[Any, ...]] = set()
    running = list(fibres)
    while running := [fibre for fibre in running if not fibre.done]:
        if not alone:
            running = [fibre for fibre in running if not _is_left(fibre, seen, left)]
        for query, asking in _by_query(running).items():
            await _answer(connection, query, asking)
    return left


def _is_left(fibre: Fibre, seen: set[tuple[Any, ...]], left: Unfinished) -> bool:
    question = fibre.question
    if question is None:
        return False
    if question.writes:
        left.writing.append(fibre)
        return True
    if isinstance(question.query, Query) and question.query.contended:
        row = (question.query, *question.arguments)
        if row in seen and fibre.may_wait:
            left.waiting.append(fibre)
            return True
        seen.add(row)
    return False


def _by_query(fibres: Sequence[Fibre]) -> dict[Query | Bulk, list[Fibre]]:
    groups: dict[Query | Bulk, list[Fibre]] = {}
    for fibre in fibres:
        if fibre.question is not None:
            groups.setdefault(fibre.question.query, []).append(fibre)
    return groups


async def _answer(connection: asyncpg.Connection, query: Query | Bulk, fibres: Sequence[Fibre]) -> None:
    if isinstance(query, Bulk) or len(fibres) == 1 or not query.can_join:
        for fibre in fibres:
            if fibre.question is not None:
                fibre.go_on(await _one(connection, fibre.question))
        return
    asked: dict[tuple[Any, ...], list[Fibre]] = {}
    for fibre in fibres:
        if fibre.question is not None:
            asked.setdefault(fibre.question.arguments, []).append(fibre)
    sets = list(asked)
    for start in range(0, len(sets), _TOGETHER):
        chunk = sets[start : start + _TOGETHER]
        for arguments, rows in zip(chunk, await _many(connection, query, chunk), strict=True):
            for fibre in asked[arguments]:
                fibre.go_on(rows)


async def _one(connection: asyncpg.Connection, question: Question) -> Any:
    query = question.query
    if isinstance(query, Query):
        return await connection.fetch(query.postgres[0], *question.arguments)
    if query.returning:
        rows = await connection.fetch(query.postgres, *question.arguments)
        return len(rows), rows
    status = await connection.execute(query.postgres, *question.arguments)
    return int(status.rsplit(" ", 1)[1]), ()


async def _many(
    connection: asyncpg.Connection, query: Query, sets: Sequence[tuple[Any, ...]]
) -> list[Sequence[Any]]:
    if len(sets) == 1:
        return [await connection.fetch(query.postgres[0], *sets[0])]
    arrays = map(literal, zip(*sets, strict=True), query.postgres_types)
    rows = await connection.fetch(query.postgres_many[0], *arrays)
    answers: list[list[Any]] = [[] for _ in sets]
    for row in rows:
        answers[row[0] - 1].append(tuple(row)[1:])
    return list(answers)
