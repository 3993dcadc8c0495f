"""Two runs side by side: which cases flipped, which harms came or went, how the figures moved."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from evals.runs.record import Record
from evals.runs.summary import Summary, summed_up


class Flip(BaseModel):
    """A job that came out differently, and why it does not pass where it does not."""

    key: str
    suite: str
    reasons: list[str]


class Moved(BaseModel):
    """A figure before and after."""

    name: str
    before: float
    after: float


class Comparison(BaseModel):
    """What changed from one run to the other; jobs are told by their keys."""

    before: Summary
    after: Summary
    broke: list[Flip]
    mended: list[Flip]
    new_harms: list[str]
    gone_harms: list[str]
    only_before: list[str]
    only_after: list[str]
    moved: list[Moved]

    @property
    def is_worse(self) -> bool:
        """Whether anything that passed does not any more, or a harm came."""
        return bool(self.broke or self.new_harms)


def compared(before: Sequence[Record], after: Sequence[Record]) -> Comparison:
    """The difference between two runs, job by job."""
    old = {record.key: record for record in before}
    new = {record.key: record for record in after}
    both = [(old[key], new[key]) for key in old if key in new]
    harms = [set(_harms(records)) for records in (before, after)]
    one, other = summed_up(before), summed_up(after)
    return Comparison(
        before=one,
        after=other,
        broke=[_flip(b, b) for a, b in both if a.passed and not b.passed],
        mended=[_flip(b, a) for a, b in both if b.passed and not a.passed],
        new_harms=sorted(harms[1] - harms[0]),
        gone_harms=sorted(harms[0] - harms[1]),
        only_before=[key for key in old if key not in new],
        only_after=[key for key in new if key not in old],
        moved=_moved(one, other),
    )


def reasons_of(record: Record) -> list[str]:
    """Why it does not pass, in words."""
    harms = [f"{name}: {finding.text}" for name, findings in record.harms.items() for finding in findings]
    return harms + record.differences


def _flip(record: Record, failed: Record) -> Flip:
    return Flip(key=record.key, suite=record.suite, reasons=reasons_of(failed))


def _harms(records: Sequence[Record]) -> list[str]:
    return [f"{name} in {record.key}" for record in records for name in record.harms]


def _moved(before: Summary, after: Summary) -> list[Moved]:
    names = (
        "questions",
        "turns_to_resolution",
        "tool_calls",
        "calls",
        "prompt_tokens",
        "turn_p50",
        "turn_p95",
    )
    return [Moved(name="pass rate", before=before.share.rate, after=after.share.rate)] + [
        Moved(
            name=name.replace("_", " "),
            before=getattr(before.figures, name),
            after=getattr(after.figures, name),
        )
        for name in names
    ]
