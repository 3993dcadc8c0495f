"""Time and ids as the running product takes them; both can be replaced where a run must repeat itself."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from domain.ports import Clock

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_CHARS = 10
_RANDOM_BYTES = 10


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        return datetime.now(UTC)


class RandomIds:
    """Ids like ``prop_01k9…``: the prefix, 10 characters of time (milliseconds), 16 of chance (80 bits)."""

    def __init__(
        self, clock: Clock | None = None, entropy: Callable[[int], bytes] = secrets.token_bytes
    ) -> None:
        self._clock = clock or SystemClock()
        self._entropy = entropy

    def new(self, prefix: str) -> str:
        """A fresh id; ids of a later millisecond sort after it."""
        millis = int(self._clock.now().timestamp() * 1000)
        chance = int.from_bytes(self._entropy(_RANDOM_BYTES), "big")
        return f"{prefix}_{_digits(millis, _TIME_CHARS)}{_digits(chance, 16)}"


def _digits(value: int, length: int) -> str:
    chars = []
    for _ in range(length):
        chars.append(_ALPHABET[value & 31])
        value >>= 5
    return "".join(reversed(chars))
