"""Deleting what is old: conversations that went silent, and files."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import orjson

from domain.ports import UnitOfWork
from domain.rules import Refused, Rule, broken
from integrations.administration.commands import Retain
from integrations.administration.office import Office
from integrations.administration.reach import personal_of


async def retain(office: Office, command: Retain) -> dict[str, Any]:
    """How many of each were deleted (or would be). A conversation with an unfinished case or an open card is kept."""
    if command.conversation_days is None and command.file_days is None:
        limit = "conversation_days, file_days or both"
        raise Refused(broken(Rule.FIELD_INVALID, "retention", limit=limit, value="neither"))
    now = await office.store.read(office.merchant_id, lambda uow: uow.now)
    conversations = files = 0
    if command.conversation_days is not None:
        until = now - timedelta(days=command.conversation_days)
        conversations = await _conversations(office, until, dry_run=command.dry_run)
    if command.file_days is not None:
        files = await _files(office, now - timedelta(days=command.file_days), dry_run=command.dry_run)
    counts = {"conversations": conversations, "files": files}
    if not command.dry_run and any(counts.values()):
        days = {"conversation_days": command.conversation_days, "file_days": command.file_days}

        def note(uow: UnitOfWork) -> None:
            office.note(uow, "retention.applied", office.merchant_id, {**counts, **days})

        await office.store.write(office.merchant_id, note)
        await office.scrub()
    return {**counts, "dry_run": command.dry_run}


async def _conversations(office: Office, until: datetime, *, dry_run: bool) -> int:
    count = 0
    seen: set[str] = set()  # looked at and kept
    while True:
        limit = 500 + len(seen)

        def silent(uow: UnitOfWork, limit: int = limit) -> list[str]:
            found = personal_of(uow).quiet_conversations(until, limit)
            fresh = [(key, doc) for key, doc in found if key not in seen]
            seen.update(key for key, doc in fresh if _is_unfinished(uow, doc))
            return [key for key, _ in fresh if key not in seen]

        ids = await office.store.read(office.merchant_id, silent)
        count += len(ids)
        if not ids:
            return count
        if dry_run:
            seen.update(ids)
            continue

        def drop(uow: UnitOfWork, ids: list[str] = ids) -> None:
            for key in ids:
                personal_of(uow).drop_conversation(key)

        await office.store.write(office.merchant_id, drop)
        for key in ids:
            await office.forget_thread(key)


def _is_unfinished(uow: UnitOfWork, doc: str) -> bool:
    return any(uow.conversations.case(case_id) is not None for case_id in orjson.loads(doc)["stack"])


async def _files(office: Office, until: datetime, *, dry_run: bool) -> int:
    count = 0
    while True:
        hashes = await office.store.read(
            office.merchant_id, lambda uow: personal_of(uow).old_files(until, 100_000 if dry_run else 200)
        )
        count += len(hashes)
        if dry_run or not hashes:
            return count

        def drop(uow: UnitOfWork, hashes: list[str] = hashes) -> None:
            for sha256 in hashes:
                personal_of(uow).drop_file(sha256)

        await office.store.write(office.merchant_id, drop)
