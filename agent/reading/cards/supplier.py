"""Changes to a claim against the supplier: how much is asked, what for, and the note."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.cards.goods import UNCLEAR, Found, float_free, is_meant, slot, word
from agent.reading.facts.figures_said import Figure, figures
from agent.reading.facts.flow_slots import review_kind_of
from agent.reading.facts.slots import NOTE, Slots
from agent.reading.goods.items import Similar
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals
from agent.reading.words.supplier_notes import LED

_SHARE = regex(r"\b(?:half|halve|double|twice)\b")
_LESS = regex(r"^\s?(?:\w+\s)?(?:less|lower|off)\b", re.IGNORECASE)
_MORE = regex(r"^\s?(?:\w+\s)?(?:more|extra|on top)\b", re.IGNORECASE)
_OLD_KIND = regex(r"\b(?:not|instead of|rather than|no) (?:the |a )?\w+ costs?\b")


def claim(s: Signals, view: TurnView, similar: Similar) -> Found:
    """What is to be different on the request to the supplier."""
    found: Slots = {}
    text = s.wording.text
    if note := NOTE.search(text) or LED.search(text):
        words = note.group("text").strip(" \"'")
        found["review_notes"] = SlotValue(value=words, span=words)
        text = text[: note.start()]
    elif s.reasons and not figures(s, taken_off=True) and not word("marks", s):
        found["review_notes"] = SlotValue(
            value=text.strip(), span=text.strip()
        )  # A claim has no reason but its note.
    kind = review_kind_of(_OLD_KIND.sub(" ", s.plain))
    if kind is not None and (word("marks", s) or len(s.plain.split()) <= _FEW):
        found["review_kind"] = slot(kind.value, s)
    told = [f for f in figures(s, taken_off=True) if not f.old and f.end <= len(text)]
    shown = float_free(view.proposal.amount or "") if view.proposal else ""
    if _SHARE.search(s.plain) and all(float_free(f.value) == shown for f in told if f.text[0].isdigit()):
        return found | {"review_amount": slot({"kind": "times", "value": _times(s)}, s)}
    if not told or not (is_meant(s, told) or _ASKS.search(s.plain)):
        return found
    besides = _BESIDES.search(s.plain)
    return (
        UNCLEAR if len(told) > 1 or besides else found | {"review_amount": slot(_sum(s, told[0]), s, told[0])}
    )


_FEW = 4
_BESIDES = regex(r"\b(?:too|also|as well|plus|besides)\b(?! (?:much|many|high|low|little))")
"""A sum that comes on top says no new whole."""
_ASKS = regex(r"\b(?:ask|claim|request|charge|bill|want|take)\w* (?:\w+ ){0,3}(?:for )?(?:MONEY|PERCENT|\d)")


def _times(s: Signals) -> str:
    return "0.5" if "hal" in s.plain else "2"


def _sum(s: Signals, figure: Figure) -> dict[str, object]:
    after = s.wording.text[figure.end :]
    if figure.kind != "percent" and (_LESS.match(after) or _MORE.match(after)):
        return {"kind": "less" if _LESS.match(after) else "more", "value": figure.value}
    return dict(figure.as_money())
