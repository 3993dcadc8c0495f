"""Reading the Online Retail data and matching its credit notes."""

from __future__ import annotations

import gzip
import lzma
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from domain.orders.value import captured, order_total
from domain.settings import Merchant
from integrations.demo.cut import SLICE
from integrations.intake.credit_notes import Outcome, match_credit_notes
from integrations.intake.online_retail import NotOnlineRetail, read_online_retail
from integrations.intake.sales import sale, unpayable

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
WORTH = "21303.88"
"""Pounds of the matched credit notes in the packaged slice."""

SHOP = Merchant(id="shop", name="Shop", base_currency="GBP")


def a_row(number="1", code="85123A", quantity=6, price="2.55", *, day=1, customer="17850.0", title="HEART"):
    return f"{number},{code},{title},{quantity},2011-03-{day:02} 08:26:00,{price},{customer},United Kingdom"


@pytest.fixture
def retail(tmp_path):
    def read(*rows: str):
        path = tmp_path / "retail.csv"
        path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
        return read_online_retail(path)

    return read


def the_sale(data):
    intake = sale(data.invoices[0], SHOP, "ord_1", timedelta(0))
    assert intake is not None
    return intake.order


def outcomes(data):
    return [(line.note, line.outcome, line.invoice) for line in match_credit_notes(data)]


def test_rows_of_one_invoice_with_the_same_code_and_price_are_one_line(retail):
    data = retail(a_row(quantity=2), a_row(quantity=3), a_row(quantity=1, price="2.10"))
    assert [(line.quantity, line.price) for line in data.invoices[0].lines.values()] == [
        (5, Decimal("2.55")),
        (1, Decimal("2.10")),
    ]


def test_an_invoice_is_an_order_paid_by_card_on_its_date(retail):
    data = retail(a_row(quantity=80_995, price="2.08"), a_row(code="POST", quantity=1, price="18.00"))
    order = the_sale(data)
    assert (order.number, order.customer.name, order.currency) == ("1", "Customer 17850", "GBP")
    assert order.placed_at == order.payments[0].captured_at == datetime(2011, 3, 1, 8, 26, tzinfo=UTC)
    assert order_total(order) == captured(order) == 80_995 * 208 + 1800
    assert order.payments[0].settles_at == datetime(2011, 3, 8, tzinfo=UTC)


def test_a_sale_without_a_customer_is_a_guests(retail):
    assert the_sale(retail(a_row(customer=""))).customer.name == "Guest"


@pytest.mark.parametrize(
    ("row", "field", "rule"),
    [
        (a_row(price="0"), "UnitPrice", "amount_not_positive"),
        (a_row(price="-11062.06"), "UnitPrice", "amount_not_positive"),
        (a_row(quantity=-5), "Quantity", "field_invalid"),
        (a_row(quantity=0), "Quantity", "field_invalid"),
        (a_row(code="BANK CHARGES", customer=""), "StockCode", "field_invalid"),
        (a_row(quantity="x"), "Quantity", "field_invalid"),
        (a_row(price="free"), "UnitPrice", "field_invalid"),
        (a_row(price="NaN"), "UnitPrice", "field_invalid"),
        (a_row(quantity=10**30), "row", "field_invalid"),
        (a_row(number=""), "InvoiceNo", "field_invalid"),
        (a_row().replace("2011-03-01", "2011-13-01"), "InvoiceDate", "field_invalid"),
        ("1,85123A", "row", "field_invalid"),
    ],
)
def test_a_dirty_row_is_reported_with_its_line_and_rule_and_left_out(retail, row, field, rule):
    data = retail(a_row(number="good"), row)
    found = data.problems[0]
    assert (found.line, found.field, found.rule, found.kept) == (3, field, rule, False)
    assert [bill.number for bill in data.invoices] == ["good"]
    assert data.credit_notes == []


def test_a_row_without_a_description_is_reported_and_kept_under_its_code(retail):
    data = retail(a_row(title=""))
    assert [(p.field, p.kept) for p in data.problems] == [("Description", True)]
    assert next(iter(data.invoices[0].lines.values())).title == "85123A"


def test_a_price_with_a_fraction_of_a_penny_cannot_be_paid(retail):
    data = retail(a_row(price="0.001"))
    assert [(p.line, p.rule) for p in unpayable(data)] == [(2, "amount_precision")]
    assert sale(data.invoices[0], SHOP, "o", timedelta(0)) is None


