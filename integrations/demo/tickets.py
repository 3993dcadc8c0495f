"""The demo shop's tickets, in the built-in helpdesk. Their times lie close to now."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from domain.ports import Store, UnitOfWork
from integrations.demo.photos import draw_photo
from integrations.storage.repositories.local_tickets import (
    LocalFile,
    LocalMessage,
    LocalNote,
    LocalTicket,
    LocalTickets,
)
from integrations.storage.unit_of_work import Work

TICKETS = Path(__file__).with_name("tickets.yaml")


async def seed_tickets(store: Store, merchant_id: str) -> int:
    """Make sure that the demo's tickets are there; where any ticket is, nothing is changed. How many were made."""
    if await store.read(merchant_id, lambda uow: bool(_tickets(uow).recent(1))):
        return 0
    written = yaml.safe_load(TICKETS.read_text(encoding="utf-8"))
    names = {name for item in written for name in item.get("photos", [])}
    photos = {name: await asyncio.to_thread(draw_photo, name) for name in sorted(names)}

    def work(uow: UnitOfWork) -> int:
        for item in written:
            _add(_tickets(uow), item, photos, uow.now)
        return len(written)

    return await store.write(merchant_id, work)


def _tickets(uow: UnitOfWork) -> LocalTickets:
    assert isinstance(uow, Work)
    return uow.local_tickets


def _add(tickets: LocalTickets, item: dict[str, Any], photos: dict[str, bytes], now: datetime) -> None:
    def at(ago: int) -> datetime:
        return now - timedelta(minutes=ago)

    messages = [
        LocalMessage(
            id=f"m{number}",
            author=said.get("author", item["requester"]),
            text=said["text"].strip(),
            at=at(said["ago"]),
            from_customer=said.get("by") != "shop",
        )
        for number, said in enumerate(item["messages"], 1)
    ]
    tickets.add(
        LocalTicket(
            id=item["id"],
            subject=item["subject"],
            requester=item["requester"],
            requester_email=item["email"],
            status=item.get("status", "open"),
            language=item["language"],
            fields=item.get("fields", {}),
            created_at=messages[0].at,
            updated_at=messages[-1].at,
        )
    )
    for message in messages:
        tickets.add_message(item["id"], message)
    for number, name in enumerate(item.get("photos", []), 1):
        file = LocalFile(id=f"f{number}", name=f"{name}.jpg", media_type="image/jpeg", size=len(photos[name]))
        tickets.add_file(item["id"], file, photos[name])
    for tag in item.get("tags", []):
        tickets.add_tag(item["id"], tag)
    if note := item.get("note"):
        kept = LocalNote(
            id="n-demo", key="demo", author=note["author"], text=note["text"], at=at(note["ago"])
        )
        tickets.save_note(item["id"], kept)
