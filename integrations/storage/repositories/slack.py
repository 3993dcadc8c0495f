"""What is kept for Slack: workspaces, who is who, what was posted where, feedback, stops."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.cases.model import Conversation
from domain.proposals.model import Proposal
from integrations.storage.link import Link
from integrations.storage.mapping import moment, optional_moment
from integrations.storage.statements import Query, insert, upsert


@dataclass(frozen=True, slots=True)
class Post:
    """A message of ours. `ts` is empty while nobody knows whether Slack took it."""

    key: str
    kind: str
    team_id: str
    channel: str
    thread_ts: str
    ts: str = ""
    proposal_id: str = ""
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who ``TEAM:USER`` is: a member of staff, or nobody of ours for the reason `refusal`."""

    identity: str
    staff_id: str
    refusal: str
    expires_at: datetime


_INSTALLED = Query(
    "slack_installations",
    "select team_id, doc, revoked_at from slack_installations where merchant_id = :merchant and team_id = :team",
)
_TEAMS = Query(
    "slack_installations",
    "select team_id from slack_installations where merchant_id = :merchant and revoked_at is null order by team_id",
)
_INSTALL = upsert(110, "slack_installations", ("merchant_id", "team_id", "doc", "revoked_at"), keys=2)

_STATE = insert(111, "slack_states", ("merchant_id", "hash", "expires_at"), keys=2)
_TAKE_STATE = Query(
    "slack_states",
    "delete from slack_states where merchant_id = :merchant and hash = :hash and expires_at > :now returning hash",
)

_PERSON = Query(
    "slack_people",
    "select identity, staff_id, refusal, expires_at from slack_people "
    "where merchant_id = :merchant and identity = :identity",
)
_IDENTITIES = Query(
    "slack_people",
    "select identity from slack_people where merchant_id = :merchant and staff_id = :staff order by identity",
)
_KNOW = upsert(112, "slack_people", ("merchant_id", "identity", "staff_id", "refusal", "expires_at"), keys=2)

_COLUMNS = "key, kind, team_id, channel, thread_ts, ts, proposal_id, doc"
_POST = Query(
    "slack_posts", f"select {_COLUMNS} from slack_posts where merchant_id = :merchant and key = :key"
)
_POSTS = Query(
    "slack_posts",
    f"select {_COLUMNS} from slack_posts where merchant_id = :merchant and proposal_id = :proposal "
    "order by created_at, key",
)
_SAVE_POST = upsert(
    113,
    "slack_posts",
    (
        "merchant_id",
        "key",
        "kind",
        "team_id",
        "channel",
        "thread_ts",
        "ts",
        "proposal_id",
        "doc",
        "created_at",
    ),
    keys=2,
)

_FEEDBACK = upsert(
    114,
    "slack_feedback",
    ("merchant_id", "conversation_id", "event_id", "staff_id", "verdict", "at"),
    keys=4,
)
_VERDICTS = Query(
    "slack_feedback",
    "select event_id, staff_id, verdict from slack_feedback "
    "where merchant_id = :merchant and conversation_id = :conversation order by at",
)

_STOP = upsert(115, "slack_stops", ("merchant_id", "thread_key", "stopped_at"), keys=2)
_STOPPED = Query(
    "slack_stops",
    "select stopped_at from slack_stops where merchant_id = :merchant and thread_key = :thread",
)

_OVER = [
    Query(table, f"delete from {table} where merchant_id = :merchant and {column} <= :now returning 1")
    for table, column in (("slack_states", "expires_at"), ("slack_people", "expires_at"))
]
_OLD = [
    Query(table, f"delete from {table} where merchant_id = :merchant and {column} <= :now returning 1")
    for table, column in (("slack_posts", "created_at"), ("slack_stops", "stopped_at"))
]

_CONVERSATIONS = Query(
    "conversations",
    "select doc from conversations where merchant_id = :merchant and channel = 'slack' "
    "order by updated_at desc limit :limit",
)
_DECIDED = Query(
    "proposals",
    "select doc from proposals where merchant_id = :merchant and decided_at is not null "
    "order by decided_at desc limit :limit",
)


