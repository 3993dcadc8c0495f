"""Changes to a refund's card: how many, how much, everything, without the shipping."""

from __future__ import annotations

import re
from typing import Any, Literal

from agent.commands import SlotValue
from agent.reading.cards.added_goods import one_more
from agent.reading.cards.lines import changed_lines
from agent.reading.cards.shipping import shipping_beside, shipping_in, shipping_told
from agent.reading.cards.whole import ALL_OF_THEM, WHAT_IS_LEFT, all_of_it
from agent.reading.facts.coming_back import left_on_card
from agent.reading.facts.fees import is_fee
from agent.reading.facts.figures_said import (
    MAKES_IT,
    Figure,
    beside_shown,
    distinct,
    figures,
    leading,
    stands_alone,
)
from agent.reading.facts.slots import NOTE, Slots
from agent.reading.goods.items import Similar
from agent.reading.goods.lines import line_slots
from agent.reading.lexicon import families
from agent.reading.text.numerals import WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.values.money import exact
from agent.reading.view import TurnView
from agent.reading.words.reasons import is_quality
from agent.reading.words.signals import Signals
from agent.reading.words.weak_reasons import another_reason

Found = Slots | Literal["unclear"]
UNCLEAR: Literal["unclear"] = "unclear"
_MORE = regex(
    r"^\s?(?:\w+\s)?(?:more|extra|additional|on top)\b|^\s?(?:units? |pieces? )?more\b", re.IGNORECASE
)
_LESS = regex(r"^\s?(?:\w+\s)?(?:less|fewer|off)\b", re.IGNORECASE)
_ANOTHER = regex(
    r"\b(?:another|an extra|an additional)\s(?:one\b)?$|\b(?:another|extra|additional|further)\s$", re.I
)
_MINUS = regex(
    r"^(?:\W|hm+|ok|okay|so|then|no|sorry|wait|and|but|make it|it's)*(?:minus|less)\s$", re.IGNORECASE
)
_SHARE = regex(r"\b(?:half|halve)\b(?: (?:of|off) (?:that|it|this))?|\bdouble\b|\btwice\b", re.IGNORECASE)
_MONEY_WORDS = regex(
    r"\b(?:amount|refund|sum|price|pay|paid|money|euros?|eur|usd|dollars?|gbp|pounds?|bucks)\b"
)
_UNIT_WORDS = regex(
    r"\b(?:units?|pieces?|pairs?|quantity|qty|items?|sets?|packs?|count\w*|miscount\w*|of them)\b"
)
_EACH = regex(r"\b(?:each|apiece|per (?!cent\b)\w+|a piece)\b")


_IT_IS = regex(
    rf"\b(?:it is|it's|they are|they're|there are|there were|that is|that's|it was) (?:\d{{1,5}}|{WORD_NUMBER})\W*$"
)
"""What it is in the end, said last ("he is counting again, it is three")."""
FEW_WORDS = 8
"""In more words than these a number is none for the card, unless something is said to be different."""


def word(name: str, s: Signals) -> re.Match[str] | None:
    """Where a family of ``cards.lex`` stands."""
    return families("cards")[name].search(s.plain)


def slot(value: Any, s: Signals, figure: Figure | None = None) -> SlotValue:
    """A value with the words it was read from."""
    return SlotValue(value=value, span=figure.text if figure else s.wording.text.strip())


def is_meant(s: Signals, told: list[Figure]) -> bool:
    """Whether figures are meant for the card: said as a change, or nearly alone."""
    words = len(s.plain.split())
    if told and (_IT_IS.search(s.plain) or MAKES_IT.search(s.plain)):
        return True
    if word("marks", s) or (word("adds", s) and words <= FEW_WORDS):
        return True
    return words - len(told) <= 3


def goods(s: Signals, view: TurnView, similar: Similar) -> Found:
    """What is to be different on a refund of goods or of an amount; nothing where other words tell it better."""
    found: Slots = {}
    if word("shipping_out", s):
        if word("called_off", s):
            return UNCLEAR  # Neither goods nor shipping: whether the whole card is meant, it says itself.
        found["shipping"] = slot(exact("0", None), s)
    if (left := left_on_card(s, view)) is not None:
        return left if isinstance(left, str) else found | left
    if word("everything", s) is not None:
        return _everything(s, found)
    if note := NOTE.search(s.wording.text):
        words = note.group("text").strip(" \"'")
        return found | {"note": SlotValue(value=words, span=words)}
    told = _told_now(s, view)
    if not told:
        found |= {} if found else shipping_told(s) or shipping_beside(s)
    if found and not told:
        others = changed_lines(s, view) if "shipping" in found else None
        return others if isinstance(others, str) else found | (others or {})
    alone = view.order is not None and len(view.order.lines) == 1 and WHAT_IS_LEFT.search(s.plain)
    if (alone or ALL_OF_THEM.match(s.plain)) and (whole := all_of_it(s, view)):
        return found | whole
    changed = changed_lines(s, view)
    if changed is not None:
        return changed if isinstance(changed, str) else found | changed
    counted = _counted(s, view, similar, told)
    return counted if isinstance(counted, str) else found | counted


