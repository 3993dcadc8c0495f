"""Goods that are named because they are not meant: "everything but the lamp", "4100 but not the mat"."""

from __future__ import annotations

import re

from agent.reading.items import Mention, mentions_of
from agent.reading.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.view import LineView

_BUT = re.compile(
    r"\b(?:all(?: of (?:it|them))?|everything|all (?:the )?items|whole order|the rest|every (?:item|line)"
    r"|full order|order"
    r"|(?:the |whole )lot|whole thing)\s*,?\s*"
    r"(?:but|except|excluding|apart from|other than|without|save|minus|bar|barring)(?: for)?(?: not)?"
    r"\s(?P<not>[^.;,]+)",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"(?:the |only |just )?(?:\d{{1,3}}|{WORD_NUMBER}|\x00+)\b(?! ?x\b)|\x00", re.IGNORECASE)
"""A number of units that is left out ("all but one"): no goods."""
_NOT_THEM = re.compile(
    r"\b(?:but not|except(?: for)?|excluding|apart from|other than|not including|leav(?:e|ing) out|without)"
    r"\s(?P<not>[^.;,:]+)",
    re.IGNORECASE,
)
"""Goods that are left out ("refund 4100 but not the mat")."""
_CAME_ALONE = re.compile(
    r"\b(?:only|just) (?:the |her |his )?(?P<not>[^.;,]+?) (?:arrived|came|turned up|showed up|made it|got here"
    r"|(?:was|were) (?:inside|included|packed|delivered|in|there)|(?:is|are) (?:fine|ok|okay|here))\b(?! (?:broken|damaged|late|torn|cracked))"
    r"(?=.*\b(?:the rest|rest of|everything else|all else|the others?|all the other|nothing else|what(?:'s| is) missing)\b"
    r"|.*(?:\x00{8,}|\x00 else\b))",
    re.IGNORECASE,
)
"""The one thing that came, where the others are meant ("only the boots arrived, refund the rest")."""
_AROUND_THEM = re.compile(
    r"\b(?:doesn'?t|does not|didn'?t|did not|won'?t|not|never) (?:fit|match|go|suit|work)"
    r"(?: on| in| under| into| with| onto| to)? (?:his|her|their|my|the|our|a|an) (?P<not>[^.;,:]+)",
    re.IGNORECASE,
)
"""What the customer has at home ("it does not fit his desk")."""


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


_DENIED = re.compile(
    r"(?:\bnot|\bisn'?t|\bwasn'?t|\binstead of|\brather than)\s"
    r"(?:(?:the|that|this|her|his|their|those|these|one|of|in|for|from|size|about|\x00+)\s)*$",
    re.IGNORECASE,
)


_DOES = re.compile(
    r"\s(?:came|arrived|works?|working|turned|showed|was|were|is|are|received|there|in)\b", re.IGNORECASE
)
"""Behind goods: what is denied is what they did ("not one of the mugs came")."""


def _without_denied(text: str, mentions: list[Mention]) -> list[Mention]:
    """The goods meant beside those that are denied ("not the small, the large"); none where no others are named."""
    denied = {line for one in mentions if _is_denied(text, one) for line in one.lines}
    left = [one for one in mentions if one.sure and not denied & set(one.lines)]
    if denied and all(one.sure and denied >= set(one.lines) for one in mentions):
        return []
    return left if denied and left else mentions


def _is_denied(text: str, one: Mention) -> bool:
    return bool(_DENIED.search(text[: one.start])) and not _DOES.match(text[one.end :])


def _without_kept(text: str, mentions: list[Mention]) -> list[Mention]:
    if len(mentions) < 2:
        return mentions
    left = [
        one for one in mentions if not (_STAYS.match(text[one.end :]) or _KEEPS.search(text[: one.start]))
    ]
    return left or mentions


_FINE_WITH = re.compile(
    r"\bthe (?P<not>[^.;,:]{2,40}?),? (?:(?:she|he|they|the customer|customer)(?: will|'ll| wants? to| is| can)?"
    r" (?:us(?:e|es|ing)|keep(?:s|ing)?|likes?|needs?)|(?:stays?|can stay|remains?|is (?:fine|ok|okay"
    r"|good)|are (?:fine|ok|okay|good)))\b",
    re.IGNORECASE,
)
"""Other goods that the customer is fine with ("the filters she will use")."""


