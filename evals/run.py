"""Many cases: one after the other, or several processes side by side, always told in the order of the file."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import BaseContext
from typing import Any

from agent.reading.view import Reader
from evals.cases import CaseShape

FEW = 3
"""So few cases are replayed in this process: another would take longer to start."""

_HEAVY = ["evals.replay", "agent.reading.local"]
"""What every process needs: imported once, where processes can be forked from one that has it."""

_reader: Reader | None = None


class NoSuchReader(Exception):
    """This build has no reader of that name, or it is not configured."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no chat model is configured for --reader {name} (DESK_MODEL); use --reader local")


class NoTrial(Exception):
    """No desk that takes cases answers at that address."""


def reader_by_name(name: str) -> Reader:
    """The reader a run asks for; a model is the configured one. Raises NoSuchReader."""
    from integrations.bootstrap import load_reader, load_settings

    if name == "local":
        return load_reader()
    try:
        settings = load_settings(reader=name)
    except ValueError as error:
        raise NoSuchReader(name) from error
    if not settings.model:
        raise NoSuchReader(name)
    return load_reader(settings)


def _begin(make: Callable[[str], Reader], name: str) -> None:
    """In each process, once."""
    global _reader
    _reader = make(name)


def _one(case: CaseShape) -> dict[str, Any]:
    from evals.replay import replay

    assert _reader is not None
    return asyncio.run(replay(case, _reader))


def run_cases(
    cases: Sequence[CaseShape],
    *,
    reader: str = "local",
    jobs: int = 2,
    make_reader: Callable[[str], Reader] = reader_by_name,
) -> Iterator[dict[str, Any]]:
    """The traces, in order, each as soon as it and all before it are there. Raises NoSuchReader."""
    if jobs <= 1 or len(cases) <= FEW:
        _begin(make_reader, reader)
        yield from map(_one, cases)
        return
    if reader != "local":
        make_reader(reader)
    beginning = (make_reader, reader)
    with ProcessPoolExecutor(min(jobs, len(cases)), context(), _begin, beginning) as pool:
        yield from pool.map(_one, cases)


def context() -> BaseContext:
    """How processes begin: forked from one that has everything heavy, where that can be done."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(_HEAVY)
    return forking
