"""`desk jobs` and `desk reconcile`: for people of finance."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from integrations.cli.running import run as _run

jobs = typer.Typer(help="The outbox: what waits, what died and why.", no_args_is_help=True)
Demo = Annotated[bool, typer.Option("--demo", help="Use the demo shop; it is made at the first start.")]
Who = Annotated[str, typer.Option("--staff", help="Who asks: somebody of finance, by id.")]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]
Number = Annotated[int, typer.Argument(help="The job's number.")]


@jobs.command("list")
def list_jobs(
    state: Annotated[str, typer.Option(help="dead, queued, leased, done, or all.")] = "dead",
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    demo: Demo = False,
    staff: Who = "fin",
    as_json: Json = False,
) -> None:
    """Jobs of a state, the newest first."""
    _run(_list(state, limit, demo=demo, staff=staff, as_json=as_json))


@jobs.command("explain")
def explain(number: Number, demo: Demo = False, staff: Who = "fin", as_json: Json = False) -> None:
    """What a job is for, where that stands, and what can be done."""
    _run(_explain(number, demo=demo, staff=staff, as_json=as_json))


@jobs.command("requeue")
def requeue(number: Number, demo: Demo = False, staff: Who = "fin") -> None:
    """Put a dead job back to work, with the same key."""
    _run(_requeue(number, demo=demo, staff=staff))


def reconcile(
    day: Annotated[str, typer.Option(help="YYYY-MM-DD, UTC; without it, yesterday.")] = "",
    demo: Demo = False,
    staff: Who = "fin",
    as_json: Json = False,
) -> None:
    """Compare the payment provider's books with ours; exit code 1 where they differ."""
    raise typer.Exit(_run(_reconcile(day, demo=demo, staff=staff, as_json=as_json)))


async def _list(state: str, limit: int, *, demo: bool, staff: str, as_json: bool) -> None:
    from integrations.cli.through import asked, desk

    query: dict[str, Any] = {"limit": limit, **({} if state == "all" else {"state": state})}
    async with desk(demo=demo, staff=staff) as client:
        found = (await asked(client, "GET", "/v1/jobs", params=query))["jobs"]
    if as_json:
        print(json.dumps(found))
        return
    print(f"{len(found)} jobs ({state})")
    for job in found:
        print(f"{job['id']:>7}  {job['state']:<7} {job['kind']:<15} {job['key']}  attempts {job['attempts']}")
        if job["last_error"]:
            print(f"         {job['last_error']}")


async def _explain(number: int, *, demo: bool, staff: str, as_json: bool) -> None:
    from integrations.cli.through import asked, desk

    async with desk(demo=demo, staff=staff) as client:
        job = await asked(client, "GET", f"/v1/jobs/{number}")
    if as_json:
        print(json.dumps(job))
        return
    print(f"Job {job['id']}, {job['state']}, of {job['created_at']}")
    print("\n".join(job["sentences"]))


async def _requeue(number: int, *, demo: bool, staff: str) -> None:
    from integrations.cli.through import asked, desk

    async with desk(demo=demo, staff=staff) as client:
        job = await asked(client, "POST", f"/v1/jobs/{number}/requeue")
    print(f"job {job['id']} ({job['key']}) is {job['state']} again")


async def _reconcile(day: str, *, demo: bool, staff: str, as_json: bool) -> int:
    from integrations.cli.through import asked, desk

    async with desk(demo=demo, staff=staff) as client:
        report = await asked(client, "POST", "/v1/reconciliations", json={"day": day or None})
    if as_json:
        print(json.dumps(report))
        return 1 if report["differences"] else 0
    print(f"{report['day']}: {report['ours']} refunds here, {report['theirs']} at the provider")
    print(f"asked about {report['asked']} without an end, {report['cleared']} have one now")
    for each in report["differences"]:
        name = each["refund_id"] or each["ref"]
        print(f"{each['kind']:<14} {each['order'] or '-':<10} {name}: here {each['ours'] or 'nothing'}, "
              f"there {each['theirs'] or 'nothing'}")  # fmt: skip
    print("the books differ" if report["differences"] else "the books agree")
    return 1 if report["differences"] else 0
