"""What a fee on a return's card is to be: a sum, a share, or so much more or less than it was."""

from __future__ import annotations

import re

from agent.reading.facts.figures_said import Figure
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

LESS = regex(r"^\s?(?:\w+\s)?(?:less|fewer|off)\b", re.IGNORECASE)
MORE = regex(r"^\s?(?:\w+\s)?more\b", re.IGNORECASE)
_FLAT = regex(
    r"\b(?:flat|fixed|lump)\b|\b(?:not|instead of|rather than|no longer) (?:a |the |in )?(?:percent\w*|share|rate)\b"
)
"""A sum takes the place of a share ("a flat 20 instead of the percentage")."""


def fee_value(view: TurnView, name: str, figure: Figure, s: Signals) -> dict[str, object]:
    """What a fee is to be: a share where it was one before and nothing else is said, or so much more or less."""
    after = s.wording.text[figure.end :]
    if figure.kind != "percent" and (LESS.match(after) or MORE.match(after)):
        return {"kind": "less" if LESS.match(after) else "more", "value": figure.value}
    before = view.slots.get(name)
    by_share = isinstance(before, dict) and before.get("kind") == "percent"
    if figure.kind in {"bare", "units"} and by_share and not _FLAT.search(s.plain):
        return {"kind": "percent", "value": figure.value}
    return figure.as_money()
