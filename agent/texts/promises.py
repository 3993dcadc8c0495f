"""The promise linter: no text states a refund time, a date, a range or a guarantee that nobody supplied.

What the order and the platform's rules say (the return window, settlement dates, past deliveries) is told as fact and
left alone; that a customer gets money by some time is a promise whatever date it names. Amounts and order numbers in
a rephrased text must be among the turn's facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import lru_cache

from agent.messages import (
    Block,
    CardRow,
    DraftBlock,
    HandoffBlock,
    ProposalCard,
    QuestionBlock,
    RefusedBlock,
    ResultCard,
    TextBlock,
)
from agent.texts.figures import amounts_in, numbers_in, references_in
from agent.texts.promise_detection import Finding, fold, promised, sentences, times_in

LEFT_OUT = "[…]"
"""Stands where a promise was taken out of a text for staff."""

_QUOTED = re.compile(r"“[^“”]*”|„[^“”]*[“”]|«[^«»]*»")


@dataclass(frozen=True, slots=True)
class Facts:
    """What this turn's tools and templates said: amounts, times, other numbers, order numbers."""

    amounts: frozenset[tuple[str, str]] = frozenset()
    dates: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    references: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, *texts: str) -> Facts:
        """Everything these texts name is a fact."""
        folded = fold("\n".join(texts))
        return cls(
            amounts_in(folded),
            times_in(folded),
            numbers_in(folded),
            references_in(folded),
        )


def violations_of_promises(
    text: str,
    *,
    allowed_amounts: Collection[str] | None = None,
    allowed_dates: Collection[str] = (),
    language: str = "",
) -> list[Finding]:
    """Promises in a text; with `allowed_amounts` also amounts (``$18.40``) that are not among them.

    `allowed_dates` are times the order or the rules supplied, as they are worded; they excuse a time unless the
    sentence says that the customer gets money by then.
    """
    found = promised(text, language, {fold(date).strip().lower() for date in allowed_dates})
    if allowed_amounts is not None:
        known = amounts_in(fold("\n".join(allowed_amounts)))
        found += [Finding("amount", " ".join(amount)) for amount in sorted(amounts_in(fold(text)) - known)]
    return found


def strip_promises(text: str) -> tuple[str, list[str]]:
    """The text without the sentences that promise something, and those sentences."""
    kept: list[str] = []
    removed: list[str] = []
    for sentence in sentences(text):
        if violations_of_promises(sentence):
            removed.append(sentence.strip())
        else:
            kept.append(sentence)
    return ("".join(kept).strip(), removed) if removed else (text, [])


def safe(text: str, template_text: str, facts: Facts | None = None) -> str:
    """A rephrased text where it says nothing the template and the facts do not; else the template."""
    given = facts or Facts()
    own = Facts.of(template_text)
    amounts, numbers = own.amounts | given.amounts, own.numbers | given.numbers
    folded = fold(text)
    known_times = own.dates | given.dates
    strange = (
        not text.strip()
        or len(text) > 4 * len(template_text) + 200
        or violations_of_promises(text, allowed_dates=known_times)
        or not amounts_in(folded) <= amounts
        or not numbers_in(folded) <= numbers | {value for _, value in amounts}
        or not references_in(folded) <= own.references | given.references
        or not times_in(folded) <= known_times
    )
    return template_text if strange else text


def lint(block: Block, facts: Facts | None = None, names: Collection[str] = ()) -> Block:
    """The block without promises: sentences that make one are taken out, quoted ones replaced; never raises.

    `names` of goods are data and promise nothing, whatever they are ("Easter decoration").
    """
    timely = [name for name in names if _names_a_time(name)]

    def clean(text: str) -> str:
        for at, name in enumerate(timely):
            text = text.replace(name, _stand_in(at))
        text = _without_promises(text, facts)
        for at, name in enumerate(timely):
            text = text.replace(_stand_in(at), name)
        return text

    match block:
        case DraftBlock():
            return block.model_copy(update={"text": strip_promises(block.text)[0]})
        case TextBlock() | RefusedBlock() | HandoffBlock() | QuestionBlock():
            return block.model_copy(update={"text": clean(block.text)})
        case ProposalCard():
            warnings = [clean(text) for text in block.warnings]
            rows = _clean_rows(block.rows, clean)
            return block.model_copy(update={"warnings": warnings, "rows": rows})
        case ResultCard():
            return block.model_copy(
                update={"title": clean(block.title), "rows": _clean_rows(block.rows, clean)}
            )
        case _:
            return block


def _stand_in(at: int) -> str:
    return f"\ue000{chr(0xE100 + at)}\ue001"


@lru_cache(maxsize=20_000)
def _names_a_time(name: str) -> bool:
    """Whether a name holds a time and more than that, and does not say itself that money comes or is certain."""
    folded = fold(name).lower()
    times = times_in(folded)
    rest = folded
    for time in times:
        rest = rest.replace(time, " ")
    return bool(times and re.search(r"[^\W\d_]{3}", rest)) and not violations_of_promises(
        name, allowed_dates=times
    )


def _clean_rows(rows: list[CardRow], clean: Callable[[str], str]) -> list[CardRow]:
    return [row.model_copy(update={"value": clean(row.value)}) for row in rows]


def _without_promises(text: str, facts: Facts | None) -> str:
    dates = facts.dates if facts else ()
    if not violations_of_promises(text, allowed_dates=dates):
        return text
    text = _QUOTED.sub(lambda quoted: _hushed(quoted.group()), text)
    kept = [
        LEFT_OUT + " " if violations_of_promises(sentence, allowed_dates=dates) else sentence
        for sentence in sentences(text)
    ]
    return re.sub(rf"(?:{re.escape(LEFT_OUT)} )+", LEFT_OUT + " ", "".join(kept)).strip()


def _hushed(quoted: str) -> str:
    return f"{quoted[0]}…{quoted[-1]}" if violations_of_promises(quoted[1:-1]) else quoted


__all__ = ["LEFT_OUT", "Facts", "Finding", "lint", "safe", "strip_promises", "violations_of_promises"]
