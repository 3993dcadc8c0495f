"""What an operator can ask for, as typed data: the same from a terminal and through a desk that is running."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from domain.identity import Role

Id = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_.:-]+$")]
Short = Annotated[str, Field(max_length=200)]


class _Command(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ListStaff(_Command):
    """Everybody, with roles, limits and identities."""

    do: Literal["staff.list"] = "staff.list"


class AddStaff(_Command):
    """Somebody new. Limits are amounts as people write them, by currency (``{"USD": "100.00"}``)."""

    do: Literal["staff.add"] = "staff.add"
    id: Id
    name: Annotated[str, Field(min_length=1, max_length=200)]
    email: Short = ""
    role: Role = Role.AGENT
    limits: dict[str, str] = Field(default_factory=dict)


class ChangeStaff(_Command):
    """What is None stays as it is; a limit that is given replaces the one of its currency."""

    do: Literal["staff.change"] = "staff.change"
    id: Id
    role: Role | None = None
    limits: dict[str, str] = Field(default_factory=dict)
    active: bool | None = None


class AddIdentity(_Command):
    """Know somebody by a channel's name for them."""

    do: Literal["staff.identity.add"] = "staff.identity.add"
    id: Id
    channel: Annotated[str, Field(min_length=1, max_length=40)]
    identity: Annotated[str, Field(min_length=1, max_length=200)]


class RemoveIdentity(AddIdentity):
    """Know them by it no more."""

    do: Literal["staff.identity.remove"] = "staff.identity.remove"  # type: ignore[assignment]


class ShowSettings(_Command):
    """The merchant's settings and their version."""

    do: Literal["settings.show"] = "settings.show"


class SetSettings(_Command):
    """Replace the merchant's settings: what is not given takes its default."""

    do: Literal["settings.set"] = "settings.set"
    settings: dict[str, Any]


class NewToken(_Command):
    """A bearer token for the API, MCP or metrics; its secret is in the answer, this once."""

    do: Literal["token.new"] = "token.new"
    staff: Id
    scopes: list[str] = Field(min_length=1)
    days: int = Field(90, ge=1, le=3650)
    name: Short = ""


class ListTokens(_Command):
    """Every token, without its secret."""

    do: Literal["token.list"] = "token.list"


class RevokeToken(_Command):
    """It opens nothing any more."""

    do: Literal["token.revoke"] = "token.revoke"
    id: Id


class RotateToken(_Command):
    """A new secret with the same holder and scopes; the old one stops now."""

    do: Literal["token.rotate"] = "token.rotate"
    id: Id
    days: int = Field(90, ge=1, le=3650)


class Retain(_Command):
    """Delete conversations that have been silent, and files that are older, than so many days."""

    do: Literal["retention"] = "retention"
    conversation_days: int | None = Field(None, ge=1, le=36500)
    file_days: int | None = Field(None, ge=1, le=36500)
    dry_run: bool = False


class Erase(_Command):
    """Erase a customer's personal data everywhere."""

    do: Literal["erase"] = "erase"
    customer: Annotated[str, Field(min_length=3, max_length=320, pattern=r"^[^@\s]+@[^@\s]+$")]
    dry_run: bool = False


Command = Annotated[
    ListStaff
    | AddStaff
    | ChangeStaff
    | AddIdentity
    | RemoveIdentity
    | ShowSettings
    | SetSettings
    | NewToken
    | ListTokens
    | RevokeToken
    | RotateToken
    | Retain
    | Erase,
    Field(discriminator="do"),
]

_COMMAND: TypeAdapter[Any] = TypeAdapter(Command)


def read_command(value: object) -> Any:
    """A command from plain data. Raises pydantic.ValidationError."""
    return _COMMAND.validate_python(value)
