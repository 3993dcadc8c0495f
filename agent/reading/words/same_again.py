"""The last result wished for once more, as it was: "same again on 5521", "ditto for her other order"."""

from __future__ import annotations

import re

_ALL_THE_SAME = re.compile(
    r"\bsame (?:again|thing|deal|treatment|way|for|with|on|goes|here|refund|amount|as before)\b|\b(?:ditto"
    r"|likewise|as before)\b"
    r"|\bthe same\W*$",
    re.IGNORECASE,
)


def all_the_same(text: str) -> bool:
    """Whether not only the reason is the same, but what was given."""
    return _ALL_THE_SAME.search(text) is not None
