"""One plain form of a message: lower case, shorthand written out, typos mended, identifiers replaced by their kind.

Lexical rules and the models read this form; every character of it knows where in the message it came from, so
that a slot can still quote the very words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.reading.text.patterns import regex
from agent.reading.text.shorthand import DOMAIN_WORDS, WRITTEN_OUT
from agent.reading.text.span import Span, is_name

_TOKEN = regex(
    r"w/o(?:ut)?\b|w/(?=\s|[a-z])|b/c\b|g/w\b|[psr]/r\b|r/t\b|n/a\b|b4\b|gr8\b|\d+(?:st|nd|rd|th)\b"
    r"|[^\W\d_]+(?:['’`][^\W\d_]+)*"
    r"|\d+(?:[.,]\d+)*|[^\w\s]|_",
    re.I,
)
_STAND_IN = {
    "order": "ORDERNO", "return": "RETURNNO", "money": "MONEY", "tracking": "TRACKNO", "carrier": "CARRIER",
    "date": "DATE", "email": "EMAIL", "link": "LINK", "supplier": "supplier", "person": "customer",
    "named": "customer",
}  # fmt: skip
_FOR_MODEL = {
    "ORDERNO": "order 1001",
    "RETURNNO": "return request 1001",
    "MONEY": "20 dollars",
    "PERCENT": "20 percent",
    "TRACKNO": "tracking number 400281957086",
    "CARRIER": "DHL",
    "DATE": "Monday",
    "EMAIL": "jane@example.com",
    "LINK": "link",
}
EMOJI = {"👍": "yes", "✅": "yes", "👌": "yes", "✔": "yes", "🆗": "yes", "👎": "no", "❌": "no", "🚫": "no"}
"""Signs that are a whole answer."""
_REFERENCE = regex(r"\s*(?:[:#.]|(?:number|code|id|is)\b|(?:no|nr|num)\b\W*\w*\d)", re.IGNORECASE)
_REFERENCED = regex(
    r"\b(?:your|our|my|her|his|their|customer|cust|cx|order|po|tracking|payment|bank|case|ticket|invoice"
    r"|with|the|as|by|internal)\s*$",
    re.IGNORECASE,
)
_PLACED = regex("|".join(_FOR_MODEL))
_OWNS = regex(r"['’`]s?$", re.IGNORECASE)
_TIDY = regex(
    r"\b(order|orders|invoice|return request|tracking number|tracking)(?: (?:number|no|id"
    r"|is))?[ :#]*(?=\1 )"
)


def _consonants(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", re.sub(r"(?<!^)[aeiouy]", "", word))


def _by_consonants() -> dict[str, str]:
    """Domain words by their consonants, where those are enough to tell which: "crckd", "smshd"."""
    found: dict[str, list[str]] = {}
    for word in DOMAIN_WORDS:
        if len(_consonants(word)) >= 4:
            found.setdefault(_consonants(word), []).append(word)
    return {bones: words[0] for bones, words in found.items() if len(set(words)) == 1}


_BY_CONSONANTS = _by_consonants()
_DOMAIN = frozenset(DOMAIN_WORDS)


@dataclass(frozen=True, slots=True)
class Wording:
    """A message (`text`), its plain form, and the way back from the one to the other."""

    text: str
    plain: str
    starts: tuple[int, ...]
    origins: tuple[tuple[int, int], ...]

    def origin(self, start: int, end: int) -> str:
        """The characters of the message behind ``plain[start:end]``."""
        if not self.starts or end <= start:
            return ""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_right(self.starts, end - 1) - 1)
        return self.text[self.origins[first][0] : self.origins[last][1]].strip()

    def for_model(self) -> str:
        """The plain form with each identifier as one and the same example of its kind."""
        text = _PLACED.sub(lambda match: _FOR_MODEL[match.group()], self.plain)
        return _TIDY.sub("", text)


def word(text: str, spans: Iterable[Span] = (), known: frozenset[str] = frozenset()) -> Wording:
    """The plain form of `text`, with `spans` standing for the identifiers in it.

    `known` are the words of the vocabulary: a word outside it is compared to the domain's own words and mended
    when it is one slip away.
    """
    places = [span for span in spans if span.kind in _STAND_IN and not _worded_amount(span)]
    pieces: list[tuple[str, int, int]] = []
    at = 0
    for span in sorted(places, key=lambda span: span.start):
        if span.start < at:
            continue
        pieces += _tokens(text, at, span.start, known)
        pieces.append((_stand_in(span), span.start, span.end))
        at = span.end
    pieces += _tokens(text, at, len(text), known)
    return _joined(text, pieces)


def _worded_amount(span: Span) -> bool:
    """Whether an amount is said in words that carry meaning of their own ("in full", "half")."""
    return span.kind == "money" and not re.search(r"\d", span.text) and span.value["kind"] != "exact"


def _stand_in(span: Span) -> str:
    if span.kind in {"person", "named"} or is_name(span):
        return "customer's" if _OWNS.search(span.text) else "customer"
    return "PERCENT" if span.kind == "money" and span.value["kind"] == "percent" else _STAND_IN[span.kind]


def _tokens(text: str, start: int, end: int, known: frozenset[str]) -> list[tuple[str, int, int]]:
    found = []
    for match in _TOKEN.finditer(text, start, end):
        plain = _in_its_place(text, match) or _plain_word(match.group(), known)
        found.append((plain, match.start(), match.end()))
    return found


_GIVES_IT = regex(
    r"\b(?:give|gv|giv|refund|rfnd|pay|credit)\s(?:(?:him|her|them|cx|cust|the|his)\s)*$", re.IGNORECASE
)
_ITS_COST = regex(r"\s?(?:costs?|fees?|charges?|price)\b", re.IGNORECASE)


_TOLD_BY_PLACE = frozenset({"ref", "refs", "ship", "shipment", "$"})


def _in_its_place(text: str, match: re.Match[str]) -> str | None:
    """A word that only what stands around it tells: "ref" for a refund, "ship cost" for that of the shipping."""
    if match.group().lower() not in _TOLD_BY_PLACE:
        return None
    if means_refund(text, match.start(), match.end()):
        return "refund"
    given = re.match(r"\s?(?:back|bk|only)\b", text[match.end() :], re.I) and _GIVES_IT.search(
        text[: match.start()]
    )
    if match.group().lower() in {"ship", "shipment"} and (given or _ITS_COST.match(text, match.end())):
        return "shipping"
    if match.group() == "$" and re.match(r"\s(?:back|bk)\b", text[match.end() :]):
        return "money"
    return None


def means_refund(text: str, start: int, end: int) -> bool:
    """Whether "ref" stands for a refund, and not for a reference ("ref no 12", "your ref", "payment ref")."""
    if text[start:end].lower() not in {"ref", "refs"}:
        return False
    return not (_REFERENCE.match(text[end:]) or _REFERENCED.search(text[:start]))


def _plain_word(token: str, known: frozenset[str]) -> str:
    low = token.lower().replace("’", "'").replace("`", "'")
    if not low[0].isalpha():
        return EMOJI.get(low, low)
    return written_out(low, known)


@lru_cache(maxsize=20_000)
def written_out(low: str, known: frozenset[str] = frozenset()) -> str:
    """A lower-case word with shorthand written out and a typo mended."""
    if low in WRITTEN_OUT:
        return WRITTEN_OUT[low]
    if not known or low in known or "'" in low or len(low) < 4:
        return low
    if (full := _ending_out(low, known)) is not None:
        return full
    if any(low.endswith(tail) and low[: -len(tail)] in known for tail in ("s", "ed", "d", "ing", "ly", "er")):
        return low
    return _mended(low)


def _ending_out(low: str, known: frozenset[str]) -> str | None:
    """A word whose ending is written short: "smashd", "chipd", "sendg"."""
    if not re.search(r"[^aeiou][dg]$", low):
        return None
    base, tail = low[:-1], "ed" if low[-1] == "d" else "ing"
    forms = (base + tail, base + base[-1] + tail, base.removesuffix("e") + tail)
    return next((form for form in forms if form in known or form in _DOMAIN), None)


def _mended(low: str) -> str:
    allowed = 1 if len(low) < 7 else 2
    best = process.extractOne(low, DOMAIN_WORDS, scorer=OSA.distance, score_cutoff=allowed)
    if best is None and not re.search(r"[aeiou]", low):
        return _BY_CONSONANTS.get(_consonants(low), low)
    if best is None:
        collapsed = re.sub(r"(.)\1+", r"\1", low)
        return collapsed if collapsed in DOMAIN_WORDS else low
    near: str = best[0]
    same_start = near[0] == low[0] or near[:2] == low[1::-1]
    return near if same_start and abs(len(near) - len(low)) <= allowed else low


def _joined(text: str, pieces: list[tuple[str, int, int]]) -> Wording:
    parts: list[str] = []
    starts: list[int] = []
    origins: list[tuple[int, int]] = []
    length = 0
    for plain, start, end in pieces:
        glued = plain in {".", ",", "?", "!", ";", ":", "%"} or not parts
        if not glued:
            parts.append(" ")
            length += 1
        starts.append(length)
        origins.append((start, end))
        parts.append(plain)
        length += len(plain)
    return Wording(text, "".join(parts), tuple(starts), tuple(origins))
