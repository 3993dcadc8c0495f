"""Where a message says the words of a product title: data of the order, and no words of the work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.words.nouns import NOT_ITEMS

_WORD = regex(r"[^\W_]+(?:['’][^\W_]+)*")


def with_titles(text: str, spans: list[Span], titles: Iterable[str]) -> list[Span]:
    """`spans` with a ``title`` span for each run of two or more words of a title, and no count inside one.

    A run holds at least one word that is not of everyday work. "3 tier" in "cakestand 3 tier" counts nothing; "2
    mugs" at the start of what was said still does.
    """
    found = title_spans(text, titles)
    if not found:
        return spans
    left = [
        span
        for span in spans
        if span.kind not in {"quantity", "number"}
        or not any(title.start < span.start and span.end <= title.end for title in found)
    ]
    return sorted([*left, *found], key=lambda span: (span.start, -span.end))


def with_suppliers(text: str, spans: list[Span], names: Iterable[str]) -> list[Span]:
    """`spans` with a ``supplier`` span wherever a supplier of the goods is named, whole or by the first word."""
    found: list[Span] = []
    for name in sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True):
        first = name.split()[0]
        forms = [name, first] if len(first) > 3 and first.lower() not in NOT_ITEMS else [name]
        for match in re.finditer(
            rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in forms)})(?:['’]s)?(?!\w)", text, re.I
        ):
            if not any(s.start < match.end() and match.start() < s.end for s in [*spans, *found]):
                found.append(Span("supplier", match.start(), match.end(), match.group(), name))
    return sorted([*spans, *found], key=lambda span: (span.start, -span.end)) if found else spans


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=1024)
def _pairs(title: str) -> frozenset[tuple[str, str]]:
    """Neighbouring words of a title, either way round ("Rust yarn" is called "Wool yarn rust")."""
    pairs = set(pairwise(_singular(m.group().lower()) for m in _WORD.finditer(title)))
    return frozenset(pairs | {(second, first) for first, second in pairs})


def title_spans(text: str, titles: Iterable[str]) -> list[Span]:
    """The longest runs of neighbouring words that stand so in a title."""
    words = [(_singular(m.group().lower()), m.start(), m.end()) for m in _WORD.finditer(text)]
    pairs = {pair for title in titles for pair in _pairs(title)}
    found: list[Span] = []
    at = 0
    while at < len(words) - 1:
        end = at
        while end < len(words) - 1 and (words[end][0], words[end + 1][0]) in pairs:
            end += 1
        run = words[at : end + 1]
        if len(run) > 1 and any(word not in NOT_ITEMS and not word.isdigit() for word, _, _ in run):
            start, stop = run[0][1], run[-1][2]
            found.append(Span("title", start, stop, text[start:stop], text[start:stop]))
        at = end + 1
    return found
