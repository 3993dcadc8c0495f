"""Configuration from the environment (`DESK_…`, and `DATABASE_URL`); read by the composition root alone."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.money import exponent
from integrations.settings.helpdesk import HelpdeskSettings
from integrations.settings.payments import PaymentSettings
from integrations.settings.shop import ShopSettings
from integrations.settings.slack import SlackSettings


class Settings(SlackSettings, HelpdeskSettings, ShopSettings, PaymentSettings, BaseSettings):
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

    mcp: bool = Field(False, description="`desk serve` answers MCP clients at /mcp.")
    mcp_token: SecretStr = Field(
        SecretStr(""), description="Whose assistant `desk mcp` is, on standard input."
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

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        scheme, _, rest = value.partition("://")
        if value and (
            scheme.split("+")[0] not in {"sqlite", "postgresql", "postgres"} or not rest.strip("/")
        ):
            raise ValueError("give sqlite:///path/to.db or postgresql://user@host/database")
        return value

    @field_validator("merchant")
    @classmethod
    def _plain_id(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9_.:-]{1,80}", value):
            raise ValueError("an id of letters, digits and _.:- , 80 at most")
        return value

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, value: str) -> str:
        exponent(value)
        return value

    @field_validator("public_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query):
            raise ValueError("an address such as https://desk.example.com")
        return value.rstrip("/")

    @field_validator("data")
    @classmethod
    def _a_folder(cls, value: Path) -> Path:
        if value.exists() and not value.is_dir():
            raise ValueError(f"{value} is a file; a folder is needed")
        return value

    @model_validator(mode="after")
    def _model_is_named(self) -> Self:
        if self.reader in {"model", "cascade"} and not self.model:
            raise ValueError(f"DESK_READER={self.reader} needs DESK_MODEL, for example openai:gpt-4.1-mini")
        return self

    @property
    def url(self) -> str:
        """The database that is used."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{(self.data / 'desk.db').resolve()}"
