"""What Stripe documents and no server here does: errors, limits, pending refunds. Listed in docs/stripe.md."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest
import respx

from domain.ports import ProviderAnswer, ProviderRequest, ProviderTimeout, ProviderUnavailable
from integrations.payments.errors import IdempotencyConflict
from integrations.payments.stripe import StripeProvider
from integrations.payments.stripe_api import VERSION, StripeApi

URL = "https://api.stripe.test"
ASKED = ProviderRequest("prop_1:2", "prop_1", "pi_1", 500, "EUR")


def made(**fields) -> dict:
    """A refund of Stripe's that was asked for with ASKED."""
    given = {
        "id": "re_1",
        "object": "refund",
        "amount": 500,
        "currency": "eur",
        "status": "succeeded",
        "created": 1_772_000_000,
        "charge": "ch_1",
        "payment_intent": "pi_1",
        "metadata": {"desk_key": "prop_1:2", "desk_refund": "prop_1"},
    }
    return {**given, **fields}


def failing(kind="invalid_request_error", **error) -> dict:
    return {"error": {"type": kind, "message": "words of Stripe's", **error}}


def page(*rows, more=False) -> httpx.Response:
    return httpx.Response(200, json={"object": "list", "data": list(rows), "has_more": more})


@pytest.fixture
def stripe():
    with respx.mock(base_url=URL, assert_all_called=False) as routes:
        yield routes


@pytest.fixture
async def provider():
    api = StripeApi("sk_test_1", url=URL, account="acct_9", timeout_seconds=2)
    yield StripeProvider(api)
    await api.close()


async def test_a_request_carries_the_key_twice_the_version_and_the_account(stripe, provider):
    route = stripe.post("/v1/refunds").respond(200, json=made())
    await provider.refund(ASKED)
    sent = route.calls.last.request
    assert sent.headers["idempotency-key"] == "prop_1:2"
    assert sent.headers["stripe-version"] == VERSION
    assert sent.headers["stripe-account"] == "acct_9"
    assert sent.headers["authorization"] == "Bearer sk_test_1"
    form = dict(httpx.QueryParams(sent.content.decode()))
    assert form == {
        "payment_intent": "pi_1",
        "amount": "500",
        "metadata[desk_key]": "prop_1:2",
        "metadata[desk_refund]": "prop_1",
    }


@pytest.mark.parametrize(
    ("ref", "name"), [("ch_1", "charge"), ("py_1", "charge"), ("pi_1", "payment_intent")]
)
async def test_a_payment_is_named_by_its_kind(stripe, provider, ref, name):
    route = stripe.post("/v1/refunds").respond(200, json=made())
    await provider.refund(ProviderRequest("k", "k", ref, 500, "EUR"))
    assert dict(httpx.QueryParams(route.calls.last.request.content.decode()))[name] == ref


async def test_a_payment_without_a_name_of_stripes_is_declined_and_nothing_is_sent(stripe, provider):
    route = stripe.route().respond(200, json=made())
    answer = await provider.refund(ProviderRequest("k", "k", "order-1:visa", 500, "EUR"))
    assert (answer.status, "no Stripe reference" in answer.reason) == ("failed", True)
    assert await provider.lookup(ProviderRequest("k", "k", "order-1:visa", 500, "EUR")) is None
    assert not route.called


@pytest.mark.parametrize(
    ("status", "more", "heard"),
    [
        ("succeeded", {}, ProviderAnswer("succeeded", "re_1")),
        ("pending", {"pending_reason": "insufficient_funds"}, ProviderAnswer("pending", "re_1")),
        ("requires_action", {}, ProviderAnswer("pending", "re_1", "the customer has to do something first")),
        (
            "failed",
            {"failure_reason": "lost_or_stolen_card"},
            ProviderAnswer("failed", "re_1", "the card was lost or stolen"),
        ),
        (
            "failed",
            {"failure_reason": "brand_new_reason"},
            ProviderAnswer("failed", "re_1", "refused by the bank (brand_new_reason)"),
        ),
        ("canceled", {}, ProviderAnswer("failed", "re_1", "it was cancelled at Stripe")),
    ],
)
async def test_each_status_of_a_refund_has_one_meaning(stripe, provider, status, more, heard):
    stripe.post("/v1/refunds").respond(200, json=made(status=status, **more))
    assert await provider.refund(ASKED) == heard


async def test_a_status_nobody_documented_is_no_answer_for_it_may_have_happened(stripe, provider):
    stripe.post("/v1/refunds").respond(200, json=made(status="reversing"))
    with pytest.raises(ValueError, match="reversing"):
        await provider.refund(ASKED)


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (httpx.ConnectError("refused"), ProviderUnavailable),
        (httpx.ConnectTimeout("slow"), ProviderUnavailable),
        (httpx.PoolTimeout("busy"), ProviderUnavailable),
        (httpx.ReadTimeout("slow"), ProviderTimeout),
        (httpx.WriteError("broken"), ProviderTimeout),
        (httpx.ReadError("reset"), ProviderTimeout),
        (httpx.RemoteProtocolError("closed"), ProviderTimeout),
        (httpx.Response(500, json=failing("api_error")), ProviderTimeout),
        (httpx.Response(502, text="<html>bad gateway</html>"), ProviderTimeout),
        (httpx.Response(503), ProviderTimeout),
        (httpx.Response(424, json=failing("api_error")), ProviderTimeout),
        (httpx.Response(200, text="not json"), ProviderTimeout),
        (httpx.Response(302, headers={"location": "https://elsewhere.test"}), ProviderTimeout),
        (
            httpx.Response(409, json=failing("idempotency_error", code="idempotency_key_in_use")),
            ProviderTimeout,
        ),
        (httpx.Response(400, json=failing("idempotency_error")), IdempotencyConflict),
        (httpx.Response(401, json=failing()), ProviderUnavailable),
        (httpx.Response(403, json=failing()), ProviderUnavailable),
        (httpx.Response(429, json=failing(code="rate_limit")), ProviderUnavailable),
        (httpx.Response(429, json=failing(code="lock_timeout")), ProviderUnavailable),
    ],
    ids=str,
)
async def test_each_error_says_whether_it_may_have_happened(stripe, provider, answer, raised):
    effect = {"side_effect": answer} if isinstance(answer, Exception) else {"return_value": answer}
    stripe.post("/v1/refunds").mock(**effect)
    with pytest.raises(raised):
        await provider.refund(ASKED)


