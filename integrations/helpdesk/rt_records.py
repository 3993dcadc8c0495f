"""RT's records as the desk reads them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from integrations.helpdesk.port import TicketFile

SAID = {"Create", "Correspond", "Comment"}
MOST_MESSAGES = 60
"""The last of a ticket's messages that are read."""
HISTORY = {
    "fields": "Type,Created,Creator,Data",
    "fields[Creator]": "Name,EmailAddress,RealName,Privileged",
    "per_page": 100,
}
PARTS = {"fields": "ContentType,Filename,TransactionId,ContentLength", "per_page": 100}


def transaction_of(part: dict[str, Any]) -> str:
    """Which message a part belongs to; RT gives the id, or a reference to it."""
    value = part.get("TransactionId")
    return str(value.get("id") if isinstance(value, dict) else value)


def by_customer(item: dict[str, Any], requester: dict[str, Any]) -> bool:
    """What began the ticket is the customer's, whoever typed it in; later mail where the requester sent it."""
    if item["Type"] == "Comment":
        return False
    creator = item.get("Creator") or {}
    own = requester.get("EmailAddress") or requester.get("Name")
    return item["Type"] == "Create" or (
        bool(own) and own in (creator.get("EmailAddress"), creator.get("Name"))
    )


def file_of(part: dict[str, Any], item: dict[str, Any], requester: dict[str, Any]) -> TicketFile:
    """An attachment as the port knows it."""
    return TicketFile(
        id=str(part["id"]),
        name=part["Filename"],
        media_type=part.get("ContentType") or "",
        size=int(part.get("ContentLength") or 0),
        from_customer=by_customer(item, requester),
    )


def without_tags(text: str) -> str:
    """The text of a page: for reading only, it is escaped again wherever it is shown."""
    reader = _TextOnly()
    reader.feed(text)
    return "".join(reader.found)


class _TextOnly(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)
