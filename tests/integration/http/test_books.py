import pytest


@pytest.mark.parametrize(
    "path", ["/v1/balances", "/v1/settlements", "/v1/payouts", "/v1/ledger", "/v1/audit/events"]
)
async def test_the_books_are_finances(ana, fin, path):
    assert (await ana.get(path)).json()["code"] == "not_authorised"
    assert (await fin.get(path)).status_code == 200


async def test_an_orders_accounts_are_anybodys_to_read(vic, fin):
    of_order = (await vic.get("/v1/orders/1042/balances")).json()
    [of_currency] = (await fin.get("/v1/balances", params={"currency": "USD"})).json()["balances"]
    assert of_order == of_currency
    assert of_order["accounts"]["available"] > 0
    assert {b["currency"] for b in (await fin.get("/v1/balances")).json()["balances"]} >= {
        "USD",
        "GBP",
        "JPY",
    }


async def test_a_refund_shows_in_the_ledger_and_every_pair_sums_to_zero(ana, fin, a_refund):
    made = (await ana.post("/v1/orders/1042/proposals", json=a_refund())).json()
    await ana.post(f"/v1/proposals/{made['id']}/confirm", json={"sha256": made["sha256"]})
    rows = (await fin.get("/v1/ledger", params={"order": "1042"})).json()["rows"]
    assert [r["amount"] for r in rows if r["kind"] == "refund" and r["account"] == "customers"] == [2400]
    pairs: dict[str, int] = {}
    for row in rows:
        pairs[row["pair"]] = pairs.get(row["pair"], 0) + row["amount"]
    assert set(pairs.values()) == {0}


async def test_pages_follow_each_other_without_gap_or_overlap(fin):
    whole = (await fin.get("/v1/ledger", params={"currency": "USD", "limit": 500})).json()["rows"]
    paged, before = [], None
    while True:
        params = {"currency": "USD", "limit": 7, **({"before": before} if before else {})}
        page = (await fin.get("/v1/ledger", params=params)).json()
        paged += page["rows"]
        if (before := page["next_before"]) is None:
            break
    assert paged[: len(whole)] == whole
    first = (await fin.get("/v1/settlements", params={"limit": 2})).json()
    second = (await fin.get("/v1/settlements", params={"limit": 2, "offset": first["next_offset"]})).json()
    assert not {s["id"] for s in first["settlements"]} & {s["id"] for s in second["settlements"]}


async def test_a_settlements_net_is_the_sum_of_its_parts(fin):
    for s in (await fin.get("/v1/settlements", params={"currency": "USD"})).json()["settlements"]:
        parts = s["charges"] - s["refunds"] + s["reversals"] - s["fees"] + s["recoveries"]
        assert s["net_amount"] == parts


async def test_what_was_decided_is_in_a_trail_that_proves_itself(ana, fin, a_refund):
    made = (await ana.post("/v1/orders/1042/proposals", json=a_refund())).json()
    await ana.post(f"/v1/proposals/{made['id']}/cancel")
    events = (await fin.get("/v1/audit/events", params={"subject": made["id"]})).json()["events"]
    assert [e["kind"] for e in events] == ["proposal.cancelled", "proposal.opened"]
    report = (await fin.get("/v1/audit/verify")).json()
    assert (report["intact"], report["problems"]) == (True, [])


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=1001",
        "before=0",
        "before=9999999999999999999",
        "currency=usd",
        "account=mine",
        "offset=-1",
    ],
)
async def test_a_query_that_makes_no_sense_names_its_field(fin, query):
    path = "/v1/settlements" if "offset" in query else "/v1/ledger"
    answer = await fin.get(f"{path}?{query}")
    assert answer.status_code == 422
    assert answer.json()["violations"][0]["field"] == query.split("=")[0]
