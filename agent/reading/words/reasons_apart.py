"""Reasons of several orders in one breath: each order has the one that stands by it."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.reading.words.reasons import ReasonFound
from agent.reading.words.signals import Signals

_PLACE = "ORDERNO"


def of_each(s: Signals, orders: list[str]) -> dict[str, Signals]:
    """Of each order the clause with its own reasons alone; empty where they are not told one by one.

    "The candle on 4410 never came, and the tray on 4411 she does not want": a reason is of the order before it, or,
    where reasons come first ("it never came on 4410, and …"), of the order behind it.
    """
    told = _told_by(s)
    if set(told) != set(orders) or len({found[0].code for found in told.values()}) < len(told):
        return {}
    return {
        number: replace(s, reasons=[r for r in s.reasons if r in found]) for number, found in told.items()
    }


def _told_by(s: Signals) -> dict[str, list[ReasonFound]]:
    places = [match.start() for match in re.finditer(_PLACE, s.plain)]
    numbers = [str(span.value) for span in sorted(s.kind("order"), key=lambda span: span.start)]
    if len(places) != len(numbers) or not s.reasons:
        return {}
    reasons = sorted(s.reasons, key=lambda reason: reason.start)
    behind = reasons[0].start < places[0]
    told: dict[str, list[ReasonFound]] = {}
    for reason in reasons:
        before = sum(place < reason.start for place in places)
        at = min(before, len(places) - 1) if behind else before - 1
        told.setdefault(numbers[at], []).append(reason)
    return told
