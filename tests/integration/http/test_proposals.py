import asyncio

import pytest


async def proposed(client, body, number="1042"):
    answer = await client.post(f"/v1/orders/{number}/proposals", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/proposals/{answer.json()['id']}"
    return answer.json()


async def confirm(client, proposal, **headers):
    path = f"/v1/proposals/{proposal['id']}/confirm"
    return await client.post(path, json={"sha256": proposal["sha256"]}, headers=headers)


async def test_a_refund_proposed_and_confirmed_is_paid_and_seen_on_the_order(ana, a_refund):
    proposal = await proposed(ana, a_refund())
    assert proposal["card"]["confirm_label"] == "Refund $24.00"
    answer = await confirm(ana, proposal)
    assert answer.status_code == 200
    assert answer.json()["proposal"]["state"] == "executed"
    order = (await ana.get("/v1/orders/1042")).json()
    assert (order["refunded"], order["refundable_now"]) == (2400, 4080)
    assert order["order"]["refunds"][0]["id"] == proposal["id"]


async def test_nobody_waits_for_the_provider_who_does_not_want_to(ana, a_refund):
    proposal = await proposed(ana, a_refund())
    answer = await confirm(ana, proposal, Prefer="respond-async")
    assert (answer.status_code, answer.json()["proposal"]["state"]) == (202, "confirmed")
    assert answer.headers["preference-applied"] == "respond-async"


async def test_of_many_who_confirm_one_wins_and_the_others_are_told_who(ana, sam, a_refund):
    proposal = await proposed(ana, a_refund())
    answers = await asyncio.gather(*(confirm(client, proposal) for client in (ana, sam) * 4))
    won = [a for a in answers if a.status_code in (200, 202)]
    lost = [a.json() for a in answers if a.status_code == 409]
    assert (len(won), len(lost)) == (1, 7)
    assert {p["code"] for p in lost} == {"proposal_decided"}
    winner = won[0].json()["proposal"]["decided_by_name"]
    assert all(winner in p["detail"] for p in lost)


async def test_what_was_not_shown_is_not_confirmed(ana, a_refund):
    proposal = await proposed(ana, a_refund())
    answer = await confirm(ana, {**proposal, "sha256": "0" * 64})
    assert (answer.status_code, answer.json()["code"]) == (409, "proposal_mismatch")
    assert (await ana.get(f"/v1/proposals/{proposal['id']}")).json()["state"] == "open"


async def test_beside_an_open_proposal_there_is_no_other(ana, sam, a_refund):
    await proposed(ana, a_refund())
    answer = await sam.post("/v1/orders/1042/proposals", json=a_refund(1000))
    assert (answer.status_code, answer.json()["code"]) == (409, "open_proposal_exists")
    assert "Ana Agent" in answer.json()["detail"]


async def test_a_refusal_names_every_rule_with_field_limit_and_value(ana, a_refund):
    answer = await ana.post("/v1/orders/1042/proposals", json=a_refund(9900, reason="other"))
    problem = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    by_code = {v["code"]: v for v in problem["violations"]}
    assert {"note_required", "amount_exceeds_line"} <= set(by_code)
    exceeded = by_code["amount_exceeds_line"]
    assert (exceeded["field"], exceeded["limit"], exceeded["value"]) == ("amount", "24.00", "99.00")
    assert problem["reference"] == answer.headers["x-request-id"]
    assert (await ana.get("/v1/proposals")).json() == {"proposals": []}


async def test_above_the_limit_a_second_person_confirms(ana, sam):
    body = {
        "kind": "refund",
        "payload": {"amount": 12000, "currency": "EUR", "reason": "goodwill", "lines": []},
    }
    proposal = await proposed(ana, body, "1043")
    own = await confirm(ana, proposal)
    assert (own.status_code, own.json()["code"]) == (422, "approval_required")
    assert (await confirm(sam, proposal)).status_code == 200


async def test_a_changed_order_shows_a_fresh_proposal_with_the_difference(door, ana, a_refund):
    proposal = await proposed(ana, a_refund())

    def touch(uow):
        uow.orders.save(uow.orders.by_number("1042"))

    await door.app.store.write("demo", touch)
    answer = await confirm(ana, proposal)
    assert (answer.status_code, answer.json()["code"]) == (409, "proposal_stale")
    fresh = answer.json()["replacement"]
    assert answer.json()["difference"]
    assert (await confirm(ana, fresh)).status_code == 200


async def test_an_edit_takes_the_place_of_what_it_changes(ana, a_refund):
    proposal = await proposed(ana, a_refund())
    path = f"/v1/proposals/{proposal['id']}/edit"
    answer = await ana.post(path, json={"payload": a_refund(1000)["payload"]})
    edited = answer.json()["proposal"]
    assert edited["supersedes"] == proposal["id"]
    assert edited["preview"]["amount"] == 1000
    assert (await confirm(ana, proposal)).json()["code"] == "proposal_decided"
    assert (await confirm(ana, edited)).status_code == 200


async def test_card_fields_are_understood_only_where_there_is_a_conversation(ana, a_refund):
    proposal = await proposed(ana, a_refund())
    answer = await ana.post(f"/v1/proposals/{proposal['id']}/edit", json={"set": {"amount": "10.00"}})
    assert answer.status_code == 422
    assert answer.json()["violations"][0]["field"] == "set"


async def test_one_withdraws_ones_own_and_a_supervisor_everybodys(ana, sam, a_refund):
    own = await proposed(ana, a_refund())
    assert (await ana.post(f"/v1/proposals/{own['id']}/cancel")).json()["proposal"]["state"] == "cancelled"
    of_sam = await proposed(sam, a_refund())
    refused = await ana.post(f"/v1/proposals/{of_sam['id']}/cancel")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_authorised")
    assert (await sam.post(f"/v1/proposals/{of_sam['id']}/cancel")).status_code == 200


@pytest.mark.parametrize("path", ["/v1/proposals/prop_0", "/v1/orders/9999999", "/v1/orders/9999999/actions"])
async def test_what_is_not_here_is_not_found(ana, path):
    answer = await ana.get(path)
    assert answer.status_code == 404
    assert answer.json()["code"].endswith("_not_found")


async def test_another_merchants_things_are_as_if_they_were_not_there(door, ana, a_refund):
    from domain.settings import Merchant
    from tests.builders import a_staff, an_order

    store = door.app.store
    await store.save_merchant(Merchant(id="other", name="Other", base_currency="EUR"))

    def fill(uow):
        uow.staff.save(a_staff("eve", merchant_id="other"))
        uow.orders.add(an_order(merchant_id="other", number="#777"))

    await store.write("other", fill)
    from integrations.http.access import Tokens

    foreign = await Tokens(store, "other").new("eve", ["read"])
    assert (await ana.get("/v1/orders/777")).status_code == 404
    async with door.plain(Authorization=f"Bearer {foreign}") as eve:
        assert (await eve.get("/v1/orders/1042")).status_code == 401


async def test_a_defect_named_in_a_refused_proposal_is_not_goodwill_afterwards(ana, a_refund):
    refused = await ana.post("/v1/orders/1042/proposals", json=a_refund(reason="damaged"))
    assert refused.json()["code"] == "evidence_required"
    again = await ana.post("/v1/orders/1042/proposals", json=a_refund())
    assert (again.status_code, again.json()["code"]) == (422, "evidence_required")


async def test_an_edit_that_names_a_defect_does_so_even_where_it_is_refused(ana, a_refund):
    proposal = await proposed(ana, a_refund())
    path = f"/v1/proposals/{proposal['id']}/edit"
    refused = await ana.post(path, json={"payload": a_refund(reason="damaged")["payload"]})
    assert refused.json()["code"] == "evidence_required"
    stale = await confirm(ana, proposal)
    assert (stale.status_code, stale.json()["code"]) == (409, "proposal_stale")


async def test_a_label_that_was_never_uploaded_is_no_label(ana):
    label = {"sha256": "ab" * 32, "media_type": "application/pdf"}
    payload = {"lines": [{"line": "L2", "quantity": 1}], "reason": "size_or_fit", "label": label}
    body = {"kind": "create_return", "payload": payload}
    answer = await ana.post("/v1/orders/1042/proposals", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "label_invalid")


@pytest.mark.parametrize("amount", [True, "100", 1.0, 10.5])
async def test_an_amount_is_a_whole_number_and_nothing_that_could_be_made_one(ana, a_refund, amount):
    answer = await ana.post("/v1/orders/1042/proposals", json=a_refund(amount))
    assert (answer.status_code, answer.json()["code"]) == (422, "field_invalid")
    assert (await ana.get("/v1/proposals")).json() == {"proposals": []}
