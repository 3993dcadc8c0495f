"""Numbers written as words: "three", "twenty-five", "one hundred and forty", "one thousand two hundred"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES: dict[str, int] = {
    "zero": 0,
    **{word: at for at, word in enumerate(_ONES, 1)},
    **{word: at for at, word in enumerate(_TEENS, 10)},
    **{word: at * 10 for at, word in enumerate(_TENS, 2)},
    "hundred": 100,
    "thousand": 1000,
}
_ONE, _TEEN, _TEN = ("|".join(sorted(words, key=len, reverse=True)) for words in (_ONES, _TEENS, _TENS))
_TWO_DIGITS = rf"(?:(?:{_TEN})(?:(?: - |[ -])(?:{_ONE})\b)?|{_TEEN})"
_BELOW_100 = rf"(?:{_TWO_DIGITS}|{_ONE})"


def _counting(word: str, below: str) -> str:
    """A number below ``word``, or with it and what may follow; each part stands in the pattern as seldom as can be."""
    lead = rf"(?:{below}(?: (?={word}\b)|(?!{word}))|(?:\ba )?(?={word}\b))"
    return rf"(?:{lead}(?:{word}\b(?:(?:,? and)? {below}\b)?)?)"


_BELOW_1000 = _counting("hundred", _BELOW_100)
WORD_NUMBER = rf"(?>{_counting('thousand', _BELOW_1000)}|zero)"
"""One number in words, as long as it goes."""
LARGE_WORD = (
    rf"(?:(?!(?:{_ONE}|ten|eleven|twelve|twenty)\b(?![ -](?:{_ONE}|hundred|thousand)\b)){WORD_NUMBER})"
)
"""A number in words that hardly counts goods ("seventy-five", "two hundred"; not "six" or "twenty")."""
WORD_PRICE = rf"(?:(?P<whole>{_BELOW_1000}) (?P<minor>{_TWO_DIGITS}))"
"""A price said without its units: "fifty-seven fifty", "six ninety-nine"."""

WORD_MINOR = (
    rf"(?:,? (?:and )?(?P<minor>{WORD_NUMBER}|\d\d)"
    r"(?P<cents> (?:pence|cents?|p|c)\b|(?=\s*(?:$|[.,;!?)])|\s(?:back|off|for|as|on|to|from|in|which|that|by"
    r"|please|and|or|it|is|was|return|restocking|fee|now|today)\b)))?"
)
"""The part behind the units of a price ("six euros fifty")."""


def word_value(text: str) -> int | None:
    """The value of a number in words ("twenty-five", "two hundred and ten"), or of digits."""
    parts = [part for part in re.split(r"[\s,-]+", text.strip().lower()) if part not in {"", "a", "and"}]
    if len(parts) == 1 and parts[0].isdigit():
        return int(parts[0])
    if not parts or any(part not in _VALUES for part in parts):
        return None
    total = below = 0
    for value in (_VALUES[part] for part in parts):
        if value == 1000:
            total, below = total + max(below, 1) * 1000, 0
        elif value == 100:
            below = max(below, 1) * 100
        else:
            below += value
    return total + below


class _Words(Mapping[str, int]):
    """Every number in words by its value; iterating gives the single words."""

    def __getitem__(self, word: str) -> int:
        value = None if word.strip().isdigit() else word_value(word)
        if value is None:
            raise KeyError(word)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(_VALUES)

    def __len__(self) -> int:
        return len(_VALUES)


NUMBER_WORDS: Mapping[str, int] = _Words()
