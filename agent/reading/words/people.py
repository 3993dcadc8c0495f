"""Words of a message that may be a customer's name: what is looked up among the customers, and how surely it is one.

Nothing here knows a name. Words of the work are never looked up; two neighbouring words are looked up as a full name,
single ones as a surname or first name, and how they are written says how much a hit is worth.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from agent.reading.lexicon import words_in
from agent.reading.text.patterns import regex
from agent.reading.text.shorthand import DOMAIN_WORDS
from agent.reading.text.span import Span, masked
from agent.reading.text.wording import written_out
from agent.reading.values.tracking import tracking_spans
from agent.reading.view import NameView, TurnView
from agent.reading.words.nouns import names_nothing

_WORD = regex(r"[^\W\d_]+")
_OWNS = regex(r"['’`]s\b|(?<=s)['’`](?!\w)", re.IGNORECASE)
_TITLE = regex(r"\b(?:mrs?|ms|miss|mister|dr|prof|frau|herr|mme|madame|monsieur)\.?\s+$", re.IGNORECASE)
_UNSAID = regex(r"\S*[@\d/]\S*|https?://\S+")
_FIRST = regex(r"(?:^|[.!?;:\n]|,\s*(?:and|but|so))\s*[\"'(]*$")
_GOODS_BEFORE = regex(
    r"(?:\b(?:the|an?|this|that|these|those|his|her|their|my|our|its"
    r"|(?<!last )(?<!next )(?<!final )(?<!second )(?<!third )"
    r"(?<!other )(?<!another )one|two|three|four|five|six|both|all|each"
    r"|every|some|any|new|old|same|other|first|second|last)|\d)\s+$",
    re.IGNORECASE,
)
_FROM = regex(r"\b(?:from|customer|client|buyer)\s+$", re.IGNORECASE)
_OF_WHOM = regex(r"\b(?:from|of|for|by|to|with|customer|client|buyer)\s+$", re.IGNORECASE)
_WORK_AFTER = regex(
    r"^(?:['’`]s)?\s+(?:\w+\s+)?(?:orders?|returns?|refunds?|parcels?|requests?|cases?|purchase|claim|one)\b",
    re.IGNORECASE,
)
_OWNS_IT = regex(r"[^\W\d_]+[^\W\d_s]s\s+[^\W\d_]", re.IGNORECASE)
_HAS_WORK = regex(r"\s+(?:orders?|returns?|refunds?|parcels?|requests?)\b", re.IGNORECASE)
_JOINED = regex(r"(?:\s+|\s*[-'’`]\s*|\.\s+)")
_PARTICLES = frozenset("de van von der den da del di la le el al bin ten ter".split())
_LETTERS = regex(r"[^\W_]+")
_SHORTEST, _LONGEST = 3, 4
MOST = 12
"""Words, and pairs of words, looked up of one message."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may be of a name: where it stands (title and possessive included), and how it is written."""

    text: str
    start: int
    end: int
    begins: int
    """Where the title before it begins, else `start`."""
    is_titled: bool
    owns: bool
    is_capital: bool
    """It has a capital that no beginning of a sentence gives it."""
    is_first: bool
    is_goods: bool
    """It stands behind an article or a number, as goods do."""
    heads: bool
    """It stands with a capital at the start and a colon follows ("Hart: approve")."""
    is_whose: bool
    """Words before it say whose something is ("from", "customer"), or of whom where it has a capital."""
    has_work: bool
    """A word for an order or a return follows at once ("wolf return")."""
    is_of_work: bool
    is_everyday: bool

    @property
    def low(self) -> str:
        """The word as it is looked up: in lower case, without accents."""
        return "".join(name_words(self.text))


@dataclass(frozen=True, slots=True)
class Name:
    """One or two neighbouring words that are looked up as a customer's name."""

    words: tuple[Word, ...]

    @property
    def key(self) -> str:
        """What is looked up."""
        return " ".join(word.low for word in self.words)

    @property
    def start(self) -> int:
        """Where it begins in the message, title included."""
        return self.words[0].begins

    @property
    def end(self) -> int:
        """Where it ends, possessive included."""
        return self.words[-1].end


def name_words(text: str) -> list[str]:
    """The words of a name, as the index of words has them: in lower case, without accents."""
    apart = unicodedata.normalize("NFKD", text)
    return _LETTERS.findall("".join(c for c in apart if not unicodedata.combining(c)).casefold())


def full_names(text: str) -> list[Name]:
    """Pairs of neighbouring words that may be somebody's full name."""
    words = words_of(text)
    found = [
        Name((one, two))
        for one, two in pairwise(words)
        if _JOINED.fullmatch(text[one.start + len(one.text) : two.start]) and _may_be_full(one, two)
    ]
    return found[:MOST]


def single_names(text: str) -> list[Name]:
    """Single words that may be a surname or a first name; words of the work only where they are written as names."""
    found = [word for word in words_of(text) if _may_be_single(word)]
    return [Name((word,)) for word in found][:MOST]


def owned_names(text: str) -> list[Name]:
    """Single words that may be a possessive without its apostrophe ("kuhns chair")."""
    found = [
        replace(word, text=word.text[:-1], owns=True)
        for word in words_of(text)
        if _may_be_single(word)
        and not word.owns
        and len(word.text) > 3
        and _OWNS_IT.match(text[word.start :])
    ]
    return [Name((word,)) for word in found if not word.is_everyday and not word.is_goods][:MOST]


