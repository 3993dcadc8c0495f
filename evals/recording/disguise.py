"""Other names for people, orders, parcels, addresses and files: the same one for the same thing, everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from domain.orders.model import Order

NAMES = (
    "Noor Haddad", "Leo Lindqvist", "Ines Roth", "Omar Said", "Mei Chan", "Pavel Dvorak", "Grace Okafor", "Luis Ferrer",
    "Hana Sato", "Tom Aldous", "Rosa Vidal", "Emil Kruse", "Dana Cole", "Yusuf Demir", "Anna Marek", "Bo Lindgren",
)  # fmt: skip
FIRST_NUMBER = 4001

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"https?://\S+")
_PHONE = re.compile(r"(?<![\w#/.-])(?:\+|00)\d[\d ()/-]{7,}\d|(?<![\w#/.-])\(?0\d{2,4}\)?[ /-]\d[\d -]{4,}\d")
_CARD = re.compile(r"\b(ending|endet auf|xx+|\*{2,})(\s*)\d{4}\b", re.I)
_S10 = re.compile(r"[A-Z]{2}\d{9}([A-Z]{2})")
_SHORTEST = 3
"""Letters of a name that is replaced on its own: shorter ones are words."""


class Disguise:
    """What stands for what. Longer names are replaced first, so that a part never spoils the whole."""

    def __init__(self, orders: Iterable[Order], others: Iterable[str] = ()) -> None:
        self._words: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._people = 0
        for at, order in enumerate(orders):
            self._order(order, FIRST_NUMBER + at)
        for name in others:
            self.person(name)

    def _order(self, order: Order, number: int) -> None:
        bare = order.number.lstrip("#")
        prefix = re.match(r"\D*", bare)
        made = f"{prefix.group() if prefix else ''}{number}"
        self._words[bare] = made
        self.person(order.customer.name)
        if order.customer.email:
            self._words[order.customer.email] = "customer@shop.example"
        if order.address:
            self._words[order.address] = "1 Example Street"
        numbers = [line.tracking for line in order.lines] + [ret.tracking for ret in order.returns]
        self._words |= {number: tracking(number) for number in numbers if number}

    def person(self, name: str) -> None:
        """Somebody's name, whole and in parts."""
        if not name.strip() or name in self._words:
            return
        cycle, at = divmod(self._people, len(NAMES))
        self._people += 1
        made = NAMES[at] + (f" {cycle + 1}" if cycle else "")
        self._words[name] = made
        parts, new = name.split(), made.split()
        for part, other in ((parts[0], new[0]), (parts[-1], new[1])):
            if len(part) >= _SHORTEST:
                self._words.setdefault(part, other)

    def text(self, text: str) -> str:
        """The text with everything known replaced, and what looks like an address or a telephone number."""
        for word in sorted(self._words, key=len, reverse=True):
            pattern = re.compile(rf"(?<!\w){re.escape(word)}(?=s?(?!\w))", re.I)
            text = pattern.sub(partial(_like, new=self._words[word]), text)
        text = _EMAIL.sub("customer@shop.example", text)
        text = _LINK.sub("https://shop.example/", text)
        text = _PHONE.sub("+00 000 000000", text)
        return _CARD.sub(r"\1\g<2>0000", text)

    def file(self, name: str, media_type: str) -> str:
        """A name for a file that says only what kind it is."""
        if name not in self._files:
            kind, _, form = media_type.partition("/")
            self._files[name] = f"{kind or 'file'}-{len(self._files) + 1}.{form.split('+')[0] or 'bin'}"
        return self._files[name]


def _like(old: re.Match[str], new: str) -> str:
    """Small letters stay small."""
    return new.lower() if old.group().islower() else new


def tracking(number: str) -> str:
    """Another number of the same form: letters and the two first signs stay, a postal one keeps its check digit."""
    postal = _S10.fullmatch(number)
    if postal:
        return f"RR123456785{postal.group(1)}"
    kept, rest = number[:2], number[2:]
    return kept + "".join(str((int(sign) * 7 + 3) % 10) if sign.isdigit() else sign for sign in rest)
