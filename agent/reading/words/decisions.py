"""Whether a return request is let in or turned down; what is asked, wondered or not yet wanted decides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from agent.reading.lexicon import families
from agent.reading.text.patterns import regex

_QUESTION = regex(
    r"^(?:\W|and|so|but|wait|hm+|ok|okay|ORDERNO|RETURNNO|for|on|about|now|or)*(?:should|shall|can|could|may|must"
    r"|is|isn't|are|aren't|do|does"
    r"|did|has|have|had|was|were|would|will|what|what's|why|how|who|when|where|which|any|anything|am)\b"
    r"(?!n?'t (?!(?:we|i|you|she|he|they|it|this|that)\b))"
    r"(?! go (?:ahead|through)\b| be (?:approved|accepted|allowed)\b)(?! (?:you|u|we|i|someone"
    r"|somebody) (?:please|just|now) )(?! (?:please |just |sadly |unfortunately )?(?:approve|accept|allow"
    r"|refuse|reject|decline|deny|turn)\b)(?!(?:ly)? you (?:approve|accept|reject|decline|deny|refuse|let|turn|grant))"
)
_WONDERS = regex(
    r"\b(?:if|whether|why|how|what|who|when|before|until|unless|after(?! all\b)|once|in case|about|(?:reasons?|anything"
    r"|something|nothing)"
    r"(?: \w+){0,3}?|not (?:so )?sure|unsure|not certain|no idea|wonder\w*|think about|thinking of|blocks?"
    r"|blocking|stops?"
    r"|stopping|speaks? against|prevents?|able to|without)(?: \w+){0,4}? $|\b(?:already|was|were|been|had|got"
    r"|ever|never) $"
)
_NEGATES = regex(
    r"(?:\bnot|\bno way|\bno chance|n't|\bcannot|\bnever|\bno longer|\bunable to|\brefuse to|\bwithout"
    r"|\brather than)\b(?:[^,.;:!?]{0,22})$"
)
_LATER = regex(
    r"^[^.;:!?]{0,30}\b(?:yet|until|before|unless|so far|for now|once|as soon as|provided|if|when)\b"
    r"|^[^.;!?]{0,12}\bhold on\b|^[^.;!?]{0,30}\bor (?:keep|not|reject|decline|refund)\b"
    r"|^\W+(?:but )?(?:hold on|hang on|wait|hold that)\b"
)
_ANEW = regex(r"\b(?:no wait|wait|actually|rather|sorry|scratch that|on second thought|instead|correction)\b")


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision and where it was said in the plain form; `weak`: by no more than a yes or a no."""

    value: Literal["approve", "reject"]
    start: int
    end: int
    weak: bool = False


def decision_of(plain: str) -> Decision | None:
    """The decision on a return request; nothing where it is only asked about, negated away or put off."""
    found = [one for one in _candidates(plain) if one is not None]
    strong = [one for one in found if not one.weak]
    found = sorted(strong or found, key=lambda one: one.start)
    if not found:
        return None
    return found[-1] if _ANEW.search(plain[found[0].end : found[-1].start]) else found[0]


def _candidates(plain: str) -> list[Decision | None]:
    named = families("decisions")
    found: list[Decision | None] = []
    for name, value, weak in _FAMILIES:
        found += [_meant(plain, match, value, weak=weak) for match in named[name].finditer(plain)]
    return found


_FAMILIES: tuple[tuple[str, Literal["approve", "reject"], bool], ...] = (
    ("lets_in", "approve", False),
    ("turns_down", "reject", False),
    ("yes", "approve", True),
    ("no", "reject", True),
)


def _meant(
    plain: str, match: re.Match[str], value: Literal["approve", "reject"], *, weak: bool
) -> Decision | None:
    start = max([0, *(m.end() for m in re.finditer(r"[.;!?\n]+(?= )|\? ", plain[: match.start()]))])
    end = re.search(r"[.;!?\n]+(?= |$)", plain[match.end() :])
    stop = match.end() + (end.end() if end else len(plain) - match.end())
    before, sentence = plain[start : match.start()], plain[start:stop]
    if _asked(sentence, before) or _LATER.match(plain[match.end() :]):
        return None
    negated = _NEGATES.search(before)
    if negated is None:
        return Decision(value, match.start(), match.end(), weak)
    if value == "reject" or weak or re.search(r"\bnever\b", negated.group()):
        return None
    return Decision("reject", start + negated.start(), match.end())


def only_thought_of(plain: str, start: int) -> bool:
    """Whether what begins at `start` is asked, denied or put off rather than wanted ("should we cancel it?")."""
    begin = max([0, *(m.end() for m in re.finditer(r"[.;!?\n]+(?= )", plain[:start]))])
    end = re.search(r"[.;!?\n]+(?= |$)", plain[start:])
    sentence = plain[begin : start + end.end() if end else len(plain)]
    before = plain[begin:start]
    return _asked(sentence, before) or bool(_NEGATES.search(before))


_TOLD_OF_IT = regex(
    r"^(?:\W|and|so|but|ok|okay|for|on)*(?:(?:the )?(?:return|request|rma) )?(?:ORDERNO|RETURNNO) "
    r"(?:is|was|can|may|should|must|will|has)\b(?! (?:we|i|you|it|she|he|they|this|that|there)\b)"
)
"""A number with its verb behind it tells something of it ("RETURNNO is fine by me")."""


def _asked(sentence: str, before: str) -> bool:
    request = re.match(r"^\W*(?:please )?(?:can|could|would|will) (?:you|u)\b", sentence)
    if request:
        return False
    asks = _QUESTION.match(sentence) and not _TOLD_OF_IT.match(sentence)
    return bool(asks or _WONDERS.search(before) or sentence.rstrip().endswith("?"))
