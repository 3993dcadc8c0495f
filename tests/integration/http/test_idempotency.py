import asyncio
from datetime import timedelta

KEY = {"Idempotency-Key": "order-1042-once"}


async def test_the_same_request_again_gets_the_stored_answer(ana, a_refund):
    first = await ana.post("/v1/orders/1042/proposals", json=a_refund(), headers=KEY)
    again = await ana.post("/v1/orders/1042/proposals", json=a_refund(), headers=KEY)
    assert (first.status_code, first.content) == (201, again.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    assert len((await ana.get("/v1/proposals")).json()["proposals"]) == 1


async def test_a_confirmation_sent_twice_under_one_key_is_one_confirmation(ana, a_refund):
    made = (await ana.post("/v1/orders/1042/proposals", json=a_refund())).json()
    path, body = f"/v1/proposals/{made['id']}/confirm", {"sha256": made["sha256"]}
    first = await ana.post(path, json=body, headers=KEY)
    again = await ana.post(path, json=body, headers=KEY)
    assert first.status_code == 200
    assert again.content == first.content


async def test_refusals_are_kept_as_well(ana, a_refund):
    first = await ana.post("/v1/orders/1042/proposals", json=a_refund(9900), headers=KEY)
    again = await ana.post("/v1/orders/1042/proposals", json=a_refund(9900), headers=KEY)
    assert (first.status_code, again.content) == (422, first.content)
    assert again.headers["content-type"] == "application/problem+json"


async def test_one_key_is_one_request(ana, a_refund):
    await ana.post("/v1/orders/1042/proposals", json=a_refund(), headers=KEY)
    other = await ana.post("/v1/orders/1042/proposals", json=a_refund(1000), headers=KEY)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_keys_belong_to_their_token_and_route(ana, sam, a_refund):
    first = await ana.post("/v1/conversations", json={}, headers=KEY)
    other_token = await sam.post("/v1/conversations", json={}, headers=KEY)
    other_route = await ana.post("/v1/orders/1042/proposals", json=a_refund(), headers=KEY)
    assert {first.status_code, other_token.status_code, other_route.status_code} == {201}
    assert first.json()["id"] != other_token.json()["id"]


async def test_while_the_first_is_worked_on_the_second_has_to_wait(ana):
    talk = (await ana.post("/v1/conversations")).json()["id"]
    send = [
        ana.post(f"/v1/conversations/{talk}/messages", json={"text": "show order 1042"}, headers=KEY)
        for _ in range(4)
    ]
    answers = await asyncio.gather(*send)
    statuses = sorted(a.status_code for a in answers)
    assert statuses[0] == 200
    assert set(statuses) <= {200, 409}
    assert all(a.headers["retry-after"] for a in answers if a.status_code == 409)
    assert len((await ana.get(f"/v1/conversations/{talk}")).json()["messages"]) == 2


async def test_a_key_whose_process_died_can_be_taken_over(door, ana):
    from integrations.http.access import access_of
    from integrations.storage.repositories.access import Answered

    def died(uow):
        [token] = [t for _, t in uow.access.tokens() if t.staff_id == "ana"]
        then = uow.now - timedelta(minutes=2)
        request = "0" * 64
        access_of(uow).keep(
            Answered(
                token.id, "/v1/conversations", "lost", "run0", request, then, uow.now - timedelta(seconds=1)
            )
        )

    await door.app.store.write("demo", died)
    answer = await ana.post("/v1/conversations", json={}, headers={"Idempotency-Key": "lost"})
    assert answer.status_code == 201


async def test_a_file_sent_again_under_its_key_is_the_same_request(ana):
    png = b"\x89PNG\r\n\x1a\n" + b"x" * 20
    answers = [await ana.post("/v1/files", files={"file": ("a.png", png)}, headers=KEY) for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[1].headers["idempotency-replayed"] == "true"


async def test_a_key_is_visible_ascii(ana):
    answer = await ana.post("/v1/conversations", headers={"Idempotency-Key": "a b"})
    assert answer.json()["code"] == "idempotency_key_invalid"


async def test_without_a_key_nothing_is_stored(door, ana):
    await ana.post("/v1/conversations", json={})
    rows = await door.app.store.write(
        "demo", lambda uow: uow.access.forget_expired(uow.now + timedelta(days=2))
    )
    assert rows == 0
