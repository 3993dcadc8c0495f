"""Proposal cards: decided once, changed in a form, put right everywhere, answered when they are pressed too late."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from tests.fakes.slack_office import opened

GOODWILL = "refund the linen runner on 1042 as goodwill, no return"
ABOVE = "cancel order 1050, customer changed mind"


@pytest.fixture
async def card(office):
    """Ana's card for 24.00 in a channel."""
    await office.mention("ana", GOODWILL)
    await office.settled()
    (card,) = office.cards("C1")
    return json.loads(json.dumps(card))


def blocks_of(api, channel, ts):
    return json.dumps(api.messages[channel, ts]["blocks"], ensure_ascii=False)


async def test_a_button_carries_the_proposal_and_its_hash_and_nothing_else(card):
    (actions,) = [block for block in card["blocks"] if block["type"] == "actions"]
    for element in actions["elements"]:
        assert set(json.loads(element["value"])) == {"proposal", "sha256"}
    confirm = actions["elements"][0]
    assert confirm["confirm"]["confirm"]["text"] == "Refund $24.00"


async def test_a_cancelled_card_says_by_whom_and_has_no_buttons(office, api, card):
    await office.press("ana", card, "proposal_cancel")
    await office.settled()
    assert "Withdrawn by Ana Agent" in blocks_of(api, "C1", card["ts"])
    assert office.cards("C1") == []
    assert (await office.order("1042")).refunds == []


async def test_late_and_repeated_clicks_are_answered_and_decide_nothing_twice(office, api, card):
    for _ in range(3):
        await office.press("ana", card, "proposal_confirm")
    await office.settled()
    await office.press("sam", card, "proposal_cancel")
    await office.settled()
    assert [r.amount for r in (await office.order("1042")).refunds] == [2400]
    told = [(e["user"], e["text"]) for e in api.ephemeral]
    assert [user for user, _ in told] == ["UANA", "UANA", "USAM"]
    assert all("Ana Agent" in text for _, text in told), told


async def test_two_people_who_press_at_once_get_one_refund_and_one_answer_each(office, api, card):
    await asyncio.gather(
        office.press("ana", card, "proposal_confirm"), office.press("sam", card, "proposal_confirm")
    )
    await office.settled()
    assert [r.amount for r in (await office.order("1042")).refunds] == [2400]
    assert len(api.ephemeral) == 1
    assert json.dumps(list(api.messages.values())).count(":white_check_mark:") == 1


async def test_a_button_that_was_tampered_with_decides_nothing(office, api, card):
    value = json.dumps(
        {"proposal": json.loads(card["blocks"][-2]["elements"][0]["value"])["proposal"], "sha256": "0" * 64}
    )
    await office.press_value("ana", card, action_id="proposal_confirm", value=value)
    await office.settled()
    assert (await office.order("1042")).refunds == []
    assert "not the proposal you were shown" in api.ephemeral[-1]["text"]


async def test_a_card_that_ran_out_says_so_everywhere(office, api, clock, card):
    clock.ahead += timedelta(hours=2)
    await office.app.worker.housekeeping()
    await office.settled()
    assert "Ran out of time" in blocks_of(api, "C1", card["ts"])
    await office.press("ana", card, "proposal_confirm")
    await office.settled()
    assert (await office.order("1042")).refunds == []
    assert len(office.cards("C1")) == 1, "the same is offered anew"


async def test_edit_opens_a_form_at_once_fills_it_and_the_changed_proposal_takes_the_old_ones_place(
    office, api, card
):
    await office.press("ana", card, "proposal_edit")
    await office.settled()
    assert "being looked up" in json.dumps(api.called("views.open")[0]["view"])
    (view,) = api.views.values()
    answer = await office.submit("ana", view, amount="10.00")
    assert answer.json()["response_action"] == "update"
    await office.settled()
    assert "The changed proposal is in the thread" in json.dumps(next(iter(api.views.values())))
    assert "Replaced by a changed proposal" in blocks_of(api, "C1", card["ts"])
    (changed,) = office.cards("C1")
    await office.press("ana", changed, "proposal_confirm")
    await office.settled()
    assert [r.amount for r in (await office.order("1042")).refunds] == [1000]


async def test_what_is_wrong_in_the_form_is_said_at_its_field(office, api, card):
    await office.press("ana", card, "proposal_edit")
    await office.settled()
    (view,) = api.views.values()
    at_once = (await office.submit("ana", view, amount="ten", quantity="0")).json()
    assert at_once["response_action"] == "errors"
    assert set(at_once["errors"]) == {"amount", "quantity"}
    assert "amount" in (await office.submit("ana", view)).json()["errors"], "nothing was changed"
    await office.submit("ana", view, amount="9999.00")
    await office.settled()
    (view,) = api.views.values()
    names = [block.get("block_id") or block["type"] for block in view["blocks"]]
    assert names[:2] == ["amount", "context"], "the sentence stands below the field"
    assert "24.00" in json.dumps(view["blocks"][1])
    assert view["blocks"][0]["element"]["initial_value"] == "9999.00", "what was typed is not lost"
    assert len(office.cards("C1")) == 1
    await office.submit("ana", view, amount="12.00")
    await office.settled()
    assert "$12.00" in json.dumps(office.cards("C1"))


