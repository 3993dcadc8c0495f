"""What can be counted, is; who may read it; and health tells the truth."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from agent.reading.chat_model.reader import Call
from agent.reading.view import Understanding, Usage
from domain.ports import AuditEvent, JobSpec
from integrations.observability.metrics import Metrics
from tests.builders import NOW
from tests.integration.observability.conftest import a_refund_over_http

DASHBOARD = Path(__file__).parents[3] / "docs" / "observability" / "grafana-dashboard.json"


def figures(text):
    """``name{labels}`` to value."""
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return {name: Decimal(value) for name, value in lines}


async def scraped(client):
    answer = await client.get("/metrics")
    assert answer.status_code == 200, answer.text
    return figures(answer.text)


async def test_a_refund_is_counted_from_the_turn_to_the_provider(serve):
    async with serve() as served, await served.client() as client:
        await a_refund_over_http(client)
        found = await scraped(client)
    assert found['desk_turns_total{channel="http",kind="message",outcome="answered"}'] == 2
    assert found['desk_turns_total{channel="http",kind="confirm",outcome="answered"}'] == 1
    assert found['desk_proposals_total{state="confirmed"}'] == 1
    assert found['desk_proposals_total{state="executed"}'] == 1
    assert found['desk_refunds_total{outcome="succeeded"}'] == 1
    assert found['desk_jobs_total{kind="execute_refund",outcome="done"}'] == 1
    assert found['desk_provider_seconds_count{call="refund",outcome="succeeded"}'] == 1
    assert found['desk_reader_confidence_count{reader="local"}'] == 2
    assert found["desk_dead_letters"] == 0
    assert 0 <= found["desk_worker_seen_seconds"] < 60
    said = (
        'desk_request_seconds_count{method="POST",route="/v1/proposals/{proposal_id}/confirm",status="200"}'
    )
    assert found[said] == 1
    assert not any("7001" in name or "prop_" in name for name in found)


async def test_unknown_refunds_and_dead_letters_show(serve):
    async with serve(wait_seconds=0.2) as served, await served.client() as client:
        served.app.provider.script("timeout_before")
        await a_refund_over_http(client)
        while 'desk_refunds_total{outcome="unknown"}' not in (found := await scraped(client)):
            pass
        assert found['desk_refunds_total{outcome="unknown"}'] == 1
        assert found["desk_jobs_waiting"] >= 1
        assert found['desk_provider_seconds_count{call="refund",outcome="timeout"}'] == 1

        def lost(uow):
            uow.jobs.enqueue(JobSpec("execute_refund", "x", {"order_id": "none", "refund_id": "none"}))

        await served.app.store.write("shop", lost)
        while (found := await scraped(client))["desk_dead_letters"] == 0:
            pass
        assert found["desk_dead_letters"] == 1
        assert found['desk_jobs_total{kind="execute_refund",outcome="dead"}'] == 1


def test_a_models_tokens_cost_and_fallbacks_are_counted():
    metrics = Metrics()
    metrics.model_call(Call(Usage(calls=1, prompt_tokens=100, completion_tokens=20, cost="0.0125"), 0.5, ""))
    metrics.model_call(Call(Usage(calls=1), 8.0, "timed out"))
    for fallback in ("timed out", "malformed: KeyError", "something new: Zelda"):
        metrics.read(Understanding(reader="local", confidence=0.4, fallback=fallback))
    found = figures(metrics.text().decode())
    assert found['desk_model_tokens_total{kind="prompt"}'] == 100
    assert found['desk_model_tokens_total{kind="completion"}'] == 20
    assert found["desk_model_cost_total"] == Decimal("0.0125")
    assert found['desk_model_calls_total{outcome="not used"}'] == 1
    reasons = {name: value for name, value in found.items() if name.startswith("desk_reader_fallbacks_total")}
    assert set(reasons) == {
        f'desk_reader_fallbacks_total{{reason="{r}"}}' for r in ("timed out", "malformed", "other")
    }


def test_a_transaction_that_was_taken_back_counts_nothing():
    metrics = Metrics()
    metrics.committed(
        [AuditEvent("refund.failed", "r1", "system", NOW), AuditEvent("token.issued", "t", "a", NOW)]
    )
    found = figures(metrics.text().decode())
    assert [name for name in found if name.startswith("desk_refunds_total")] == [
        'desk_refunds_total{outcome="failed"}'
    ]


async def test_only_what_is_committed_is_told(serve):
    async with serve() as served:
        told: list[AuditEvent] = []
        served.app.store.on_commit = told.extend

        def broken(uow):
            uow.audit.append(AuditEvent("refund.succeeded", "r1", "x", uow.now))
            raise RuntimeError("taken back")

        with pytest.raises(RuntimeError):
            await served.app.store.write("shop", broken)
        assert told == []


@pytest.mark.parametrize(
    ("scopes", "status"), [(("metrics",), 200), (("read", "admin", "decide", "converse", "import"), 403)]
)
async def test_metrics_need_a_token_of_their_own_scope(serve, scopes, status):
    async with serve() as served:
        async with await served.client(scopes=scopes) as client:
            assert (await client.get("/metrics")).status_code == status
        async with await served.client(**{"Authorization": "Bearer desk_wrong"}) as client:
            assert (await client.get("/metrics")).status_code == 401


async def test_readiness_knows_the_worker_the_schema_and_the_provider(serve):
    async with serve() as served, await served.client() as client:
        ready = await client.get("/readyz")
        assert ready.json() == {
            "status": "ok",
            "checks": {"database": "ok", "migrations": "ok", "worker": "ok", "provider": "ok"},
        }
        served.app.watch.unanswered = 3
        degraded = await client.get("/readyz")
        assert (degraded.status_code, degraded.json()["status"]) == (200, "degraded")
        assert degraded.json()["checks"]["provider"] == "not answering"


async def test_a_worker_that_died_and_a_schema_that_is_not_ours_make_the_desk_not_ready(serve, tmp_path):
    import contextlib
    import sqlite3

    async with serve(worker="external") as served, await served.client() as client:
        assert (await client.get("/readyz")).json()["checks"]["worker"] == "none has shown itself"
        await served.app.store.jobs.beat("w1")
        assert (await client.get("/readyz")).json()["checks"]["worker"] == "ok"
        with contextlib.closing(sqlite3.connect(tmp_path / "desk.db")) as connection, connection:
            old = (await served.app.store.read("shop", lambda uow: uow.now)) - timedelta(minutes=5)
            connection.execute("update workers set beat_at = ?", [old.isoformat(timespec="microseconds")])
            connection.execute("update alembic_version set version_num = '0001'")
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        assert re.fullmatch(r"last seen \d+ s ago", answer.json()["checks"]["worker"])
        assert answer.json()["checks"]["migrations"].startswith("schema 0001")


def test_the_dashboard_asks_only_for_metrics_that_exist():
    dashboard = json.loads(DASHBOARD.read_text())
    asked = {
        name
        for panel in dashboard["panels"]
        for target in panel.get("targets", [])
        for name in re.findall(r"\bdesk_[a-z_]+", target["expr"])
    }
    have = set()
    for family in Metrics().registry.collect():
        have |= {
            family.name,
            f"{family.name}_total",
            f"{family.name}_bucket",
            f"{family.name}_count",
            f"{family.name}_sum",
        }
    assert asked
    assert asked - have == set()
    shown = {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in asked}
    assert {family.name for family in Metrics().registry.collect()} - shown == set(), (
        "every metric has a panel"
    )