@dataclass(frozen=True, slots=True)
class GoodsWords:
    """Neighbouring words that may be what goods are called."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """What is looked up."""
        return " ".join(word.text for word in self.words)

    @property
    def is_sure(self) -> bool:
        """Whether they stand as goods do, so that one order with such goods can be taken for the one that is meant."""
        first = self.words[0]
        return len(self.words) > 1 or first.is_goods or first.is_first or first.has_work


def goods_runs(text: str) -> list[GoodsWords]:
    """Words that may be what goods are called, longer runs first; words of the work are none."""
    runs: list[list[Word]] = []
    for word in words_of(text):
        if word.is_of_work or len(word.text) < _SHORTEST:
            continue
        near = runs and _JOINED.fullmatch(text[runs[-1][-1].end : word.start])
        runs[-1].append(word) if near else runs.append([word])
    parts = [
        GoodsWords(tuple(run[at : at + size]))
        for run in runs
        for size in range(1, min(len(run), _LONGEST) + 1)
        for at in range(len(run) - size + 1)
    ]
    kept = [part for part in parts if part.is_sure or not part.words[0].is_everyday]
    return sorted(kept, key=lambda part: -len(part.words))[:MOST]


def names_stranger(text: str, goods: GoodsWords) -> bool:
    """Whether somebody is named besides the goods: then goods alone do not tell whose order is meant."""
    own = masked(text, tracking_spans(text))
    others = [w for w in words_of(own) if w not in goods.words and not w.is_of_work and not w.text.isupper()]
    return any(word.is_titled or word.owns or (word.is_capital and not word.is_goods) for word in others)


def is_likely(name: Name) -> bool:
    """Whether a hit is worth being offered: not where the word stands as goods do ("the bell")."""
    return len(name.words) > 1 or not name.words[0].is_goods


def is_sure(name: Name, customer: list[str], *, also_goods: bool, mid: bool) -> bool:
    """Whether a hit can be taken for the customer; what is not is only offered.

    `customer` is the words of the customer's name, `also_goods` whether goods are called so too, `mid` whether an order
    is being talked about already: then a first name alone may well be a colleague's.
    """
    if len(name.words) > 1:
        return True
    word = name.words[0]
    is_surname = bool(customer) and customer[-1] == word.low
    if word.is_titled or (word.owns and not word.is_goods):
        return is_surname or not word.is_titled
    if mid and not is_surname:
        return False
    if not word.is_goods and (word.is_capital or (word.heads and not word.is_of_work)):
        return not word.is_of_work or word.is_whose
    if (word.is_whose or word.has_work) and not also_goods and not word.is_of_work:
        return is_surname
    return is_surname and not (word.is_everyday or word.is_of_work or word.is_goods or also_goods)


def with_names(text: str, spans: list[Span], names: list[NameView]) -> list[Span]:
    """`spans` with an ``order`` for each name of one order's customer, and a ``person`` where several orders fit."""
    found: list[Span] = []
    for name in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name.text)}(?!\w)", text):
            kind, value = ("order", name.order) if name.order else ("person", name.query)
            found.append(Span(kind, match.start(), match.end(), match.group(), value))
    kept = [s for s in spans if not any(s.start < n.end and n.start < s.end for n in found)]
    return sorted([*kept, *found], key=lambda span: (span.start, -span.end)) if found else spans


def with_customers(known: frozenset[str], view: TurnView) -> frozenset[str]:
    """The known words and the customers' names that would be mended to a word of the work ("Wrona" is not "wrong")."""
    orders = [*view.orders, *([view.order] if view.order else [])]
    names = {word.lower() for order in orders for word in re.findall(r"[^\W\d_]+", order.customer)}
    mended = {name for name in names if written_out(name, known) != name}
    return known | mended if mended else known


def words_of(text: str) -> list[Word]:
    """The words of a message, left to right; addresses and numbers are none."""
    hidden = masked(text, [Span("", m.start(), m.end(), "", None) for m in _UNSAID.finditer(text)])
    shouts = hidden.isupper()
    return list(_each(hidden, shouts))


def _each(text: str, shouts: bool) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        if start and text[start - 1] in "'’`" and word.lower() in _ENDINGS:
            continue
        title = _TITLE.search(text[:start])
        owns = _OWNS.match(text, match.end())
        low = word.lower()
        is_first = bool(_FIRST.search(text[:start]))
        yield Word(
            text=word,
            start=start,
            end=owns.end() if owns else match.end(),
            begins=title.start() if title else start,
            is_titled=title is not None,
            owns=owns is not None,
            is_capital=word[0].isupper() and not is_first and not shouts,
            is_first=is_first,
            is_goods=bool(_GOODS_BEFORE.search(text[:start])) and not _WORK_AFTER.match(text[match.end() :]),
            heads=is_first and word[0].isupper() and text[match.end() : match.end() + 1] == ":",
            is_whose=bool((_OF_WHOM if word[0].isupper() else _FROM).search(text[:start])),
            has_work=bool(_HAS_WORK.match(text[match.end() :])),
            is_of_work=names_nothing(low) or low in DOMAIN_WORDS,
            is_everyday=low in words_in("everyday"),
        )


_ENDINGS = frozenset("s t re ve ll d m".split())
"""What stands behind an apostrophe without being a word."""


def _may_be_full(one: Word, two: Word) -> bool:
    if one.owns:
        return False
    return not (one.is_of_work and two.is_of_work)


def _may_be_single(word: Word) -> bool:
    if word.is_titled:
        return True
    if word.is_of_work:
        return word.heads or (word.is_capital and not word.is_goods)
    short = 2 if word.owns or word.is_capital or word.heads else 3
    return len(word.text) >= short and word.low not in _PARTICLES
