"""People at browsers: they press, and press again at another server where theirs has gone."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

_PATIENCE = 40
"""How often somebody tries before giving up."""


@dataclass(slots=True)
class Volley:
    """What 64 people were told who pressed one button at the same moment."""

    accepted: int = 0
    told_who: int = 0
    other: Counter[str] = field(default_factory=Counter)
    moved_on: int = 0
    """Those whose server went away under them and who asked another."""

    @property
    def is_right(self) -> bool:
        """One won at most (a winner whose server died is told that it was decided), and all others were told."""
        return self.accepted <= 1 and not self.other


class People:
    """So many, each with a token, spread over the servers."""

    def __init__(self, urls: Sequence[str], tokens: Sequence[str]) -> None:
        self.urls, self._tokens = list(urls), list(tokens)
        limits = httpx.Limits(max_connections=len(tokens), max_keepalive_connections=len(tokens))
        self._client = httpx.AsyncClient(timeout=30, limits=limits)

    async def press(self, proposal_id: str, sha256: str) -> Volley:
        """All of them, at once."""
        volley = Volley()
        await asyncio.gather(
            *(self._one(at, token, proposal_id, sha256, volley) for at, token in enumerate(self._tokens))
        )
        return volley

    async def _one(self, at: int, token: str, proposal_id: str, sha256: str, volley: Volley) -> None:
        headers = {"Authorization": f"Bearer {token}", "Prefer": "respond-async"}
        for attempt in range(_PATIENCE):
            url = self.urls[(at + attempt) % len(self.urls)]
            try:
                answer = await self._client.post(
                    f"{url}/v1/proposals/{proposal_id}/confirm", json={"sha256": sha256}, headers=headers
                )
            except httpx.HTTPError:
                volley.moved_on += attempt == 0
                await asyncio.sleep(0.05)
                continue
            if answer.status_code == 503:
                await asyncio.sleep(0.2)
                continue
            _note(answer.status_code, answer.json(), volley)
            return
        volley.other["no answer"] += 1

    async def close(self) -> None:
        """Leave."""
        await self._client.aclose()


def _note(status: int, body: dict[str, Any], volley: Volley) -> None:
    if status in (200, 202):
        volley.accepted += 1
    elif status == 409 and body.get("code") == "proposal_decided" and "Sam " in str(body.get("violations")):
        volley.told_who += 1
    else:
        volley.other[f"{status} {body.get('code')}"] += 1
