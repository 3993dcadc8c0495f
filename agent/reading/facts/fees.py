"""The fees of a return, told in any order and with bare numbers ("4 for the label and 10 percent restocking")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from agent.commands import SlotValue
from agent.reading.facts.figures_said import Figure
from agent.reading.facts.slots import role_of
from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.values.money import exact
from agent.reading.words.signals import Signals

_BREAK = regex(r"[,;\n]\s|[.!?]\s|\s\+\s|\b(?:and|plus|but)\b|\s&\s", re.IGNORECASE)
_RESTOCKING = regex(
    r"\b(?:re-?stock\w*|rest(?:o?c?k)\w*|rstk\w*|handling|processing|wear and tear)\b(?: (?:fee|charge|cost)s?\b)?",
    re.IGNORECASE,
)
_FEE = regex(
    r"\b(?:fees?|label|postage|shipping|pick-?\s?up|collection|courier|carriage|delivery|porto|freight|trouble|admin\w*"
    r"|return (?:cost|charge)s?"
    r"|(?:we|i|us|we'll|i'll|let's)(?: will| can)? (?:keep|retain|withhold|hold back|deduct|take off|charge)"
    r"|(?:keep|retain|withhold|hold back)(?= [€$£]?\d)"
    r"|charg(?:e|es|ed|ing)|deduct(?:ed|ing|s)?|minus|less|withhold|(?:customer|she|he|they|client"
    r"|buyer) (?:pays?|covers?|bears?)"
    r"|(?:on|from|for) (?:her|him|them|the customer)(?= ?[:=]))\b",
    re.IGNORECASE,
)
_BARE_RETURN = regex(r"(?<=\d\s)return\b|(?<=fees:\s)return\b", re.IGNORECASE)
_OUR_COST = regex(
    r"\bcosts?\b(?: \w+)? us\b|\bcosts? of (?:the |this )?return\b|\bwe pa(?:y|id)\b", re.IGNORECASE
)
_WORD = regex(rf"\b(?!(?:zero|one)\b(?! (?:hundred|thousand))){WORD_NUMBER}\b", re.IGNORECASE)
_SHARE = regex(r"(\d+(?:[.,]\d+)?)\s?(?:%|percent|pct|p\.?c\.?)", re.IGNORECASE)
_NO_SUCH_FEE = regex(
    r"\b(?:no|without(?: a| any| the)?|zero|skip(?: the)?|waive(?: the)?) (?P<what>return|restock\w*"
    r"|handling|shipping|label)"
    r" (?:fee|charge|cost)s?\b"
    r"|\b(?:no|without(?: a| any| the)?|skip|waive|drop|remove|forget|scrap|strike|lose|cancel|take (?:off"
    r"|out|away)|leave (?:off|out))"
    r" (?:the |that |its |her |his )?(?P<what2>restock\w*|handling)\b(?: (?:fee|charge|cost)s?\b)?"
    r"|\b(?:drop|remove|forget|scrap|strike|lose|cancel|take (?:off|out|away)|leave (?:off|out)) (?:the "
    r"|that |her |his )?"
    r"(?P<what3>return|shipping|label|handling|restock\w*) (?:fee|charge|cost)s?\b"
    r"|\b(?:take|leave|strike|knock) (?:the |that |her |his )?(?P<what4>return|restock\w*|handling|shipping"
    r"|label)(?: (?:fee|charge"
    r"|cost)s?)? (?:off|out|away)\b",
    re.IGNORECASE,
)
_NO_FEES = regex(r"\b(?:no|without|waive|drop|zero|skip|forget)(?: (?:the|any|all|both))* fees\b|\bneither\b")
_TAKES = regex(r"(?:we|i|us|we'll|i'll|let's|charg\w+|deduct\w*|minus|less|withhold)\b", re.IGNORECASE)
"""That something is taken, and not what for."""
_NEAR = 26


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    text: str
    value: dict[str, object]
    bare: bool


def fees_said(s: Signals, *, named_only: bool = False) -> dict[str, SlotValue]:
    """``return_fee`` and ``restocking_fee`` by the words beside them; each fee word takes the number next to it.

    An amount with a currency that no fee word is near is the return's fee, a share the restocking's, unless
    `named_only`. A bare number needs its fee word. What the return cost the shop is no fee.
    """
    found: dict[str, SlotValue] = {}
    for match in _NO_SUCH_FEE.finditer(s.wording.text):
        what = next(filter(None, match.group("what", "what2", "what3", "what4"))).lower()
        role = "restocking_fee" if what[:7] in {"restock", "handlin"} else "return_fee"
        found[role] = SlotValue(value={"kind": "none"}, span=match.group())
    text = _NO_SUCH_FEE.sub(lambda match: " " * len(match.group()), s.wording.text)
    left: list[_Number] = []
    edges = [0, *(m.end() for m in _BREAK.finditer(text) if not _in_number(s, m)), len(text)]
    numbers = _numbers(s)
    for start, end in pairwise(edges):
        inside = [n for n in numbers if start <= n.start and n.end <= end]
        left += _of_piece(
            text[start:end],
            start,
            inside,
            found,
            told="fee" in text.lower() or bool(_RESTOCKING.search(text)),
        )
    for number in () if named_only else left:
        role = "restocking_fee" if number.value["kind"] == "percent" else "return_fee"
        if not number.bare:
            found.setdefault(role, SlotValue(value=number.value, span=number.text))
    return found


def two_fees(s: Signals) -> dict[str, SlotValue] | None:
    """Two fees told where one was asked for, by their words or else in the order in which a card shows them."""
    free = _NO_FEES.search(s.plain)
    if free:
        none = SlotValue(value={"kind": "none"}, span=s.wording.origin(*free.span()))
        return {"return_fee": none, "restocking_fee": none}
    if (dropped := list(_NO_SUCH_FEE.finditer(s.wording.text))) and len(_numbers(s)) < 2:
        return _one_dropped(s, dropped)
    numbers = _numbers(s)
    if len(numbers) != 2:
        return None
    named = fees_said(s, named_only=True)
    if len(named) == 2:
        return named
    first, second = numbers
    if named or re.search(r"\b(?:not|instead of|rather than|or)\b", s.plain):
        return None
    return {
        "return_fee": SlotValue(value=first.value, span=first.text),
        "restocking_fee": SlotValue(value=second.value, span=second.text),
    }


def _one_dropped(s: Signals, dropped: list[re.Match[str]]) -> dict[str, SlotValue]:
    """One of two fees is dropped; a number beside it is the other ("drop the restocking, keep the 9")."""
    found = fees_said(s)
    left = [n for n in _numbers(s) if not any(m.start() <= n.start < m.end() for m in dropped)]
    other = next((name for name in ("return_fee", "restocking_fee") if name not in found), None)
    if other is not None and len(left) == 1:
        found[other] = SlotValue(value=left[0].value, span=left[0].text)
    return found


def _in_number(s: Signals, match: re.Match[str]) -> bool:
    return any(span.start < match.end() and match.start() < span.end - 1 for span in s.kind("money"))


def _of_piece(
    piece: str, at: int, numbers: list[_Number], found: dict[str, SlotValue], *, told: bool
) -> list[_Number]:
    """Pairs of one piece, nearest first; the numbers that no fee word took."""
    if _OUR_COST.search(piece):
        return []
    words = [("restocking_fee", m) for m in _RESTOCKING.finditer(piece)]
    taken = [m.span() for _, m in words]
    words += [
        ("return_fee", m) for m in _FEE.finditer(piece) if not any(a <= m.start() < b for a, b in taken)
    ]
    words += [("return_fee", m) for m in _BARE_RETURN.finditer(piece) if told and not words]
    if len(numbers) < len(words):  # "We keep 10 restocking": what it is for says which fee it is.
        words = [pair for pair in words if not _TAKES.match(pair[1].group())] or words
    first = bool(words and numbers) and min(m.start() for _, m in words) + at < numbers[0].start
    pairs = sorted(
        (_distance(number, at + m.start(), at + m.end(), first=first), i, j)
        for i, (_, m) in enumerate(words)
        for j, number in enumerate(numbers)
    )
    named = any(role == "restocking_fee" for role, _ in words)
    used: set[int] = set()
    for distance, i, j in pairs:
        role = words[i][0]
        generic = named and re.fullmatch(r"fees?", words[i][1].group(), re.IGNORECASE) and len(numbers) == 1
        if distance > _NEAR or j in used or role in found or generic:
            continue
        used.add(j)
        found[role] = SlotValue(value=numbers[j].value, span=numbers[j].text)
    return [number for j, number in enumerate(numbers) if j not in used]


def _distance(number: _Number, start: int, end: int, *, first: bool) -> int:
    """How far apart; the order of word and number that the piece begins with counts as nearer."""
    if number.end <= start:
        return start - number.end + (4 if first else 0)
    return max(0, number.start - end) + (0 if first else 4)


def _numbers(s: Signals) -> list[_Number]:
    found = [_of_span(span) for span in s.spans if span.kind in {"money", "number", "quantity"}]
    numbers = [number for number in found if number is not None]
    for match in _WORD.finditer(s.wording.text):
        if not any(span.start < match.end() and match.start() < span.end for span in s.spans):
            value = exact(str(NUMBER_WORDS[match.group().lower()]), None)
            numbers.append(_Number(match.start(), match.end(), match.group(), value, bare=True))
    return sorted(numbers, key=lambda number: number.start)


def _of_span(span: Span) -> _Number | None:
    if span.kind == "money" and span.value.get("kind") not in {"exact", "percent", "less"}:
        return None
    if span.kind == "money":
        share = _SHARE.search(span.text)
        value = {"kind": "percent", "value": share.group(1).replace(",", ".")} if share else span.value
        if value["kind"] == "less":  # "Minus 5" names the fee, whatever is left of the refund.
            value = {**value, "kind": "exact"}
        return _Number(span.start, span.end, span.text, value, bare=False)
    digits = re.match(r"\d+", span.text)
    if digits is None and span.kind == "number":
        return _Number(span.start, span.end, span.text, exact(str(span.value), None), bare=True)
    if digits is None:
        return None
    return _Number(
        span.start, span.start + digits.end(), digits.group(), exact(digits.group(), None), bare=True
    )


def is_fee(s: Signals, figure: Figure) -> bool:
    """Whether a figure is told to be a return's fee ("3.50 for the label")."""
    span = Span("money", figure.start, figure.end, figure.text, figure.as_money())
    return role_of(s.wording.text, span, []) in {"return_fee", "restocking_fee"}
