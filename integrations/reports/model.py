"""A report. Amounts are whole minor units of the currency beside them; rates are shares of 1."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field


class Period(BaseModel):
    """From `since` on, and before `until`."""

    since: datetime
    until: datetime


class ScenarioRow(BaseModel):
    """Cases of one scenario that were begun in the period."""

    scenario: str
    cases: int = 0
    done: int = 0
    cancelled: int = 0
    handed_off: int = 0
    unfinished: int = 0
    abandoned: int = Field(0, description="Unfinished, and nothing happened for a day; part of `unfinished`.")
    median_minutes: float | None = Field(
        None, description="From the beginning to the end of those that are done."
    )
    p90_minutes: float | None = None


class ReasonRow(BaseModel):
    """Refunds of one reason."""

    currency: str
    reason: str
    refunds: int = 0
    amount: int = 0
    share: float = Field(0.0, description="Of all that was refunded in this currency.")


class ProductRow(BaseModel):
    """Refunds of one product, against what was sold of it in the same period."""

    currency: str
    sku: str
    title: str
    units: int = 0
    amount: int = 0
    sold: int = 0
    rate: float | None = Field(None, description="Units refunded for each unit sold; nothing sold: none.")


class DayRow(BaseModel):
    """Refunds of one day (UTC)."""

    currency: str
    day: str
    refunds: int = 0
    amount: int = 0


class SupplierRow(BaseModel):
    """What suppliers were asked to bear, and what they granted."""

    currency: str
    requests: int = 0
    requested: int = 0
    verdicts: int = 0
    recovered: int = 0
    rate: float | None = Field(None, description="Recovered of what was requested in the period.")


class WaiverRow(BaseModel):
    """Refunds without evidence, by the supervisor who waived it."""

    by: str
    refunds: int = 0


class Approvals(BaseModel):
    """Refunds that a second person confirmed."""

    second_person: int = 0
    over_limit: int = Field(
        0, description="Those that were above the proposer's limit; part of `second_person`."
    )


class StateRow(BaseModel):
    """Proposals of one kind by what became of them."""

    kind: str
    state: str
    proposals: int = 0


class Report(BaseModel):
    """All of a period. Refunds count once they are confirmed, by when they were proposed; failed ones do not."""

    period: Period
    cases: list[ScenarioRow] = Field(default_factory=list)
    refunds_by_reason: list[ReasonRow] = Field(default_factory=list)
    refunds_by_product: list[ProductRow] = Field(default_factory=list)
    refunds_by_day: list[DayRow] = Field(default_factory=list)
    supplier_recovery: list[SupplierRow] = Field(default_factory=list)
    waivers: list[WaiverRow] = Field(default_factory=list)
    approvals: Approvals = Field(default_factory=Approvals)
    proposals: list[StateRow] = Field(default_factory=list)
    truncated: bool = Field(
        False, description="More rows than are looked at in one report: choose a shorter period."
    )
