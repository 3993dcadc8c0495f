"""``python -m evals.faults``: run every part, print its tables, end with one line a figure: name value bar ok|short.

``python -m evals.faults guards`` runs the named parts only; ``--share 0.1`` does a tenth of the work.
"""

from __future__ import annotations

import argparse
import sys
import time

from evals.faults.figures import Figure, Scale
from evals.faults.parts import PARTS


def main() -> int:
    """0 where every figure reaches its bar."""
    options = argparse.ArgumentParser(prog="python -m evals.faults", description=__doc__)
    options.add_argument("parts", nargs="*", default=list(PARTS), help=", ".join(PARTS))
    options.add_argument("--share", type=float, default=1.0, help="of the full number of steps and runs")
    given = options.parse_args()
    figures: list[Figure] = []
    for name in given.parts or PARTS:
        began = time.monotonic()
        print(f"== {name}", flush=True)
        figures += PARTS[name](Scale(given.share))
        print(f"== {name}: {time.monotonic() - began:.0f} s\n", flush=True)
    for figure in figures:
        print(figure)
    return 0 if all(figure.ok for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
