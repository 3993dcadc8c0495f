"""Tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.runs.comparing import Comparison, Flip, reasons_of
from evals.runs.record import Record
from evals.runs.summary import Share, Summary

LONGEST = 260
MOST_TOLD = 40
"""Cases that do not pass, told one by one; the page tells them all."""


def print_summary(summary: Summary, records: Sequence[Record], console: Console | None = None) -> None:
    """Suites, harms, other words, figures, and why what failed failed."""
    console = console or Console(highlight=False, soft_wrap=True)
    console.print(_suites(summary))
    console.print(_harms(summary))
    if summary.variants:
        console.print(_variants(summary))
    for told in summary.passes[1:]:
        console.print(f"pass^{told.k}  {told.value:.3f}  ({told.low:.3f} to {told.high:.3f})")
    console.print(_figures(summary))
    failed = [record for record in records if not record.passed]
    for record in failed[:MOST_TOLD]:
        console.print(Text(f"FAILED {_named(record)}", style="bold red"))
        for reason in reasons_of(record):
            console.print(Text(f"       {_one_line(reason)}"))
    if len(failed) > MOST_TOLD:
        console.print(f"and {len(failed) - MOST_TOLD} more")
    share = summary.share
    console.print(f"{share.passed} of {share.count} cases came out as expected")


def _one_line(reason: str) -> str:
    """A reason without its line breaks, and not longer than people read; the page has it whole."""
    plain = " ".join(reason.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def _named(record: Record) -> str:
    return record.case if (record.variant, record.attempt) == ("clean", 1) else record.key


def _percent(share: Share) -> str:
    return f"{100 * share.rate:.1f} %"


def _suites(summary: Summary) -> Table:
    table = Table(title=f"Suites ({summary.reader})", title_justify="left")
    for column in ("suite", "passed", "rate", "95 %", "harms", "questions", "turns to resolution"):
        table.add_column(column, justify="left" if column == "suite" else "right")
    for suite in summary.suites:
        share = suite.share
        table.add_row(
            suite.suite,
            f"{share.passed}/{share.count}",
            _percent(share),
            f"{100 * share.low:.0f}–{100 * share.high:.0f} %",
            str(suite.harms),
            f"{suite.questions:.2f}",
            f"{suite.turns:.2f}",
            style="" if share.passed == share.count else "yellow",
        )
    return table


def _harms(summary: Summary) -> Table:
    table = Table(title="Harms", title_justify="left")
    table.add_column("harm")
    table.add_column("seen", justify="right")
    table.add_column("where")
    for harm in summary.harms:
        where = ", ".join(harm.jobs[:3]) + (" …" if len(harm.jobs) > 3 else "")
        style = ("bold red" if harm.is_safety else "yellow") if harm.jobs else ""
        table.add_row(harm.title, str(len(harm.jobs)), where, style=style)
    return table


def _variants(summary: Summary) -> Table:
    table = Table(title="In other words", title_justify="left")
    for column in ("variant", "cases", "as they are", "varied", "drop"):
        table.add_column(column, justify="left" if column == "variant" else "right")
    for told in summary.variants:
        drop = f"{100 * told.drop:.1f}"
        table.add_row(told.variant, str(told.varied.count), _percent(told.clean), _percent(told.varied), drop)
    return table


def _figures(summary: Summary) -> str:
    told = summary.figures
    cost = f", cost {told.cost}" if told.cost else ""
    return (
        f"a case: {told.questions:.2f} questions, {told.turns_to_resolution:.2f} turns to resolution, "
        f"{told.tool_calls:.1f} tool calls; model: {told.calls} calls, "
        f"{told.prompt_tokens} + {told.completion_tokens} tokens{cost}; "
        f"a turn: p50 {1000 * told.turn_p50:.0f} ms, p95 {1000 * told.turn_p95:.0f} ms"
    )


def print_comparison(found: Comparison, console: Console | None = None) -> None:
    """Flips first, then harms, then figures."""
    console = console or Console(highlight=False, soft_wrap=True)
    for title, flips, style in (("broke", found.broke, "bold red"), ("mended", found.mended, "green")):
        console.print(Text(f"{len(flips)} {title}", style=style if flips else ""))
        for flip in flips:
            _print_flip(console, flip)
    for title, harms in (("new harms", found.new_harms), ("harms gone", found.gone_harms)):
        if harms:
            console.print(f"{title}: {'; '.join(harms)}")
    for title, keys in (("only in A", found.only_before), ("only in B", found.only_after)):
        if keys:
            console.print(f"{title}: {len(keys)} ({', '.join(keys[:3])}{' …' if len(keys) > 3 else ''})")
    table = Table(title="Figures", title_justify="left")
    for column in ("figure", "A", "B", "change"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for moved in found.moved:
        change = moved.after - moved.before
        table.add_row(moved.name, f"{moved.before:.3f}", f"{moved.after:.3f}", f"{change:+.3f}")
    console.print(table)


def _print_flip(console: Console, flip: Flip) -> None:
    console.print(Text(f"  {flip.key}  ({flip.suite})"))
    for reason in flip.reasons:
        console.print(Text(f"      {_one_line(reason)}", style="dim"))
