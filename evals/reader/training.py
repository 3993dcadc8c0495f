"""What the reader is trained on, what it is tested on."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from evals.reader.compose import composed
from evals.reader.corpus import Utterance, authored, real, written

_CAP = {"oos": 160}
_USUAL_CAP = 40
_COUNTS = {"real": 3.0, "authored": 0.6, "composed": 0.3}
"""What a message of a source counts in training: few real ones for much, frames filled again and again for little."""


def training_set() -> list[Utterance]:
    """Everything the shipped weights see: written and composed messages, and a small capped share of real ones."""
    own = [*authored(), *written("shorthand"), *written("voices"), *written("eight_voices", whole=True)]
    return [*own, *composed(), *_real_split()[0]]


def counts(rows: Sequence[Utterance]) -> list[float]:
    """What each counts in training."""
    return [_COUNTS.get(row.source, 1.0) for row in rows]


def labels_of(rows: Sequence[Utterance]) -> dict[str, list[str]]:
    """What each message wants and complains of, and whose voice it is in: only real ones are not staff's."""
    return {
        "intent": [row.intent for row in rows],
        "issue": [row.issue for row in rows],
        "voice": ["general" if row.source == "real" else "staff" for row in rows],
    }


def prototype_set() -> list[Utterance]:
    """The shared written set, which the prototype had, and the same real share as ours, so that both know as much."""
    return [*authored(), *_real_split()[0]]


def held_out() -> dict[str, list[Utterance]]:
    """Whole sources that training never saw, by name."""
    rest = _real_split()[1]
    return {
        "staff, unseen": written("unseen"),
        "staff, fourth voices": written("fourth_voices"),
        "CLINC150": [u for u in rest if not is_banking(u)],
        "Banking77": [u for u in rest if is_banking(u)],
    }


def developed_against() -> dict[str, list[Utterance]]:
    """Never trained on, but failures were looked at: these say whether something broke, not how good the reader is."""
    names = {
        "staff, dev": "dev",
        "staff, other voices": "other_voices",
        "staff, second voices": "second_voices",
        "staff, third voices": "third_voices",
    }
    return {shown: written(name) for shown, name in names.items()}


def _real_split() -> tuple[list[Utterance], list[Utterance]]:
    rows = real()
    random.Random(5).shuffle(rows)
    seen: Counter[str] = Counter()
    kept, rest = [], []
    for row in rows:
        if seen[row.intent] < _CAP.get(row.intent, _USUAL_CAP):
            seen[row.intent] += 1
            kept.append(row)
        else:
            rest.append(row)
    return kept, rest


def is_banking(row: Utterance) -> bool:
    """Banking77 messages start with a capital or hold sentence marks; CLINC150 has neither."""
    return row.text[:1].isupper() or any(mark in row.text for mark in "?.!")
