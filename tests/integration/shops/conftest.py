"""A desk with a shop connected: Shopify as a stateful stand-in behind the real client, or signed webhooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from contextlib import asynccontextmanager

import httpx
import pytest
import respx
from pydantic import SecretStr

from domain.identity import Role, Staff
from domain.proposals import service
from domain.proposals.model import ProposalKind
from integrations.bootstrap import application
from integrations.http.app import create_app
from integrations.settings import Settings
from tests.unit.shops.papers import an_order

SHOP = "https://mia.myshopify.com"
SECRET = "shpss_secret"
ANA = Staff(id="ana", merchant_id="mia", name="Ana", role=Role.FINANCE, limits={"USD": 1_000_000})


class Shopify:
    """Orders by id, and what was written; `faults` befall the next requests."""

    def __init__(self):
        self.orders = {}
        self.made, self.asked, self.faults = [], [], []

    def put(self, order):
        self.orders[order["id"]] = order

    def answer(self, request):
        question = json.loads(request.content)
        self.asked.append(question["query"])
        fault = self.faults.pop(0) if self.faults else None
        if fault in (429, 503):
            return httpx.Response(fault, headers={"Retry-After": "7"})
        data = self._data(question["query"], question["variables"])
        if fault == "lost":
            raise httpx.ReadTimeout("no answer", request=request)
        return httpx.Response(200, json=data if "errors" in data else {"data": data})

    def _data(self, query, given):
        if "refundCreate" in query:
            return {"refundCreate": self._refund(given["input"], given["key"])}
        if "query Changed" in query:
            return {"orders": self._page(given["after"])}
        if "query One" in query:
            return {"order": self.orders.get(given["id"])}
        if "query Refunds" in query:
            return {"order": self.orders.get(given["id"])}
        if "query Return(" in query:
            return {"return": self._return(given["id"])}
        self.made.append((query.split("(")[0].split()[-1], given))
        return {
            "change": {"userErrors": [], "return": {"id": "gid://shopify/Return/77"}, "node": {"id": "x"}}
        }

    def _refund(self, given, key):
        order = self.orders[given["orderId"]]
        refund = {
            "id": f"gid://shopify/Refund/{900 + len(order['refunds'])}",
            "note": given["note"],
            "key": key,
        }
        order["refunds"].append(refund)
        self.made.append(("Refund", given))
        return {"refund": {"id": refund["id"]}, "userErrors": []}

    def _page(self, after):
        orders = sorted(self.orders.values(), key=lambda order: order["updatedAt"])
        start = int(after or 0)
        page = orders[start : start + 2]
        more = start + 2 < len(orders)
        return {"pageInfo": {"hasNextPage": more, "endCursor": str(start + 2)}, "nodes": page}

    def _return(self, return_id):
        for order in self.orders.values():
            for ret in order["returns"]["nodes"]:
                if ret["id"] == return_id:
                    return {**ret, "reverseFulfillmentOrders": {"nodes": []}}
        return None


class Connected:
    """The desk, its server and its worker."""

    def __init__(self, app):
        self.app = app
        web = create_app(app)
        for channel in app.channels:
            channel.mount(web)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=web), base_url="http://127.0.0.1")

    async def work(self):
        return await self.app.worker.run_once()

    async def order(self, number="#2001"):
        return await self.app.store.read("mia", lambda uow: uow.orders.by_number(number))

    async def told(self, order, topic="orders/updated", delivery="d-1", domain="mia.myshopify.com"):
        body = json.dumps({"admin_graphql_api_id": order["id"]}).encode()
        digest = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()
        headers = {
            "X-Shopify-Hmac-Sha256": digest,
            "X-Shopify-Shop-Domain": domain,
            "X-Shopify-Topic": topic,
            "X-Shopify-Webhook-Id": delivery,
            "Content-Type": "application/json",
        }
        return await self.http.post("/webhooks/shop", content=body, headers=headers)

    async def decide(self, order, kind, payload):
        def work(uow):
            proposal = service.propose(uow, ANA, order.id, ProposalKind(kind), payload)
            return service.confirm(uow, ANA, proposal.id, proposal.sha256)

        decision = await self.app.store.write("mia", work)
        assert decision.accepted, decision.refused
        return decision.proposal

    async def refund_one(self, order, **fields):
        payload = {
            "lines": [{"line": order.lines[0].id, "quantity": 1}],
            "currency": order.currency,
            "reason": "changed_mind",
            **fields,
        }
        proposal = await self.decide(order, "refund", payload)
        await self.work()
        return proposal


@pytest.fixture
def connected(tmp_path):
    """Open a desk with these settings."""

    @asynccontextmanager
    async def opened(**settings):
        given = Settings(
            data=tmp_path / "desk",
            merchant="mia",
            worker="external",
            shop_secret=SecretStr(SECRET),
            **settings,
        )
        async with application(given, create=True) as app:
            desk = Connected(app)
            await app.store.write("mia", lambda uow: uow.staff.save(ANA))
            async with desk.http:
                yield desk

    return opened


@pytest.fixture
def shopify():
    """The stand-in, behind every request to the shop's address."""
    shop = Shopify()
    with respx.mock(assert_all_called=False) as router:
        router.post(url__startswith=SHOP).mock(side_effect=shop.answer)
        yield shop


@pytest.fixture
async def desk(connected, shopify):
    """A desk connected to it."""
    async with connected(shop="shopify", shop_url=SHOP, shop_token="shpat_x") as opened:
        yield opened


@pytest.fixture
async def taken(desk, shopify):
    """The same, with one order taken over."""
    shopify.put(an_order())
    assert (await desk.told(an_order(), "orders/create")).status_code == 200
    await desk.work()
    return await desk.order()
