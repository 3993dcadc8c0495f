from datetime import timedelta

import pytest

from integrations.http.access import forget_expired


async def test_without_a_token_nothing_is_shown_and_the_way_in_is_named(door):
    async with door.plain() as stranger:
        answer = await stranger.get("/v1/orders/1042")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "1042" not in answer.text


@pytest.mark.parametrize(
    "header", ["Bearer desk_wrong", "Bearer ", "Basic desk_x", "desk_x", "Bearer 'or 1=1", "Bearer desk_é"]
)
async def test_a_wrong_token_opens_nothing(door, header):
    async with door.plain(Authorization=header.encode("latin-1")) as stranger:
        assert (await stranger.get("/v1/orders")).status_code == 401


async def test_a_token_that_is_over_opens_nothing(door):
    secret = await door.tokens.new("ana", ["read"], days=0)
    async with door.plain(Authorization=f"Bearer {secret}") as client:
        assert (await client.get("/v1/orders")).json()["code"] == "token_invalid"


async def test_a_revoked_token_stops(door):
    secret = await door.tokens.new("ana", ["read"], name="till")
    [token] = await door.tokens.all()
    async with door.plain(Authorization=f"Bearer {secret}") as client:
        assert await door.tokens.revoke(token.id)
        assert (await client.get("/v1/orders")).status_code == 401
    assert not await door.tokens.revoke("tok_unknown")


async def test_somebody_who_left_can_do_nothing_at_once(door, ana):
    assert (await ana.get("/v1/orders/1042")).status_code == 200

    def leave(uow):
        uow.staff.save(uow.staff.get("ana").model_copy(update={"active": False}))

    await door.app.store.write("demo", leave)
    answer = await ana.get("/v1/orders/1042")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_authorised")


@pytest.mark.parametrize(
    ("scope", "method", "path", "body"),
    [
        ("read", "GET", "/v1/orders/1042", None),
        ("converse", "POST", "/v1/conversations", {}),
        (
            "converse",
            "POST",
            "/v1/orders/1042/proposals",
            {"kind": "cancel_return", "payload": {"return_id": "x"}},
        ),
        ("decide", "POST", "/v1/proposals/prop_1/confirm", {"sha256": "0" * 64}),
        ("decide", "POST", "/v1/proposals/prop_1/cancel", None),
        ("import", "POST", "/v1/orders/import", {}),
        ("admin", "GET", "/v1/audit/events", None),
    ],
)
async def test_a_token_does_only_what_its_scopes_allow(door, scope, method, path, body):
    others = {"read", "converse", "decide", "import", "admin"} - {scope}
    async with await door.client("fin", others) as client:
        answer = await client.request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert answer.json()["scope"] == scope


async def test_scopes_do_not_lift_a_role(vic, a_refund):
    answer = await vic.post("/v1/orders/1042/proposals", json=a_refund())
    assert (answer.status_code, answer.json()["code"]) == (403, "not_authorised")
    assert (await vic.get("/v1/orders/1042")).status_code == 200


async def test_secrets_are_kept_neither_in_the_database_nor_in_the_log(door, ana):
    secret = ana.headers["authorization"].removeprefix("Bearer ")
    await ana.get("/v1/orders", params={"q": "Lucía"})
    line = door.log[-1]
    assert line["route"] == "/v1/orders"
    assert line["key"].startswith("tok_")
    assert not any(word in str(door.log) for word in ("Luc", secret, "ana"))
    assert secret.encode() not in (door.app.settings.data / "desk.db").read_bytes()


async def test_more_requests_than_a_token_may_send_have_to_wait(open_door):
    async with (
        open_door(requests_per_second=1) as door,
        await door.client("ana") as ana,
        await door.client("sam") as sam,
    ):
        answers = [await ana.get("/healthz"), *[await ana.get("/v1/proposals") for _ in range(4)]]
        assert [a.status_code for a in answers] == [200, 200, 200, 429, 429]
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert (await sam.get("/v1/proposals")).status_code == 200


async def test_what_is_over_is_forgotten(door, ana):
    await ana.post("/v1/conversations", headers={"Idempotency-Key": "k"})
    await door.links.new("ana")

    def late(uow):
        return uow.access.forget_expired(uow.now + timedelta(days=2))

    assert await forget_expired(door.app.store, "demo") == 0
    assert await door.app.store.write("demo", late) == 2
