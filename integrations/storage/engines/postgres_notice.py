"""New jobs made known to the workers of other processes, by PostgreSQL's LISTEN and NOTIFY.

A NOTIFY inside the transaction that adds the job would make all such commits wait for one another, for the server
orders them. So it is sent after the commit, on a connection of its own, once for all that came within a few
hundredths of a second. What a process that dies in between does not send is found by the workers' polling.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import asyncpg

log = logging.getLogger(__name__)
CHANNEL = "returns_desk_jobs"
_TOGETHER_SECONDS = 0.02
_PAUSE_SECONDS = 1.0


class Notices:
    """One connection, opened when it is first needed and again after it broke. `heard` is set when others have news."""

    def __init__(self, dsn: str, connect_seconds: float, heard: asyncio.Event) -> None:
        self._dsn, self._timeout, self._heard = dsn, connect_seconds, heard
        self._due, self._sending = asyncio.Event(), False
        self._listening = False
        self._task: asyncio.Task[None] | None = None

    def announce(self) -> None:
        """There is a new job: tell the others soon."""
        self._sending = True
        self._go_on()

    def listen(self) -> None:
        """From now on, hear of others' jobs."""
        if not self._listening or self._task is None or self._task.done():
            self._listening = True
            self._go_on()

    async def close(self) -> None:
        """Send and hear nothing more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def _go_on(self) -> None:
        self._due.set()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run(), name="job notices")

    async def _run(self) -> None:
        while True:
            connection = None
            try:
                connection = await asyncpg.connect(
                    self._dsn,
                    timeout=self._timeout,
                    server_settings={"application_name": "returns-desk", "synchronous_commit": "off"},
                )
                connection.add_termination_listener(lambda _: self._due.set())
                await self._serve(connection)
            except (
                Exception
            ) as error:  # Whatever it is: notices are a help, and polling finds what they miss.
                log.debug("no notices of jobs for now, workers poll: %s: %s", type(error).__name__, error)
            finally:
                if connection is not None:
                    connection.terminate()
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _serve(self, connection: asyncpg.Connection) -> None:
        """Until the connection breaks. What was missed before it stood is looked for once."""
        subscribed = False
        while not connection.is_closed():
            if self._listening and not subscribed:
                await connection.add_listener(CHANNEL, self._on_notice)
                subscribed = True
                self._heard.set()
            if self._sending:
                self._sending = False
                await connection.execute(f"notify {CHANNEL}")
                await asyncio.sleep(_TOGETHER_SECONDS)
            await self._due.wait()
            self._due.clear()

    def _on_notice(self, *_: Any) -> None:
        self._heard.set()
