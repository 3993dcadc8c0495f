"""The outbox and reconciliation for people of finance: over the API, and from the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.ports import JobSpec, ProviderRequest
from domain.refunds.model import RefundStatus


def today():
    return {"day": datetime.now(UTC).date().isoformat()}


async def confirmed(client, a_refund, amount=1000) -> str:
    card = (await client.post("/v1/orders/1042/proposals", json=a_refund(amount))).json()
    path = f"/v1/proposals/{card['id']}/confirm"
    await client.post(path, json={"sha256": card["sha256"]}, headers={"Prefer": "respond-async"})
    return str(card["id"])


@pytest.fixture
async def quiet(open_door):
    """A desk whose worker runs only when a test says so."""
    async with open_door(worker="external") as door:
        yield door


@pytest.fixture
async def people(quiet):
    async with await quiet.client("ana") as ana, await quiet.client("fin") as fin:
        yield ana, fin


async def the_job(door, kind="execute_refund"):
    (job,) = [job for job in await door.app.store.jobs.jobs() if job.kind == kind]
    return job


async def dead_refund(door, ana, a_refund, *faults) -> str:
    """A refund nobody got an answer about, in the dead letters."""
    door.app.provider.script(*faults)
    proposal = await confirmed(ana, a_refund)
    (job,) = await door.app.store.jobs.claim(owner="w", lease_seconds=60)
    handler = door.app.worker._handlers[job.kind]
    outcome = await handler(job)
    await door.app.store.jobs.bury(job, error=outcome.error if outcome else "given up")
    return proposal


async def test_a_dead_job_is_listed_explained_and_put_back_by_finance_and_then_pays_once(
    quiet, people, a_refund
):
    ana, fin = people
    proposal = await dead_refund(quiet, ana, a_refund, "timeout_before")
    (job,) = (await fin.get("/v1/jobs?state=dead")).json()["jobs"]
    assert (job["kind"], job["key"]) == ("execute_refund", proposal)
    told = (await fin.get(f"/v1/jobs/{job['id']}")).json()
    story = " ".join(told["sentences"])
    assert told["order"] == "#1042"
    for words in ("10.00 USD", "unknown", "no answer, it may have happened", "Requeue"):
        assert words in story
    again = (await fin.post(f"/v1/jobs/{job['id']}/requeue")).json()
    assert (again["state"], again["attempts"], again["key"]) == ("queued", 0, proposal)
    events = (await fin.get("/v1/audit/events?kind=job.requeued")).json()["events"]
    assert [(event["subject"], event["actor"]) for event in events] == [(proposal, "fin")]
    await quiet.app.worker.run_once()
    assert len(quiet.app.provider.effects(proposal)) == 1
    refused = await fin.post(f"/v1/jobs/{job['id']}/requeue")
    assert refused.status_code == 422
    assert refused.json()["violations"][0]["value"] == "done"


async def test_only_finance_sees_jobs_and_reconciles_and_numbers_that_are_none_are_refused(quiet, people):
    ana, fin = people
    for answer in (
        await ana.get("/v1/jobs"),
        await ana.get("/v1/jobs/1"),
        await ana.post("/v1/jobs/1/requeue"),
        await ana.post("/v1/reconciliations", json={}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "not_authorised")
    missing = await fin.get("/v1/jobs/999999")
    assert (missing.status_code, missing.json()["violations"][0]["field"]) == (404, "job")


async def test_another_merchants_jobs_are_not_here(quiet, people):
    _, fin = people
    store = quiet.app.store
    await store.save_merchant(quiet.app.merchant.model_copy(update={"id": "other"}))
    await store.write("other", lambda uow: uow.jobs.enqueue(JobSpec("notify", "theirs")))
    number = next(job.id for job in await store.jobs.jobs() if job.key == "theirs")
    assert "theirs" not in (await fin.get("/v1/jobs?limit=500")).text
    assert (await fin.get(f"/v1/jobs/{number}")).status_code == 404


async def test_a_day_without_differences_agrees(quiet, people, a_refund):
    ana, fin = people
    await confirmed(ana, a_refund)
    await quiet.app.worker.run_once()
    report = (await fin.post("/v1/reconciliations", json=today())).json()
    assert (report["ours"], report["theirs"], report["differences"]) == (1, 1, [])
    yesterday = (await fin.post("/v1/reconciliations", json={})).json()
    assert yesterday["day"] == (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    assert yesterday["differences"] == []


@pytest.mark.parametrize(("faults", "ends"), [(["timeout_after"], "succeeded"), (["late_decline"], "failed")])
async def test_an_unknown_refund_is_asked_about_and_gets_its_end(quiet, people, a_refund, faults, ends):
    ana, fin = people
    proposal = await dead_refund(quiet, ana, a_refund, *faults)
    quiet.app.provider.release()
    report = (await fin.post("/v1/reconciliations", json=today())).json()
    assert (report["asked"], report["cleared"], report["differences"]) == (1, 1, [])
    order = await quiet.app.store.read("demo", lambda uow: uow.orders.by_number("1042"))
    assert [(refund.id, refund.status) for refund in order.refunds] == [(proposal, RefundStatus(ends))]
    await quiet.app.worker.run_once()
    assert (await the_job(quiet)).state == "done"


async def test_a_refund_the_provider_never_heard_of_stays_unknown_and_is_listed_once(quiet, people, a_refund):
    ana, fin = people
    proposal = await dead_refund(quiet, ana, a_refund, "timeout_before")
    report = (await fin.post("/v1/reconciliations", json=today())).json()
    assert (report["asked"], report["cleared"]) == (1, 0)
    assert [(each["kind"], each["refund_id"], each["order"]) for each in report["differences"]] == [
        ("unknown", proposal, "#1042")
    ]
    assert (await the_job(quiet)).state == "dead"


async def test_each_kind_of_difference_is_named_with_both_sides(quiet, people, a_refund):
    ana, fin = people
    proposal = await confirmed(ana, a_refund)
    await quiet.app.worker.run_once()
    sandbox = quiet.app.provider
    await sandbox.refund(ProviderRequest("elsewhere", "elsewhere", "pi_elsewhere", 700, "USD"))
    report = (await fin.post("/v1/reconciliations", json=today())).json()
    assert [(each["kind"], each["ours"], each["theirs"]) for each in report["differences"]] == [
        ("missing_here", "", "7.00 USD succeeded")
    ]
    sandbox._book._connection.execute("update effects set amount = 900 where key = ?", (proposal,))
    report = (await fin.post("/v1/reconciliations", json=today())).json()
    assert ("other_amount", "10.00 USD succeeded", "9.00 USD succeeded") in [
        (each["kind"], each["ours"], each["theirs"]) for each in report["differences"]
    ]
    sandbox._book._connection.execute("update effects set amount = 1000 where key = ?", (proposal,))
    sandbox.reverse(proposal)
    report = (await fin.post("/v1/reconciliations", json=today())).json()
    assert ("other_status", proposal) in [(each["kind"], each["refund_id"]) for each in report["differences"]]
    sandbox._book._connection.execute("delete from effects where key = ?", (proposal,))
    report = (await fin.post("/v1/reconciliations", json=today())).json()
    assert ("missing_there", proposal) in [
        (each["kind"], each["refund_id"]) for each in report["differences"]
    ]


async def test_a_refund_made_at_the_provider_on_the_other_side_of_midnight_is_no_difference(
    quiet, people, a_refund
):
    ana, fin = people
    proposal = await confirmed(ana, a_refund)
    await quiet.app.worker.run_once()
    moved = "update effects set at = at + 86400 where key = ?"
    quiet.app.provider._book._connection.execute(moved, (proposal,))
    assert (await fin.post("/v1/reconciliations", json=today())).json()["differences"] == []
    tomorrow = {"day": (datetime.now(UTC).date() + timedelta(days=1)).isoformat()}
    report = (await fin.post("/v1/reconciliations", json=tomorrow)).json()
    assert (report["ours"], report["theirs"], report["differences"]) == (0, 1, [])


async def test_while_the_provider_is_away_reconciliation_says_so(quiet, people, monkeypatch):
    from domain.ports import ProviderUnavailable

    async def away(since, until):
        raise ProviderUnavailable("maintenance", retry_after=30)

    monkeypatch.setattr(quiet.app.provider, "refunds", away)
    answer = await people[1].post("/v1/reconciliations", json={})
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (
        503, "provider_unavailable", "30",
    )  # fmt: skip
