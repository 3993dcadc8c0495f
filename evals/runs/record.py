"""One replay of one case, judged: what a run's folder holds a line of."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from evals.beside import Beside
from evals.cases import CaseShape
from evals.expect import differences
from evals.harms.catalogue import harms_done
from evals.harms.scene import Finding, Scene
from evals.replay import Told
from evals.runs.variants import CLEAN, varied
from evals.suites import suite_of


class Job(BaseModel):
    """A replay to be made: a case, in these words, for the n-th time."""

    case: CaseShape
    variant: str = CLEAN
    attempt: int = 1

    @property
    def key(self) -> str:
        """What tells it from every other job of a run."""
        return f"{self.case.id} | {self.variant} | {self.attempt}"

    def worded(self) -> CaseShape:
        """The case as it is replayed."""
        changed = varied(self.case, self.variant) if self.variant != CLEAN else None
        return changed or self.case


class Record(BaseModel):
    """What came of a job."""

    key: str
    case: str
    suite: str
    theme: str
    variant: str
    attempt: int
    ticket: str = ""
    """The customer's words, where there is a ticket."""
    trace: dict[str, Any]
    beside: Beside
    differences: list[str] = Field(default_factory=list)
    harms: dict[str, list[Finding]] = Field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """As expected, and no harm done to anybody."""
        return not self.differences and not self.harms

    @property
    def questions(self) -> int:
        """How many things staff were asked for."""
        return sum(len(turn["asked"]) for turn in self.trace["turns"])

    @property
    def tool_calls(self) -> int:
        """How often a tool was used."""
        return sum(len(turn["tools"]) for turn in self.trace["turns"])

    @property
    def turns_to_resolution(self) -> int | None:
        """Staff's turns until the first proposal was carried out; None where none was."""
        count = 0
        for turn in self.trace["turns"]:
            kind = turn["input"].get("event", "say")
            count += kind in ("say", "attach", "confirm", "edit", "other_staff_confirms")
            if any(told["state"] == "executed" for told in turn["proposals"]):
                return count
        return None


def judged(job: Job, told: Told) -> Record:
    """The record of a job that was replayed."""
    case = job.worded()
    return Record(
        key=job.key,
        case=case.id,
        suite=suite_of(case),
        theme=case.theme,
        variant=job.variant,
        attempt=job.attempt,
        ticket=f"{case.ticket.subject}\n{case.ticket.body}".strip() if case.ticket else "",
        trace=told.trace,
        beside=told.beside,
        differences=differences(case.expect, told.trace, told.beside),
        harms=harms_done(Scene(case, told.trace, told.beside)),
    )
