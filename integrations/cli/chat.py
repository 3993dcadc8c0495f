"""`desk chat`: a conversation in the terminal, with cards; or a script on standard input."""

from __future__ import annotations

import asyncio
import mimetypes
import shlex
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from agent.messages import Attachment, ProposalCard, Reply
from agent.rendering.plain import as_text
from domain.rules import Refused
from integrations.cli.door import Door, InProcess, Running, find_staff
from integrations.cli.draw import draw
from integrations.opening import load_settings
from integrations.running import read_running

HELP = """Say what the customer wants, as you would to a colleague. Lines of the terminal's own:
  /confirm ID             press the button of that card (the short id it shows)
  /cancel ID              withdraw it
  /edit ID field=value …  change it: amount, quantity, reason, note, carrier, tracking …
  /attach FILE …          files that go with the next message
  /quit                   leave; the conversation is kept under its --thread name"""


class Terminal:
    """One conversation in one terminal."""

    def __init__(self, door: Door, *, as_json: bool) -> None:
        self._door, self._json = door, as_json
        self._cards: dict[str, ProposalCard] = {}
        self._files: list[Attachment] = []

    async def line(self, text: str) -> bool:
        """Handle one line; False to leave."""
        word, _, rest = text.strip().partition(" ")
        if word in ("/quit", "/exit"):
            return False
        try:
            if word == "/help":
                print(HELP)
            elif word == "/attach":
                await self._attach(shlex.split(rest))
            elif word in ("/confirm", "/cancel", "/edit"):
                await self._press(word[1:], rest)
            elif text.strip() or self._files:
                files, self._files = self._files, []
                self._show(await self._door.say(text.strip(), files))
        except Refused as refusal:
            print(f"desk: {refusal}", file=sys.stderr)
        return True

    async def _press(self, action: str, rest: str) -> None:
        short, _, fields = rest.partition(" ")
        card = self._card(short)
        if card is None:
            known = ", ".join(c.short_id for c in self._cards.values()) or "none"
            print(f"No card {short or '…'} here. Cards shown: {known}.", file=sys.stderr)
            return
        changes = dict(pair.split("=", 1) for pair in shlex.split(fields) if "=" in pair)
        self._show(await self._door.press(action, card, changes))

    def _card(self, short: str) -> ProposalCard | None:
        if not short and self._cards:
            return list(self._cards.values())[-1]
        return next((c for c in self._cards.values() if short in (c.short_id, c.proposal_id)), None)

    async def _attach(self, names: list[str]) -> None:
        for name in names:
            path = Path(name)
            try:
                content = await asyncio.to_thread(path.read_bytes)
            except OSError as error:
                print(f"{name}: {error.strerror}", file=sys.stderr)
                continue
            media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            self._files.append(await self._door.put(content, media, path.name))
        print(f"{len(self._files)} file(s) go with your next message; Enter sends them alone.")

    def _show(self, reply: Reply) -> None:
        for block in reply.blocks:
            if isinstance(block, ProposalCard):
                self._cards.pop(block.proposal_id, None)
                self._cards[block.proposal_id] = block
        if self._json:
            print(reply.model_dump_json(), flush=True)
        elif sys.stdout.isatty():
            draw(reply)
        else:
            print("\n".join(as_text(block) for block in reply.blocks), flush=True)


@asynccontextmanager
async def _door(*, demo: bool, staff: str, thread: str) -> AsyncIterator[Door]:
    """Through the desk that is running on this data folder, if one is; else the database is opened here."""
    settings = load_settings()
    running = read_running(settings.data)
    if running is not None:
        url, secret = running
        async with httpx.AsyncClient(base_url=url) as client:
            yield await Running.open(client, secret, staff)
        return
    from integrations.bootstrap import application

    async with application(settings, demo=demo) as app:
        person = await app.store.read(app.merchant.id, lambda uow: find_staff(uow, staff))
        yield InProcess(app, person, thread or app.desk.ids.new("term"))


async def run_chat(*, demo: bool, staff: str, as_json: bool, thread: str) -> None:
    """The conversation until its end."""
    async with _door(demo=demo, staff=staff, thread=thread) as door:
        terminal = Terminal(door, as_json=as_json)
        if sys.stdin.isatty() and not as_json:
            print(f"Returns Desk. You are {door.who}. /help, /quit")
        async for line in _lines():
            if not await terminal.line(line):
                return


async def _lines() -> AsyncIterator[str]:
    """Lines as typed, with history and editing in a terminal; as they come from a pipe."""
    if not sys.stdin.isatty():
        for line in sys.stdin:
            yield line
        return
    from prompt_toolkit import PromptSession

    session: PromptSession[str] = PromptSession()
    while True:
        try:
            yield await session.prompt_async("› ")
        except (EOFError, KeyboardInterrupt):
            return
