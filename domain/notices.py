"""What the channels are told: one job of the outbox an event, so that telling never holds up what it tells about.

Every event names the proposal or refund it is about and nothing that could be out of date when it is read: whoever
is told looks the present state up. Keys are unique, so an event is told once, however often it is recorded.
"""

from __future__ import annotations

from domain.ports import JobSpec, UnitOfWork

NOTIFY = "notify"
"""Job kind. Payload: `subject` (``proposal:ID`` or ``refund:ID``), `event`, `order_id`, `proposal_id` where there is
one, and what the event adds."""


def tell(uow: UnitOfWork, subject: str, event: str, order_id: str, **facts: str) -> None:
    """Have the channels told, after the commit."""
    payload = {"subject": subject, "event": event, "order_id": order_id, **facts}
    uow.jobs.enqueue(JobSpec(NOTIFY, f"{subject}:{event}", payload))
