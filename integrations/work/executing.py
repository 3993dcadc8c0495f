"""Waiting a little for what was confirmed, so that most people see the end of it at once."""

from __future__ import annotations

import asyncio
from typing import Any

from domain.ports import Store
from domain.proposals.model import ProposalState
from domain.refunds.model import RefundStatus
from integrations.work.worker import Worker


class Executing:
    """Waits, a little, for a confirmed proposal to be executed by whatever worker takes it."""

    def __init__(self, store: Store, worker: Worker | None, wait_seconds: float) -> None:
        self._store, self._worker, self._wait = store, worker, wait_seconds

    async def __call__(self, merchant_id: str, proposal_id: str) -> None:
        """Return once it ended or is unknown, or after the wait."""
        if self._worker is not None:
            self._worker.wake()
        pause = 0.005
        try:
            async with asyncio.timeout(self._wait):
                while not await self._store.read(merchant_id, lambda uow: _is_settled(uow, proposal_id)):
                    await asyncio.sleep(pause)
                    pause = min(pause * 1.5, 0.2)
        except TimeoutError:
            return


def _is_settled(uow: Any, proposal_id: str) -> bool:
    proposal = uow.proposals.get(proposal_id)
    if proposal is None or proposal.state is not ProposalState.CONFIRMED:
        return True
    order = uow.orders.get(proposal.order_id)
    return order is None or any(
        r.id == proposal_id and r.status is RefundStatus.UNKNOWN for r in order.refunds
    )
