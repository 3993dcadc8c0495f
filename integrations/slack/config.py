"""What a connected Slack needs to know, and what is missing or contradicts itself, by the names people set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

API = "https://slack.com/api/"


class SlackMisconfigured(ValueError):
    """A setting that is missing or wrong; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """Either `bot_token` (one workspace) or client id, client secret and token keys (workspaces that install it)."""

    signing_secret: str = field(default="", repr=False)
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    token_keys: Sequence[str] = field(default=(), repr=False)
    """Fernet keys, the one that encrypts first; older ones still decrypt."""
    teams: Sequence[str] = ()
    """Workspaces that may install it."""
    public_url: str = ""
    api_url: str = API
    reply_seconds: float = 0.8
    """A turn that takes longer shows its steps."""
    identity_seconds: float = 900.0
    """How long Slack's word on who somebody is holds."""
    remind_seconds: float = 600.0
    """How long before a proposal runs out those who may approve it are reminded."""
    max_file_bytes: int = 20_000_000

    @property
    def installs(self) -> bool:
        """Whether workspaces install it themselves (OAuth)."""
        return bool(self.client_id)

    def check(self, *, socket_mode: bool = False) -> SlackConfig:
        """Itself, if it is complete. Raises SlackMisconfigured."""
        if socket_mode and not self.app_token.startswith("xapp-"):
            raise SlackMisconfigured("DESK_SLACK_APP_TOKEN is needed for Socket Mode; it begins with xapp-")
        if not socket_mode and not self.signing_secret:
            raise SlackMisconfigured("DESK_SLACK_SIGNING_SECRET is needed; it stands under Basic Information")
        if bool(self.bot_token) == bool(self.client_id):
            raise SlackMisconfigured(
                "set either DESK_SLACK_BOT_TOKEN (one workspace) or DESK_SLACK_CLIENT_ID"
            )
        if self.bot_token and not self.bot_token.startswith("xoxb-"):
            raise SlackMisconfigured("DESK_SLACK_BOT_TOKEN must be a bot token; it begins with xoxb-")
        if self.installs:
            self._check_installing()
        if not urlsplit(self.api_url).netloc or not self.api_url.endswith("/"):
            raise SlackMisconfigured("DESK_SLACK_API_URL must be an address that ends with a slash")
        return self

    def _check_installing(self) -> None:
        if not self.client_secret:
            raise SlackMisconfigured("DESK_SLACK_CLIENT_SECRET is needed beside DESK_SLACK_CLIENT_ID")
        if not self.teams:
            raise SlackMisconfigured(
                "DESK_SLACK_TEAMS must name the workspaces that may install it: T0123,T0456"
            )
        if not self.public_url.startswith("https://"):
            raise SlackMisconfigured(
                "DESK_PUBLIC_URL must be the https://… address that Slack sends people back to"
            )
        if not self.token_keys:
            raise SlackMisconfigured("DESK_SLACK_TOKEN_KEY is needed; `desk slack key` makes one")
        for key in self.token_keys:
            try:
                Fernet(key)
            except ValueError:
                raise SlackMisconfigured(
                    "DESK_SLACK_TOKEN_KEY is no key; `desk slack key` makes one"
                ) from None
