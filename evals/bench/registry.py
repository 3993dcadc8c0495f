"""The rows by name; each is imported when it is run."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from evals.bench.figures import Measured
from evals.bench.place import Place

ROWS = {
    "cold_start": "`desk --help`, and `desk serve` from cold until it answers",
    "reader": "one message by the local reader against one raw forward pass",
    "model_reader": "calls and tokens of the model reader against the prebuilt agent's",
    "turn": "a guided turn's own cost in process against LangGraph's prebuilt agent",
    "growth": "turn 300 of a conversation against turn 10",
    "turns_http": "16 conversations at once over HTTP on PostgreSQL against that agent",
    "same_proposal": "64 people confirming the same proposal, again and again",
    "confirm": "confirming over HTTP: PostgreSQL against pgbench, SQLite against PostgreSQL",
    "executed": "from the button to the executed refund against the provider's time and two raw transactions",
    "slack_ack": "acknowledging 20 events of Slack's at once, while a slow reader reads",
    "lookup": "an order by number and by words among 1,000,000 against 1,000",
    "bulk_import": "`desk import` of 1,000,000 orders against 100,000, killed half-way and started again",
}

LONG = frozenset({"bulk_import"})
"""Rows of half an hour, run by name alone: the others together take a quarter of an hour."""


def load_row(name: str) -> Callable[[Place], Measured]:
    """The function that measures it."""
    run: Callable[[Place], Measured] = import_module(f"evals.bench.rows.{name}").run
    return run
