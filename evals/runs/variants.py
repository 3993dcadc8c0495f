"""The same case in other words: typing slips, paraphrases, facts in another order, other ways to write a number."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable

from agent.reading.text.quoting import split_quoted
from evals.cases import CaseShape, Say, TurnShape
from evals.reader.perturb import bare, lower, polite, reworded, typos

CLEAN = "clean"

_CLAUSES = re.compile(r"\s*[,;]\s+")
_FREE = re.compile(r"\b(?:note|reason|explanation|tell (?:her|him|them)|because)\b|:", re.I)
"""From here on a text is somebody's own, or hangs on what stands before it."""


def reordered(text: str) -> str:
    """Facts that stand between commas in another order; a text with only one stays."""
    clauses = _CLAUSES.split(text.rstrip("."))
    if len(clauses) < 2 or _FREE.search(text) or text.endswith("?"):
        return text
    return ", ".join([*clauses[1:], clauses[0]])


def _numbered(style: str) -> Callable[[str, list[str]], str]:
    def change(text: str, numbers: list[str]) -> str:
        for number in numbers:
            text = re.sub(rf"(?<![\w#-])#?{re.escape(number)}(?!\w)", style.format(number), text)
        return text

    return change


def _words(change: Callable[[str], str]) -> Callable[[str, list[str]], str]:
    return lambda text, numbers: change(text)


def _mixed(text: str, numbers: list[str]) -> str:
    """Small letters, no punctuation and a typing slip: as people write in a hurry."""
    return lower(typos(text))


VARIANTS: dict[str, Callable[[str, list[str]], str]] = {
    "typos": _words(typos),
    "paraphrase": _words(reworded),
    "order of facts": _words(reordered),
    "order as #1042": _numbered("#{}"),
    "order as ORD-1042": _numbered("ORD-{}"),
    "no punctuation": _words(bare),
    "greeting and thanks": _words(polite),
    "in a hurry": _mixed,
}


def varied(case: CaseShape, name: str) -> CaseShape | None:
    """The case with every message of staff's so changed; None where that changes nothing. Quoted text stays."""
    numbers = [order.number.strip().lstrip("#") for order in case.orders]
    turns: list[TurnShape] = [
        Say(say=_changed(turn.say, name, numbers)) if isinstance(turn, Say) else turn for turn in case.turns
    ]
    if turns == case.turns:
        return None
    return case.model_copy(update={"turns": turns})


def _changed(text: str, name: str, numbers: list[str]) -> str:
    own, quoted = split_quoted(text)
    if quoted or not own or text.startswith("/"):
        return text
    return VARIANTS[name](text, numbers)


def one_of(case: CaseShape) -> str:
    """A variant drawn for this case, the same in every run."""
    draw = random.Random(zlib.crc32(case.id.encode()))
    names = [name for name in VARIANTS if varied(case, name) is not None]
    return draw.choice(names) if names else CLEAN
