"""Numbers written as words."""

from __future__ import annotations

import re

NUMBER_WORDS: dict[str, int] = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}
WORD_NUMBER = r"(?:" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")"


def word_value(text: str) -> int | None:
    """The value of one or two number words ("twenty five", "two hundred"), or of digits."""
    parts = [part for part in re.split(r"[\s-]+", text.strip().lower()) if part and part != "a"]
    if len(parts) == 1 and parts[0].isdigit():
        return int(parts[0])
    values = [NUMBER_WORDS.get(part) for part in parts]
    known = [value for value in values if value is not None]
    if not known or len(known) != len(values):
        return None
    if len(known) == 2 and known[1] == 100:
        return known[0] * 100
    return sum(known)
