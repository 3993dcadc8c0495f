"""Counting: rows in, a report out. Nothing here reads a database or a clock."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import Any

from integrations.reports.model import (
    Approvals,
    DayRow,
    Period,
    ProductRow,
    ReasonRow,
    Report,
    ScenarioRow,
    StateRow,
    SupplierRow,
    WaiverRow,
)

ABANDONED = timedelta(days=1)
MOST_PRODUCTS = 200
_ASKED = "request_supplier_review"
_GIVEN = frozenset({"confirmed", "executed"})
_ENDED = frozenset({"done", "cancelled", "handed_off"})


class Count:
    """Takes rows in any order and keeps sums only."""

    def __init__(self, period: Period, now: datetime) -> None:
        self._period, self._now = period, now
        self._scenarios: dict[str, ScenarioRow] = {}
        self._minutes: dict[str, list[float]] = defaultdict(list)
        self._reasons: dict[tuple[str, str], ReasonRow] = {}
        self._products: dict[tuple[str, str], ProductRow] = {}
        self._days: dict[tuple[str, str], DayRow] = {}
        self._suppliers: dict[str, SupplierRow] = {}
        self._waivers: dict[str, WaiverRow] = {}
        self._states: dict[tuple[str, str], StateRow] = {}
        self._approvals = Approvals()
        self._sold: dict[tuple[str, str], int] = defaultdict(int)
        self.truncated = False

    def case(self, begun: datetime, doc: dict[str, Any]) -> None:
        """One case; `begun` is its row's."""
        row = self._scenarios.setdefault(doc["flow"], ScenarioRow(scenario=doc["flow"]))
        ended = datetime.fromisoformat(doc["updated_at"])
        row.cases += 1
        if doc["status"] in _ENDED:
            setattr(row, doc["status"], getattr(row, doc["status"]) + 1)
            if doc["status"] == "done":
                self._minutes[doc["flow"]].append((ended - begun).total_seconds() / 60)
            return
        row.unfinished += 1
        if self._now - ended >= ABANDONED:
            row.abandoned += 1

    def proposal(self, made: datetime, doc: dict[str, Any], *, over_limit: bool) -> None:
        """One proposal; `over_limit`: it was above its proposer's limit."""
        key = (doc["kind"], doc["state"])
        self._states.setdefault(key, StateRow(kind=key[0], state=key[1])).proposals += 1
        if doc["state"] not in _GIVEN:
            return
        if doc["kind"] == "refund":
            self._refund(made, doc)
            if doc["confirmed_by"] != doc["created_by"]:
                self._approvals.second_person += 1
                self._approvals.over_limit += over_limit
        elif doc["kind"] in (_ASKED, "supplier_verdict"):
            self._supplier(doc)

    def sale(self, doc: dict[str, Any]) -> None:
        """One order that was placed in the period."""
        for line in doc["lines"]:
            self._sold[doc["currency"], line["sku"]] += line["quantity"]

    def _refund(self, made: datetime, doc: dict[str, Any]) -> None:
        seen = doc["preview"]
        currency, amount, reason = seen["currency"], seen["amount"] or 0, seen["reason"] or "return"
        by_reason = self._reasons.setdefault((currency, reason), ReasonRow(currency=currency, reason=reason))
        by_reason.refunds, by_reason.amount = by_reason.refunds + 1, by_reason.amount + amount
        day = made.date().isoformat()
        by_day = self._days.setdefault((currency, day), DayRow(currency=currency, day=day))
        by_day.refunds, by_day.amount = by_day.refunds + 1, by_day.amount + amount
        for line in seen["lines"]:
            key = (currency, line["sku"])
            product = self._products.setdefault(
                key, ProductRow(currency=currency, sku=line["sku"], title=line["title"])
            )
            product.units, product.amount = product.units + line["quantity"], product.amount + line["amount"]
        if by := seen["waived_by"]:
            self._waivers.setdefault(by, WaiverRow(by=by)).refunds += 1

    def _supplier(self, doc: dict[str, Any]) -> None:
        currency, amount = doc["preview"]["currency"], doc["preview"]["amount"] or 0
        row = self._suppliers.setdefault(currency, SupplierRow(currency=currency))
        if doc["kind"] == _ASKED:
            row.requests, row.requested = row.requests + 1, row.requested + amount
        else:
            row.verdicts, row.recovered = row.verdicts + 1, row.recovered + amount

    def report(self) -> Report:
        """What it adds up to, the largest first."""
        for name, row in self._scenarios.items():
            row.median_minutes, row.p90_minutes = _middle(self._minutes[name])
        totals: dict[str, int] = defaultdict(int)
        for reason in self._reasons.values():
            totals[reason.currency] += reason.amount
        for reason in self._reasons.values():
            reason.share = _share(reason.amount, totals[reason.currency]) or 0.0
        for key, product in self._products.items():
            product.sold = self._sold[key]
            product.rate = _share(product.units, product.sold)
        for supplier in self._suppliers.values():
            supplier.rate = _share(supplier.recovered, supplier.requested)
        return Report(
            period=self._period,
            cases=sorted(self._scenarios.values(), key=lambda row: (-row.cases, row.scenario)),
            refunds_by_reason=sorted(self._reasons.values(), key=lambda r: (r.currency, -r.amount, r.reason)),
            refunds_by_product=sorted(self._products.values(), key=lambda r: (r.currency, -r.amount, r.sku))[
                :MOST_PRODUCTS
            ],
            refunds_by_day=sorted(self._days.values(), key=lambda row: (row.currency, row.day)),
            supplier_recovery=sorted(self._suppliers.values(), key=lambda row: row.currency),
            waivers=sorted(self._waivers.values(), key=lambda row: (-row.refunds, row.by)),
            approvals=self._approvals,
            proposals=sorted(self._states.values(), key=lambda row: (row.kind, row.state)),
            truncated=self.truncated,
        )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _middle(minutes: list[float]) -> tuple[float | None, float | None]:
    """Median and 90th percentile, to a tenth of a minute."""
    if not minutes:
        return None, None
    high = quantiles(minutes, n=10, method="inclusive")[-1] if len(minutes) > 1 else minutes[0]
    return round(median(minutes), 1), round(high, 1)
