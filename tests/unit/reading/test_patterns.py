"""Patterns are compiled when they are first used, and then are what they would have been."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from agent.reading.text import patterns
from agent.reading.text.patterns import compile_all, regex

MODULES = sorted((Path(__file__).parents[3] / "agent" / "reading").rglob("*.py"))


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


def test_patterns_are_made_once_and_never_with_every_message():
    inside = [
        f"{path.name}:{call.lineno}"
        for path in MODULES
        for made in ast.walk(ast.parse(path.read_text()))
        if isinstance(made, ast.FunctionDef)
        for call in ast.walk(made)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "regex"
    ]
    assert inside == []


def test_a_wrong_pattern_is_told_where_all_are_compiled():
    patterns._LATE.append(patterns._Late("(", 0))
    with pytest.raises(re.error):
        compile_all()


def handed_to_re(source):
    """Names of patterns of ours that a module hands to functions of `re`, which take compiled ones only."""
    tree = ast.parse(source)
    ours = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and getattr(node.value.func, "id", "") == "regex"
    }
    return [
        getattr(node.args[0], "id", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
        if getattr(node.func.value, "id", "") == "re" and getattr(node.args[0], "id", "") in ours
    ]


def test_no_module_hands_a_pattern_that_may_not_be_compiled_yet_to_re():
    assert handed_to_re('X = regex("a")\nre.search(X, t)\nre.search("a", t)\nX.search(t)') == ["X"]
    assert len(MODULES) > 100
    assert {path.name: found for path in MODULES if (found := handed_to_re(path.read_text()))} == {}
