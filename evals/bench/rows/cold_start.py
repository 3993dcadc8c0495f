"""From nothing to an answer: `desk --help`, and `desk serve` until `/healthz` answers.

Bytecode is there, as it is after any first start: it goes to a folder of the bench's own, filled by one start that is
not timed, whatever PYTHONDONTWRITEBYTECODE says here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from evals.bench.figures import Figure, Measured, median, spread, timed
from evals.bench.place import Place
from evals.bench.serving import DESK, free_port, start


def run(place: Place) -> Measured:
    """A bare Python, the help and the server, in turn."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if not place.quick:
        environ["PYTHONPYCACHEPREFIX"] = str(place.subfolder())
        _help(environ)
        _ready(place.subfolder(), environ)
    bare: list[float] = []
    shown: list[float] = []
    again: list[float] = []
    first: list[float] = []
    for _ in range(place.size(7, 1)):
        bare.append(timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True, env=environ)))
        shown.append(timed(lambda: _help(environ)))
    for _ in range(place.rounds):
        folder = place.subfolder()
        first.append(_ready(folder, environ))
        again.append(_ready(folder, environ))
    rows = [
        ("python -c pass", spread(bare)),
        ("desk --help", spread(shown)),
        ("desk serve --demo, first start", spread(first)),
        ("desk serve --demo, the shop is there", spread(again)),
    ]
    figures = [
        Figure("help_seconds", median(shown), 0.5, False),
        Figure("server_ready_seconds", median(again), 3, False),
        Figure("server_first_start_seconds", median(first), 3, False, "makes the demo shop as well"),
    ]
    return Measured(figures, ("what", "seconds, median (least–greatest)"), rows)


def _help(environ: dict[str, str]) -> None:
    command = [sys.executable, *DESK, "--help"]
    script = Path(sys.executable).with_name("desk")
    if script.exists():
        command = [str(script), "--help"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environ)


def _ready(folder: Path, environ: dict[str, str]) -> float:
    port = free_port()
    given = {**environ, "DESK_DATA": str(folder), "DESK_PORT": str(port)}
    started = time.perf_counter()
    server = start([*DESK, "serve", "--demo"], given, port, folder / "log")
    seconds = time.perf_counter() - started
    server.stop()
    return seconds
