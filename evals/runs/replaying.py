"""Jobs replayed side by side (processes; threads against a server), each judged where it was replayed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path

from agent.reading.view import Reader
from evals.cases import CaseShape
from evals.driver import in_process
from evals.http_driver import by_url, check_trial
from evals.replay import tell
from evals.run import FEW, context, reader_by_name
from evals.runs.folder import Plan, RunFolder, keys_of
from evals.runs.record import Job, Record, judged
from evals.runs.variants import CLEAN, varied

Done = Callable[[Record], None]
_reader: Reader | None = None


def _begin(make: Callable[[str], Reader], name: str) -> None:
    """In each process, once."""
    global _reader
    _reader = make(name)


def _here(job: Job) -> Record:
    assert _reader is not None
    case = job.worded()
    return judged(job, asyncio.run(tell(in_process(case, _reader), case, _reader.name)))


def _there(url: str, reader: str, named: str, job: Job) -> Record:
    case = job.worded()
    return judged(job, asyncio.run(tell(by_url(case, url, reader), case, named)))


def jobs_for(cases: Sequence[CaseShape], *, repeat: int = 1, variants: Sequence[str] = ()) -> list[Job]:
    """Every case as it is, and in each of the variants that change it, `repeat` times."""
    return [
        Job(case=case, variant=variant, attempt=attempt)
        for case in cases
        for variant in [CLEAN, *variants]
        for attempt in range(1, repeat + 1)
        if variant == CLEAN or varied(case, variant) is not None
    ]


def plan_of(jobs: list[Job], *, reader: str, url: str, repeat: int, variants: Sequence[str]) -> Plan:
    """What a run with these jobs is."""
    content = "".join(job.case.model_dump_json() for job in jobs)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return Plan(
        reader=reader, url=url, repeat=repeat, variants=list(variants), jobs=keys_of(jobs), cases=digest
    )


def records_of(
    jobs: Sequence[Job],
    *,
    reader: str = "local",
    url: str = "",
    workers: int = 2,
    make_reader: Callable[[str], Reader] = reader_by_name,
) -> Iterator[Record]:
    """Records as they are finished. Raises NoSuchReader, NoTrial."""
    if url:
        named = check_trial(url, reader)
        yield from _side_by_side(ThreadPoolExecutor(workers), partial(_there, url, reader, named), jobs)
        return
    if workers <= 1 or len(jobs) <= FEW:
        _begin(make_reader, reader)
        yield from map(_here, jobs)
        return
    if reader != "local":
        make_reader(reader)
    pool = ProcessPoolExecutor(min(workers, len(jobs)), context(), _begin, (make_reader, reader))
    yield from _side_by_side(pool, _here, jobs)


def _side_by_side(pool: Executor, work: Callable[[Job], Record], jobs: Sequence[Job]) -> Iterator[Record]:
    with pool:
        waiting = [pool.submit(work, job) for job in jobs]
        try:
            for finished in as_completed(waiting):
                yield finished.result()
        finally:
            for left in waiting:
                left.cancel()


def run_into(
    folder: Path,
    jobs: list[Job],
    plan: Plan,
    *,
    resume: bool = False,
    workers: int = 2,
    done: Done = lambda record: None,
) -> list[Record]:
    """Replay what the folder does not hold yet; all records in the order of the jobs.

    Raises NoRun, NoSuchReader, NoTrial.
    """
    place = RunFolder(folder)
    there = place.begin(plan, resume=resume)
    for record in there.values():
        done(record)
    left = [job for job in jobs if job.key not in there]
    for record in records_of(left, reader=plan.reader, url=plan.url, workers=workers):
        place.keep(record)
        done(record)
    return place.finish(plan)
