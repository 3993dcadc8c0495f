"""What an assistant can do with the desk: look everything up, propose, and never decide."""

import json

import httpx
import pytest
from mcp.shared.exceptions import MCPError

from agent.tools.registry import all_tools
from domain.proposals.registry import WRITES
from integrations.http.app import create_app
from integrations.mcp.web import mcp_over_http
from integrations.running import write_running
from tests.integration.mcp.conftest import BOTH, goodwill, read_json, stdio, text_of


class Quiet:
    def info(self, *_, **__):
        pass

    error = info


async def the_whole_job(client):
    """Find, ask what can be done, preview, propose."""
    order = (await client.call_tool("find_order", {"number": "7001"})).structured_content
    actions = await client.call_tool("available_actions", {"order_id": order["id"]})
    assert "refund" in {each["name"] for each in actions.structured_content["result"]}
    preview = await client.call_tool("preview_refund", goodwill(order))
    assert preview.structured_content["amount"] == 1800
    return order, await client.call_tool("propose_refund", goodwill(order))


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_over_http_an_assistant_proposes_and_only_a_person_confirms(shop, mode):
    async with shop.http(mode=mode) as client:
        _, proposed = await the_whole_job(client)
    assert not proposed.is_error
    told = proposed.structured_content
    assert told["confirmed"] is False
    assert "confirmed by a person in a channel" in text_of(proposed)
    assert "sha256" not in json.dumps(told), "the hash is what a confirmation needs"
    assert (await shop.order()).refunds == []
    states = await shop.app.store.read("shop", lambda uow: [p.state.value for p in uow.proposals.list_open()])
    assert states == ["open"]
    [(_, event)] = await shop.app.store.read(
        "shop", lambda uow: uow.audit.events(kind="proposal.opened", limit=1)
    )
    assert event.actor == "ana"


async def test_over_stdio_an_assistant_proposes_in_its_persons_name(closed_shop):
    folder, secret = closed_shop
    async with stdio(folder, secret) as client:
        assert "no way to confirm here" in (client.instructions or "")
        _, proposed = await the_whole_job(client)
        assert "cannot be confirmed here" in text_of(proposed)
        page = await client.read_resource("knowledge://evidence")
        assert page.contents[0].text.startswith("# ")
        with pytest.raises(MCPError):
            await client.call_tool("confirm", {})


async def test_stdio_with_a_token_that_opens_nothing_gets_nothing(closed_shop):
    folder, _ = closed_shop
    async with stdio(folder, "desk_wrong") as client:
        for attempt in (client.list_tools(), client.call_tool("find_order", {"number": "7001"})):
            with pytest.raises(MCPError, match="DESK_MCP_TOKEN"):
                await attempt


async def test_stdio_goes_through_the_desk_that_runs_on_the_same_folder(shop):
    write_running(shop.folder, shop.url.removesuffix("/mcp"))
    secret = await shop.tokens.new("ana", BOTH)
    async with stdio(shop.folder, secret) as client:
        _, proposed = await the_whole_job(client)
        assert "cannot be confirmed here" in text_of(proposed)
        assert (await client.list_resource_templates()).resource_templates
        assert read_json(await client.read_resource("order://7001"))["order"]["number"] == "#7001"
    assert await shop.app.store.read("shop", lambda uow: uow.proposals.list_open())


async def test_every_tool_of_the_registry_is_offered_with_its_schema_and_hints(shop):
    async with shop.http("fin") as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == set(all_tools())
    for name, tool in tools.items():
        reads = all_tools()[name].kind == "READ"
        hints = tool.annotations
        assert (hints.read_only_hint, hints.destructive_hint, hints.open_world_hint) == (
            reads,
            False,
            False,
        ), name
        assert tool.input_schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
    for kind, write in WRITES.items():
        payload = tools[f"propose_{kind.value}"].input_schema
        assert write.payload.__name__ in json.dumps(payload["$defs"]), kind
        assert "case_id" not in payload["properties"]
    assert not any("confirm" in name for name in tools)


