"""Who may come in: bearer tokens, one-time login links, browser sessions.

Secrets are shown once and kept as SHA-256. What was looked up is remembered for a few seconds, so that a confirmation
costs no query for its token; a token that is revoked stops within that time, a member of staff at once.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Generic, TypeVar

from domain.ports import AuditEvent, Store, UnitOfWork
from domain.rules import Refused, Rule, broken
from integrations.storage.repositories.access import Access, ApiToken, Session, secret_hash
from integrations.storage.unit_of_work import Work

TOKEN_PREFIX = "desk_"
REMEMBERED_SECONDS = 5.0
_MOST_REMEMBERED = 4096

T = TypeVar("T")


class Scope(StrEnum):
    """What a token may be used for; its holder's role says what may be done within it."""

    READ = "read"
    CONVERSE = "converse"
    DECIDE = "decide"
    IMPORT = "import"
    ADMIN = "admin"
    METRICS = "metrics"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who sends a request. `key` names the token (or session) in logs and scopes its idempotency keys."""

    staff_id: str
    scopes: frozenset[str]
    key: str


def access_of(uow: UnitOfWork) -> Access:
    """The access tables of a transaction."""
    assert isinstance(uow, Work)
    return uow.access


class _Remembered(Generic[T]):
    """A small cache by hash."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._known: OrderedDict[str, tuple[float, T]] = OrderedDict()

    async def get(self, key: str, find: Callable[[], Awaitable[T | None]]) -> T | None:
        known = self._known.get(key)
        if known is not None and self._now() < known[0]:
            return known[1]
        found = await find()
        if found is None:
            self._known.pop(key, None)
            return None
        self._known[key] = (self._now() + REMEMBERED_SECONDS, found)
        if len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)
        return found

    def drop(self, key: str) -> None:
        self._known.pop(key, None)


class Tokens:
    """Bearer tokens of one merchant."""

    def __init__(self, store: Store, merchant_id: str) -> None:
        self._store, self._merchant = store, merchant_id
        self._remembered: _Remembered[ApiToken] = _Remembered()

    async def new(
        self, staff_id: str, scopes: Iterable[Scope | str], *, days: int = 90, name: str = ""
    ) -> str:
        """Issue a token; the secret is returned this once. Raises Refused for staff that is not there."""
        wanted = sorted({Scope(scope).value for scope in scopes})
        work = partial(_issue, staff_id=staff_id, scopes=wanted, days=days, name=name)
        return await self._store.write(self._merchant, work)

    async def rotate(self, token_id: str, *, days: int = 90) -> str | None:
        """A new secret with the same holder, scopes and name; the old one stops. None where it works no more."""

        def work(uow: UnitOfWork) -> tuple[str, str] | None:
            for hashed, token in access_of(uow).tokens():
                if token.id == token_id and token.revoked_at is None and uow.now < token.expires_at:
                    _revoke(uow, hashed, token)
                    fresh = _issue(
                        uow, staff_id=token.staff_id, scopes=token.scopes, days=days, name=token.name
                    )
                    return hashed, fresh
            return None

        done = await self._store.write(self._merchant, work)
        if done is None:
            return None
        self._remembered.drop(done[0])
        return done[1]

    async def all(self) -> list[ApiToken]:
        """Every token, oldest first."""
        return await self._store.read(self._merchant, lambda uow: [t for _, t in access_of(uow).tokens()])

    async def revoke(self, token_id: str) -> bool:
        """Whether there was such a token; from now on it opens nothing."""

        def work(uow: UnitOfWork) -> str | None:
            for hashed, token in access_of(uow).tokens():
                if token.id == token_id:
                    _revoke(uow, hashed, token)
                    return hashed
            return None

        hashed = await self._store.write(self._merchant, work)
        self._remembered.drop(hashed or "")
        return hashed is not None

    async def principal(self, secret: str) -> Principal | None:
        """Who holds it; None where it is unknown, revoked or over."""
        hashed = secret_hash(secret)

        async def find() -> ApiToken | None:
            def work(uow: UnitOfWork) -> ApiToken | None:
                token = access_of(uow).token(hashed)
                if token is None or token.revoked_at is not None or uow.now >= token.expires_at:
                    return None
                staff = uow.staff.get(token.staff_id)
                return token if staff is not None and staff.active else None

            return await self._store.read(self._merchant, work)

        token = await self._remembered.get(hashed, find)
        return Principal(token.staff_id, frozenset(token.scopes), token.id) if token is not None else None


