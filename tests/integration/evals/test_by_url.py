"""A case replayed through a running server tells what it tells in process."""

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from typer.testing import CliRunner

from agent.commands import Answer, Command, Flow, SlotValue, StartFlow
from agent.reading.view import TurnView, Understanding
from evals.case_files import read_cases
from evals.cases import CaseShape
from evals.cli import app as command
from evals.http_driver import by_url, check_trial, run_cases_by_url
from evals.replay import replay, replay_through
from evals.run import NoTrial, run_cases
from evals.runs.record import Job
from evals.runs.replaying import records_of
from evals.trial import mount_trial
from integrations.bootstrap import application
from integrations.http.app import create_app
from integrations.settings import Settings
from tests.unit.evals.papers import a_case, an_order, json_lines, the_case

CONFIRM = {"event": "confirm"}
RESTART = {"event": "restart"}
ONE_SCARF = {"say": "one scarf on #1001"}
TORN = {"say": "one torn scarf on #1001"}


def attach(*names: str, kind: str = "image/png") -> dict[str, Any]:
    return {
        "event": "attach",
        "files": [{"name": name, "type": kind, "source": "customer"} for name in names],
    }


def provider(answer: str) -> dict[str, Any]:
    return {"event": "provider", "answer": answer}


def slots(**values: Any) -> dict[str, SlotValue]:
    return {name: SlotValue(value=value) for name, value in values.items()}


def refund(reason: str, **more: Any) -> list[Command]:
    said = slots(order="1001", line=[{"line": "L1", "quantity": 1}], reason=reason, **more)
    return [StartFlow(flow=Flow.DIRECT_REFUND, slots=said)]


HEARD: dict[str, list[Command]] = {
    ONE_SCARF["say"]: refund("changed_mind"),
    TORN["say"]: refund("damaged", issue="damaged", return_needed=False),
    "here": [Answer(slots=slots(evidence={"kind": "attached", "text": None}))],
}


class Scripted:
    """Hears what the test says it hears."""

    name = "scripted"

    def read(self, view: TurnView) -> Understanding:
        if view.text == "boom":
            raise RuntimeError("the reader is ill")
        return Understanding(commands=HEARD[view.text], reader=self.name)


class Served:
    """A desk on loopback, on a thread and a loop of its own."""

    def __init__(self, folder, *, trial=True):
        self._folder, self._trial, self._started = folder, trial, threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self.address = ""

    async def _serve(self):
        async with application(Settings(data=self._folder, merchant="own"), create=True) as app:
            app.desk.reader = Scripted()
            web = create_app(app)
            if self._trial:
                mount_trial(web)
            self.server = uvicorn.Server(uvicorn.Config(web, port=0, log_config=None, access_log=False))
            serving = asyncio.ensure_future(self.server.serve())
            while not self.server.started:  # noqa: ASYNC110  (uvicorn announces it in no other way)
                await asyncio.sleep(0.01)
            self.address = f"http://127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}"
            self._started.set()
            await serving

    def __enter__(self):
        self._thread.start()
        assert self._started.wait(60)
        return self

    def __exit__(self, *_):
        self.server.should_exit = True
        self._thread.join(20)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with Served(tmp_path_factory.mktemp("served")) as desk:
        yield desk.address


def here(case: CaseShape) -> dict[str, Any]:
    return as_told(asyncio.run(replay(case, Scripted())))


def there(case: CaseShape, url: str) -> dict[str, Any]:
    return as_told(asyncio.run(replay_through(by_url(case, url), case, Scripted.name)))


def as_told(trace: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(trace))
    del told["seconds"]
    return told


