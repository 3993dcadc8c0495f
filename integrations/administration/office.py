"""What administration works with, and how it writes down who asked for what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from domain.ports import AuditEvent, Store, UnitOfWork


class TokenOffice(Protocol):
    """Whoever issues tokens, and remembers them for a while."""

    async def new(self, staff_id: str, scopes: Iterable[str], *, days: int = 90, name: str = "") -> str:
        """The secret of a new one. Raises Refused."""
        ...

    async def all(self) -> list[Any]:
        """Every token."""
        ...

    async def revoke(self, token_id: str) -> bool:
        """Whether there was such a token."""
        ...

    async def rotate(self, token_id: str, *, days: int = 90) -> str | None:
        """A new secret in its place; None where there is no such token that still works."""
        ...


ForgetThread = Callable[[str], Awaitable[None]]
"""Drop the graph's own state of a conversation."""


@dataclass(frozen=True, slots=True)
class Office:
    """One merchant's. `scrub` takes what was deleted out of the database's files."""

    store: Store
    merchant_id: str
    tokens: TokenOffice
    forget_thread: ForgetThread
    scrub: Callable[[], Awaitable[None]]
    operator: str
    settings_changed: Callable[[], Awaitable[None]] | None = None

    def note(self, uow: UnitOfWork, kind: str, subject: str, data: dict[str, Any]) -> None:
        """An audit event in the operator's name."""
        uow.audit.append(AuditEvent(kind, subject, self.operator, uow.now, data))
