"""People's words out of Slack's markup."""

from __future__ import annotations

import re

MOST = 8000
_LINK = re.compile(r"<(?:mailto:|tel:)?([^<>|]+)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<[@!#][^<>]*>")


def words(text: str, *, addresses: bool = False) -> str:
    """What was typed: mentions left out, links as their text, entities as characters; 8000 characters at most.

    `addresses`: links as what they lead to.
    """
    plain = _LINK.sub(lambda found: found[1] if addresses else found[2] or found[1], _MENTION.sub("", text))
    plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return re.sub(r"[ \t]{2,}", " ", plain).strip()[:MOST]
