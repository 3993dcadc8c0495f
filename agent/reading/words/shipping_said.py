"""The shipping: given back, a part of it, or left out."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.words.signals import Signals

_SHIPPING = regex(
    r"\b(?:refund|and|plus|incl\w*|with|also|\+|&|return|credit|waive|reimburse|as well as"
    r"|only|just)(?: back)? (?:the |her |his |their |also |back |original |outbound |full |order |ORDERNO |'s )*"
    r"(?:shipping|postage|delivery (?:fee|cost|charge)s?"
    r"|delivery(?=\W*$|\s?[,.;!+&]| (?:too|as well|also|back|please|pls|and|for|on|in full|as|included)\b)"
    r"|p ?& ?p|shipping (?:fee"
    r"|cost|charge)s?)\b(?! (?:took|was|is|delay\w*|late|damage\w*|label|address|back|label))"
    r"|\b(?:shipping|postage|delivery (?:fee|cost|charge)s?) (?:too|as well|also|included"
    r"|back|refund\w*)\b"
    r"|\bincl\w*\.? (?:the |her |his |their )?(?:shipping|postage|delivery)\b"
)

NO_SHIPPING = regex(
    r"\b(?:not|without|no|except|excluding|minus|less|keep|but not"
    r"|n't refund) (?:the )?(?:shipping|postage|delivery)\b"
)

_SHIPPING_SHARE = regex(
    r"\b(?P<s>half|a third|one third|two thirds|a quarter|three quarters)(?: of)?(?: the| her| his| their| that| its)?"
    r" (?:original )?(?:shipping|postage|freight|p ?& ?p|delivery (?:fee|cost|charge)s?)\b"
)

_SHARES = {"half": "50", "third": "33.3333", "thirds": "66.6667", "quarter": "25", "quarters": "75"}


def shipping_share(s: Signals) -> SlotValue | None:
    """A part of the shipping ("half the postage"), as a percentage of what is left of it."""
    match = _SHIPPING_SHARE.search(s.plain)
    if match is None:
        return None
    value = {"kind": "percent", "value": _SHARES[match.group("s").split()[-1]]}
    return SlotValue(value=value, span=s.wording.origin(match.start(), match.end()))


def no_shipping(s: Signals, found: dict[str, SlotValue]) -> SlotValue | None:
    """None of the shipping, where all is to be given save that ("the whole order, not the shipping")."""
    out = NO_SHIPPING.search(s.plain) or families("cards")["shipping_out"].search(s.plain)
    full = "amount" in found and found["amount"].value == {"kind": "full"}
    if not (out and full) or "shipping" in found or s.has("question"):
        return None
    return SlotValue(
        value={"kind": "exact", "value": "0", "currency": None}, span=s.wording.origin(*out.span())
    )


def shipping_said(s: Signals, found: dict[str, SlotValue]) -> SlotValue | None:
    """What is to be given back of the shipping."""
    if (share := shipping_share(s)) is not None and "shipping" not in found:
        return share
    if (
        "shipping" in found
        or NO_SHIPPING.search(s.plain)
        or families("cards")["shipping_out"].search(s.plain)
    ):
        return None
    match = s.found.get("shipping_back") or _SHIPPING.search(s.plain)
    kept = s.found.get("keep_it")
    if match and kept and match.start() < kept.end() and kept.start() < match.end():
        return None  # "Not worth shipping back" asks for no shipping.
    if match and re.search(r"\breturn (?:shipping|postage|delivery)", match.group()) and not s.has("refund"):
        return None
    return (
        SlotValue(value={"kind": "full"}, span=s.wording.origin(match.start(), match.end()))
        if match
        else None
    )