def _told_now(s: Signals, view: TurnView) -> list[Figure]:
    """The figures that may be of something new: not those of before, of the card, or said twice."""
    told = [figure for figure in figures(s) if not figure.old]
    if view.proposal is not None and view.proposal.amount:
        told = beside_shown(told, {float_free(view.proposal.amount)})
    if len({float_free(figure.value) for figure in told}) != 1:
        return told
    text = s.wording.text
    return [figure for figure in told if _FEWER.match(text[figure.end :])][:1] or told[-1:]


def _everything(s: Signals, found: Slots) -> Slots:
    """All that is left of the order, unless something is named that is not meant."""
    if re.search(r"\b(?:not|n't|except|but|without|minus)\b", s.plain) and "shipping" not in found:
        return {}
    return found | {"line": slot("everything", s)} | shipping_in(s, found) | _reason(s)


def _counted(s: Signals, view: TurnView, similar: Similar, told: list[Figure]) -> Found:
    """What the one figure of the message says, where it is meant for the card and for its goods."""
    lines = line_slots(s, view.order, similar, list(view.proposal.lines) if view.proposal else [])
    if (more := one_more(s, view, lines)) is not None:
        return more
    if (by := _difference(s, told)) is not None:
        return _one_figure(s, view, by)
    told = leading(s, told, list(view.proposal.lines.values()) if view.proposal else [])
    if "line" in lines and any(
        lines["line"].span.strip() == figure.text and stands_alone(s, figure) for figure in told
    ):
        lines.pop("line")  # No goods are named: it is only the figure, of the one line there is.
    if "line" in lines or not is_meant(s, told):
        return _amount_each(s, told, lines)
    if any(_counts_other_goods(s, figure, lines) for figure in told):
        return UNCLEAR
    shown = view.proposal.amount if view.proposal else None
    if _SHARE.search(s.plain) and all(_same(figure, shown) or _of_the_card(s, figure) for figure in told):
        return _share(s, view)
    told = distinct(told)
    if len(told) != 1:
        return {}
    if is_fee(s, told[0]):
        return UNCLEAR  # No fee is on a refund's card: a return may be meant.
    one = _one_figure(s, view, told[0])
    return one if isinstance(one, str) else one | _reason(s)


_OF_THAT = regex(r"\s?(?:of |from )?(?:that|it|this)\b", re.IGNORECASE)


def _of_the_card(s: Signals, figure: Figure) -> bool:
    """Whether a share is one of what the card shows ("half of that")."""
    share = figure.kind == "percent" and "%" not in figure.text
    words = figure.text.lower()
    return share and bool(words.endswith(" it") or _OF_THAT.match(s.wording.text[figure.end :]))


def _difference(s: Signals, told: list[Figure]) -> Figure | None:
    """The one figure of the message, where it says by how many units the card is out ("one candle fewer")."""
    told = distinct(told)
    if len(told) != 1 or told[0].kind not in {"bare", "units"}:
        return None
    return told[0] if _FEWER.match(s.wording.text[told[0].end :]) else None


_FEWER = regex(
    r"^\s?(?:\w+\s){0,2}(?:fewer|less|more)\b(?! than)(?: (?:please|again|now|then|sorry|after all))*\W*(?:$|[,.;])",
    re.IGNORECASE,
)


def _reason(s: Signals) -> Slots:
    told = another_reason(s)
    if told is None:
        return {}
    found: Slots = {"reason": slot(told.code.value, s)}
    return found | ({"issue": slot(told.code.value, s)} if is_quality(told.code) else {})


