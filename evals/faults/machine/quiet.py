"""At rest: nothing is under way any more. Then provider and books must tell the same story."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from evals.faults.machine.world import World
from evals.faults.watch.shop import hold

_ROUNDS = 80


def come_to_rest(world: World) -> None:
    """Late refunds end, dead jobs are taken up by a person, workers run until no job waits."""
    run, jobs = world.bench.run, world.store.jobs
    for _ in range(_ROUNDS):
        world.sandbox.release()
        run(world.worker("rest").run_once())
        for job in run(jobs.jobs(state="dead")):
            run(jobs.requeue(job.id))
        waiting = [*run(jobs.jobs(state="queued")), *run(jobs.jobs(state="leased"))]
        if not waiting:
            break
        world.clock.at = max(world.clock.at, *(job.run_after for job in waiting)) + timedelta(seconds=61)
    hold(not waiting, f"jobs do not come to an end: {waiting}")
    world.watcher.see(set(world.merchants), runs=True)
    for merchant in world.merchants:
        _settled(world, merchant)
        _chain(world, merchant)
    _effects(world)


def _settled(world: World, merchant: str) -> None:
    """Every refund has ended, and its proposal with it."""
    shop = world.shop(merchant)
    for order in shop.orders.values():
        for refund in order["refunds"]:
            job = shop.jobs.get(("execute_refund", refund["id"]))
            ended = refund["status"] in ("succeeded", "failed")
            hold(ended or job is None, f"{refund['id']} is {refund['status']} and its job {job}")
            proposal = shop.proposals.get(refund["id"])
            if proposal is not None and ended:
                expected = "executed" if refund["status"] == "succeeded" else "failed"
                hold(
                    proposal["state"] == expected, f"{refund['id']}: {refund['status']}, {proposal['state']}"
                )


def _chain(world: World, merchant: str) -> None:
    world.write(merchant, lambda uow: uow.audit.seal(100_000))
    report = world.read(merchant, lambda uow: uow.audit.verify())
    hold(report.intact, f"the audit chain of {merchant}: {report.problems}")
    hold(report.unsealed == 0, f"{report.unsealed} events of {merchant} are not sealed")
    hold(
        report.sealed == world.shop(merchant).events,
        f"{report.sealed} sealed of {world.shop(merchant).events}",
    )


def _effects(world: World) -> None:
    """What really happened at the provider is what the orders say, once each."""
    happened: Counter[tuple[str, str]] = Counter()
    paid: dict[tuple[str, str], int] = {}
    for effect in world.sandbox.effects():
        key = effect.key, effect.payment_ref
        happened[key] += 1
        paid[effect.payment_ref, effect.refund_id] = effect.amount if effect.status == "succeeded" else 0
    hold(max(happened.values(), default=0) <= 1, f"paid twice: {happened.most_common(3)}")
    said: dict[tuple[str, str], int] = {}
    for merchant in world.merchants:
        shop = world.shop(merchant)
        for order in shop.orders.values():
            refs = {payment["id"]: payment["provider_ref"] for payment in order["payments"]}
            for refund in order["refunds"]:
                if refund["id"] in shop.proposals:
                    for part in refund["allocations"]:
                        amount = part["amount"] if part["status"] == "succeeded" else 0
                        said[refs[part["payment"]], refund["id"]] = amount
    for key in paid.keys() | said.keys():
        hold(
            paid.get(key, 0) == said.get(key, 0), f"{key}: {paid.get(key)} paid, {said.get(key)} on the order"
        )
