"""Where something is said: a workspace, a channel, a thread. One thread is one conversation."""

from __future__ import annotations

from dataclasses import dataclass

from integrations.slack.workspaces import Workspace

CHANNEL = "slack"
"""Name of the channel towards the desk."""


@dataclass(frozen=True, slots=True)
class Place:
    """A thread; without `thread_ts`, the channel itself."""

    workspace: Workspace
    channel: str
    thread_ts: str = ""

    @property
    def team(self) -> str:
        """The workspace's id."""
        return self.workspace.team_id

    @property
    def thread_key(self) -> str:
        """How the desk knows the conversation."""
        return f"{self.team}:{self.channel}:{self.thread_ts}"

    @property
    def is_private(self) -> bool:
        """Only the person and the desk read it."""
        return self.channel.startswith("D")


def place_of_key(workspace: Workspace, thread_key: str) -> Place | None:
    """The place a conversation's key names, if it lies in this workspace."""
    team, _, rest = thread_key.partition(":")
    channel, _, thread_ts = rest.partition(":")
    return (
        Place(workspace, channel, thread_ts) if team == workspace.team_id and channel and thread_ts else None
    )
