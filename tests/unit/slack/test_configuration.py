"""The configuration is refused at start with a sentence that names the setting; the manifest is what it should be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from typer.testing import CliRunner

from integrations.bootstrap import Misconfigured, connect_channels
from integrations.cli.main import app
from integrations.demo.shop import DEMO
from integrations.settings import Settings
from integrations.slack import SlackConfig, SlackMisconfigured
from integrations.slack.client import web_client
from integrations.slack.manifest import NotPublic, bot_scopes, manifest_for

KEY = Fernet.generate_key().decode()
INSTALLS: dict[str, Any] = {
    "client_id": "1",
    "client_secret": "s",
    "teams": ["T1"],
    "public_url": "https://d.example",
    "token_keys": [KEY],
}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, "DESK_SLACK_SIGNING_SECRET"),
        ({"signing_secret": "s"}, "DESK_SLACK_BOT_TOKEN"),
        ({"signing_secret": "s", "bot_token": "xoxb-1", "client_id": "1"}, "either"),
        ({"signing_secret": "s", "bot_token": "xoxp-1"}, "xoxb-"),
        ({"signing_secret": "s", **INSTALLS, "client_secret": ""}, "DESK_SLACK_CLIENT_SECRET"),
        ({"signing_secret": "s", **INSTALLS, "teams": []}, "DESK_SLACK_TEAMS"),
        ({"signing_secret": "s", **INSTALLS, "public_url": "http://d.example"}, "DESK_PUBLIC_URL"),
        ({"signing_secret": "s", **INSTALLS, "token_keys": []}, "DESK_SLACK_TOKEN_KEY"),
        ({"signing_secret": "s", **INSTALLS, "token_keys": ["short"]}, "DESK_SLACK_TOKEN_KEY"),
        ({"signing_secret": "s", "bot_token": "xoxb-1", "api_url": "slack.com"}, "DESK_SLACK_API_URL"),
    ],
)
def test_what_is_missing_or_wrong_is_named(given, named):
    with pytest.raises(SlackMisconfigured, match=named):
        SlackConfig(**given).check()


def test_a_complete_configuration_is_taken_and_prints_no_secret():
    assert SlackConfig(signing_secret="s", **INSTALLS).check().installs
    config = SlackConfig(signing_secret="hush-1", bot_token="xoxb-hush", app_token="xapp-hush").check()
    assert "hush" not in repr(config)


NOTHING: Any = None
"""A store and a clock that nobody gets to ask."""


def test_a_desk_with_half_of_it_does_not_start():
    with pytest.raises(Misconfigured, match="DESK_SLACK_BOT_TOKEN"):
        connect_channels(Settings(slack_signing_secret=SecretStr("s")), NOTHING, DEMO, None, NOTHING)


def test_a_desk_without_slack_has_no_such_channel():
    assert connect_channels(Settings(), NOTHING, DEMO, None, NOTHING) == []


def test_calls_are_tried_again_after_rate_limits_and_errors_of_the_server():
    assert len(web_client("xoxb-1", "https://slack.com/api/").retry_handlers) == 2


SCOPES = """app_mentions:read assistant:write chat:write channels:history groups:history im:history im:read im:write
commands files:read users:read users:read.email reactions:write"""
EVENTS = """app_home_opened app_context_changed agent_session_stopped app_mention message.im message.channels
message.groups file_shared tokens_revoked app_uninstalled"""


def test_the_manifest_asks_for_what_the_desk_uses_and_sends_everything_to_one_address():
    manifest = manifest_for("https://desk.example/")
    assert sorted(bot_scopes()) == sorted(SCOPES.split())
    assert sorted(manifest["settings"]["event_subscriptions"]["bot_events"]) == sorted(EVENTS.split())
    address = "https://desk.example/slack/events"
    assert manifest["settings"]["event_subscriptions"]["request_url"] == address
    assert manifest["settings"]["interactivity"]["request_url"] == address
    assert manifest["features"]["slash_commands"][0]["url"] == address
    assert manifest["oauth_config"]["redirect_urls"] == ["https://desk.example/slack/oauth_redirect"]
    assert "agent_view" in manifest["features"]
    assert "assistant_view" not in manifest["features"]
    assert len(manifest["features"]["agent_view"]["suggested_prompts"]) <= 4
    assert len(manifest["display_information"]["description"]) <= 140
    assert not manifest["settings"]["socket_mode_enabled"]


def test_the_manifest_for_socket_mode_names_no_address():
    manifest = manifest_for("")
    assert manifest["settings"]["socket_mode_enabled"]
    assert "https://" not in json.dumps(manifest)


@pytest.mark.parametrize(
    "url", ["http://desk.example", "desk.example", "https://", "https://desk.example/?a=1"]
)
def test_slack_sends_to_public_addresses_only(url):
    with pytest.raises(NotPublic):
        manifest_for(url)


def test_the_command_prints_the_manifest_and_a_key():
    run = CliRunner().invoke(app, ["slack", "manifest", "--url", "https://desk.example"])
    assert json.loads(run.output) == manifest_for("https://desk.example")
    assert CliRunner().invoke(app, ["slack", "manifest", "--url", "nowhere"]).exit_code == 1
    Fernet(CliRunner().invoke(app, ["slack", "key"]).output.strip())
