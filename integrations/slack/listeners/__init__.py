"""What Slack sends, one file a listener."""

from slack_bolt.async_app import AsyncApp

from integrations.slack.listeners import (
    answered,
    cancel,
    command,
    confirm,
    draft_copy,
    draft_to_ticket,
    edit,
    edited,
    feedback,
    home_opened,
    mention,
    message,
    shortcut,
    stopped,
    uninstalled,
)
from integrations.slack.room import Room

_ALL = (
    message,
    mention,
    command,
    shortcut,
    answered,
    confirm,
    cancel,
    edit,
    edited,
    draft_copy,
    draft_to_ticket,
    feedback,
    home_opened,
    stopped,
    uninstalled,
)


def register_all(app: AsyncApp, room: Room) -> None:
    """Every listener."""
    for listener in _ALL:
        listener.register(app, room)