_LEFT_ALONE = re.compile(
    r"(?:^|[.;:,!?]\s+(?:and |but )?|\b(?:and|but) )(?P<not>(?:(?:the|her|his|their) )?[^.;:,!?]{2,30}?),? "
    r"(?:(?:she|he|they)(?:'s| has| have|'ve)?(?: \w+)? (?:and|which|so) (?:she |he |they )?)?"
    r"(?:keeps?|stays?|is kept|are kept|(?:is|are) not (?:part of|in) (?:this|it)"
    r"|(?<=and )(?:likes?|loves?|enjoys?|uses?|is happy with))\b(?! (?:on|getting|com|break|fall))",
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


def _without_left_alone(text: str, mentions: list[Mention]) -> list[Mention]:
    """The goods meant beside those that are left alone; all of them where nothing else is named."""
    inside = [m.span("not") for p in (_LEFT_ALONE, _LEAVE_ALONE, _LEAVE_THEM) for m in p.finditer(text)]
    alone = [one for one in mentions if any(a <= one.start and one.end <= b for a, b in inside)]
    names = {line for one in alone for line in one.lines}
    others = [one for one in mentions if one not in alone]
    apart = alone and others and not any(names & set(one.lines) for one in others)
    return others if apart else mentions


_CAME_SO = re.compile(
    r"\b(?:came|arrived?|delivered|sent|shipped|packed|turned up|showed up|was|were|is|got (?:it|them|here|there))\s(?:\w+\s)?$",
    re.IGNORECASE,
)


def _left_out(text: str) -> re.Match[str] | None:
    """Where goods are left out; what a parcel came without is missing from it instead."""
    for match in _NOT_THEM.finditer(text):
        if not (match.group().lower().startswith("without") and _CAME_SO.search(text[: match.start()])):
            return match
    return None


def says_all_but(text: str) -> bool:
    """Whether all of an order is meant save what is named."""
    return bool(_BUT.search(text))


def leaves_out(text: str) -> bool:
    """Whether something is named that is not meant, so that the rest is."""
    return bool(_BUT.search(text) or _NOT_THEM.search(text))


_REST_OF = re.compile(
    r"\b(?:rest|remainder|others?|remaining)(?: ones)? (?:of )?(?:(?:the|her|his|their|these|those) )?(?P<what>\w+)",
    re.IGNORECASE,
)
"""Of which kind the rest is ("the rest of the mugs")."""
_HAS_IT = re.compile(
    r"\s(?:(?:she|he|they|customer|client)(?:'s| has| have)? (?:also |already )?(?:got|has|have|received)\b"
    r"|(?:came|arrived|was in|was there|is (?:there|fine|ok|okay))\b)",
    re.IGNORECASE,
)


def all_but(text: str, lines: list[LineView]) -> tuple[list[str], str]:
    """The lines that are left when those named are left out, and the words; none where nothing is left out so."""
    match = _BUT.search(text) or _CAME_ALONE.search(text)
    if match is not None and _COUNT.match(match.group("not")):
        return [], ""
    if match is None:
        match = _left_out(text)
        if match is None or _COUNT.match(match.group("not")) or mentions_of(text[: match.start()], lines):
            return [], ""
    named = {line for mention in mentions_of(match.group("not"), lines) for line in mention.lines}
    named |= {
        line for one in mentions_of(text, lines) if _HAS_IT.match(text[one.end :]) for line in one.lines
    }
    of = _REST_OF.search(text)
    kind = {line for one in mentions_of(of.group("what"), lines) for line in one.lines} if of else set()
    left = [line.id for line in lines if line.id not in named and (not kind or line.id in kind)]
    return (left, match.group().strip()) if named and len(lines) > 1 else ([], "")


_SOME_OF_ONE = re.compile(
    rf"\b(?:all|everything|the (?:whole )?lot|whole order)\s*,?\s*(?:but|except(?: for)?|bar|save(?: for)?|minus)"
    rf" (?P<n>\d{{1,2}}|{WORD_NUMBER}) (?P<not>(?!of\b)[^.;,]+)",
    re.IGNORECASE,
)


def all_but_some(text: str, lines: list[LineView]) -> tuple[str, int, str] | None:
    """All of an order save some units of one line ("all but one cup"): that line, their number and the words."""
    match = _SOME_OF_ONE.search(text)
    if match is None or len(lines) < 2:
        return None
    word = match.group("n").lower()
    count = int(word) if word.isdigit() else NUMBER_WORDS[word]
    named = {line for m in mentions_of(match.group("not"), lines) for line in m.lines}
    whole = next((line for line in lines if {line.id} == named), None)
    if whole is None or not 0 < count < whole.quantity:
        return None
    return whole.id, count, match.group().strip()


def without_left_out(text: str, mentions: list[Mention]) -> list[Mention]:
    """The goods that are meant: not those left out ("the vases but not the mat"), nor what stands around them."""
    if only_left_alone(text, mentions):
        return []
    mentions = _without_left_alone(text, _without_kept(text, _without_denied(text, mentions)))
    out = _left_out(text)
    around = out or _AROUND_THEM.search(text) or _FINE_WITH.search(text)
    if around is None:
        return mentions
    if around.re is _FINE_WITH:
        return _without_staying(mentions, around)
    first, last = around.span("not")
    kept = [one for one in mentions if not (first <= one.start and one.end <= last)]
    return kept if out or kept else mentions


def _without_staying(mentions: list[Mention], stays: re.Match[str]) -> list[Mention]:
    """The goods meant beside those that stay, where there are any others and those are named nowhere else."""
    first, last = stays.span("not")
    inside = [one for one in mentions if first <= one.start and one.end <= last]
    names = {line for one in inside for line in one.lines}
    others = [one for one in mentions if one not in inside]
    apart = bool(others) and not any(names & set(one.lines) for one in others)
    return others if apart else mentions
