"""Steady clients: staff in conversations, look-ups in between, the sidebar open beside a ticket."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from evals.soak.shop import TICKET, Doors

_THINK_SECONDS = 0.4
_ORDERS_A_CONVERSATION = 8
_PAGE_SECONDS = 5.0
_CONFIRMED, _CANCELLED = 0.7, 0.9
"""Of the proposals, so many are confirmed; up to here cancelled; the rest are left open."""
_SIDEBAR = f"/sidebar/local/t/{TICKET}"


@dataclass(slots=True)
class Seen:
    """What the clients met since it was last emptied."""

    turns: list[float] = field(default_factory=list)
    """Seconds of each turn."""
    errors: list[str] = field(default_factory=list)

    def empty(self) -> tuple[list[float], list[str]]:
        """Hand it over and begin anew."""
        had = self.turns, self.errors
        self.turns, self.errors = [], []
        return had


class WentWrong(RuntimeError):
    """An answer that no client should get."""


@dataclass(slots=True)
class Clients:
    """Everybody at one server."""

    url: str
    doors: Doors
    orders: Iterator[int]
    seen: Seen = field(default_factory=Seen)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, talkers: int, watchers: int) -> None:
        """Until `stopping` is set; a conversation that was begun on an order comes to its end."""
        async with (
            httpx.AsyncClient(
                base_url=self.url,
                headers={"Authorization": f"Bearer {self.doors.token}"},
                timeout=60,
                trust_env=False,
            ) as api,
            httpx.AsyncClient(
                base_url=self.url, cookies={"desk": self.doors.session}, timeout=60, trust_env=False
            ) as browser,
            asyncio.TaskGroup() as tasks,
        ):
            for at in range(talkers):
                tasks.create_task(self._again(lambda at=at: self._conversation(api, random.Random(at))))
            streams = [tasks.create_task(self._again(lambda: self._stream(browser))) for _ in range(watchers)]
            tasks.create_task(self._again(lambda: self._page(browser)))
            await self.stopping.wait()
            for stream in streams:
                stream.cancel()

    async def _again(self, work: Any) -> None:
        """Over and over; what went wrong is noted, and the next begins."""
        while not self.stopping.is_set():
            try:
                await work()
            except (httpx.HTTPError, WentWrong) as error:
                self.seen.errors.append(f"{type(error).__name__}: {error}")
                await asyncio.sleep(1)

    async def _conversation(self, api: httpx.AsyncClient, chance: random.Random) -> None:
        talk = _right(await api.post("/v1/conversations", json={}))["id"]
        for number in self.orders:
            await self._order(api, talk, number, chance)
            if self.stopping.is_set() or chance.random() < 1 / _ORDERS_A_CONVERSATION:
                return
        raise WentWrong("there are no more orders to ask about")

    async def _order(self, api: httpx.AsyncClient, talk: str, number: int, chance: random.Random) -> None:
        _right(await api.get("/v1/orders", params={"q": f"customer{number}@example.com"}))
        order = _right(await api.get(f"/v1/orders/{number}"))["order"]
        _right(await api.get(f"/v1/orders/{number}/actions"))
        await self._say(api, talk, f"what is the status of #{number}?")
        title = order["lines"][0]["title"]
        card = _card(await self._say(api, talk, f"refund one {title} on #{number}"))
        if card is None:
            card = _card(await self._say(api, talk, "the customer changed their mind"))
        if card is None:
            raise WentWrong(f"no card for one {title} on #{number}")
        await self._decide(api, card, chance.random())

    async def _decide(self, api: httpx.AsyncClient, card: dict[str, Any], chance: float) -> None:
        path, body = f"/v1/proposals/{card['proposal_id']}", {"sha256": card["sha256"]}
        if chance < _CONFIRMED:
            await self._turn(api, f"{path}/confirm", body)
        elif chance < _CANCELLED:
            await self._turn(api, f"{path}/cancel", None)

    async def _say(self, api: httpx.AsyncClient, talk: str, text: str) -> dict[str, Any]:
        return await self._turn(api, f"/v1/conversations/{talk}/messages", {"text": text})

    async def _turn(self, api: httpx.AsyncClient, path: str, body: Any) -> dict[str, Any]:
        await asyncio.sleep(_THINK_SECONDS)
        began = time.perf_counter()
        answer = await api.post(path, json=body)
        self.seen.turns.append(time.perf_counter() - began)
        return _right(answer)

    async def _page(self, browser: httpx.AsyncClient) -> None:
        for path in (_SIDEBAR, f"{_SIDEBAR}/body", "/tickets"):
            answer = await browser.get(path)
            if answer.status_code != 200:
                raise WentWrong(f"{path}: {answer.status_code}")
        await asyncio.sleep(_PAGE_SECONDS)

    async def _stream(self, browser: httpx.AsyncClient) -> None:
        """The sidebar's events, kept open."""
        async with browser.stream("GET", f"{_SIDEBAR}/live") as events:
            if events.status_code != 200:
                raise WentWrong(f"the stream: {events.status_code}")
            async for _ in events.aiter_lines():
                continue
        raise WentWrong("the stream ended")


def _right(answer: httpx.Response) -> dict[str, Any]:
    """What it holds. Raises WentWrong."""
    if not answer.is_success:
        raise WentWrong(f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}")
    found: dict[str, Any] = answer.json()
    return found


def _card(reply: dict[str, Any]) -> dict[str, Any] | None:
    for block in reply["blocks"]:
        if "proposal_id" in block and "sha256" in block:
            return dict(block)
    return None
