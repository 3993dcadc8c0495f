"""Words that figures and goods are told by, where they are written short: written out before anything is read.

Most shorthand is written out in the plain form of a clause (:mod:`agent.reading.text.wording`). What is matched in
the very text (amounts, counts, names of goods) needs these few as well ("rfnd evrythg", "anothr towel", "sry 8 nt 5").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from agent.commands import Command
from agent.reading.text.patterns import regex

_TABLE = """
everything: evrythg evrythng everythg evrythin everythng evryting evrything
another: anothr nother
that: tht dat
those: thse thos
these: thse
not: nt
both: bth boht
back: bck
give: gv giv
keep: kp
keeps: kps
wait: w8
sorry: sry srry
shipping: shpg shpng shppng shippng
difference: diff diffrence differnce
half: hlf
from: frm
other: othr
others: othrs
only: onli onyl
remaining: remaing remainin
what: wht
which: whch
"""
_OUT = {
    short: full
    for full, shorts in (row.split(": ") for row in _TABLE.split("\n") if row)
    for short in shorts.split()
}
_CARRIAGE = (
    r"(?:express|courier|priority|next-day|carriage)(?= (?:fee|charge|surcharge|cost|money|price)s?\b)"
)
"""What shipping is called where it cost something ("the express fee")."""
_HIS_FEE = (
    r"(?<=return )(?:shipping|postage)(?=,? (?:(?:of|is|cost|costs) )?[€$£]?\d[\d.,]*(?: ?[a-z€$£]{1,5})?"
    r"(?: (?:is|goes|comes|are))?"
    r" (?:on (?:him|her|them|the customer|customer)\b|(?:he|she|they|customer) pays?\b))"
)
"""What sending goods back costs the customer is a fee ("return shipping 15 is on him")."""
_SHORT = regex(rf"(?<![\w@./#'’-])(?:{'|'.join(_OUT)}|{_CARRIAGE}|{_HIS_FEE})(?![\w@/#'’-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text with those words written out (`text`), and the way back to what was written (`written`)."""

    written: str
    text: str
    places: tuple[tuple[int, int, int, int], ...]
    """Where a word was written out: its start and end in `text`, and in `written`."""

    def back(self, said: str) -> str:
        """The very words of a passage of `text`; what is none stays."""
        start = self.text.find(said) if said and said not in self.written else -1
        if start < 0:
            return said
        return self.written[self._place(start, 0) : self._place(start + len(said), 1)]

    def _place(self, at: int, side: int) -> int:
        moved = 0
        for start, end, first, last in self.places:
            if end <= at:
                moved = last - end
            elif start < at:
                return (first, last)[side]
        return at + moved

    def told(self, commands: list[Command]) -> list[Command]:
        """Commands whose spans, and texts that were taken over, are the very words."""
        return commands if not self.places else [_told(command, self.back) for command in commands]


def spelled(text: str) -> Spelled:
    """Write those words out."""
    parts: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    at = length = 0
    for match in _SHORT.finditer(text):
        full = _written_out(match)
        parts += [text[at : match.start()], full]
        length += match.start() - at
        places.append((length, length + len(full), match.start(), match.end()))
        length += len(full)
        at = match.end()
    return Spelled(text, "".join([*parts, text[at:]]), tuple(places))


def _written_out(match: re.Match[str]) -> str:
    word = match.group().lower()
    if word in ("shipping", "postage"):
        return "fee"
    return _OUT.get(word, "shipping")


def _told(command: Command, back: Callable[[str], str]) -> Command:
    slots = {
        name: slot.model_copy(update={"span": back(slot.span), "value": _value(slot.value, back)})
        for name, slot in command.slots.items()
    }
    return command.model_copy(update={"slots": slots, "span": back(command.span)})


def _value(value: Any, back: Callable[[str], str]) -> Any:
    """A text of several words is kept as it was written."""
    if isinstance(value, str):
        return back(value) if " " in value.strip() else value
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        return {**value, "text": back(value["text"])}
    return value
