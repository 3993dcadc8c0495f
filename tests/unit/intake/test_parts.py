"""Parts of a file: nothing is lost or cut inside a line, and each knows how many lines came before it."""

from __future__ import annotations

import io

import pytest

from integrations.intake.parts import json_parts

LINES = b"".join(b'{"number": "#%d"}\n' % n for n in range(1, 200))


@pytest.mark.parametrize("size", [1, 17, 64, 1000, 100_000])
@pytest.mark.parametrize("end", [b"", b'{"number": "#last"}'])
def test_parts_of_json_lines_are_whole_lines_and_together_the_file(size, end):
    found = list(json_parts(io.BytesIO(LINES + end), size))
    assert b"".join(content for _, content in found) == LINES + end
    assert all(content.endswith(b"\n") for _, content in found[:-1])
    before = 0
    for lines, content in found:
        assert lines == before
        before += content.count(b"\n")


def test_a_part_is_not_much_larger_than_was_asked_for():
    sizes = [len(content) for _, content in json_parts(io.BytesIO(LINES), 500)]
    assert max(sizes) <= 1000
    assert len(sizes) > 4


@pytest.mark.parametrize(
    "content", [b'[{"a": 1},\n{"a": 2}]\n' * 9, b'\xef\xbb\xbf{\n"a": 1\n}\n' * 9, b" \n[\n]" * 9]
)
def test_what_is_no_json_lines_is_one_part(content):
    assert list(json_parts(io.BytesIO(content), 8)) == [(0, content)]


def test_an_empty_file_has_no_parts():
    assert list(json_parts(io.BytesIO(b""))) == []
