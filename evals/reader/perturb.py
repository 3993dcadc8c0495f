"""Changes that must not change the meaning of a message."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable

_PHRASES = (
    (r"\brefund\b", "reimburse"),
    (r"\bmoney back\b", "refund"),
    (r"\breturn label\b", "label for sending it back"),
    (r"\bcustomer\b", "buyer"),
    (r"\bsupplier\b", "vendor"),
    (r"\bvendor\b", "supplier"),
    (r"\bbroken\b", "in pieces"),
    (r"\bapprove\b", "accept"),
    (r"\breject\b", "decline"),
    (r"\bshow\b", "pull up"),
    (r"\bplease\b", "kindly"),
    (r"\bcancel\b", "call off"),
    (r"\bwants to\b", "would like to"),
    (r"\bnever arrived\b", "did not arrive"),
)
_NEAR = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiopqsdfghjklaxcvbnmz", strict=True))
_ID = re.compile(r"#?\b\d{4,6}\b")


def _draw(text: str) -> random.Random:
    return random.Random(zlib.crc32(text.encode()))


def typos(text: str) -> str:
    """One slip in every third word of five letters or more: two letters swapped, one doubled, dropped or missed."""
    draw = _draw(text)
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) >= 5 and word.isalpha() and draw.random() < 0.34:
            spot = draw.randrange(1, len(word) - 1)
            kind = draw.randrange(4)
            if kind == 0:
                word = word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
            elif kind == 1:
                word = word[:spot] + word[spot] + word[spot:]
            elif kind == 2:
                word = word[:spot] + word[spot + 1 :]
            else:
                word = word[:spot] + _NEAR.get(word[spot], "e") + word[spot + 1 :]
            words[at] = word
    return " ".join(words)


def lower(text: str) -> str:
    """Lower case."""
    return text.lower()


def upper(text: str) -> str:
    """Capitals."""
    return text.upper()


def bare(text: str) -> str:
    """No commas, no full stops between words, no exclamation."""
    return re.sub(r"(?<!\d)[,.;:!]|[,.;:!](?!\d)", "", text)


def dotted(text: str) -> str:
    """A sentence with a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(("?", ".", "!", "/")) else ".")


def reworded(text: str) -> str:
    """Common words exchanged for others of the same meaning."""
    for pattern, put in _PHRASES:
        text = re.sub(pattern, put, text, count=1, flags=re.IGNORECASE)
    return text


def hashed(text: str) -> str:
    """Numbers of orders as ``#1042``."""
    return _ID.sub(lambda match: "#" + match.group().lstrip("#"), text)


def prefixed(text: str) -> str:
    """Numbers of orders as ``ORD-1042``."""
    return _ID.sub(lambda match: "ORD-" + match.group().lstrip("#"), text)


def polite(text: str) -> str:
    """A greeting before, thanks behind."""
    return f"hi, {text} thanks"


PERTURBATIONS: dict[str, Callable[[str], str]] = {
    "typos": typos,
    "lower case": lower,
    "capitals": upper,
    "no punctuation": bare,
    "full stop and capital": dotted,
    "reworded": reworded,
    "order as #1042": hashed,
    "order as ORD-1042": prefixed,
    "greeting and thanks": polite,
}