def test_a_credit_is_matched_to_the_latest_earlier_invoice_with_enough_left(retail):
    data = retail(
        a_row("1", day=1),
        a_row("2", day=2),
        a_row("3", quantity=1, day=3),
        a_row("C1", quantity=-4, day=4),
        a_row("C2", quantity=-4, day=5),
        a_row("C3", quantity=-4, day=6),
        a_row("4", day=7),
    )
    assert outcomes(data) == [
        ("C1", Outcome.MATCHED, "2"),
        ("C2", Outcome.MATCHED, "1"),
        ("C3", Outcome.UNMATCHED, ""),
    ]


def test_a_credit_is_never_split_over_invoices(retail):
    data = retail(a_row("1", quantity=2), a_row("2", quantity=2), a_row("C1", quantity=-3, day=2))
    assert outcomes(data) == [("C1", Outcome.UNMATCHED, "")]


@pytest.mark.parametrize(
    "other", [{"customer": "12345.0"}, {"code": "84406B"}, {"price": "2.54"}, {"customer": ""}]
)
def test_customer_code_and_price_must_all_be_the_same(retail, other):
    data = retail(a_row("1", **other), a_row("C1", quantity=-1, day=2))
    assert outcomes(data) == [("C1", Outcome.UNMATCHED, "")]


def test_a_price_is_the_same_however_it_is_written(retail):
    data = retail(a_row("1", price="2.50"), a_row("C1", quantity=-1, price="2.5", day=2))
    assert outcomes(data) == [("C1", Outcome.MATCHED, "1")]


def test_rows_of_one_credit_note_are_added_up_before_they_are_matched(retail):
    credits = [a_row("C1", quantity=-4, day=2), a_row("C1", quantity=-3, day=2)]
    assert outcomes(retail(a_row("1", quantity=6), *credits)) == [("C1", Outcome.UNMATCHED, "")]


def test_on_the_same_minute_the_order_of_the_file_decides(retail):
    credit, invoice = a_row("C1", quantity=-1), a_row("1")
    assert outcomes(retail(invoice, credit)) == [("C1", Outcome.MATCHED, "1")]
    assert outcomes(retail(credit, invoice)) == [("C1", Outcome.UNMATCHED, "")]


def test_dates_decide_where_the_file_is_out_of_order(retail):
    assert outcomes(retail(a_row("C1", quantity=-1, day=2), a_row("1", day=1))) == [
        ("C1", Outcome.MATCHED, "1")
    ]


def test_a_credit_without_a_customer_is_matched_to_nothing(retail):
    data = retail(a_row("1", customer=""), a_row("C1", quantity=-1, customer="", day=2))
    assert outcomes(data) == [("C1", Outcome.NO_CUSTOMER, "")]


def test_gzip_xz_and_other_copies_of_the_data_are_read_as_well(tmp_path):
    text = f"{HEADER}\r\n{a_row(title='CAFÉ')}\r\n".encode("cp1252")
    text = text.replace(b"2011-03-01 08:26:00", b"3/1/2011 8:26").replace(b"UnitPrice", b"Price")
    for name, pack in (("a.csv", bytes), ("a.csv.gz", gzip.compress), ("a.csv.xz", lzma.compress)):
        (tmp_path / name).write_bytes(pack(text))
        bill = read_online_retail(tmp_path / name).invoices[0]
        assert bill.at == datetime(2011, 3, 1, 8, 26, tzinfo=UTC)
        assert next(iter(bill.lines.values())).title == "CAFÉ"


