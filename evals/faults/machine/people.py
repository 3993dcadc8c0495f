"""Staff of every role and limit; the same names in both shops."""

from __future__ import annotations

from domain.identity import Role, Staff

CURRENCIES = ("EUR", "JPY", "KWD")
_PEOPLE: tuple[tuple[str, Role, int, bool], ...] = (
    ("ana", Role.AGENT, 10**9, True),
    ("sam", Role.SUPERVISOR, 10**9, True),
    ("fay", Role.FINANCE, 10**9, True),
    ("ari", Role.AGENT, 2_500, True),
    ("sue", Role.SUPERVISOR, 3_500, True),
    ("new", Role.AGENT, 0, True),
    ("vic", Role.VIEWER, 10**9, True),
    ("old", Role.FINANCE, 10**9, False),
)
NAMES = tuple(name for name, *_ in _PEOPLE)
STRONG = ("fay", "sam", "ana")
LIMITED = ("ari", "sue", "ari", "sue", "ana", "new")


def staff_of(merchant_id: str) -> dict[str, Staff]:
    """Everybody of one shop."""
    return {
        name: Staff(
            id=name,
            merchant_id=merchant_id,
            name=name.title(),
            role=role,
            limits=dict.fromkeys(CURRENCIES, limit),
            active=active,
        )
        for name, role, limit, active in _PEOPLE
    }
