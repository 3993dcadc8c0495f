"""Every route of the OpenAPI description: nothing without a token, nothing beyond scope and role, nobody else's things.

A route that is new must be entered in `ROLES`; what is not there fails.
"""

import json
from typing import Any

import httpx
import pytest

from domain.ports import JobSpec
from domain.proposals.model import ProposalKind
from domain.proposals.service import propose
from integrations.bootstrap import application
from integrations.http.access import Scope, Tokens
from integrations.http.app import create_app
from integrations.http.routes.conversations import open_conversation
from integrations.settings import Settings
from tests.builders import a_merchant
from tests.integration.administration.conftest import DOCUMENT, OTHER, people, put_orders

ALL = [scope.value for scope in Scope]
OPEN = {("GET", "/healthz"), ("GET", "/readyz")}
"""Routes that say how the process is, and nothing else."""

ANYBODY, AGENT, SUPERVISOR, FINANCE = "vic", "ana", "sam", "fin"
RANKS = (ANYBODY, AGENT, SUPERVISOR, FINANCE)
ROLES = {
    ("GET", "/v1/proposals"): ANYBODY,
    ("GET", "/v1/proposals/{proposal_id}"): ANYBODY,
    ("POST", "/v1/orders/{number}/proposals"): AGENT,
    ("POST", "/v1/proposals/{proposal_id}/confirm"): SUPERVISOR,
    ("POST", "/v1/proposals/{proposal_id}/edit"): SUPERVISOR,
    ("POST", "/v1/proposals/{proposal_id}/cancel"): SUPERVISOR,
    ("GET", "/v1/orders"): ANYBODY,
    ("GET", "/v1/orders/{number}"): ANYBODY,
    ("GET", "/v1/orders/{number}/actions"): ANYBODY,
    ("POST", "/v1/orders/{number}/return-requests"): ANYBODY,
    ("POST", "/v1/orders/{number}/evidence"): AGENT,
    ("POST", "/v1/conversations"): ANYBODY,
    ("GET", "/v1/conversations"): ANYBODY,
    ("GET", "/v1/conversations/{conversation_id}"): ANYBODY,
    ("POST", "/v1/conversations/{conversation_id}/messages"): ANYBODY,
    ("POST", "/v1/files"): ANYBODY,
    ("GET", "/v1/files/{sha256}"): ANYBODY,
    ("GET", "/v1/balances"): FINANCE,
    ("GET", "/v1/orders/{number}/balances"): ANYBODY,
    ("GET", "/v1/settlements"): FINANCE,
    ("GET", "/v1/payouts"): FINANCE,
    ("GET", "/v1/ledger"): FINANCE,
    ("GET", "/v1/audit/events"): FINANCE,
    ("GET", "/v1/audit/verify"): FINANCE,
    ("GET", "/v1/jobs"): FINANCE,
    ("GET", "/v1/jobs/{job_id}"): FINANCE,
    ("POST", "/v1/jobs/{job_id}/requeue"): FINANCE,
    ("POST", "/v1/reconciliations"): FINANCE,
    ("GET", "/v1/reports"): SUPERVISOR,
    ("GET", "/v1/reports.csv"): SUPERVISOR,
    ("POST", "/v1/orders/import"): ANYBODY,
}
"""Who may, with every scope: the least of the shop's people. Conversations are their owner's or a supervisor's; the
proposal here is Ana's, so only a supervisor may decide it besides her."""


class Quiet:
    def info(self, *_, **__):
        pass

    error = info


class TwoShops:
    """One desk's API, and ids of things in its shop and in another shop of the same database."""

    def __init__(self, app):
        self.app, self.web = app, create_app(app, log=Quiet())
        self.tokens = Tokens(app.store, "shop")
        self.mine, self.theirs = dict[str, str](), dict[str, str]()

    async def fill(self):
        for merchant, ids in (("shop", self.mine), ("other", self.theirs)):
            await self.app.store.write(merchant, people)
            number = "7001" if merchant == "shop" else "8001"
            documents = [{**DOCUMENT, "number": number}, {**OTHER, "number": str(int(number) + 1)}]
            await self.app.store.write(merchant, lambda uow, d=documents: put_orders(uow, d))

            def more(uow, number=number, ids=ids):
                ana, order = uow.staff.get("ana"), uow.orders.by_number(number)
                line = {"line": order.lines[0].id, "quantity": 1}
                payload = {"lines": [line], "currency": "EUR", "reason": "goodwill"}
                proposal = propose(uow, ana, order.id, ProposalKind.REFUND, payload)
                content = b"\xff\xd8\xff of " + uow.merchant.id.encode()
                ids |= {
                    "number": number, "proposal_id": proposal.id, "sha256": uow.files.put(content, "image/jpeg", "a"),
                    "line": order.lines[0].id, "hash": proposal.sha256,
                    "conversation_id": open_conversation(uow, ana, "http").id,
                }  # fmt: skip

            await self.app.store.write(merchant, more)
            await self.app.store.write(merchant, lambda uow: uow.jobs.enqueue(JobSpec("shop.fetch", "d-1")))
        for job in await self.app.store.jobs.jobs():
            if job.kind == "shop.fetch":
                (self.mine if job.merchant_id == "shop" else self.theirs)["job_id"] = str(job.id)

    def operations(self):
        for path, methods in self.web.openapi()["paths"].items():
            for method, operation in methods.items():
                yield method.upper(), path, operation

    async def ask(self, method, path, ids, secret=None):
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        transport = httpx.ASGITransport(app=self.web)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=headers
        ) as client:
            return await client.request(method, path.format(**ids), **self.body(method, path, ids))

    def body(self, method, path, ids):
        if method != "POST":
            return {}
        if path == "/v1/files":
            return {"files": {"file": ("a.jpg", b"\xff\xd8\xff photo", "image/jpeg")}}
        line = {"line": ids["line"], "quantity": 1}
        refund = {"lines": [line], "currency": "EUR", "reason": "goodwill", "amount": 500}
        bodies: dict[str, Any] = {
            "proposals": {"kind": "refund", "payload": refund},
            "confirm": {"sha256": ids["hash"]},
            "edit": {"payload": refund},
            "cancel": None,
            "requeue": None,
            "reconciliations": {},
            "return-requests": {"request_id": "r1", "lines": [line], "customer_reason": "changed_mind"},
            "evidence": {"sha256": ids["sha256"]},
            "conversations": {},
            "messages": {"text": "hello"},
            "import": [],
        }
        return {"json": bodies[path.rsplit("/", 1)[-1]]}


