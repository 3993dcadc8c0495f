"""A recorder of Slack's Web API on a port of this machine: answers as documented, and checks every payload's limits.

What is illegal is answered as Slack would and kept in `illegal`, so that a test can say that nothing was.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any

from aiohttp import web

from tests.fakes.slack_methods import Methods, SlackError


def profile(user, team, email, **more):
    """A member of a workspace."""
    return {
        "id": user,
        "team_id": team,
        "deleted": False,
        "is_bot": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
        "profile": {"email": email},
        **more,
    }


class SlackApi(Methods):
    """One Slack, with any number of workspaces. `calls` is what it was asked, in order."""

    def __init__(self):
        self.calls, self.illegal = [], []
        self.tokens = {}
        self.users, self.files, self.channels = {}, {}, {}
        self.messages, self.ephemeral, self.homes, self.views, self.prompts = {}, [], {}, {}, {}
        self.statuses, self.redirects = {}, {}
        self.expired, self.used_triggers, self.dead_streams = set(), set(), set()
        self.faults, self.after = [], []
        self.codes = {}
        self.held = {}
        self._numbers = itertools.count(1)
        self._runner: Any = None
        self.url = self.socket_url = ""
        self.changed = asyncio.Event()

    async def __aenter__(self):
        app = web.Application(client_max_size=4_000_000)
        app.router.add_route("*", "/api/{method}", self._serve)
        app.router.add_get("/files/{name}", self._file)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.origin = f"http://127.0.0.1:{port}"
        self.url = f"{self.origin}/api/"
        return self

    async def __aexit__(self, *error):
        await self._runner.cleanup()

    # --- what a test sets up

    def workspace(self, team, token, *people):
        """A workspace whose bot has this token."""
        self.tokens[token] = team
        for person in people:
            self.users[team, person["id"]] = person

    def fail(self, method, error="", *, status=200, headers=None, times=1, after=False):
        """The next calls of a method fail. `after`: although it was done (the answer got lost)."""
        (self.after if after else self.faults).append([method, error, status, headers or {}, times])

    def hold(self, method, **given):
        """The next call of a method (with these arguments) is not answered before it is let: ``(arrived, let)``."""
        arrived, let = asyncio.Event(), asyncio.Event()
        self.held[method] = arrived, let, given
        return arrived, let

    def add_file(self, file_id, content, *, name="photo.png", url="", size=None):
        """A file somebody uploaded."""
        self.files[file_id] = (
            {
                "id": file_id,
                "name": name,
                "size": len(content) if size is None else size,
                "url_private_download": url or f"{self.origin}/files/{file_id}",
            },
            content,
        )

    def called(self, method):
        """Payloads of the calls of a method."""
        return [payload for name, _, payload in self.calls if name == method]

    def thread(self, channel, thread_ts):
        """Messages of a thread as they stand now, oldest first."""
        found = [m for (at, _), m in self.messages.items() if at == channel]
        return [m for m in found if m.get("thread_ts") == thread_ts or m["ts"] == thread_ts]

    async def until(self, condition, seconds=20):
        """Wait for what calls bring about."""
        async with asyncio.timeout(seconds):
            while not (found := condition()):
                self.changed.clear()
                await self.changed.wait()
        return found

    # --- the server

    async def _serve(self, request):
        method = request.match_info["method"]
        token, payload = await _read(request)
        team = self.tokens.get(token, "")
        self.calls.append((method, team, payload))
        if method in self.held and self.held[method][2].items() <= payload.items():
            arrived, let, _ = self.held.pop(method)
            arrived.set()
            await let.wait()
        try:
            if (fault := self._take(self.faults, method)) is not None:
                return fault
            if method not in ("oauth.v2.access", "apps.connections.open") and not team:
                raise SlackError("invalid_auth")
            answer = getattr(self, "_" + method.replace(".", "_"))(team, payload)
            if (fault := self._take(self.after, method)) is not None:
                return fault
        except SlackError as error:
            answer = {"ok": False, "error": str(error)}
        finally:
            self.changed.set()
        return web.json_response({"ok": True, **answer})

    def _take(self, faults, method):
        for fault in faults:
            name, error, status, headers, times = fault
            if name == method and times:
                fault[4] -= 1
                if error == "drop":
                    raise ConnectionResetError
                return web.json_response(
                    {"ok": False, "error": error or "failed"}, status=status, headers=headers
                )
        return None

    async def _file(self, request):
        name = request.match_info["name"]
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return web.Response(status=403)
        if name in self.redirects:
            return web.Response(status=302, headers={"Location": self.redirects[name]})
        return web.Response(body=self.files[name][1], content_type="application/octet-stream")


async def _read(request):
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if request.content_type == "application/json":
        payload = await request.json()
    else:
        payload = dict(request.query) | {k: _decoded(v) for k, v in (await request.post()).items()}
    return payload.pop("token", "") or token, payload


def _decoded(value):
    """Forms carry lists and objects as JSON."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
