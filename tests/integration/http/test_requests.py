import pytest


async def test_broken_json_is_a_problem_not_a_crash(ana):
    answer = await ana.post(
        "/v1/conversations", content=b'{"ticket": ', headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b'{"text": "\\ud800"}', b'{"text": NaN}', b"{'text': 1}", b"nul"]
)
async def test_what_is_not_quite_json_is_refused(ana, body):
    talk = (await ana.post("/v1/conversations")).json()["id"]
    answer = await ana.post(
        f"/v1/conversations/{talk}/messages", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_another_content_type_is_refused(ana, media_type):
    answer = await ana.post("/v1/conversations", content=b"{}", headers={"Content-Type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (415, "content_type_unknown")


async def test_an_unknown_field_is_named(ana, a_refund):
    body = a_refund()
    body["payload"]["amont"] = 5
    answer = await ana.post("/v1/orders/1042/proposals", json=body)
    assert answer.status_code == 422
    [violation] = answer.json()["violations"]
    assert violation["code"] == "field_invalid"
    assert violation["field"].endswith("payload.amont")


async def test_a_missing_field_is_named(ana):
    answer = await ana.post("/v1/proposals/prop_1/confirm", json={})
    assert (answer.status_code, answer.json()["violations"][0]["field"]) == (422, "sha256")


@pytest.mark.parametrize("text", ["\x00", "a\x00b"])
async def test_a_nul_is_refused_before_any_database_sees_it(ana, text):
    talk = (await ana.post("/v1/conversations")).json()["id"]
    answer = await ana.post(f"/v1/conversations/{talk}/messages", json={"text": text})
    assert (answer.status_code, answer.json()["violations"][0]["field"]) == (422, "text")
    assert (await ana.get("/v1/orders", params={"q": text})).status_code == 400
    assert (await ana.get("/v1/orders/%00x")).status_code == 400


async def test_a_body_that_is_too_large_is_refused_whatever_it_says_about_itself(open_door):
    async with open_door(max_body_bytes=1000, max_file_bytes=2000) as door, await door.client() as ana:

        async def chunks():
            for _ in range(50):
                yield b" " * 100

        json_type = {"Content-Type": "application/json"}
        declared = await ana.post("/v1/conversations", content=b" " * 1001, headers=json_type)
        chunked = await ana.post("/v1/conversations", content=chunks(), headers=json_type)
        under_a_key = await ana.post(
            "/v1/conversations", content=chunks(), headers={**json_type, "Idempotency-Key": "k"}
        )
        file = await ana.post("/v1/files", files={"file": ("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 20_000)})
        assert [a.status_code for a in (declared, chunked, under_a_key, file)] == [413] * 4
        assert declared.json()["code"] == chunked.json()["code"] == "body_too_large"
        assert (await ana.post("/v1/conversations", json={})).status_code == 201


async def test_unknown_addresses_and_methods_are_problems_too(ana):
    nowhere, wrong = await ana.get("/v1/nowhere"), await ana.delete("/v1/proposals")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "address_unknown")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")
    assert wrong.headers["allow"] == "GET"


async def test_a_request_keeps_its_id_and_gets_one_where_it_has_none(ana):
    assert (await ana.get("/healthz", headers={"X-Request-ID": "abc-1"})).headers["x-request-id"] == "abc-1"
    forged = await ana.get("/healthz", headers={"X-Request-ID": "x" * 500})
    assert forged.headers["x-request-id"].startswith("req_")


async def test_answers_are_neither_stored_nor_framed_nor_guessed_at(ana):
    headers = (await ana.get("/v1/orders/1042")).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


async def test_a_foreign_host_name_is_not_answered(ana):
    answer = await ana.get("/v1/orders", headers={"Host": "evil.example:8484"})
    assert answer.status_code == 421


async def test_what_nobody_foresaw_says_nothing_but_its_reference(door, ana):
    class Broken:
        async def say(self, message):
            raise RuntimeError("secret detail")

    door.app.desk = Broken()
    talk = (await ana.post("/v1/conversations")).json()["id"]
    answer = await ana.post(f"/v1/conversations/{talk}/messages", json={"text": "hello"})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "secret" not in answer.text
    assert door.log[-2]["event"] == "unexpected error"
    assert door.log[-2]["request_id"] == answer.json()["reference"]


async def test_an_unknown_query_parameter_is_named(ana):
    answer = await ana.get("/v1/orders", params={"querry": "mug"})
    assert (answer.status_code, answer.json()["violations"][0]["field"]) == (422, "querry")
