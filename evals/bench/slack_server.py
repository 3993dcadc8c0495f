"""One process for the bench: the desk connected to Slack, as `desk serve` runs it, with a slow reader."""

from __future__ import annotations

import gc
import os
import time

import uvicorn
import uvloop

from agent.reading.view import TurnView, Understanding
from evals.bench.script import ScriptedReader
from integrations.bootstrap import application, load_settings
from integrations.http.app import create_app

SECONDS = "BENCH_READER_SECONDS"
"""Environment variable: how long a message is read."""


class SlowReader(ScriptedReader):
    """Understands the guided turns, after a while."""

    name = "slow"

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def read(self, view: TurnView) -> Understanding:
        """The commands of one of the two messages."""
        time.sleep(self._seconds)
        return super().read(view)


async def main() -> None:
    """Serve until told to stop."""
    settings = load_settings(port=int(os.environ["DESK_PORT"]))
    async with application(settings) as app:
        app.desk.reader = SlowReader(float(os.environ[SECONDS]))
        web = create_app(app)
        for channel in app.channels:
            channel.mount(web)
        gc.freeze()  # As `desk serve` does, and like it on uvloop.
        config = uvicorn.Config(web, port=settings.port, log_level="warning", access_log=False)
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    uvloop.run(main())