@pytest.fixture
async def shops(tmp_path):
    given = Settings(data=tmp_path, merchant="shop", currency="EUR", requests_per_second=0, worker="external")
    async with application(given, create=True) as app:
        await app.store.save_merchant(a_merchant("other"))
        found = TwoShops(app)
        await found.fill()
        await app.store.jobs.beat("a worker elsewhere")
        yield found


async def test_every_route_is_known_here(shops):
    routes = {(method, path) for method, path, _ in shops.operations()}
    assert routes - OPEN == set(ROLES), "enter new routes, and take out old ones"


async def test_without_a_token_every_route_is_closed_before_anything_is_read(shops):
    for method, path, _ in shops.operations():
        for secret in (None, "desk_" + "x" * 43, "'; drop table staff; --"):
            answer = await shops.ask(method, path, shops.mine, secret)
            if (method, path) in OPEN:
                assert answer.status_code == 200, path
                continue
            assert answer.status_code == 401, (method, path, answer.text)
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.json()["code"] in ("token_missing", "token_invalid")


async def test_a_token_of_another_merchant_opens_nothing(shops):
    secret = await Tokens(shops.app.store, "other").new("fin", ALL)
    for method, path, _ in shops.operations():
        if (method, path) not in OPEN:
            answer = await shops.ask(method, path, shops.theirs, secret)
            assert answer.status_code == 401, (method, path)


async def test_a_token_without_the_scope_is_refused_by_every_route(shops):
    for method, path, operation in shops.operations():
        if (method, path) in OPEN:
            continue
        others = [scope for scope in ALL if scope != operation["x-scope"]]
        secret = await shops.tokens.new("fin", others)
        answer = await shops.ask(method, path, shops.mine, secret)
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing"), (
            method,
            path,
            answer.text,
        )


async def test_a_role_below_is_refused_by_every_route_and_changes_nothing(shops):
    secrets = {name: await shops.tokens.new(name, ALL) for name in RANKS}
    before = await state_of(shops)
    for (method, path), least in ROLES.items():
        for name in RANKS[: RANKS.index(least)]:
            if least == SUPERVISOR and name == AGENT and "proposal_id" in path:
                continue  # it is her own
            answer = await shops.ask(method, path, shops.mine, secrets[name])
            assert (answer.status_code, answer.json()["code"]) == (403, "not_authorised"), (
                name,
                path,
                answer.text,
            )
    assert await state_of(shops) == before
    for (method, path), least in ROLES.items():
        if method == "GET" and "conversation_id" not in path:
            answer = await shops.ask(method, path, shops.mine, secrets[least])
            assert answer.status_code == 200, (least, path, answer.text)


async def test_another_merchants_things_are_not_here_for_anybody(shops):
    before = await state_of(shops, "other")
    secret = await shops.tokens.new("fin", ALL)
    tried = 0
    for method, path, operation in shops.operations():
        if not any(each["in"] == "path" for each in operation.get("parameters", [])):
            continue
        mixed = {**shops.mine, **{name: shops.theirs[name] for name in shops.theirs if f"{{{name}}}" in path}}
        answer = await shops.ask(method, path, mixed, secret)
        assert answer.status_code == 404, (method, path, answer.text)
        tried += 1
    assert tried >= 12
    assert await state_of(shops, "other") == before
    searched = await shops.ask("GET", "/v1/orders", shops.mine, secret)
    assert "8001" not in searched.text
    theirs = {**shops.mine, "sha256": shops.theirs["sha256"]}
    evidence = await shops.ask("POST", "/v1/orders/{number}/evidence", theirs, secret)
    assert evidence.status_code in (404, 422)


async def test_what_is_not_in_the_description_is_closed_as_well(shops):
    secret = await shops.tokens.new("fin", [scope for scope in ALL if scope != "metrics"])
    for path, token, status in (
        ("/metrics", None, 401), ("/metrics", secret, 403), ("/reports", None, 401), ("/", None, 401),
        ("/local/token", None, 404), ("/local/admin", None, 404), ("/v1/nothing", None, 401), ("/docs", None, 404),
    ):  # fmt: skip
        answer = await shops.ask("GET", path, shops.mine, token)
        assert answer.status_code == status, (path, answer.status_code)


async def state_of(shops, merchant="shop"):
    """Everything that a write could have changed."""

    def work(uow):
        orders = [uow.orders.get(hit.id).model_dump_json() for hit in uow.orders.recent(50)]
        proposals = [p.model_dump_json() for p in uow.proposals.list_open()]
        return orders, proposals, len(uow.audit.events(kind="proposal.opened", limit=100))

    return json.dumps(await shops.app.store.read(merchant, work))
