"""The ``line``, ``item``, ``quantity`` and ``order_query`` slots of a clause."""

from __future__ import annotations

import re
from typing import Any

from agent.commands import SlotValue
from agent.reading.goods.all_lines import all_except, all_of_named, entry_of, every_line, goods_only
from agent.reading.goods.all_such import means_all, without_generic
from agent.reading.goods.items import Mention, Similar, by_meaning, is_many, mentions_of
from agent.reading.goods.joined import with_joined
from agent.reading.goods.left_out import without_left_out
from agent.reading.goods.meant import meant
from agent.reading.goods.pairs import take_pairs
from agent.reading.goods.parts import counts_other_things, counts_parts
from agent.reading.goods.so_many import more_of_chosen, of_so_many
from agent.reading.goods.unsent import rest_unsent
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span, masked
from agent.reading.view import LineView, OrderView
from agent.reading.words.evidence_words import described
from agent.reading.words.nouns import item_phrase, may_be_goods
from agent.reading.words.signals import Signals

_OTHER = regex(r"\bthe other (?:one|\w+)\b", re.IGNORECASE)


def line_slots(
    s: Signals, order: OrderView | None, similar: Similar, chosen: list[str] | None = None
) -> dict[str, SlotValue]:
    """Which lines, and how many of each.

    `order` is the loaded order (nothing is matched without one), `chosen` the lines the open case already has
    (for "the other one").
    """
    told = _told_by_the_customer(s)
    if told:
        s = Signals(s.wording, [span for span in s.spans if span.end <= told[0].start], s.found, s.reasons)
    text = masked(
        s.wording.text, [*told, *(span for span in s.spans if span.kind not in {"quantity", "title"})]
    )
    found: dict[str, SlotValue] = {}
    if order is not None and order.lines:
        _match_lines(s, text, order, similar, chosen or [], found)
        with_joined(masked(text, s.kind("quantity")), order.lines, found, similar)
    else:
        phrase = item_phrase(text)
        if phrase:
            found["item"] = SlotValue(value={"text": phrase[0], "candidates": []}, span=phrase[0])
    quantity = _lone_quantity(s)
    if quantity and "line" not in found and not _counts_no_goods(s, quantity, order):
        found["quantity"] = SlotValue(value=quantity.value, span=quantity.text)
    return found


def _counts_no_goods(s: Signals, number: Span, order: OrderView | None) -> bool:
    """Whether a number above what was ordered of any line counts things called nothing like them ("two models")."""
    lines = order.lines if order else []
    return bool(lines) and all(counts_other_things(s.wording.text, number, line) for line in lines)


def _told_by_the_customer(s: Signals) -> list[Span]:
    """Where the customer's own words are handed on: they describe a defect and choose no goods."""
    words = described(s.wording.text)
    at = s.wording.text.find(words.span) if words is not None else -1
    return [Span("told", at, len(s.wording.text), words.span, None)] if words is not None and at > 0 else []


_COUNTED = frozenset({"quantity", "title"})


def _match_lines(
    s: Signals, text: str, order: OrderView, similar: Similar, chosen: list[str], found: dict[str, SlotValue]
) -> None:
    lines = order.lines
    if (
        _the_other(s, text, lines, chosen, found)
        or goods_only(s, lines, found)
        or all_of_named(s, text, lines, found)
        or every_line(s, text, lines, found)
        or all_except(
            masked(s.wording.text, [one for one in s.spans if one.kind not in _COUNTED]), lines, found
        )
    ):
        return
    mentions = mentions_of(masked(text, s.kind("quantity")), lines)
    if rest := rest_unsent(s.wording.text, mentions, order):
        found["line"] = SlotValue(value=rest, span=s.wording.text.strip())
        return
    named, mentions = mentions, meant(text, without_left_out(text, mentions))
    if named and not mentions:
        return
    if mentions:
        _take_mentions(s, text, mentions, found, lines)
        take_pairs(s, text, mentions, found, lines)
        return
    phrase = item_phrase(text)
    if phrase and not _names_customer(phrase[0], order):
        best, sure, near = by_meaning(phrase[0], lines, similar)
        full = any(span.value == {"kind": "full"} for span in s.kind("money"))
        if sure:
            found["line"] = SlotValue(value=[entry_of(best[0], _lone_number(s))], span=phrase[0])
        elif len(lines) > 1 and (full or may_be_goods(text, phrase[1], near=near)):
            found["item"] = SlotValue(value={"text": phrase[0], "candidates": best}, span=phrase[0])
    if "line" not in found and len(lines) == 1 and (number := _lone_number(s)) is not None:
        other = any(counts_other_things(s.wording.text, span, lines[0]) for span in s.kind("quantity"))
        if not other:
            found["line"] = SlotValue(value=[entry_of(lines[0].id, number)], span=_lone_quantity_text(s))


