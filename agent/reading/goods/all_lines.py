"""Every line, every unit of what was named, or all but some."""

from __future__ import annotations

import re
from typing import Any

from agent.commands import SlotValue
from agent.reading.goods.items import mentions_of
from agent.reading.goods.left_out import all_but, all_but_some, lacking, says_all_but, without_left_out
from agent.reading.text.numerals import WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.text.span import masked
from agent.reading.view import LineView
from agent.reading.words.signals import Signals

_EVERY = regex(
    r"\b(?:all (?:the )?(?:items|lines|products|of them|of the items)|everything|every item"
    r"|both(?: items| of them| lines| products)?\W*$|both (?=of|items))",
    re.I,
)

_ALL_OF_THEM = regex(
    r"(?<!keep )(?<!keeps )(?<!keeping )(?<!\bat )(?<!\bafter )(?<!\babove )"
    r"\b(?:all|both|every one|each one|the whole lot|the lot)(?: of (?:them|it|those|these))?\b"
    rf"(?! (?:of )?(?:the |these |those |her |his )?(?:\d+|{WORD_NUMBER})\b)"
    r"(?! the| of|\s*\w+s\b|,? (?:but|except|save|bar|minus|apart|other|without)\b)",
    re.IGNORECASE,
)


_SHIPPING = r"(?:shipping|postage|delivery|carriage|freight|p ?& ?p|transport)"
_ALL_BUT_SHIPPING = regex(
    r"\b(?:all|everything|the (?:whole )?lot|(?:whole|full|entire) (?:order|amount|thing)"
    r"|all (?:the )?(?:items|goods))\s*,?\s*"
    r"(?:but|except|excluding|apart from|other than|without|save|minus|less|bar)(?: for)?(?: not)?"
    rf" (?:(?:the|her|his|their) )?{_SHIPPING}(?: (?:fee|cost|charge|cost)s?)?\b",
    re.IGNORECASE,
)


_KEEPS_SHIPPING = regex(
    r"\b(?:only (?:for )?(?:the )?goods|(?:the )?goods only|just the goods)\b"
    r"|\b(?:full refund|in full|everything|the (?:whole )?lot|(?:whole|full|entire) (?:order|amount))[^.;!?]{0,12}?"
    r" (?:keep|leave|hold(?: back)?|retain|not|no|without|minus)(?: back| out)? (?:the |her |his |their )?"
    rf"{_SHIPPING}\b(?! (?:too|as well|back))",
    re.IGNORECASE,
)


def leaves_shipping(words: str) -> bool:
    """Whether all goods are told by words that leave the shipping out ("everything but the delivery costs")."""
    return bool(_ALL_BUT_SHIPPING.search(words) or _KEEPS_SHIPPING.search(words))


def goods_only(s: Signals, lines: list[LineView], found: dict[str, SlotValue]) -> bool:
    """Take every line where all is meant save the shipping ("everything except the postage")."""
    said = _ALL_BUT_SHIPPING.search(s.wording.text) or _KEEPS_SHIPPING.search(s.wording.text)
    if said is None:
        return False
    text = s.wording.text
    named = [line for one in mentions_of(masked(text, s.spans), lines) if one.sure for line in one.lines]
    if named and said.group().lower().startswith(("in full", "full")):
        return False  # "The vase in full, without shipping" is the vase.
    found["line"] = SlotValue(
        value=[{**entry_of(line.id, None), "all": True} for line in lines], span=said.group()
    )
    return True


def all_of_named(s: Signals, text: str, lines: list[LineView], found: dict[str, SlotValue]) -> bool:
    """Take every unit of goods that are named before: "the valves never came, refund all of them"."""
    every = _ALL_OF_THEM.search(text)
    part = any(isinstance(span.value, dict) for span in s.kind("quantity"))
    part = part or (every is not None and (_tells_why(text, every) or _is_shown(text, every)))
    if every is None or part or says_all_but(text) or s.has("whole_order"):
        return False  # "Every one except two" is a part of them.
    before = masked(text, s.kind("quantity"))[: every.start()]
    named = without_left_out(text, mentions_of(before, lines))
    taken = list(dict.fromkeys(mention.lines[0] for mention in named if mention.sure))
    if not taken or len(taken) < len({line for mention in named for line in mention.lines}):
        return False
    found["line"] = SlotValue(
        value=[{**entry_of(line, None), "all": True} for line in taken], span=every.group()
    )
    return True


_WHY = regex(
    r"\b(?:mind|late|mistake\w*|wrong|broken|damaged|dmgd|same reason)(?: (?:on|about|with|for|by))?\s$",
    re.IGNORECASE,
)


def _tells_why(text: str, every: re.Match[str]) -> bool:
    """Whether "both" only says of what the reason is ("1 bulb. changed her mind on both")."""
    counted = re.search(r"\b(?:\d{1,3}|an?|one|another) \w+", text[: every.start()], re.IGNORECASE)
    return bool(counted and _WHY.search(text[: every.start()]))


_SHOWS = regex(
    r"\b(?:pic\w*|photos?|images?|shots?|videos?|vids?|proof|evidence|screenshots?)(?: \w+)?"
    r" (?:of|for|showing|with)\s$",
    re.IGNORECASE,
)


def _is_shown(text: str, every: re.Match[str]) -> bool:
    """Whether "both" is what a picture shows ("2 glasses chipped and the carafe cracked, pics of both")."""
    return bool(_SHOWS.search(text[: every.start()]))


def every_line(s: Signals, text: str, lines: list[LineView], found: dict[str, SlotValue]) -> bool:
    """Take "all items", or "both" of two: every line."""
    every = _EVERY.search(text)
    if every is None or len(lines) < 2 or s.has("whole_order") or says_all_but(text):
        return False
    words = every.group().lower()
    if words.startswith("everything") or (words.startswith("both") and len(lines) != 2):
        return False
    found["line"] = SlotValue(value=[entry_of(line.id, None) for line in lines], span=every.group().strip())
    return True


def all_except(text: str, lines: list[LineView], found: dict[str, SlotValue]) -> bool:
    """Whether it is "all but the lamp", or "4100 but not the lamp": every line save those named."""
    some = all_but_some(text, lines)
    if some:
        entries = [
            {**entry_of(line.id, None), "all": True}
            if line.id != some[0]
            else entry_of(line.id, {"all_but": some[1]})
            for line in lines
        ]
        found["line"] = SlotValue(value=entries, span=some[2])
        return True
    if missing := lacking(text, lines):
        found["line"] = SlotValue(value=[entry_of(line, None) for line in missing], span=text.strip())
        return True
    left, words = all_but(text, lines)
    if not left:
        return False
    found["line"] = SlotValue(value=[{**entry_of(line, None), "all": True} for line in left], span=words)
    return True


def entry_of(line: str, quantity: Any) -> dict[str, Any]:
    """A line as the slot has it."""
    return {"line": line, "quantity": quantity, "amount": None}
