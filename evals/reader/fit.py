"""Fit the linear heads. scikit-learn is needed here only; what ships is plain arrays."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from agent.reading.classifier.features import grams, sparse_row
from agent.reading.classifier.models import VOICES, Encoder, blended
from agent.reading.clauses.split import split_clauses
from agent.reading.values.spans import find_spans
from agent.reading.words.act import INTENTS, ISSUES, Open

os.environ.setdefault("OMP_NUM_THREADS", "1")
SHARE = 0.6
_MIN_COUNT = 2
_MOST = 24_000
_STRENGTH = 12.0
"""The inverse of how much the weights are held down (`C`)."""
_MISSING = -9.0
"""The bias of a label that no row had."""


LABELS = {"intent": INTENTS, "issue": ISSUES, "general": INTENTS, "voice": VOICES}
"""The heads, and what each tells apart."""


@dataclass(slots=True)
class Table:
    """Messages as the models see them: plain forms, word families, sentence vectors."""

    plain: list[str]
    signals: list[list[str]]
    vectors: np.ndarray

    def part(self, at: Sequence[int]) -> Table:
        """Some of the rows."""
        return Table([self.plain[n] for n in at], [self.signals[n] for n in at], self.vectors[list(at)])


@dataclass(slots=True)
class Fitted:
    """Weights of all heads."""

    grams: list[str]
    idf: np.ndarray
    heads: dict[str, dict[str, np.ndarray]]


def table(texts: Sequence[str], encoder: Encoder) -> Table:
    """What the reader makes of each text before the models (of its first clause, when it has several)."""
    known = encoder.known_words()
    firsts = [split_clauses(text, find_spans(text), known, Open())[0].signals for text in texts]
    plain = [signals.wording.for_model() for signals in firsts]
    return Table(plain, [signals.names() for signals in firsts], vectors(plain, encoder))


def vectors(plain: Sequence[str], encoder: Encoder) -> np.ndarray:
    """Sentence vectors, one at a time so that padding never changes a number."""
    return np.stack([encoder.encode([text])[0] for text in plain])


def vocabulary(data: Table) -> tuple[list[str], np.ndarray]:
    """The n-grams seen at least twice, the most frequent ones, and the families, with inverse document frequencies."""
    plain = data.plain
    seen: Counter[str] = Counter()
    for text, signals in zip(plain, data.signals, strict=True):
        seen.update(grams(text).keys())
        seen.update(f"s:{name}" for name in signals)
    kept = [
        gram for gram, n in sorted(seen.items(), key=lambda pair: (-pair[1], pair[0])) if n >= _MIN_COUNT
    ][:_MOST]
    kept.sort()
    idf = np.log((1 + len(plain)) / (1 + np.array([seen[gram] for gram in kept]))) + 1
    return kept, idf.astype(np.float32)


def rows(data: Table, names: Sequence[str], idf: np.ndarray) -> sp.csr_matrix:
    """Sparse rows, as the reader builds them."""
    at = {gram: n for n, gram in enumerate(names)}
    weights = [float(value) for value in idf]
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for text, signals in zip(data.plain, data.signals, strict=True):
        found = sparse_row(text, signals, at, weights)
        columns += found[0]
        values += found[1]
        ends.append(len(columns))
    return sp.csr_matrix((values, columns, ends), shape=(len(data.plain), len(names)), dtype=np.float64)


def fit(data: Table, labels: Mapping[str, Sequence[str]], counts: Sequence[float]) -> Fitted:
    """Fit all heads on both kinds of features; `counts` is what each message counts.

    The general heads learn from the messages whose voice is general, each for one; so does what tells the voices apart.
    """
    names, idf = vocabulary(data)
    sparse, dense = rows(data, names, idf), data.vectors
    general = np.array([voice == "general" for voice in labels["voice"]])
    every, alike = np.ones(len(general), dtype=bool), np.ones(len(general))
    heads: dict[str, dict[str, np.ndarray]] = {}
    for head, told, at, weights, balanced in (
        ("intent", "intent", every, np.asarray(counts), True),
        ("issue", "issue", every, np.asarray(counts), False),
        ("general", "intent", general, alike, True),
        ("voice", "voice", every, alike, True),
    ):
        order = LABELS[head]
        wanted = np.array([order.index(label) for label in labels[told]])
        heads[head] = {}
        for kind, features in (("sparse", sparse), ("dense", dense)):
            fitted = _linear(features[at], wanted[at], weights[at], balanced=balanced)
            heads[head] |= _arrays(kind, fitted, features.shape[1], len(order))
    return Fitted(names, idf, heads)


def _linear(
    features: Any, wanted: np.ndarray, weights: np.ndarray, *, balanced: bool
) -> LogisticRegression | None:
    """A linear model; nothing where there is only one label to be told."""
    if len(set(wanted.tolist())) < 2:
        return None
    model = LogisticRegression(C=_STRENGTH, max_iter=400, class_weight="balanced" if balanced else None)
    return model.fit(features, wanted, sample_weight=weights)


def _arrays(kind: str, model: LogisticRegression | None, width: int, size: int) -> dict[str, np.ndarray]:
    """Weights for every label, also one that no row had; without a model the first label is all there is."""
    weights = np.zeros((width, size), dtype=np.float32)
    bias = np.full(size, _MISSING, dtype=np.float32)
    if model is None:
        bias[0] = -_MISSING
    elif size == 2:
        weights[:, 1] = model.coef_[0]
        bias[:] = 0.0, model.intercept_[0]
    else:
        weights[:, model.classes_] = model.coef_.T
        bias[model.classes_] = model.intercept_
    return {kind: weights, f"{kind}_bias": bias}


def predict(fitted: Fitted, data: Table, head: str) -> np.ndarray:
    """Probabilities as the reader's models compute them (before the guards)."""
    if head != "intent":
        return _by_head(fitted, data, head)
    of_all, general, voice = (_by_head(fitted, data, name) for name in ("intent", "general", "voice"))
    return blended(of_all, general, voice)


def _by_head(fitted: Fitted, data: Table, head: str) -> np.ndarray:
    sparse, dense = rows(data, fitted.grams, fitted.idf), data.vectors
    weights = fitted.heads[head]
    lexical = _softmax(sparse @ weights["sparse"] + weights["sparse_bias"])
    semantic = _softmax(dense @ weights["dense"] + weights["dense_bias"])
    averaged: np.ndarray = (1 - SHARE) * lexical + SHARE * semantic
    return averaged


def _softmax(scores: np.ndarray) -> np.ndarray:
    out: np.ndarray = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: np.ndarray = out / out.sum(axis=1, keepdims=True)
    return shares


def save(fitted: Fitted, folder: Path) -> None:
    """Write ``heads.npz`` and ``heads.json`` (names and the sha256 of the arrays); the same bytes every time."""
    arrays: dict[str, np.ndarray] = {"idf": fitted.idf.astype(np.float32)}
    for head, parts in fitted.heads.items():
        for name, values in parts.items():
            arrays[f"{head}_{name}"] = values.astype(np.float16 if name == "sparse" else np.float32)
    path = folder / "heads.npz"
    _write_npz(path, arrays)
    meta = {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "share": SHARE,
        **{head: list(labels) for head, labels in LABELS.items()},
        "grams": fitted.grams,
    }
    (folder / "heads.json").write_text(
        json.dumps(meta, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )


def _write_npz(path: Path, arrays: dict[str, np.ndarray]) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", date_time=(2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, buffer.getvalue())
