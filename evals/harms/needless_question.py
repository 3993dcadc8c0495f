"""The desk asks for what it was told already, or where there is only one answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from domain.reasons import RefundReason
from evals.cases import Attach, Say
from evals.harms.scene import Finding, Scene, bare
from evals.order_shapes import OrderShape

SAID_ONCE = (
    "reason", "return_reason", "decision", "carrier", "tracking", "note", "explanation", "review_notes", "review_kind",
    "return_needed",
)  # fmt: skip
_COUNTS = "one|two|three|four|five|both"
_REASON = re.compile(
    r"\breason(?: is|:)? (?:" + "|".join(code.value.replace("_", " ") for code in RefundReason) + r")\b"
)
PROOF = ("image/", "video/")


def look(scene: Scene) -> Iterator[Finding]:
    """Question by question."""
    known: dict[str, Any] = {}
    files = 0
    topic: OrderShape | None = None
    for at, turn in enumerate(scene.turns, 1):
        given = scene.case.turns[at - 1]
        if isinstance(given, Attach):
            files += sum(file.type.startswith(PROOF) for file in given.files)
        moved = _order_of(scene, turn)
        if moved is not None and topic is not None and moved is not topic:
            known, files = {}, files if isinstance(given, Attach) else 0
        topic = moved or topic
        if any(command["name"] == "StartFlow" for command in turn["commands"]):
            known = {}
        for command in turn["commands"]:
            known |= {name: value for name, value in command["slots"].items() if value not in (None, "")}
        if not turn["refused"]:
            for slot in turn["asked"]:
                told = _needless(slot, known, files, topic) or _in_words(slot, given, topic)
                if told:
                    yield Finding(at, f"{slot} was asked for: {told}")
        if turn["proposals"]:
            known, files = {}, 0


def _needless(slot: str, known: dict[str, Any], files: int, topic: OrderShape | None) -> str:
    """Why it need not have been asked; empty where it had to be."""
    if slot in SAID_ONCE and slot in known:
        return f"it was said already ({known[slot]})"
    if slot == "evidence" and files:
        return "photos or a video had come already"
    if topic is None:
        return ""
    if slot == "order":
        return f"{topic.number} is the order" if "order" in known else ""
    if slot == "line" and len(topic.lines) == 1:
        return "the order has one line"
    if slot == "quantity" and all(line.qty == 1 for line in topic.lines):
        return "there is one unit of each"
    return ""


def _in_words(slot: str, given: Any, topic: OrderShape | None) -> str:
    """What this very message says plainly, whatever was read of it."""
    said = given.say.lower() if isinstance(given, Say) else ""
    if slot == "reason" and (found := _REASON.search(said)):
        return f"the message says “{found.group()}”"
    if slot == "quantity" and topic is not None and len(topic.lines) == 1:
        for word in topic.lines[0].title.lower().split():
            found = re.search(rf"\b(?:\d{{1,2}}|{_COUNTS})\s+(?:more\s+)?(?:\w+\s+)?{re.escape(word)}", said)
            if found and len(word) > 2:
                return f"the message says “{found.group()}”"
    return ""


def _order_of(scene: Scene, turn: dict[str, Any]) -> OrderShape | None:
    named = [
        scene.order(bare(str(command["slots"]["order"])))
        for command in turn["commands"]
        if command["slots"].get("order")
    ]
    found = [order for order in named if order is not None]
    return found[-1] if found else None
