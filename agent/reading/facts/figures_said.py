"""The figures in a message at a card: what kind each is, and which of them is the old one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from agent.reading.text.numerals import LARGE_WORD, NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span, masked
from agent.reading.values.kept_counts import kept_count
from agent.reading.values.money import exact
from agent.reading.words.signals import Signals

OLD = regex(
    r"(?:\b(?:not|nt|no|instead of|rather than|said|wrote|typed|from|never|isn't|wasn't"
    r"|(?<!it )(?<!that )(?<!there )was)"
    r"\s+(?:(?:the|a|all|full|whole|entire|of|only|just)\s+)*(?:order\s+)?#?)$",
    re.IGNORECASE,
)
DONE = regex(
    r"^(?: of (?:them|those|these))?(?: (?:is|was|were|are|has been|got|been))? "
    r"(?:already|before|done|refunded|paid|earlier)\b",
    re.IGNORECASE,
)
"""Behind a figure: somebody has seen to it before ("a colleague did one of them already")."""
_NUMBER = regex(
    rf"(?<![\w.,/#€£$%-])(?P<n>\d{{1,6}}(?:[.,]\d{{1,3}})?|{WORD_NUMBER})(?![\w%]|[.,]\d|[-/]\w)",
    re.IGNORECASE,
)
_NAMES_A_THING = regex(
    r"\b(?:sizes?|wk|week|day|nr|number|tkt|ticket|step|option|page|line|sku|room|version|order|model|invoice"
    r"|call|case|level|phase|round)\W{0,2}$|\bno[.#:\s]{0,2}$",
    re.IGNORECASE,
)
_COUNTS_SOMETHING_ELSE = regex(
    r"^\s?(?:photos?|pictures?|pics?|snaps?|images?|videos?|clips?|screenshots?|mails?|calls?|days?|weeks?|months?"
    r"|years?|hours?|minutes?|mins?|secs?|seconds?|moments?|(?:more )?times?|things?|questions?|customers?|orders?"
    r"|people|o'clock|am|pm|st|nd|rd|th)\b",
    re.IGNORECASE,
)
_PRONOUN = regex(
    r"\b(?:the|this|that|which|other|another|each|every|no|any|some|a)\s(?:\w+\s){0,2}$", re.IGNORECASE
)
_UNIT = regex(
    r"^\s?(?:x\b|×|units?|pcs?|pieces?|items?|pairs?|sets?|packs?|copies|of (?:them|the|those|these|it))\b|^\s?x\b",
    re.IGNORECASE,
)
MAKES_IT = regex(
    r"(?:^|[.;,!?\u2013-]\s*|\b(?:so|then|and|please|just|better|let's|rather|says?|said|to)\s)(?:(?:so|then|please|just|better"
    r"|let's|rather|do)\s)*"
    r"(?:make|put|change|lower|reduce|cut|set|drop|bring|go (?:for|down|up|with)|round|raise|go|take|do|give (?:her|him"
    r"|them)|only|down to)\b"
    rf"[^.;?!]{{0,24}}?(?:MONEY|PERCENT|\d|half|{LARGE_WORD}\b)"
    r"|\b(?:go|come|get|drop|lower|bring|cut|reduce|take|put|set|stay|keep)(?: (?:it|this|that|the \w+))?(?: down)?"
    r" (?:to|at|within|under|below|inside) (?:what|whatever|the (?:most|maximum|sum|amount|limit)|my (?:own )?limit)\b"
    r"[^.;?!]{0,40}?(?:MONEY|\d)"
)
"""A change in so many words ("make it 80")."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was said, at its place in the message."""

    kind: str
    """``money``, ``percent``, ``units``, or ``bare``."""
    value: str
    """Decimal text."""
    start: int
    end: int
    text: str
    old: bool
    currency: str | None = None

    @property
    def whole(self) -> int | None:
        """The number where it is a whole one."""
        return int(self.value) if self.value.isdigit() else None

    def as_money(self) -> dict[str, Any]:
        """The shape of an amount or a fee."""
        if self.kind == "percent":
            return {"kind": "percent", "value": self.value}
        return exact(self.value, self.currency)


