"""Questions that the knowledge pages answer, whoever's order they were asked of."""

from __future__ import annotations

import re

from agent.dialogue.outcomes import Said
from agent.dialogue.turn import Turn
from agent.reading.clauses.stories import asked_part
from agent.texts.knowledge import find_page
from domain.orders.model import Order


def of_pages(turn: Turn, topic: str, text: str, order: Order | None) -> None:
    """The section that fits, with its page named; that none does is said so."""
    text = asked_part(text)
    asked = _PROOF if _asks_proof(text) else _IN_OTHER_WORDS.get(topic) or _in_general(text, order)
    page = find_page(asked, topic)
    if page is None:
        turn.add(Said("dont_know", {"question": text[:120]}))
        return
    turn.add(Said("page", {"text": page.answer(asked)}, source=page.name))


_IN_OTHER_WORDS = {"return_window": "too late, after the return window closed, override"}
"""What the pages call a topic that is told by the question as a whole."""


_PROOF = "what counts as evidence"
_AS_PROOF = re.compile(
    r"\b(?:accept\w*|counts?|ok(?:ay)?|enough|do|does|suffic\w*|valid|take|serve\w*|good|allowed|works?)\b[^.?!]{0,30}"
    r"\b(?:as|for) (?:an? |the |our )?(?:proof|evidence)\b"
    r"|\b(?:what|which|what kind of|what sort of) (?:proof|evidence)"
    r" (?:do|does|is|are|must|should|would|can|will|counts?)\b",
    re.IGNORECASE,
)
_OF_ANOTHER_MATTER = re.compile(
    r"\b(?:late|lost|missing|never|not received|changed? (?:of|her|his|their) mind|waiv\w*|who|ticket|without|won't"
    r"|refus\w*|don't|not damaged|instead)\b",
    re.IGNORECASE,
)


def _asks_proof(text: str) -> bool:
    """Whether it is asked what may prove a defect, whatever goods and defect it is told of."""
    return _AS_PROOF.search(text) is not None and _OF_ANOTHER_MATTER.search(text) is None


def _in_general(text: str, order: Order | None) -> str:
    """A question without the names of the customer and the goods, which no page knows."""
    if order is None:
        return text
    named = [order.customer.name, *(line.title for line in order.lines)]
    words = {word for name in named for word in re.findall(r"[^\W\d_]{3,}", name.lower())} | {
        "mr",
        "mrs",
        "ms",
    }
    return re.sub(
        r"[^\W\d_]+", lambda m: "" if {low := m.group().lower(), low[:-1]} & words else m.group(), text
    )
