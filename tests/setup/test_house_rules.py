from pathlib import Path

import pytest

from tests.setup.house_rules import (
    addresses,
    check,
    floats_near_money,
    long_modules,
    names_that_say_nothing,
    places,
)


def found(rule, path: str, text: str = "") -> int:
    return len(list(rule(Path(path), text)))


@pytest.mark.parametrize(
    "path", ["agent/utils.py", "domain/helpers/orders.py", "integrations/storage/crud.py"]
)
def test_a_module_named_after_nothing_is_refused(path):
    assert found(names_that_say_nothing, path) == 1


def test_a_module_named_after_what_is_in_it_is_fine():
    assert found(names_that_say_nothing, "domain/refunds/policy.py") == 0


def test_three_hundred_lines_are_the_most():
    assert found(long_modules, "domain/a.py", "x\n" * 300) == 0
    assert found(long_modules, "domain/a.py", "x\n" * 301) == 1
    assert found(long_modules, "docs/a.md", "x\n" * 301) == 0


@pytest.mark.parametrize("path", ["scripts/deploy.sh", "uv.lock", "docs/pylock.toml"])
def test_nothing_lies_where_it_should_not(path):
    assert found(places, path) == 1


@pytest.mark.parametrize(
    "text",
    [
        "see /" + "work/somewhere",
        "open('/" + "home/ada/notes.txt')",
        "--index-" + "url x",
        "https://mirror.example/" + "simple/",
    ],
)
def test_nothing_belongs_to_one_machine_or_index(text):
    assert found(addresses, "docs/a.md", text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "GET /api/work/items",
        "https://shop.example/home/sale/x",
        "uv pip compile --no-emit-index-url",
        "a simple/packages page",
    ],
)
def test_addresses_of_the_product_itself_are_fine(text):
    assert found(addresses, "docs/a.md", text) == 0


@pytest.mark.parametrize(
    "text", ["rate: float = 0.5", "def f(rate: float | None): ...", "x = float(value)", "a: dict[str, float]"]
)
def test_the_domain_counts_in_whole_numbers(text):
    assert found(floats_near_money, "domain/refunds/policy.py", text) == 1


def test_time_and_certainty_may_be_floats():
    assert found(floats_near_money, "domain/ports.py", "retry_after: float = 1.0") == 0


def test_elsewhere_only_money_may_not_be_a_float():
    assert found(floats_near_money, "integrations/app.py", "started: float = 0") == 0
    assert found(floats_near_money, "agent/reading/items.py", "syntax_total: float = 0") == 0
    assert found(floats_near_money, "integrations/app.py", "refund_amount: float = 0") == 1
    assert found(floats_near_money, "integrations/app.py", "x = float(line.price)") == 1


def test_a_folder_without_git_is_checked_too(tmp_path):
    (tmp_path / "domain").mkdir()
    (tmp_path / "domain/utils.py").write_text("")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/utils.py").write_text("")
    broken, close = check(tmp_path)
    assert broken == ["domain/utils.py: 'utils' says nothing about what is in it"]
    assert close == []
