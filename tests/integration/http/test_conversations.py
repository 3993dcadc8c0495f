import asyncio
import json

CRACKED = "refund one mug on 1042, it arrived cracked"
CRACK = "The mug arrived with a long crack in its side."


async def begun(client, **body):
    answer = await client.post("/v1/conversations", json=body)
    assert answer.status_code == 201
    return f"/v1/conversations/{answer.json()['id']}"


async def say(client, talk, text, **more):
    answer = await client.post(f"{talk}/messages", json={"text": text, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def block(reply, kind):
    return next(b for b in reply["blocks"] if b["kind"] == kind)


async def a_card(client, talk):
    await say(client, talk, CRACKED)
    return block(await say(client, talk, CRACK), "proposal")


async def test_from_the_first_words_to_the_money(ana):
    talk = await begun(ana)
    card = await a_card(ana, talk)
    path = f"/v1/proposals/{card['proposal_id']}"
    decided = (await ana.post(f"{path}/confirm", json={"sha256": card["sha256"]})).json()
    assert decided["proposal"]["state"] == "executed"
    assert block(decided["reply"], "result")["outcome"] == "done"
    messages = (await ana.get(talk)).json()["messages"]
    assert [m["direction"] for m in messages] == ["in", "out"] * 3
    assert messages[0]["text"] == CRACKED


async def test_the_same_event_twice_is_answered_once(ana):
    talk = await begun(ana)
    replies = await asyncio.gather(*(say(ana, talk, "show order 1042", event_id="e1") for _ in range(3)))
    assert len({json.dumps(r["blocks"]) for r in replies}) == 1
    assert len((await ana.get(talk)).json()["messages"]) == 2
    again = await say(ana, talk, "show order 1042", event_id="e1")
    assert again["blocks"] == replies[0]["blocks"]


async def test_the_reply_can_be_awaited_as_events(ana):
    talk = await begun(ana)
    answer = await ana.post(
        f"{talk}/messages", json={"text": "show order 1042"}, headers={"Accept": "text/event-stream"}
    )
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [
        dict(line.split(": ", 1) for line in e.split("\r\n")) for e in answer.text.strip().split("\r\n\r\n")
    ]
    assert events[0]["event"] == "progress"
    assert events[-1]["event"] == "reply"
    assert json.loads(events[-1]["data"])["blocks"][0]["number"] == "#1042"


async def test_card_fields_are_edited_as_people_write_them(ana):
    card = await a_card(ana, await begun(ana))
    path = f"/v1/proposals/{card['proposal_id']}"
    refused = await ana.post(f"{path}/edit", json={"set": {"amount": "99.00"}})
    assert refused.status_code == 422
    assert "amount" in {v["field"] for v in refused.json()["violations"]}


async def test_whoever_presses_too_late_gets_the_reason_and_the_reply(ana, sam):
    card = await a_card(ana, await begun(ana))
    path = f"/v1/proposals/{card['proposal_id']}/confirm"
    assert (await sam.post(path, json={"sha256": card["sha256"]})).status_code == 200
    late = await ana.post(path, json={"sha256": card["sha256"]})
    assert (late.status_code, late.json()["code"]) == (409, "proposal_decided")
    assert "Sam Supervisor" in late.json()["detail"]
    assert late.json()["reply"]["blocks"]


async def test_withdrawing_leaves_the_case(ana):
    card = await a_card(ana, await begun(ana))
    answer = await ana.post(f"/v1/proposals/{card['proposal_id']}/cancel")
    assert answer.json()["proposal"]["state"] == "cancelled"


async def test_ones_own_conversations_are_listed_and_nobody_elses_are_found(ana, sam, door):
    talk = await begun(ana, ticket={"id": "T-1", "body": "One mug arrived cracked."})
    assert [
        f"/v1/conversations/{c['id']}" for c in (await ana.get("/v1/conversations")).json()["conversations"]
    ] == [talk]
    async with await door.client("vic") as vic:
        assert (await vic.get(talk)).status_code == 404
        assert (await vic.post(f"{talk}/messages", json={"text": "hi"})).status_code == 404
    assert (await sam.get("/v1/conversations")).json()["conversations"] == []
    assert (await sam.get(talk)).status_code == 200


async def test_a_message_says_something_or_brings_a_file_that_is_there(ana):
    talk = await begun(ana)
    assert (await ana.post(f"{talk}/messages", json={"text": "  "})).status_code == 422
    answer = await ana.post(f"{talk}/messages", json={"text": "photo", "attachments": ["0" * 64]})
    assert answer.json()["violations"][0]["field"] == "attachments"
