"""Configuration from the environment (`DESK_…`, and `DATABASE_URL`); read by the composition root alone."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_HELPDESK_NEEDS = {
    "zendesk": ("zendesk_subdomain", "zendesk_email", "helpdesk_token"),
    "chatwoot": ("helpdesk_url", "chatwoot_account", "helpdesk_token"),
    "rt": ("helpdesk_url", "helpdesk_token"),
}
_HELPDESK_FORMS = (
    (
        "zendesk_subdomain",
        r"[a-z0-9][a-z0-9-]{0,62}",
        "is letters, digits and hyphens: SUB of SUB.zendesk.com",
    ),
    ("zendesk_installation", r"\d{1,20}", "is a number"),
    ("chatwoot_account", r"\d{1,20}", "is a number"),
    (
        "helpdesk_file_hosts",
        r"\s*(?:\*\.)?[\w-]+(?:\.[\w-]+)+(?:\s*,\s*(?:\*\.)?[\w-]+(?:\.[\w-]+)+)*\s*",
        "is host names by commas, like files.example.com or *.example.com",
    ),
)


def _text(value: str | SecretStr) -> str:
    return (value.get_secret_value() if isinstance(value, SecretStr) else value).strip()


def _is_web_address(text: str) -> bool:
    parts = urlsplit(text)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    plain = not (parts.query or parts.fragment or parts.username)
    return plain and bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and local))


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
    helpdesk: Literal["", "local", "zendesk", "chatwoot", "rt"] = Field(
        "", description="Whose tickets the sidebar stands beside; with --demo, empty means local."
    )
    helpdesk_url: str = Field("", description="Web address of Chatwoot or RT, https://….")
    helpdesk_token: SecretStr = Field(
        SecretStr(""), description="API token: Zendesk's, Chatwoot's access token, RT's auth token."
    )
    helpdesk_webhook_secret: SecretStr = Field(
        SecretStr(""), description="What the helpdesk signs its webhooks with; empty: none are taken."
    )
    helpdesk_order_field: str = Field(
        "", description="Custom field that holds the order's number: Zendesk's id, else its name."
    )
    helpdesk_file_hosts: str = Field(
        "",
        description="Further hosts the helpdesk keeps attachments on, by commas; *.name takes all under it.",
    )
    zendesk_subdomain: str = Field("", description="SUB of https://SUB.zendesk.com.")
    zendesk_email: str = Field("", description="Address of the agent the API token belongs to.")
    zendesk_installation: str = Field("", description="Id of the installed Zendesk app.")
    zendesk_public_key: SecretStr = Field(
        SecretStr(""), description="The app's public key (PEM): who opens the sidebar; empty: nobody."
    )
    chatwoot_account: str = Field("", description="Number of the Chatwoot account.")
    rt_tags_field: str = Field("", description="RT custom field of many values for tags; empty: no tags.")
    sidebar_language: Literal["", "en", "de", "es", "fr"] = Field(
        "", description="Language of the sidebar; empty: as each reader's browser asks."
    )
    session_hours: float = Field(12.0, gt=0, description="How long a browser stays signed in.")
    requests_per_second: float = Field(100.0, ge=0, description="API requests of one token; 0: no limit.")
    max_body_bytes: int = Field(1_000_000, ge=1000, description="Largest body of a request.")
    max_file_bytes: int = Field(20_000_000, ge=1000, description="Largest uploaded file.")
    max_import_bytes: int = Field(64_000_000, ge=1000, description="Largest import over the API.")

    @model_validator(mode="after")
    def _model_is_named(self) -> Self:
        if self.reader in {"model", "cascade"} and not self.model:
            raise ValueError(f"DESK_READER={self.reader} needs DESK_MODEL, for example openai:gpt-4.1-mini")
        return self

    @model_validator(mode="after")
    def _helpdesk_is_described(self) -> Self:
        needed = _HELPDESK_NEEDS.get(self.helpdesk, ())
        missing = [f"DESK_{name.upper()}" for name in needed if not _text(getattr(self, name))]
        if missing:
            raise ValueError(f"DESK_HELPDESK={self.helpdesk} needs {', '.join(missing)}")
        if self.helpdesk in {"chatwoot", "rt"} and not _is_web_address(self.helpdesk_url):
            raise ValueError("DESK_HELPDESK_URL must be https://host, or http:// on this machine")
        for name, form, what in _HELPDESK_FORMS:
            value = getattr(self, name)
            if self.helpdesk and value and not re.fullmatch(form, value):
                raise ValueError(f"DESK_{name.upper()} {what}")
        if bool(self.zendesk_installation) != bool(_text(self.zendesk_public_key)):
            raise ValueError("DESK_ZENDESK_INSTALLATION and DESK_ZENDESK_PUBLIC_KEY go together")
        if self.helpdesk == "zendesk" and _text(self.zendesk_public_key):
            from integrations.helpdesk.zendesk_login import WrongKey, read_public_key

            try:
                read_public_key(self.zendesk_public_key.get_secret_value())
            except WrongKey as error:
                raise ValueError(f"DESK_ZENDESK_PUBLIC_KEY: {error}") from None
        return self

    @property
    def file_hosts(self) -> list[str]:
        """Further hosts of attachments."""
        return [host.strip().lower() for host in self.helpdesk_file_hosts.split(",") if host.strip()]

    @property
    def url(self) -> str:
        """The database that is used."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{(self.data / 'desk.db').resolve()}"
