"""Whole conversations with the demo shop, through the same door as every channel, with the embedded reader."""

from __future__ import annotations

import hashlib

import pytest

from agent.messages import Attachment, InboundMessage, Press, ProposalCard, Ticket
from agent.rendering.plain import as_text
from integrations.bootstrap import application
from integrations.settings import Settings
from tests.samples import PNG


class Talk:
    """One thread and who speaks in it."""

    def __init__(self, app):
        self.app, self.count, self.card, self.reply = app, 0, None, None

    def _event(self):
        self.count += 1
        return f"event-{self.count}"

    async def say(self, text, staff="ana", files=(), ticket=None):
        attachments = [await self._file(name) for name in files]
        message = InboundMessage(
            channel="journey",
            thread_key="1",
            event_id=self._event(),
            staff_id=staff,
            text=text,
            attachments=attachments,
            ticket=Ticket.model_validate(ticket) if ticket else None,
        )
        return self._note(await self.app.desk.say(message))

    async def press(self, action="confirm", staff="ana", changes=None):
        assert self.card is not None, "no card was shown"
        press = Press(
            channel="journey",
            thread_key="1",
            event_id=self._event(),
            staff_id=staff,
            action=action,
            proposal_id=self.card.proposal_id,
            sha256=self.card.sha256,
            set=changes or {},
        )
        return self._note(await self.app.desk.press(press))

    async def _file(self, name):
        content = PNG + name.encode()
        await self.app.store.write("demo", lambda uow: uow.files.put(content, "image/png", name))
        sha = hashlib.sha256(content).hexdigest()
        return Attachment(sha256=sha, name=name, media_type="image/png", size=len(content))

    def _note(self, reply):
        for block in reply.blocks:
            if isinstance(block, ProposalCard):
                self.card = block
        self.reply = reply
        return "\n".join(as_text(block) for block in reply.blocks)

    async def order(self, number):
        return await self.app.store.read("demo", lambda uow: uow.orders.by_number(number))


@pytest.fixture
async def talk(tmp_path):
    async with application(Settings(data=tmp_path), demo=True) as app:
        yield Talk(app)
