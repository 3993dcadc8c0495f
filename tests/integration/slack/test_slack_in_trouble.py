"""Rate limits, errors of the server, tokens that are no good any more."""

from __future__ import annotations

from datetime import timedelta


async def test_a_short_rate_limit_is_waited_for_and_a_long_one_sends_the_job_back_to_the_queue(
    office, api, clock
):
    api.fail("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": "0"})
    thread = await office.dm("ana", "what's our balance")
    await office.settled()
    assert len(office.thread("DANA", thread)) == 1
    api.fail("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": "120"})
    thread = await office.dm("ana", "what's our balance")
    await office.settled()
    assert office.thread("DANA", thread) == []
    (waiting,) = await office.app.store.jobs.jobs(state="queued")
    assert timedelta(seconds=100) < waiting.run_after - clock.now() <= timedelta(seconds=120)
    clock.ahead += timedelta(seconds=121)
    await office.settled()
    assert len(office.thread("DANA", thread)) == 1


async def test_what_only_reads_is_tried_again_at_once_after_an_error_of_the_server(office, api):
    api.fail("users.info", status=503)
    thread = await office.dm("ana", "what's our balance")
    await office.settled()
    assert len(office.thread("DANA", thread)) == 1
    assert len(api.called("users.info")) == 2


async def test_a_post_that_failed_is_tried_again_later_and_stands_there_once(office, api, clock):
    api.fail("chat.postMessage", "fatal_error", status=500)
    thread = await office.dm("ana", "what's our balance")
    await office.settled()
    assert office.thread("DANA", thread) == []
    clock.ahead += timedelta(minutes=1)
    await office.settled()
    assert len(office.thread("DANA", thread)) == 1


async def test_a_workspace_that_took_the_app_out_gets_nothing_more_at_once(office, api):
    thread = await office.dm("ana", "refund the linen runner on 1042 as goodwill, no return")
    await office.settled()
    (card,) = office.cards("DANA", thread)
    await office.event({"type": "app_uninstalled"})
    await office.settled()
    before = len(api.calls)
    await office.press("ana", card, "proposal_confirm")
    await office.dm("ana", "what's our balance")
    await office.settled()
    assert (await office.order("1042")).refunds == []
    assert len(api.calls) == before
    assert await office.dead() == []
    assert await office.app.store.jobs.jobs(state="queued") == [], (
        "and nothing of it is tried again and again"
    )


async def test_a_token_that_is_revoked_is_not_used_again(office, api):
    await office.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}})
    await office.dm("ana", "what's our balance")
    await office.settled()
    assert len(api.called("chat.postMessage")) == 1, "somebody's own token is not the bot's"
    await office.event({"type": "tokens_revoked", "tokens": {"bot": ["UBOTT1"]}})
    await office.settled()
    await office.dm("ana", "what's our balance")
    await office.settled()
    assert len(api.called("chat.postMessage")) == 1


async def test_a_token_slack_refuses_ends_the_connection_and_not_the_desk(office, api):
    await office.dm("ana", "what's our balance")
    await office.settled()
    api.tokens.clear()
    await office.dm("ana", "what's our balance")
    await office.settled()
    before = len(api.calls)
    await office.dm("ana", "what's our balance")
    await office.settled()
    assert len(api.calls) == before
    assert await office.dead() == []
