"""Short texts a model writes for slot values ("50%", "2 x1", "good 2, damaged 1") as typed values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from agent.reading.grounding.said import MONEY_SLOTS
from agent.reading.text.numerals import word_value
from agent.reading.text.patterns import regex
from agent.reading.values.money import decimal_text, exact, money_spans
from agent.reading.view import LineView, TurnView

_LINE = regex(
    r"(?P<line>[\w./-]+?)(?:\s*[x×*]\s*(?P<n>\d{1,4}))?(?:\s*@\s*(?P<amount>\S+(?: [A-Z]{3})?))?", re.I
)
_PLAIN_NUMBER = regex(r"-?\d[\d.,'\u00a0\u202f]*")
_STATE = r"good|damaged|missing"
_SEEN = regex(rf"(?P<a>{_STATE})\W{{0,3}}(?P<n>\d{{1,3}})|(?P<n2>\d{{1,3}})\W{{0,3}}(?P<b>{_STATE})", re.I)
_ALL = frozenset({"all", "everything", "full", "both"})
_FREE = frozenset({"none", "no", "free", "waived"})
_TRUE, _FALSE = frozenset({"true", "yes"}), frozenset({"false", "no"})
_CODES = frozenset(
    "reason issue return_reason reject_reason decision label review_kind verdict draft language".split()
)


def typed(slot: str, value: Any, said: str, view: TurnView) -> Any:
    """The typed value, or nothing when it cannot be one. A value that is not a text is left to the validator."""
    if value is None or value == "":
        return None
    chosen = _chosen(slot, value, view)
    if chosen is not None:
        return chosen
    try:
        if slot == "line":
            return _lines(value, view)
        if isinstance(value, str):
            return _of_text(slot, value.strip(), said, view)
    except ValueError:
        return None
    return str(value) if slot in {"order", "tracking", "return_id"} and type(value) is int else value


def _of_text(slot: str, text: str, said: str, view: TurnView) -> Any:
    if slot in MONEY_SLOTS:
        return _money(text, view)
    if slot in _CODES:
        return re.sub(r"[\s-]+", "_", text.lower())
    read = _READERS.get(slot)
    return read(text, said) if read else text


def _chosen(slot: str, value: Any, view: TurnView) -> Any:
    """The value of an offered choice that was named by its label."""
    pending = view.pending
    if pending is None or pending.slot != slot or not isinstance(value, str):
        return None
    wanted = value.strip().casefold()
    fitting = [o.value for o in pending.options if wanted in {o.label.casefold(), str(o.value).casefold()}]
    return fitting[0] if len(fitting) == 1 else None


def numbered_lines(view: TurnView) -> list[LineView]:
    """The lines of every order in view, the topic's first: a model names them by their place in here."""
    orders = [*([view.order] if view.order else []), *view.orders]
    return list({line.id: line for order in orders for line in order.lines}.values())


def _lines(value: Any, view: TurnView) -> Any:
    lines = numbered_lines(view)
    if isinstance(value, str) and value.strip().lower() in _ALL:
        topic = view.order.lines if view.order else []
        return [{"line": line.id, "quantity": None, "amount": None} for line in topic] or None
    if isinstance(value, list):
        return [_renamed(entry, lines) for entry in value]
    entries = []
    for part in re.split(r"\s*[;,]\s+|\s*;\s*|,(?=\d+\s*(?:[x@]|$|,))", str(value)):
        match = _LINE.fullmatch(part.strip().removeprefix("#"))
        if match is None:
            return None
        amount = _money(match.group("amount"), view) if match.group("amount") else None
        if match.group("amount") and amount is None:
            return None
        units = int(match.group("n")) if match.group("n") else None
        entries.append({"line": _id(match.group("line"), lines), "quantity": units, "amount": amount})
    return entries


def _renamed(entry: Any, lines: list[LineView]) -> Any:
    if isinstance(entry, dict) and entry.get("line") not in {line.id for line in lines}:
        return {**entry, "line": _id(str(entry.get("line")), lines)}
    return entry


def _id(named: str, lines: list[LineView]) -> str:
    """The id of the line at that place; what is no place is left for the validator to judge."""
    if named.isdecimal() and 0 < int(named) <= len(lines):
        return lines[int(named) - 1].id
    return next((line.id for line in lines if line.sku and line.sku.casefold() == named.casefold()), named)


def _money(text: str, view: TurnView) -> Any:
    low = text.lower()
    if low in _ALL:
        return {"kind": "full"}
    if low in _FREE:
        return {"kind": "none"}
    currency = view.order.currency if view.order else None
    if _PLAIN_NUMBER.fullmatch(text):
        return exact(decimal_text(text, currency), None)
    spans = money_spans(text, currency)
    if len(spans) == 1:
        return spans[0].value
    number = word_value(text)
    if low in {"half", "quarter"}:
        return {"kind": "percent", "value": "50" if low == "half" else "25"}
    return exact(str(number), None) if number is not None else None


def _count(text: str, said: str) -> Any:
    return "all" if text.lower() in _ALL else word_value(text)


def _truth(text: str, said: str) -> Any:
    low = text.lower()
    return True if low in _TRUE else False if low in _FALSE else None


def _item(text: str, said: str) -> Any:
    return {"text": text, "candidates": []}


def _evidence(text: str, said: str) -> Any:
    kind, _, rest = text.partition(":")
    kind = kind.strip().lower()
    words = rest.strip() or said
    return {"kind": kind, "text": words if kind == "description" else None}


def _waiver(text: str, said: str) -> Any:
    truth = _truth(text, said)
    return text if truth is None else truth


def _inspection(text: str, said: str) -> Any:
    if re.fullmatch(r"all[ _]good|good", text.lower()):
        return "all_good"
    seen = {"good": 0, "damaged": 0, "missing": 0}
    found = list(_SEEN.finditer(text))
    for match in found:
        state = (match.group("a") or match.group("b")).lower()
        seen[state] += int(match.group("n") or match.group("n2"))
    return [{"line": None, **seen}] if found else None


_READERS: dict[str, Callable[[str, str], Any]] = {
    "quantity": _count,
    "retract_issue": _truth,
    "cancel_order": _truth,
    "return_needed": _truth,
    "item": _item,
    "evidence": _evidence,
    "waiver_note": _waiver,
    "inspection": _inspection,
}
