"""Answers about a parcel: its carrier, its number, its label."""

from __future__ import annotations

import re
from typing import Any

from agent.commands import SlotValue
from agent.reading.answers.numbers import said, says_no, says_yes
from agent.reading.goods.items import Similar
from agent.reading.values.tracking import went_with
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals


def carrier(s: Signals, *_: Any) -> SlotValue | None:
    """Who carries the parcel."""
    for span in s.kind("carrier"):
        return said(s, span.value, span)
    words = s.wording.text.strip(" .!")
    if named := went_with(s.wording.text):
        return SlotValue(value=named, span=named)
    return (
        said(s, words)
        if re.fullmatch(r"(?!no\b|yes\b)[A-Za-zÀ-ÿ][\w &-]{1,24}", words)
        and len(words.split()) <= 3
        and not s.found
        else None
    )


def tracking(s: Signals, *_: Any) -> SlotValue | None:
    """The parcel's number."""
    for kind in ("tracking", "order", "number"):
        for span in s.kind(kind):
            return said(s, str(span.value), span)
    word = re.search(r"(?<!\w)(?=[\w-]*\d)[A-Za-z0-9-]{6,34}(?!\w)", s.wording.text)
    return SlotValue(value=word.group().upper(), span=word.group()) if word else None


def label(s: Signals, view: TurnView, _similar: Similar) -> SlotValue | None:
    """Where the label comes from: made here, uploaded, the customer's own, none."""
    if view.attachments or re.search(r"\b(?:upload\w*|attached|mine|own file)\b", s.plain):
        return said(s, "upload")
    if says_no(s) or re.search(
        r"\b(?:no label|herself|himself|themselves|own cost|(?:her|his|their) own)\b", s.plain
    ):
        return said(s, "none")
    return (
        said(s, "generate")
        if says_yes(s) or re.search(r"\b(?:generate|create|make|print|prepaid|label)\b", s.plain)
        else None
    )
