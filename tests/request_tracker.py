"""A real RT 5 for tests: Debian's, with a database, a configuration and a port of its own, gone with the run."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from tests.setup.parts import require_part

LIBRARY = "/usr/share/request-tracker5/lib"
SERVER = "/usr/share/request-tracker5/libexec/rt-server"
SETUP = "/usr/sbin/rt-setup-database-5"
DOCS = Path(__file__).parents[1] / "docs/helpdesk.md"

_CONFIG = """
Set($rtname, 'desk.test'); Set($Organization, 'desk.test'); Set($Timezone, 'UTC');
Set($WebDomain, '127.0.0.1'); Set($WebPort, {port}); Set($WebPath, '');
Set($DatabaseType, 'SQLite'); Set($DatabaseName, '{folder}/rt.db');
Set($BcryptCost, 4);
Set($LogToSyslog, undef); Set($LogToFile, undef); Set($LogToSTDERR, 'error');
Set($MailCommand, 'testfile'); Set($CorrespondAddress, 'rt@desk.test'); Set($CommentAddress, 'rt-comment@desk.test');
$RT::VarPath = '{folder}'; $RT::MasonDataDir = '{folder}/mason'; $RT::MasonSessionDir = '{folder}/sessions';
1;
"""
_PREPARE = """
use lib '%s';
use RT -init;
my $queue = RT::Queue->new(RT->SystemUser); $queue->Load('General');
for my $field (['Order number', 1], ['Desk tags', 0]) {
    my $cf = RT::CustomField->new(RT->SystemUser);
    $cf->Create(Name => $field->[0], Type => 'Freeform', MaxValues => $field->[1],
                LookupType => 'RT::Queue-RT::Ticket');
    $cf->AddToObject($queue);
}
my $scrips = RT::Scrips->new(RT->SystemUser); $scrips->UnLimit;
while (my $scrip = $scrips->Next) { $scrip->SetDisabled(1) }  # nobody reads the mail they would send
RT::Scrip->new(RT->SystemUser)->Create(
    Queue => 0, Description => 'Returns Desk', ScripCondition => 'On Transaction', ScripAction => 'User Defined',
    Template => 'Blank', CustomPrepareCode => 'return 1;', CustomCommitCode => $ENV{SCRIP},
);
my $root = RT::User->new(RT->SystemUser); $root->Load('root');
my ($ok, $message, $secret) =
    RT::AuthToken->new(RT->SystemUser)->Create(Owner => $root->id, Description => 'desk');
print "token=$secret\\n";
"""


SECRET = "scrip-secret"


class Hooks(ThreadingHTTPServer):
    """Takes down what is posted: headers in lower case, and the body."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taken)
        self.seen: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        """Where to post."""
        return f"http://127.0.0.1:{self.server_address[1]}/"


class _Taken(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        hooks = self.server
        assert isinstance(hooks, Hooks)
        hooks.seen.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *given: object) -> None:
        return None


def documented_scrip(url: str) -> str:
    """The scrip of docs/helpdesk.md, for this address and secret."""
    code = DOCS.read_text(encoding="utf-8").split("```perl\n")[1].split("```")[0]
    return code.replace("https://desk.acme.example/webhooks/helpdesk/rt", url).replace(
        "'SECRET'", f"'{SECRET}'"
    )


@dataclass(frozen=True)
class RequestTrackerServer:
    """A running RT: its address, and a token of its superuser."""

    url: str
    token: str
    hooks: Hooks
    """What its scrip sent: that of docs/helpdesk.md."""

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """The API, for what a test does behind the adapter's back."""
        headers = {"Authorization": f"token {self.token}"}
        response = httpx.request(
            method, f"{self.url}/REST/2.0{path}", headers=headers, timeout=60, trust_env=False, **given
        )
        response.raise_for_status()
        return response


@pytest.fixture(scope="session")
def request_tracker() -> Iterator[RequestTrackerServer]:
    """A running server. Without the part the test fails, or is left out and named (tests/setup/parts.py)."""
    require_part("request-tracker5")
    hooks = Hooks()
    Thread(target=hooks.serve_forever, daemon=True).start()
    with hooks, tempfile.TemporaryDirectory(prefix="desk-rt-", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), _free_port()
        for part in ("mason", "sessions"):
            (folder / part).mkdir()
        (folder / "RT_SiteConfig.pm").write_text(_CONFIG.format(folder=folder, port=port))
        config = {
            "RT_SITE_CONFIG": str(folder / "RT_SiteConfig.pm"),
            "RT_SITE_CONFIG_DIR": str(folder / "none"),
        }
        env = {**os.environ, **config, "HOME": name, "SCRIP": documented_scrip(hooks.url)}
        _run([SETUP, "--action", "init", "--skip-create"], env)
        said = _run(["perl", "-e", _PREPARE % LIBRARY], env)
        token = next(line.partition("=")[2] for line in said.splitlines() if line.startswith("token="))
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [SERVER, "--port", str(port), "--max-workers", "2"], env=env, cwd=folder, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            running = RequestTrackerServer(f"http://127.0.0.1:{port}", token, hooks)
            _wait_for(running, server, folder / "log")
            yield running
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait(10)
            hooks.shutdown()


def _run(command: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(
        command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=250, check=False
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def _wait_for(running: RequestTrackerServer, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers; it fails at once where it has ended."""
    end = time.monotonic() + 250
    while time.monotonic() < end:
        assert server.poll() is None, f"RT ended: {log.read_text(errors='replace')[-2000:]}"
        with suppress(httpx.HTTPError):
            running.ask("GET", "/rt")
            return
        time.sleep(0.1)
    pytest.fail(f"RT does not answer: {log.read_text(errors='replace')[-2000:]}", pytrace=False)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
