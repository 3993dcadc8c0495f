"""A desk over HTTP whose traces go to a recorder that speaks OTLP, as an operator would set it up."""

import logging
import threading
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from integrations.bootstrap import application
from integrations.http.access import Tokens
from integrations.http.app import create_app
from integrations.observability.logs import JsonFormatter, json_logger, quiet_libraries
from integrations.settings import Settings
from tests.integration.administration.conftest import DOCUMENT, OTHER, people, put_orders

ALL = ("read", "converse", "decide", "import", "admin", "metrics")


class Recorder:
    """Bodies that were sent to ``/v1/traces``."""

    def __init__(self):
        self.bodies: list[bytes] = []
        bodies = self.bodies

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                bodies.append(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def spans(self):
        found = []
        for body in self.bodies:
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                found += [span for scope in resource.scope_spans for span in scope.spans]
        return found


@pytest.fixture
def recorder(monkeypatch):
    recorder = Recorder()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", recorder.url)
    yield recorder
    recorder.close()


class Lines:
    """Every line that this process logs, as it would be written."""

    def __init__(self):
        self.text = []

    def write(self, text):
        if text.strip():
            self.text.append(text)

    def flush(self):
        pass


@pytest.fixture
def lines():
    """Python's own loggers included, at the level of a server."""
    found = Lines()
    handler = logging.StreamHandler(found)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    quiet_libraries()
    yield found
    root.setLevel(before)
    root.removeHandler(handler)


class Served:
    """A desk, and clients of it."""

    def __init__(self, app, log):
        self.app, self.web = app, create_app(app, log=json_logger("desk.http", log))
        self.tokens = Tokens(app.store, "shop")

    async def client(self, staff="ana", scopes=ALL, **headers):
        secret = await self.tokens.new(staff, scopes)
        given = {"Authorization": f"Bearer {secret}", **headers}
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.web), base_url="http://127.0.0.1", headers=given
        )


@pytest.fixture
def serve(tmp_path, lines):
    @asynccontextmanager
    async def served(**settings):
        given = Settings(data=tmp_path, merchant="shop", currency="EUR", requests_per_second=0, **settings)
        async with application(given, create=True) as app:
            if not await app.store.read("shop", lambda uow: uow.staff.all()):
                await app.store.write("shop", people)
                await app.store.write("shop", lambda uow: put_orders(uow, [DOCUMENT, OTHER]))
            yield Served(app, lines)

    return served


async def a_refund_over_http(client, ticket=None, files=()):
    """From a sentence to the result; the card that was confirmed."""
    if not files:
        photo = {"file": ("photo.jpg", b"\xff\xd8\xff a photo", "image/jpeg")}
        files = [(await client.post("/v1/files", files=photo)).json()["sha256"]]
    begun = (await client.post("/v1/conversations", json={"ticket": ticket} if ticket else {})).json()
    say = f"/v1/conversations/{begun['id']}/messages"
    text = 'refund one mug on 7001, it arrived cracked. the customer wrote: "canarywords cracked along the whole side"'
    await client.post(say, json={"text": text, "attachments": list(files)})
    reply = (await client.post(say, json={"text": "no need to send it back"})).json()
    [card] = [block for block in reply["blocks"] if block["kind"] == "proposal"]
    done = await client.post(f"/v1/proposals/{card['proposal_id']}/confirm", json={"sha256": card["sha256"]})
    assert done.status_code in (200, 202), done.text
    return card, begun["id"]