class SlackBook:
    """Slack's rows of one merchant."""

    def __init__(self, link: Link, merchant_id: str) -> None:
        self._link, self._merchant = link, merchant_id

    def _rows(self, query: Query, **parameters: Any) -> list[Any]:
        return list(self._link.rows(query, merchant=self._merchant, **parameters))

    def _add(self, bulk: Any, *row: Any) -> None:
        self._link.pending.add(bulk, (self._merchant, *row))

    def installed(self, team_id: str) -> tuple[str, datetime | None] | None:
        """A workspace as it was saved, and since when it is revoked."""
        for _, doc, revoked_at in self._rows(_INSTALLED, team=team_id):
            return str(doc), optional_moment(revoked_at)
        return None

    def teams(self) -> list[str]:
        """Ids of the workspaces that are installed now."""
        return [row[0] for row in self._rows(_TEAMS)]

    def install(self, team_id: str, doc: str, revoked_at: datetime | None = None) -> None:
        """Insert or write back a workspace."""
        self._add(_INSTALL, team_id, doc, revoked_at)

    def add_state(self, state: str, expires_at: datetime) -> None:
        """An installation was begun."""
        self._add(_STATE, _hash(state), expires_at)

    def take_state(self, state: str, now: datetime) -> bool:
        """Whether it was begun here, is not too old and was not taken before."""
        return bool(self._link.change(_TAKE_STATE, merchant=self._merchant, hash=_hash(state), now=now))

    def person(self, identity: str) -> Person | None:
        """Who ``TEAM:USER`` was when it was last asked."""
        for found, staff_id, refusal, expires_at in self._rows(_PERSON, identity=identity):
            return Person(found, staff_id, refusal, moment(expires_at))
        return None

    def identities(self, staff_id: str) -> list[str]:
        """``TEAM:USER`` of a member of staff, as far as known."""
        return [row[0] for row in self._rows(_IDENTITIES, staff=staff_id)]

    def know(self, person: Person) -> None:
        """Remember who somebody is."""
        self._add(_KNOW, person.identity, person.staff_id, person.refusal, person.expires_at)

    def post(self, key: str) -> Post | None:
        """What was posted under a key."""
        return next((Post(*row) for row in self._rows(_POST, key=key)), None)

    def posts_of(self, proposal_id: str) -> list[Post]:
        """All messages that show a proposal, oldest first."""
        return [Post(*row) for row in self._rows(_POSTS, proposal=proposal_id)]

    def save_post(self, post: Post, now: datetime) -> None:
        """Insert or write back."""
        place = (post.team_id, post.channel, post.thread_ts, post.ts)
        self._add(_SAVE_POST, post.key, post.kind, *place, post.proposal_id, post.doc, now)

    def judge(self, conversation_id: str, event_id: str, staff_id: str, verdict: str, now: datetime) -> None:
        """Somebody found a reply good or bad; the last word counts."""
        self._add(_FEEDBACK, conversation_id, event_id, staff_id, verdict, now)

    def verdicts(self, conversation_id: str) -> list[tuple[str, str, str]]:
        """Event, member of staff and verdict of each feedback in a conversation."""
        return [(row[0], row[1], row[2]) for row in self._rows(_VERDICTS, conversation=conversation_id)]

    def stop(self, thread_key: str, now: datetime) -> None:
        """Stop was pressed in a thread."""
        self._add(_STOP, thread_key, now)

    def stopped_at(self, thread_key: str) -> datetime | None:
        """When it was last pressed there."""
        return next((moment(row[0]) for row in self._rows(_STOPPED, thread=thread_key)), None)

    def forget(self, now: datetime, before: datetime) -> int:
        """Delete what is over now, and posts older than `before`; how many rows that were."""
        gone = sum(len(self._link.change(query, merchant=self._merchant, now=now)) for query in _OVER)
        return gone + sum(
            len(self._link.change(query, merchant=self._merchant, now=before)) for query in _OLD
        )

    def recent_conversations(self, limit: int) -> list[Conversation]:
        """Conversations in Slack, the one last used first."""
        rows = self._rows(_CONVERSATIONS, limit=limit)
        return [Conversation.model_validate_json(row[0]) for row in rows]

    def recently_decided(self, limit: int) -> list[Proposal]:
        """Proposals that were decided or ran out, the latest first."""
        return [Proposal.model_validate_json(row[0]) for row in self._rows(_DECIDED, limit=limit)]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
