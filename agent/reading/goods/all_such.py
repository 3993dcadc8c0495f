"""Words that fit several lines: all of them are meant, or others say which."""

from __future__ import annotations

import re
from typing import Any

from agent.reading.goods.items import Mention
from agent.reading.text.patterns import regex
from agent.reading.words.signals import Signals


def without_generic(s: Signals, mentions: list[Mention]) -> list[Mention]:
    """`mentions` without words for all such goods, where others say which ("too many notebooks: the red ones")."""
    told = {mention.lines[0] for mention in mentions if mention.sure}
    return [one for one in mentions if one.sure or not told & set(one.lines) or _says_both(s, one)]


_BOTH_OF_THEM = regex(
    r"\bboth(?=\W*$|[.,;!]|\s(?:back|please|pls|of them|and|less|minus|but)\b)", re.IGNORECASE
)


_SIZE_BEFORE = regex(
    r"\b(?:bigg?er|small(?:er)?|large?r|large|big|biggest|smallest|largest)\s[\w ]*$", re.IGNORECASE
)


def _says_both(s: Signals, mention: Mention) -> bool:
    before = s.wording.text[max(0, mention.start - 14) : mention.end]
    return re.search(r"\b(?:both|all|neither|none of)\b", before, re.IGNORECASE) is not None


def means_all(s: Signals, text: str, mention: Mention, quantity: Any) -> bool:
    """Whether every line that the words fit is meant: "both mugs", "the mugs"."""
    near = text[max(0, mention.start - 14) : mention.end]
    if _SIZE_BEFORE.search(near):
        return False  # "The bigger jeans" are one pair of two.
    if _says_both(s, mention) or (len(mention.lines) == 2 and _BOTH_OF_THEM.search(s.wording.text)):
        return True
    if quantity is not None:
        return bool(quantity == len(mention.lines))
    return bool(re.search(r"\bthe \w*s$|\b\w{3,}[^s]s$", near)) and not re.search(
        r"\b(?:a|an|one|1|this|that)\b", near
    )
