"""Which of the offered choices is meant: by label, by value, by place."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz import fuzz

from agent.reading.goods.items import mentions_of
from agent.reading.text.patterns import regex
from agent.reading.view import LineView, OptionView
from agent.reading.words.nouns import names_nothing

_ORDINALS = {
    "first": 0,
    "1st": 0,
    "second": 1,
    "2nd": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "4th": 3,
    "last": -1,
    "former": 0,
    "latter": 1,
    "top": 0,
    "bottom": -1,
    "upper": 0,
    "lower": -1,
    "middle": 1,
    "fifth": 4,
    "5th": 4,
}
_PLACE = regex(
    r"\b(first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|last|former|latter|top|bottom|upper|lower|middle)\b"
)
_NUMBER = regex(r"^\W*(?:option |number |no\.? |nr\.? |choice |#)?(\d)\W*$")


def ordinal(plain: str) -> int | None:
    """The place named ("the second one" → 1, "the last" → -1)."""
    match = _PLACE.search(plain)
    return _ORDINALS[match.group(1)] if match else None


def chosen_option(text: str, plain: str, options: list[OptionView]) -> Any:
    """The value of the option meant, or nothing when none or several fit."""
    if not options:
        return None
    said = text.strip().strip(".!").lower()
    for option in options:
        if said in (option.label.lower(), str(option.value).lower()):
            return option.value
    at = ordinal(plain)
    number = _NUMBER.match(said)
    if at is None and number and not any(_is_number(option.value) for option in options):
        at = int(number.group(1)) - 1
    if at is not None and -len(options) <= at < len(options) and len(plain.split()) <= 6:
        return options[at].value
    return (
        _by_size(plain, options)
        or _by_age(plain, options)
        or _known_by(plain, options)
        or _known_first(plain, options)
        or _closest(said, options)
    )


_LARGE = regex(r"\b(?:big|bigger|biggest|large|larger|largest|xl)\b")
_SMALL = regex(r"\b(?:small|smaller|smallest|little|mini|tiny)\b")
_DEAR = regex(
    r"\b(?:pricier|priciest|dearer|dearest|(?:more|most) expensive|expensive(?: one)?|higher priced)\b"
)
_CHEAP = regex(r"\b(?:cheap|cheaper|cheapest|less expensive|least expensive)\b")
_PRICE = regex(r"([\d,]+(?:\.\d+)?) [A-Z]{3}\)$")


def _by_size(plain: str, options: list[OptionView]) -> Any:
    """The larger or smaller, the dearer or cheaper of the goods that are offered, where their names or prices tell."""
    if len(plain.split()) > 6 or re.search(r"\b(?:not|n't|too|no)\b", plain):
        return None
    dear, cheap = _DEAR.search(plain) and not _CHEAP.search(plain), _CHEAP.search(plain)
    prices = [float(m.group(1).replace(",", "")) for o in options if (m := _PRICE.search(o.label))]
    if (dear or cheap) and len(prices) == len(options):
        best = max(prices) if dear else min(prices)
        return options[prices.index(best)].value if prices.count(best) == 1 else None
    for said, other in ((_LARGE, _SMALL), (_SMALL, _LARGE)):
        if said.search(plain) and not other.search(plain):
            so = [o for o in options if said.search(o.label.lower())]
            not_so = [o for o in options if not other.search(o.label.lower())]
            fitting = so or (not_so if len(options) == 2 else [])
            return fitting[0].value if len(fitting) == 1 else None
    return None


_NEWER = regex(r"\b(?:newer|newest|latest|most recent|more recent|recent)\b")
_OLDER = regex(r"\b(?:older|oldest|earlier|earliest|previous)\b")
_DAY = regex(r"\b\d{4}-\d\d-\d\d\b")


def _by_age(plain: str, options: list[OptionView]) -> Any:
    """The newer or the older of orders that are offered; nothing where what else is said speaks for another one."""
    newer, older = _NEWER.search(plain), _OLDER.search(plain)
    days = [(match.group(), at) for at, option in enumerate(options) if (match := _DAY.search(option.words))]
    if bool(newer) == bool(older) or len(days) != len(options) or len(plain.split()) > 9:
        return None
    age = newer or older
    assert age is not None
    chosen = options[(max(days) if newer else min(days))[1]].value
    also = _known_by(plain.replace(age.group(), " "), options)
    return chosen if also in (None, chosen) else None


def _known_by(plain: str, options: list[OptionView]) -> Any:
    """The one option whose further words hold all that the answer says besides words of the work."""
    said = [
        word for word in _LETTERS.findall(plain.lower()) if not names_nothing(word) and word not in _FILLS
    ]
    if not said or len(plain.split()) > 8:
        return None
    lines = [
        LineView(id=str(at), sku="", title=o.words, quantity=1) for at, o in enumerate(options) if o.words
    ]
    fitting = [set(mention.lines) for word in said for mention in mentions_of(word, lines)]
    left = set.intersection(*fitting) if len(fitting) == len(said) else set()
    return options[int(left.pop())].value if len(left) == 1 else None


_SENTENCE = regex(r"(?<=\w)[.;,!](?=\s)|\s[\u2013-]\s")


def _known_first(plain: str, options: list[OptionView]) -> Any:
    """The option known by the first part of an answer that goes on ("the one with the drill. it won't start")."""
    first, *more = _SENTENCE.split(plain, maxsplit=1)
    return _known_by(first, options) if more else None


_LETTERS = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FILLS = frozenset("mr mrs ms miss think guess must probably believe mean meant would i'd i'm should".split())
"""What stands around a choice without choosing."""


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _closest(said: str, options: list[OptionView]) -> Any:
    if len(said) < 3 or len(said.split()) > 8:
        return None
    scored = sorted(
        ((fuzz.token_set_ratio(said, option.label.lower()), at) for at, option in enumerate(options)),
        reverse=True,
    )
    if scored[0][0] >= 80 and (len(scored) == 1 or scored[0][0] - scored[1][0] >= 8):
        return options[scored[0][1]].value
    return None


_SOMETHING_ELSE = regex(
    r"^\W*(?:no,? |hm+,? |it's |its )?(?:something else|other(?: reason)?|another reason"
    r"|none of (?:these|those|them|the above)"
    r"(?: (?:really |quite )?(?:fits?|apply|applies|match(?:es)?|works?|(?:is|are) right))?"
    r"|neither|not (?:listed|on the list|one of these)|a different reason|different reason"
    r"|(?:nothing|none)(?: (?:in|on|of|from))?(?: (?:your|the|that|this|my))?(?: (?:list|menu|options?|choices?))?"
    r"(?: here| there)? (?:really |quite )?(?:fits?|matches|applies)(?:\W+(?:so |then |just |please )*"
    r"(?:put|use|take|pick|choose|make it|call it|say|go with) (?:it )?(?:as |down as )?['\"]?other['\"]?)?"
    r"|(?:(?:so|then|just|please) )*(?:put|use|take|pick|choose|make it|call it|say|go with) (?:it )?(?:as |down as )?"
    r"['\"]?other['\"]?)(?:\b|(?=\W|$))\s*(?P<t>.*)$",
    re.IGNORECASE | re.DOTALL,
)


def other_reason(text: str) -> str | None:
    """What follows "something else, …": the note that says which; empty when nothing follows."""
    match = _SOMETHING_ELSE.match(text)
    return re.sub(r"^[\s,:;.\u2013-]+", "", match.group("t")).strip() if match else None


THE_OTHER = regex(r"\b(?:the|that) (?:other|remaining) (?:one|item|thing|piece)\b|\bthe other\W*$")
"""Of two goods of which one cannot be chosen, the one that can."""
