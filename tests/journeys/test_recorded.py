"""Conversations that an earlier build left paused go on in this one: database, checkpoints and all."""

from __future__ import annotations

import sqlite3

import pytest

from agent.messages import ProposalCard
from agent.rendering.plain import as_text
from evals.seed import MERCHANT
from tests.journeys.recorded import CARD, QUESTION, TWO_CARDS, a_desk, pressed, recordings, said, unpack


@pytest.fixture(params=recordings())
def paused(request, tmp_path):
    unpack(request.param, tmp_path)
    return tmp_path


def words(reply):
    return "\n".join(as_text(block) for block in reply.blocks)


def cards(reply):
    return [block for block in reply.blocks if isinstance(block, ProposalCard)]


async def test_a_recorded_card_is_shown_again_and_confirmed(paused):
    async with a_desk(paused) as world:
        (card,) = cards(await world.desk.say(said(CARD, "yes", "asks")))
        reply = await world.desk.press(pressed(CARD, card.proposal_id, card.sha256, "presses"))
    assert "Refunded €32.00" in words(reply)


async def test_a_button_that_was_on_the_screen_at_the_upgrade_works_after_it(paused):
    async with a_desk(paused) as world:
        shown = await world.store.read(MERCHANT, lambda uow: uow.proposals.list_open(10))
        for amount, proposal in zip(("€5.00", "€6.00"), shown[1:], strict=True):
            reply = await world.desk.press(pressed(TWO_CARDS, proposal.id, proposal.sha256, proposal.id))
            assert f"Refunded {amount}" in words(reply)


async def test_a_recorded_question_takes_its_answer(paused):
    async with a_desk(paused) as world:
        reply = await world.desk.say(said(QUESTION, "he changed his mind", "answers"))
    assert [card.headline for card in cards(reply)] == ["€32.00"]


async def test_the_graph_still_has_the_node_that_recorded_threads_wait_at(paused):
    connection = sqlite3.connect(paused / "desk-graph.db")
    threads = [row[0] for row in connection.execute("select distinct thread_id from writes")]
    connection.close()
    async with a_desk(paused) as world:
        graph = world.desk.graph
        waiting = [
            (await graph.aget_state({"configurable": {"thread_id": thread}})).next for thread in threads
        ]
    assert threads
    assert set(waiting) == {("await_confirmation",)}