def _names_customer(phrase: str, order: OrderView) -> bool:
    """Whether words behind "refund" name who is paid, and no goods ("refund eli the 8")."""
    name = set(order.customer.lower().split())
    return bool(name & set(phrase.lower().split()))


def _the_other(
    s: Signals, text: str, lines: list[LineView], chosen: list[str], found: dict[str, SlotValue]
) -> bool:
    """Take "the other mug": the one line of that name which the case does not have yet."""
    other = _OTHER.search(text)
    if other is None or not chosen:
        return False
    left = [line for line in lines if line.id not in chosen]
    number = _lone_number(s)
    if number is not None and (more := more_of_chosen(text[other.start() :], number, lines, chosen)):
        found["line"] = SlotValue(value=[entry_of(more, number)], span=other.group())
        return True
    named = {line for mention in mentions_of(other.group(), lines) if mention.sure for line in mention.lines}
    if len(named) == 1 and named <= set(chosen):  # "The other blanket", of two: one more of the same.
        found["line"] = SlotValue(value=[entry_of(named.pop(), _lone_number(s) or 1)], span=other.group())
        return True
    narrowed = [line for line in left if mentions_of(other.group(), [line])] or left
    if len(narrowed) == 1:
        found["line"] = SlotValue(value=[entry_of(narrowed[0].id, _lone_number(s))], span=other.group())
    return len(narrowed) == 1


_BOTH = regex(r"\bboth (?:(?:pair|set|pack|piece)s? )?(?:of )?(?:(?:the|her|his|their|these) )?$", re.I)


def _pair(text: str, mention: Mention, sizes: dict[str, int]) -> int | None:
    """Two for "both mugs" where the line has as many, one for "a mug"."""
    before = text[max(0, mention.start - 32) : mention.start]
    if _BOTH.search(before):
        return 2 if sizes.get(mention.lines[0], 0) >= 2 else None
    if not is_many(text[mention.start : mention.end]) and _LAST_ONE.search(before):
        return 1
    return 1 if re.search(r"(?<!such )(?<!what )\ban?\s(?:single )?$", before, re.IGNORECASE) else None


_LAST_ONE = regex(
    r"\b(?:last|remaining|single|(?:the|another|a)\s(?:first|second|third|fourth|other|further))(?:\s(?:missing|broken))?\s$",
    re.I,
)


_SINGLE = regex(r"\b(?:an?|one|the|that|her|his|this) (?:single|spare|surplus|superfluous)\s$", re.IGNORECASE)
"""One of them, whatever number was told of before ("ordered two mats … cancel a single mat")."""


_MORE_OF_IT = regex(r"^\W*(?:and|plus|&|\+)(?! (?:no|not|then|actually|wait|sorry)\b)", re.IGNORECASE)
"""Between two counts of the same thing: "1 mug and 2 mugs" are three; "1 mug, no, 2 mugs" are two."""


_EACH = regex(
    r"(?<!not )(?<!n't )\b(?:all|every|each|the (?:whole|entire|full) (?:lot|set))"
    r"(?: of)?(?: (?:the|her|his|their|these|those|our))?\s*$",
    re.IGNORECASE,
)
"""Before goods: every unit of them ("all the valves")."""


_ORDERED = regex(r"\b(?:ordered|bought|purchased|paid for|took)\s$", re.IGNORECASE)


def _counts_none(s: Signals, quantity: Any, line: LineView) -> bool:
    """Whether a number above what was ordered of a line counts none of its units.

    It tells how many things were ordered ("ordered two tees, the red one is lost"), or what the goods are made of.
    """
    if not isinstance(quantity, int) or quantity <= line.quantity:
        return False
    text, counted = s.wording.text, [span for span in s.kind("quantity") if span.value == quantity]
    return bool(counted) and all(
        _ORDERED.search(text[: span.start]) or counts_parts(text, span, line) for span in counted
    )


