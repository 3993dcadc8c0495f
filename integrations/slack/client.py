"""Calls to Slack's Web API: whose token, what is tried again here, and what an error means."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncServerErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT_SECONDS = 10
SHORT_WAIT_SECONDS = 5
"""A rate limit that is over sooner is waited for in place; a longer one sends the job back to the queue."""

GONE = {
    "account_inactive",
    "invalid_auth",
    "token_revoked",
    "token_expired",
    "not_authed",
    "team_access_not_granted",
}
NOT_THERE = {"not_in_channel", "channel_not_found", "is_archived", "user_not_in_channel", "restricted_action"}


class RateLimitRetryHandler(AsyncRetryHandler):
    """Waits as Slack asks, if that is short. The library's own reads only the first digit and knows no end."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        return response is not None and response.status_code == 429 and _wait(response) <= SHORT_WAIT_SECONDS

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        """Sleep as long as the answer says."""
        state.next_attempt_requested = True
        await asyncio.sleep(_wait(response) if response is not None else 1)
        state.increment_current_attempt()


def _wait(response: HttpResponse) -> float:
    for name, value in response.headers.items():
        if name.lower() == "retry-after":
            text = value[0] if isinstance(value, list) else value
            return float(text) if str(text).isdigit() else SHORT_WAIT_SECONDS + 1
    return 1.0


def web_client(token: str, api_url: str) -> AsyncWebClient:
    """A client with this token. Server errors are tried again but for posts, which could then appear twice."""
    handlers: list[AsyncRetryHandler] = [
        RateLimitRetryHandler(max_retry_count=2),
        _ReadsOnly(max_retry_count=2),
    ]
    return AsyncWebClient(token=token, base_url=api_url, timeout=TIMEOUT_SECONDS, retry_handlers=handlers)


class _ReadsOnly(AsyncServerErrorRetryHandler):
    """Tries again after a server error, where doing it twice is doing it once."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if request.url.rsplit("/", 1)[-1] in _POSTS:
            return False
        return response is not None and response.status_code >= 500


_POSTS = {"chat.postMessage", "chat.postEphemeral", "chat.startStream"}


def code_of(error: SlackApiError) -> str:
    """Slack's name of what is wrong; ``ratelimited`` for 429."""
    if getattr(error.response, "status_code", 200) == 429:
        return "ratelimited"
    data: Any = error.response.data if hasattr(error.response, "data") else error.response
    return str(data.get("error", "unknown")) if isinstance(data, dict) else "unknown"


def retry_after(error: SlackApiError) -> float:
    """Seconds that Slack asks us to wait."""
    headers = getattr(error.response, "headers", {}) or {}
    text = next((value for name, value in headers.items() if name.lower() == "retry-after"), "30")
    text = text[0] if isinstance(text, list) else text
    return float(text) if str(text).isdigit() else 30.0
