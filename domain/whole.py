"""Whole numbers as requests give them: amounts in minor units, and units of goods."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Whole = Annotated[int, Field(strict=True)]
"""A number and nothing that can be made one: neither ``true`` nor ``"100"`` nor ``1.0``."""
