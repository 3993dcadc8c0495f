"""Workspaces install it themselves: once a link, only those meant to have it, their tokens encrypted at rest."""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.fernet import Fernet

from tests.fakes.slack_api import SlackApi
from tests.fakes.slack_office import add_workspace, opened

# How slack_sdk sends the client's secret; aiohttp 4 will ask for it in another way.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

KEY, NEWER = Fernet.generate_key().decode(), Fernet.generate_key().decode()
INSTALLS = {
    "slack_bot_token": "",
    "slack_client_id": "1.2",
    "slack_client_secret": "client-secret",
    "slack_token_key": KEY,
    "slack_teams": "T1, T2",
    "public_url": "https://desk.example",
    "host": "0.0.0.0",
}


@pytest.fixture
async def office(folder, api, clock):
    async with opened(folder, api, clock, **INSTALLS) as office:
        yield office


def a_browser(office):
    return httpx.AsyncClient(transport=office.client._transport, base_url="https://desk.example")


@asynccontextmanager
async def begun(office):
    """A browser that was sent to Slack; the state it carries."""
    async with a_browser(office) as browser:
        answer = await browser.get("/slack/install")
        assert answer.status_code == 302
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        assert query["redirect_uri"] == ["https://desk.example/slack/oauth_redirect"]
        assert "chat:write" in query["scope"][0]
        yield browser, query["state"][0]


async def install(office, api, team, token="xoxb-new"):
    api.codes["code"] = (team, token)
    async with begun(office) as (browser, state):
        return await browser.get("/slack/oauth_redirect", params={"code": "code", "state": state})


async def test_a_workspace_that_installs_it_can_work_and_its_token_is_not_readable_in_the_database(
    office, api, folder
):
    answer = await install(office, api, "T1")
    assert answer.status_code == 200
    assert "Workspace T1" in answer.text
    office.client.base_url = "https://desk.example"
    await office.dm("ana", "what's our balance")
    await office.settled()
    assert len(api.called("chat.postMessage")) == 1
    assert api.calls[-2][1] == "T1"
    with sqlite3.connect(folder / "desk.db") as database:
        (doc,) = database.execute("select doc from slack_installations").fetchone()
    assert "xoxb-new" not in doc
    assert all(b"xoxb-new" not in path.read_bytes() for path in folder.glob("desk.db*"))


async def test_a_state_is_good_once_for_ten_minutes_and_in_the_browser_it_was_given_to(office, api, clock):
    api.codes["code"] = ("T1", "xoxb-new")
    async with begun(office) as (browser, state):
        back = {"code": "code", "state": state}
        async with a_browser(office) as stranger:
            assert (await stranger.get("/slack/oauth_redirect", params=back)).status_code == 400
        assert (await browser.get("/slack/oauth_redirect", params=back)).status_code == 200
        api.codes["code"] = ("T1", "xoxb-newer")
        cookie = {"Cookie": f"slack-app-oauth-state={state}"}
        assert (await browser.get("/slack/oauth_redirect", params=back, headers=cookie)).status_code in (
            400,
            401,
        )
    async with begun(office) as (browser, state):
        clock.ahead += timedelta(minutes=11)
        late = await browser.get("/slack/oauth_redirect", params={"code": "code", "state": state})
        assert late.status_code == 401
        assert "too old" in late.text


async def test_a_workspace_that_is_not_meant_to_have_it_is_refused_and_nothing_is_kept(office, api):
    answer = await install(office, api, "T9")
    assert answer.status_code == 403
    assert await office.app.store.read("demo", lambda uow: uow.slack.installed("T9")) is None


async def test_cancelling_and_a_wrong_code_are_told_in_plain_words(office, api):
    async with begun(office) as (browser, state):
        answer = await browser.get("/slack/oauth_redirect", params={"error": "access_denied", "state": state})
        assert "cancelled" in answer.text
    async with begun(office) as (browser, state):
        answer = await browser.get("/slack/oauth_redirect", params={"code": "made-up", "state": state})
    assert answer.status_code == 401
    assert "did not accept" in answer.text


async def test_two_workspaces_are_apart_and_one_that_leaves_takes_nothing_from_the_other(office, api):
    for team in ("T1", "T2"):
        await install(office, api, team, f"xoxb-{team}")
        add_workspace(api, team, f"xoxb-{team}")
    office.client.base_url = "https://desk.example"
    office.team = "T2"
    await office.event({"type": "app_uninstalled"})
    await office.settled()
    for team in ("T1", "T2"):
        office.team = team
        await office.dm("ana", "what's our balance")
        await office.settled()
    assert [team for method, team, _ in api.calls if method == "chat.postMessage"] == ["T1"]
    await install(office, api, "T2", "xoxb-again")
    await office.dm("ana", "what's our balance")
    await office.settled()
    assert [team for method, team, _ in api.calls if method == "chat.postMessage"] == ["T1", "T2"], (
        "it may come back"
    )


async def test_keys_can_be_changed_without_installing_again(folder, clock):
    async with SlackApi() as api:
        add_workspace(api)
        async with opened(folder, api, clock, **INSTALLS) as office:
            await install(office, api, "T1", "xoxb-1")
        async with opened(folder, api, clock, **{**INSTALLS, "slack_token_key": f"{NEWER},{KEY}"}) as office:
            office.client.base_url = "https://desk.example"
            await office.dm("ana", "what's our balance")
            await office.settled()
            assert len(api.called("chat.postMessage")) == 1
        async with opened(folder, api, clock, **{**INSTALLS, "slack_token_key": NEWER}) as office:
            office.client.base_url = "https://desk.example"
            await office.dm("ana", "what's our balance")
            await office.settled()
            (waiting,) = await office.app.store.jobs.jobs(state="queued")
            assert "DESK_SLACK_TOKEN_KEY" in waiting.last_error
