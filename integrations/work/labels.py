"""The `generate_label` job: a carrier draws a label that was asked for at approval."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ports import Job, Store
from domain.returns.labels import LabelPrinter
from domain.returns.service import print_label
from integrations.work.outcome import Done, Outcome


@dataclass(frozen=True, slots=True)
class PrintLabels:
    """Job handler: have the carrier draw a label that was asked for at approval."""

    store: Store
    printer: LabelPrinter

    async def __call__(self, job: Job) -> Outcome:
        """Draw it once; doing it again changes nothing."""
        order_id, return_id = job.payload["order_id"], job.payload["return_id"]
        await self.store.write(
            job.merchant_id, lambda uow: print_label(uow, self.printer, order_id, return_id)
        )
        return Done()
