"""A run in figures: pass rates by suite, harms, what a case costs in questions, turns, calls, tokens and time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from agent.reading.view import Usage
from evals.beside import added
from evals.harms.catalogue import HARMS
from evals.runs.record import Record
from evals.runs.statistics import mean, pass_hat_interval, percentile, wilson
from evals.runs.variants import CLEAN, VARIANTS
from evals.suites import SUITES


class Share(BaseModel):
    """How many of how many passed, with the 95 % interval of the share."""

    passed: int
    count: int
    rate: float
    low: float
    high: float

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> Share:
        """The share of those that are true."""
        told = list(outcomes)
        low, high = wilson(sum(told), len(told))
        return cls(
            passed=sum(told), count=len(told), rate=sum(told) / len(told) if told else 0.0, low=low, high=high
        )


class SuiteFigures(BaseModel):
    """One suite."""

    suite: str
    share: Share
    harms: int
    questions: float
    turns: float


class HarmFigures(BaseModel):
    """One harm and the jobs that did it."""

    harm: str
    title: str
    is_safety: bool
    jobs: list[str]


class Pass(BaseModel):
    """pass^k: every one of k attempts passed."""

    k: int
    value: float
    low: float
    high: float


class VariantFigures(BaseModel):
    """The same cases in other words, against themselves as they are."""

    variant: str
    clean: Share
    varied: Share
    drop: float
    lost: list[str]
    """Cases that pass as they are, and not in these words."""


class Figures(BaseModel):
    """What a case takes; seconds are of this machine and this day."""

    questions: float
    turns_to_resolution: float
    resolved: int
    tool_calls: float
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: str | None
    turn_p50: float
    turn_p95: float
    case_p50: float
    case_p95: float


class Summary(BaseModel):
    """All of it. The first attempt of each case as it is counts, but for pass^k and variants."""

    reader: str
    cases: int
    replays: int
    share: Share
    suites: list[SuiteFigures]
    harms: list[HarmFigures]
    passes: list[Pass]
    variants: list[VariantFigures]
    figures: Figures
    failed: list[str]


def summed_up(records: Sequence[Record]) -> Summary:
    """The summary of a run's records."""
    clean = [record for record in records if record.variant == CLEAN]
    first = [record for record in clean if record.attempt == 1]
    return Summary(
        reader=", ".join(sorted({record.trace["reader"] for record in records})),
        cases=len(first),
        replays=len(records),
        share=Share.of(record.passed for record in first),
        suites=_suites(first),
        harms=_harms(records),
        passes=_passes(clean),
        variants=_variants(records),
        figures=_figures(first),
        failed=[record.case for record in first if not record.passed],
    )


def _suites(first: list[Record]) -> list[SuiteFigures]:
    by_suite: dict[str, list[Record]] = defaultdict(list)
    for record in first:
        by_suite[record.suite].append(record)
    order = {suite: at for at, suite in enumerate(SUITES)}
    return [
        SuiteFigures(
            suite=suite,
            share=Share.of(record.passed for record in found),
            harms=sum(len(record.harms) for record in found),
            questions=mean([record.questions for record in found]),
            turns=mean([count for record in found if (count := record.turns_to_resolution) is not None]),
        )
        for suite, found in sorted(by_suite.items(), key=lambda item: (order.get(item[0], 99), item[0]))
    ]


def _harms(records: Sequence[Record]) -> list[HarmFigures]:
    return [
        HarmFigures(
            harm=harm.name,
            title=harm.title,
            is_safety=harm.is_safety,
            jobs=[record.key for record in records if harm.name in record.harms],
        )
        for harm in HARMS
    ]


def _passes(clean: list[Record]) -> list[Pass]:
    attempts: dict[str, list[bool]] = defaultdict(list)
    for record in clean:
        attempts[record.case].append(record.passed)
    if not attempts:
        return []
    most = min(len(told) for told in attempts.values())
    counts = [(sum(told), len(told)) for told in attempts.values()]
    found = []
    for k in range(1, most + 1):
        value, low, high = pass_hat_interval(counts, k)
        found.append(Pass(k=k, value=value, low=low, high=high))
    return found


def _variants(records: Sequence[Record]) -> list[VariantFigures]:
    clean = {
        record.case: record.passed for record in records if record.variant == CLEAN and record.attempt == 1
    }
    found = []
    for name in VARIANTS:
        varied = [r for r in records if r.variant == name and r.attempt == 1 and r.case in clean]
        if not varied:
            continue
        before = Share.of(clean[record.case] for record in varied)
        after = Share.of(record.passed for record in varied)
        lost = [record.case for record in varied if clean[record.case] and not record.passed]
        found.append(
            VariantFigures(variant=name, clean=before, varied=after, drop=before.rate - after.rate, lost=lost)
        )
    return found


def _figures(first: list[Record]) -> Figures:
    usage = Usage()
    for record in first:
        usage = added(usage, record.beside.usage)
    turns = [count for record in first if (count := record.turns_to_resolution) is not None]
    said = [
        seconds
        for record in first
        for seconds, turn in zip(record.beside.turn_seconds, record.trace["turns"], strict=False)
        if turn["replies"]
    ]
    whole = [record.trace["seconds"] for record in first]
    return Figures(
        questions=mean([record.questions for record in first]),
        turns_to_resolution=mean(turns),
        resolved=len(turns),
        tool_calls=mean([record.tool_calls for record in first]),
        calls=usage.calls,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        cost=usage.cost,
        turn_p50=percentile(said, 0.5),
        turn_p95=percentile(said, 0.95),
        case_p50=percentile(whole, 0.5),
        case_p95=percentile(whole, 0.95),
    )
