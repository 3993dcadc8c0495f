"""``python -m evals.stripe.server --books FOLDER``: refunds as Stripe documents them, over HTTP, in files of its own.

It knows what the desk uses: POST and GET ``/v1/refunds`` with idempotency keys, limits and pages; each account
(``Stripe-Account``) has books of its own. Refunds are announced
to `--webhook` addresses, each twice: before the answer (the desk hears of it before it can have written it down) and
after. Prints its port when it listens.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import hmac
import json
import logging
import socket
import time
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web

from evals.stripe.books import Books


class Server:
    """The routes."""

    def __init__(
        self, folder: Path, *, latency: float = 0.0, webhooks: tuple[str, ...] = (), secret: str = ""
    ) -> None:
        self._folder, self._latency, self._secret = folder, latency, secret
        self._open: dict[str, Books] = {}
        self.webhooks = list(webhooks)
        self._client = httpx.AsyncClient(timeout=2)
        self._telling: set[asyncio.Task[None]] = set()
        self._turn = 0

    def app(self) -> web.Application:
        """The application."""
        app = web.Application()
        app.add_routes(
            [
                web.post("/v1/refunds", self.create),
                web.get("/v1/refunds", self.page),
                web.post("/_control/payments", self.add),
                web.post("/_control/webhooks", self.point),
                web.get("/_control/effects", self.effects),
            ]
        )
        return app

    def _books(self, request: web.Request) -> Books:
        account = request.headers.get("Stripe-Account", "own")
        if account not in self._open:
            self._open[account] = Books(self._folder / f"stripe-{account}.db")
        return self._open[account]

    async def create(self, request: web.Request) -> web.Response:
        """A refund."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        key = request.headers.get("Idempotency-Key", "")
        if self._latency:
            await asyncio.sleep(self._latency)
        (status, body), is_new = self._books(request).create(key, form, int(time.time()))
        if is_new and self.webhooks:
            await self._tell("refund.created", body, "early")
            self._later(self._tell("refund.updated", body, "late"))
            self._later(self._tell("refund.created", body, "early"))
        return web.json_response(body, status=status)

    async def page(self, request: web.Request) -> web.Response:
        """A page of refunds."""
        status, body = self._books(request).page(dict(request.query))
        return web.json_response(body, status=status)

    async def add(self, request: web.Request) -> web.Response:
        """Payments to refund."""
        given = await request.json()
        self._books(request).add_payments(given["payments"], given.get("currency", "eur"))
        return web.json_response({})

    async def point(self, request: web.Request) -> web.Response:
        """Where events go from now on."""
        self.webhooks = list((await request.json())["urls"])
        return web.json_response({})

    async def effects(self, request: web.Request) -> web.Response:
        """What really happened."""
        return web.json_response(self._books(request).effects())

    def _later(self, telling: Any) -> None:
        task = asyncio.get_running_loop().create_task(telling)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, kind: str, refund: dict[str, Any], when: str) -> None:
        """One delivery, to the addresses in turn; whether it arrives is not our worry: Stripe's would come again."""
        event = {
            "id": f"evt_{refund['id']}_{when}",
            "object": "event",
            "type": kind,
            "created": int(time.time()),
        }
        body = json.dumps({**event, "data": {"object": refund}}).encode()
        self._turn += 1
        try:
            await self._client.post(
                self.webhooks[self._turn % len(self.webhooks)],
                content=body,
                headers={"Stripe-Signature": signed(body, self._secret, int(time.time()))},
            )
        except httpx.HTTPError:
            return


def signed(body: bytes, secret: str, at: int) -> str:
    """The header Stripe signs a delivery with."""
    mac = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


async def serve(given: argparse.Namespace) -> None:
    """Until it is ended."""
    listening = socket.create_server(("127.0.0.1", given.port))
    server = Server(given.books, latency=given.latency, webhooks=tuple(given.webhook), secret=given.secret)
    runner = web.AppRunner(server.app(), access_log=None)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    print(f"listening {listening.getsockname()[1]}", flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """Run it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--books", type=Path, required=True)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--latency", type=float, default=0.0, help="seconds before each refund is made")
    options.add_argument("--webhook", action="append", default=[])
    options.add_argument("--secret", default="whsec_test")
    logging.disable(logging.CRITICAL)  # Connections are broken on purpose.
    asyncio.run(serve(options.parse_args()))


if __name__ == "__main__":
    main()
