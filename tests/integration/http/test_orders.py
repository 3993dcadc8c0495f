import json

import pytest

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 10


def a_document(number="#9001", **more):
    return {
        "number": number,
        "customer": {"name": "Nia Okafor", "email": "nia@example.com"},
        "currency": "USD",
        "placed_at": "2026-05-04T10:00:00Z",
        "lines": [
            {"sku": "CUP", "title": "Tin cup", "quantity": 2, "unit_price": "9.00", "fulfilment": "delivered"}
        ],
        "payments": [{"method": "Visa ending 1111", "captured": "18.00"}],
        **more,
    }


async def send(client, content, media_type="application/json"):
    if not isinstance(content, bytes):
        content = json.dumps(content).encode()
    return await client.post("/v1/orders/import", content=content, headers={"Content-Type": media_type})


async def test_orders_come_in_one_by_one_as_a_list_and_as_lines(ana):
    lines = b"\n".join(json.dumps(a_document(f"#{n}")).encode() for n in (9003, 9004))
    reports = [
        (await send(ana, a_document("#9001"))).json(),
        (await send(ana, [a_document("#9001"), a_document("#9002")])).json(),
        (await send(ana, lines, "application/x-ndjson")).json(),
    ]
    assert [(r["imported"], r["existing"]) for r in reports] == [(1, 0), (1, 1), (2, 0)]
    assert (await ana.get("/v1/orders/9004")).json()["refundable_now"] == 1800


async def test_a_good_row_is_not_lost_to_a_bad_one_which_is_named(ana):
    bad = a_document("#9002", payments=[{"method": "Visa", "captured": "18.001"}])
    report = (await send(ana, [bad, a_document("#9001")])).json()
    assert (report["imported"], report["rejected_rows"]) == (1, 1)
    [rejected] = report["rejected"]
    assert (rejected["field"], rejected["rule"]) == ("payments[0].captured", "amount_precision")


@pytest.mark.parametrize(
    "content", [b"", b"[", b"\xff\xfe\x00", b'{"number": ', b"nonsense", b"[[[[", b"1\n2"]
)
async def test_nonsense_is_reported_row_by_row_and_never_a_crash(ana, content):
    answer = await send(ana, content)
    assert answer.status_code == 200
    assert answer.json()["imported"] == 0


async def test_orders_are_found_by_number_customer_and_title(ana):
    for words in ("1042", "Prado", "lucia stoneware", "#1042"):
        found = (await ana.get("/v1/orders", params={"q": words})).json()["orders"]
        assert "#1042" in {o["number"] for o in found}
    assert len((await ana.get("/v1/orders", params={"limit": 3})).json()["orders"]) == 3
    assert (await ana.get("/v1/orders", params={"q": "zzzz"})).json() == {"orders": []}
    assert (await ana.get("/v1/orders/%231042")).json()["order"]["number"] == "#1042"


async def test_every_action_is_open_or_says_why_not(vic, ana):
    of_ana = {a["name"]: a for a in (await ana.get("/v1/orders/1042/actions")).json()["actions"]}
    assert of_ana["refund"]["available"]
    assert of_ana["approve_return"] == {
        "name": "approve_return",
        "available": False,
        "code": "action_unavailable",
        "reason": of_ana["approve_return"]["reason"],
        "subject": None,
    }
    of_vic = {a["name"]: a for a in (await vic.get("/v1/orders/1042/actions")).json()["actions"]}
    assert of_vic["refund"]["code"] == "not_authorised"


async def test_a_customers_request_comes_in_once_and_waits_for_staff(ana):
    body = {"request_id": "form-7", "lines": [{"line": "L2", "quantity": 1}], "reason": "changed_mind"}
    first = await ana.post("/v1/orders/1042/return-requests", json=body)
    again = await ana.post("/v1/orders/1042/return-requests", json=body)
    assert first.status_code == 201
    assert first.json()["return"]["status"] == "requested"
    assert again.json() == first.json()
    actions = {
        a["name"]: a["available"] for a in (await ana.get("/v1/orders/1042/actions")).json()["actions"]
    }
    assert actions["approve_return"]
    too_many = {**body, "request_id": "form-8", "lines": [{"line": "L2", "quantity": 2}]}
    assert (await ana.post("/v1/orders/1042/return-requests", json=too_many)).status_code == 422


async def test_a_photo_becomes_evidence_and_opens_the_refund(ana, a_refund):
    stored = (await ana.post("/v1/files", files={"file": ("../../crack.png", PNG, "text/html")})).json()
    assert (stored["name"], stored["media_type"]) == ("crack.png", "image/png")
    body = a_refund(line="L1", reason="damaged", evidence=[stored["sha256"]])
    without = await ana.post("/v1/orders/1042/proposals", json=body)
    assert without.json()["code"] == "evidence_required"
    added = await ana.post("/v1/orders/1042/evidence", json={"sha256": stored["sha256"], "lines": ["L1"]})
    assert (added.status_code, added.json()["evidence"]["kind"]) == (201, "photo")
    assert (await ana.post("/v1/orders/1042/proposals", json=body)).status_code == 201


async def test_a_file_is_what_its_bytes_say_and_is_never_shown(ana, vic):
    html = await ana.post(
        "/v1/files", files={"file": ("photo.png", b"<script>alert(1)</script>", "image/png")}
    )
    assert (html.status_code, html.json()["code"]) == (415, "file_type_unknown")
    assert (await vic.post("/v1/files", files={"file": ("a.png", PNG)})).status_code == 403
    stored = (await ana.post("/v1/files", files={"file": ('a"\r\nX: y.png', PNG)})).json()
    got = await ana.get(f"/v1/files/{stored['sha256']}")
    assert (got.content, got.headers["content-type"]) == (PNG, "image/png")
    assert got.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in got.headers["content-security-policy"]
    assert (await ana.get(f"/v1/files/{'0' * 64}")).status_code == 404


async def test_the_customers_words_are_kept_verbatim(ana):
    words = "  It came <b>cracked</b>; see the side. "
    added = await ana.post("/v1/orders/1042/evidence", json={"text": words, "lines": ["L1"]})
    assert added.json()["evidence"]["text"] == words
    unknown = await ana.post("/v1/orders/1042/evidence", json={"text": words, "lines": ["L77"]})
    assert unknown.json()["code"] == "line_not_found"
