"""Retrain the local reader and print how good it is: ``python -m evals.reader.train``.

Writes ``agent/reading/weights/heads.{npz,json}`` (the same bytes from the same data) and the tables that
``docs/reader.md`` holds between its markers. Ends with one line per figure, ``name value bar ok|short``, and a
non-zero exit when one is short.
"""

from __future__ import annotations

import argparse
import os
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")

from agent.reading.classifier.models import WEIGHTS, Encoder
from evals.reader.fit import fit, save, table
from evals.reader.read import Figure
from evals.reader.tables import measure
from evals.reader.training import counts, labels_of, training_set

DOCS = "docs/reader.md"


def main(argv: list[str] | None = None) -> int:
    """Train, measure, print; 0 when every figure reaches its bar."""
    options = argparse.ArgumentParser(description="Retrain the local reader and print its tables.")
    options.add_argument("--no-docs", action="store_true", help="leave docs/reader.md alone")
    options.add_argument("--measure-only", action="store_true", help="do not write weights")
    given = options.parse_args(argv)
    encoder = Encoder()
    rows = training_set()
    data = table([row.text for row in rows], encoder)
    labels = labels_of(rows)
    if not given.measure_only:
        save(fit(data, labels, counts(rows)), WEIGHTS)
    text, figures = measure(rows, data, labels)
    print(text)
    if not given.no_docs:
        _into_docs(text)
    for figure in figures:
        print(figure.line())
    return 1 if any(not figure.ok for figure in figures) else 0


def _into_docs(text: str) -> None:
    begin, end = "<!-- tables -->", "<!-- /tables -->"
    try:
        with open(DOCS, encoding="utf-8") as file:
            page = file.read()
    except FileNotFoundError:
        return
    head, _, rest = page.partition(begin)
    _, found, tail = rest.partition(end)
    if found:
        with open(DOCS, "w", encoding="utf-8") as file:
            file.write(f"{head}{begin}\n\n{text}\n\n{end}{tail}")


__all__ = ["Figure", "main"]

if __name__ == "__main__":
    sys.exit(main())
