"""Goods that are named because they stay where they are: kept by the customer, gone out already, left alone."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.goods.items import Mention, mentions_of
from agent.reading.text.patterns import regex
from agent.reading.view import LineView, TurnView
from agent.reading.words.signals import Signals

_STAYS = regex(
    r"^(?: \w+)?(?:'s)? (?:stays?(?! (?:like|as (?:i|we|it)|the same|so)\b)"
    r"|staying|remains?|is staying|are staying|(?:is|are) (?:kept|not coming"
    r"|not returned)|(?:still |can |should |shall |will )*(?:goes|go|ships?|leaves?)"
    r" (?:out|as planned|anyway|to (?:her|him|them))"
    r"|(?:went|has gone|have gone) (?:out|off)\b(?= .*\bleave (?:it|them|those|that)\b)"
    r"|(?:has|have|is|are)(?: already)? (?:left|out|gone(?: out)?|sent|shipped|on (?:its|their) way)(?: already)?"
    r"(?: and|,|;|\.) (?:it |they |that [\w\x00]+ |those |these )?(?:can )?stays?"
    r"|(?:was|were|is|are)(?: all| both)? (?:there|complete|intact|fine|all right|alright)"
    r"(?: and (?:fine|ok|intact|good))?"
    r"(?!,? (?:but|except|only|to)\b)(?=\s*(?:$|[.,;!]))"
    r"|(?:he|she|they|customer|client)(?: will| can|'ll| would like to|'d like to| wants? to"
    r"| prefers? to)? (?:keeps?(?! (?:it|them|that|those)\b)|likes?|loves?|(?:is|are) happy with))\b",
    re.IGNORECASE,
)
_KEEPS = regex(
    r"\b(?:keeps?|keeping|holds? on to|hangs? on to|(?:stays?|staying|sticks?|sticking) with) (?:(?:the"
    r"|her|his|their|that|this|both|all) )*$",
    re.IGNORECASE,
)
"""Goods that stay with the customer while others come back ("belt stays with him")."""


_MAY_KEEP = regex(
    r"\b(?:can|may|could|should|shall|let (?:her|him|them)|to|will|'ll|please)(?: just| also| still)? keep(?: \w+)?\s$",
    re.IGNORECASE,
)
"""Goods that the customer may keep are those that are paid back as well; "keeps 42" is not."""


def without_kept(text: str, mentions: list[Mention]) -> list[Mention]:
    """The goods meant beside those that stay with the customer; all of them where no others are named."""
    if len(mentions) < 2:
        return mentions
    kept = [one for one in mentions if _STAYS.match(text[one.end :]) or _KEEPS.search(text[: one.start])]
    lines = {line for one in kept for line in one.lines if not _MAY_KEEP.search(text[: one.start])}
    left = [one for one in mentions if one not in kept and not set(one.lines) <= lines]
    return left or [one for one in mentions if one not in kept] or mentions


_LEFT_ALONE = regex(
    r"(?:^|[.;:,!?]\s+(?:and |but )?|\b(?:and|but) )(?P<not>(?:(?:the|her|his|their) )?[^.;:,!?]{2,30}?),? "
    r"(?:(?:she|he|they)(?:'s| has| have|'ve)?(?: \w+)? (?:and|which|so) (?:she |he |they )?)?"
    r"(?:keeps?|stays?(?! (?:like|as|the same|so)\b)|is kept|are kept|(?:is|are) not (?:part of|in) (?:this|it)"
    r"|(?<=and )(?:likes?|loves?|enjoys?|uses?|is happy with))\b(?! (?:on|getting|com|break|fall))",
    re.IGNORECASE,
)
_LEAVE_ALONE = regex(
    r"\b(?:leave|let|don'?t touch|do not touch) (?P<not>(?:the|her|his|their|those|that) [^.;:,!?]{1,30}?)"
    r"(?: (?:alone|be|out(?: of (?:it|this))?|untouched|as (?:it is|they are))\b|(?<=touch)\b|(?=\s*(?:$|[.,;!])))",
    re.IGNORECASE,
)
"""Other goods that are not to be refunded ("gloves he has and keeps, leave those alone")."""


_LEAVE_THEM = regex(
    r"(?:^|[.;:!?]\s+|,\s+|\b(?:but|and) )(?P<not>[^.;:,!?]{2,40}?),? (?:(?:so|and|please|just|we|better) )*"
    r"(?:leave|don'?t touch|do not touch|skip|ignore|forget) (?:those|that|them|it|these|this)"
    r"(?: (?:ones?|alone|out|be|as (?:it is|they are)))*\b",
    re.IGNORECASE,
)
"""Goods that are told of and then left alone ("red went out yesterday so leave those")."""
_LIKES = regex(
    r"(?:^|[.;:,!?]\s+(?:and |but )?|\b(?:and|but) )(?P<not>[^.;:,!?]{1,30}?),? (?:she|he|they"
    r"|customer)(?: really| also|'s| is| are)?"
    r" (?:likes?|loves?|wears?|happy with|fine with)\b(?! (?:to|more|me|us|money))",
    re.IGNORECASE,
)
_STAYS_OUT = regex(
    r"(?:^|[.;:,!?]\s+|\b(?:but|and) )(?P<not>[^.;:,!?]{1,30}?) (?:stays?|remains?|is|are|goes?"
    r"|comes?) out(?: of (?:it|this|that))?"
    r"(?=\W*$|[.,;!])",
    re.IGNORECASE,
)
_WISH = regex(
    r"\b(?:refund|reimburs|money|credit|back\b|return|goodwill|give|gets?\b|pay|\d{3,})|[%€$£]", re.IGNORECASE
)


def only_left_alone(text: str, mentions: list[Mention]) -> bool:
    """Whether goods are named for nothing but to leave them alone, and nothing is wished for."""
    inside = [m.span("not") for m in _LEAVE_THEM.finditer(text)]
    inside += [m.span("not") for p in (_LEAVE_ALONE, _STAYS_OUT) for m in p.finditer(text)]
    named = bool(mentions) and all(
        any(a <= one.start and one.end <= b for a, b in inside) for one in mentions
    )
    return named and not _WISH.search(text)


_DENIED = regex(
    r"(?:\bnot|\bisn'?t|\bwasn'?t|\binstead of|\brather than)\s"
    r"(?:(?:the|that|this|her|his|their|those|these|one|of|in|for|from|size|about|\x00+)\s)*$",
    re.IGNORECASE,
)


_DOES = regex(
    r"\s(?:came|arrived|works?|working|turned|showed|was|were|is|are|received|there|in)\b", re.IGNORECASE
)
"""Behind goods: what is denied is what they did ("not one of the mugs came")."""


_GOT_INSTEAD = regex(
    r"\b(?:got|gets?|received?|receives|sent|send|shipped|came|comes|arrived|found|delivered|has|have|had|was|were|contained?"
    r"|there (?:is|was|were))\b[^.;!?]*?\b(?:instead of|rather than|in place of)\s[^.;!?]*$",
    re.IGNORECASE,
)


def is_the_ordered(text: str, one: Mention) -> bool:
    """Whether other goods came in place of these ("got a white one instead of the black"): these were ordered."""
    return _GOT_INSTEAD.search(text[: one.start]) is not None


def is_denied(text: str, one: Mention) -> bool:
    """Whether it is said that these goods are not meant ("not the small, the large")."""
    if is_the_ordered(text, one):
        return False
    return bool(_DENIED.search(text[: one.start])) and not _DOES.match(text[one.end :])


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
    inside = [
        m.span("not") for p in (_LEFT_ALONE, _LEAVE_ALONE, _LEAVE_THEM, _LIKES) for m in p.finditer(text)
    ]
    alone = [one for one in mentions if any(a <= one.start and one.end <= b for a, b in inside)]
    names = {line for one in alone for line in one.lines}
    others = [one for one in mentions if one not in alone]
    apart = alone and others and not any(names & set(one.lines) for one in others)
    return others if apart else mentions


_SHORT = 8
"""In more words than these a denial tells a story, and takes nothing out."""


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


_TAKES_OUT = regex(
    r"\b(?:remove|drop|delete|strike|omit|exclude|skip|without|except(?: for)?|minus|but not"
    r"|(?:leave|take|cut|cross|kick) (?:out|off|away))"
    r"\s(?:(?:the|her|his|that|those|these)\s)*$",
    re.IGNORECASE,
)
_TAKES = regex(
    r"\b(?:take|leave|get|cross|scratch|kick|cut|pull|strike)\s(?:(?:the|her|his|that|those|these)\s)*$",
    re.IGNORECASE,
)
_OUT = regex(
    r"(?:\s(?:ones?|pairs?|thing))?\s(?:out|off|away|from (?:it|this|that|the (?:card|refund|return|list)))\b",
    re.IGNORECASE,
)
_NOT_ON_IT = regex(
    r"(?:\s(?:ones?|pairs?|thing))?\s(?:should(?:n't| not)?|must(?:n't| not)?|does(?:n't| not)"
    r"|do(?:n't| not)|is(?:n't| not)|are(?:n't| not))"
    r"(?: not)? (?:be(?:long)?|count|on|in|part)\b",
    re.IGNORECASE,
)


def _taken_out(text: str, lines: list[LineView]) -> list[str]:
    """Lines that are to go from what was told before ("take the grey one off"); empty where others are named too."""
    mentions = mentions_of(text, lines) if len(text.split()) <= _SHORT else []
    out = [
        one
        for one in mentions
        if _TAKES_OUT.search(text[: one.start])
        or (_TAKES.search(text[: one.start]) and _OUT.match(text[one.end :]))
        or ((denied := _NOT_ON_IT.match(text[one.end :])) and re.search(r"n't|not", denied.group()))
    ]
    return [line for one in out for line in one.lines] if out and len(out) == len(mentions) else []


def rest_of_case(s: Signals, view: TurnView) -> SlotValue | None:
    """The goods of the card, or of the open case, save those that stay ("leave the yellow one out", "not the M")."""
    told, units = view.slots.get("line"), view.proposal.lines if view.proposal else {}
    if not view.proposal and isinstance(told, list):
        units = {str(entry["line"]): 0 for entry in told if isinstance(entry, dict) and "line" in entry}
    counted = any(isinstance(span.value, int) for span in s.kind("quantity"))
    out = [] if counted or s.has("question") else _staying(s.wording.text, view)
    if not set(out) & set(units):
        return None
    left = [{"line": line, "quantity": None, "amount": None} for line in units if line not in out]
    return SlotValue(value=left, span=s.wording.text.strip()) if left else None


def rest_of_return(s: Signals, view: TurnView) -> dict[str, SlotValue]:
    """The goods that still come back, where the customer keeps some after all."""
    rest = rest_of_case(s, view)
    return {"line": rest} if rest is not None else {}


def keeps_some(s: Signals, view: TurnView) -> bool:
    """Whether some of the goods on a refund's card are kept: without money, or with it, nobody can tell."""
    shown = set(view.proposal.lines) if view.proposal else set()
    kept = set(kept_goods(s.wording.text, view.order.lines)) if view.order else set()
    return bool(kept & shown and shown - kept)


def only_others(s: Signals, view: TurnView) -> bool:
    """Whether goods are named that are left alone, or kept while others come back, and none of the card's."""
    card, order = view.proposal, view.order
    if card is None or order is None or not card.lines:
        return False
    others = _staying(s.wording.text, view)
    return bool(others) and not set(others) & set(card.lines)


def _staying(text: str, view: TurnView) -> list[str]:
    """The lines that stay: left alone, or kept by the customer while others come back."""
    lines = view.order.lines if view.order else []
    comes_back = "return" in (view.proposal.write if view.proposal else view.flow or "")
    kept = kept_goods(text, lines) if comes_back else []
    return left_alone(text, lines) or _only_denied(text, lines) or _taken_out(text, lines) or kept


def _only_denied(text: str, lines: list[LineView]) -> list[str]:
    """Lines that a message names only to deny them ("not the M"); empty where it names any other."""
    mentions = mentions_of(text, lines)
    denied = bool(mentions) and all(one.sure and is_denied(text, one) for one in mentions)
    return [line for one in mentions for line in one.lines] if denied and len(text.split()) <= _SHORT else []
