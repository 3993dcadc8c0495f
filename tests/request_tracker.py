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
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.setup.parts import require_part

LIBRARY = "/usr/share/request-tracker5/lib"
SERVER = "/usr/share/request-tracker5/libexec/rt-server"
SETUP = "/usr/sbin/rt-setup-database-5"

_CONFIG = """
Set($rtname, 'desk.test'); Set($Organization, 'desk.test'); Set($Timezone, 'UTC');
Set($WebDomain, '127.0.0.1'); Set($WebPort, {port}); Set($WebPath, '');
Set($DatabaseType, 'SQLite'); Set($DatabaseName, '{folder}/rt.db');
Set($BcryptCost, 4);
Set($LogToSyslog, undef); Set($LogToFile, undef); Set($LogToSTDERR, 'error');
Set($MailCommand, 'testfile'); Set($CorrespondAddress, 'rt@desk.test'); Set($CommentAddress, 'rt-comment@desk.test');
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
my $root = RT::User->new(RT->SystemUser); $root->Load('root');
my ($ok, $message, $secret) =
    RT::AuthToken->new(RT->SystemUser)->Create(Owner => $root->id, Description => 'desk');
print "token=$secret\\n";
"""


@dataclass(frozen=True)
class RequestTrackerServer:
    """A running RT: its address, and a token of its superuser."""

    url: str
    token: str

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
    with tempfile.TemporaryDirectory(prefix="desk-rt-", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), _free_port()
        (folder / "RT_SiteConfig.pm").write_text(_CONFIG.format(folder=folder, port=port))
        config = {
            "RT_SITE_CONFIG": str(folder / "RT_SiteConfig.pm"),
            "RT_SITE_CONFIG_DIR": str(folder / "none"),
        }
        env = {**os.environ, **config, "HOME": name}
        _run([SETUP, "--action", "init", "--skip-create"], env)
        said = _run(["perl", "-e", _PREPARE % LIBRARY], env)
        token = next(line.partition("=")[2] for line in said.splitlines() if line.startswith("token="))
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [SERVER, "--port", str(port), "--max-workers", "2"], env=env, cwd=folder, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            running = RequestTrackerServer(f"http://127.0.0.1:{port}", token)
            _wait_for(running, server, folder / "log")
            yield running
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait(10)


def _run(command: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(
        command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def _wait_for(running: RequestTrackerServer, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers; it fails at once where it has ended."""
    end = time.monotonic() + 100
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