def _share(s: Signals, view: TurnView) -> Found:
    """Half of that: of the amount where one was given, or of goods that no half can be counted of; else unclear."""
    times = "0.5" if "hal" in s.plain else "2"
    amount = view.slots.get("amount")
    units = sum(view.proposal.lines.values()) if view.proposal else 0
    if times == "0.5" and units % 2 == 1:
        return {"amount": slot({"kind": "times", "value": times}, s)}
    if isinstance(amount, dict) and amount.get("kind") in {"exact", "percent"}:
        return {"amount": slot({"kind": "times", "value": times}, s)}
    return UNCLEAR


def _amount_each(s: Signals, told: list[Figure], lines: Slots) -> Found:
    """Ask about an amount for each unit ("8 per vase"): it says no whole."""
    money = [figure for figure in told if figure.kind in {"money", "bare"}]
    if money and _EACH.search(s.plain) and (word("marks", s) or "line" in lines):
        return UNCLEAR
    return {}


def _counts_other_goods(s: Signals, figure: Figure, lines: Slots) -> bool:
    """Whether the number counts something that is on no line ("2 hats"); "pairs" and the like are only units."""
    item = lines.get("item")
    after = s.wording.text[figure.end :].lstrip().lower()
    words = str(item.value["text"]).lower() if item is not None else ""
    counts = _UNIT_WORDS.match(words) or _LESS.match(words) or _MORE.match(words)
    return bool(words) and after.startswith(words) and not counts


_INSTEAD_OF_IT = regex(r"\s?(?:instead|rather than|not)\b", re.IGNORECASE)


def _one_figure(s: Signals, view: TurnView, figure: Figure) -> Found:
    """Whether the one figure is a number of units, an amount, or a difference to one of them."""
    card = view.proposal
    assert card is not None
    text = s.wording.text
    after, before = text[figure.end :], text[: figure.start]
    units = [n for n in card.lines.values() if n]
    less = _LESS.match(after) or _MINUS.search(before)
    sign = 1 if _MORE.match(after) or _ANOTHER.search(before) else -1 if less else 0
    is_money = _is_money(s, view, figure, len(units) == 1)
    if is_money is None:
        return UNCLEAR
    if is_money and sign:
        kind = "more" if sign > 0 else "less"
        return {"amount": slot({"kind": kind, "value": figure.value}, s, figure)}
    if is_money:
        told = figure.kind == "bare" or (figure.kind == "percent" and _INSTEAD_OF_IT.match(after))
        told = told or MAKES_IT.search(s.plain) is not None
        return {"amount": slot(figure.as_money(), s, figure)} if told else {}
    number = figure.whole
    if len(units) != 1 or number is None:
        return UNCLEAR
    if sign < 0 and number >= units[0]:
        return {"amount": slot({"kind": "less", "value": figure.value}, s, figure)}
    return {"quantity": slot({"more": sign * number} if sign else number, s, figure)}


def _is_money(s: Signals, view: TurnView, figure: Figure, counted: bool) -> bool | None:
    """Of the one figure: an amount or a number of units; None where it can be both."""
    if figure.kind in {"money", "percent"}:
        return True
    if figure.kind == "units":
        return _PART_OF_SUM.match(s.wording.text[figure.end :]) is not None and not counted_by(view, figure)
    if _UNIT_WORDS.search(s.plain):
        return False
    amount = view.slots.get("amount")
    by_amount = isinstance(amount, dict) and amount.get("kind") in {"exact", "percent"}
    old = [other for other in figures(s) if other.old]
    card = view.proposal
    if old and card is not None:
        fits = old[0].whole in card.lines.values()
        if fits != _same(old[0], card.amount):
            return not fits
    if _MONEY_WORDS.search(s.plain) or figure.whole is None:
        return True
    if by_amount:
        return True if not counted or not figure.text.isalpha() else None
    if not counted:
        return True
    most = (
        max((line.quantity for line in view.order.lines if line.id in card.lines), default=9)
        if (view.order and card)
        else 9
    )
    return not 0 < figure.whole <= most


_PART_OF_SUM = regex(r"\s?of (?:it|that|this)\b", re.IGNORECASE)


def counted_by(view: TurnView, figure: Figure) -> bool:
    """Whether there are so many units on the lines of the card."""
    ids = view.proposal.lines if view.proposal else {}
    most = max((line.quantity for line in view.order.lines if line.id in ids), default=0) if view.order else 0
    return figure.whole is not None and 0 < figure.whole <= most


def _same(figure: Figure, amount: str | None) -> bool:
    return amount is not None and float_free(amount) == float_free(figure.value)


def float_free(text: str) -> str:
    """Decimal text without trailing zeros, to compare what was said with what is shown."""
    return text.rstrip("0").rstrip(".") if "." in text else text