@pytest.mark.parametrize(("header", "seconds"), [("7", 7.0), (None, None), ("soon", None)])
async def test_a_limit_says_how_long_to_stay_away(stripe, provider, header, seconds):
    stripe.post("/v1/refunds").respond(429, headers={"retry-after": header} if header else {})
    with pytest.raises(ProviderUnavailable) as refused:
        await provider.refund(ASKED)
    assert refused.value.retry_after == seconds


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (400, {"code": "charge_disputed"}, "the payment is disputed (charge_disputed)"),
        (404, {"code": "resource_missing"}, "Stripe does not know this payment (resource_missing)"),
        (400, {"param": "amount"}, "more than what is left of the payment (400)"),
        (
            400,
            {"code": "charge_already_refunded"},
            "everything of this payment has been refunded already (charge_already_refunded)",
        ),
        (402, {"code": "something_new"}, "Stripe refused it (something_new)"),
    ],
)
async def test_a_refusal_is_a_decline_in_our_own_words(stripe, provider, status, error, reason):
    stripe.post("/v1/refunds").respond(status, json=failing(**error))
    stripe.get("/v1/refunds").mock(return_value=page())
    assert await provider.refund(ASKED) == ProviderAnswer("failed", "", reason)


@pytest.mark.parametrize("error", [{"code": "charge_already_refunded"}, {"param": "amount"}])
async def test_a_refusal_because_of_our_own_earlier_refund_is_that_refunds_success(stripe, provider, error):
    """A key that Stripe has forgotten, sent again: the refund it made stands in its own way."""
    stripe.post("/v1/refunds").respond(400, json=failing(**error))
    stripe.get("/v1/refunds").mock(return_value=page(made(id="re_other", metadata={}), made()))
    assert await provider.refund(ASKED) == ProviderAnswer("succeeded", "re_1")


@pytest.mark.parametrize("fields", [{"amount": 400}, {"currency": "usd"}])
async def test_an_answer_about_another_amount_or_currency_is_a_conflict(stripe, provider, fields):
    stripe.post("/v1/refunds").respond(200, json=made(**fields))
    stripe.get("/v1/refunds").mock(return_value=page(made(**fields)))
    with pytest.raises(IdempotencyConflict):
        await provider.refund(ASKED)
    with pytest.raises(IdempotencyConflict):
        await provider.lookup(ASKED)


async def test_a_refund_is_found_by_our_key_on_a_later_page_and_the_one_that_happened_counts(
    stripe, provider
):
    others = [made(id=f"re_{i}", metadata={"desk_key": f"other{i}"}) for i in range(3)]
    route = stripe.get("/v1/refunds").mock(
        side_effect=[
            page(*others, made(id="re_8", status="failed", failure_reason="unknown"), more=True),
            page(made(id="re_9")),
        ]
    )
    assert await provider.lookup(ASKED) == ProviderAnswer("succeeded", "re_9")
    assert [dict(call.request.url.params) for call in route.calls] == [
        {"payment_intent": "pi_1", "limit": "100"},
        {"payment_intent": "pi_1", "limit": "100", "starting_after": "re_8"},
    ]


async def test_a_look_up_that_stripe_does_not_answer_is_never_read_as_nothing(stripe, provider):
    stripe.get("/v1/refunds").mock(side_effect=httpx.ReadTimeout("slow"))
    with pytest.raises(ProviderTimeout):
        await provider.lookup(ASKED)
    stripe.get("/v1/refunds").respond(400, json=failing())
    with pytest.raises(ProviderUnavailable):
        await provider.lookup(ASKED)
    stripe.get("/v1/refunds").respond(404, json=failing(code="resource_missing"))
    assert await provider.lookup(ASKED) is None


async def test_a_day_is_listed_with_what_others_made_and_whole_objects_in_place_of_ids(stripe, provider):
    since, until = datetime(2026, 2, 25, tzinfo=UTC), datetime(2026, 2, 26, tzinfo=UTC)
    theirs = made(id="re_2", metadata={}, charge={"id": "ch_1"}, payment_intent=None, created=1_771_999_999)
    route = stripe.get("/v1/refunds").mock(return_value=page(made(), theirs))
    found = await provider.refunds(since, until)
    assert [(refund.ref, refund.key, refund.payment_refs) for refund in found] == [
        ("re_2", "", ("ch_1",)),
        ("re_1", "prop_1:2", ("pi_1", "ch_1")),
    ]
    asked = dict(route.calls.last.request.url.params)
    assert (asked["created[gte]"], asked["created[lt]"]) == (
        str(int(since.timestamp())),
        str(int(until.timestamp())),
    )
