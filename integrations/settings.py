"""Configuration from the environment (`DESK_…`, and `DATABASE_URL`); read by the composition root alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting with its default; a wrong one is refused at start, by name."""

    model_config = SettingsConfigDict(
        env_prefix="DESK_", extra="ignore", populate_by_name=True, hide_input_in_errors=True
    )

    data: Path = Field(
        Path(".desk"), description="Folder for the embedded database and the sandbox provider."
    )
    database_url: str = Field(
        "",
        validation_alias=AliasChoices("DESK_DATABASE_URL", "DATABASE_URL"),
        description="sqlite:///path or postgresql://user@host/db; empty: SQLite in the data folder.",
    )
    merchant: str = Field("demo", description="Id of the merchant this desk works for.")
    currency: str = Field("USD", description="Base currency of a shop that is made now.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8484, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    worker: Literal["embedded", "external"] = Field(
        "embedded", description="Run jobs in this process, or leave them to `desk worker`."
    )
    reader: Literal["", "local", "model", "cascade"] = Field(
        "", description="How messages are read; empty: cascade where a model is configured, else local."
    )
    model: str = Field("", description="Chat model that may read messages, provider:name; empty: none.")
    model_base_url: str = Field("", description="Address of an OpenAI-compatible server of one's own.")
    model_api_key: SecretStr = Field(
        SecretStr(""), description="Its key; empty: the provider's own variable."
    )
    model_seconds: float = Field(8.0, gt=0, le=60, description="How long a model's answer is waited for.")
    model_prompt_price: Decimal | None = Field(None, ge=0, description="Price of a million prompt tokens.")
    model_completion_price: Decimal | None = Field(
        None, ge=0, description="Price of a million completion tokens."
    )
    wait_seconds: float = Field(3.0, ge=0, description="How long a confirmation waits for the provider.")
    public_url: str = Field(
        "", description="Address people reach the desk at, https://…; empty: loopback only."
    )
    session_hours: float = Field(12.0, gt=0, description="How long a browser stays signed in.")
    requests_per_second: float = Field(100.0, ge=0, description="API requests of one token; 0: no limit.")
    max_body_bytes: int = Field(1_000_000, ge=1000, description="Largest body of a request.")
    max_file_bytes: int = Field(20_000_000, ge=1000, description="Largest uploaded file.")
    max_import_bytes: int = Field(64_000_000, ge=1000, description="Largest import over the API.")

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

    @model_validator(mode="after")
    def _model_is_named(self) -> Self:
        if self.reader in {"model", "cascade"} and not self.model:
            raise ValueError(f"DESK_READER={self.reader} needs DESK_MODEL, for example openai:gpt-4.1-mini")
        return self

    @property
    def slack(self) -> bool:
        """Whether anything of Slack is configured."""
        secrets = (self.slack_signing_secret, self.slack_bot_token, self.slack_app_token)
        return bool(self.slack_client_id) or any(each.get_secret_value() for each in secrets)

    @property
    def url(self) -> str:
        """The database that is used."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{(self.data / 'desk.db').resolve()}"
