"""Yes, no, and numbers in answers: units, amounts, fees."""

from __future__ import annotations

import re
from typing import Any

from agent.commands import SlotValue
from agent.reading.facts.coming_back import part_of_all
from agent.reading.facts.figures_said import Figure, distinct, figures
from agent.reading.facts.possible_figures import (
    counted,
    counts_goods,
    is_sum_of_card,
    is_sum_of_order,
    less,
    no_relation,
    possible,
)
from agent.reading.facts.price_now import with_price_now
from agent.reading.facts.what_is_left import number_left, says_what_is_left
from agent.reading.goods.items import Similar
from agent.reading.text.numerals import NUMBER_WORDS
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.values.money import currency_of, exact
from agent.reading.values.orders import bare
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals
from agent.reading.words.supplier_words import CLAIMS

_YES = regex(
    r"^(?:oh |well |ok |okay |hm+ |, )*(?:yes|yeah|yep|sure|ok(?:ay)?|correct|right"
    r"|definitely|absolutely|of course|true|indeed|please do|please|affirmative|it does"
    r"|it must|it should|it has to|she does|he does|they do|must|needs to|it is|do it|do"
    r"|exactly|fine|agreed|that's right|go ahead|sounds good)\b"
)

_NO = regex(
    r"^(?:oh |well |ok |okay |hm+ |, )*(?:no|nah|naw|not|nope|none|never|nothing|without|negative|no need"
    r"|skip|don't|it doesn't|she doesn't|he doesn't|they don't|it does not|false|zero|free|n/a"
    r"|neither)\b"
)


_AMOUNTS = frozenset({"amount", "review_amount", "return_fee", "restocking_fee", "return_cost", "shipping"})
_MAKE_IT = regex(
    r"\b(?:make (?:it|that)|it is|it's|it was|should (?:be|read|say)|i meant|i mean|rather)\s(?:just |only |about )?$",
    re.IGNORECASE,
)


def _is_made_it(before: str) -> bool:
    """Whether a number is what something is to be, and no order is spoken of ("i read the wrong tag, it is 2800")."""
    return bool(_MAKE_IT.search(before)) and not re.search(r"\b(?:order|invoice)\b", before, re.IGNORECASE)


_TAKES_OFF = regex(
    r"\btake (?:another |the |about |[€$£]\s?)?[\d.,]+\s?\w{0,7} off(?: (?:it|that|this|the \w+))?(?! .*\binstead)",
    re.I,
)
"""At a card a sum is taken off what stands on it ("take 3 off")."""


def answering(spans: list[Span], text: str, view: TurnView) -> list[Span]:
    """`spans` with bare numbers as what is asked for: where an amount is, 1000 is no order that is not there."""
    known = {bare(order.number) for order in (*view.orders, *([view.order] if view.order else []))}
    asked = view.pending is not None and view.pending.slot in _AMOUNTS
    asked = asked or (view.order is not None and CLAIMS.search(text) is not None)

    def plain_number(span: Span) -> bool:
        return (
            span.kind == "order"
            and span.text.isdigit()
            and bare(span.text) not in known
            and (
                asked
                or bool(view.proposal and _is_made_it(text[: span.start]))
                or is_sum_of_card(span, text, view)
            )
            and not re.search(r"\b(?:order|ord|invoice|no|number)\b\W*$", text[: span.start], re.IGNORECASE)
        )

    def as_figure(span: Span) -> Span:
        if bare(span.text) not in known and is_sum_of_order(span, text, view):
            return Span("money", span.start, span.end, span.text, exact(span.text, None))
        return Span("number", span.start, span.end, span.text, span.text) if plain_number(span) else span

    read = [as_figure(span) for span in possible(with_price_now(spans, text, view), text, view)]
    read = [counts_goods(counted(span, view), text, view) for span in read] if view.proposal is None else read
    if view.proposal is not None and "return" in view.proposal.write:
        return [
            no_relation(span) for span in read
        ]  # A fee is what is told, not what is left of the goods' price.
    taken = _TAKES_OFF.search(text) if view.proposal and view.slots.get("amount") else None
    return [less(span) if taken and taken.start() <= span.start < taken.end() else span for span in read]


def says_yes(s: Signals) -> bool:
    """Whether the clause is a yes."""
    return bool(_YES.match(s.plain)) and not re.search(r"\b(?:not|don't|no)\b", s.plain)


