"""Importing order documents into a real database."""

from __future__ import annotations

import gzip
import io
import json

import pytest

from domain.balances.model import Account
from domain.balances.service import current_balances
from integrations.intake import documents as module
from integrations.intake.documents import import_documents
from tests.builders import MERCHANT
from tests.unit.intake.papers import a_line, a_paper, paid


async def load(store, text, **options):
    content = text if isinstance(text, bytes) else text.encode()
    return await import_documents(store, MERCHANT, io.BytesIO(content), **options)


def lines_of(*papers):
    return "\n".join(json.dumps(paper) for paper in papers)


async def balances(store):
    return await store.write(MERCHANT, lambda uow: current_balances(uow, "EUR"))


async def ledger_sum(store):
    return await store.read(MERCHANT, lambda uow: uow.ledger.sum())


async def test_good_rows_come_in_and_bad_ones_are_named_by_line_field_and_rule(store):
    text = "\n".join(
        [
            lines_of(a_paper(number="#1")),
            "",
            "{not json",
            lines_of(a_paper(number="#2", lines=[a_line(quantity=0), a_line(unit_price="1.001")])),
            lines_of(a_paper(number="#3", currency="JPY", lines=[a_line(unit_price="1.5")], payments=[])),
            lines_of(a_paper(number="#4", refunds=[{"amount": "20.01"}])),
            lines_of(a_paper(number="#5")),
        ]
    )
    report = await load(store, text)
    assert (report.imported, report.existing, report.rejected_rows) == (2, 0, 4)
    assert [(p.line, p.field, p.rule) for p in report.rejected] == [
        (3, "row", "field_invalid"),
        (4, "lines[0].quantity", "field_invalid"),
        (5, "lines[0].unit_price", "amount_precision"),
        (6, "refunds[0].amount", "refund_exceeds_remaining"),
    ]
    found = await store.read(MERCHANT, lambda uow: [uow.orders.by_number(n) for n in ("1", "2", "5")])
    assert [order is not None for order in found] == [True, False, True]


async def test_the_same_file_again_imports_nothing_and_moves_nothing(store):
    text = lines_of(a_paper(number="#1"), a_paper(number="#2"), a_paper(number=" 1 "))
    first = await load(store, text)
    before = await balances(store)
    again = await load(store, text)
    assert (first.imported, first.existing) == (2, 1)
    assert (again.imported, again.existing) == (0, 3)
    assert await balances(store) == before


async def test_a_corrected_file_adds_only_what_was_missing(store):
    await load(store, lines_of(a_paper(number="#1"), a_paper(number="#2", currency="XXX")))
    report = await load(store, lines_of(a_paper(number="#1"), a_paper(number="#2")))
    assert (report.imported, report.existing, report.rejected) == (1, 1, [])


async def test_a_number_that_is_there_counts_as_existing_whatever_its_document_says_now(store):
    await load(store, lines_of(a_paper(number="#1")))
    report = await load(store, lines_of(a_paper(number="# 1 ", currency="XXX"), a_paper(number="#2")))
    assert (report.imported, report.existing, report.rejected) == (1, 1, [])


async def test_history_that_has_settled_is_available_and_the_rest_is_pending(store):
    fresh = a_paper(number="#2", placed_at="2026-03-01T10:00:00Z", payments=paid("20.00"))
    refunded = a_paper(number="#3", refunds=[{"amount": "5.00"}])
    await load(store, lines_of(a_paper(number="#1"), fresh, refunded))
    found = await balances(store)
    assert (found.of(Account.AVAILABLE), found.of(Account.PENDING_SETTLEMENT)) == (3500, 2000)
    assert await ledger_sum(store) == 0


async def test_a_sale_of_a_day_that_was_settled_before_settles_at_once(store):
    await load(store, lines_of(a_paper(number="#1")))
    await balances(store)
    await load(store, lines_of(a_paper(number="#2", refunds=[{"amount": "5.00"}])))
    found = await balances(store)
    assert (found.of(Account.AVAILABLE), found.of(Account.PENDING_SETTLEMENT)) == (3500, 0)
    settlement = (await store.read(MERCHANT, lambda uow: uow.ledger.settlements()))[0]
    assert (settlement.status, settlement.net) == ("settled", 3500)


async def test_what_is_pending_at_the_import_settles_when_its_day_comes(store, clock):
    await load(store, lines_of(a_paper(placed_at="2026-03-01T10:00:00Z")))
    clock.pass_time(days=7)
    found = await balances(store)
    assert (found.of(Account.AVAILABLE), found.of(Account.PENDING_SETTLEMENT)) == (2000, 0)


async def test_rows_stand_at_their_own_dates(store):
    await load(store, lines_of(a_paper(refunds=[{"amount": "5.00", "created_at": "2026-02-23T08:00:00Z"}])))
    rows = await store.read(MERCHANT, lambda uow: uow.ledger.postings(account="pending_settlement"))
    assert [(row.kind, row.amount, row.at.day) for row in reversed(rows)] == [
        ("charge", 2000, 20),
        ("refund", -500, 23),
        ("settlement", -1500, 27),
    ]


@pytest.mark.parametrize("count", [5, 6, 7])
async def test_batches_change_nothing_about_the_result(store, monkeypatch, count):
    monkeypatch.setattr(module, "BATCH", 3)
    done = []
    papers = [a_paper(number=f"#{i}") for i in range(count)]
    text = json.dumps(papers, indent=1)
    report = await load(store, text, progress=lambda read, _: done.append(read))
    assert report.imported == count
    assert done[-1] == len(text.encode())
    assert (await balances(store)).of(Account.AVAILABLE) == 2000 * count


async def test_a_compressed_file_is_read_like_any_other(store, tmp_path):
    path = tmp_path / "orders.jsonl.gz"
    path.write_bytes(gzip.compress(lines_of(a_paper()).encode()))
    assert (await import_documents(store, MERCHANT, path)).imported == 1


async def test_a_report_holds_so_many_problems_and_counts_the_rest(store, monkeypatch):
    monkeypatch.setattr("integrations.intake.report.MOST_PROBLEMS", 2)
    report = await load(store, "x\n" * 5)
    assert (report.rejected_rows, len(report.rejected), report.left_out) == (5, 2, 3)
    assert report.as_json()["rejected_left_out"] == 3
