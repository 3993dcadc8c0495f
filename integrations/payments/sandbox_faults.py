"""What the sandbox provider can be told to do wrong, call by call or at seeded rates."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """How a call goes."""

    SUCCEED = "succeed"
    """Nothing goes wrong: a call that the script passes over."""
    DECLINE = "decline"
    """A clean no: nothing happened, and the answer says so."""
    LATE = "late"
    """The answer is `pending`; the refund succeeds later."""
    LATE_DECLINE = "late_decline"
    """The answer is `pending`; the refund fails later."""
    TIMEOUT_BEFORE = "timeout_before"
    """No answer, and nothing happened."""
    TIMEOUT_AFTER = "timeout_after"
    """No answer, but it happened."""
    HANG = "hang"
    """It happened, and the call does not return until its caller gives up."""
    UNAVAILABLE = "unavailable"
    """The provider refuses to take the request now."""
    LOOKUP_TIMEOUT = "lookup_timeout"
    """No answer to the next look-up."""
    LOOKUP_UNAVAILABLE = "lookup_unavailable"
    """The next look-up is refused."""

    @property
    def is_of_lookup(self) -> bool:
        """Whether it befalls look-ups rather than refunds."""
        return self in (Fault.LOOKUP_TIMEOUT, Fault.LOOKUP_UNAVAILABLE)

    @property
    def is_outcome(self) -> bool:
        """Whether it is about the refund itself, and so has no meaning for a key the provider knows already."""
        return self in (Fault.SUCCEED, Fault.DECLINE, Fault.LATE, Fault.LATE_DECLINE)

    @property
    def is_before(self) -> bool:
        """Whether nothing happens in this call."""
        return self in (
            Fault.TIMEOUT_BEFORE,
            Fault.UNAVAILABLE,
            Fault.LOOKUP_TIMEOUT,
            Fault.LOOKUP_UNAVAILABLE,
        )


@dataclass(frozen=True, slots=True)
class FaultRates:
    """The share of calls, 0 to 1, that each fault befalls; the same seed gives every call of a key the same fate."""

    decline: float = 0.0
    late: float = 0.0
    timeout_before: float = 0.0
    timeout_after: float = 0.0
    unavailable: float = 0.0
    seed: int = 0

    def draw(self, key: str, call: int) -> Fault | None:
        """The fate of the n-th call for a key, whichever process makes it."""
        dice = random.Random(f"{self.seed}:{key}:{call}").random()
        for fault in (
            Fault.UNAVAILABLE,
            Fault.TIMEOUT_BEFORE,
            Fault.TIMEOUT_AFTER,
            Fault.LATE,
            Fault.DECLINE,
        ):
            dice -= getattr(self, fault.value)
            if dice < 0:
                return fault
        return None

    def draw_for_lookup(self, key: str, call: int) -> Fault | None:
        """The same for a look-up, which can only fail to be answered."""
        fault = self.draw(f"lookup:{key}", call)
        if fault in (Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER):
            return Fault.LOOKUP_TIMEOUT
        return Fault.LOOKUP_UNAVAILABLE if fault is Fault.UNAVAILABLE else None
