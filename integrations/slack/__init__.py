"""Slack as a channel: staff work whole cases in it, a supervisor approves from a phone."""

from integrations.slack.channel import SlackChannel, connect
from integrations.slack.config import SlackConfig, SlackMisconfigured

__all__ = ["SlackChannel", "SlackConfig", "SlackMisconfigured", "connect"]
