"""Talking to a helpdesk: limits are honoured, errors say what they are, credentials stay with their host."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
import respx

from integrations.helpdesk.port import HelpdeskError, TicketConflict, TicketNotFound
from integrations.helpdesk.wire import Wire
from integrations.helpdesk.zendesk import Zendesk, zendesk_files, zendesk_wire

BASE = "https://acme.zendesk.com"


class Api:
    """Answers in turn, the last one for ever."""

    def __init__(self, *answers):
        self.answers, self.slept = list(answers), []
        self.router = respx.MockRouter(assert_all_called=False)
        self.route = self.router.route().mock(side_effect=self._next)
        self.wire = Wire(
            BASE, {"Authorization": "Basic c2VjcmV0"}, most_bytes=1000, sleep=self._sleep,
            transport=httpx.MockTransport(self.router.async_handler),
        )  # fmt: skip

    def _next(self, request):
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _sleep(self, seconds):
        self.slept.append(seconds)


def too_many(**headers):
    return httpx.Response(429, headers={name.replace("_", "-"): value for name, value in headers.items()})


OK = httpx.Response(200, json={"ok": True})


@pytest.mark.parametrize(
    "headers", [{"Retry_After": "3"}, {"X_Rate_Limit_Remaining": "0", "RateLimit_Reset": "3"}]
)
async def test_a_limit_that_passes_soon_is_waited_out_once(headers):
    api = Api(too_many(**headers), OK)
    assert await api.wire.get("/api/v2/x") == {"ok": True}
    assert (api.slept, api.route.call_count) == ([3.0], 2)


async def test_a_limit_that_lasts_is_the_callers_to_wait_for():
    api = Api(too_many(Retry_After="93"))
    with pytest.raises(HelpdeskError) as failed:
        await api.wire.get("/api/v2/x")
    assert (failed.value.retry_after, api.slept, api.route.call_count) == (93.0, [], 1)


async def test_a_limit_is_not_waited_out_twice():
    api = Api(too_many(Retry_After="1"))
    with pytest.raises(HelpdeskError):
        await api.wire.get("/api/v2/x")
    assert (api.slept, api.route.call_count) == ([1.0], 2)


async def test_a_limit_may_be_given_as_a_date_and_is_an_hour_at_most():
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    for value, least, most in ((soon, 30, 91), ("999999", 3600, 3600), ("soon", 60, 60), ("", 60, 60)):
        with pytest.raises(HelpdeskError) as failed:
            await Api(too_many(Retry_After=value)).wire.get("/api/v2/x")
        assert least <= (failed.value.retry_after or 0) <= most


@pytest.mark.parametrize(
    ("status", "error", "retry"),
    [
        (400, HelpdeskError, None), (401, HelpdeskError, None), (403, HelpdeskError, None),
        (404, TicketNotFound, None), (409, TicketConflict, None), (412, TicketConflict, None),
        (422, HelpdeskError, None), (500, HelpdeskError, 10.0), (503, HelpdeskError, 10.0),
    ],
)  # fmt: skip
async def test_an_answer_that_is_no_success_is_the_error_it_is(status, error, retry):
    with pytest.raises(error) as failed:
        await Api(httpx.Response(status)).wire.get("/api/v2/x")
    assert (type(failed.value), failed.value.retry_after) == (error, retry)


@pytest.mark.parametrize(
    "broken", [httpx.ReadTimeout("t"), httpx.ConnectError("c"), httpx.RemoteProtocolError("p")]
)
async def test_no_answer_is_an_error_that_may_be_tried_again_and_was_not(broken):
    api = Api(broken)
    with pytest.raises(HelpdeskError) as failed:
        await api.wire.send("PUT", "/api/v2/x", json={})
    assert (failed.value.retry_after, api.route.call_count) == (5.0, 1)


async def test_a_redirect_is_an_error_and_takes_no_credentials_anywhere():
    api = Api(httpx.Response(302, headers={"Location": "https://evil.example/"}))
    with pytest.raises(HelpdeskError, match="302"):
        await api.wire.get("/api/v2/x")
    assert [call.request.url.host for call in api.route.calls] == ["acme.zendesk.com"]


async def test_an_answer_is_read_up_to_its_limit():
    with pytest.raises(HelpdeskError, match="more than 1000 bytes"):
        await Api(httpx.Response(200, content=b"x" * 1001)).wire.get("/api/v2/x")


def account(*answers):
    api = Api(*answers)
    return api, Zendesk("acme", api.wire, zendesk_files("acme"))


def comments(link, *ids, private=False):
    listed = [
        {"id": n, "public": not private, "plain_body": f"said {n}", "created_at": "2026-06-15T12:00:00Z",
         "author_id": 1, "attachments": []}
        for n in ids
    ]  # fmt: skip
    return httpx.Response(
        200, json={"comments": listed, "users": [], "meta": {"has_more": bool(link)}, "links": {"next": link}}
    )


TICKET = httpx.Response(
    200, json={"ticket": {"id": 7, "requester_id": 1}, "users": [{"id": 1, "role": "end-user", "name": "L"}]}
)


async def test_pages_of_comments_are_read_to_the_last():
    api, zendesk = account(
        TICKET, comments(f"{BASE}/api/v2/tickets/7/comments?page%5Bafter%5D=a", 1, 2), comments(None, 3)
    )
    ticket = await zendesk.get_ticket("7")
    assert [message.text for message in ticket.messages] == ["said 1", "said 2", "said 3"]
    assert str(api.route.calls[2].request.url) == f"{BASE}/api/v2/tickets/7/comments?page%5Bafter%5D=a"


async def test_a_next_page_on_another_host_is_not_asked():
    api, zendesk = account(TICKET, comments("https://evil.example/api/v2/tickets/7/comments", 1))
    with pytest.raises(HelpdeskError, match="another host"):
        await zendesk.get_ticket("7")
    assert {call.request.url.host for call in api.route.calls} == {"acme.zendesk.com"}


async def test_a_ticket_is_authorised_with_the_api_token():
    api = Api(TICKET)
    given = {"transport": api.wire.transport}
    await zendesk_wire("acme", "bot@shop.example", "t0ken", **given).get("/api/v2/x")
    sent = api.route.calls[0].request.headers["authorization"]
    assert sent == httpx.BasicAuth("bot@shop.example/token", "t0ken")._auth_header


AGENT = {"role": "agent", "active": True, "suspended": False, "verified": True, "email": "ana@shop.example"}


@pytest.mark.parametrize(
    "change",
    [{"role": "end-user"}, {"active": False}, {"suspended": True}, {"verified": False}, {"email": None}],
)
async def test_only_an_active_verified_agent_has_an_address_to_be_known_by(change):
    def zendesk(user):
        return account(httpx.Response(200, json={"user": user}))[1]

    assert await zendesk(AGENT).email_of("35436") == "ana@shop.example"
    assert await zendesk({**AGENT, **change}).email_of("35436") == ""
    assert await zendesk(AGENT).email_of("../tickets/1") == ""
