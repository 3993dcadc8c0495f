"""Goods that are named in what only says why: they are not what is given back."""

from __future__ import annotations

import re

from agent.reading.facts.slots import Slots
from agent.reading.goods.all_lines import leaves_shipping
from agent.reading.text.patterns import regex
from agent.reading.words.signals import Signals

_THE_REST = regex(r"\b(?:rest|remain\w*|left|everything)\b", re.IGNORECASE)
_WHY = regex(r"\b(?:because|bc|since|as)\b", re.IGNORECASE)


def goods_wished(s: Signals, slots: Slots) -> Slots:
    """The slots without goods that only say why, and without sums that the goods tell by themselves."""
    if "line" in slots and leaves_shipping(slots["line"].span):
        slots = {name: slot for name, slot in slots.items() if name not in {"shipping", "amount"}}
    if "line" in slots and names_why(slots, s.wording.text):
        slots.pop("line")
    if "line" in slots and only_shipping(s, slots):
        slots = {name: slot for name, slot in slots.items() if name not in {"line", "quantity"}}
    if any(entry["amount"] for entry in (slots["line"].value if "line" in slots else [])):
        slots.pop("amount", None)
    return slots


def names_why(slots: Slots, text: str) -> bool:
    """Whether goods are named in what only says why the rest is given back ("the rest, because the desk is lost")."""
    rest = slots.get("amount")
    if rest is None or rest.value != {"kind": "full"} or not _THE_REST.search(rest.span):
        return False
    why = _WHY.search(text, max(0, text.find(rest.span)))
    return bool(why and text.find(slots["line"].span) > why.start())


def only_shipping(s: Signals, slots: Slots) -> bool:
    """Whether goods only say why the shipping is given back ("came late, refund him the shipping")."""
    return _says_why(s, slots) or _stands_alone(s, slots["line"].span)


def _says_why(s: Signals, slots: Slots) -> bool:
    asked, first = s.found.get("shipping_back"), s.found.get("refund")
    if asked is None or "shipping" not in slots or not _GIVES_SHIPPING.match(asked.group()):
        return False
    if first is not None and first.start() < asked.start():
        return False
    words = s.wording.origin(asked.start(), asked.end())
    text, goods = s.wording.text, slots["line"].span
    at, said = text.find(words), text.find(goods)
    if said < at:
        return said + len(goods) <= at
    return bool(s.reasons) and _WHY_AFTER.match(text[at + len(words) : said]) is not None


_BESIDE = regex(r"\b(?:and|plus|also|too|as well|with|including|incl|on top|together)\b|[&+]")


def _stands_alone(s: Signals, goods: str) -> bool:
    """Whether the shipping is all that is paid back, and goods are named only in what leads to it.

    "Her vase came a week late, the vase is fine, give her the shipping back".
    """
    back, wish = s.found.get("shipping_back"), s.found.get("refund")
    if back is None or (wish is not None and wish.start() != back.start()) or s.has("whole_order"):
        return False
    text, words = s.wording.text, s.wording.origin(back.start(), back.end())
    at = text.find(words)
    start = max([0, *(m.end() for m in re.finditer(r"[,.;:!?]\s", text[:at]))])
    end = re.search(r"[,.;:!?](?:\s|$)", text[at + len(words) :])
    piece = text[start : at + len(words) + end.start() if end else len(text)]
    return goods not in piece and not _BESIDE.search(piece.removeprefix("and ").lower())


_WHY_AFTER = regex(
    r"(?: back| please| too)?"
    r"(?:\s*[,.;:(\u2013-]+|\s+(?:because|since|as|bc|cause)\b)(?!\s*(?:and|plus|also|&|refund|give)\b)",
    re.IGNORECASE,
)
_GIVES_SHIPPING = regex(
    r"(?:refund|give|return|credit|reimburse|waive|comp|pay|only|just)\b"
    r"(?!.*\b(?:too|also|as well)\b)"
)


_TOLD_OF = regex(
    r"\s*(?:that |which )?(?:came|arrived|turned up|got (?:here|there)|reached|took|was|were|is|ha[sd] been|went)\b",
    re.IGNORECASE,
)


def all_is_told(s: Signals, slots: Slots) -> bool:
    """Whether "everything" is only told of, and not wished for ("everything came late, just the postage")."""
    amount, text = slots.get("amount"), s.wording.text
    if amount is None or amount.value != {"kind": "full"}:
        return False
    whole = [span for span in s.kind("money") if span.value == {"kind": "full"}]
    return bool(whole) and all(_TOLD_OF.match(text, span.end) for span in whole)
