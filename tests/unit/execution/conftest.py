"""What all of these start from."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.execution.shelf import a_shelf


@pytest.fixture
def shelf() -> Any:
    """An empty store in memory."""
    return a_shelf()
