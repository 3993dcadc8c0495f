"""Calls and prompt tokens of the model reader a resolved case, against the prebuilt agent given the policy as prompt.

Not measured yet: both figures say so and count as short. What it takes to
measure: a `usage` of the desk over the scripted cases, and the peer's calls written down once in
``evals/bench/peer_calls.json``, as few as each task allows, counted with the local reader's tokenizer on both sides.
"""

from __future__ import annotations

from importlib.util import find_spec

from evals.bench.figures import Figure, Measured
from evals.bench.place import Place

MODEL_READER = "agent.reading.chat_model"
"""Where the model reader is. What is missing is the peer's side: its calls, written down once."""


def run(place: Place) -> Measured:
    """Say that there is nothing to measure."""
    why = "not built yet" if find_spec(MODEL_READER) is None else "built, and not measured yet"
    return Measured(
        [
            Figure("model_calls_ratio", None, 0.4, False, why),
            Figure("model_tokens_ratio", None, 0.3, False, why),
        ]
    )
