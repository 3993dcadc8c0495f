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
    asked = _IN_OTHER_WORDS.get(topic) or _in_general(text, order)
    page = find_page(asked, topic)
    if page is None:
        turn.add(Said("dont_know", {"question": text[:120]}))
        return
    turn.add(Said("page", {"text": page.answer(asked)}, source=page.name))


_IN_OTHER_WORDS = {"return_window": "too late, after the return window closed, override"}
"""What the pages call a topic that is told by the question as a whole."""


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
