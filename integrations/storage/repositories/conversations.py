"""Conversations, their messages and cases."""

from __future__ import annotations

from domain.cases.model import Conversation, Message, StoredCase
from integrations.storage.link import Link
from integrations.storage.statements import Query, insert, upsert

_GET = Query("conversations", "select doc from conversations where merchant_id = :merchant and id = :id")
_BY_THREAD = Query(
    "conversations",
    "select doc from conversations where merchant_id = :merchant and channel = :channel "
    "and thread_key = :thread_key order by updated_at desc limit 1",
)
_SAVE = upsert(
    40, "conversations", ("merchant_id", "id", "channel", "thread_key", "updated_at", "doc"), keys=2
)

_STORED = Query(
    "messages",
    "select doc from messages where merchant_id = :merchant and event_id = :event_id and direction = :direction",
)
_LAST = Query(
    "messages",
    "select doc from messages where merchant_id = :merchant and conversation_id = :conversation_id "
    "order by number desc limit :limit",
)
_MESSAGE = insert(
    42,
    "messages",
    ("merchant_id", "event_id", "direction", "id", "conversation_id", "at", "doc"),
    keys=3,
    exact=True,
)

_CASE = Query("cases", "select doc from cases where merchant_id = :merchant and id = :id")
_CASES = Query(
    "cases",
    "select doc from cases where merchant_id = :merchant and conversation_id = :conversation_id "
    "order by created_at, id",
)
_SAVE_CASE = insert(
    41,
    "cases",
    ("merchant_id", "id", "conversation_id", "created_at", "doc"),
    keys=2,
    on_conflict="(merchant_id, id) do update set doc = excluded.doc",  # it was begun when it was first stored
)


class Conversations:
    """Conversations of one merchant, their messages and cases."""

    def __init__(self, link: Link, merchant_id: str) -> None:
        self._link, self._merchant = link, merchant_id

    def _docs(self, query: Query, **parameters: object) -> list[str]:
        return [row[0] for row in self._link.rows(query, merchant=self._merchant, **parameters)]

    def get(self, conversation_id: str) -> Conversation | None:
        """By id."""
        docs = self._docs(_GET, id=conversation_id)
        return Conversation.model_validate_json(docs[0]) if docs else None

    def by_thread(self, channel: str, thread_key: str) -> Conversation | None:
        """By the channel's own name for the thread; the one last used where there are several."""
        docs = self._docs(_BY_THREAD, channel=channel, thread_key=thread_key)
        return Conversation.model_validate_json(docs[0]) if docs else None

    def save(self, conversation: Conversation) -> None:
        """Insert or write back; `version` counts the writes (the last one wins)."""
        conversation.version += 1
        row = (conversation.id, conversation.channel, conversation.thread_key, conversation.updated_at)
        self._link.pending.add(_SAVE, (self._merchant, *row, conversation.model_dump_json()))

    def add_message(self, message: Message) -> bool:
        """Store a message; False where its event id was stored before in that direction (the same event twice)."""
        if self._docs(_STORED, event_id=message.event_id, direction=message.direction):
            return False
        row = (message.event_id, message.direction, message.id, message.conversation_id, message.at)
        self._link.pending.add(_MESSAGE, (self._merchant, *row, message.model_dump_json()))
        return True

    def messages(self, conversation_id: str, limit: int = 50) -> list[Message]:
        """The last messages, oldest first."""
        docs = self._docs(_LAST, conversation_id=conversation_id, limit=limit)
        return [Message.model_validate_json(doc) for doc in reversed(docs)]

    def reply_to(self, event_id: str) -> Message | None:
        """The reply that was given to an inbound event, if any."""
        docs = self._docs(_STORED, event_id=event_id, direction="out")
        return Message.model_validate_json(docs[0]) if docs else None

    def case(self, case_id: str) -> StoredCase | None:
        """A case by id."""
        docs = self._docs(_CASE, id=case_id)
        return StoredCase.model_validate_json(docs[0]) if docs else None

    def cases(self, conversation_id: str) -> list[StoredCase]:
        """The conversation's cases, oldest first."""
        docs = self._docs(_CASES, conversation_id=conversation_id)
        return [StoredCase.model_validate_json(doc) for doc in docs]

    def save_case(self, case: StoredCase) -> None:
        """Insert or write back."""
        row = (case.id, case.conversation_id, case.created_at, case.model_dump_json())
        self._link.pending.add(_SAVE_CASE, (self._merchant, *row))
