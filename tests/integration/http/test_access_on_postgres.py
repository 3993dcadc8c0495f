"""Tokens, links, sessions and idempotency keys on the other database."""

import asyncio
from datetime import timedelta

from integrations.bootstrap import application
from integrations.http.access import access_of
from integrations.settings import Settings
from tests.integration.http.conftest import Door


async def test_the_way_in_is_the_same_on_postgresql(postgres_url, tmp_path, a_refund):
    settings = Settings(data=tmp_path, database_url=postgres_url, requests_per_second=0)
    async with application(settings, demo=True) as app:
        door = Door(app)
        async with await door.client("ana") as ana:
            key = {"Idempotency-Key": "once"}
            made = [
                await ana.post("/v1/orders/1042/proposals", json=a_refund(), headers=key) for _ in range(2)
            ]
            assert [m.status_code for m in made] == [201, 201]
            assert made[1].headers["idempotency-replayed"] == "true"
            other = await ana.post("/v1/orders/1042/proposals", json=a_refund(1000), headers=key)
            assert other.json()["code"] == "idempotency_key_reused"
            path = f"/v1/proposals/{made[0].json()['id']}/confirm"
            body = {"sha256": made[0].json()["sha256"]}
            answers = await asyncio.gather(*(ana.post(path, json=body) for _ in range(8)))
            assert sorted(a.status_code for a in answers)[1:] == [409] * 7
            await ana.post("/v1/conversations")
            assert len((await ana.get("/v1/conversations")).json()["conversations"]) == 1
        browser = await door.browser()
        assert "Signed in as" in (await browser.get(browser.conversation)).text
        assert (await browser.post("/session/end")).status_code == 204
        await browser.aclose()
        [token] = await door.tokens.all()
        assert await door.tokens.revoke(token.id)

        def forget(uow):
            return access_of(uow).forget_expired(uow.now + timedelta(days=2))

        # One answered request (the refused one changed nothing) and one used link; the session was ended.
        assert await app.store.write("demo", forget) == 2