def says_no(s: Signals) -> bool:
    """Whether the clause is a no."""
    return bool(_NO.match(s.plain))


def said(s: Signals, value: Any, span: Span | None = None) -> SlotValue:
    """A value with the words it was read from."""
    return SlotValue(value=value, span=span.text if span else s.wording.text.strip())


_LEADS = regex(
    r"^\W*(?:(?:ah|oh|ups|oops|whoops|sorry|no|nope|wait|typo|hm+|ok|okay|correction|my bad|my mistake|mistyped"
    r"|actually|well|it's|its"
    r"|make it|make that|just|only|i (?:mean|meant)|meant"
    r"|should be|should have been|should've been|then|please|a)\b\W*)+$",
    re.IGNORECASE,
)


def told_instead(s: Signals) -> Figure | None:
    """The one figure that takes the place of another ("no, 3 not 30"); nothing where there is none or are several."""
    told = figures(s)
    new = distinct([figure for figure in told if not figure.old])
    if len(new) != 1:
        return None
    leads = _LEADS.match(s.wording.text[: new[0].start]) is not None
    return new[0] if leads or any(figure.old for figure in told) else None


_ONE_OF_THEM = regex(
    r"\b(?:the|that|another) (?:second|third|fourth|2nd|3rd|other|further|last|next)(?: \w+)? (?!times?\b)(?!\w+s\b)\w+"
)
"""A single unit told by its place ("the second missing candle")."""


_ONLY_ONE = regex(
    r"\b(?:only|just) (?:the |that )?(?:(?:first|second|third|fourth|fifth|last|other|remaining|single|third"
    r"|left ?over) )?(?:one|1)\b"
    r"(?! of)"
)
"""The single unit that is left, with other numbers only told of ("two are in the post, then only the third one")."""


def quantity(s: Signals, view: TurnView, _similar: Similar) -> SlotValue | None:
    """A number of units: the one that takes the place of another, the one that was offered, else the one said."""
    if says_what_is_left(s.plain):
        return said(s, _all_of(view))
    offered = {option.value for option in view.pending.options} if view.pending else set()
    if (left := number_left(s.plain)) is not None and left in offered:
        return said(s, left)
    return part_of_all(s) or _units_instead(s) or _offered_one(s, view) or _number_said(s, view)


def _units_instead(s: Signals) -> SlotValue | None:
    """The number that takes the place of another one."""
    instead = told_instead(s)
    if instead is None or instead.kind not in {"bare", "units"} or instead.whole is None:
        return None
    return SlotValue(value=instead.whole, span=instead.text)


def _offered_one(s: Signals, view: TurnView) -> SlotValue | None:
    """Of several numbers the one that was offered; a single unit told by its place."""
    offered = {o.value for o in view.pending.options} if view.pending else set()
    numbers = [f.whole for f in figures(s)]
    legal = {n for n in numbers if n in offered}
    if not legal and 1 in offered and _ONLY_ONE.search(s.plain):
        return said(s, 1)
    if len(set(numbers)) > 1 and len(legal) == 1:
        return said(s, legal.pop())
    return said(s, 1) if not numbers and 1 in offered and _ONE_OF_THEM.search(s.plain) else None


def _number_said(s: Signals, view: TurnView) -> SlotValue | None:
    for span in s.kind("quantity"):
        return said(s, _all_of(view) if span.value == "all" else span.value, span)
    for span in s.kind("number"):
        return said(s, int(span.value), span)
    for span in s.kind("money") + s.kind("order"):
        if span.kind == "money" and span.value["kind"] == "full":
            return said(s, _all_of(view), span)
        if span.text.isdigit() and not _is_relative(span):
            return said(s, int(span.text), span)
    for word in re.findall(r"[a-z]+", s.plain):
        if word in NUMBER_WORDS:
            return said(s, NUMBER_WORDS[word])
    if re.match(r"^(?:all|everything|both|max\w*|the lot)\b", s.plain):
        return said(s, _all_of(view))
    if re.match(r"^(?:just |only )?(?:the |a )?(?:single|one)\b", s.plain):
        return said(s, 1)
    return None


