"""`desk token`: API tokens for members of staff, made, listed and revoked."""

from __future__ import annotations

import sys

from integrations.bootstrap import application, load_settings
from integrations.http.access import Scope, Tokens


async def run_new(staff: str, scopes: list[str], days: int, name: str, *, demo: bool) -> int:
    """Print a new token, this once; exit code 2 for a scope that does not exist. Raises Refused."""
    unknown = sorted(set(scopes) - {scope.value for scope in Scope})
    if unknown or not scopes:
        known = ", ".join(scope.value for scope in Scope)
        print(f"desk: --scope takes {known}, not {', '.join(unknown) or 'nothing'}", file=sys.stderr)
        return 2
    async with application(load_settings(), demo=demo) as app:
        print(await Tokens(app.store, app.merchant.id).new(staff, scopes, days=days, name=name))
    return 0


async def run_list(*, demo: bool) -> int:
    """Every token with its holder, scopes and end; never its secret."""
    async with application(load_settings(), demo=demo) as app:
        for token in await Tokens(app.store, app.merchant.id).all():
            state = "revoked" if token.revoked_at else f"until {token.expires_at:%Y-%m-%d}"
            print(f"{token.id}  {token.staff_id}  {','.join(token.scopes)}  {state}  {token.name}".rstrip())
    return 0


async def run_revoke(token_id: str, *, demo: bool) -> int:
    """Exit code 1 where there is no such token."""
    async with application(load_settings(), demo=demo) as app:
        revoked = await Tokens(app.store, app.merchant.id).revoke(token_id)
    print("revoked" if revoked else f"no token {token_id} here", file=sys.stdout if revoked else sys.stderr)
    return 0 if revoked else 1
