"""Goods that a card or a case has and is not to have: "no bulbs actually", "leave the socks out", "drop 1 mug"."""

from __future__ import annotations

import re
from typing import Any, Literal

from agent.commands import SlotValue
from agent.reading.facts.figures_said import figures
from agent.reading.facts.slots import Slots
from agent.reading.goods.all_lines import entry_of
from agent.reading.goods.items import Mention, mentions_of
from agent.reading.goods.meant import meant
from agent.reading.text.patterns import regex
from agent.reading.text.span import masked
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals
from agent.reading.words.unit_states import tells_so_many

_DET = (
    r"(?:(?:the|her|his|their|that|those|these|this|any|all|both|of|out|off|an?|one|pairs?|pr|pcs?|units?|x"
    r"|\d{1,3}|\x00+)\s+)*$"
)
_OUT_BEFORE = regex(
    r"\b(?:no|not|without|w/o|minus|less|except(?: for)?|excluding|drop|remove|delete|skip|scrap|strike|lose"
    r"|forget|kick"
    r"|(?:take|leave|cut)(?: (?:out|off|away))?|but not|(?:do not|don'?t) (?:refund|rfnd|return|cancel|include"
    r"|touch))\s+" + _DET,
    re.IGNORECASE,
)
_TAKES = regex(r"\b(?:take|leave|cut|keep)\s+" + _DET, re.IGNORECASE)
_OFF_AFTER = regex(r"^\s*(?:off|out|away|alone|be|in peace|untouched)\b", re.IGNORECASE)
_WANTED = regex(
    r"\b(?:she|he|they|cx|cust|customer|client|buyer)(?:'?s| is| will|'?ll| does| do)? (?:still |now |actually )?"
    r"(?:wants?|needs?|keeps?|keeping|likes?|kept|(?<=ll )(?:have|take))(?: to (?:keep|have))?(?: on to)? "
    + _DET,
    re.IGNORECASE,
)
_KEEP = regex(r"\bkeep(?:s|ing)?\s+" + _DET, re.IGNORECASE)
_ONLY = regex(
    r"\b(?:just|only)\s+(?:(?:refund|rfnd|cancel|cxl|return|rtn|do|for|take)\s+)?" + _DET, re.IGNORECASE
)
_ONLY_AFTER = regex(r"^\s+(?:only|alone)\b", re.IGNORECASE)
_STAYS = regex(
    r"^(?:\s+(?:still|does|do|can|should|may|just))*\s+"
    r"(?:stays?(?! (?:like|as (?:i|we|it)|the same|so)\b)|remains?|ships?|goes out|(?:is|are) (?:staying"
    r"|kept|not"
    r"|needed|wanted)|isn'?t|aren'?t|not(?: \w+)?\W*$)",
    re.IGNORECASE,
)
_WELL = regex(
    r"^(?:'s)?\s*(?:is|are|was|were) (?:all |actually |still |quite )?(?:fine|ok|okay|good|alright)\b",
    re.IGNORECASE,
)
_WRITES = frozenset({"refund", "create_return"})


def taken_off(s: Signals, view: TurnView) -> Slots | Literal["unclear"] | None:
    """The goods that are left of those chosen, once what is named as not meant is gone; nothing where none is.

    It is unclear where nothing would be left, or where what the customer keeps may as well be paid back.
    """
    units = _chosen(view)
    if view.proposal is not None and tells_so_many(s) and len(units) == 1:
        return _without_the_fine(s, view, *units.items())
    if not units or view.order is None or s.has("question"):
        return None
    text = masked(
        s.wording.text, [span for span in s.spans if span.kind not in {"quantity", "title", "number"}]
    )
    mentions = mentions_of(text, view.order.lines)
    alone = [one for one in mentions if _is_alone(text, one)]
    out = [
        one
        for one in mentions
        if is_out(text, one) or (alone and one not in alone and _KEEP.search(text[: one.start]))
    ]
    if not out and view.proposal is not None and len(units) > 1 and _kept(text, mentions, units):
        return "unclear"  # On the card, or with the customer?
    if not out:
        return _only_these(s, alone, units, view)
    if any(len(one.lines) != 1 or one.lines[0] not in units for one in out):
        return None
    if not alone and _kept_for_nothing(text, out, view):
        return "unclear"
    rest = [one for one in meant(text, mentions) if one not in out and one.sure]
    return _left_of_them(s, units, out, rest, alone=bool(alone), others=mentions)


def _left_of_them(
    s: Signals,
    units: dict[str, int | None],
    out: list[Mention],
    rest: list[Mention],
    *,
    alone: bool,
    others: list[Mention],
) -> Slots | Literal["unclear"] | None:
    """The units that are left once those of `out` are gone; of `rest` alone where only those are meant."""
    gone = {one.lines[0]: _number(s, one) for one in out}
    rest = [one for one in rest if one.lines[0] not in gone]
    only = {one.lines[0] for one in rest} if alone else set()
    left = [_left(line, number, gone) for line, number in units.items() if not only or line in only]
    entries = [entry for entry in left if entry is not None]
    if not entries and any(one.sure and one.lines[0] not in units for one in others):
        return None  # "One of the small ones, not the large": other goods take their place.
    if not entries or any(one.lines[0] not in units for one in rest):
        return "unclear"
    return {"line": SlotValue(value=entries, span=s.wording.text[out[0].start : out[0].end])}