SCRIPTS: dict[str, Any] = {
    "confirmed": ([ONE_SCARF, CONFIRM], {}),
    "ticket": ([ONE_SCARF, CONFIRM], {"ticket": {"subject": "Scarf", "body": "please", "requester": "Noor"}}),
    "evidence": ([TORN, attach("a", "b"), {"say": "here"}, CONFIRM], {}),
    "files alone": ([TORN, attach("a", kind="application/pdf"), CONFIRM], {}),
    "cancelled": ([ONE_SCARF, {"event": "cancel"}, CONFIRM], {}),
    "edited": (
        [ONE_SCARF, {"event": "edit", "set": {"amount": "20.00"}}, {**CONFIRM, "proposal": 1}, CONFIRM],
        {},
    ),
    "badly edited": ([ONE_SCARF, {"event": "edit", "set": {"amount": "2000.00"}}, CONFIRM], {}),
    "wrongly edited": ([ONE_SCARF, {"event": "edit", "set": {"colour": "red"}}], {}),
    "second person": (
        [
            ONE_SCARF,
            CONFIRM,
            {"event": "other_staff_confirms", "role": "supervisor", "limit": {"EUR": "50.00"}},
        ],
        {"actor": {"role": "agent", "limit": {"EUR": "10.00"}}},
    ),
    "viewer": ([ONE_SCARF, CONFIRM], {"actor": {"role": "viewer"}}),
    "expired": ([ONE_SCARF, {"event": "wait", "minutes": 31}, CONFIRM], {}),
    "long ago": ([ONE_SCARF, {"event": "wait", "minutes": 300_000}, ONE_SCARF], {}),
    "changed": (
        [
            ONE_SCARF,
            {"event": "order_changed", "order": "1001", "change": {"address": "New Street 7"}},
            CONFIRM,
        ],
        {},
    ),
    "changed return": (
        [
            ONE_SCARF,
            {
                "event": "order_changed",
                "order": "1001",
                "change": {
                    "return": {
                        "id": "R1",
                        "initiated_by": "customer",
                        "status": "requested",
                        "lines": [{"sku": "SCARF", "qty": 1}],
                    }
                },
            },
        ],
        {},
    ),
    "declined": ([ONE_SCARF, provider("decline"), CONFIRM], {}),
    "late": ([ONE_SCARF, provider("late"), CONFIRM, ONE_SCARF], {}),
    "unknown": ([ONE_SCARF, provider("timeout_after"), CONFIRM, RESTART], {}),
    "restart": ([ONE_SCARF, RESTART, CONFIRM, RESTART, ONE_SCARF], {}),
    "nothing shown": ([CONFIRM, {"event": "cancel"}, {"event": "edit", "set": {"amount": "1.00"}}], {}),
    "impossible history": (
        [ONE_SCARF],
        {"orders": [an_order(prior_refunds=[{"amount": "100.00", "status": "succeeded", "lines": []}])]},
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_case_by_url_is_told_as_in_process(served, name):
    turns, changes = SCRIPTS[name]
    case = the_case(*turns, **changes)
    assert there(case, served) == here(case)


def test_ids_apart_a_press_before_the_first_word_changes_nothing(served):
    case = the_case(CONFIRM, ONE_SCARF, CONFIRM)
    told = there(case, served)
    assert told["error"] is None
    assert told["end"]["proposals"] == here(case)["end"]["proposals"] == {"executed": 1}


EXAMPLES = Path(__file__).parents[3] / "evals/datasets/cases/examples.jsonl"


def test_the_examples_read_by_the_embedded_reader(served):
    cases = read_cases(EXAMPLES)
    by_url_told = [as_told(trace) for trace in run_cases_by_url(cases, served, reader="local", jobs=2)]
    assert by_url_told == [as_told(trace) for trace in run_cases(cases, jobs=1)]
    assert [trace["error"] for trace in by_url_told] == [None] * 3


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (attach("a.txt", kind="text/plain"), "file_type_unknown"),
        ({"say": "boom"}, "internal_error"),
        ({"say": "x" * 8001}, "field_invalid"),
    ],
)
def test_what_the_api_does_not_take_is_the_cases_error(served, turn, said):
    told = there(the_case(turn, CONFIRM), served)
    assert said in told["error"]
    assert len(told["turns"]) == 1
    assert told["end"]["proposals"] == {}


def test_tokens_are_needed_and_a_closed_case_is_gone(served):
    with httpx.Client(base_url=served) as client:
        opened = client.post("/trial/cases", json=a_case()).json()
        assert client.post(f"{opened['base']}/v1/conversations", json={}).status_code == 401
        actor = {"Authorization": f"Bearer {opened['tokens']['actor']}"}
        assert client.post(f"{opened['base']}/v1/conversations", json={}, headers=actor).status_code == 201
        assert client.post("/v1/conversations", json={}, headers=actor).status_code == 401
        assert client.delete(opened["base"]).status_code == 204
        assert client.get(f"{opened['base']}/end").status_code == 404
        assert client.get(f"{opened['base']}/v1/orders", headers=actor).status_code == 404


def test_a_case_that_does_not_fit_is_refused(served):
    with httpx.Client(base_url=served) as client:
        assert client.post("/trial/cases", json=a_case(colour="red")).status_code == 422
        settings = a_case(merchant={"settings": {"no_such": 1}})
        assert client.post("/trial/cases", json=settings).json()["code"] == "case_does_not_fit"


def test_the_command_prints_traces_in_case_order(served, tmp_path):
    path = json_lines(tmp_path / "cases.jsonl", *(a_case(ONE_SCARF, id=f"case-{n}") for n in range(4)))
    result = CliRunner().invoke(command, ["run", str(path), "--json", "--url", served])
    assert result.exit_code == 0
    traces = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(trace["id"], trace["reader"]) for trace in traces] == [
        (f"case-{n}", "scripted") for n in range(4)
    ]


def test_a_server_takes_no_cases_unless_it_is_told_to(tmp_path):
    with Served(tmp_path, trial=False) as desk:
        assert httpx.post(f"{desk.address}/trial/cases", json=a_case()).status_code == 404
        with pytest.raises(NoTrial, match="desk serve --trial"):
            check_trial(desk.address)


def test_a_judged_run_by_url_knows_the_books_as_one_in_process_does(served):
    job = Job(case=the_case(ONE_SCARF, CONFIRM, expect={"paid": {"EUR": "32.00"}, "executed": True}))
    [record] = records_of([job], reader="", url=served)
    assert record.passed, (record.differences, record.harms)
    assert [(paid.amount, paid.status) for paid in record.beside.paid] == [("32.00", "succeeded")]
    kinds = [event.kind for event in record.beside.audit]
    assert "proposal.confirmed" in kinds
    assert len(record.beside.turn_seconds) == 2
