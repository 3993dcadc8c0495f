"""What a replay learns beside its trace: what reading took, how long turns took, the audit log, what was paid."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, Field

from agent.reading.view import Reader, TurnView, Understanding, Usage
from domain.money import format_minor
from domain.ports import UnitOfWork
from integrations.payments.sandbox import SandboxProvider

MOST_EVENTS = 1000


class Paid(BaseModel):
    """Money that the provider really moved (or may yet): `refund` is the desk's id, `key` the provider's own."""

    refund: str
    key: str
    amount: str
    currency: str
    status: str


class Logged(BaseModel):
    """An event of the audit log."""

    kind: str
    subject: str
    actor: str


class Beside(BaseModel):
    """All of it, for one case."""

    usage: Usage = Field(default_factory=Usage)
    turn_seconds: list[float] = Field(default_factory=list)
    audit: list[Logged] = Field(default_factory=list)
    paid: list[Paid] = Field(default_factory=list)


class Metered:
    """A reader whose use of a chat model is added up."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self.name, self.usage = reader, reader.name, Usage()

    def read(self, view: TurnView) -> Understanding:
        """Read one message, as the reader inside does."""
        understood = self._reader.read(view)
        if understood.usage is not None:
            self.usage = added(self.usage, understood.usage)
        return understood


def added(one: Usage, other: Usage) -> Usage:
    """Both together. A cost is known where each that made calls knows its own."""
    return Usage(
        calls=one.calls + other.calls,
        prompt_tokens=one.prompt_tokens + other.prompt_tokens,
        completion_tokens=one.completion_tokens + other.completion_tokens,
        cost=_cost(one, other),
    )


def _cost(one: Usage, other: Usage) -> str | None:
    known = [usage.cost for usage in (one, other) if usage.calls]
    if not known or None in known:
        return None
    return str(sum(Decimal(cost) for cost in known if cost is not None))


def audit_log(uow: UnitOfWork) -> list[Logged]:
    """The log, oldest first."""
    events = uow.audit.events(limit=MOST_EVENTS)
    return [Logged(kind=e.kind, subject=e.subject, actor=e.actor) for _, e in reversed(events)]


def provider_books(provider: SandboxProvider) -> list[Paid]:
    """Everything but declined refunds, oldest first."""
    return [
        Paid(
            refund=effect.refund_id,
            key=effect.key,
            amount=format_minor(effect.amount, effect.currency),
            currency=effect.currency,
            status=effect.status,
        )
        for effect in provider.effects()
    ]
