"""What the customer claims in a ticket: a closed schema, no tools, no commands.

Ticket text is data. All that ever leaves this module is an issue type, the spans it rests on, whether a remedy is
wished, and whether pictures are spoken of. Claims are shown to staff and offered; they fill no slot by themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from agent.messages import Ticket
from agent.reading.text.wording import word
from agent.reading.words.reasons import find_reasons
from agent.texts.languages import LANGUAGES, guess_language, language_code
from agent.tickets.claim_words import (
    DENIED,
    FOREIGN,
    GOODS_BACK,
    INSTRUCTION,
    MARKED,
    MONEY_BACK,
    ONLY_IF,
    PICTURES,
    SPEAKER,
    WISH,
)
from domain.reasons import QUALITY_REASONS, RefundReason

_READ, _LONGEST, _MOST = 20_000, 300, 3
_SENTENCE = re.compile(r"[^.!?\n\r]+(?:\.(?=\d)[^.!?\n\r]+)*[.!?]*")
_CLAUSE_END = re.compile(
    r"[;:,]\s+|\s[-–—]+\s|\s*[()\[\]]\s*|\s+(?=(?:and|but|so|und|aber|daher|y|pero|así que|et|mais|donc)\s)",
    re.I,
)
_OLDER_MAIL = re.compile(r"^\s*(?:>|\|)")


class Claims(BaseModel):
    """The closed schema."""

    model_config = ConfigDict(frozen=True)

    reason: RefundReason | None = None
    quotes: list[str] = []
    """Exact substrings of the ticket's body, each naming what is wrong."""
    wish: str = ""
    """``refund``, ``return`` or empty."""
    mentions_pictures: bool = False

    @property
    def is_quality(self) -> bool:
        """Whether a defect is claimed."""
        return self.reason in QUALITY_REASONS


def extract(ticket: Ticket) -> Claims:
    """What the customer claims; never raises, whatever the text holds."""
    body = ticket.body[:_READ]
    found = list(_claimed(body))
    reasons = [reason for reason, _ in found] or [reason for reason, _ in _claimed(ticket.subject[:500])]
    if not any(reason in QUALITY_REASONS for reason in reasons):
        reasons += [r for r, _ in _claimed(ticket.subject[:500]) if r in QUALITY_REASONS]
    reason = next((r for r in reasons if r in QUALITY_REASONS), reasons[0] if reasons else None)
    told = [quote for r, quote in found if r is reason] + [quote for r, quote in found if r is not reason]
    wish = "refund" if MONEY_BACK.search(body) else "return" if GOODS_BACK.search(body) else ""
    quotes = sorted(dict.fromkeys(told[:_MOST]), key=body.find)
    return Claims(reason=reason, quotes=quotes, wish=wish, mentions_pictures=bool(PICTURES.search(body)))


def language_of(ticket: Ticket) -> str:
    """The ticket's language (``en``, ``de``, ``es``, ``fr``): as its helpdesk says, else by its words; or empty."""
    named = language_code(ticket.language)
    return named if named in LANGUAGES else guess_language(f"{ticket.subject}\n{ticket.body}")


def _claimed(text: str) -> Iterator[tuple[RefundReason, str]]:
    """Every sentence that names something wrong, with the part of it that may be quoted."""
    for match in _SENTENCE.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if _OLDER_MAIL.match(text[line : match.end()]) or SPEAKER.search(text[line : match.end()]):
            continue
        clauses = list(_clauses(text, match.start(), match.end()))
        for index, (start, end) in enumerate(clauses):
            reason = _reason_of(text[start:end]) if _is_told(text[start:end]) else None
            if reason is not None:
                yield reason, _widened(text, clauses, index)
                break
        else:
            yield from _by_both(text, clauses)


_TWO_HALVES = frozenset({RefundReason.WRONG_ITEM, RefundReason.MISSING_ITEM})
"""What is told by what was ordered and what came, each in a clause of its own."""


def _by_both(text: str, clauses: list[tuple[int, int]]) -> Iterator[tuple[RefundReason, str]]:
    """What two neighbouring clauses tell only together ("I ordered the green one and you sent me a black one")."""
    for (start, middle), (after, end) in pairwise(clauses):
        told = _is_told(text[start:middle]) and _is_told(text[after:end]) and end - start <= _LONGEST
        if told and (reason := _reason_of(text[start:end])) in _TWO_HALVES:
            yield reason, text[start:end].strip(" \t,;:-–—")
            return


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Clauses of a sentence as places in the text, at most 300 characters each."""
    ends = [m.span() for m in _CLAUSE_END.finditer(text, start, end)] + [(end, end)]
    at = start
    for stop, after in ends:
        while at < stop:
            cut = min(stop, at + _LONGEST)
            if cut < stop:
                cut = max(text.rfind(" ", at + 1, cut), at + 1) if " " in text[at + 1 : cut] else cut
            yield at, cut
            at = cut
        at = after


def _widened(text: str, clauses: list[tuple[int, int]], index: int) -> str:
    """The clause with its neighbours in the sentence, as far as they only tell and it stays short."""
    first = last = index
    while first > 0 and _joins(text, clauses[first - 1], clauses[first - 1][0], clauses[last][1]):
        first -= 1
    while last + 1 < len(clauses) and _joins(
        text, clauses[last + 1], clauses[first][0], clauses[last + 1][1]
    ):
        last += 1
    return text[clauses[first][0] : clauses[last][1]].strip(" \t,;:-–—")


def _joins(text: str, clause: tuple[int, int], start: int, end: int) -> bool:
    part = text[clause[0] : clause[1]]
    return end - start <= _LONGEST and _is_told(part) and not WISH.search(part)


def _is_told(clause: str) -> bool:
    """Whether a clause only tells: no instruction, no code, no hidden characters, no other script, no "if"."""
    if INSTRUCTION.search(clause) or MARKED.search(clause) or ONLY_IF.search(clause):
        return False
    return all(_is_plain(char) for char in clause)


def _is_plain(char: str) -> bool:
    if char.isascii():
        return char.isprintable() or char in "\t"
    if char.isalpha():
        return unicodedata.name(char, "").startswith("LATIN") and ord(char) < 0x250
    return unicodedata.category(char)[0] not in "CM"


def _reason_of(clause: str) -> RefundReason | None:
    """The reason a clause names, a defect first."""
    tidy = " ".join(clause.split())
    found = [
        reason
        for reason, pattern in FOREIGN.items()
        for match in [pattern.search(tidy)]
        if match and not DENIED.search(tidy[: match.start()])
    ]
    if not found:
        found = [item.code for item in find_reasons(word(tidy).plain)]
    return next((reason for reason in found if reason in QUALITY_REASONS), found[0] if found else None)
