"""One process for the bench: the desk's own app with the scripted reader, and the peer's route in the same app."""

from __future__ import annotations

import gc
import os

import uvicorn
import uvloop
from fastapi import APIRouter
from pydantic import BaseModel

from evals.bench import peer
from evals.bench.desks import STAFF
from evals.bench.script import ScriptedReader
from evals.bench.shop import MERCHANT
from integrations.bootstrap import Application, application, load_settings
from integrations.http.app import create_app
from integrations.storage.checkpoints import checkpointer


class Said(BaseModel):
    """What somebody says to the peer."""

    text: str


class Answered(BaseModel):
    """What it says."""

    text: str


async def _peer(app: Application, stack_saver: object) -> APIRouter:
    actor = await app.store.read(MERCHANT.id, lambda uow: uow.staff.get(STAFF))
    assert actor is not None
    agent = peer.build_peer(app.store, MERCHANT.id, actor, stack_saver)  # type: ignore[arg-type]
    router = APIRouter(prefix="/v1/peer")

    @router.post("/{thread}/messages")
    async def say(thread: str, body: Said) -> Answered:
        return Answered(text=await peer.say(agent, thread, body.text))

    return router


async def main() -> None:
    """Serve until told to stop."""
    settings = load_settings(port=int(os.environ["DESK_PORT"]))
    async with application(settings) as app, checkpointer(settings.url) as saver:
        app.desk.reader = ScriptedReader()
        web = create_app(app)
        web.include_router(await _peer(app, saver))
        gc.freeze()  # As `desk serve` does, and like it on uvloop.
        config = uvicorn.Config(web, port=settings.port, log_level="warning", access_log=False)
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    uvloop.run(main())
