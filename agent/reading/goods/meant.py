"""Which of the goods that are named are meant: those asked back, not those that came or are fine."""

from __future__ import annotations

import re
from itertools import pairwise

from agent.reading.goods.items import Mention
from agent.reading.goods.left_alone import is_the_ordered
from agent.reading.text.patterns import regex

_WELL = regex(
    r"(?:'s|’s)?(?:\s(?:ones?|pairs?))?(?:\s(?:on|from|of|in)\s[\x00\s]+)?\s*(?:(?:is|are|was|were|looks?"
    r"|seems?|works?|came|arrived|turned up|got (?:here|there)) )?"
    r"(?:all |perfectly |absolutely |still |both |out |just |quite |safe and |in )*"
    r"(?:fine|ok|okay|grand|good|great|perfect|intact|sound|unharmed|alright|no (?:problem|issue|bother)|spot on)\b"
    r"(?! (?:for|to) (?:a|an) (?:refund|return))",
    re.IGNORECASE,
)
_CAME = regex(
    r"(?:\s(?:ones?|pairs?))?\s*(?:did|has|have|had|came|arrived|turned up|made it|showed up|got (?:here"
    r"|there)|was there|were there)"
    r"\s*(?:$|[.,;!)]|\b(?:and|but|so|though|tho)\b)",
    re.IGNORECASE,
)
_CAME_NOT = regex(r"n['’]?t\b|\b(?:not|never|missing|lost|no sign|short)\b", re.IGNORECASE)
_ONLY = regex(
    r"\b(?:just|only|merely|solely)\s(?:(?:refund|reimburse|rfnd|do|give|return|rtn|credit|for|cancel|cxl|take)\s)?"
    r"(?:(?:the|her|his|their|that|those|an?|one|\x00+)\s)*$",
    re.IGNORECASE,
)
_OBJECT = regex(
    r"\b(?:refund|reimburse|credit|money back (?:for|on)|(?:pay|give) (?:her|him|them)(?: \w+){0,2} (?:back )?for)\s"
    r"(?:(?:me|her|him|them|just|only|back|for|please|the|his|their|that|those|these|an?|one|\x00+)\s)*$",
    re.IGNORECASE,
)
_BESIDES = regex(
    r"\b(?:also|too(?=\W*$|[.,;!]|\s(?:please|pls|and)\b)|as well(?! as)|and also|plus|on top|both)\b",
    re.IGNORECASE,
)
_JOINED = regex(r"^\W*(?:(?:and|plus|&|\+|the|her|his|their|both|an?|one|\x00+)\W*)*$", re.IGNORECASE)
_SENTENCE = regex(
    r"[.;!?\n]\s|,\s(?:so|just|please|pls|can you|could you)\b|\bso (?=refund|reimburse)", re.IGNORECASE
)


_GOT_ONLY = regex(
    r"\b(?:got|gets|received|found|unpacked|contain(?:s|ed)|holds?|held|came with) (?:only|just|merely)"
    r"\s(?:(?:the|her|his|their|an?|one|\x00+)\s)*$",
    re.IGNORECASE,
)
"""What stands behind it is all that came, where others are named too ("got only the toaster, no kettle")."""
_OF_SOMETHING_ELSE = regex(
    r"\s(?:idea|plan|plans|trip|party|season|class|classes|lesson|lessons|holiday|weekend|event|club|project|business"
    r"|thing(?! (?:is|was|came|arrived|broke|has|had|does|did)\b))\b",
    re.IGNORECASE,
)
"""Words of a title that tell of no goods ("decided against the whole picnic idea")."""


