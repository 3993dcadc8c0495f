"""The job that an acknowledged event became: done once, however often it is begun."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from domain.ports import Job, StorageUnavailable
from domain.rules import Refused
from integrations.slack.bolt import dispatch
from integrations.slack.client import GONE, code_of, retry_after
from integrations.slack.incoming import Incoming
from integrations.slack.room import Delivered, Room
from integrations.work.outcome import Again, Dead, Done, Outcome

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HandleEvent:
    """Job handler of `slack.event`."""

    room: Room
    app: AsyncApp
    locks: Callable[[str], AbstractAsyncContextManager[None]]

    async def __call__(self, job: Job) -> Outcome:
        """In the order of a thread; an unknown workspace is nobody's."""
        incoming = Incoming.model_validate(job.payload)
        try:
            workspace = await self.room.workspaces.find(incoming.team)
            if workspace is None:
                log.warning("an event of workspace %s, which is not connected, is left alone", incoming.team)
                return Done()
            delivered = Delivered(workspace, incoming.user, f"slack:{job.key}", job.created_at)
            async with self.locks(incoming.order_key):
                await dispatch(self.app, incoming.body, delivered)
        except Exception as error:
            return await failed(self.room, incoming.team, error)
        return Done()


async def failed(room: Room, team: str, error: Exception) -> Outcome:
    """What an error means for the job. Raises what nobody foresaw."""
    if isinstance(error, SlackApiError):
        code = code_of(error)
        if code == "ratelimited":
            return Again("Slack asks us to wait", seconds=retry_after(error), bounded=False)
        if code in GONE and team:
            await room.workspaces.revoke(team)
            log.warning("workspace %s no longer takes our token (%s)", team, code)
            return Done()
        return Again(f"Slack: {code}")
    if isinstance(error, StorageUnavailable | aiohttp.ClientError | asyncio.TimeoutError):
        return Again(f"{type(error).__name__}: {error}")
    if isinstance(error, Refused | LookupError):
        return Dead(f"{type(error).__name__}: {error}")
    raise error