def _issue(uow: UnitOfWork, *, staff_id: str, scopes: list[str], days: int, name: str) -> str:
    """A new token's secret. Raises Refused for staff that is not there."""
    staff = uow.staff.get(staff_id)
    if staff is None or not staff.active:
        raise Refused(broken(Rule.FIELD_INVALID, "staff", limit="an active member of staff", value=staff_id))
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        id=uow.ids.new("tok"),
        staff_id=staff_id,
        name=name,
        scopes=scopes,
        created_at=uow.now,
        expires_at=uow.now + timedelta(days=days),
    )
    access_of(uow).save_token(secret_hash(secret), token)
    data = {"staff": staff_id, "scopes": scopes}
    uow.audit.append(AuditEvent("token.issued", token.id, staff_id, uow.now, data))
    return secret


def _revoke(uow: UnitOfWork, hashed: str, token: ApiToken) -> None:
    if token.revoked_at is None:
        token.revoked_at = uow.now
        access_of(uow).save_token(hashed, token)
        uow.audit.append(AuditEvent("token.revoked", token.id, token.staff_id, uow.now))


class Links:
    """One-time login links for the page. The token stands in the link's fragment, so no server log ever holds it."""

    def __init__(self, store: Store, merchant_id: str, *, minutes: float = 10.0) -> None:
        self._store, self._merchant, self._minutes = store, merchant_id, minutes

    async def new(self, staff_id: str) -> str:
        """A token that signs this person in once. Raises Refused for staff that is not there."""
        secret = secrets.token_urlsafe(32)

        def work(uow: UnitOfWork) -> None:
            staff = uow.staff.get(staff_id)
            if staff is None or not staff.active:
                raise Refused(
                    broken(Rule.FIELD_INVALID, "staff", limit="an active member of staff", value=staff_id)
                )
            until = uow.now + timedelta(minutes=self._minutes)
            access_of(uow).add_link(secret_hash(secret), staff_id, until)

        await self._store.write(self._merchant, work)
        return secret


class Sessions:
    """Browsers that are signed in."""

    def __init__(self, store: Store, merchant_id: str, *, hours: float) -> None:
        self._store, self._merchant, self._hours = store, merchant_id, hours
        self._remembered: _Remembered[Session] = _Remembered()

    async def begin(self, link: str) -> str | None:
        """The cookie that a link is exchanged for, once; None for a link that is unknown, used or too old."""

        def who(uow: UnitOfWork) -> str | None:
            return access_of(uow).use_link(secret_hash(link), uow.now)

        return await self._open(who)

    async def open(
        self, staff_id: str, unless: Callable[[UnitOfWork], bool] = lambda uow: False
    ) -> str | None:
        """A cookie for somebody another system vouches for; None for staff that is not there, or where `unless`."""
        return await self._open(lambda uow: None if unless(uow) else staff_id)

    async def _open(self, who: Callable[[UnitOfWork], str | None]) -> str | None:
        secret = secrets.token_urlsafe(32)

        def work(uow: UnitOfWork) -> bool:
            staff_id = who(uow)
            staff = uow.staff.get(staff_id) if staff_id else None
            if staff is None or not staff.active:
                return False
            session = Session(
                hash=secret_hash(secret),
                staff_id=staff.id,
                csrf=secrets.token_urlsafe(24),
                expires_at=uow.now + timedelta(hours=self._hours),
            )
            access_of(uow).add_session(session)
            uow.audit.append(AuditEvent("session.opened", staff.id, staff.id, uow.now))
            return True

        return secret if await self._store.write(self._merchant, work) else None

    async def get(self, cookie: str) -> Session | None:
        """The session of a cookie, while it lasts."""
        hashed = secret_hash(cookie)

        def work(uow: UnitOfWork) -> Session | None:
            session = access_of(uow).session(hashed)
            return session if session is not None and uow.now < session.expires_at else None

        return await self._remembered.get(hashed, lambda: self._store.read(self._merchant, work))

    async def end(self, cookie: str) -> None:
        """Sign out."""
        hashed = secret_hash(cookie)
        self._remembered.drop(hashed)
        await self._store.write(self._merchant, lambda uow: access_of(uow).drop_session(hashed))


async def forget_expired(store: Store, merchant_id: str) -> int:
    """A chore: delete sessions, links and answered requests that are over."""
    return await store.write(merchant_id, lambda uow: access_of(uow).forget_expired(uow.now))
