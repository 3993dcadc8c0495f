"""Staff asked for something and the desk left them standing: no question, no card, no reason, nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evals.cases import Say
from evals.harms.scene import Finding, Scene

DOING = {"StartFlow", "SetSlot", "CorrectSlot", "Answer", "ResumeCase"}
SAME = 3
"""So often in a row the same question is a wall."""
_SOURCE = re.compile(r"\[[\w ./:-]+\]\s*$")
"""An answer names the tool or page that it rests on."""
NO_TURN: dict[str, Any] = {"asked": [], "replies": []}


def look(scene: Scene) -> Iterator[Finding]:
    """Silence, talk that leads nowhere, and the same question again and again."""
    open_cards: set[str] = set()
    same, last = 0, NO_TURN
    for at, (given, turn) in enumerate(zip(scene.case.turns, scene.turns, strict=False), 1):
        for told in turn["proposals"]:
            (open_cards.add if told["state"] == "open" else open_cards.discard)(told["id"])
        if not isinstance(given, Say):
            continue
        if not turn["replies"]:
            yield Finding(at, "nothing was answered")
        elif _wants(turn) and not (_leads_on(turn) or open_cards):
            yield Finding(at, f"“{turn['replies'][-1][:120]}” leads nowhere")
        again = bool(turn["asked"]) and turn["asked"] == last["asked"] and turn["replies"] == last["replies"]
        same = same + 1 if again else 1
        if same == SAME:
            yield Finding(at, f"the same question {SAME} times: {', '.join(turn['asked'])}")
        last = turn


def _wants(turn: dict[str, Any]) -> bool:
    """Whether something was to be done, and not only told."""
    return any(command["name"] in DOING for command in turn["commands"])


def _leads_on(turn: dict[str, Any]) -> bool:
    told = ("asked", "options", "proposals", "refused", "drafts", "handoff")
    return any(turn[name] for name in told) or any(_SOURCE.search(text) for text in turn["replies"])
