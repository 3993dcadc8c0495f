"""Modals: opened at once (a trigger lives three seconds), filled when the facts are there."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError

from integrations.slack.client import code_of
from integrations.slack.workspaces import Workspace, Workspaces

log = logging.getLogger(__name__)
_OPEN_ALREADY = {"duplicate_external_id", "exchanged_trigger_id", "trigger_exchanged"}
TOO_LATE = {"expired_trigger_id", "trigger_expired", "invalid_trigger_id"}


class TriggerExpired(Exception):
    """Slack does not let a form be opened for that press any more."""


def form_id(event_id: str) -> str:
    """The form's own name: who opened it first does not matter to who fills it."""
    return hashlib.sha256(event_id.encode()).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class Forms:
    """Opens and fills."""

    workspaces: Workspaces

    async def open(
        self, workspace: Workspace, trigger: str, event_id: str, view: dict[str, Any]
    ) -> tuple[str, str]:
        """Open it; its id and hash, both empty where it is open already. Raises TriggerExpired."""
        named = {**view, "external_id": form_id(event_id)}
        try:
            said = await self.workspaces.client(workspace).views_open(trigger_id=trigger, view=named)
        except SlackApiError as error:
            if code_of(error) in _OPEN_ALREADY:
                return "", ""
            if code_of(error) in TOO_LATE:
                raise TriggerExpired from error
            raise
        return str(said["view"]["id"]), str(said["view"]["hash"])

    async def fill(
        self, workspace: Workspace, event_id: str, view: dict[str, Any], opened: tuple[str, str] = ("", "")
    ) -> bool:
        """Show this in the form. Nothing, where it was closed or somebody filled it since it was opened."""
        view_id, seen = opened
        client = self.workspaces.client(workspace)
        named = {**view, "external_id": form_id(event_id)}
        try:
            if view_id:
                await client.views_update(view_id=view_id, hash=seen or None, view=named)
            else:
                await client.views_update(external_id=form_id(event_id), view=named)
        except SlackApiError as error:
            if code_of(error) not in {"not_found", "view_not_found", "hash_conflict"}:
                raise
            log.info("a form is not filled: %s", code_of(error))
            return False
        return True

    async def replace(self, workspace: Workspace, view_id: str, view: dict[str, Any]) -> bool:
        """Show this in a form that was sent; False where it was closed meanwhile."""
        try:
            await self.workspaces.client(workspace).views_update(view_id=view_id, view=view)
        except SlackApiError as error:
            if code_of(error) not in {"not_found", "view_not_found", "hash_conflict"}:
                raise
            return False
        return True
