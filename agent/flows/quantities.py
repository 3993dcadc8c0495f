"""Units told by a relation, as a number: "all but one", "half of them"."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from domain.reasons import RefundReason


def units(said: Any, left: int) -> Any:
    """The number of units meant by `said` with `left` units left; None where no whole number of them is.

    A plain number, or what is none of the relations, is given back as it is.
    """
    if not isinstance(said, dict):
        return said
    if "all_but" in said:
        count = left - int(said["all_but"])
        return count if count > 0 else None
    part = Fraction(said["share"]) * left
    return int(part) if part.denominator == 1 and part > 0 else None


def is_lost(slots: dict[str, Any]) -> bool:
    """Whether the parcel did not come, and no goods of it are named: all of them are meant."""
    return slots.get("reason") == RefundReason.NOT_RECEIVED and not slots.get("line")
