"""What came back, told line by line: counts where each line's name stands, one state for each, or without counting."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from agent.commands import SlotValue
from agent.reading.facts.inspection import BREAK, UNSURE, N, part_of
from agent.reading.goods.items import Mention, mentions_of
from agent.reading.text.patterns import regex
from agent.reading.view import OrderView
from agent.reading.words.signals import Signals
from agent.reading.words.unit_states import state_of


def inspection_by_parts(s: Signals, order: OrderView | None) -> SlotValue | None:
    """One entry a line where the counts of each stand by its name ("bento 2 ok. chopsticks 1 ok, 1 split, 1 missing").

    Nothing where that is not plain for every line that is named: then it is asked line by line.
    """
    named = [m for m in mentions_of(s.plain, order.lines) if m.sure] if order else []
    named, begin = _with_their_state(s.plain, named)
    if len({m.lines[0] for m in named}) < 2:
        return None
    edges = [begin, *(_part_begins(s.plain, last.end, m.start) for last, m in pairwise(named)), len(s.plain)]
    entries: dict[str, dict[str, Any]] = {}
    for mention, (start, end) in zip(named, pairwise(edges), strict=True):
        entry = part_of(s.plain[start:end])
        if entry is None or mention.lines[0] in entries:
            return None
        entries[mention.lines[0]] = {**entry, "line": mention.lines[0]}
    return SlotValue(value=list(entries.values()), span=s.wording.text.strip())


def _with_their_state(plain: str, named: list[Mention]) -> tuple[list[Mention], int]:
    """Without names that only list what is in the parcel, where each is named again with its state; and where that is.

    "The knife and both boards are in. Knife good. Boards: one good, the other damaged".
    """
    last = {mention.lines[0]: at for at, mention in enumerate(named)}
    first_told = min(last.values(), default=0)
    listed = {mention.lines[0] for mention in named[:first_told]}
    head = plain[: named[first_told].start] if named else ""
    ends = [match.end() for match in BREAK.finditer(head)]
    if not ends or not listed >= set(last) or state_of(head[: ends[-1]]):
        return named, 0
    return named[first_told:], ends[-1]


def _part_begins(plain: str, last: int, start: int) -> int:
    """Where the part of a line begins: at its number, where that stands right before it, else at its name."""
    before = re.search(rf"(?:{N}|both|all|the)(?: x)?(?: (?:of )?(?:the )?)?(?:\w+ )?$", plain[last:start])
    head = plain[last:start][: before.start()] if before else ""
    return last + before.start() if before and (not head.strip() or BREAK.search(head[-6:])) else start


def inspection_by_line(s: Signals, found: dict[str, SlotValue]) -> SlotValue | None:
    """One entry a line where each line named has its own state ("blue mug ok, lamp broken")."""
    lines = found["line"].value if "line" in found else []
    pieces = [piece for piece in re.split(r"[,;.]|\band\b", s.plain) if state_of(piece)]
    if len(lines) < 2 or len(pieces) != len(lines):
        return None
    entries = []
    for line, piece in zip(lines, pieces, strict=True):
        entry: dict[str, Any] = {"line": line["line"], "good": 0, "damaged": 0, "missing": 0}
        state = str(state_of(piece))
        told = {state: line["quantity"]} if line["quantity"] else {"rest": state}
        entries.append(entry | told | ({"rest": "good"} if line["quantity"] and state != "good" else {}))
    return SlotValue(value=entries, span=s.wording.text.strip())


_HOLLOW = regex(r"\bempty\b|\bnothing (?:was |is |were )?(?:in|inside)\b")


def with_line(seen: SlotValue | None, found: dict[str, SlotValue]) -> SlotValue | None:
    """Counts under the one line that was named with them."""
    lines = found["line"].value if "line" in found else []
    if seen is None or len(lines) != 1 or not isinstance(seen.value, list) or len(seen.value) != 1:
        return seen
    return SlotValue(value=[{**seen.value[0], "line": lines[0]["line"]}], span=seen.span)


_OF_US = regex(
    r"(?:^|(?<=[,.;!?]))\W*(?:(?:and|but|so|then|now) )*(?:i|we|my|our) (?!\w* ?(?:see|saw|found|find|got"
    r"|received|opened|unpacked"
    r"|checked|inspected|looked|counted|have (?:it|them|the)))[^,.;!?]*"
)
"""A piece that tells of the writer ("i could not open the door"), and nothing of the goods."""


def inspection_by_words(s: Signals, found: dict[str, SlotValue], order: OrderView | None) -> SlotValue | None:
    """The state of one line told without counting ("the lamp came back, it's broken", "the box was empty")."""
    state = "missing" if _HOLLOW.search(s.plain) else state_of(_OF_US.sub(" ", s.plain))
    lines = found["line"].value if "line" in found else []
    held = {line.id: line.quantity for line in order.lines} if order else {}
    only = lines[0]["line"] if len(lines) == 1 else next(iter(held)) if len(held) == 1 and not lines else None
    told = {one for piece in BREAK.split(s.plain) if (one := state_of(piece))}
    if state is None or only is None or UNSURE.search(s.plain) or len(told) > 1:
        return None
    entry: dict[str, Any] = {"line": only, "good": 0, "damaged": 0, "missing": 0}
    count = (lines[0]["quantity"] if lines else None) or (1 if held.get(only) == 1 else None)
    return SlotValue(
        value=[entry | ({state: count} if count else {"rest": state})], span=s.wording.text.strip()
    )
