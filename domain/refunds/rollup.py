"""What a refund's parts add up to: one status over its allocations, and what is left when some failed.

Pure; nothing here reads or writes anything but the refund it is given. Amounts are minor units.
"""

from __future__ import annotations

from domain.lifecycle import move
from domain.money import round_half_up
from domain.ports import ProviderAnswer
from domain.refunds.model import REFUND, Allocation, Refund, RefundStatus
from domain.refunds.split import share_amount

UNFINISHED = frozenset({RefundStatus.PENDING, RefundStatus.UNKNOWN})
"""Parts whose end is not known yet."""


def rolled_up(parts: list[Allocation]) -> RefundStatus:
    """One status over all parts: what is missing weighs most, then what was given back, then what was not."""
    seen = {part.status for part in parts}
    for status in (RefundStatus.UNKNOWN, RefundStatus.PENDING, RefundStatus.SUCCEEDED):
        if status in seen:
            return status
    return RefundStatus.FAILED if seen else RefundStatus.PENDING


def heard(part: Allocation, answer: ProviderAnswer | None) -> bool:
    """Take one answer (None: there was none) down on its part; whether its status changed.

    What the transition table does not allow is old news (an answer heard before, out of order, or replayed by
    the provider for a key it knows) and changes nothing. Raises ValueError for a status no provider may give.
    """
    wanted = RefundStatus.UNKNOWN if answer is None else RefundStatus(answer.status)
    if answer is not None and answer.ref and part.status in UNFINISHED:
        part.provider_ref = answer.ref
    if wanted not in REFUND[part.status]:
        return False
    part.status = move("allocation", REFUND, part.status, wanted)
    return True


def given_back(refund: Refund) -> int:
    """What the providers have really given back."""
    return sum(part.amount for part in refund.allocations if part.status is RefundStatus.SUCCEEDED)


def reduce_to(refund: Refund, amount: int) -> None:
    """Lower the refund to `amount`: its lines, shipping and the rest share the loss by largest remainder.

    Units stay refunded: a lower amount is a partial refund, and the money left on them stays refundable.
    `funding` and `allocations` are the caller's to lower.
    """
    loose = refund.amount - refund.shipping - sum(line.amount for line in refund.lines)
    loose_tax = refund.tax - sum(line.tax for line in refund.lines)
    before = [*(line.amount for line in refund.lines), refund.shipping, loose]
    after = share_amount(amount, before)
    for line, lowered in zip(refund.lines, after, strict=False):
        line.tax = round_half_up(line.tax * lowered, line.amount)
        line.amount = lowered
    refund.shipping = after[-2]
    kept_tax = round_half_up(loose_tax * after[-1], loose)
    refund.tax = sum(line.tax for line in refund.lines) + kept_tax
    refund.amount = amount
