"""The prototype's blend, built again: TF-IDF and sentence vectors of the bare text, one linear model each, averaged.

It has nothing of ours (no wording, families, guards, context), so it says how hard the messages are. On its authors'
own messages the prototype reached .78 strict and .84 lenient with it, and its guards added .05 to both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from agent.reading.classifier.models import Encoder
from agent.reading.local import LocalReader
from evals.reader.corpus import Utterance
from evals.reader.fit import vectors
from evals.reader.read import Read, share
from evals.reader.training import prototype_set

GUARDS_GAVE = 0.05
"""What the prototype's guards added to its blend; they are not described, so they cannot be built again."""


class Blend:
    """Fitted to messages; gives the likeliest intent of others."""

    def __init__(self, rows: Sequence[Utterance], encoder: Encoder) -> None:
        """Fit both models; deterministic."""
        texts, intents = [row.text for row in rows], [row.intent for row in rows]
        self._encoder = encoder
        self._sparse = FeatureUnion(
            [
                ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
                ("pieces", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)),
            ]
        )
        self._lexical = _linear().fit(self._sparse.fit_transform(texts), intents)
        self._semantic = _linear().fit(vectors(texts, encoder), intents)

    def intents(self, rows: Sequence[Utterance]) -> list[str]:
        """The likeliest of each."""
        texts = [row.text for row in rows]
        lexical = self._lexical.predict_proba(self._sparse.transform(texts))
        semantic = self._semantic.predict_proba(vectors(texts, self._encoder))
        best: np.ndarray = (lexical + semantic).argmax(axis=1)
        return [str(self._lexical.classes_[at]) for at in best]


def beside_blend(reader: LocalReader, read: dict[str, list[Read]]) -> tuple[str, float]:
    """The prototype's blend on the same messages; what ours is above it, lenient, of all of them."""
    blend = Blend(prototype_set(), reader.encoder())
    lines = [
        "### Beside the prototype's blend, on the same held-out messages (strict / lenient)",
        "",
        "| source | n | its blend, trained on the shared set and the same real share | this reader |",
        "|---|---|---|---|",
    ]
    theirs: list[bool] = []
    ours: list[bool] = []
    for name, items in read.items():
        said = blend.intents([item.row for item in items])
        strict = [got == item.row.intent for got, item in zip(said, items, strict=True)]
        lenient = [got in {item.row.intent, *item.row.also} for got, item in zip(said, items, strict=True)]
        theirs, ours = theirs + lenient, ours + [item.lenient for item in items]
        mine = f"{share(item.strict for item in items):.3f} / {share(item.lenient for item in items):.3f}"
        lines.append(f"| {name} | {len(items)} | {share(strict):.3f} / {share(lenient):.3f} | {mine} |")
    lines.append(f"| all held out, lenient | {len(ours)} | {share(theirs):.3f} | {share(ours):.3f} |")
    return "\n".join(lines), share(ours) - share(theirs)


def _linear() -> LogisticRegression:
    return LogisticRegression(C=12.0, max_iter=400, class_weight="balanced")
