"""The embedded reader first; a chat model only where that one is not sure."""

from __future__ import annotations

from agent.commands import Clarify, OutOfScope
from agent.reading.chat_model.reader import ModelFailed, ModelReader
from agent.reading.view import Reader, TurnView, Understanding

THRESHOLD = 0.6


class CascadeReader:
    """Most messages cost no call; one that the embedded reader would ask back about is given to the model."""

    name = "cascade"

    def __init__(self, local: Reader, model: ModelReader, threshold: float = THRESHOLD) -> None:
        self._local, self._model, self._threshold = local, model, threshold

    def read(self, view: TurnView) -> Understanding:
        """Read one message. Never raises."""
        first = self._local.read(view)
        if not self.is_unsure(first):
            return first
        try:
            return self._model.attempt(view)
        except ModelFailed as failed:
            return self._model.noted(first, failed)

    def is_unsure(self, understanding: Understanding) -> bool:
        """Whether the embedded reader would ask back, is below the threshold, or does not know the language."""
        foreign = any(isinstance(c, OutOfScope) and c.language for c in understanding.commands)
        asks = any(isinstance(c, Clarify) for c in understanding.commands)
        return asks or foreign or understanding.confidence < self._threshold
