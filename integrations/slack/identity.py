"""Who speaks: a workspace's member as a member of staff, by the address Slack has confirmed. Denied by default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError

from domain.identity import Staff
from domain.ports import Store, UnitOfWork
from integrations.slack.client import code_of
from integrations.slack.workspaces import Workspace, Workspaces, slack_of
from integrations.storage.repositories.slack import Person

REFUSALS = {
    "bot": "Apps and bots cannot work at this desk.",
    "guest": "Guests cannot work at this desk.",
    "stranger": "This desk belongs to another company, so it cannot answer you here.",
    "unconfirmed": "Slack has not confirmed your e-mail address, so this desk cannot tell who you are.",
    "unknown": "This desk does not know you. Ask its administrator to enter your e-mail address for you.",
    "inactive": "Your access to this desk has ended.",
}
"""What a person who is refused is told, by the reason that is kept."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody who may not. `why` is a key of `REFUSALS`."""

    why: str

    @property
    def sentence(self) -> str:
        """For them to read."""
        return REFUSALS[self.why]


@dataclass(frozen=True, slots=True)
class People:
    """Asks Slack and keeps the answer for a while; the staff register is asked every time."""

    workspaces: Workspaces
    store: Store
    merchant_id: str
    seconds: float

    async def who(self, workspace: Workspace, user_id: str) -> Staff | Stranger:
        """The member of staff, or why they are none. Raises SlackApiError where Slack cannot say."""
        identity = f"{workspace.team_id}:{user_id}"
        known = await self.store.read(self.merchant_id, lambda uow: _known(uow, identity))
        if known is None:
            profile = await self._profile(workspace, user_id)
            known = await self.store.write(
                self.merchant_id, lambda uow: self._learn(uow, identity, workspace, profile)
            )
        if known.refusal:
            return Stranger(known.refusal)
        staff = await self.store.read(self.merchant_id, lambda uow: uow.staff.get(known.staff_id))
        return staff if staff is not None and staff.active else Stranger("inactive")

    async def identity_of(self, workspace: Workspace, staff: Staff) -> str | None:
        """A member of staff's user id in a workspace, if they are there."""
        prefix = f"{workspace.team_id}:"
        known = await self.store.read(self.merchant_id, lambda uow: slack_of(uow).identities(staff.id))
        found = next((name.removeprefix(prefix) for name in known if name.startswith(prefix)), None)
        if found is None and staff.email:
            found = await self._by_email(workspace, staff.email)
        who = await self.who(workspace, found) if found else None
        return found if isinstance(who, Staff) and who.id == staff.id else None

    async def _by_email(self, workspace: Workspace, email: str) -> str | None:
        try:
            found = await self.workspaces.client(workspace).users_lookupByEmail(email=email)
        except SlackApiError as error:
            if code_of(error) == "users_not_found":
                return None
            raise
        return str(found["user"]["id"])

    async def _profile(self, workspace: Workspace, user_id: str) -> dict[str, Any]:
        try:
            found = await self.workspaces.client(workspace).users_info(user=user_id)
        except SlackApiError as error:
            if code_of(error) in {"user_not_found", "user_not_visible", "users_not_found"}:
                return {}
            raise
        user: dict[str, Any] = found["user"]
        return user

    def _learn(self, uow: UnitOfWork, identity: str, workspace: Workspace, profile: dict[str, Any]) -> Person:
        refusal = why_not(profile, workspace.team_id)
        email = str((profile.get("profile") or {}).get("email") or "").strip().lower()
        staff = None if refusal else staff_by_email(uow, email)
        refusal = refusal or ("" if staff else "unknown")
        until = uow.now + timedelta(seconds=self.seconds)
        person = Person(identity, staff.id if staff else "", refusal, until)
        slack_of(uow).know(person)
        return person


def _known(uow: UnitOfWork, identity: str) -> Person | None:
    person = slack_of(uow).person(identity)
    return person if person is not None and uow.now < person.expires_at else None


def staff_by_email(uow: UnitOfWork, email: str) -> Staff | None:
    """The member of staff with that address, whatever its case."""
    if not email:
        return None
    return uow.staff.by_identity("email", email) or next(
        (staff for staff in uow.staff.all() if staff.email.lower() == email), None
    )


def why_not(profile: dict[str, Any], team_id: str) -> str:
    """Why a Slack profile cannot be anybody of ours, before its address is looked up; empty where it can."""
    if not profile or profile.get("deleted"):
        return "unknown"
    if profile.get("is_bot") or profile.get("id") == "USLACKBOT":
        return "bot"
    if profile.get("is_stranger") or profile.get("team_id") != team_id:
        return "stranger"
    if profile.get("is_restricted") or profile.get("is_ultra_restricted") or profile.get("is_invited_user"):
        return "guest"
    return "" if profile.get("is_email_confirmed", True) else "unconfirmed"
