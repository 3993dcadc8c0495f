"""All guards, read from the lists beside this module."""

from __future__ import annotations

from pathlib import Path

import yaml

from evals.faults.guards.guard import Guard


def _read(name: str) -> list[Guard]:
    text = Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8")
    return [Guard(**entry) for entry in yaml.safe_load(text)]


GUARDS: tuple[Guard, ...] = tuple(
    guard for name in ("amounts", "decisions", "writes") for guard in _read(name)
)
