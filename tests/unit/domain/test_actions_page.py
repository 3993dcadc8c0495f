"""The generated page of actions says what the domain does."""

from __future__ import annotations

from pathlib import Path

from domain.actions import ActionName
from tests.actions_table import page

PAGE = Path(__file__).parents[3] / "docs" / "actions.md"


def test_the_page_of_actions_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.actions_table > docs/actions.md"


def test_every_action_has_its_table():
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"\n## {name.value}\n" in text for name in ActionName)
