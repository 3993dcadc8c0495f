"""A message is read in whole by whatever reader, or not at all."""

from __future__ import annotations

from dataclasses import asdict

from agent.commands import OutOfScope
from agent.reading.text.quoting import split_quoted
from agent.reading.text.too_much import too_much
from agent.reading.view import Reader, TurnView, Understanding


def read_whole(reader: Reader, view: TurnView) -> Understanding:
    """What the reader makes of a message; of one whose own words hold too much to be read, that it does."""
    own, _ = split_quoted(view.text)
    over = too_much(own.strip())
    if over is not None:
        return left_alone(OutOfScope(too_much=asdict(over), confidence=1.0))
    return reader.read(view)


def left_alone(command: OutOfScope) -> Understanding:
    """A message that nothing is taken of, and why."""
    sure = command.confidence
    return Understanding(
        commands=[command],
        intent="oos",
        confidence=sure,
        alternatives=[("oos", sure)],
        language=command.language or "en",
    )
