"""A Chatwoot account behind respx, in the documented shapes: messages in pages of 20, the newest page first."""

from __future__ import annotations

import json

import httpx
import respx

from integrations.helpdesk.chatwoot import Chatwoot, chatwoot_wire, own_files
from tests.contract.helpdesk.wires import Flaky, a_photo

CONTACT = {"id": 7, "name": "Lucía Prado", "email": "lucia@example.com", "type": "contact"}
AGENT = {"id": 3, "name": "Ana Agent", "type": "user"}
STORED = "https://chat.shop.example/rails/active_storage/blobs/redirect/x/crack.jpg"


class Desk:
    name = "chatwoot"
    has_versions = False

    def __init__(self) -> None:
        self.talks: dict[str, dict] = {}
        self.messages: dict[str, list[dict]] = {}
        self.last = 0
        self.router = respx.MockRouter(base_url="https://chat.shop.example", assert_all_called=False)
        talk = r"^/api/v1/accounts/1/conversations/(?P<number>\d+)"
        for method, tail, handle in (
            ("GET", "$", self._get),
            ("GET", "/messages$", self._list),
            ("POST", "/messages$", self._post),
            ("GET", "/labels$", lambda request, number: {"payload": self.talks[number]["labels"]}),
            ("POST", "/labels$", self._label),
            ("POST", "/toggle_status$", self._status),
        ):
            self.router.route(method=method, path__regex=talk + tail).mock(
                side_effect=self._by_number(handle)
            )
        self.transport = Flaky(httpx.MockTransport(self.router.async_handler))
        self.files = respx.MockRouter(assert_all_called=False)
        self.files.route(host="93.184.216.34", path__startswith="/rails/active_storage/blobs").mock(
            return_value=httpx.Response(302, headers={"Location": "/rails/active_storage/disk/y/crack.jpg"})
        )
        self.files.route(host="93.184.216.34", path__startswith="/rails/active_storage/disk").respond(
            200, content=a_photo()
        )

    def connect(self) -> Chatwoot:
        async def public(host: str, port: int) -> list[str]:
            return ["93.184.216.34"]

        base = "https://chat.shop.example"
        files = own_files(base, resolve=public, transport=httpx.MockTransport(self.files.async_handler))
        wire = chatwoot_wire(base, "t0ken", transport=self.transport)
        return Chatwoot(base, "1", wire, files, webhook_secret="s", order_field="shop_order")

    async def new_ticket(self, text: str, order: str = "", photo: bool = False) -> str:
        number = str(len(self.talks) + 1)
        self.talks[number] = {
            "id": int(number), "status": "open", "labels": ["vip"], "meta": {"sender": CONTACT},
            "custom_attributes": {"shop_order": order} if order else {},
            "additional_attributes": {"mail_subject": "Mug arrived cracked"},
        }  # fmt: skip
        self.messages[number] = []
        file = {"id": 40 + int(number), "file_type": "image", "data_url": STORED, "file_size": 631}
        self._say(number, text, CONTACT, 0, files=[file] if photo else [])
        return number

    async def say_as_customer(self, number: str, text: str) -> None:
        self._say(number, text, CONTACT, 0)

    async def somebody_changes(self, number: str) -> None:
        self.talks[number]["status"] = "pending"

    async def notes(self, number: str) -> list[str]:
        return [m["content"].replace("\\", "") for m in self.messages[number] if m["private"]]

    async def status(self, number: str) -> str:
        return str(self.talks[number]["status"])

    async def tags(self, number: str) -> list[str]:
        return list(self.talks[number]["labels"])

    async def file_of(self, number: str) -> str:
        return next(str(a["id"]) for m in self.messages[number] for a in m["attachments"])

    def _say(self, number: str, text: str, who: dict, kind: int, *, private: bool = False, files=()) -> dict:
        self.last += 1
        message = {
            "id": self.last, "content": text, "message_type": kind, "private": private, "sender": who,
            "created_at": 1781524800 + self.last, "attachments": list(files),
        }  # fmt: skip
        self.messages[number].append(message)
        return message

    def _by_number(self, handle):
        def answer(request: httpx.Request, number: str) -> httpx.Response:
            if request.headers.get("api_access_token") != "t0ken":
                return httpx.Response(401, json={"errors": ["You need to sign in"]})
            if number not in self.talks:
                return httpx.Response(404, json={"error": "Resource could not be found"})
            return httpx.Response(200, json=handle(request, number))

        return answer

    def _get(self, request: httpx.Request, number: str) -> dict:
        return self.talks[number]

    def _list(self, request: httpx.Request, number: str) -> dict:
        before = int(request.url.params.get("before", 10**9))
        return {"meta": {}, "payload": [m for m in self.messages[number] if m["id"] < before][-20:]}

    def _post(self, request: httpx.Request, number: str) -> dict:
        given = json.loads(request.content)
        assert (given["private"], given["message_type"]) == (True, "outgoing")
        return self._say(number, given["content"], AGENT, 1, private=True)

    def _label(self, request: httpx.Request, number: str) -> dict:
        self.talks[number]["labels"] = json.loads(request.content)["labels"]
        return {"payload": self.talks[number]["labels"]}

    def _status(self, request: httpx.Request, number: str) -> dict:
        self.talks[number]["status"] = json.loads(request.content)["status"]
        return {"meta": {}, "payload": {"success": True}}