def _is_relative(span: Span) -> bool:
    """Whether it is an amount told by a relation ("minus 10"): no number of units."""
    return span.kind == "money" and span.value["kind"] in {"less", "up_to"}


def _all_of(view: TurnView) -> Any:
    """How many "all" is, where the open line tells it; else the word itself."""
    numbers = (
        [option.value for option in view.pending.options if isinstance(option.value, int)]
        if view.pending
        else []
    )
    if numbers:
        return max(numbers)
    chosen = view.slots.get("line")
    ids = (
        [entry.get("line") for entry in chosen if isinstance(entry, dict)] if isinstance(chosen, list) else []
    )
    lines = view.order.lines if view.order else []
    fitting = [line for line in lines if line.id in ids] or (lines if len(lines) == 1 else [])
    return fitting[0].quantity if len(fitting) == 1 else "all"


def money(s: Signals, *_: Any) -> SlotValue | None:
    """An amount, by sign, bare number or share."""
    if (instead := told_instead(s)) is not None and any(figure.old for figure in figures(s)):
        return SlotValue(value=instead.as_money(), span=instead.text)
    for span in s.kind("money"):
        return said(s, span.value, span)
    for kind in ("number", "order", "quantity"):
        for span in s.kind(kind):
            digits = re.search(r"-?\d+", str(span.value) if kind == "number" else span.text)
            if span.value == "all":
                return said(s, {"kind": "full"}, span)
            if digits:
                return said(s, exact(digits.group(), None), span)
    if re.search(r"\bhalf\b", s.plain):
        return said(s, {"kind": "percent", "value": "50"})
    return None


_OF_NO_GOODS = frozenset({"goodwill", "price_adjustment", "late_delivery"})
"""Reasons for a sum of its own: no bare yes makes it all that is left."""


def amount(s: Signals, view: TurnView | None = None, *_: Any) -> SlotValue | None:
    """An amount, or everything that is left."""
    if says_what_is_left(s.plain):
        return said(s, {"kind": "full"})
    found = money(s)
    if found is None and (currency := currency_of(s.wording.text)) is not None:
        return said(s, {"kind": "exact", "value": None, "currency": currency})
    own = view is not None and view.slots.get("reason") in _OF_NO_GOODS
    if found is None and (
        (says_yes(s) and not own)
        or re.search(
            r"\b(?:all|everything|full|max\w*|suggested|whole|that amount|that's fine|as suggested"
            r"|what(?:ever)?(?: is|'s)? (?:still )?(?:left|there|open|possible)|is left|remain\w*|the rest|the lot)\b"
            r"|\bwhat(?:ever)? (?:it|they|that|she|he|(?:the |this )?\w+)(?: has| have|'s|'d| had| really| actually)?"
            r" (?:paid|costs?|spent|was worth|is worth)\b",
            s.plain,
        )
    ):
        return said(s, {"kind": "full"})
    return found


def _plain(found: SlotValue | None) -> SlotValue | None:
    """The sum itself where it was told by a relation ("minus 5" as a fee is 5)."""
    if found is None or found.value.get("kind") not in {"less", "up_to"}:
        return found
    return SlotValue(value={**found.value, "kind": "exact"}, span=found.span)


def fee(s: Signals, *_: Any) -> SlotValue | None:
    """A fee, or none."""
    instead = told_instead(s)
    found = _plain(money(s))
    if instead is not None and (found is None or instead.kind == "bare"):
        found = SlotValue(value=instead.as_money(), span=instead.text)
    if found is not None and found.value not in ({"kind": "full"}, exact("0", None)):
        return found
    return (
        said(s, {"kind": "none"})
        if found or says_no(s) or re.search(r"\b(?:no fees?|none|waive\w*|free)\b", s.plain)
        else None
    )


_HALF_OF_IT = regex(r"\bhalf (?:of )?(?:the |its |her |his )?(?:shipping|postage|delivery|freight)\b")


def shipping(s: Signals, *_: Any) -> SlotValue | None:
    """The shipping part."""
    if says_no(s):
        return said(s, exact("0", None))
    if (half := _HALF_OF_IT.search(s.plain)) is not None:
        return SlotValue(
            value={"kind": "percent", "value": "50"}, span=s.wording.origin(half.start(), half.end())
        )
    return _plain(amount(s)) or (said(s, {"kind": "full"}) if "shipping" in s.plain else None)
