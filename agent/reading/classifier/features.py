"""Sparse features of a message: words, word pairs, pieces of two to five characters, and the word families found."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

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
        found += _pieces(word)
    return Counter(found)


def _pieces(word: str) -> list[str]:
    padded = f" {word} "
    return [
        f"c:{padded[at : at + size]}" for size in (2, 3, 4, 5) for at in range(max(1, len(padded) - size + 1))
    ]


class Vocabulary:
    """The columns of known n-grams and families, with what each weighs; what a word is made of is remembered."""

    def __init__(self, at: Mapping[str, int], idf: Sequence[float]) -> None:
        """`at` are columns by gram, `idf` the weights of the columns of n-grams."""
        self._at, self._idf = at, idf
        self._word = lru_cache(maxsize=4096)(self._of_word)

    def row(self, plain: str, signals: Iterable[str]) -> tuple[list[int], list[float]]:
        """Columns and values of one message; `signals` are names of word families and reasons."""
        idf = self._idf
        found = self._columns(_WORD.findall(plain.lower()))
        values = [
            idf[column] if count == 1 else (1.0 + math.log(count)) * idf[column]
            for column, count in found.items()
        ]
        norm = math.sqrt(sum([value * value for value in values])) or 1.0
        values = [value / norm for value in values]
        columns = list(found)
        for signal in signals:
            column = self._at.get(f"s:{signal}")
            if column is not None:
                columns.append(column)
                values.append(SIGNAL)
        return columns, values

    def _columns(self, words: list[str]) -> Counter[int]:
        """How often each known n-gram occurs, in the order of :func:`grams`."""
        at = self._at
        own, pieces = [], []
        for word in words:
            itself, parts = self._word(word)
            own += itself
            pieces += parts
        for a, b in zip(["^", *words], [*words, "$"], strict=True):
            column = at.get(f"w:{a} {b}")
            if column is not None:
                own.append(column)
        return Counter(own + pieces)

    def _of_word(self, word: str) -> tuple[list[int], list[int]]:
        known = [self._at[gram] for gram in (f"w:{word}",) if gram in self._at]
        return known, [self._at[piece] for piece in _pieces(word) if piece in self._at]
