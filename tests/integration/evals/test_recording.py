"""A real conversation becomes a case: the same facts, other people, and it comes out as it did."""

import asyncio
import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from agent.messages import Attachment, InboundMessage, Press, ProposalCard
from domain.identity import Role, Staff
from evals.case_files import read_cases
from evals.cli import app as command
from evals.samples import sample
from integrations.bootstrap import application
from integrations.settings import Settings

WORDS = (
    "1042 one mug arrived cracked, Lucía keeps it, refund it",
    "here is her photo, she wrote from lucia.prado@example.com",
)


class Talk:
    """A conversation with the demo shop's desk."""

    def __init__(self, app, thread="t1"):
        self.app, self.thread, self.events = app, thread, 0
        self.cards = {}
        self.conversation = ""

    async def say(self, text, *files, by="ana"):
        return self._seen(
            await self.app.desk.say(InboundMessage(**self._head(by), text=text, attachments=list(files)))
        )

    async def press(self, action, by="ana", **changes):
        card = list(self.cards.values())[-1]
        press = Press(
            **self._head(by), action=action, proposal_id=card.proposal_id, sha256=card.sha256, set=changes
        )
        return self._seen(await self.app.desk.press(press))

    async def file(self, name, media_type):
        content = sample(name, media_type)
        sha = await self.app.store.write(
            self.app.merchant.id, lambda uow: uow.files.put(content, media_type, name)
        )
        return Attachment(sha256=sha, name=name, media_type=media_type, size=len(content))

    def _head(self, by):
        self.events += 1
        return {
            "channel": "test",
            "thread_key": self.thread,
            "event_id": f"{self.thread}:{self.events}",
            "staff_id": by,
        }

    def _seen(self, reply):
        self.conversation = reply.conversation_id
        self.cards |= {b.proposal_id: b for b in reply.blocks if isinstance(b, ProposalCard)}
        return reply


async def _cracked_mug(app):
    talk = Talk(app)
    await talk.say(WORDS[0])
    await talk.say(WORDS[1], await talk.file("IMG_lucia_prado.png", "image/png"))
    await talk.press("edit", amount="10.00")
    await talk.press("confirm")
    return talk.conversation


async def _above_the_limit(app):
    def work(uow):
        uow.staff.save(
            Staff(id="low", merchant_id="demo", name="Lou Low", role=Role.AGENT, limits={"USD": 100})
        )

    await app.store.write(app.merchant.id, work)
    talk = Talk(app, "t2")
    await talk.say("full refund 1042, changed mind, talk to Lucía Prado", by="low")
    await talk.press("confirm", by="low")
    await talk.press("confirm", by="sam")
    return talk.conversation


@pytest.fixture(scope="module")
def talked(tmp_path_factory):
    """A data folder, and the ids of the conversations in it."""
    folder = tmp_path_factory.mktemp("desk")

    async def talk():
        async with application(Settings(data=folder, worker="embedded"), demo=True) as app:
            return [await _cracked_mug(app), await _above_the_limit(app)]

    return folder, asyncio.run(talk())


def recorded(talked, number, monkeypatch, tmp_path):
    folder, conversations = talked
    monkeypatch.setenv("DESK_DATA", str(folder))
    path = tmp_path / "recorded.yaml"
    result = CliRunner().invoke(command, ["record", conversations[number], "--demo", "--out", str(path)])
    return result, path


def test_the_case_replays_as_it_happened(talked, monkeypatch, tmp_path):
    result, path = recorded(talked, 0, monkeypatch, tmp_path)
    assert result.exit_code == 0, result.output
    case = read_cases(path)[0]
    kinds = [getattr(turn, "event", "say") for turn in case.turns]
    assert kinds == ["say", "attach", "say", "edit", "confirm"]
    assert (case.expect or {})["states"] == {"superseded": 1, "executed": 1}
    assert case.orders[0].prior_refunds == []


def test_nothing_personal_is_left(talked, monkeypatch, tmp_path):
    _, path = recorded(talked, 0, monkeypatch, tmp_path)
    text = path.read_text(encoding="utf-8")
    for word in (
        "Lucía",
        "Prado",
        "prado",
        "1042",
        "example.com",
        "IMG_",
        "Calle",
        "1Z999AA10123456784",
        "4242",
    ):
        assert word not in text, word
    case = yaml.safe_load(text)[0]
    assert case["orders"][0]["customer"].split()[0] in case["turns"][0]["say"]
    assert case["orders"][0]["number"].lstrip("#") in case["turns"][0]["say"]


def test_a_second_person_is_one_in_the_case_too(talked, monkeypatch, tmp_path):
    result, path = recorded(talked, 1, monkeypatch, tmp_path)
    assert result.exit_code == 0, (result.output, result.exception)
    turns = [json.loads(turn.model_dump_json()) for turn in read_cases(path)[0].turns]
    assert [turn.get("event", "say") for turn in turns] == ["say", "confirm", "other_staff_confirms"]
    assert turns[2]["role"] == "supervisor"
    assert turns[2]["limit"]["USD"] == "1000.00"
    assert read_cases(path)[0].actor.limit == {"USD": "1.00"}
    assert result.exit_code == 0, result.output


def test_an_unknown_conversation_is_said_so(talked, monkeypatch, tmp_path):
    folder, _ = talked
    monkeypatch.setenv("DESK_DATA", str(folder))
    result = CliRunner().invoke(command, ["record", "conv_none", "--demo"])
    assert result.exit_code == 2
    assert "conv_none" in result.output


def test_recording_changes_nothing(talked, monkeypatch, tmp_path):
    folder, _ = talked
    before = {path.name: path.stat().st_size for path in Path(folder).glob("*.db")}
    recorded(talked, 0, monkeypatch, tmp_path)
    assert {path.name: path.stat().st_size for path in Path(folder).glob("*.db")} == before
