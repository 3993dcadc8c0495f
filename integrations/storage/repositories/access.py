"""Who may come in over HTTP: tokens, sessions, login links; requests that were answered; own conversations.

Secrets are never stored: rows are found by the SHA-256 of what the client holds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from pydantic import BaseModel, Field

from domain.cases.model import Conversation
from integrations.storage.link import Link
from integrations.storage.mapping import moment, optional_moment
from integrations.storage.statements import Query, insert, update, upsert


class ApiToken(BaseModel):
    """A bearer token as it is kept. `id` is what people name it by; the secret is not here."""

    id: str
    staff_id: str
    name: str = ""
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


class Session(BaseModel):
    """A browser that is signed in."""

    hash: str = Field(repr=False)
    staff_id: str
    csrf: str = Field(repr=False)
    expires_at: datetime


@dataclass(slots=True)
class Answered:
    """A request with an Idempotency-Key; `status` is 0 while it is being worked on."""

    owner: str
    route: str
    key: str
    run: str
    request: str
    locked_until: datetime
    expires_at: datetime
    status: int = 0
    headers: list[tuple[str, str]] | None = None
    body: bytes = b""


def secret_hash(secret: str) -> str:
    """What a secret is found by."""
    return hashlib.sha256(secret.encode()).hexdigest()


_TOKEN = Query("api_tokens", "select doc from api_tokens where merchant_id = :merchant and hash = :hash")
_TOKENS = Query("api_tokens", "select hash, doc from api_tokens where merchant_id = :merchant order by id")
_SAVE_TOKEN = upsert(100, "api_tokens", ("merchant_id", "hash", "id", "staff_id", "doc"), keys=2)

_SESSION = Query(
    "sessions",
    "select hash, staff_id, csrf, expires_at from sessions where merchant_id = :merchant and hash = :hash",
)
_ADD_SESSION = insert(101, "sessions", ("merchant_id", "hash", "staff_id", "csrf", "expires_at"), keys=2)
_DROP_SESSION = Query(
    "sessions", "delete from sessions where merchant_id = :merchant and hash = :hash returning hash"
)

_LINK = Query(
    "login_links",
    "select staff_id, expires_at, used_at from login_links where merchant_id = :merchant and hash = :hash",
)
_ADD_LINK = insert(102, "login_links", ("merchant_id", "hash", "staff_id", "expires_at", "used_at"), keys=2)
_USE_LINK = update(
    103,
    "login_links",
    ("merchant_id", "hash", "used_at"),
    keys=2,
    change="used_at = k.used_at",
    guard="t.used_at is null",
)

_KEY = ("merchant_id", "owner", "route", "key")
_ANSWERED = Query(
    "idempotency_keys",
    "select run, request, locked_until, expires_at, status, headers, body from idempotency_keys "
    "where merchant_id = :merchant and owner = :owner and route = :route and key = :key",
)
_BEGIN = insert(
    104,
    "idempotency_keys",
    (*_KEY, "run", "request", "status", "headers", "body", "locked_until", "expires_at"),
    keys=4,
    exact=True,
)
_TAKE_OVER = update(
    105,
    "idempotency_keys",
    (*_KEY, "run", "request", "status", "headers", "body", "locked_until", "expires_at", "was"),
    keys=4,
    change="run = k.run, request = k.request, status = k.status, headers = k.headers, body = k.body, "
    "locked_until = k.locked_until, expires_at = k.expires_at",
    guard="t.run = k.was",
)
_FORGET = Query(
    "idempotency_keys",
    "delete from idempotency_keys where merchant_id = :merchant and owner = :owner and route = :route "
    "and key = :key and run = :run returning key",
)
_EXPIRED = [
    Query(table, f"delete from {table} where merchant_id = :merchant and expires_at <= :now returning 1")
    for table in ("sessions", "login_links", "idempotency_keys")
]

_OWN = insert(106, "staff_conversations", ("merchant_id", "staff_id", "channel", "id"), keys=4)
_OWN_LIST = Query(
    "staff_conversations conversations",
    "select c.doc from staff_conversations as s join conversations as c "
    "on c.merchant_id = s.merchant_id and c.id = s.id where s.merchant_id = :merchant "
    "and s.staff_id = :staff_id and s.channel = :channel order by c.updated_at desc, c.id desc limit :limit",
)


class Access:
    """Tokens, sessions, links, answered requests and own conversations of one merchant."""

    def __init__(self, link: Link, merchant_id: str) -> None:
        self._link, self._merchant = link, merchant_id

    def _rows(self, query: Query, **parameters: Any) -> list[Any]:
        return list(self._link.rows(query, merchant=self._merchant, **parameters))

    def _add(self, bulk: Any, *row: Any) -> None:
        self._link.pending.add(bulk, (self._merchant, *row))

    def token(self, hashed: str) -> ApiToken | None:
        """By the hash of its secret."""
        rows = self._rows(_TOKEN, hash=hashed)
        return ApiToken.model_validate_json(rows[0][0]) if rows else None

    def tokens(self) -> list[tuple[str, ApiToken]]:
        """All tokens with the hashes they are found by, oldest first."""
        return [(row[0], ApiToken.model_validate_json(row[1])) for row in self._rows(_TOKENS)]

    def save_token(self, hashed: str, token: ApiToken) -> None:
        """Insert or write back."""
        self._add(_SAVE_TOKEN, hashed, token.id, token.staff_id, token.model_dump_json())

    def session(self, hashed: str) -> Session | None:
        """By the hash of its cookie."""
        for row in self._rows(_SESSION, hash=hashed):
            return Session(hash=row[0], staff_id=row[1], csrf=row[2], expires_at=moment(row[3]))
        return None

    def add_session(self, session: Session) -> None:
        """A browser signed in."""
        self._add(_ADD_SESSION, session.hash, session.staff_id, session.csrf, session.expires_at)

    def drop_session(self, hashed: str) -> None:
        """A browser signed out."""
        self._link.change(_DROP_SESSION, merchant=self._merchant, hash=hashed)

    def add_link(self, hashed: str, staff_id: str, expires_at: datetime) -> None:
        """A login link was given to somebody."""
        self._add(_ADD_LINK, hashed, staff_id, expires_at, None)

    def use_link(self, hashed: str, now: datetime) -> str | None:
        """Whose link it is, once: None where it is unknown, used or too old."""
        for staff_id, expires_at, used_at in self._rows(_LINK, hash=hashed):
            if optional_moment(used_at) is None and now < moment(expires_at):
                self._add(_USE_LINK, hashed, now)
                return str(staff_id)
        return None

    def answered(self, owner: str, route: str, key: str) -> Answered | None:
        """What became of a request with that key."""
        for row in self._rows(_ANSWERED, owner=owner, route=route, key=key):
            return Answered(
                owner=owner,
                route=route,
                key=key,
                run=row[0],
                request=row[1],
                locked_until=moment(row[2]),
                expires_at=moment(row[3]),
                status=int(row[4]),
                headers=[(name, value) for name, value in orjson.loads(row[5])],
                body=bytes(row[6]),
            )
        return None

    def keep(self, answered: Answered, instead_of: str | None = None) -> None:
        """Insert, or write back while run `instead_of` is still the one that has it."""
        headers = orjson.dumps(answered.headers or []).decode()
        key = (answered.owner, answered.route, answered.key)
        rest = (answered.run, answered.request, answered.status, headers, answered.body)
        row = (*key, *rest, answered.locked_until, answered.expires_at)
        if instead_of is None:
            self._add(_BEGIN, *row)
        else:
            self._add(_TAKE_OVER, *row, instead_of)

    def forget(self, answered: Answered) -> None:
        """Let the same key be used anew: nothing came of this run."""
        given = {"owner": answered.owner, "route": answered.route, "key": answered.key, "run": answered.run}
        self._link.change(_FORGET, merchant=self._merchant, **given)

    def forget_expired(self, now: datetime) -> int:
        """Delete sessions, links and answered requests that are over; how many rows that were."""
        return sum(len(self._link.change(query, merchant=self._merchant, now=now)) for query in _EXPIRED)

    def own(self, staff_id: str, channel: str, conversation_id: str) -> None:
        """Note whose conversation it is."""
        self._add(_OWN, staff_id, channel, conversation_id)

    def conversations_of(self, staff_id: str, channel: str, limit: int = 50) -> list[Conversation]:
        """Own conversations, the one last used first."""
        rows = self._rows(_OWN_LIST, staff_id=staff_id, channel=channel, limit=limit)
        return [Conversation.model_validate_json(row[0]) for row in rows]
