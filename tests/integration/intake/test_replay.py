"""Importing and replaying the packaged slice of a real shop's data."""

from __future__ import annotations

import pytest

from integrations.demo.cut import SLICE
from integrations.intake.sales import import_online_retail
from integrations.replay import NotFresh, replay_online_retail
from tests.builders import MERCHANT
from tests.unit.intake.test_online_retail import HEADER, WORTH, a_row


async def test_every_matched_credit_is_paid_to_the_penny_and_the_others_are_refused():
    result = await replay_online_retail(SLICE, progress=False)
    assert result.pop("seconds") > 0
    assert result == {
        "credit_lines": 690,
        "matched": 596,
        "refunded_total": WORTH,
        "no_customer": 0,
        "unmatched": 94,
        "refused": {},
        "ledger_sum": 0,
        "over_refunded_orders": 0,
    }


async def test_two_credits_of_one_minute_on_one_order_are_both_paid(tmp_path):
    path = tmp_path / "retail.csv"
    rows = [a_row("1"), a_row("C1", quantity=-2, day=2), a_row("C2", quantity=-3, day=2)]
    path.write_text("\n".join([HEADER, *rows]))
    result = await replay_online_retail(path, progress=False)
    assert (result["matched"], result["refunded_total"], result["refused"]) == (2, "12.75", {})


async def test_a_matched_line_that_cannot_be_paid_is_counted_by_its_rule(tmp_path):
    path = tmp_path / "retail.csv"
    rows = [
        a_row("1"),
        a_row("1", code="PADS", price="0.001"),
        a_row("C1", code="PADS", quantity=-1, price="0.001", day=2),
    ]
    path.write_text("\n".join([HEADER, *rows]))
    result = await replay_online_retail(path, progress=False)
    assert (result["matched"], result["refused"]) == (1, {"amount_precision": 1})


async def test_a_database_is_replayed_into_once(tmp_path):
    path = tmp_path / "retail.csv"
    path.write_text("\n".join([HEADER, a_row("1")]))
    url = f"sqlite:///{tmp_path}/replay.db"
    await replay_online_retail(path, url, progress=False)
    with pytest.raises(NotFresh):
        await replay_online_retail(path, url, progress=False)


async def test_an_import_of_invoices_counts_what_it_left_out(store, tmp_path):
    path = tmp_path / "retail.csv"
    rows = [a_row("1"), a_row("2", price="0"), a_row("3", title=""), a_row("C1", quantity=-1)]
    path.write_text("\n".join([HEADER, *rows]))
    report = await import_online_retail(store, MERCHANT, path)
    assert (report.imported, report.existing, report.rejected_rows) == (2, 0, 1)
    assert report.facts == {"invoices": 3, "without_sale": 1, "credit_notes": 1}
    again = await import_online_retail(store, MERCHANT, path)
    assert (again.imported, again.existing) == (0, 2)
