"""Run the machine in a process of its own and report as JSON: ``python -m evals.faults.run --steps 5000``."""

from __future__ import annotations

import argparse
import json
import logging
from dataclasses import asdict

from evals.faults.machine.desk import run


def main() -> None:
    """Print one line of JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--url", default=None, help="postgresql://…; without it, SQLite files of its own")
    options.add_argument("--steps", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--batch", type=int, default=4, help="runs a seed")
    options.add_argument("--seconds", type=float, default=3600.0, help="stop after about so long")
    options.add_argument("--shrink", action="store_true", help="find the shortest way to a failure")
    given = options.parse_args()
    logging.disable(logging.CRITICAL)
    report = run(
        given.url,
        steps=given.steps,
        first_seed=given.seed,
        batch=given.batch,
        shrink=given.shrink,
        enough=lambda seconds: seconds > given.seconds,
    )
    print(json.dumps(asdict(report)))


if __name__ == "__main__":
    main()
