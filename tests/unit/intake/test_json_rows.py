"""Cutting streams of JSON into documents."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.intake import json_rows as module
from integrations.intake.json_rows import BadRow, json_rows

ORDERS = [{"n": 'a]}"[{\\', "x": [1, {"y": "{"}]}, {"n": "Lucía\n"}, {}]


class Drops(io.BytesIO):
    """A stream that gives a few bytes at a time."""

    def __init__(self, content: bytes, size: int) -> None:
        super().__init__(content)
        self.size_of_drop = size

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self.size_of_drop)


def rows(text: str | bytes, size: int = 1 << 16) -> list[tuple[int, object]]:
    content = text.encode() if isinstance(text, str) else text
    return [
        (row.line, "bad" if isinstance(row.value, BadRow) else row.value)
        for row in json_rows(Drops(content, size))
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 16])
@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ORDERS),
        json.dumps(ORDERS, indent=2),
        json.dumps(ORDERS, ensure_ascii=False),
        "\n".join(json.dumps(order) for order in ORDERS),
    ],
)
def test_an_array_and_lines_give_the_same_documents_however_the_bytes_arrive(text, size):
    assert [value for _, value in rows(text, size)] == ORDERS


def test_one_order_printed_over_many_lines_is_a_file_too():
    assert rows(json.dumps(ORDERS[0], indent=2)) == [(1, ORDERS[0])]


def test_byte_order_mark_carriage_returns_and_blank_lines_do_no_harm():
    assert rows(b'\xef\xbb\xbf{"a": 1}\r\n\r\n  \r\n{"a": 2}\r\n') == [(1, {"a": 1}), (4, {"a": 2})]
    assert rows(b'\xef\xbb\xbf[\r\n{"a": 1},\r\n{"a": 2}]') == [(2, {"a": 1}), (3, {"a": 2})]


def test_a_line_that_is_no_json_is_named_and_the_next_one_is_read():
    assert rows('{"a": 1}\n{"a": \n{"a": 3}\nhello\n') == [
        (1, {"a": 1}),
        (2, "bad"),
        (3, {"a": 3}),
        (4, "bad"),
    ]


def test_an_element_that_is_no_json_is_named_and_the_next_one_is_read():
    text = '[\n{"a": 1},\n{"a": oops},\n{"b": "never\nends"},\n{"a": 3}\n]'
    assert rows(text) == [(2, {"a": 1}), (3, "bad"), (4, "bad"), (6, {"a": 3})]


def test_what_stands_between_documents_is_named():
    assert rows('[1, {"a": 1}, "text", {"a": 2}}, {"a": 3}]') == [
        (1, "bad"),
        (1, {"a": 1}),
        (1, "bad"),
        (1, {"a": 2}),
        (1, "bad"),
        (1, {"a": 3}),
    ]


def test_an_array_that_ends_too_early_says_where():
    assert rows('[\n{"a": 1},\n{"a": 2') == [(2, {"a": 1}), (3, "bad")]
    assert rows('[\n{"a": 1},\n') == [(2, {"a": 1}), (3, "bad")]


def test_bytes_that_are_not_utf8_cost_only_their_own_row():
    assert rows(b'{"a": "\xff"}\n{"a": 2}') == [(1, "bad"), (2, {"a": 2})]
    assert rows(b'[{"a": "\xff"}, {"a": 2}]') == [(1, "bad"), (1, {"a": 2})]


def test_numbers_and_nesting_beyond_reason_cost_only_their_own_row():
    deep = "[" * 100_000 + "]" * 100_000
    assert rows(f'{{"a": {"9" * 5000}}}\n{{"a": {deep}}}\n{{"a": 1}}') == [
        (1, "bad"),
        (2, "bad"),
        (3, {"a": 1}),
    ]


def test_a_document_that_is_too_long_is_not_held_in_memory(monkeypatch):
    monkeypatch.setattr(module, "LONGEST", 50)
    long, short = json.dumps({"a": "x" * 200}), '{"a": 1}'
    assert rows(f"{long}\n{short}") == [(1, "bad"), (2, {"a": 1})]
    assert rows(f"[{long},\n{short}]", size=16) == [(1, "bad"), (2, {"a": 1})]


def test_an_empty_file_holds_nothing():
    assert rows("") == rows("\n \n") == rows("[]") == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(st.dictionaries(st.text(max_size=4), json_values, max_size=3), max_size=5),
    st.integers(1, 40),
    st.booleans(),
)
def test_every_array_is_cut_into_exactly_its_elements(documents, size, ascii_only):
    text = json.dumps(documents, ensure_ascii=ascii_only, indent=1)
    assert [value for _, value in rows(text, size)] == documents
