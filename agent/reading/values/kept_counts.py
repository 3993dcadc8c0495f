"""Units that are told because they stay with the customer: "she wants to keep one", "one he still likes"."""

from __future__ import annotations

import re

from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER, word_value
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span

_N = (
    rf"(?P<n>\d{{1,3}}|{WORD_NUMBER})\b(?![.,]\d|\s?(?:%|[€$£¥])|\s(?:eur|euros?|usd|gbp|pounds?|dollars?|quid|percent"
    r"|(?:more )?(?:days?|weeks?|hours?|times?))\b)"
)
_FEW = r"(?!(?:[2-9]\d|\d{3})\b)"
"""Before the word a larger number may as well be a size ("43 he keeps")."""
_NOT_BACK = (
    r"(?!(?: (?!and\b|so\b|but\b)[\w'’]+){0,2} (?:back|refund\w*|return\w*|replac\w*|instead)\b)"
    r"(?! of (?:the|her|his|their|those|these) (?:\d|[a-z]+ (?:money|price)))"
)
_WHO = r"(?:she|he|they|(?:the )?(?:customer|client|buyer|cust|cx))"
_STILL = r"(?: (?:still|now|actually|really|also|just|only|definitely))*"
_JUST = r"(?: (?:just|only|the))*"
_THEM = r"(?: of (?:them|those|these))?"
_ALONE = r"(?<![\w.,/-])(?<!\bthe )(?<!\bthat )(?<!\bthis )"
_KEPT = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!we )(?<!i )(?<!who )\bkeeps{_JUST} {_N}",
        rf"^\W*(?:(?:ok|okay|oh|no|so|just|well|and|hm+)\W+)*keeping{_JUST} {_N}{_NOT_BACK}",
        rf"\b{_WHO}(?:['’]ll|['’]d| will| would| can| could| may){_STILL} (?:keep|use|hold on to"
        rf"|hang on to){_JUST} {_N}{_NOT_BACK}",
        rf"\b{_WHO}(?:['’]s| is| are){_STILL} (?:keeping|using|holding on to|hanging on to){_JUST} {_N}{_NOT_BACK}",
        rf"\b{_WHO}(?:['’]d| would)?{_STILL} (?:like|wants?|needs?|prefers?|hopes|going) to (?:keep|have"
        rf"|use){_JUST} {_N}{_NOT_BACK}",
        rf"\b{_WHO}{_STILL} (?:uses|holds on to|hangs on to){_JUST} {_N}{_NOT_BACK}",
        rf"\b{_WHO} (?:(?:(?:actually|really|now) )*(?:do|does|did)(?: actually| still)?|still(?: really| actually)?)"
        rf" (?:want|need|like)s?{_JUST} {_N}{_NOT_BACK}",
        rf"\b{_WHO} (?:just|only) (?:needs?|uses?) {_N}{_NOT_BACK}",
        rf"\b{_WHO} (?:wants?|needs?|likes?) {_N}(?: (?!back\b|refund)[\w'’]+){{0,2}} after all\b",
        rf"{_ALONE}{_FEW}{_N}{_THEM}(?: (?!not\b|never\b|came\b|and\b)[a-z]+){{0,2}}?"
        r" (?:stays?|staying|remains?|is kept|are kept|is staying|are staying)\b"
        r"(?=\W*$|[.,;!]|\s(?:with|there|here|where|at|by|and|so|but)\b)",
        rf"{_ALONE}{_FEW}{_N}{_THEM}(?: (?!not\b|never\b|came\b"
        rf"|and\b)[a-z]+){{0,2}}? {_WHO}(?:['’]ll| will|['’]s| is"
        r"|['’]d like to| would like to| wants? to| is going to| can| really| still| actually)*"
        r" (?:keep|use|like|keeping|using|(?<=still )want)s?\b(?! (?:\w+ )?(?:back|refund|money|to (?:return|send"
        r"|give))"
        r"| (?:it|them|that|those|the|her|his|one|\d))",
    )
)


def kept_count(text: str) -> re.Match[str] | None:
    """Where the number (group ``n``) of the units stands that the customer keeps."""
    return next((found for pattern in _KEPT if (found := pattern.search(text))), None)


def number_kept(kept: re.Match[str]) -> int:
    """How many they are."""
    word = kept.group("n").lower()
    return int(word) if word.isdigit() else NUMBER_WORDS[word]


def with_kept(text: str, spans: list[Span]) -> list[Span]:
    """`spans` with the units that are kept: alone they say that all but those are meant, beside another figure nothing.

    "Refund the candles, one stays with her" is all but one; in "7 back, she keeps one" the one is only told.
    """
    kept = kept_count(text)
    if kept is None or any(span.kind == "quantity" and isinstance(span.value, dict) for span in spans):
        return spans
    start, end = kept.span("n")
    others = [span for span in spans if not (span.start < end and start < span.end)]
    sums = [
        s for s in others if s.kind == "money" and s.value["kind"] in {"exact", "percent", "less", "up_to"}
    ]
    counts = [s for s in others if s.kind == "quantity" and s.value != "all"]
    if sums or counts:
        return [*others, Span("told", start, end, kept.group("n"), None)]
    rest = {"all_but": number_kept(kept)}
    whole = [
        s for s in others if not (s.kind == "quantity" or (s.kind == "money" and s.value["kind"] == "full"))
    ]
    return [*whole, Span("quantity", start, end, kept.group("n"), rest)]


_TAKEN_OFF = regex(
    rf"^\W*(?:(?:hm+|ok|okay|well|so|then|just|oh|no|and|it's|that's|all|the)\W+)*(?P<m>\d{{1,3}}|{WORD_NUMBER})?\s*"
    rf"(?:minus|less|bar|except(?: for)?|without|but not) (?:the )?(?P<n>\d{{1,3}}|{WORD_NUMBER})\b"
    r"(?=\W*$|[.,;!]| of them| please)",
    re.IGNORECASE,
)


def taken_from(text: str) -> tuple[int | None, int] | None:
    """Of how many so many are taken off, where little else is said ("8 minus one"; "minus one" is of them all)."""
    found = _TAKEN_OFF.match(text)
    if found is None:
        return None
    return (word_value(found["m"]) if found["m"] else None), word_value(found["n"]) or 0
