"""Installing it in a workspace: Bolt's flow over stores of our own, for the workspaces that are meant to have it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from logging import Logger
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from starlette.requests import Request
from starlette.responses import Response

from domain.ports import Store, UnitOfWork
from integrations.slack.client import web_client
from integrations.slack.config import SlackConfig
from integrations.slack.manifest import bot_scopes
from integrations.slack.workspaces import Workspace, Workspaces, slack_of

log = logging.getLogger(__name__)
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
STATE_SECONDS = 600


class NotMeantForIt(BoltError):
    """A workspace that is not on the list."""


class States(AsyncOAuthStateStore):
    """States in the desk's own database: each is good once, for ten minutes."""

    def __init__(self, store: Store, merchant_id: str) -> None:
        self._store, self._merchant = store, merchant_id

    @property
    def logger(self) -> Logger:
        """For the library."""
        return log

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        """A new one."""
        state = secrets.token_urlsafe(32)

        def work(uow: UnitOfWork) -> None:
            slack_of(uow).add_state(state, uow.now + timedelta(seconds=STATE_SECONDS))

        await self._store.write(self._merchant, work)
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether it may be used; it may not be used again."""
        return await self._store.write(self._merchant, lambda uow: slack_of(uow).take_state(state, uow.now))


class Installations(AsyncInstallationStore):
    """Workspaces in the desk's own database, tokens encrypted."""

    def __init__(self, workspaces: Workspaces, teams: frozenset[str]) -> None:
        self._workspaces, self._teams = workspaces, teams

    @property
    def logger(self) -> Logger:
        """For the library."""
        return log

    async def async_save(self, installation: Installation) -> None:
        """Keep it. Raises NotMeantForIt for any other workspace than those named in the configuration."""
        team = installation.team_id or ""
        if team not in self._teams or not installation.bot_token or installation.is_enterprise_install:
            log.warning("workspace %r is not in DESK_SLACK_TEAMS: its installation is refused", team)
            raise NotMeantForIt("this workspace is not meant to have it")
        facts = {"team_name": installation.team_name or "", "installed_by": installation.user_id or ""}
        workspace = Workspace(
            team, installation.bot_user_id or "", installation.bot_id or "", installation.bot_token
        )
        await self._workspaces.save(workspace, facts)

    async def async_save_bot(self, bot: Bot) -> None:
        """Only whole installations are kept."""
        raise NotImplementedError

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot of a workspace, its token decrypted."""
        found = await self._workspaces.find(team_id or "")
        if found is None:
            return None
        return Bot(
            team_id=found.team_id,
            bot_token=found.token,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
            bot_scopes=bot_scopes(),
            installed_at=0.0,
        )

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget its token."""
        await self._workspaces.revoke(team_id or "")

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget its token."""
        await self._workspaces.revoke(team_id or "")


def build_flow(config: SlackConfig, store: Store, merchant_id: str, workspaces: Workspaces) -> AsyncOAuthFlow:
    """The flow behind `/slack/install` and `/slack/oauth_redirect`."""
    settings = AsyncOAuthSettings(
        client_id=config.client_id,
        client_secret=config.client_secret,
        scopes=bot_scopes(),
        redirect_uri=f"{config.public_url.rstrip('/')}{REDIRECT}",
        install_path=INSTALL,
        redirect_uri_path=REDIRECT,
        install_page_rendering_enabled=False,
        installation_store=Installations(workspaces, frozenset(config.teams)),
        state_store=States(store, merchant_id),
        state_expiration_seconds=STATE_SECONDS,
        callback_options=AsyncCallbackOptions(success=_installed, failure=_not_installed),
    )
    return AsyncOAuthFlow(client=web_client("", config.api_url), logger=log, settings=settings)


_REASONS = {
    "access_denied": "The installation was cancelled.",
    "invalid_browser": "Begin again, in the same browser, at /slack/install.",
    "invalid_state": "This link was used before or is too old. Begin again at /slack/install.",
    "invalid_code": "Slack did not accept the code. Begin again at /slack/install.",
}


async def _installed(args: AsyncSuccessArgs) -> BoltResponse:
    name = args.installation.team_name or "the workspace"
    return _page(
        200, f"Returns Desk is installed in {name}. Open its direct messages in Slack and say hello."
    )


async def _not_installed(args: AsyncFailureArgs) -> BoltResponse:
    if isinstance(args.error, NotMeantForIt):
        return _page(403, "This workspace is not meant to have this desk. Nothing was kept.")
    sentence = _REASONS.get(args.reason, "It could not be installed. Begin again at /slack/install.")
    return _page(args.suggested_status_code, sentence)


def _page(status: int, sentence: str) -> BoltResponse:
    html = f"<!doctype html><meta charset=utf-8><title>Returns Desk</title><p>{escape(sentence)}</p>"
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "default-src 'none'",
    }
    return BoltResponse(status=status, body=html, headers=headers)


async def as_bolt(request: Request) -> AsyncBoltRequest:
    """A browser's request as Bolt takes it."""
    return AsyncBoltRequest(body="", query=request.url.query, headers=dict(request.headers))


def as_response(answer: BoltResponse) -> Response:
    """Bolt's answer as it is sent."""
    response = Response(answer.body, answer.status)
    for name, values in answer.headers.items():
        for value in values:
            response.headers.append(name, value)
    response.headers["Cache-Control"] = "no-store"
    return response
