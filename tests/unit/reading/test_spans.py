import pytest

from agent.reading.values.spans import find_order_refs, find_spans


def exact(value, currency=None):
    return {"kind": "exact", "value": value, "currency": currency}


def of_kind(text, kind, **given):
    return [span.value for span in find_spans(text, **given) if span.kind == kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("refund $12", exact("12", "USD")),
        ("12.50 eur back", exact("12.50", "EUR")),
        ("EUR 5", exact("5", "EUR")),
        ("5 quid off", exact("5", "GBP")),
        ("a tenner back", exact("10")),
        ("knock a fiver off", exact("5")),
        ("refund half", {"kind": "percent", "value": "50"}),
        ("give 20% back", {"kind": "percent", "value": "20"}),
        ("ten percent", {"kind": "percent", "value": "10"}),
        ("1.234,56 €", exact("1234.56", "EUR")),
        ("£1,204.50", exact("1204.50", "GBP")),
        ("1,250 JPY", exact("1250", "JPY")),
        ("10.5 JPY", exact("10.5", "JPY")),
        ("1250 yen", exact("1250", "JPY")),
        ("12.345 KWD", exact("12.345", "KWD")),
        ("twenty five euros", exact("25", "EUR")),
        ("50p", exact("0.50", "GBP")),
        ("-5 EUR", exact("-5", "EUR")),
        ("refund 20 please", exact("20")),
        ("10 back to her", exact("10")),
        ("full refund", {"kind": "full"}),
        ("refund all of it", {"kind": "full"}),
        ("in full", {"kind": "full"}),
        ("100%", {"kind": "full"}),
    ],
)
def test_money_keeps_its_exact_value_and_names_a_currency_only_when_said(text, value):
    assert of_kind(text, "money") == [value]


def test_a_dollar_sign_is_the_dollar_of_the_order():
    assert of_kind("refund $12", "money", currency="CAD") == [exact("12", "CAD")]


@pytest.mark.parametrize(
    "text",
    ["got half of the order", "delivered 12/05/2024", "it took 14 days", "not the full amount", "2 mugs"],
)
def test_what_only_looks_like_money_is_none(text):
    assert of_kind(text, "money") == []


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("1042", ["1042"]),
        ("#1042", ["#1042"]),
        ("order 1042", ["1042"]),
        ("ORD-55123", ["ORD-55123"]),
        ("no. 1042", ["1042"]),
        ("268-1705202-3278805 please", ["268-1705202-3278805"]),
        ("536365", ["536365"]),
        ("C536379", ["C536379"]),
        ("INV/2024/0012", ["INV/2024/0012"]),
        ("refund 1042 and return 1043", ["1042", "1043"]),
        ("approve it and refund shipping on 88", ["88"]),
        ("7001 1x scarf rfnd chgd mind", ["7001"]),
        ("refund 20 on 1042", ["1042"]),
        ("1042 refund 150", ["1042"]),
        ("RMA 5521 ok no fee", ["5521"]),
        ("refund 12.50 EUR", []),
        ("it took 14 days, delivered 12/05/2024", []),
        ("DHL 00340434161094", []),
        ("50% of 2 mugs", []),
        ("they sent it with UPS, number 183165868923", []),
    ],
)
def test_order_numbers_are_found_without_a_model(text, refs):
    assert find_order_refs(text) == refs


def test_a_known_order_number_is_never_an_amount():
    assert of_kind("refund 300 on 1042", "order", known=frozenset({"300", "1042"})) == ["300", "1042"]
    assert of_kind("refund 300 on 1042", "money", known=frozenset({"1042"})) == [exact("300")]


@pytest.mark.parametrize(
    ("text", "carrier", "code"),
    [
        ("FedEx tracking 479936385784", "FedEx", "479936385784"),
        ("dhl 00340434161094", "DHL", "00340434161094"),
        ("royal mail RM123456785GB", "Royal Mail", "RM123456785GB"),
        ("sent with UPS, number 1Z999AA10123456784", "UPS", "1Z999AA10123456784"),
    ],
)
def test_carrier_and_tracking_number_are_read_together(text, carrier, code):
    assert of_kind(text, "carrier") == [carrier]
    assert of_kind(text, "tracking") == [code]
    assert find_order_refs(text) == []


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("2x mug", [2]),
        ("mug x3", [3]),
        ("2 units", [2]),
        ("two mugs", [2]),
        ("both mugs", [2]),
        ("all three lamps", [3]),
        ("one of the two", [1]),
        ("2/3 mugs broke", [2]),
        ("qty 4", [4]),
        ("2 units not 3", [2]),
        ("the wrong one", []),
        ("came 3 weeks late", []),
    ],
)
def test_quantities(text, quantities):
    assert of_kind(text, "quantity") == quantities


def test_of_a_text_of_any_length_only_the_beginning_is_searched_for_orders():
    many = " ".join(f"#{1000 + at}" for at in range(3000))
    assert len(find_order_refs(many)) == 150
    assert find_order_refs("about #1042. " + "so it goes on " * 2000 + "#1053") == ["#1042"]
