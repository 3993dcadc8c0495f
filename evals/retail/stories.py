"""The stories and the shapes of credit notes they fit: one story a shape, told with the note's own figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evals.retail import plain, trouble
from evals.retail.data import Note
from evals.retail.told import Told, only


@dataclass(frozen=True, slots=True)
class Story:
    """A shape of credit notes, and what is said."""

    name: str
    fits: Callable[[Note], bool]
    tell: Callable[[Note], Told]
    limit: str = "500.00"
    """What the member of staff may confirm alone, in pounds."""


def _is_single(note: Note) -> bool:
    """Whether one product is given back, and its title names it."""
    return len(note.given) == 1 and note.is_plain and note.titles_differ


def _is(note: Note, *, part: bool | None = None, least: int = 1, most: int = 99, lines: int = 2) -> bool:
    """One plain line given back: part of it or all, so many units, on an invoice of at least so many lines."""
    if not _is_single(note) or note.lines < lines or note.earlier:
        return False
    one = only(note)
    return part in (None, one.is_part) and least <= one.units <= most


STORIES = (
    Story("by-title", lambda n: _is(n, part=True), plain.by_title),
    Story("in-a-sentence", lambda n: _is(n, part=True, least=2), plain.in_a_sentence),
    Story("by-code", lambda n: _is(n, least=2), plain.by_code),
    Story("terse", lambda n: _is(n, least=2, lines=4), plain.terse),
    Story("whole-line", lambda n: _is(n, part=False, least=2), plain.whole_line),
    Story("whole-order", lambda n: n.is_whole and n.is_plain and n.lines == 1, plain.whole_order),
    Story("duplicate", lambda n: n.is_whole and n.is_plain and n.lines > 1, plain.duplicate),
    Story("step-by-step", lambda n: _is(n, least=2, most=4, lines=4), plain.step_by_step),
    Story("two-lines", lambda n: len(n.given) == 2 and n.is_plain and n.titles_differ, plain.two_lines),
    Story("one-after-the-other", lambda n: len(n.given) == 3 and n.is_plain, trouble.one_after_the_other),
    Story("corrected", lambda n: _is(n, part=True, least=2), trouble.corrected),
    Story("too-many", lambda n: _is(n) and only(n).bought > 5, trouble.too_many),
    Story("again", lambda n: _is(n, part=False, lines=6), trouble.again),
    Story("second-person", lambda n: _is(n) and only(n).amount > 4000, trouble.second_person, limit="20.00"),
    Story("damaged", lambda n: _is(n, part=True, most=6), plain.damaged),
    Story("missing", lambda n: _is(n, part=True, least=2, most=12), plain.missing),
    Story("keeps-some", lambda n: _is(n, part=True, least=2, most=10), plain.keeps_some),
    Story("by-customer", lambda n: _is(n, most=8, lines=3), plain.by_customer),
    Story("sent-back", lambda n: _is(n, part=True, least=2, lines=9), plain.sent_back),
    Story("on-its-way-back", lambda n: _is(n, part=True, least=2), trouble.on_its_way_back),
    Story("not-on-it", lambda n: bool(n.strange), trouble.not_on_it),
    Story("price-adjustment", lambda n: _is(n, most=1, lines=3), plain.by_price),
    Story("after-an-earlier-note", lambda n: _is_single(n) and n.earlier > 0, plain.after_an_earlier_note),
    Story("provider-silent", lambda n: _is(n, lines=12), trouble.provider_silent),
    Story("declined", lambda n: _is(n, lines=3), trouble.declined),
    Story("balance", lambda n: _is(n, lines=2), trouble.and_the_balance),
    Story("dropped", lambda n: _is(n, lines=2), trouble.dropped),
    Story("notice", lambda n: _is(n, least=2), plain.noticed),
    Story("expired", lambda n: _is(n, least=2), trouble.too_late_to_press),
    Story("lowered", lambda n: _is(n) and only(n).amount > 300, trouble.lowered_on_the_card),
)
