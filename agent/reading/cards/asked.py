"""Whether something is asked at a card, or a change is wished for politely ("can you make it 7?")."""

from __future__ import annotations

import re

from agent.commands import AskQuestion
from agent.reading.facts.figures_said import MAKES_IT, figures
from agent.reading.goods.items import mentions_of
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_POLITE = regex(
    r"^(?:\W|please|ok|okay|and|so|no|wait|sorry|hm+|actually|then)*(?:can|could|would|will|may|should)n?'?t? "
    r"(?:you|we|i|she|he|they|it)\b(?! (?:see|check|look|know|tell|show|ask|have a look|find out))"
)
_DOUBTS = regex(
    r"^(?:\W|and|but|so|hm+|wait|hang on|sorry|no)*(?:should(?:n't)?|isn't|wasn't|aren't|weren't) (?!i\b|we\b)"
)
_SHOULD_BE = regex(
    r"^(?:\W|and|but|so|hm+|wait|sorry|no|ah|oh)*should(?:'ve| have)? (?:be|been|read|say|said)\b"
)
_ANOTHER_MATTER = regex(
    r"^(?:\W|and|but|oh|ok|wait|so)*(?:a |one |quick |small |another |different |other |separate |side )*"
    r"(?:thing|question|matter|topic)\b\W*(?:what|which|who|when|where|why|how|is|are|was|were|did|does|do|has"
    r"|have|can)\b"
)
_WHAT_MAY = regex(
    r"\b(?:what|which|how (?:much|many|far|long))\b(?: \w+){0,2} "
    r"(?:can|may|could|am|do|does|should) (?:i|we|you|it|they)\b"
)


def is_question(s: Signals) -> bool:
    """Whether something is asked, and no change wished for ("can you make it 7?", "shouldn't it be two?")."""
    if _ANOTHER_MATTER.match(s.plain) or _WHAT_MAY.search(_sentences(s.plain)[-1]):
        return True
    if len(parts := _sentences(s.plain)) > 1 and MAKES_IT.match(parts[-1]) and not parts[-1].endswith("?"):
        return False
    *told, last = _sentences(s.plain)
    ends_politely = _POLITE.match(last) and not any(part.endswith("?") for part in told)
    wishes = ends_politely or _POLITE.match(s.plain) or _DOUBTS.match(s.plain) or _SHOULD_BE.match(s.plain)
    return s.has("question") and not wishes


def _sentences(plain: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?;])\s+", plain.strip()) if part] or [plain]


def sum_asked(s: Signals, view: TurnView) -> AskQuestion | None:
    """The card shown again, where what it says is asked: how much it is, and of no other goods or number of them."""
    card, order = view.proposal, view.order
    if card is None or card.amount is None or not families("cards")["asks_sum"].search(s.plain):
        return None
    named = {line for one in mentions_of(s.wording.text, order.lines if order else []) for line in one.lines}
    units = {figure.whole for figure in figures(s)} - {1} - set(card.lines.values())
    other = named - set(card.lines) or units or s.kind("quantity")
    return None if other else AskQuestion(topic="card", confidence=0.9, span=s.wording.text.strip())
