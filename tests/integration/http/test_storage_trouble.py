"""The database goes away under a running desk, and comes back."""


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
