"""Where a sentence promises something: times that lie ahead, and assurances.

A time counts as promised when the sentence says what is going to happen, or by when; it does not when it lies in the
past ("3 days ago", "refunded on 12 Nov") or belongs to a rule ("the return window of 30 days").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from agent.texts.promise_patterns import NO_DOUBT, Wordings, of

_LONGEST = 2_000
_ALIKE = str.maketrans(
    {"–": "-", "—": "-", "‑": "-", "‒": "-", "−": "-", "’": "'", "`": "'", "ʼ": "'", "‘": "'"}
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+(?![\s\n]|$)[^.!?\n]*)*(?:[.!?…]+[\"'”’»)]*|\n|$)\s*")
_SHORT = re.compile(
    r"(?:\b(?:approx|aprox|ca|max|min|env|etc|bzw|inkl|usw|no|nr|mr|mrs|ms|dr|st|e\.g|i\.e|z\.\s?b|p\.\s?ej|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|okt|nov|dec|dez|janv|févr|avr|juil|déc|ene|abr|ago|dic)|\b\d{1,2})\.\s*$",
    re.I,
)
_CLAUSE = re.compile(
    r"\s[-–—]\s|[;()]|:\s|,\s|\b(?:and|but|so|und|aber|y|pero|et|mais)\b"
    # What was said is past, what it said need not be: "told her the money is there within 2 days".
    r"|\b(?:told|informed|assured|promised)\s(?:(?:the\s)?(?:customer|client|buyer|caller)|her|him|them)\s(?:that\s)?"
    r"(?!(?:on|in|at|last|about|of|yesterday|today|by)\b)"
    r"|\b(?:said|wrote)\s(?:that\s)(?=\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text may not say: ``time``, ``guarantee``, ``amount``, ``number`` or ``reference``, and the words."""

    kind: str
    text: str
    sentence: str = ""


def fold(text: str) -> str:
    """One kind of dash, blank and apostrophe; invisible characters gone, compatible forms made plain."""
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    seen = "".join(
        c for c in plain if unicodedata.category(c) not in ("Cf", "Mn", "Cs") and (c in "\n\t" or c >= " ")
    )
    return re.sub(r"[^\S\n]+", " ", seen)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text with what separates them; abbreviations and dates end none."""
    held = ""
    for match in _SENTENCE.finditer(text):
        held += match.group()
        if held and (match.end() == len(text) or not _goes_on(held)):
            yield held
            held = ""
    if held:
        yield held


def _goes_on(held: str) -> bool:
    """Whether what was read so far is no whole sentence: an abbreviation's dot, or a line that was only broken."""
    said = held.rstrip()
    if "\n" in held[len(said) :]:
        return held.count("\n", len(said)) == 1 and bool(said) and said[-1] not in ".!?:,;…\"'”’»)"
    return bool(_SHORT.search(held))


def promised(text: str, language: str = "", allowed: Collection[str] = ()) -> list[Finding]:
    """Promised times and assurances, sentence by sentence; `allowed` times as :func:`times_in` gives them."""
    found: list[Finding] = []
    for sentence in sentences(text):
        folded = fold(sentence)
        for start in range(0, max(1, len(folded)), _LONGEST - 200):
            for words in of(language):
                found += _in_sentence(folded[start : start + _LONGEST], words, allowed)
    return list(dict.fromkeys(found))


def times_in(text: str) -> frozenset[str]:
    """Every time a folded text names, in lower case."""
    return frozenset(time.text for words in of("") for time in _times(text, words))


@dataclass(frozen=True, slots=True)
class _Time:
    kind: str
    text: str
    start: int
    end: int


def _times(text: str, words: Wordings) -> list[_Time]:
    return [
        _Time(kind, match.group().strip().lower(), match.start(), match.end())
        for kind in ("duration", "date", "weekday", "coming", "instant")
        for match in words[kind].finditer(text)
    ]


def _in_sentence(text: str, words: Wordings, allowed: Collection[str]) -> list[Finding]:
    found = [
        Finding("time", time.text, text.strip())
        for time in _times(text, words)
        if _is_promised(text, time, words, allowed)
    ]
    for match in words["assured"].finditer(text):
        if not words["denied"].search(NO_DOUBT.sub("", _clause(text, match.start(), match.start()))):
            found.append(Finding("guarantee", match.group().lower(), text.strip()))
    return found


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a place, cut off at `end` where that comes first."""
    first = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end) if end > start else None
    return text[first : after.start() if after else (len(text) if end > start else end)]


def _is_promised(text: str, time: _Time, words: Wordings, allowed: Collection[str]) -> bool:
    """Whether the sentence says that something will have happened by then, and nobody supplied that time."""
    clause = _clause(text, time.start, time.end)
    ahead, money = bool(words["ahead"].search(text)), bool(words["money"].search(text))
    if time.kind == "instant":
        return ahead and money and not words["was"].search(clause)
    core = words["core"].search(time.text) if time.kind == "duration" else None
    head = text[max(0, time.start - 60) : time.start + (core.start() if core else 0)]
    deadline = bool(words["deadline"].search(head))
    if _lies_back(text, clause, time, words, deadline=deadline or time.kind == "duration"):
        return False
    if money and (deadline or (ahead and time.kind != "date") or (ahead and words["upon"].search(head))):
        return True
    if time.text in allowed or words["topic"].search(clause):
        return False
    return ahead or deadline or _foretold(time, head, words, money=money)


def _foretold(time: _Time, head: str, words: Wordings, *, money: bool) -> bool:
    """Whether the time itself, with what stands right before it, lies ahead."""
    if time.kind == "duration":
        return bool(words["inside"].search(head) or words["range"].search(time.text))
    if time.kind == "weekday":
        return money or bool(words["upon"].search(head))
    return time.kind == "coming"


def _lies_back(text: str, clause: str, time: _Time, words: Wordings, *, deadline: bool) -> bool:
    """Whether the time lies in the past: "3 days ago", "was delivered on", "refunded on 12 Nov"."""
    if time.kind in ("duration", "date", "weekday"):
        near = text[max(0, time.start - 14) : time.start] + time.text + text[time.end : time.end + 10]
        if time.kind == "duration" and words["gone"].search(near):
            return True
    if words["ahead"].search(clause):
        return False
    return bool(words["was" if deadline or time.kind == "coming" else "done"].search(clause))
