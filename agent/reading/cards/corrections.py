"""What a correction replaces: "2 units not 3", "actually 20 not 25", "the other mug"."""

from __future__ import annotations

import re
from typing import Any

from agent.commands import SlotValue
from agent.reading.cards.fee_values import fee_value
from agent.reading.cards.goods import FEW_WORDS, word
from agent.reading.facts.figures_said import OLD, figures
from agent.reading.facts.slots import fact_slots
from agent.reading.goods.items import Similar, mentions_of
from agent.reading.goods.lines import line_slots
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.values.money import exact
from agent.reading.values.spans import bare
from agent.reading.view import OrderView, TurnView
from agent.reading.words.shipping_said import NO_SHIPPING
from agent.reading.words.signals import Signals
from agent.reading.words.weak_reasons import told_outright

_DENIED = regex(
    r"\b(?:not|instead of|rather than)\s+(?:the |a |an |her |his |their )?(?P<p>[^,.;]+?)(?=$|[,.;]|\bbut\b)",
    re.IGNORECASE,
)
_CURRENCY = regex(
    r"\b(?:currency|in)\s(?:is|was|should be)?\s*(eur|usd|gbp|jpy|kwd|chf|cad|aud|sek|euros?"
    r"|dollars?|pounds?|yen)\b",
    re.I,
)
_CODES = {
    "euro": "EUR",
    "euros": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "pound": "GBP",
    "pounds": "GBP",
    "yen": "JPY",
}


_CONTRAST = regex(
    r"^(?:the )?\w+(?: one)?,? (?:and )?(?:not|instead of|rather than) (?:the )?\w+(?: one)?$", re.IGNORECASE
)
"""Beside goods it says which of them are meant ("green not red"), and not that the wrong ones came."""
_WRONG_ORDER = regex(r"\bwrong (?:one|order|number|person|customer|guy|lady|case|ticket|tab|line)\b")
"""Beside another order it says what was mistaken, and not why money goes back."""


def _without_mistaken(s: Signals, found: dict[str, SlotValue]) -> None:
    """Leave out a reason read from what says which order or goods are meant, and which are not."""
    of_order = "order" in found and _WRONG_ORDER.search(s.plain)
    of_goods = "line" in found and "reason" in found and _CONTRAST.search(found["reason"].span)
    if of_order or of_goods:
        for name in ("reason", "issue"):
            found.pop(name, None)


def correction_slots(s: Signals, view: TurnView, similar: Similar) -> dict[str, SlotValue]:
    """The facts that replace earlier ones; what is named as the old value ("not 3") is left out."""
    text = s.wording.text
    kept = [span for span in s.spans if not OLD.search(text[: span.start])]
    now = Signals(s.wording, kept, s.found, s.reasons)
    found = fact_slots(now)
    whole = found.get("amount")
    if view.proposal is not None and whole is not None and _in_passing(whole, s):
        found.pop("amount")
    if not _moves_goods(view):
        found.pop("label", None)
    if view.proposal is not None and not told_outright(now):
        for name in ("reason", "issue"):
            found.pop(name, None)
    if NO_SHIPPING.search(s.plain):
        found["shipping"] = SlotValue(value=exact("0", None), span=text.strip())
    for span in now.kind("order"):
        found["order"] = SlotValue(value=span.value, span=span.text)
    found |= line_slots(now, _order(now, view), similar, _chosen(view))
    without_denied(text, view, found)
    _without_mistaken(s, found)
    if view.order is None and "item" in found and ("quantity" in found or "amount" in found):
        found.pop("item") if _vague(found["item"]) else None
    told = len(s.plain.split()) <= FEW_WORDS or word("marks", s) is not None
    meant = {figure.start for figure in figures(now)} if told or view.proposal is None else set()
    numbers = [span for span in now.kind("number") if span.start in meant] or _made(now)
    if numbers and not found.keys() & {"quantity", "amount", "line"}:
        name, value = _fee_under_review(numbers[0], view, s) or _bare_number(
            numbers[0], s.kind("number"), view, s.plain
        )
        found[name] = SlotValue(value=value, span=numbers[0].text)
    currency = _CURRENCY.search(text)
    if currency and "amount" not in found:
        code = currency.group(1).lower()
        found["amount"] = SlotValue(
            value=_in_currency(view, _CODES.get(code, code.upper())), span=currency.group(1)
        )
    return found


