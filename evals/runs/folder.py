"""A run's folder: what was run (`run.json`) and a record a finished job (`records.jsonl`); it can go on later."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ValidationError

from evals.runs.record import Job, Record

WHAT, RECORDS = "run.json", "records.jsonl"


class Plan(BaseModel):
    """What a run is about; a run goes on only with the same."""

    reader: str = "local"
    url: str = ""
    repeat: int = 1
    variants: list[str] = []
    jobs: list[str] = []
    """Keys, in order."""
    cases: str = ""
    """A hash of the cases' content."""


class NoRun(Exception):
    """The folder holds no run, or not this one."""


class RunFolder:
    """Where a run is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, plan: Plan, *, resume: bool) -> dict[str, Record]:
        """Make the folder; the records that are there already, by key. Raises NoRun where another run lies there."""
        self.path.mkdir(parents=True, exist_ok=True)
        if resume and (self.path / WHAT).exists():
            if self.plan() != plan:
                raise NoRun(
                    f"{self.path} holds a run of other cases or options; leave --resume out to begin anew"
                )
            there = {record.key: record for record in self._readable()}
            self._write(there.values())  # A line that was cut off would swallow the next one.
            return there
        (self.path / RECORDS).write_text("", encoding="utf-8")
        (self.path / WHAT).write_text(plan.model_dump_json(indent=1) + "\n", encoding="utf-8")
        return {}

    def keep(self, record: Record) -> None:
        """Add a finished job; it is on disk when this returns."""
        with (self.path / RECORDS).open("a", encoding="utf-8") as file:
            file.write(record.model_dump_json() + "\n")

    def finish(self, plan: Plan) -> list[Record]:
        """The records in the order of the plan, written back so."""
        found = {record.key: record for record in self._readable()}
        ordered = [found[key] for key in plan.jobs if key in found]
        self._write(ordered)
        return ordered

    def _write(self, records: Iterable[Record]) -> None:
        text = "".join(record.model_dump_json() + "\n" for record in records)
        (self.path / RECORDS).write_text(text, encoding="utf-8")

    def plan(self) -> Plan:
        """What was run. Raises NoRun."""
        try:
            return Plan.model_validate_json((self.path / WHAT).read_text(encoding="utf-8"))
        except (OSError, ValidationError) as error:
            raise NoRun(f"{self.path} holds no run: {error}") from None

    def records(self) -> list[Record]:
        """Every finished job. Raises NoRun."""
        self.plan()
        return list(self._readable())

    def _readable(self) -> Iterator[Record]:
        """Records, without a last one that was cut off."""
        try:
            lines = (self.path / RECORDS).read_text(encoding="utf-8").splitlines()
        except OSError:
            return
        for line in lines:
            try:
                yield Record.model_validate(json.loads(line))
            except (json.JSONDecodeError, ValidationError):
                continue


def keys_of(jobs: list[Job]) -> list[str]:
    """Keys in order."""
    return [job.key for job in jobs]
