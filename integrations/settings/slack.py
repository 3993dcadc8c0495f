"""Slack."""

from __future__ import annotations

from pydantic import BaseModel, Field, SecretStr


class SlackSettings(BaseModel):
    """See docs/slack.md; what goes together is checked by :mod:`integrations.slack`."""

    slack_signing_secret: SecretStr = Field(
        SecretStr(""), description="Slack: signs what it sends over HTTP."
    )
    slack_bot_token: SecretStr = Field(SecretStr(""), description="Slack: xoxb-…, where it is one workspace.")
    slack_app_token: SecretStr = Field(SecretStr(""), description="Slack: xapp-…, for Socket Mode.")
    slack_client_id: str = Field("", description="Slack: for workspaces that install it themselves.")
    slack_client_secret: SecretStr = Field(SecretStr(""), description="Slack: beside the client id.")
    slack_token_key: SecretStr = Field(
        SecretStr(""), description="Slack: encrypts tokens at rest; older keys after it, with commas."
    )
    slack_teams: str = Field("", description="Slack: workspaces that may install it, T0123,T0456.")
    slack_api_url: str = Field("https://slack.com/api/", description="Slack: address of its Web API.")
    slack_reply_seconds: float = Field(
        0.8, ge=0, le=60, description="Slack: a turn that takes longer shows its steps."
    )

    @property
    def slack(self) -> bool:
        """Whether anything of Slack is configured."""
        secrets = (self.slack_signing_secret, self.slack_bot_token, self.slack_app_token)
        return bool(self.slack_client_id) or any(each.get_secret_value() for each in secrets)
