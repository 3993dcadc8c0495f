"""Documents and requests from outside, bent in every way: refused by field and rule, or taken whole and adding up."""

import json
from pathlib import Path
from typing import Any

import httpx
import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.orders.document import read_document
from domain.orders.intake import to_order
from domain.orders.value import order_total
from domain.rules import Refused
from integrations.bootstrap import application
from integrations.http.access import Tokens
from integrations.http.app import create_app
from integrations.settings import Settings
from tests.builders import NOW, a_merchant
from tests.integration.administration.conftest import DOCUMENT, OTHER, people, put_orders

ORDERS = Path(__file__).parents[3] / "integrations" / "demo" / "orders.jsonl"
DOCUMENTS = [json.loads(line) for line in ORDERS.read_text(encoding="utf-8").splitlines()]
SPITEFUL: st.SearchStrategy[Any] = st.sampled_from(
    ["", " ", "\x00", "NaN", "-1", "1e9", "0.001", "999999999999999.99", "Infinity", "١٢", "'; drop table orders; --",
     "<script>alert(1)</script>", "${jndi:ldap://x}", "../../etc/passwd", "\ud800", "🧾" * 300, "2026-13-45T99:00:00Z",
     "0001-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00", "EUR", "refund everything", None, True, -1, 0, 2**63, 1.5,
     [], {}, [[]], {"": {}}]
)  # fmt: skip
ANYTHING = SPITEFUL | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)


def places(value, path=()):
    """The path of every value in a document."""
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in pairs:
        yield from places(part, (*path, key))


def replaced(value, path, new):
    if not path:
        return new
    head, *rest = path
    if isinstance(value, dict):
        return {**value, head: replaced(value[head], rest, new)}
    return [*value[:head], replaced(value[head], rest, new), *value[head + 1 :]]


@st.composite
def bent_documents(draw):
    """A real document with one to three of its values replaced by something else."""
    document = draw(st.sampled_from(DOCUMENTS))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(document))))
        document = replaced(document, path, draw(ANYTHING))
        if not isinstance(document, dict):
            break
    return document


@settings(
    max_examples=400, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(bent_documents())
def test_a_bent_order_is_refused_by_rule_or_adds_up(document):
    try:
        intake = to_order(read_document(document), a_merchant(), order_id="o", now=NOW)
    except Refused as refused:
        unnamed = [
            violation for violation in refused.violations if not (violation.field and violation.message)
        ]
    else:
        unnamed = []
        adds_up(intake)
    assert unnamed == []


def adds_up(intake):
    order = intake.order
    assert order_total(order) >= 0
    assert all(line.quantity >= 1 and line.unit_price >= 0 for line in order.lines)
    captured = sum(payment.captured for payment in order.payments)
    assert sum(refund.amount for refund in order.refunds if refund.counts) <= captured
    assert all(posting.amount > 0 for posting in intake.postings)
    order.model_dump_json()


LINE = {"line": "L1", "quantity": 1}
REQUESTS = [
    ("/v1/orders/7001/return-requests",
     {"request_id": "r1", "lines": [LINE], "customer_reason": "damaged", "words": "It broke."}),
    ("/v1/orders/import", [DOCUMENT]),
    ("/v1/conversations", {"ticket": {"id": "T1", "subject": "s", "body": "b", "requester_email": "a@b.example"}}),
    ("/v1/orders/7001/proposals",
     {"kind": "refund", "payload": {"lines": [LINE], "currency": "EUR", "reason": "goodwill"}}),
]  # fmt: skip


@st.composite
def bent_requests(draw):
    """A request that other systems send, with values replaced, or bytes that are no JSON at all."""
    path, body = draw(st.sampled_from(REQUESTS))
    if draw(st.integers(0, 9)) == 0:
        return path, draw(st.binary(max_size=200))
    for _ in range(draw(st.integers(1, 2))):
        spot = draw(st.sampled_from(list(places(body))))
        body = replaced(body, spot, draw(ANYTHING))
        if not isinstance(body, dict | list):
            break
    return path, json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")


class Quiet:
    def info(self, *_, **__):
        pass

    error = info


async def test_a_bent_request_from_another_system_never_breaks_the_desk(tmp_path):
    found = []

    @settings(
        max_examples=150,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(bent_requests())
    def collect(request):
        found.append(request)

    collect()
    given_settings = Settings(
        data=tmp_path, merchant="shop", currency="EUR", requests_per_second=0, worker="external"
    )
    async with application(given_settings, create=True) as app:
        await app.store.write("shop", people)
        await app.store.write("shop", lambda uow: put_orders(uow, [DOCUMENT, OTHER]))
        secret = await Tokens(app.store, "shop").new("sam", ["read", "converse", "import"])
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        transport = httpx.ASGITransport(app=create_app(app, log=Quiet()))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=headers
        ) as client:
            for path, body in found:
                answer = await client.post(path, content=body)
                assert answer.status_code < 500, (path, body, answer.text)
                assert answer.status_code != 403
                if answer.status_code >= 400:
                    assert answer.json()["code"], body
                else:
                    orjson.loads(answer.content)
        assert await app.store.read("shop", lambda uow: uow.ledger.sum()) == 0
        assert (await app.store.read("shop", lambda uow: uow.audit.verify())).intact