def test_a_file_of_something_else_is_refused_by_the_columns_it_lacks(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("InvoiceNo,StockCode\n1,2\n")
    with pytest.raises(NotOnlineRetail, match="no column Description, Quantity"):
        read_online_retail(path)


def test_the_packaged_slice_is_what_it_was_cut_to():
    data = read_online_retail(SLICE)
    found = match_credit_notes(data)
    worth = sum(line.quantity * line.price for line in found if line.outcome is Outcome.MATCHED)
    assert (len(data.invoices), len(found), len(data.problems)) == (642, 690, 2)
    assert worth == Decimal(WORTH)
    assert SLICE.stat().st_size < 1_000_000


@pytest.mark.parametrize(("customer", "outcome"), [("17850.0", Outcome.UNMATCHED), ("", Outcome.NO_CUSTOMER)])
def test_a_credit_line_that_gives_nothing_back_is_reported_and_matched_to_nothing(retail, customer, outcome):
    data = retail(a_row("1"), a_row("C1", quantity=5, customer=customer, day=2))
    assert [(p.line, p.field, p.kept) for p in data.problems] == [(3, "Quantity", True)]
    assert outcomes(data) == [("C1", outcome, "")]


def test_units_a_credit_note_takes_and_gives_are_added_up(retail):
    credits = [a_row("C1", quantity=-4, day=2), a_row("C1", quantity=1, day=2)]
    [line] = match_credit_notes(retail(a_row("1", quantity=3), *credits))
    assert (line.quantity, line.outcome) == (3, Outcome.MATCHED)


@pytest.mark.parametrize(
    ("written", "month", "day"),
    [
        ("2011-03-01T08:26:00", 3, 1),
        ("2011-03-01 08:26", 3, 1),
        ("3/1/2011 8:26", 3, 1),
        ("3/1/11 8:26", 3, 1),
        ("3/1/2011 8:26:00 AM", 3, 1),
        ("01-03-2011 08:26", 3, 1),
        ("01.03.2011 08:26", 3, 1),
        ("40603.3513888889", 3, 1),
    ],
)
def test_dates_are_read_as_the_copies_of_the_data_write_them(retail, written, month, day):
    data = retail(a_row().replace("2011-03-01 08:26:00", written))
    assert data.problems == []
    assert data.invoices[0].at == datetime(2011, month, day, 8, 26, tzinfo=UTC)


def test_one_date_that_can_only_be_read_one_way_decides_for_the_file(retail):
    rows = [a_row(str(n)).replace("2011-03-01", date) for n, date in enumerate(("1/3/2011", "31/3/2011"))]
    assert [bill.at.month for bill in retail(*rows).invoices] == [3, 3]


def test_rows_of_a_shuffled_file_are_taken_in_date_order(retail):
    late = a_row("1", code="B", day=2).replace("08:26", "08:27")
    data = retail(a_row("C1", quantity=-1, day=3), late, a_row("1", code="A", day=2))
    assert list(dict.fromkeys(code for code, _ in data.invoices[0].lines)) == ["A", "B"]
    assert data.invoices[0].at.minute == 26


@pytest.mark.parametrize("empty", ["", "nan", "NULL"])
def test_an_empty_customer_is_none_however_the_file_says_so(retail, empty):
    assert retail(a_row(customer=empty)).invoices[0].customer == ""


@pytest.mark.parametrize(("quantity", "price"), [("6.0", "2.55"), ("6", "£2.55"), ("6", '"2,55"')])
def test_numbers_are_read_as_sheets_write_them(retail, quantity, price):
    [line] = retail(a_row(quantity=quantity, price=price)).invoices[0].lines.values()
    assert (line.quantity, line.price) == (6, Decimal("2.55"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_encoding_delimiter_column_order_and_line_ends_do_not_matter(tmp_path, encoding, sign):
    columns = [
        "Country",
        "customer id",
        "PRICE",
        "Invoice Date",
        "Quantity",
        "Description",
        "Stock Code",
        "Invoice",
    ]
    cells = ["EIRE", "17850", "2.55", "2011-03-01 08:26:00", "6", "CAFÉ", "85123A", "1"]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join([sign.join(columns), sign.join(cells), ""]).encode(encoding))
    [bill] = read_online_retail(path).invoices
    [line] = bill.lines.values()
    assert (bill.number, bill.customer, bill.country) == ("1", "17850", "EIRE")
    assert (line.code, line.title, line.quantity, line.price) == ("85123A", "CAFÉ", 6, Decimal("2.55"))


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_damaged_file_is_an_error_that_says_so(tmp_path, pack):
    content = pack("\n".join([HEADER, *(a_row(str(n)) for n in range(500))]).encode())
    path = tmp_path / "a.csv"
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(OSError, match="damaged or cut off"):
        read_online_retail(path)


def test_a_quotation_that_never_ends_is_reported_and_what_came_before_is_kept(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n".join([HEADER, a_row("1"), '2,"' + "x" * 200_000]), encoding="utf-8")
    data = read_online_retail(path)
    assert [bill.number for bill in data.invoices] == ["1"]
    assert [p.field for p in data.problems] == ["row"]
