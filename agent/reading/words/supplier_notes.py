"""What a supplier is told with a claim, and what the supplier gave as the reason of a refusal."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.text.patterns import regex
from agent.reading.text.shorthand import WRITTEN_OUT
from agent.reading.words.signals import Signals

LED = regex(
    r"(?:\bnotes?|\bcomment|\bremark|\bmemo|\bsay|\bsaying|\bwrite|\btell|\btext|\bmessage|\bwording|\breason(?: is)?)"
    r"(?: (?:for|to|on))?(?: (?:them|him|her|it|the (?:supplier|vendor|factory|maker|printer)s?))?"
    r"\s*(?::|=|\s[\u2013-]\s)\s*(?P<text>.{4,})$",
    re.IGNORECASE | re.DOTALL,
)
"""What leads to the words for the supplier ("note for them: …", "say: …")."""
_PIECE = regex(r"(?<=[a-z\d)%€£$])(?:\s*[,;:]\s+|\s+[\u2013-]\s+)|(?<=[.!?])\s+|\n+", re.IGNORECASE)
_MONEY = regex(
    r"\b(?:half|third|quarter|all|full|fully|whole|complete|entire|percent|part|rest|costs?|cost us|price"
    r"|paid|pay|amount"
    r"|sum|total|money|eur|usd|gbp|sek|jpy|euros?|dollars?|pounds?|kronor|yen|more|less|minus|only|just|max|maximum)\b"
    r"|[€£$¥%]|\d",
    re.IGNORECASE,
)
_WISH = regex(
    r"\b(?:supplier|vendor|manufacturer|factory|wholesaler|review|claim|request|ask|want|get|need|recover|charge|bill"
    r"|go after|chase|ord(?:er)?|(?:the|a|this) new one|(?:product|return|item|unit|goods) costs?|adjustment|them)\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "a an and of the to for it is was what we us our their them they on in as at by that this these those "
    "please pls ok "
    "okay yes no not now then so well again one ones i you me my from with be been have has had do did can will would "
    "also too just only back possible fine him her his she he its it's".split()
)
_TELLS = 2
"""Words of its own that a piece must hold to be taken for what happened."""


def notes_of(s: Signals) -> SlotValue | None:
    """What is told besides the wish: after a word that leads to it, else the pieces that hold no sum and no wish.

    "3345 product cost, half of what the clocks cost us" tells nothing; "…, all 38, glass broken in two" does.
    """
    text = s.wording.text
    if (as_note := _AS_NOTE.search(text)) is not None:
        return _told_before(text[: as_note.start()])
    if led := LED.search(text):
        told = led.group("text").strip()
        return SlotValue(value=told.strip(" \"'."), span=told)
    pieces = _pieces(text)
    for at in range(1, len(pieces)):
        if _tells(text[slice(*pieces[at])]):
            told = text[pieces[at][0] : pieces[-1][1]].strip()
            return SlotValue(value=told.strip(" \"'."), span=told)
    return None


_AS_NOTE = regex(
    r"\b(?:write|put|use|take|note|add|send|enter|give|say)(?: down| in)?(?: exactly| just| only)?"
    r" (?:that|this|it|so|the same)"
    r"(?: down| in)?(?: exactly)?(?: as| for| in| into) (?:the |a |my |their |our )?"
    r"(?:notes?|reason|comment|text|remark|wording)\b",
    re.IGNORECASE,
)
"""What was told is to be the note ("write exactly that as note")."""


def as_note(text: str) -> bool:
    """Whether what was told is said to be the note."""
    return _AS_NOTE.search(text) is not None


def only_as_note(text: str) -> bool:
    """Whether a part of a message only says that what was told is the note."""
    return as_note(text) and len(text.split()) <= _AS_NOTE_WORDS


_AS_NOTE_WORDS = 10


def _told_before(text: str) -> SlotValue | None:
    """The pieces that tell what happened, side by side, and nothing of the wish."""
    telling = [piece for piece in _pieces(text) if _tells(text[slice(*piece)])]
    if not telling:
        return None
    told = text[telling[0][0] : telling[0][1]].strip()
    return SlotValue(value=told.strip(" \"'.,"), span=told)


def _pieces(text: str) -> list[tuple[int, int]]:
    edges = [0]
    ends: list[int] = []
    for match in _PIECE.finditer(text):
        ends.append(match.start())
        edges.append(match.end())
    return list(zip(edges, [*ends, len(text)], strict=True))


def _tells(piece: str) -> bool:
    """Whether a piece says what happened, rather than what is asked for."""
    said = [WRITTEN_OUT.get(word, word) for word in re.findall(r"[^\W\d_]+(?:['’]\w+)?", piece.lower())]
    words = [word for word in said if word not in _SMALL]
    if len(words) < _TELLS or piece.rstrip().endswith("?") or _IS_WISH.search(" ".join(said)):
        return False
    asked = [word for word in words if _MONEY.fullmatch(word) or _WISH.fullmatch(word)]
    return len(words) - len(asked) >= _TELLS and not _ONLY_SUM.match(piece)


_IS_WISH = regex(
    r"\b(?:want|like|need|get|have|ask|claim|recover)\b.{0,40}\b(?:costs?|money|price|refund|it|that|sum)\b.{0,40}"
    r"\b(?:back|from)\b.{0,12}\b(?:supplier|vendor|manufacturer|factory|wholesaler|them)\b"
    r"|^(?:(?:and|so|please|then|now|just) )*(?:we|i|we'll|i'll)"
    r" (?:carry|bear|absorb|swallow|eat|take|keep|pay|cover|shoulder)\b"
    r"|^(?:(?:and|so|please|then|now|just|we|i|let's|let us|can you|could you|you can|should|want to|need to) )*"
    r"(?:ask|claim|request|charge|bill|invoice|chase|file|open|raise|start|demand|recover|submit)\b.{0,40}"
    r"\b(?:supplier|vendor|manufacturer|factory|wholesaler|maker|printer|them|costs?|claim|review|adjustment|correction)\b"
)
"""A piece that asks for the money, at whatever length ("I'd like our product cost back from the supplier")."""
_ONLY_SUM = regex(
    r"^\W*(?:(?:and|so|for|but|just|only|at|a|the|about|yes|please|then) )*"
    r"(?:half|all|the full|full|the whole|whole|everything|\d|[€£$]|a third|a quarter|product cost"
    r"|what (?:we|they|it|she|he))",
    re.IGNORECASE,
)
"""A piece that begins with the sum or its share."""

_OF_VERDICT = frozenset(
    "well said says say saying write writes wrote answer answered verdict decision result nope nothing reject rejects "
    "rejected decline declines declined deny denies denied refuse refuses refused turned turns down claim "
    "review request "
    "paid pay pays won't don't paying today unfortunately according anything mark enter record book came come sorry "
    "supplier suppliers vendor factory maker manufacturer wholesaler order ord got because since reason".split()
)
"""Words of a refusal that tell no reason for it."""
_THEY_SAY = regex(
    r"^\W*(?:(?:and|so|as|because|since|the supplier|supplier|they|he|she|it|reason|says?|said|writes?|wrote"
    r"|claims?|that|is|:)\s+)*",
    re.IGNORECASE,
)


def refusal_of(s: Signals) -> SlotValue | None:
    """Why a supplier refused, where the reason stands beside the refusal ("rejected. batteries were not in scope")."""
    text = s.wording.text
    told = [text[a:b] for a, b in _pieces(text)]
    kept = [piece for piece in told if len(_own_words(piece)) >= _TELLS]
    if len(told) < 2 or not kept:
        return None
    value = kept[0][_THEY_SAY.match(kept[0]).end() :].strip(" .\"'")  # type: ignore[union-attr]
    return SlotValue(value=value, span=value)


def _own_words(piece: str) -> list[str]:
    words = re.findall(r"[^\W\d_]{2,}(?:['’]\w+)?", piece.lower())
    return [word for word in words if word not in _OF_VERDICT and word not in _SMALL]
