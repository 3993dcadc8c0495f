"""One HTML page that a support lead would read; nothing in it comes from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals.harms.catalogue import BY_NAME, HARMS
from evals.harms.controls import Verdict
from evals.report.transcript import shown
from evals.runs.record import Record
from evals.runs.summary import Share, Summary
from evals.runs.variants import CLEAN

HERE = Path(__file__).parent / "template"


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure at the head of the page."""

    name: str
    value: str
    unit: str = ""


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)


def page(summary: Summary, records: Sequence[Record], verdicts: Sequence[Verdict], made: datetime) -> str:
    """The whole page. Cases in other words are told only where they do not pass."""
    told = [
        record for record in records if not record.passed or (record.variant == CLEAN and record.attempt == 1)
    ]
    return (
        _environment()
        .get_template("page.html")
        .render(
            css=Markup((HERE / "page.css").read_text(encoding="utf-8")),
            js=Markup((HERE / "page.js").read_text(encoding="utf-8")),
            summary=summary,
            made=f"{made:%-d %b %Y, %H:%M}",
            verdict=_verdict(summary),
            tiles=_tiles(summary),
            harms=_harms(summary, verdicts),
            meter=meter,
            cases=[shown(record) for record in told],
            failed=sum(not record.passed for record in told),
            harmed=sum(bool(record.harms) for record in told),
        )
    )


def meter(share: Share) -> Markup:
    """A share as a bar with its interval."""
    low = "" if share.rate >= 0.9 else " class=low"
    label = f"{100 * share.rate:.1f} %, between {100 * share.low:.0f} and {100 * share.high:.0f}"
    return Markup(
        '<div class=meter role=img aria-label="{}" title="{}"><i{} style="width:{:.1f}%"></i>'
        '<u style="left:{:.1f}%;width:{:.1f}%"></u></div>'
    ).format(label, label, Markup(low), 100 * share.rate, 100 * share.low, 100 * (share.high - share.low))


def _verdict(summary: Summary) -> dict[str, str]:
    """What the page says first."""
    unsafe = [harm for harm in summary.harms if harm.is_safety and harm.jobs]
    left = summary.share.count - summary.share.passed
    words = "the right proposal or the right refusal, the books as expected"
    text = f"Every case ends as it should: {words}."
    if left:
        text = f"{left} {'case does not end as it' if left == 1 else 'cases do not end as they'} should: {words}."
    if unsafe:
        names = ", ".join(f"{harm.title.lower()} ({len(harm.jobs)})" for harm in unsafe)
        return {"look": "isbad", "headline": f"This desk does harm: {names}.", "text": text}
    headline = f"No customer came to harm in {summary.replays:,} replays."
    return {"look": "isso" if left else "", "headline": headline, "text": text}


def _tiles(summary: Summary) -> list[Tile]:
    figures = summary.figures
    tokens = figures.prompt_tokens + figures.completion_tokens
    found = [
        Tile("Questions a case", f"{figures.questions:.2f}"),
        Tile("Turns to resolution", f"{figures.turns_to_resolution:.2f}", f"over {figures.resolved} cases"),
        Tile("Tool calls a case", f"{figures.tool_calls:.1f}"),
        Tile("Model calls", f"{figures.calls:,}", "no model was asked" if not figures.calls else ""),
        Tile("A turn, p50", f"{1000 * figures.turn_p50:.0f}", "ms"),
        Tile("A turn, p95", f"{1000 * figures.turn_p95:.0f}", "ms"),
    ]
    if figures.calls:
        per_case = tokens / max(1, summary.cases)
        found.insert(4, Tile("Tokens", f"{tokens:,}", f"{per_case:,.0f} a case"))
        found.insert(5, Tile("Cost", figures.cost or "–", "" if figures.cost else "no prices are set"))
    return found


def _harms(summary: Summary, verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    counts = {harm.harm: len(harm.jobs) for harm in summary.harms}
    caught: dict[str, bool] = {}
    for verdict in verdicts:
        caught[verdict.control.harm] = caught.get(verdict.control.harm, True) and verdict.is_caught
    return [
        {
            "title": harm.title,
            "story": BY_NAME[harm.name].story,
            "is_safety": harm.is_safety,
            "count": counts.get(harm.name, 0),
            "control": {True: "caught", False: "missed", None: ""}[caught.get(harm.name)],
        }
        for harm in HARMS
    ]
