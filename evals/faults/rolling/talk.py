"""Staff in conversations: ask about an order, ask for a refund, say why, press the button; then the next order."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from evals.faults.rolling.balancer import Balancer, NoAnswer

_THINK_SECONDS = 0.1
PRESSED = "[confirm]"
"""What stands in a conversation for the button."""


@dataclass(slots=True)
class Turn:
    """Something said or pressed, and the reply as it was received; None where none came."""

    text: str
    reply: dict[str, Any] | None = None


@dataclass(slots=True)
class Talk:
    """One conversation of one member of staff."""

    balancer: Balancer
    token: str
    name: str
    id: str = ""
    turns: list[Turn] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    """Refunds that the member of staff was told are confirmed."""
    refused: list[str] = field(default_factory=list)
    """Answers that were no reply."""

    @property
    def answered(self) -> int:
        """Turns that got their reply."""
        return sum(turn.reply is not None for turn in self.turns)

    async def begin(self) -> None:
        """Open the conversation. Raises NoAnswer."""
        answer = await self.balancer.post("/v1/conversations", self.token, f"{self.name}-begin", {})
        answer.raise_for_status()
        self.id = answer.json()["id"]

    async def go_on(self, numbers: Iterator[int], stop: asyncio.Event) -> None:
        """One order after the other until told to stop; a refund that was begun is brought to its end."""
        for number in numbers:
            if stop.is_set():
                return
            await self._order(number)

    async def _order(self, number: int) -> None:
        await self._say(f"what is the status of #{number}?")
        card = _card(await self._say(f"refund one mug on #{number}"))
        if card is None:
            card = _card(await self._say("she changed her mind"))
        if card is not None:
            await self._confirm(card["proposal_id"], card["sha256"])

    async def _say(self, text: str) -> dict[str, Any] | None:
        turn = Turn(text)
        answer = await self._send(turn, f"/v1/conversations/{self.id}/messages", {"text": text})
        if answer is not None:
            turn.reply = answer
        return answer

    async def _confirm(self, proposal_id: str, sha256: str) -> None:
        turn = Turn(PRESSED)
        answer = await self._send(turn, f"/v1/proposals/{proposal_id}/confirm", {"sha256": sha256})
        if answer is not None:
            turn.reply = answer["reply"]
            self.confirmed.append(proposal_id)

    async def _send(self, turn: Turn, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        self.turns.append(turn)
        key = f"{self.name}-{len(self.turns)}"
        await asyncio.sleep(_THINK_SECONDS)
        try:
            answer = await self.balancer.post(path, self.token, key, body)
        except NoAnswer:
            return None
        if answer.status_code not in (200, 202):
            self.refused.append(f"{turn.text}: {answer.status_code} {answer.text[:300]}")
            return None
        found: dict[str, Any] = answer.json()
        return found


def _card(reply: dict[str, Any] | None) -> dict[str, Any] | None:
    for block in (reply or {}).get("blocks", []):
        if "proposal_id" in block and "sha256" in block:
            return dict(block)
    return None
