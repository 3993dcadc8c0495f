"""A card above one's own limit: made less instead of waiting for somebody else."""

from __future__ import annotations

from agent.reading.cards.goods import float_free
from agent.reading.facts.figures_said import MAKES_IT, figures
from agent.reading.text.patterns import regex
from agent.reading.view import ProposalView
from agent.reading.words.signals import Signals

OWN_LIMIT = regex(
    r"\b(?:i'm|i am|my limit(?: is|'s)?|i can|i may)(?: only| just)?(?: (?:ok|okay|good|allowed|cleared|fine|limited"
    r"|sign(?: off)?|do|go|press))? (?:to|for|up to) (?:MONEY|\d+)"
)
"""How far the speaker's own limit goes: no new amount."""


def made_it(s: Signals) -> bool:
    """Whether the message is a change in so many words, whatever else it says."""
    return MAKES_IT.match(s.plain) is not None and not s.has("question")


def changed_instead(s: Signals, card: ProposalView) -> bool:
    """Whether what is above one's limit is made less, and nobody else is called ("over my limit, so make it 80")."""
    told = {float_free(figure.value) for figure in figures(s) if not figure.old} - {
        float_free(card.amount or "")
    }
    above = _ABOVE.match(s.words("handoff").lower())
    return bool(told and (above or _NOBODY.search(s.plain)) and MAKES_IT.search(s.plain))


_ABOVE = regex(r"(?:above|over|beyond|exceed|more than)")
_NOBODY = regex(
    r"\b(?:nobody|no one|none|noone|not anybody|not anyone)\b|\b(?:without|rather than|instead of) (?:\w+ ){0,3}?"
    r"(?:second|another|supervisor|manager|somebody|someone|waiting)"
    r"|\b(?:myself|on my own|alone)\b"
)
"""That nobody else is to press: what is told besides is what it is to be instead."""