def meant(text: str, mentions: list[Mention]) -> list[Mention]:
    """`mentions` without those that are only told of, where others are left.

    Left out are goods that came well beside others that did not, goods beside "only the lamp", and goods told of
    before a sentence that asks for the money of others ("the mug and the plate came late. refund the mug"), or
    that points back to the last of them ("… the plates are too small. I'd like to pay her back for that one").
    """
    mentions = [one for one in mentions if not _OF_SOMETHING_ELSE.match(text, one.end)]
    if len({tuple(mention.lines) for mention in mentions}) < 2:
        return mentions
    mentions = _ordered(text, mentions)
    kept = [mention for mention in mentions if not _is_well(text, mention)] or mentions
    kept = [mention for mention in kept if not _GOT_ONLY.search(text[: mention.start])] or kept
    return _only(text, kept) or _asked_for(text, kept) or _of_the_wish(text, kept) or kept


def _ordered(text: str, mentions: list[Mention]) -> list[Mention]:
    """Without goods that came in place of others that are named ("she got the grey instead of the black")."""
    first = next((one for one in mentions if is_the_ordered(text, one)), None)
    if first is None:
        return mentions
    between = max(text.rfind(mark, 0, first.start) for mark in ".;!?\n")
    return [one for one in mentions if not between < one.start < first.start]


def _is_well(text: str, mention: Mention) -> bool:
    rest = text[mention.end :]
    return bool(_WELL.match(rest) or (_CAME.match(rest) and _CAME_NOT.search(text)))


def _only(text: str, mentions: list[Mention]) -> list[Mention]:
    """Those that "only" or "just" stands before, with what is joined to them."""
    first = next((at for at, one in enumerate(mentions) if _ONLY.search(text[: one.start])), None)
    return [] if first is None else _joined(text, mentions[first:])


def _asked_for(text: str, mentions: list[Mention]) -> list[Mention]:
    """Those whose money is asked for in the last sentence that names goods, where the others stand before it."""
    first = next((at for at, one in enumerate(mentions) if _OBJECT.search(text[: one.start])), None)
    if not first or not _SENTENCE.search(text[mentions[first - 1].end : mentions[first].start]):
        return []
    found = _joined(text, mentions[first:])
    around = text[mentions[first - 1].end : found[-1].end + 12]
    return [] if _BESIDES.search(around) or len(found) < len(mentions) - first else found


_WISH = regex(
    r"\b(?:please|(?:could|can|would) you|(?:i|we)(?:'d| would) (?:like|love|want) to|(?:i|we) want to|let's|let us"
    r"|(?:would|could) (?:like|you like))\b[^.;!?]{0,60}?"
    r"\b(?:refund|reimburse|credit|cancel|pay|give|money back|set up|put together|prepare|return (?:her|him|them))\b",
    re.IGNORECASE,
)
"""What is wished for, in a whole sentence that comes after the story."""
_POINTS_BACK = regex(r"\b(?:it|them|both|all|everything|these|those|the lot|the rest|each)\b", re.IGNORECASE)
_THAT_ONE = regex(r"\b(?:that|this)(?: single| last| second)? one\b", re.IGNORECASE)


def _of_the_wish(text: str, mentions: list[Mention]) -> list[Mention]:
    """Those that the last wish names after a story; where it only says "that one", the last ones told of before."""
    wishes = list(_WISH.finditer(text))
    if not wishes:
        return []
    start = wishes[-1].start()
    ends = re.search(r"[.;!?](?=\s|$)", text[wishes[-1].end() :])
    end = wishes[-1].end() + ends.start() if ends else len(text)
    inside = [one for one in mentions if start <= one.start < end]
    before = [one for one in mentions if one.start < start]
    if _BESIDES.search(text[start:end]) or not before:
        return []
    if inside:
        return [] if _POINTS_BACK.search(text[start : inside[0].start]) else inside
    return before[-1:] if _THAT_ONE.search(text[start:end]) else []


def _joined(text: str, mentions: list[Mention]) -> list[Mention]:
    """The first of them and those joined to it by "and"."""
    found = mentions[:1]
    for before, one in pairwise(mentions):
        if not _JOINED.match(text[before.end : one.start]):
            break
        found.append(one)
    return found
