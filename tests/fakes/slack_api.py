"""A recorder of Slack's Web API on a port of this machine: answers as documented, and checks every payload's limits.

What is illegal is answered as Slack would and kept in `illegal`, so that a test can say that nothing was.
"""

from __future__ import annotations

import asyncio
import itertools
import json

from aiohttp import web

from tests.fakes.slack_limits import message_problems, view_problems

TRIGGER_USES = 1
MODAL_DEPTH = 3


class SlackError(Exception):
    """An answer with ok: false."""


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


class SlackApi:
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
        self._numbers = itertools.count(1)
        self._runner = None
        self.url = ""
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

    def _check(self, problems):
        found = list(problems)
        if found:
            self.illegal.append(found)
            raise SlackError("no_text" if found == ["no_text"] else "invalid_blocks")

    def _new_ts(self):
        return f"1800000000.{next(self._numbers):06d}"

    def _reachable(self, channel):
        if self.channels.get(channel, {}).get("out"):
            raise SlackError("not_in_channel")
        if channel not in self.channels and not channel.startswith("D"):
            raise SlackError("channel_not_found")

    # --- methods

    def _auth_test(self, team, payload):
        return {
            "team_id": team,
            "user_id": f"UBOT{team}",
            "bot_id": f"B{team}",
            "url": "https://x.slack.com/",
        }

    def _users_info(self, team, payload):
        found = self.users.get((team, payload["user"]))
        if found is None:
            raise SlackError("user_not_found")
        return {"user": found}

    def _users_lookupByEmail(self, team, payload):
        for (at, _), user in self.users.items():
            if at == team and user["profile"].get("email", "").lower() == payload["email"].lower():
                return {"user": user}
        raise SlackError("users_not_found")

    def _conversations_open(self, team, payload):
        user = payload["users"]
        if (team, user) not in self.users:
            raise SlackError("user_not_found")
        return {"channel": {"id": f"D{user[1:]}"}}

    def _conversations_replies(self, team, payload):
        found = self.thread(payload["channel"], payload["ts"])
        if not found:
            raise SlackError("thread_not_found")
        return {"messages": found}

    def _conversations_history(self, team, payload):
        found = [m for (at, _), m in self.messages.items() if at == payload["channel"]]
        return {"messages": found[::-1]}

    def _chat_postMessage(self, team, payload):
        self._reachable(payload["channel"])
        self._check(message_problems(payload))
        ts = self._new_ts()
        self.messages[payload["channel"], ts] = {**payload, "ts": ts}
        return {"ts": ts, "channel": payload["channel"], "message": {"ts": ts}}

    def _chat_postEphemeral(self, team, payload):
        self._reachable(payload["channel"])
        self._check(message_problems(payload))
        self.ephemeral.append(payload)
        return {"message_ts": self._new_ts()}

    def _chat_update(self, team, payload):
        self._check(message_problems(payload))
        message = self.messages.get((payload["channel"], payload["ts"]))
        if message is None:
            raise SlackError("message_not_found")
        message.update(
            {"text": payload.get("text", ""), "blocks": payload.get("blocks") or [], "updated": True}
        )
        message.pop("streaming", None)
        return {"ts": payload["ts"], "channel": payload["channel"]}

    def _chat_getPermalink(self, team, payload):
        self._reachable(payload["channel"])
        ts = payload["message_ts"].replace(".", "")
        return {"permalink": f"https://x.slack.com/archives/{payload['channel']}/p{ts}"}

    def _chat_startStream(self, team, payload):
        self._reachable(payload["channel"])
        if not payload.get("thread_ts"):
            raise SlackError("invalid_thread_ts")
        if not payload["channel"].startswith("D") and not payload.get("recipient_user_id"):
            raise SlackError("missing_recipient_user_id")
        ts = self._new_ts()
        self.messages[payload["channel"], ts] = {
            **payload,
            "ts": ts,
            "text": "",
            "blocks": [],
            "streaming": True,
        }
        return {"ts": ts, "channel": payload["channel"]}

    def _streaming(self, payload):
        message = self.messages.get((payload["channel"], payload["ts"]))
        if message is None or not message.get("streaming") or payload["ts"] in self.dead_streams:
            raise SlackError("message_not_in_streaming_state")
        return message

    def _chat_appendStream(self, team, payload):
        self._streaming(payload)
        return {}

    def _chat_stopStream(self, team, payload):
        message = self._streaming(payload)
        self._check(p for p in message_problems({**payload, "text": "x"}))
        message.pop("streaming")
        message["blocks"] = payload.get("blocks") or []
        return {"ts": payload["ts"]}

    def _agents_sessions_setStatus(self, team, payload):
        if payload["status"] not in ("active", "processing", "suspended", "closed"):
            raise SlackError("invalid_status")
        if len(payload.get("title") or "") > 200:
            raise SlackError("title_too_long")
        self.statuses.setdefault((payload["channel_id"], payload.get("thread_ts")), []).append(
            payload["status"]
        )
        return {}

    def _assistant_threads_setSuggestedPrompts(self, team, payload):
        if "thread_ts" in payload:
            return {}  # An agent's call is ignored without a word.
        if not 1 <= len(payload["prompts"]) <= 4:
            raise SlackError("invalid_arguments")
        self.prompts[payload["channel_id"]] = payload["prompts"]
        return {}

    def _views_publish(self, team, payload):
        self._check(view_problems(payload["view"]))
        self.homes[payload["user_id"]] = payload["view"]
        return {"view": {"id": "VHOME", "hash": "1.h"}}

    def _views_open(self, team, payload):
        trigger, view = payload["trigger_id"], payload["view"]
        if trigger in self.expired:
            raise SlackError("expired_trigger_id")
        if trigger in self.used_triggers:
            raise SlackError("exchanged_trigger_id")
        self._check(view_problems(view))
        if any(
            known["external_id"] == view.get("external_id")
            for known in self.views.values()
            if known["external_id"]
        ):
            raise SlackError("duplicate_external_id")
        self.used_triggers.add(trigger)
        return {"view": self._keep(f"V{next(self._numbers)}", view)}

    def _views_push(self, team, payload):
        if len(self.views) >= MODAL_DEPTH:
            raise SlackError("push_limit_reached")
        return self._views_open(team, payload)

    def _views_update(self, team, payload):
        view = payload["view"]
        known = next((v for v in self.views.values() if payload.get("view_id") == v["id"]), None) or next(
            (
                v
                for v in self.views.values()
                if v["external_id"] and payload.get("external_id") == v["external_id"]
            ),
            None,
        )
        if known is None:
            raise SlackError("not_found")
        if payload.get("hash") and payload["hash"] != known["hash"]:
            raise SlackError("hash_conflict")
        self._check(view_problems(view))
        return {"view": self._keep(known["id"], {"external_id": known["external_id"], **view})}

    def _keep(self, view_id, view):
        kept = {
            **view,
            "id": view_id,
            "hash": f"{next(self._numbers)}.h",
            "external_id": view.get("external_id", ""),
        }
        self.views[view_id] = kept
        return kept

    def _files_info(self, team, payload):
        if payload["file"] not in self.files:
            raise SlackError("file_not_found")
        return {"file": self.files[payload["file"]][0]}

    def _oauth_v2_access(self, team, payload):
        if payload.get("code") not in self.codes:
            raise SlackError("invalid_code")
        team, token = self.codes.pop(payload["code"])
        self.tokens[token] = team
        return {
            "app_id": "A1", "access_token": token, "token_type": "bot", "scope": "chat:write",
            "bot_user_id": f"UBOT{team}", "team": {"id": team, "name": f"Workspace {team}"},
            "authed_user": {"id": "U_ADMIN"}, "enterprise": None, "is_enterprise_install": False,
        }  # fmt: skip

    def _apps_connections_open(self, team, payload):
        return {"url": self.socket_url}


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
