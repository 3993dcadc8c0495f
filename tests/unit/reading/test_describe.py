import io
import json

from agent.reading.describe import read_lines

KEYS = {"text", "commands", "intent", "issue_type", "confidence", "alternatives"}


def described(reader, *lines):
    out = io.StringIO()
    read_lines(
        io.StringIO("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)),
        out,
        reader,
    )
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_is_described_in_the_form_of_the_contract(reader):
    rows = described(reader, "refund 1042, it arrived broken", {"text": "yes", "pending": "return_needed"})
    assert all(set(row) == KEYS for row in rows)
    assert rows[0]["intent"] == "direct_refund"
    assert rows[0]["issue_type"] == "quality"
    assert rows[0]["commands"][0]["slots"]["order"] == {"value": "1042", "span": "1042"}
    assert rows[1]["commands"][0]["slots"]["return_needed"]["value"] is True
    assert all(len(pair) == 2 for row in rows for pair in row["alternatives"])


def test_an_order_in_case_form_lends_its_lines(reader):
    order = {
        "number": "#7001",
        "currency": "EUR",
        "lines": [
            {"sku": "SCARF", "title": "Wool scarf", "qty": 2},
            {"sku": "HAT", "title": "Hat", "qty": 1},
        ],
    }
    (row,) = described(reader, {"text": "one scarf back to her", "order": order})
    assert row["commands"][0]["slots"]["line"]["value"] == [{"line": "SCARF", "quantity": 1, "amount": None}]


def test_a_card_may_be_open(reader):
    for pending in ("proposal", "confirm", {"slot": "proposal"}):
        (row,) = described(reader, {"text": "yes do it", "pending": pending, "order": "7001"})
        assert [command["name"] for command in row["commands"]] == ["Affirm"]


def test_a_line_that_is_no_object_is_text(reader):
    rows = described(reader, "12", "{broken", '["refund"]', "")
    assert [row["text"] for row in rows] == ["12", "{broken", '["refund"]']
