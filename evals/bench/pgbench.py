"""The peer of a confirmation: pgbench, at its defaults, with a plain lock-read-write transaction on the same rows."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from evals.bench.figures import percentile
from evals.bench.place import Cluster
from evals.bench.shop import MERCHANT

_SCRIPT = """\\set n random(1, {orders})
BEGIN;
SELECT version, revision FROM orders WHERE merchant_id = '{merchant}' AND id = 'order-' || :n FOR UPDATE;
UPDATE orders SET revision = revision + 1 WHERE merchant_id = '{merchant}' AND id = 'order-' || :n;
COMMIT;
"""
"""The counter that grows is `revision`: were it `version`, the open proposals of these orders would go stale."""

_RATE = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)


class PgbenchFailed(RuntimeError):
    """It ended with an error, or with failed transactions."""


@dataclass(frozen=True, slots=True)
class Peer:
    """What pgbench found."""

    rate: float
    p99: float
    """Seconds."""


def run_pgbench(cluster: Cluster, url: str, folder: Path, *, orders: int, clients: int, seconds: int) -> Peer:
    """Run it for so long. Raises PgbenchFailed."""
    script = folder / "lock-read-write.sql"
    script.write_text(_SCRIPT.format(orders=orders, merchant=MERCHANT.id))
    for old in folder.glob("latency.*"):
        old.unlink()
    command = [str(cluster.bin / "pgbench"), url, "--no-vacuum", f"--client={clients}"]
    command += [
        "--jobs=2",
        f"--time={seconds}",
        f"--file={script}",
        "--log",
        f"--log-prefix={folder / 'latency'}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = _RATE.search(done.stdout)
    if done.returncode or found is None:
        raise PgbenchFailed(done.stderr[-2000:])
    latencies = [
        int(line.split()[2]) / 1e6
        for file in folder.glob("latency.*")
        for line in file.read_text().splitlines()
        if line.split()[2].isdigit()
    ]
    return Peer(float(found[1]), percentile(latencies, 0.99))
