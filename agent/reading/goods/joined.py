"""Goods told beside others by a word that is not in their title: "book and puzzle" of a novel and a puzzle."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.goods.all_lines import entry_of
from agent.reading.goods.items import Similar, by_meaning, mentions_of
from agent.reading.text.patterns import regex
from agent.reading.view import LineView
from agent.reading.words.nouns import names_nothing

_DET = r"(?:(?:the|her|his|their|a|an|both|one|my)\s)?"
_BEFORE = regex(
    rf"(?:^|[\s,:(\u2013-]){_DET}(?P<w>[^\W\d_]{{3,}})\s*(?:\band\b|\bplus\b|&|\+)\s*{_DET}$", re.IGNORECASE
)
_AFTER = regex(
    rf"\s*(?:\band\b|\bplus\b|&|\+)\s*{_DET}(?P<w>[^\W\d_]{{3,}})"
    r"(?=\W|\s(?:please|pls|on|of|from|never|too|back|for|as|are|were|is|was)\b|$)",
    re.IGNORECASE,
)


def with_joined(text: str, lines: list[LineView], found: dict[str, SlotValue], similar: Similar) -> None:
    """Add the one line that is left of the order where a word joined to the others by "and" comes near its name."""
    named = found.get("line")
    if named is None or not isinstance(named.value, list) or any(e["amount"] for e in named.value):
        return
    left = [line for line in lines if line.id not in {entry["line"] for entry in named.value}]
    word = _joined_word(text, lines) if len(left) == 1 else ""
    if word and by_meaning(word, left, similar)[2]:
        entry = {**entry_of(left[0].id, None), **({"all": True} if named.value[0].get("all") else {})}
        found["line"] = SlotValue(value=[*named.value, entry], span=named.span)


def _joined_word(text: str, lines: list[LineView]) -> str:
    """A word beside goods that are named, joined to them and naming none of the lines by itself."""
    for one in mentions_of(text, lines):
        match = _BEFORE.search(text[: one.start]) or _AFTER.match(text[one.end :])
        word = match.group("w") if match else ""
        if word and not names_nothing(word.lower()) and not mentions_of(word, lines):
            return word
    return ""
