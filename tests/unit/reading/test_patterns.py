"""Patterns are compiled when they are first used, and then are what they would have been."""

from __future__ import annotations

import re

import pytest

from agent.reading.text import patterns
from agent.reading.text.patterns import compile_all, regex


@pytest.fixture
def compiled(monkeypatch):
    """What was compiled."""
    texts: list[str] = []
    real = re.compile

    def noted(text, flags=0):
        texts.append(text)
        return real(text, flags)

    monkeypatch.setattr(re, "compile", noted)
    return texts


def test_nothing_is_compiled_before_it_is_used_and_then_once(compiled):
    late = regex(r"a(?P<n>\d)", re.IGNORECASE)
    assert compiled == []
    found = late.search("xA1")
    assert found is not None
    assert found.group("n") == "1"
    assert late.fullmatch("a12") is None
    assert (late.sub("-", "a1 a2"), late.findall("a1 a2"), late.pattern) == ("- -", ["1", "2"], r"a(?P<n>\d)")
    assert compiled == [r"a(?P<n>\d)"]


def test_all_that_was_not_used_yet_is_compiled_before_the_first_message(compiled):
    late = regex(r"never (?:used|tried)")
    compile_all()
    assert compiled.count(r"never (?:used|tried)") == 1
    assert late.match("never used")
    assert compiled.count(r"never (?:used|tried)") == 1


def test_a_wrong_pattern_is_told_where_all_are_compiled():
    patterns._LATE.append(patterns._Late("(", 0))
    with pytest.raises(re.error):
        compile_all()
