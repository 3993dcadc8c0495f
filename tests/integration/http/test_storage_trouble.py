"""The database goes away under a running desk, and comes back."""

import pytest


async def test_trouble_with_the_database_is_said_and_passes(door, ana, a_refund):
    assert (await ana.get("/readyz")).json()["status"] == "ok"
    file = door.app.settings.data / "desk.db"
    aside = file.with_suffix(".aside")
    file.rename(aside)
    for answer in (
        await ana.get("/v1/orders/1042"),
        await ana.post("/v1/orders/1042/proposals", json=a_refund()),
        await ana.post("/v1/conversations", headers={"Idempotency-Key": "k"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
        assert int(answer.headers["retry-after"]) >= 1
    ready = await ana.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["checks"]["database"] == "cannot be used"
    assert (await ana.get("/healthz")).status_code == 200
    aside.rename(file)
    assert (await ana.post("/v1/orders/1042/proposals", json=a_refund())).status_code == 201


async def test_jobs_that_nobody_takes_make_the_desk_not_ready(open_door, a_refund):
    from datetime import timedelta

    from domain.ports import JobSpec

    async with open_door(worker="external") as door, await door.client() as ana:
        await door.app.store.jobs.beat("another process")
        assert (await ana.get("/readyz")).status_code == 200

        def late(uow):
            uow.jobs.enqueue(JobSpec("execute_refund", "r1", {}, run_after=uow.now - timedelta(minutes=5)))

        await door.app.store.write("demo", late)
        ready = await ana.get("/readyz")
        assert (ready.status_code, ready.json()["checks"]["worker"]) == (503, "jobs are waiting")


def books(uow):
    """Refunds on the order, their jobs' keys would be, and the sum of all rows."""
    order = uow.orders.by_number("1042")
    return [(refund.id, refund.amount) for refund in order.refunds], uow.ledger.sum()


READ_ONLY = ("query_only = on", "query_only = off")
FULL = ("max_page_count = 1", f"max_page_count = {2**30}")
"""Never below what the file holds already: it cannot grow, and what fits into its pages still does."""


@pytest.mark.parametrize(("bad", "good"), [READ_ONLY, FULL], ids=["read-only", "full"])
async def test_a_disk_that_cannot_be_written_is_said_and_passes_and_leaves_nothing_half_done(
    open_door, a_refund, monkeypatch, bad, good
):
    from integrations.storage.engines import sqlite as engine

    opened, disk = engine._Guarded.open, {"is bad": False}

    def on_that_disk(self):
        connection = opened(self)
        if self._writable:
            connection.execute(f"pragma {bad if disk['is bad'] else good}")
        return connection

    monkeypatch.setattr(engine._Guarded, "open", on_that_disk)
    async with open_door(worker="external") as door, await door.client() as ana:
        card = (await ana.post("/v1/orders/1042/proposals", json=a_refund(500))).json()
        before = await door.app.store.read("demo", books)
        disk["is bad"] = True
        large = {"file": ("long.pdf", b"%PDF-1.7\n" + b"words " * 60_000 + b"\n%%EOF", "application/pdf")}
        refused = [await ana.post("/v1/files", files=large)]
        confirm = f"/v1/proposals/{card['id']}/confirm"
        seen, at_once = {"sha256": card["sha256"]}, {"Prefer": "respond-async"}
        pressed = await ana.post(confirm, json=seen, headers=at_once)
        refused += [] if pressed.is_success else [pressed]
        for answer in refused:
            assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
            assert int(answer.headers["retry-after"]) >= 1
        jobs = [job.key for job in await door.app.store.jobs.jobs() if job.kind == "execute_refund"]
        if pressed.is_success:
            assert bad in FULL
            assert await door.app.store.read("demo", books) == ([(card["id"], 500)], 0)
            assert jobs == [card["id"]]
        else:
            assert await door.app.store.read("demo", books) == before
            assert jobs == []
        assert (await ana.get("/v1/orders/1042")).status_code == 200
        disk["is bad"] = False
        again = await ana.post(confirm, json=seen, headers=at_once)
        assert again.status_code == (409 if pressed.is_success else 202)
        assert await door.app.store.read("demo", books) == ([(card["id"], 500)], 0)
        assert (await ana.post("/v1/files", files=large)).status_code == 201


async def test_a_database_that_crashes_in_the_middle_of_a_confirmation_confirms_it_once_or_not_at_all(
    open_door, a_refund, postgres, postgres_url
):
    import asyncio

    from tests.contract.storage.test_postgres_trouble import crash

    async def again_and_again(client, method, path, **request):
        """As a client does that is told to come again."""
        async with asyncio.timeout(90):
            while (answer := await client.request(method, path, **request)).status_code == 503:
                assert int(answer.headers["retry-after"]) >= 1
                await asyncio.sleep(0.1)
        return answer

    async with open_door(worker="external", database_url=postgres_url) as door, await door.client() as ana:
        made = []
        for _ in range(3):
            asked = {"json": a_refund(100, quantity=0)}
            card = (await again_and_again(ana, "POST", "/v1/orders/1042/proposals", **asked)).json()
            confirm = {"json": {"sha256": card["sha256"]}, "headers": {"Prefer": "respond-async"}}
            path = f"/v1/proposals/{card['id']}/confirm"
            answer, _ = await asyncio.gather(
                again_and_again(ana, "POST", path, **confirm), asyncio.to_thread(crash, postgres)
            )
            assert answer.status_code in (202, 409), answer.text
            made.append((card["id"], 100))
        assert (await again_and_again(ana, "GET", "/v1/orders/1042")).status_code == 200
        refunds, total = await door.app.store.read("demo", books)
        jobs = [job.key for job in await door.app.store.jobs.jobs() if job.kind == "execute_refund"]
        assert (refunds, total, sorted(jobs)) == (made, 0, sorted(key for key, _ in made))
