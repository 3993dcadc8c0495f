"""How like two cases are once numbers, names and goods are taken out: what is left is what a case is about."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz

from evals.cases import CaseShape, Say
from evals.order_shapes import OrderShape

COPY = 0.85
"""Two cases of the same facts, events and expectations, whose words are as like as this, are one and the same."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_KEPT_WORDS = {"kind", "state", "reason", "refused_with", "must_ask", "states", "handoff", "steps", "status"}


def frame(case: CaseShape) -> str:
    """Facts, events and the shape of what is expected, without what could be renamed."""
    names = _names(case)
    parts = [case.actor.role.value, json.dumps(case.merchant.settings, sort_keys=True), bool(case.ticket)]
    parts += [_order(order) for order in case.orders]
    for turn in case.turns:
        given = (
            {} if isinstance(turn, Say) else turn.model_dump(mode="json", exclude_unset=True, by_alias=True)
        )
        parts.append(_plain(json.dumps(given, sort_keys=True), names))
    parts.append(json.dumps(_expected(case.expect or {}), sort_keys=True))
    return "\n".join(map(str, parts))


def words(case: CaseShape) -> str:
    """What is said and what the ticket says, without names and numbers."""
    names = _names(case)
    said = [turn.say for turn in case.turns if isinstance(turn, Say)]
    return "\n".join(_plain(text, names) for text in [*said, case.ticket.body if case.ticket else ""])


def near_copies(cases: Sequence[CaseShape], least: float = COPY) -> Iterator[tuple[str, str, float]]:
    """Pairs that are as good as the same, with the likeness of their words from 0 to 1."""
    by_frame: dict[str, list[CaseShape]] = defaultdict(list)
    for case in cases:
        by_frame[frame(case)].append(case)
    for alike in by_frame.values():
        for one, other in combinations(alike, 2):
            likeness = fuzz.ratio(words(one), words(other)) / 100
            if likeness >= least:
                yield one.id, other.id, likeness


def _names(case: CaseShape) -> list[str]:
    found: set[str] = set()
    for order in case.orders:
        found |= {order.customer, *order.customer.split()}
        for line in order.lines:
            found |= {line.sku, line.title, *line.title.split()}
    return sorted((name.lower() for name in found if len(name) > 2), key=len, reverse=True)


def _plain(text: str, names: list[str]) -> str:
    text = text.lower()
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?:e?s)?(?!\w)", "x", text)
    return _NUMBER.sub("0", text)


def _order(order: OrderShape) -> str:
    """What the order is made of."""
    lines = Counter(
        (line.source, line.fulfilment, line.qty > 1, bool(line.discount.strip("0.")), bool(line.tax.strip("0.")),
         line.final_sale)
        for line in order.lines
    )  # fmt: skip
    payments = [(payment.dispute, payment.settlement, bool(payment.authorised)) for payment in order.payments]
    past = [
        *(refund.status for refund in order.prior_refunds),
        *((ret.status, ret.initiated_by, ret.reason) for ret in order.returns),
        *((review.status, review.kind) for review in order.supplier_reviews),
    ]
    extras = (bool(order.shipping.strip("0.")), bool(order.order_discount.strip("0.")), order.currency)
    return f"{sorted((kind, count > 1) for kind, count in lines.items())} {payments} {past} {extras} {bool(order.note)}"


def _expected(value: Any, kept: bool = False) -> Any:
    """The shape of what is expected: names of expectations and codes, without amounts and words."""
    if isinstance(value, dict):
        return {
            name if not name.startswith("#") and not name.isdigit() else "0": _expected(
                part, name in _KEPT_WORDS
            )
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [_expected(part, kept) for part in value]
    return value if kept or isinstance(value, bool) or value is None else "x"
