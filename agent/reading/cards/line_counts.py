"""Another number of one of several goods on a card, the others as they are: "ivory are 3 only", "sage is 4"."""

from __future__ import annotations

import re
from typing import Literal

from agent.commands import SlotValue
from agent.reading.facts.figures_said import Figure, figures
from agent.reading.facts.slots import Slots
from agent.reading.goods.all_lines import entry_of
from agent.reading.goods.items import Mention, named_once
from agent.reading.text.patterns import regex
from agent.reading.text.span import masked
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_IS = regex(
    r"\s*(?:ones?|pairs?|pieces?)?\s*[,:=–-]?\s*(?:(?:is|are|was|were|should|must|has|have|needs?|to|be|been|just"
    r"|only|it's|they're"
    r"|down|make|that|actually|now|rather|then|change|set|x|came|come|comes|go|goes|back)[\s:,–-]*)*$",
    re.IGNORECASE,
)
"""What leads from goods to their number."""
_OF = regex(
    r"\s*(?:x|×|units?|pieces?|pairs?)?\s*(?:of )?(?:(?:the|her|his|their|those|these)\s+)*$", re.IGNORECASE
)
"""What leads from a number to its goods."""
_CHANGES = regex(
    r"(?:\b(?:make|change|put|set|lower|raise|reduce|cut)(?: (?:it|that|this|the \w+))?(?: (?:to|down to|just|only))*"
    r"|\b(?:it's|it is|it was|that's|should be|there (?:were|are|is)|actually|sorry|no|wait|hm+"
    r"|oh)[,.]?(?: (?:just|only))?)\s*$",
    re.IGNORECASE,
)
_SAME = regex(
    r"\s*(?:ones?)?\s*(?:(?:(?:stays?|remains?|keeps?|is|are) )?(?:at |on )?(?:the same|as (?:it|they) (?:is|are"
    r"|was|were)|unchanged|right"
    r"|correct|fine|ok(?:ay)?)|(?:stays?|remains?) (?:at |on )?)",
    re.IGNORECASE,
)
_ENDS = regex(
    r"\s*(?:(?:units?|pieces?|pairs?|of (?:them|those|these|\d+|the \d+)|only|just|please|then|now|instead"
    r"|not \w+|came|back|sorry)\b\s*)*"
    r"(?:$|[.,;!]|and\b|but\b)",
    re.IGNORECASE,
)


def line_counts(s: Signals, view: TurnView) -> Slots | Literal["unclear"] | None:
    """All goods of the card with the numbers that are told anew; unclear where there are not so many of them."""
    card, order = view.proposal, view.order
    by_sum = view.slots.get("amount") not in (None, {"kind": "full"}) or s.kind("money")
    if card is None or order is None or len(card.lines) < 2 or by_sum:
        return None
    text = masked(
        s.wording.text, [span for span in s.spans if span.kind not in {"quantity", "title", "number"}]
    )
    mentions = named_once(text, order.lines)
    told = [figure for figure in figures(s) if not figure.old]
    named = [one.lines[0] for one in mentions]
    if (
        not mentions
        or len(set(named)) != len(named)
        or any(len(m.lines) != 1 or not m.sure for m in mentions)
    ):
        return None
    counts = {one.lines[0]: _count(text, one, told, card.lines.get(one.lines[0])) for one in mentions}
    if not set(counts) <= set(card.lines) or None in counts.values() or len(told) > len(mentions):
        return None
    new = {line: number for line, number in counts.items() if number != card.lines[line]}
    most = {line.id: line.quantity for line in order.lines}
    if any(not 0 < (number or 0) <= most[line] for line, number in new.items()):
        return "unclear"
    entries = [entry_of(line, new.get(line, units)) for line, units in card.lines.items()]
    return {"line": SlotValue(value=entries, span=s.wording.text.strip())} if new else None


def _count(text: str, one: Mention, told: list[Figure], shown: int | None) -> int | None:
    """The number that is told of the goods: behind them, or before them as a change; as it is where that is said."""
    for figure in told:
        behind = figure.start >= one.end and _IS.match(text[one.end : figure.start])
        same = _SAME.fullmatch(text[one.end : figure.start]) if figure.start >= one.end else None
        if (behind or same) and _ENDS.match(text[figure.end :]):
            return figure.whole
        before = figure.end <= one.start and _OF.fullmatch(text[figure.end : one.start])
        if before and _CHANGES.search(text[: figure.start]) and _ENDS.match(text[one.end :]):
            return figure.whole
    return shown if _SAME.match(text[one.end :]) else None
