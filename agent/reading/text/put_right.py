"""A figure that is put right in the same message: "4 of the mugs, no sorry, 3", "on 3381 – oops, 3318".

The new figure takes the place of the old one before anything is read, and the words that put it right are left out, so
that no room has to know of two figures where one is meant. What comes on top ("wait, also 3"), what counts other goods
("4 mugs, sorry, 3 plates") and what is asked puts nothing right.
"""

from __future__ import annotations

import re

from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER, word_value
from agent.reading.text.patterns import regex
from agent.reading.text.spelled import Spelled

_UNIT = (
    r"(?:\s?(?:%|[€£$¥]|(?:percent|pct|eur|euros?|usd|dollars?|bucks|gbp|pounds?|quid|yen|jpy|sek|kronor|chf"
    r"|francs?)\b))"
)
_FIGURE = regex(
    rf"(?<![\w.,/-])(?P<all>(?:all|both)(?: of (?:them|those|these)| (?=\d))?|everything|the lot)(?![\w-])"
    rf"|(?<![\w.,/#€£$¥-])(?P<sign>[#€£$¥]\s?)?(?P<n>\d{{1,9}}(?:[.,]\d{{1,3}})?|{WORD_NUMBER})(?![\w-]|[.,:/]\d)"
    rf"(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_OH = r"(?:(?:oh|ah|um+|uh|er+m?|hm+|well|ok|okay|and|but|so)[\s,.!…-]+)*"
_SURE = (
    r"(?:no[\s,.!–-]+(?:wait|sorry|hang on|hold on|actually|no)|no(?=[\s,–-]+(?:it'?s|it is|it was|make|i mean"
    r"|just|only))"
    r"|nope|sorry(?! (?:for|about|to|that|she|he|they|but|refund|credit|money))|oops|whoops|ups|scratch that"
    r"|strike that"
    r"|correction|make (?:that|it)|i (?:mean|meant)|typo|my (?:bad|mistake)|wrong (?:number|one|order)|or rather|rather"
    r"|actually|i misread|i miscounted|mis(?:read|count)ed)"
)
_MAYBE = r"(?:wait|hang on|hold on|hold it|no(?=[,–-]))"
_LEADS_ON = (
    r"(?:it|it'?s|its|is|was|that'?s|that|there'?s|there|are|were|they|they'?re|just|only|make|should|be|been"
    r"|have|has|had|i"
    r"|we|mean|meant|looked|counted|checked|recounted|re-counted|recount|misread|miscounted|read|again|the|a|of"
    r"|rather|now"
    r"|said|says|say|see|he|she|correct|right|number|order|typed|wrong|my|mistake|bad|typo|sorry|wait|no|hang"
    r"|hold|on|oops"
    r"|actually|to|in|fact|then|so|please|one|sec|second|correction|scratch|whoops)"
)
_TURN = regex(
    rf"(?P<break>\s*[.,;:!?…)–-]+\s*|\s+)(?P<oh>{_OH})(?:(?P<sure>{_SURE})|(?P<maybe>{_MAYBE}))\b"
    rf"(?:[\s,.;:!…–-]+(?:{_LEADS_ON}(?=[\s,.;:!…–-])))*[\s,.;:!…–-]+"
    rf"(?=(?:[#€£$¥]\s?)?(?:\d|(?:{'|'.join(NUMBER_WORDS)}|all|both|everything|the lot)\b))",
    re.IGNORECASE,
)
_OF_THEM = r"(?:\s(?:of (?:them|those|these|it)|units?|pcs|pieces?|x|in (?:all|total)))"
_ENDS = regex(
    rf"{_OF_THEM}?\s*(?:$|[.,;:!)…–-](?!\d)|(?:please|pls|then|only|it is|it was|is right|instead|because|bc"
    rf"|since|as|so|she|he"
    r"|they|back|off|not \w+|for (?:the|her|his|that|being)|is (?:what|it|the)|was (?:what|it|the)|i (?:mean"
    r"|meant))\b)",
    re.IGNORECASE,
)
_NOT_INSTEAD = regex(
    r"\s*(?:too|as well|also|first|meanwhile|more|extra|on top|and (?:also )?\d|\?|[.,;]?\s*(?:too|as well|also"
    r"|first)\b)",
    re.IGNORECASE,
)
_STATE = regex(r"\s(?:of them )?(?:is|are|was|were|came|arrived)\b", re.IGNORECASE)
_WORD_BEHIND = regex(r"\s(?:of (?:the|her|his|those|these) )?(?P<w>[a-z]{3,})", re.IGNORECASE)
_BOUGHT = regex(
    r"\b(?:ordered|bought|got|received|had|has|have|paid for|there (?:were|are)|of (?:the|her|his|their)|out of)\s$",
    re.IGNORECASE,
)
_PRONOUN = regex(
    r"\b(?:the|this|that|which|other|another|each|every|no|any|some|wrong|right|first|second|last|new|old|\w+(?:er|est)"
    r"|blue|red|black|white|green|grey|yellow|big|small|large)\s$",
    re.IGNORECASE,
)
_WHO_ELSE = regex(r"\s(?:she|he|they)\b", re.IGNORECASE)
_MANY = 13
_NEAR = 70
"""No figure is put right over more letters than these."""


def put_right(text: str, known: frozenset[str] = frozenset()) -> Spelled:
    """The text with the figure that is put right as it is meant; `known` are the bare numbers of existing orders."""
    for turn in _TURN.finditer(text):
        new = _FIGURE.match(text, turn.end())
        old = _old(text, turn, new, known) if new is not None else None
        if new is not None and old is not None:
            return _moved(text, old, turn, new)
    return Spelled(text, text, ())


def _old(text: str, turn: re.Match[str], new: re.Match[str], known: frozenset[str]) -> re.Match[str] | None:
    """The figure before the turn that the new one stands for; nothing where it says something else."""
    base = max(0, turn.start() - _NEAR)
    found = [m for m in _FIGURE.finditer(text, base, turn.start()) if not _is_pronoun(text, m)]
    fits = [m for m in found if _alike(m, new, known)]
    if not fits or _NOT_INSTEAD.match(text, new.end()):
        return None
    old = fits[-1]
    apart = text[old.end() : turn.start()]
    weak = turn["maybe"] and (_is_order(new, known) or "?" in apart + turn["break"])
    if weak or (apart.strip() and not turn["break"].strip()) or _bare(old) == _bare(new):
        return None  # "He'd be happy with 55.00, make it 55" puts nothing right.
    if _is_money(old) != _is_money(new) and len(fits) > 1:
        return None  # "2 x 9.99, sorry 3" may be either.
    return old if _stands_for(text, old, new) else None


def _bare(figure: re.Match[str]) -> str:
    number = (figure["n"] or "").replace(",", ".")
    return number.rstrip("0").rstrip(".") if "." in number else number


def _stands_for(text: str, old: re.Match[str], new: re.Match[str]) -> bool:
    """Whether nothing else is counted by the new figure than by the old one."""
    if new["all"] or _ENDS.match(text, new.end()):
        return True
    thing, other = _WORD_BEHIND.match(text, new.end()), _WORD_BEHIND.match(text, old.end())
    if thing and other and thing["w"].lower()[:4] == other["w"].lower()[:4]:
        return True
    return bool(_STATE.match(text, new.end())) and not _BOUGHT.search(text[: old.start()])


def _is_pronoun(text: str, figure: re.Match[str]) -> bool:
    return figure.group().strip().lower() == "one" and bool(_PRONOUN.search(text[: figure.start()]))


def _is_order(figure: re.Match[str], known: frozenset[str]) -> bool:
    digits = figure["n"] or ""
    return (figure["sign"] or "").strip() == "#" or (digits in known and not _is_money(figure))


def _is_money(figure: re.Match[str]) -> bool:
    sign = (figure["sign"] or "").strip()
    return bool(figure["unit"]) or sign not in {"", "#"} or bool(re.search(r"[.,]", figure["n"] or ""))


def _alike(old: re.Match[str], new: re.Match[str], known: frozenset[str]) -> bool:
    """Whether both can be figures of one thing: numbers of orders (also of one that is not there), sums, or counts."""
    orders = _is_order(old, known), _is_order(new, known)
    if old["all"] or new["all"]:
        return not any(orders) and not _is_money(old) and not _is_money(new)
    mistyped = orders[1] and not _is_money(old) and len(old["n"]) == len(new["n"]) > 3
    return orders[0] == orders[1] or mistyped


def _moved(text: str, old: re.Match[str], turn: re.Match[str], new: re.Match[str]) -> Spelled:
    """The new figure in the place of the old one, and nothing where it was put right."""
    figure, (start, end) = new.group(), old.span()
    if new["all"]:
        figure = "all"
    elif old["all"]:
        figure = f"{new.group()} of them"
    elif not new["unit"] and not (new["sign"] or "").strip():
        figure, (start, end) = new["n"], old.span("n")
        if not new["unit"] and _WHO_ELSE.match(text, new.end()) and (word_value(figure) or _MANY) < _MANY:
            figure = f"{figure} of them"  # "Back 4 … no wait, it's only three she doesn't want" counts.
    behind = re.match(_OF_THEM, text[new.end() :], re.IGNORECASE)
    stop = new.end() + (behind.end() if behind else 0)
    first = text[:start] + figure
    places = (
        (start, start + len(figure), start, end),
        (len(first) + turn.start() - end, len(first) + turn.start() - end, turn.start(), stop),
    )
    return Spelled(text, first + text[end : turn.start()] + text[stop:], places)
