"""Sparse features of a message: words, word pairs, pieces of two to five characters, and the word families found."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from agent.reading.text.patterns import regex

SIGNAL = 0.3
"""What a word family weighs beside the n-grams, whose squares add up to one."""

_WORD = regex(r"[\w'%?!]+")


def grams(plain: str) -> Counter[str]:
    """How often each word (``w:``), word pair (``w:a b``) and character piece (``c:``) occurs."""
    words = _WORD.findall(plain.lower())
    found = [f"w:{word}" for word in words]
    found += [f"w:{a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True)]
    for word in words:
        padded = f" {word} "
        for size in (2, 3, 4, 5):
            found += [f"c:{padded[at : at + size]}" for at in range(max(1, len(padded) - size + 1))]
    return Counter(found)


def sparse_row(
    plain: str, signals: Iterable[str], at: Mapping[str, int], idf: Sequence[float]
) -> tuple[list[int], list[float]]:
    """Columns and values of one message; `signals` are names of word families and reasons."""
    columns = []
    values = []
    for gram, count in grams(plain).items():
        column = at.get(gram)
        if column is not None:
            columns.append(column)
            values.append((1.0 + math.log(count)) * idf[column])
    norm = math.sqrt(sum(value * value for value in values)) or 1.0
    values = [value / norm for value in values]
    for signal in signals:
        column = at.get(f"s:{signal}")
        if column is not None:
            columns.append(column)
            values.append(SIGNAL)
    return columns, values
