"""Workspaces: whose bot token is used, encrypted while it lies in the database, and none once it is revoked."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_sdk.web.async_client import AsyncWebClient

from domain.ports import Store, UnitOfWork
from integrations.slack.client import web_client
from integrations.slack.config import SlackConfig
from integrations.storage.repositories.slack import SlackBook
from integrations.storage.unit_of_work import Work


def slack_of(uow: UnitOfWork) -> SlackBook:
    """Slack's rows in this transaction."""
    assert isinstance(uow, Work)
    return uow.slack


@dataclass(frozen=True, slots=True)
class Workspace:
    """One that is connected now."""

    team_id: str
    bot_user_id: str
    bot_id: str
    token: str = field(repr=False)


class TokenUnreadable(Exception):
    """A token was encrypted with a key that is not configured any more."""


@dataclass(slots=True)
class Workspaces:
    """Finds a workspace by its id; nothing is remembered between events, so that an uninstall holds at once."""

    config: SlackConfig
    store: Store
    merchant_id: str
    _clients: dict[str, AsyncWebClient] = field(default_factory=dict)
    _only: Workspace | None = None
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def client(self, workspace: Workspace) -> AsyncWebClient:
        """The client with its token."""
        known = self._clients.get(workspace.team_id)
        if known is None or known.token != workspace.token:
            known = self._clients[workspace.team_id] = web_client(workspace.token, self.config.api_url)
        return known

    async def find(self, team_id: str) -> Workspace | None:
        """The workspace, unless it is unknown, uninstalled or its tokens are revoked. Raises TokenUnreadable."""
        saved = await self.store.read(self.merchant_id, lambda uow: slack_of(uow).installed(team_id))
        if self.config.bot_token:
            only = await self._the_only()
            gone = saved is not None and saved[1] is not None and saved[0] == _print_of(only.token)
            return only if only.team_id == team_id and not gone else None
        if saved is None or saved[1] is not None:
            return None
        kept = json.loads(saved[0])
        return Workspace(team_id, kept["bot_user_id"], kept["bot_id"], self._decrypted(kept["token"]))

    async def all(self) -> list[Workspace]:
        """Those connected now."""
        if self.config.bot_token:
            only = await self._the_only()
            return [only] if await self.find(only.team_id) else []
        teams = await self.store.read(self.merchant_id, lambda uow: slack_of(uow).teams())
        found = [await self.find(team) for team in teams]
        return [workspace for workspace in found if workspace is not None]

    async def save(self, workspace: Workspace, facts: dict[str, str]) -> None:
        """Somebody installed it: kept with its token encrypted."""
        token = self._fernet().encrypt(workspace.token.encode()).decode()
        kept = {"bot_user_id": workspace.bot_user_id, "bot_id": workspace.bot_id, "token": token, **facts}
        doc = json.dumps(kept, sort_keys=True)
        await self.store.write(self.merchant_id, lambda uow: slack_of(uow).install(workspace.team_id, doc))

    async def revoke(self, team_id: str) -> None:
        """Uninstalled, or its tokens are no good any more: forget the token."""
        doc = _print_of(self.config.bot_token) if self.config.bot_token else "{}"
        self._clients.pop(team_id, None)

        def work(uow: UnitOfWork) -> None:
            now: datetime = uow.now
            slack_of(uow).install(team_id, doc, revoked_at=now)

        await self.store.write(self.merchant_id, work)

    async def _the_only(self) -> Workspace:
        async with self._asking:
            if self._only is None:
                token = self.config.bot_token
                said = await web_client(token, self.config.api_url).auth_test()
                self._only = Workspace(said["team_id"], said["user_id"], said.get("bot_id") or "", token)
            return self._only

    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.config.token_keys])

    def _decrypted(self, token: str) -> str:
        try:
            return self._fernet().decrypt(token.encode()).decode()
        except InvalidToken:
            raise TokenUnreadable(
                "a workspace's token was encrypted with another key: put the old one after the new one in "
                "DESK_SLACK_TOKEN_KEY, separated by a comma, or install again"
            ) from None


def _print_of(token: str) -> str:
    """What a revoked token is known by: revoking the old one must not shut out its successor."""
    return hashlib.sha256(token.encode()).hexdigest()
