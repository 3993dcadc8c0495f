"""The helpdesks that are real here: the built-in one on a database, and RT 5 in a process of its own."""

from __future__ import annotations

import base64
import re
from typing import Any

import httpx

from integrations.helpdesk.local import LocalHelpdesk, tickets_of
from integrations.helpdesk.rt import RequestTracker, rt_wire
from integrations.storage.repositories.local_tickets import LocalFile, LocalMessage, LocalTicket
from tests.builders import MERCHANT
from tests.contract.helpdesk.wires import Flaky, a_photo


class LocalDesk:
    name = "local"
    has_versions = True
    transport = None

    def __init__(self, store) -> None:
        self.store, self.helpdesk, self.count = store, LocalHelpdesk(store, MERCHANT), 0

    def connect(self) -> LocalHelpdesk:
        return self.helpdesk

    async def new_ticket(self, text: str, order: str = "", photo: bool = False) -> str:
        self.count += 1
        number = str(self.count)

        def work(uow):
            fields = {"order_number": order} if order else {}
            ticket = LocalTicket(
                id=number, subject="Mug arrived cracked", requester="Lucía Prado", created_at=uow.now,
                requester_email="lucia@example.com", fields=fields, updated_at=uow.now,
            )  # fmt: skip
            tickets_of(uow).add(ticket)
            tickets_of(uow).add_message(number, LocalMessage(id="m1", author="Lucía", text=text, at=uow.now))
            tickets_of(uow).add_tag(number, "vip")
            if photo:
                file = LocalFile(
                    id=f"f{number}", name="crack.jpg", media_type="image/jpeg", size=len(a_photo())
                )
                tickets_of(uow).add_file(number, file, a_photo())

        await self.store.write(MERCHANT, work)
        return number

    async def say_as_customer(self, number: str, text: str) -> None:
        await self.helpdesk.add_message(number, "Lucía", text, from_customer=True)

    async def somebody_changes(self, number: str) -> None:
        await self.say_as_customer(number, "one more thing")

    async def notes(self, number: str) -> list[str]:
        return [m.text for m in (await self.helpdesk.get_ticket(number)).messages if m.internal]

    async def status(self, number: str) -> str:
        return (await self.helpdesk.get_ticket(number)).status

    async def tags(self, number: str) -> list[str]:
        return list((await self.helpdesk.get_ticket(number)).tags)

    async def file_of(self, number: str) -> str:
        return f"f{number}"


class RtDesk:
    """RT's own tickets; the customer's later words are not tried here (they come by mail)."""

    name = "rt"
    has_versions = True

    def __init__(self, server) -> None:
        self.server = server
        self.transport = Flaky(httpx.AsyncHTTPTransport())

    def connect(self) -> RequestTracker:
        wire = rt_wire(self.server.url, self.server.token, transport=self.transport)
        return RequestTracker(self.server.url, wire, "s", order_field="Order number", tags_field="Desk tags")

    async def new_ticket(self, text: str, order: str = "", photo: bool = False) -> str:
        fields = {"Desk tags": ["vip"], **({"Order number": order} if order else {})}
        given: dict[str, Any] = {
            "Queue": "General", "Subject": "Mug arrived cracked", "Requestor": "lucia@example.com", "Content": text,
            "ContentType": "text/plain", "CustomFields": fields,
        }  # fmt: skip
        if photo:
            content = base64.b64encode(a_photo()).decode()
            given["Attachments"] = [
                {"FileName": "crack.jpg", "FileType": "image/jpeg", "FileContent": content}
            ]
        number = str(self.server.ask("POST", "/ticket", json=given).json()["id"])
        user = {"RealName": "Lucía Prado"}
        self.server.ask("PUT", "/user/lucia@example.com", json=user)
        return number

    async def say_as_customer(self, number: str, text: str) -> None:
        given = {"Content": text, "ContentType": "text/plain"}
        self.server.ask("POST", f"/ticket/{number}/correspond", json=given)

    async def somebody_changes(self, number: str) -> None:
        self.server.ask("PUT", f"/ticket/{number}", json={"Subject": "Two mugs arrived cracked"})

    async def notes(self, number: str) -> list[str]:
        answer = self.server.ask("GET", f"/ticket/{number}/history?fields=Type&per_page=100").json()
        comments = [item["id"] for item in answer["items"] if item["Type"] == "Comment"]
        texts = []
        for comment in comments:
            parts = self.server.ask("GET", f"/transaction/{comment}/attachments").json()["items"]
            record = self.server.ask("GET", f"/attachment/{parts[0]['id']}").json()
            texts.append(base64.b64decode(record["Content"]).decode())
        return texts

    async def status(self, number: str) -> str:
        return str(self.server.ask("GET", f"/ticket/{number}").json()["Status"])

    async def tags(self, number: str) -> list[str]:
        fields = self.server.ask("GET", f"/ticket/{number}").json()["CustomFields"]
        return next((list(field["values"]) for field in fields if field["name"] == "Desk tags"), [])

    async def file_of(self, number: str) -> str:
        parts = self.server.ask("GET", f"/ticket/{number}/attachments?fields=Filename&per_page=100").json()[
            "items"
        ]
        return next(str(part["id"]) for part in parts if re.search("crack", part["Filename"] or ""))
