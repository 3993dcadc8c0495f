"""The methods of Slack's Web API that the desk uses, as they are documented: what they take, and how they refuse."""

from __future__ import annotations

from typing import Any

from tests.fakes.slack_limits import message_problems, view_problems

MODAL_DEPTH = 3


class SlackError(Exception):
    """An answer with ok: false."""


class Methods:
    """A method ``a.b`` is the function ``_a_b``: workspace and payload in, the answer out."""

    users: Any
    files: Any
    channels: Any
    messages: Any
    ephemeral: Any
    homes: Any
    views: Any
    prompts: Any
    statuses: Any
    expired: Any
    used_triggers: Any
    dead_streams: Any
    illegal: Any
    codes: Any
    tokens: Any
    thread: Any
    socket_url: Any
    _numbers: Any

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
