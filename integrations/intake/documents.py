"""Importing order documents: read with bounded memory, judged one by one, stored in batches.

A good row is never lost to a bad one, and a number that exists already is not imported twice: the same file can be
imported again after its bad rows were put right.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from domain.orders.arrival import take_in
from domain.orders.document import OrderDocument, read_document
from domain.orders.intake import Intake, to_order
from domain.ports import Store, UnitOfWork
from domain.rules import Refused, Rule
from integrations.intake.files import open_plain, unpacking
from integrations.intake.json_rows import BadRow, JsonRow, json_rows
from integrations.intake.report import ImportReport, Problem, Progress, problem, problems_of

BATCH = 500
"""Documents a transaction."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Documents whose shape is right, with their lines, and the problems of the others."""

    documents: list[tuple[int, OrderDocument]]
    problems: list[list[Problem]]
    rows: int


@dataclass(frozen=True, slots=True)
class _Stored:
    """What became of the documents of a batch."""

    imported: int
    existing: int
    problems: list[list[Problem]]


class _Counting:
    """A stream that knows how much of it was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.done = 0

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self.done += len(content)
        return content


async def import_documents(
    store: Store,
    merchant_id: str,
    source: Path | BinaryIO,
    progress: Progress | None = None,
) -> ImportReport:
    """Import the order documents of a file (plain, .gz or .xz) or of a stream of bytes.

    Raises OSError where the file cannot be read and StorageUnavailable; batches stored before stay.
    """
    if isinstance(source, Path):
        plain = open_plain(source)
        with unpacking(), plain:
            return await _import(store, merchant_id, plain, progress)
    return await _import(store, merchant_id, source, progress)


async def _import(
    store: Store, merchant_id: str, stream: BinaryIO, progress: Progress | None
) -> ImportReport:
    report = ImportReport()
    counting = _Counting(stream)
    rows = json_rows(counting)
    while (batch := await asyncio.to_thread(_next_batch, rows)).rows:

        def work(uow: UnitOfWork, batch: _Batch = batch) -> _Stored:
            return _store(uow, batch.documents)

        stored = await store.write(merchant_id, work) if batch.documents else _Stored(0, 0, [])
        report.imported += stored.imported
        report.existing += stored.existing
        for found in sorted([*batch.problems, *stored.problems], key=lambda row: row[0].line):
            report.add(found)
        if progress is not None:
            progress(counting.done, 0)
    return report


def _next_batch(rows: Iterator[JsonRow]) -> _Batch:
    documents: list[tuple[int, OrderDocument]] = []
    problems: list[list[Problem]] = []
    count = 0
    for row in islice(rows, BATCH):
        count += 1
        if isinstance(row.value, BadRow):
            bad = problem(row.line, Rule.FIELD_INVALID, "row", limit=row.value.why, value="this row")
            problems.append([bad])
            continue
        try:
            documents.append((row.line, read_document(row.value)))
        except Refused as refusal:
            problems.append(problems_of(row.line, refusal))
    return _Batch(documents, problems, count)


def _store(uow: UnitOfWork, documents: Sequence[tuple[int, OrderDocument]]) -> _Stored:
    """What is there already is not worked out again, so a run that goes on after a broken one soon catches up."""
    known = uow.orders.known_numbers([document.number for _, document in documents])
    intakes: list[Intake] = []
    problems: list[list[Problem]] = []
    existing = 0
    for line, document in documents:
        if document.number in known:
            existing += 1
            continue
        try:
            intakes.append(to_order(document, uow.merchant, order_id=uow.ids.new("ord"), now=uow.now))
        except Refused as refusal:
            problems.append(problems_of(line, refusal))
    added = take_in(uow, intakes) if intakes else []
    return _Stored(sum(added), existing + len(added) - sum(added), problems)
