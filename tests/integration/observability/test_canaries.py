"""Planted words of a customer, a card and a token must not turn up in logs, traces, checkpoints, prompts or reports."""

import logging

from agent.reading.chat_model.prompt import describe
from integrations.observability.logs import JsonFormatter, json_logger, without_secrets
from tests.integration.administration.conftest import CANARIES, EMAIL, NAME, TICKET, WORDS
from tests.integration.observability.conftest import a_refund_over_http

PLANTED = (*CANARIES, "hunter2")


def found_in(text):
    low = text.casefold()
    return [word for word in PLANTED if word.casefold() in low]


class Eavesdropper:
    """A reader that notes what a chat model would have been sent."""

    def __init__(self, reader):
        self.reader, self.name, self.prompts = reader, reader.name, []

    def read(self, view):
        self.prompts.append(describe(view))
        return self.reader.read(view)


async def test_nothing_of_the_customer_leaves_the_tables_that_hold_it(serve, recorder, lines, tmp_path):
    ticket = {
        "id": "T1",
        "subject": TICKET,
        "body": f"{WORDS} {NAME}",
        "requester": NAME,
        "requester_email": EMAIL,
    }
    async with serve() as served, await served.client() as client:
        served.app.desk.reader.reader = heard = Eavesdropper(served.app.desk.reader.reader)
        served.app.provider.script("decline")
        photo = await client.post(
            "/v1/files", files={"file": ("zelda.jpg", b"\xff\xd8\xff canaryfile", "image/jpeg")}
        )
        await a_refund_over_http(client, ticket=ticket, files=[photo.json()["sha256"]])
        await a_refund_over_http(client, ticket=ticket)
        await client.get("/v1/orders", params={"q": NAME})
        await client.get("/v1/orders/7001")
        await client.get(f"/v1/orders/{NAME}")
        await client.post(
            "/v1/orders/import", json=[{"customer": {"name": NAME, "email": EMAIL}, "number": 5}]
        )
        metrics = (await client.get("/metrics")).text
        fin = await served.client("fin")
        reports = [(await fin.get("/v1/reports")).text]
        for table in ("cases", "refunds_by_reason", "refunds_by_product", "waivers"):
            reports.append((await fin.get("/v1/reports.csv", params={"table": table})).text)
        await fin.aclose()
        secret = client.headers["authorization"]
    traces = b"".join(recorder.bodies).decode("latin-1")
    checkpoints = (tmp_path / "desk-graph.db").read_bytes().decode("latin-1")
    assert "desk.proposal_id" in traces
    assert any("POST" in line for line in lines.text)
    assert len(heard.prompts) >= 4
    assert "direct_refund" in reports[0] or "quality_issue" in reports[0]
    for place, text in {
        "logs": "\n".join(lines.text),
        "traces": traces,
        "checkpoints": checkpoints,
        "prompts": "\n".join(heard.prompts),
        "metrics": metrics,
        "reports": "\n".join(reports),
    }.items():
        assert (place, found_in(text)) == (place, [])
        assert secret.removeprefix("Bearer ") not in text, place


async def test_an_error_on_the_way_is_logged_by_kind_and_place_and_not_by_its_words(serve, recorder, lines):
    async with serve() as served, await served.client() as client:

        class Broken:
            name = "broken"

            def read(self, view):
                raise ValueError(f"cannot read {WORDS} of {NAME}, password hunter2")

        served.app.desk.reader.reader = Broken()
        begun = (await client.post("/v1/conversations", json={})).json()
        answer = await client.post(
            f"/v1/conversations/{begun['id']}/messages", json={"text": f"{NAME} wants money"}
        )
        assert answer.status_code == 500
        assert found_in(answer.text) == []

        async def broken_job(job):
            raise RuntimeError(f"{WORDS} {EMAIL}")

        served.app.worker._handlers["canary"] = broken_job
        from domain.ports import JobSpec

        await served.app.store.write("shop", lambda uow: uow.jobs.enqueue(JobSpec("canary", "k", {})))
        while not any("(canary k) failed" in line for line in lines.text):
            await served.app.store.read("shop", lambda uow: uow.now)
    assert found_in("\n".join(lines.text)) == []
    assert found_in(b"".join(recorder.bodies).decode("latin-1")) == []


def test_lines_of_pythons_logging_lose_secrets_and_the_words_of_errors(capsys):
    try:
        raise ValueError("hunter2")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "failed: %s", (error,), None)
        caught = error
        json_logger("x").error("broke", exc_info=error)
    line = JsonFormatter().format(record)
    assert "hunter2" not in line
    assert "failed: ValueError" in line
    said = capsys.readouterr().err
    assert "hunter2" not in said
    assert "ValueError at" in said
    assert caught.args == ("hunter2",)
    assert without_secrets("postgresql://desk:hunter2@db/x") == "postgresql://[secret]@db/x"
    assert "desk_" not in without_secrets("token desk_abcdefghijklmnopqrstuvwxyz0123456789 used")


async def test_the_request_is_named_in_lines_that_others_write(serve, lines):
    class Loud:
        name = "loud"

        def read(self, view):
            logging.getLogger("integrations.loud").warning("on the way")
            raise ValueError

    async with serve() as served, await served.client(**{"X-Request-ID": "req-77"}) as client:
        served.app.desk.reader.reader = Loud()
        begun = (await client.post("/v1/conversations", json={})).json()
        await client.post(f"/v1/conversations/{begun['id']}/messages", json={"text": "hello"})
    [line] = [line for line in lines.text if "on the way" in line]
    assert '"request_id":"req-77"' in line
