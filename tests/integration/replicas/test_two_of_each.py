"""Two servers and two workers on one PostgreSQL: a conversation hops between them, and one of each is killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time

import httpx
import pytest

from integrations.payments.sandbox import SandboxProvider

READY_SECONDS = 60
SETTLED_SECONDS = 90


class Replicas:
    """Processes of the real command on one database and one data folder."""

    def __init__(self, url, folder):
        self.folder, self.running, self.clients = folder, [], []
        self.env = {
            **os.environ,
            "DATABASE_URL": url,
            "DESK_DATA": str(folder),
            "DESK_PORT": "0",
            "DESK_WORKER": "external",
        }

    def start(self, *arguments, ready):
        """A process, once it has printed what says that it is ready; its line."""
        command = [sys.executable, "-c", "from integrations.cli import main; main()", *arguments]
        process = subprocess.Popen(
            command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.running.append(process)
        assert process.stdout is not None
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            line = process.stdout.readline()
            found = re.search(ready, line)
            if found:
                return process, found
            assert line or process.poll() is None, f"{arguments} ended early"
        raise AssertionError(f"{arguments} was not ready in time")

    def server(self):
        process, found = self.start("serve", "--demo", ready=r"(http://127\.0\.0\.1:\d+)/(?:tickets)?#token")
        noted = json.loads((self.folder / "running.json").read_text())
        client = httpx.Client(base_url=found.group(1), timeout=30)
        self.clients.append(client)
        given = client.post("/local/token", json={"staff": "ana"}, headers={"X-Desk-Local": noted["secret"]})
        client.headers["Authorization"] = f"Bearer {given.json()['token']}"
        return process, client

    def worker(self):
        return self.start("worker", "--demo", ready="running")[0]

    def stop(self):
        for client in self.clients:
            client.close()
        for process in self.running:
            process.kill()
            process.wait()
            process.stdout.close()


@pytest.fixture
def replicas(postgres_url, tmp_path):
    started = Replicas(postgres_url, tmp_path)
    yield started
    started.stop()


@pytest.mark.timeout(300)
def test_a_conversation_hops_between_servers_and_a_killed_pair_costs_and_doubles_nothing(replicas):
    _, first = replicas.server()
    doomed_server, second = replicas.server()
    doomed_worker, _ = replicas.worker(), replicas.worker()
    talk = first.post("/v1/conversations", json={}).json()["id"]
    say = f"/v1/conversations/{talk}/messages"
    first.post(say, json={"text": "refund the runner on 1042, she changed her mind"}).raise_for_status()
    changed = second.post(say, json={"text": "make it 10 dollars"}).json()
    card = next(block for block in changed["blocks"] if block["kind"] == "proposal")
    assert card["headline"] == "$10.00"

    path, seen = f"/v1/proposals/{card['proposal_id']}", {"sha256": card["sha256"]}
    second.post(f"{path}/confirm", json=seen, headers={"Prefer": "respond-async"})
    doomed_server.send_signal(signal.SIGKILL)
    doomed_worker.send_signal(signal.SIGKILL)

    state, until = "", time.monotonic() + SETTLED_SECONDS
    while state not in ("executed", "failed") and time.monotonic() < until:
        state = first.get(path).json()["state"]
        if state == "open":
            first.post(f"{path}/confirm", json=seen, headers={"Prefer": "respond-async"})
        time.sleep(0.2)
    order = first.get("/v1/orders/1042").json()["order"]
    assert state == "executed"
    assert [(refund["amount"], refund["status"]) for refund in order["refunds"]] == [(1000, "succeeded")]
    effects = SandboxProvider(replicas.folder / "sandbox.db").effects(card["proposal_id"])
    assert [effect.amount for effect in effects] == [1000]
    told = first.post(f"{path}/confirm", json=seen)
    assert told.status_code == 409
    assert told.json()["code"] == "proposal_decided"