async def test_what_a_token_may_not_do_is_neither_listed_nor_done(shop):
    async with shop.http("ana", ["read"]) as reader:
        names = {tool.name for tool in (await reader.list_tools()).tools}
        assert "find_order" in names
        assert not any(name.startswith("propose_") for name in names)
        assert "list_payouts" not in names, "the books are finance's"
        order = (await reader.call_tool("find_order", {"number": "7001"})).structured_content
        refused = await reader.call_tool("propose_refund", goodwill(order))
        assert refused.is_error
        assert "scope converse" in text_of(refused)
        books = await reader.call_tool("get_balances", {"currency": "EUR"})
        assert books.structured_content["violations"][0]["code"] == "not_authorised"
    async with shop.http("vic") as viewer:
        refused = await viewer.call_tool("propose_refund", goodwill(order))
        assert refused.structured_content["violations"][0]["code"] == "not_authorised"
    async with shop.http("ana", ["converse"]) as blind:
        with pytest.raises(MCPError, match="scope read"):
            await blind.read_resource("order://7001")
    assert await shop.app.store.read("shop", lambda uow: uow.proposals.list_open()) == []


async def test_a_broken_rule_is_told_with_field_limit_and_value_and_changes_nothing(shop):
    async with shop.http() as client:
        order = (await client.call_tool("find_order", {"number": "7001"})).structured_content
        refused = await client.call_tool("propose_refund", goodwill(order, amount=999_999))
        assert refused.is_error
        codes = {violation["code"] for violation in refused.structured_content["violations"]}
        assert codes & {"refund_exceeds_remaining", "amount_exceeds_line"}
        wrong = {**goodwill(order), "confirm": True}
        shape = await client.call_tool("propose_refund", wrong)
        assert [v["field"] for v in shape.structured_content["violations"]] == ["confirm"]
        gone = await client.call_tool("find_order", {"number": "nothing"})
        assert gone.structured_content["violations"][0]["code"] == "order_not_found"
        with pytest.raises(MCPError, match="no tool"):
            await client.call_tool("delete_order", {})


async def test_orders_and_pages_are_resources(shop):
    async with shop.http() as client:
        pages = (await client.list_resources()).resources
        assert "knowledge://refund-paths" in {page.uri for page in pages}
        for page in pages:
            text = (await client.read_resource(page.uri)).contents[0].text
            assert "## " in text
            assert "<!--" not in text
        for uri in ("order://7001", "order://%237001"):
            found = read_json(await client.read_resource(uri))
            assert found["order"]["number"] == "#7001"
            assert "refund" in {each["name"] for each in found["actions"]}
        for uri in ("order://9", "order://", "knowledge://../reader", "file:///etc/passwd"):
            with pytest.raises(MCPError):
                await client.read_resource(uri)


async def test_somebody_who_left_can_do_nothing_in_the_middle_of_a_session(shop):
    async with shop.http() as client:
        assert (await client.list_tools()).tools

        def leave(uow):
            uow.staff.save(uow.staff.get("ana").model_copy(update={"active": False}))

        await shop.app.store.write("shop", leave)
        with pytest.raises(MCPError, match="does not work here"):
            await client.call_tool("find_order", {"number": "7001"})


async def test_a_revoked_token_opens_no_further_session(shop):
    secret = await shop.tokens.new("ana", BOTH)
    [token] = await shop.tokens.all()
    await shop.tokens.revoke(token.id)
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {secret}"}) as client:
        assert (await client.post(shop.url, json=body)).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer desk_wrong"}, 401),
        ({"Authorization": "Basic desk_wrong"}, 401),
        ({"Host": "evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
    ],
)
async def test_strangers_and_foreign_pages_are_turned_away(shop, headers, status):
    if status != 401:
        headers = {"Authorization": f"Bearer {await shop.tokens.new('ana', BOTH)}", **headers}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    accept = {"Accept": "application/json, text/event-stream"}
    async with httpx.AsyncClient() as client:
        answer = await client.post(shop.url, json=body, headers={**accept, **headers})
    assert answer.status_code == status
    assert "find_order" not in answer.text
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_desk_serve_answers_mcp_beside_its_api_behind_the_same_headers(shop):
    web = create_app(shop.app, log=Quiet())
    served = mcp_over_http(shop.app.store, "shop", shop.tokens.principal)
    served.mount(web)
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    headers = {"Accept": "application/json, text/event-stream"}
    async with (
        served.running(),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=web), base_url="http://127.0.0.1", headers=headers
        ) as client,
    ):
        assert (await client.post("/mcp", json=body)).status_code == 401
        client.headers["Authorization"] = f"Bearer {await shop.tokens.new('ana', BOTH)}"
        answer = await client.post("/mcp", json=body)
    assert len(answer.json()["result"]["tools"]) > 10
    assert answer.headers["x-content-type-options"] == "nosniff"
