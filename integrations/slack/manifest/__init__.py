"""The app's manifest, as data beside this module; the addresses are filled in for a desk."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_FILE = Path(__file__).with_name("manifest.json")
EVENTS, REDIRECT = "/slack/events", "/slack/oauth_redirect"


class NotPublic(ValueError):
    """An address Slack cannot send to."""


@cache
def _manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def bot_scopes() -> list[str]:
    """What the bot may do, as the manifest asks for it."""
    return list(_manifest()["oauth_config"]["scopes"]["bot"])


def manifest_for(url: str) -> dict[str, Any]:
    """The manifest of a desk at this ``https://…`` address; without one, for Socket Mode. Raises NotPublic."""
    manifest = copy.deepcopy(_manifest())
    settings = manifest["settings"]
    if not url:
        settings["socket_mode_enabled"] = True
        return manifest
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise NotPublic(f"{url!r} is no https://… address; Slack sends to no other")
    base = url.rstrip("/")
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"]["request_url"] = base + EVENTS
    settings["interactivity"]["request_url"] = base + EVENTS
    for command in manifest["features"]["slash_commands"]:
        command["url"] = base + EVENTS
    manifest["oauth_config"]["redirect_urls"] = [base + REDIRECT]
    return manifest
