"""Who acts: merchants' staff, their roles and limits."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from domain.rules import Rule, Violation, broken


class Role(StrEnum):
    """Cumulative: each role may do all that the ones before it may."""

    VIEWER = "viewer"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    FINANCE = "finance"

    @property
    def rank(self) -> int:
        """Position in the order of roles, 0 for viewer."""
        return list(Role).index(self)

    def covers(self, needed: Role) -> bool:
        """Whether this role includes the needed one."""
        return self.rank >= needed.rank


class Staff(BaseModel):
    """A member of staff of one merchant."""

    model_config = ConfigDict(frozen=True)

    id: str
    merchant_id: str
    name: str
    email: str = ""
    role: Role
    limits: dict[str, int] = Field(default_factory=dict)
    """Approval limit in minor units by currency; a currency that is absent has a limit of 0."""
    active: bool = True

    def limit(self, currency: str) -> int:
        """Approval limit in minor units."""
        return self.limits.get(currency, 0)


SYSTEM = "system"
"""Actor id of what no person did: workers, importers, providers."""


def role_violation(actor: Staff, needed: Role) -> Violation | None:
    """Why the actor may not, or None."""
    if actor.active and actor.role.covers(needed):
        return None
    return broken(Rule.NOT_AUTHORISED, "actor", limit=needed.value, value=actor.role.value)