def _without_the_fine(
    s: Signals, view: TurnView, shown: tuple[str, int | None]
) -> Slots | Literal["unclear"]:
    """Less those that are fine after all ("2 were ok she says"), where the card shows every unit there is."""
    line, units = shown
    bought = next((one.quantity for one in view.order.lines if one.id == line), 0) if view.order else 0
    told = [figure.whole for figure in figures(s) if figure.whole is not None]
    if len(told) != 1 or units != bought or not 0 < (told[0] or 0) < bought:
        return "unclear"
    return {"quantity": SlotValue(value={"more": -(told[0] or 0)}, span=s.wording.text.strip())}


def _is_alone(text: str, one: Mention) -> bool:
    """Whether only these are meant ("just the prints", "lamp only")."""
    return bool(_ONLY.search(text[: one.start]) or _ONLY_AFTER.match(text[one.end :]))


def _kept(text: str, mentions: list[Mention], units: dict[str, int | None]) -> bool:
    return any(set(one.lines) & set(units) and _KEEP.search(text[: one.start]) for one in mentions)


def _only_these(
    s: Signals, alone: list[Mention], units: dict[str, int | None], view: TurnView
) -> Slots | None:
    """The goods of the card that "only" stands at, where it shows others too."""
    lines = {one.lines[0] for one in alone if one.sure and one.lines[0] in units}
    if view.proposal is None or not lines or len(lines) != len(alone) or len(lines) == len(units):
        return None
    entries = [entry_of(one.lines[0], _number(s, one) or units[one.lines[0]]) for one in alone]
    if (
        len(entries) == 1
        and _KEEPS_OTHER.search(s.plain)
        and entries[0]["quantity"] != units[entries[0]["line"]]
    ):
        entries = [entry_of(line, n) if line not in lines else entries[0] for line, n in units.items()]
    return {"line": SlotValue(value=entries, span=s.wording.text[alone[0].start : alone[-1].end])}


_KEEPS_OTHER = regex(
    r"\b(?:keeps?|keeping|wants?|needs?|likes?|uses?|has use for) (?:to keep )?(?:the )?"
    r"(?:others?(?: (?:one|two|three))?|rest|second(?: one)?)\b"
    r"|\bthe (?:others?|rest|second)(?: one)? (?:he|she|they) (?:keeps?|wants?|needs?|likes?|uses?)\b"
)
"""The other units of the same goods stay with the customer ("1 belt only, he wants the other")."""


def _chosen(view: TurnView) -> dict[str, int | None]:
    """The lines of the card, else of the case, with their units where those are known."""
    card = view.proposal
    if card is not None:
        return dict(card.lines) if card.write in _WRITES and not card.settles_return else {}
    told = view.slots.get("line")
    return (
        {e["line"]: e.get("quantity") for e in told if isinstance(e, dict)} if isinstance(told, list) else {}
    )


def is_out(text: str, one: Mention) -> bool:
    """Whether the goods are said to be taken off, or to stay where they are."""
    before, after = text[: one.start], text[one.end :]
    if _WANTED.search(before):
        return True
    if _TAKES.search(before):
        return (
            _OFF_AFTER.match(after) is not None
            or re.search(r"\b(?:out|off|away)\s", before[-14:]) is not None
        )
    return bool(_OUT_BEFORE.search(before) or _STAYS.match(after) or _WELL.match(after))


def _kept_for_nothing(text: str, out: list[Mention], view: TurnView) -> bool:
    """Whether goods that stay with the customer are on a refund that leaves everything there: paid back or not?"""
    stays = all(_WANTED.search(text[: one.start]) or _STAYS.match(text[one.end :]) for one in out)
    is_refund = view.proposal is not None and view.proposal.write == "refund"
    return (
        stays
        and is_refund
        and view.slots.get("return_needed") is False
        and not view.slots.get("cancel_order")
    )


def _number(s: Signals, one: Mention) -> int | None:
    """How many of them are taken off; all where no number stands before them."""
    text = s.wording.text
    for span in (*s.kind("quantity"), *s.kind("number")):
        near = span.end <= one.start + 1 and one.start - span.end <= 12 and str(span.value).isdigit()
        if near and not re.search(r"[,.;]", text[span.end : one.start]):
            return int(span.value)
    return 1 if re.search(r"\b(?:an?|one)\s$", text[: one.start], re.IGNORECASE) else None


def _left(line: str, units: int | None, gone: dict[str, int | None]) -> dict[str, Any] | None:
    """The line with what is left of it; nothing where all of it goes."""
    if line not in gone:
        return entry_of(line, units)
    number = gone[line]
    if number is None or (units is not None and number >= units):
        return None
    return entry_of(line, units - number if units is not None else {"all_but": number})