async def test_an_expired_trigger_is_told_and_nothing_is_lost(office, api, card):
    api.expired.add("old")
    await office.press("ana", card, "proposal_edit", trigger="old")
    await office.settled()
    assert "Press Edit again" in api.ephemeral[-1]["text"]
    assert len(office.cards("C1")) == 1
    assert await office.dead() == []


async def test_a_form_that_changed_meanwhile_is_left_alone(office, api, card):
    api.fail("views.update", "hash_conflict", times=2)
    await office.press("ana", card, "proposal_edit")
    await office.settled()
    assert await office.dead() == []
    assert len(office.cards("C1")) == 1


async def test_a_form_for_a_decided_proposal_says_what_became_of_it(office, api, card):
    await office.press("ana", card, "proposal_cancel")
    await office.settled()
    await office.press("ana", card, "proposal_edit")
    await office.settled()
    assert "Withdrawn by Ana Agent. It cannot be changed any more." in json.dumps(list(api.views.values()))


async def test_those_who_may_approve_are_asked_and_all_cards_are_put_right_when_one_does(office, api):
    thread = await office.mention("ana", ABOVE)
    await office.settled()
    assert len(office.cards("DSAM")) == len(office.cards("DFIN")) == 1
    assert office.cards("DVIC") == []
    assert "Ana Agent* asks for your approval" in json.dumps(office.cards("DSAM"))
    await office.press("sam", office.cards("DSAM")[0], "proposal_confirm")
    await office.settled()
    assert [r.status.value for r in (await office.order("1050")).refunds] == ["succeeded"]
    for channel in ("C1", "DSAM", "DFIN"):
        assert office.cards(channel) == []
    told = office.text("C1", thread)
    assert told.count(":white_check_mark:") == 1, "the outcome is told in the thread, once"
    assert "Priya" not in told, "a customer is not named in a channel"


async def test_a_proposer_above_their_limit_is_told_privately_and_the_case_is_passed_on(office, api):
    await office.mention("ana", ABOVE)
    await office.settled()
    await office.press("ana", office.cards("C1")[0], "proposal_confirm")
    await office.settled()
    assert "above the limit" in api.ephemeral[-1]["text"]
    assert (await office.order("1050")).refunds == []
    assert len(office.cards("C1")) == 1


async def test_approvers_are_reminded_once_before_it_runs_out(office, api, clock):
    await office.mention("ana", ABOVE)
    await office.settled()
    await office.app.worker.housekeeping()
    assert not [m for m in api.called("chat.postMessage") if "Still waiting" in m["text"]]
    clock.ahead += timedelta(minutes=22)
    for _ in range(2):
        await office.app.worker.housekeeping()
    reminders = [m for m in api.called("chat.postMessage") if "Still waiting" in m["text"]]
    assert sorted(m["channel"] for m in reminders) == ["DFIN", "DSAM"]


async def test_an_outcome_the_provider_gives_late_is_told_in_the_thread_once(folder, api, clock):
    async with opened(folder, api, clock, wait_seconds=0.2) as office:
        office.app.provider.script("late")
        thread = await office.dm("ana", GOODWILL)
        await office.settled()
        await office.press("ana", office.cards("DANA", thread)[0], "proposal_confirm")
        await office.settled()
        for _ in range(8):
            clock.ahead += timedelta(minutes=10)
            await office.settled()
        assert office.text("DANA", thread).count(":white_check_mark:") == 1


async def test_an_outcome_the_outbox_told_first_is_not_told_again_by_the_reply_that_was_late(
    office, api, clock
):
    thread = await office.dm("ana", GOODWILL)
    await office.settled()
    (card,) = office.cards("DANA", thread)
    api.fail("chat.postMessage", status=500)
    await office.press("ana", card, "proposal_confirm")
    await office.settled()
    clock.ahead += timedelta(minutes=1)
    await office.settled()
    assert office.text("DANA", thread).count(":white_check_mark:") == 1
    assert await office.dead() == []


async def test_an_outcome_whose_message_slack_took_without_our_hearing_of_it_is_told_once(office, api, clock):
    """The reply will find its message again; the outbox must not tell the outcome in between."""
    thread = await office.dm("ana", GOODWILL)
    await office.settled()
    (card,) = office.cards("DANA", thread)
    api.fail("chat.postMessage", status=500, after=True)
    await office.press("ana", card, "proposal_confirm")
    for _ in range(3):
        await office.settled()
        clock.ahead += timedelta(minutes=1)
    await office.settled()
    assert office.text("DANA", thread).count(":white_check_mark:") == 1
    assert await office.dead() == []
    assert await office.app.store.jobs.jobs(state="queued") == []
