"""Goods that are named because they stay where they are: kept by the customer, gone out already, left alone."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.items import Mention, mentions_of
from agent.reading.signals import Signals
from agent.reading.view import LineView, TurnView

_STAYS = re.compile(
    r"^(?: \w+)?(?:'s)? (?:stays?|staying|remains?|is staying|are staying|(?:is|are) (?:kept|not coming"
    r"|not returned)|(?:still |can |should |shall |will )*(?:goes|go|ships?|leaves?)"
    r" (?:out|as planned|anyway|to (?:her|him|them))"
    r"|(?:went|has gone|have gone) (?:out|off)\b(?= .*\bleave (?:it|them|those|that)\b)"
    r"|(?:has|have|is|are)(?: already)? (?:left|gone out|shipped|on (?:its|their) way)(?: already)?"
    r"(?: and|,) (?:it )?stays?"
    r"|(?:he|she|they)(?: will| can|'ll)? keeps?(?! (?:it|them|that|those)\b))\b",
    re.IGNORECASE,
)
_KEEPS = re.compile(
    r"\b(?:keeps?|keeping|holds? on to|hangs? on to) (?:(?:the|her|his|their|that|this|both|all) )*$",
    re.IGNORECASE,
)
"""Goods that stay with the customer while others come back ("belt stays with him")."""


def without_kept(text: str, mentions: list[Mention]) -> list[Mention]:
    """The goods meant beside those that stay with the customer; all of them where no others are named."""
    if len(mentions) < 2:
        return mentions
    left = [
        one for one in mentions if not (_STAYS.match(text[one.end :]) or _KEEPS.search(text[: one.start]))
    ]
    return left or mentions


_LEFT_ALONE = re.compile(
    r"(?:^|[.;:,!?]\s+(?:and |but )?|\b(?:and|but) )(?P<not>(?:(?:the|her|his|their) )?[^.;:,!?]{2,30}?),? "
    r"(?:(?:she|he|they)(?:'s| has| have|'ve)?(?: \w+)? (?:and|which|so) (?:she |he |they )?)?"
    r"(?:keeps?|stays?|is kept|are kept|(?:is|are) not (?:part of|in) (?:this|it))\b(?! (?:on|getting|com|break|fall))",
    re.IGNORECASE,
)
_LEAVE_ALONE = re.compile(
    r"\b(?:leave|let|don'?t touch|do not touch) (?P<not>(?:the|her|his|their|those|that) [^.;:,!?]{2,30}?)"
    r"(?: (?:alone|be|out(?: of (?:it|this))?|untouched|as (?:it is|they are))\b|(?<=touch)\b)",
    re.IGNORECASE,
)
"""Other goods that are not to be refunded ("gloves he has and keeps, leave those alone")."""


_LEAVE_THEM = re.compile(
    r"(?:^|[.;:!?]\s+|,\s+|\b(?:but|and) )(?P<not>[^.;:,!?]{2,40}?),? (?:(?:so|and|please|just|we|better) )*"
    r"(?:leave|don'?t touch|do not touch|skip|ignore|forget) (?:those|that|them|it|these|this)"
    r"(?: (?:ones?|alone|out|be|as (?:it is|they are)))*\b",
    re.IGNORECASE,
)
"""Goods that are told of and then left alone ("red went out yesterday so leave those")."""
_WISH = re.compile(
    r"\b(?:refund|reimburs|money|credit|back\b|return|goodwill|give|gets?\b|pay|\d{3,})|[%€$£]", re.IGNORECASE
)


def only_left_alone(text: str, mentions: list[Mention]) -> bool:
    """Whether goods are named for nothing but to leave them alone, and nothing is wished for."""
    inside = [m.span("not") for m in _LEAVE_THEM.finditer(text)]
    inside += [m.span("not") for m in _LEAVE_ALONE.finditer(text)]
    named = bool(mentions) and all(
        any(a <= one.start and one.end <= b for a, b in inside) for one in mentions
    )
    return named and not _WISH.search(text)


def left_alone(text: str, lines: list[LineView]) -> list[str]:
    """Lines that a message names only to leave them alone; empty where it names any other."""
    mentions = mentions_of(text, lines)
    return [line for one in mentions for line in one.lines] if only_left_alone(text, mentions) else []


def kept_goods(text: str, lines: list[LineView]) -> list[str]:
    """Lines of which a message says that they stay where they are ("43 he keeps"); empty where it names others too."""
    mentions = mentions_of(text, lines)
    kept = [one for one in mentions if _STAYS.match(text[one.end :]) or _KEEPS.search(text[: one.start])]
    return [line for one in kept for line in one.lines] if kept and len(kept) == len(mentions) else []


def without_left_alone(text: str, mentions: list[Mention]) -> list[Mention]:
    """The goods meant beside those that are left alone; all of them where nothing else is named."""
    inside = [m.span("not") for p in (_LEFT_ALONE, _LEAVE_ALONE, _LEAVE_THEM) for m in p.finditer(text)]
    alone = [one for one in mentions if any(a <= one.start and one.end <= b for a, b in inside)]
    names = {line for one in alone for line in one.lines}
    others = [one for one in mentions if one not in alone]
    apart = alone and others and not any(names & set(one.lines) for one in others)
    return others if apart else mentions


def rest_of_kept(s: Signals, view: TurnView) -> SlotValue | None:
    """Asked which goods come back, the one line beside those that stay ("43 he keeps")."""
    pending, order = view.pending, view.order
    if pending is None or order is None or (pending.slot, pending.flow) != ("line", "merchant_return"):
        return None
    kept = kept_goods(s.wording.text, order.lines)
    offered = {str(e.get("line")) for o in pending.options if isinstance(o.value, list) for e in o.value}
    left = [line.id for line in order.lines if line.id not in kept and (not offered or line.id in offered)]
    if not kept or len(left) != 1:
        return None
    return SlotValue(value=[{"line": left[0], "quantity": None, "amount": None}], span=s.wording.text.strip())


def rest_of_card(s: Signals, view: TurnView) -> SlotValue | None:
    """The goods of the card save those that are to be left alone ("the yellow one, leave that out")."""
    card, order = view.proposal, view.order
    out = left_alone(s.wording.text, order.lines) if order is not None else []
    if card is None or not set(out) & set(card.lines):
        return None
    left = [
        {"line": line, "quantity": units or None, "amount": None}
        for line, units in card.lines.items()
        if line not in out
    ]
    return SlotValue(value=left, span=s.wording.text.strip()) if left else None


def only_others(s: Signals, view: TurnView) -> bool:
    """Whether goods are named that are left alone, or kept while others come back, and none of the card's."""
    card, order = view.proposal, view.order
    if card is None or order is None or not card.lines:
        return False
    text = s.wording.text
    others = left_alone(text, order.lines)
    if not others and "return" in card.write:
        others = kept_goods(text, order.lines)
    return bool(others) and not set(others) & set(card.lines)