def figures(s: Signals, *, taken_off: bool = False) -> list[Figure]:
    """Every figure that stands for itself, in order; names of things ("size 38"), dates and what is kept are none.

    `taken_off`: a sum told as taken off ("12 less") counts too.
    """
    text = s.wording.text
    kinds = {"exact", "percent", "less"} if taken_off else {"exact", "percent"}
    found = [_of_money(span, text) for span in s.kind("money") if span.value["kind"] in kinds]
    taken = [span for span in s.spans if span.kind not in {"number", "quantity", "order"} or _marked(span)]
    units = [span for span in s.kind("quantity") if isinstance(span.value, int)]
    kept = kept_count(text)
    for match in _NUMBER.finditer(masked(text, taken)):
        if not _is_name(text, match) and not (kept and kept.start("n") == match.start()):
            found.append(_plain(match, text, units))
    return sorted(found, key=lambda figure: figure.start)


def distinct(told: list[Figure]) -> list[Figure]:
    """The figures without those that only say a number again ("only 2 are bad, change to 2")."""
    kept: dict[tuple[str, str], Figure] = {}
    for figure in told:
        kind = "units" if figure.kind == "bare" and figure.whole is not None else figure.kind
        said = kept.get((kind, figure.value))
        if said is None or (said.kind == "bare" and figure.kind == "units"):
            kept[(kind, figure.value)] = figure
    return list(kept.values())


def beside_shown(told: list[Figure], shown: set[str]) -> list[Figure]:
    """`told` without the one figure that only repeats what the card says ("12 is too much, make it 7.50")."""
    same = [figure for figure in told if _bare_text(figure.value) in shown]
    return [figure for figure in told if figure not in same] if len(told) == 2 and len(same) == 1 else told


def _bare_text(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _marked(span: Span) -> bool:
    return span.kind == "order" and (not span.text.isdigit() or len(span.text) > 3)


def _of_money(span: Span, text: str) -> Figure:
    kind = "percent" if span.value["kind"] == "percent" else "money"
    old = bool(OLD.search(text[: span.start]) or DONE.match(text[span.end :]))
    bare = (
        kind == "money"
        and re.fullmatch(r"\d+(?:[.,]\d+)?", span.text) is not None
        and not span.value["currency"]
    )
    return Figure(
        "bare" if bare else kind, str(span.value["value"]), span.start, span.end, span.text, old,
        span.value.get("currency"),
    )  # fmt: skip


def _is_name(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if _COUNTS_SOMETHING_ELSE.match(after):
        return True
    if match.group().lower() == "one" and _PRONOUN.search(before) and not _UNIT.match(after):
        return True
    return bool(_NAMES_A_THING.search(before)) and not OLD.search(before)


def _plain(match: re.Match[str], text: str, units: list[Span]) -> Figure:
    word = match.group("n").lower()
    value = word.replace(",", ".") if word[0].isdigit() else str(NUMBER_WORDS[word])
    counted = bool(_UNIT.match(text[match.end() :])) or any(
        span.start <= match.start() < span.end and re.search(r"[a-z]", text[match.end() : match.end() + 12])
        for span in units
    )
    old = bool(OLD.search(text[: match.start()]) or DONE.match(text[match.end() :]))
    return Figure(
        "units" if counted and value.isdigit() else "bare",
        value,
        match.start(),
        match.end(),
        match.group(),
        old,
    )


_LEADS = regex(
    r"^(?:\W|no|nope|sorry|oh|ah|oops|whoops|my bad|wait|actually|hang on|hold on|correction|make (?:it|that)|it's|its"
    r"|it is|it was|should be|that's|meant|i mean|i meant|only|just|well|ok|okay|then|so|rather|it's only|the|is"
    r"|apologies|hm+)*$",
    re.IGNORECASE,
)
_ENDS = regex(
    r"^(?: (?:units?|pieces?|pairs?|pcs|of (?:them|those|these)))?"
    r"(?: (?:max|maximum|tops|at most|at the most|then|only|please|pls|instead|it is|actually"
    r"|not \w+))*\s*(?:$|[.,;!–-])",
    re.IGNORECASE,
)


def leading(s: Signals, told: list[Figure], units: list[int]) -> list[Figure]:
    """The figure that a message begins with, where the others only explain it: "two. found one in the porch".

    The others explain it where they are what is taken off the `units` of the card to come to it.
    """
    if len(told) != 2 or len(units) != 1:
        return told
    first, other, text = told[0], told[1], s.wording.text
    if first.whole is None or other.whole is None or "money" in (first.kind, other.kind):
        return told
    begins = _LEADS.match(text[: first.start]) and _ENDS.match(text[first.end :])
    return [first] if begins and units[0] - other.whole == first.whole else told


def stands_alone(s: Signals, figure: Figure) -> bool:
    """Whether nothing is counted by the figure ("25 max"; not "2 hats")."""
    return bool(_ENDS.match(s.wording.text[figure.end :]))