_MAKE = regex(r"\b(?:make|change) (?:it|that|this|them)\s(?:to |into |just |only )*$", re.IGNORECASE)


def _made(s: Signals) -> list[Span]:
    """The number in words that something is to be changed to ("make that three")."""
    text = s.wording.text
    told = [figure for figure in figures(s) if figure.whole and _MAKE.search(text[: figure.start])]
    return [Span("number", figure.start, figure.end, figure.text, figure.value) for figure in told]


def _in_passing(amount: SlotValue, s: Signals) -> bool:
    """Whether "everything" says something else ("she returned everything already")."""
    return (
        amount.value == {"kind": "full"}
        and amount.span.lower() == "everything"
        and word("everything", s) is None
    )


def _order(s: Signals, view: TurnView) -> OrderView | None:
    """The order whose goods are named: the one that takes the other's place, where one does."""
    named = {bare(str(span.value)) for span in s.kind("order")}
    if not named:
        return view.order
    return next((order for order in view.orders if bare(order.number) in named), None)


def _moves_goods(view: TurnView) -> bool:
    """Whether goods come back in what is corrected, so that a label may be meant."""
    return "return" in (view.flow or "") or bool(view.proposal and "return" in view.proposal.kind)


def without_denied(text: str, view: TurnView, found: dict[str, SlotValue]) -> None:
    """Leave out lines that are named as the old ones ("not the mug, the lamp")."""
    if view.order is None or "line" not in found:
        return
    said = " ".join(match.group("p") for match in _DENIED.finditer(text))
    denied = {line for mention in mentions_of(said, view.order.lines) for line in mention.lines}
    left = [entry for entry in found["line"].value if entry["line"] not in denied]
    if not left and view.proposal is not None:
        found.pop("line")
    elif left and len(left) < len(found["line"].value):
        found["line"] = SlotValue(value=left, span=text.strip())


def _vague(item: SlotValue) -> bool:
    return len(str(item.value["text"])) < 3


def _chosen(view: TurnView) -> list[str]:
    entries = view.slots.get("line")
    return (
        [str(entry["line"]) for entry in entries if isinstance(entry, dict) and "line" in entry]
        if isinstance(entries, list)
        else []
    )


def _in_currency(view: TurnView, code: str) -> dict[str, Any]:
    amount = view.slots.get("amount")
    value = amount.get("value") if isinstance(amount, dict) else None
    return exact(str(value), code) if value else {"kind": "exact", "value": None, "currency": code}


_UNITS = r"\b(?:units?|pieces?|quantity|items?)\b"


def _fee_under_review(new: Span, view: TurnView, s: Signals) -> tuple[str, Any] | None:
    """The fee of a request under review that a bare number is for: the one that is named, else the one agreed."""
    figure = next((figure for figure in figures(s) if figure.start == new.start), None)
    agreed = [name for name in ("return_fee", "restocking_fee") if name in view.slots]
    name = "restocking_fee" if "restock" in s.plain else agreed[0] if len(agreed) == 1 else ""
    if view.flow != "review_return" or not name or figure is None or re.search(_UNITS, s.plain):
        return None
    value = fee_value(view, name, figure, s)
    return (name, value) if value["kind"] in {"exact", "percent"} else None


def _bare_number(new: Span, numbers: list[Span], view: TurnView, plain: str) -> tuple[str, Any]:
    """Whether a bare number is a quantity or an amount: by what it replaces, by the words, by its size."""
    old = [span.value for span in numbers if span is not new]
    amount = view.slots.get("amount")
    amounts = {str(amount.get("value", "")).split(".")[0]} if isinstance(amount, dict) else set()
    if view.proposal and view.proposal.amount:
        amounts.add(re.sub(r"[^\d.]", "", view.proposal.amount).split(".")[0])
    quantity = view.slots.get("quantity")
    if (old and old[0] in amounts) or re.search(r"\b(?:amount|refund|price|fee)\b", plain):
        return "amount", exact(new.value, None)
    if (old and str(quantity) == old[0]) or re.search(_UNITS, plain):
        return "quantity", int(new.value)
    most = max((line.quantity for line in view.order.lines), default=9) if view.order else 9
    if view.pending and view.pending.slot in {"amount", "quantity"}:
        return (
            view.pending.slot,
            exact(new.value, None) if view.pending.slot == "amount" else int(new.value),
        )
    return ("quantity", int(new.value)) if 0 < int(new.value) <= most else ("amount", exact(new.value, None))
