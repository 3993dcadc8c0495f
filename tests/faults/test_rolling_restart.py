"""A short rolling restart, and the checks that would see a turn lost in one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.cases.model import Message
from evals.faults.parts import rolling
from evals.faults.rolling.kept import Kept
from evals.faults.rolling.talk import Talk, Turn
from evals.stripe.running import stripe_like


@pytest.mark.timeout(300)
def test_a_replica_is_restarted_under_conversations_and_no_turn_is_lost(postgres_url, tmp_path):
    plan = rolling.Plan(talks=3, between=5, orders=40, replicas=2, restarts=1)
    with stripe_like(tmp_path) as stripe:
        done = asyncio.run(rolling.run(plan, postgres_url, stripe, tmp_path / "desks"))
    turns, books = done.turns, done.books
    assert (turns.unanswered, turns.without_reply, turns.twice, turns.other) == ([], [], [], [])
    assert (done.refused, done.untidy, len(done.stops)) == ([], [], 1)
    assert turns.turns >= 15
    assert done.moved_on > 0
    assert books.succeeded == done.told > 0
    assert (books.lost, books.doubled, books.stuck, books.ledger) == ([], [], [], 0)


def a_reply(event, said="fine"):
    return {"event_id": event, "blocks": [{"text": said}], "proposal_ids": []}


def stored(event, direction, text="", body=None):
    given: dict[str, Any] = {
        "id": f"{event}-{direction}",
        "conversation_id": "c",
        "staff_id": None,
        "at": datetime.now(UTC),
    }
    return Message(event_id=event, direction=direction, text=text, body=body or {}, **given)


def found(turns, messages):
    nobody: Any = None
    talk = Talk(nobody, "", "talk", "c", turns)
    seen = Kept()
    seen.add(talk, messages)
    return seen


def test_a_turn_that_was_answered_as_it_is_stored_is_right():
    seen = found(
        [Turn("hello", a_reply("1"))], [stored("1", "in", "hello"), stored("1", "out", body=a_reply("1"))]
    )
    assert (seen.turns, seen.unanswered, seen.without_reply, seen.twice, seen.other) == (1, [], [], [], [])


@pytest.mark.parametrize(
    ("turn", "messages", "what"),
    [
        (Turn("hello"), [], "unanswered"),
        (Turn("hello"), [stored("1", "in", "hello")], "without_reply"),
        (Turn("hello", a_reply("1")), [], "other"),
        (
            Turn("hello", a_reply("1")),
            [stored("1", "in", "hello"), stored("1", "out", body=a_reply("1", "something else"))],
            "other",
        ),
        (
            Turn("hello", a_reply("1")),
            [
                *(stored("1", "in", "hello"), stored("1", "out", body=a_reply("1"))),
                *(stored("2", "in", "hello"), stored("2", "out", body=a_reply("2"))),
            ],
            "twice",
        ),
    ],
)
def test_a_turn_that_is_lost_or_done_twice_is_seen(turn, messages, what):
    assert getattr(found([turn], messages), what)