def _take_mentions(
    s: Signals, text: str, mentions: list[Mention], found: dict[str, SlotValue], lines: list[LineView]
) -> None:
    entries: dict[str, dict[str, Any]] = {}
    unsure: Mention | None = None
    sizes = {line.id: line.quantity for line in lines}
    mentions = without_generic(s, mentions)
    for at, mention in enumerate(mentions):
        quantity = _quantity_near(s, text, mention, mentions, at)
        mention = of_so_many(mention, quantity, sizes)
        if mention.sure:
            entry = entries.setdefault(mention.lines[0], entry_of(mention.lines[0], None))
            between = s.wording.text[mentions[at - 1].end : mention.start] if at else ""
            of = next(line for line in lines if line.id == mention.lines[0])
            told = None if _counts_none(s, quantity, of) else quantity
            _count(entry, _pair(text, mention, sizes) if told is None else told, between)
            if entry["quantity"] is None and _EACH.search(text[: mention.start]):
                entry["all"] = True
        elif means_all(s, text, mention, quantity):
            for line in mention.lines:
                entries.setdefault(line, entry_of(line, None))
        elif not any(line in entries for line in mention.lines):
            unsure = unsure or mention
    if unsure and not entries:
        words = s.wording.text[unsure.start : unsure.end]
        found["item"] = SlotValue(value={"text": words, "candidates": unsure.lines[:3]}, span=words)
        return
    if entries:
        _amounts(s, mentions, entries, sizes)
        words = s.wording.text[mentions[0].start : mentions[-1].end]
        found["line"] = SlotValue(value=list(entries.values()), span=words)


def _count(entry: dict[str, Any], quantity: Any, between: str) -> None:
    """Units of a line, on top of those that were counted of it before where the words between say so."""
    if isinstance(quantity, int) and isinstance(entry["quantity"], int) and _MORE_OF_IT.search(between):
        quantity += entry["quantity"]
    entry["quantity"] = quantity if quantity is not None else entry["quantity"]


def _quantity_near(s: Signals, text: str, mention: Mention, mentions: list[Mention], at: int) -> Any:
    if _SINGLE.search(text[: mention.start]):
        return 1
    earlier = mentions[at - 1].end if at else 0
    later = mentions[at + 1].start if at + 1 < len(mentions) else len(text)
    best: tuple[int, Any] | None = None
    for span in s.kind("quantity"):
        if span.value == "all" or span.text.lower() == "both":
            continue
        before = earlier <= span.start and span.end <= mention.start + 1 and mention.start - span.end <= 22
        between = s.wording.text[mention.end : span.start]
        after = mention.end <= span.start < later and re.fullmatch(r"[\s:(,-]{0,3}", between)
        if before or after:
            gap = mention.start - span.end if before else 5 + span.start - mention.end
            if best is None or gap < best[0]:
                best = (gap, span.value)
    if best is None and _ONE_OF_THEM.search(s.wording.text[: mention.start]):
        return 1
    if best is None and len({tuple(one.lines) for one in mentions}) == 1:
        return _lone_number(s)
    return best[1] if best else None


_ONE_OF_THEM = regex(
    r"\binstead of one of (?:the|her|his|their|these|those)(?: [^\W\d]+){0,2}\s$", re.IGNORECASE
)
"""Before goods that were ordered and others came: so many of them are meant."""
_EACH_OF_THEM = regex(r"\s?(?:each|apiece|per (?!cent\b)\w+)\b", re.IGNORECASE)


def _amounts(
    s: Signals, mentions: list[Mention], entries: dict[str, dict[str, Any]], sizes: dict[str, int]
) -> None:
    """Give each line its own amount where each has one ("mug 5 eur, lamp 3 eur")."""
    money = [span for span in s.kind("money") if span.value["kind"] == "exact"]
    if len(money) == 1 and _EACH_OF_THEM.match(s.wording.text[money[0].end :]):
        if all(sizes.get(line) == 1 for line in entries):
            for entry in entries.values():
                entry["amount"] = {name: money[0].value[name] for name in ("value", "currency")}
        return
    sure = [mention for mention in mentions if mention.sure]
    if len(entries) < 2 or len(money) != len(entries) or len(sure) != len(entries):
        return
    for mention, span in zip(sure, money, strict=True):
        entries[mention.lines[0]]["amount"] = {
            "value": span.value["value"],
            "currency": span.value["currency"],
        }


def _lone_quantity(s: Signals) -> Span | None:
    spans = [span for span in s.kind("quantity") if span.value != "all"]
    counted = [
        span for span in spans if span.text.lower() != "both"
    ]  # "Has both, and one of them is too small."
    return next(iter(counted or spans), None)


def _lone_number(s: Signals) -> Any:
    span = _lone_quantity(s)
    return span.value if span and span.text.lower() != "both" else None


def _lone_quantity_text(s: Signals) -> str:
    span = _lone_quantity(s)
    return span.text if span else ""
