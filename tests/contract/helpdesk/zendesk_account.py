"""A Zendesk account behind respx, in the documented shapes."""

from __future__ import annotations

import json
import re

import httpx
import respx

from integrations.helpdesk.wire import Wire
from integrations.helpdesk.zendesk import Zendesk, zendesk_files, zendesk_wire
from tests.contract.helpdesk.wires import Flaky, a_photo, json_answer

REQUESTER, AGENT = 20978392, 35436
USERS = [
    {"id": REQUESTER, "name": "Lucía Prado", "email": "lucia@example.com", "role": "end-user", "locale": "es"},
    {"id": AGENT, "name": "Ana Agent", "email": "ana@shop.example", "role": "agent", "active": True,
     "suspended": False, "verified": True},
]  # fmt: skip


class Desk:
    """`page`: comments a page."""

    name = "zendesk"
    has_versions = True

    def __init__(self, page: int = 100) -> None:
        self.page, self.clock = page, 0
        self.tickets: dict[str, dict] = {}
        self.comments: dict[str, list[dict]] = {}
        self.router = respx.MockRouter(base_url="https://acme.zendesk.com", assert_all_called=False)
        route = self.router.route
        ticket = r"^/api/v2/tickets/(?P<number>\d+)"
        route(method="GET", path__regex=ticket + "$").mock(side_effect=self._by_number(self._get))
        route(method="PUT", path__regex=ticket + "$").mock(side_effect=self._by_number(self._put))
        route(method="PUT", path__regex=ticket + "/tags$").mock(side_effect=self._by_number(self._tags))
        route(method="GET", path__regex=ticket + "/comments$").mock(
            side_effect=self._by_number(self._comments)
        )
        route(method="GET", path__regex=r"^/api/v2/users/\d+$").mock(side_effect=json_answer(self._user))
        self.transport = Flaky(httpx.MockTransport(self.router.async_handler))
        self.files = respx.MockRouter(assert_all_called=False)
        self.files.route(host="93.184.216.34", path="/attachments/token/ab/").mock(
            return_value=httpx.Response(
                302, headers={"Location": "https://p1.zdusercontent.com/attachment/ab"}
            )
        )
        self.files.route(host="93.184.216.34", path="/attachment/ab").respond(200, content=a_photo())

    def connect(self) -> Zendesk:
        async def public(host: str, port: int) -> list[str]:
            return ["93.184.216.34"]

        async def no_wait(seconds: float) -> None:
            return None

        wire: Wire = zendesk_wire(
            "acme", "bot@shop.example", "t0ken", transport=self.transport, sleep=no_wait
        )
        files = zendesk_files("acme", resolve=public, transport=httpx.MockTransport(self.files.async_handler))
        return Zendesk("acme", wire, files, webhook_secret="s", order_field="360001")

    async def new_ticket(self, text: str, order: str = "", photo: bool = False) -> str:
        number = str(100 + len(self.tickets))
        fields = [{"id": 360001, "value": order or None}, {"id": 360002, "value": None}]
        self.tickets[number] = {
            "id": int(number), "subject": "Mug arrived cracked", "status": "open", "tags": ["vip"],
            "requester_id": REQUESTER, "custom_fields": fields, "updated_at": self._now(),
        }  # fmt: skip
        self.comments[number] = []
        self._comment(number, text, author=REQUESTER, public=True, photo=photo)
        return number

    async def say_as_customer(self, number: str, text: str) -> None:
        self._comment(number, text, author=REQUESTER, public=True)

    async def somebody_changes(self, number: str) -> None:
        self.tickets[number]["updated_at"] = self._now()

    async def notes(self, number: str) -> list[str]:
        return [c["plain_body"] for c in self.comments[number] if not c["public"]]

    async def status(self, number: str) -> str:
        return str(self.tickets[number]["status"])

    async def tags(self, number: str) -> list[str]:
        return list(self.tickets[number]["tags"])

    async def file_of(self, number: str) -> str:
        return next(str(a["id"]) for c in self.comments[number] for a in c["attachments"])

    def _now(self) -> str:
        self.clock += 1
        return f"2026-06-15T12:{self.clock // 60:02}:{self.clock % 60:02}Z"

    def _comment(self, number: str, text: str, *, author: int, public: bool, photo: bool = False) -> dict:
        plain = re.sub(r"<[^>]+>", " ", text.replace("<br>", "\n")) if not public else text
        file = {
            "id": 498483 + int(number), "file_name": "crack.jpg", "content_type": "image/jpeg", "size": 631,
            "content_url": "https://acme.zendesk.com/attachments/token/ab/?name=crack.jpg",
        }  # fmt: skip
        comment = {
            "id": 1000 * int(number) + len(self.comments[number]), "author_id": author, "public": public,
            "type": "Comment", "body": text, "html_body": text, "plain_body": plain, "created_at": self._now(),
            "attachments": [file] if photo else [],
        }  # fmt: skip
        self.comments[number].append(comment)
        return comment

    def _by_number(self, handle):
        def answer(request: httpx.Request, number: str) -> httpx.Response:
            if number not in self.tickets:
                return httpx.Response(404, json={"error": "RecordNotFound", "description": "Not found"})
            made = handle(request, number)
            return made if isinstance(made, httpx.Response) else httpx.Response(200, json=made)

        return answer

    def _get(self, request: httpx.Request, number: str) -> dict:
        return {"ticket": self.tickets[number], "users": USERS}

    def _put(self, request: httpx.Request, number: str) -> object:
        change = json.loads(request.content)["ticket"]
        ticket = self.tickets[number]
        if change.get("safe_update") and change["updated_stamp"] != ticket["updated_at"]:
            return httpx.Response(
                409, json={"error": "UpdateConflict", "description": "Safe Update prevented"}
            )
        events = []
        if comment := change.get("comment"):
            assert comment["public"] is False
            written = self._comment(number, comment["html_body"], author=AGENT, public=False)
            events.append({"id": written["id"], "type": "Comment"})
        ticket["status"] = change.get("status", ticket["status"])
        ticket["updated_at"] = self._now()
        return {"ticket": ticket, "audit": {"events": events}}

    def _tags(self, request: httpx.Request, number: str) -> dict:
        there = self.tickets[number]["tags"]
        there += [tag for tag in json.loads(request.content)["tags"] if tag not in there]
        return {"tags": there}

    def _comments(self, request: httpx.Request, number: str) -> dict:
        query = dict(request.url.params)
        listed = self.comments[number][:: -1 if query.get("sort") == "-created_at" else 1]
        start = int(query.get("page[after]", 0))
        size = min(int(query["page[size]"]), self.page)
        query["page[after]"] = str(start + size)
        link = str(httpx.URL(f"https://acme.zendesk.com/api/v2/tickets/{number}/comments", params=query))
        more = start + size < len(listed)
        page = listed[start : start + size]
        return {
            "comments": page,
            "users": USERS,
            "meta": {"has_more": more},
            "links": {"next": link if more else None},
        }

    def _user(self, request: httpx.Request) -> dict:
        return {"user": next(u for u in USERS if str(u["id"]) == request.url.path.rsplit("/", 1)[-1])}
