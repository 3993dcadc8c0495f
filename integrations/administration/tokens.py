"""API tokens: issued, listed, revoked, rotated. Only their hashes are kept."""

from __future__ import annotations

from typing import Any

from domain.rules import Refused, Rule, broken
from integrations.administration.commands import ListTokens, NewToken, RevokeToken, RotateToken
from integrations.administration.office import Office


async def new(office: Office, command: NewToken) -> dict[str, Any]:
    """The secret, this once. Raises Refused for staff or scopes that are not there."""
    try:
        secret = await office.tokens.new(command.staff, command.scopes, days=command.days, name=command.name)
    except ValueError as error:
        raise Refused(
            broken(Rule.FIELD_INVALID, "scopes", limit=str(error), value=", ".join(command.scopes))
        ) from None
    return {"token": secret}


async def list_tokens(office: Office, command: ListTokens) -> dict[str, Any]:
    """Every token, without its secret."""
    found = await office.tokens.all()
    return {"tokens": [token.model_dump(mode="json") for token in found]}


async def revoke(office: Office, command: RevokeToken) -> dict[str, Any]:
    """Raises Refused where there is none."""
    if not await office.tokens.revoke(command.id):
        raise _unknown(command.id)
    return {"revoked": command.id}


async def rotate(office: Office, command: RotateToken) -> dict[str, Any]:
    """The new secret; the old one stops now. Raises Refused where there is no such token that still works."""
    secret = await office.tokens.rotate(command.id, days=command.days)
    if secret is None:
        raise _unknown(command.id)
    return {"token": secret, "revoked": command.id}


def _unknown(token_id: str) -> Refused:
    return Refused(broken(Rule.FIELD_INVALID, "id", limit="a token that still works", value=token_id))
