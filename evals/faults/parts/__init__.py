"""Parts of `make faults`, by name. A new part is one module with a `measure`, and one line here."""

from __future__ import annotations

from evals.faults.figures import Part
from evals.faults.parts import guards, kills, moments, replicas, rolling, stateful

PARTS: dict[str, Part] = {
    "moments": moments.measure,
    "kills": kills.measure,
    "replicas": replicas.measure,
    "rolling": rolling.measure,
    "stateful": stateful.measure,
    "guards": guards.measure,
}
