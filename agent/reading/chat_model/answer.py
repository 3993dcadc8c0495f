"""What a chat model is asked to answer with, and how its answer becomes commands.

The schema is flat and closed, so that every provider's strict mode takes it, and its values are short texts ("50%",
"2 x1"): a model writes few tokens, and the same code that reads staff's words reads its values. Typed values in the
shapes of :mod:`agent.commands` are taken as well.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from agent.commands import Command, Flow, SlotValue
from agent.reading.grounding.slot_shapes import CHECKS
from agent.reading.grounding.slot_values import typed
from agent.reading.view import TurnView

NAMES = (
    "StartFlow", "SetSlot", "CorrectSlot", "Answer", "AskQuestion", "SelectOrder", "CancelCase", "ResumeCase",
    "Affirm", "Clarify", "Handoff", "Greet", "OutOfScope",
)  # fmt: skip
_WITH_SLOTS = frozenset({"SetSlot", "CorrectSlot", "Answer"})
_MOST_COMMANDS, _MOST_SLOTS = 8, 16
_COMMAND: TypeAdapter[Command] = TypeAdapter(Command)
CONFIDENCE = 0.9
"""A model's own word for how sure it is says nothing; the validator is what makes an answer good."""


def _closed(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


_TEXT = {"type": "string"}
SCHEMA: dict[str, Any] = {
    "title": "commands",
    **_closed(
        commands={
            "type": "array",
            "items": _closed(
                name={"type": "string", "enum": list(NAMES)},
                flow={"type": "string", "enum": ["", *Flow]},
                detail=_TEXT,
                slots={
                    "type": "array",
                    "items": _closed(slot=_TEXT, value=_TEXT, said=_TEXT),
                },
            ),
        }
    ),
}


class NotAnAnswer(ValueError):
    """The model's text is no JSON object with a list of commands."""


def parse(answer: str | dict[str, Any], view: TurnView) -> tuple[list[Command], list[str]]:
    """The commands of an answer and what was not one of them. Raises NotAnAnswer.

    JSON that breaks off is no answer: what is missing could have been the part that mattered.
    """
    raw = _loaded(answer) if isinstance(answer, str) else answer
    listed = raw.get("commands") if isinstance(raw, dict) else None
    if not isinstance(listed, list):
        raise NotAnAnswer("no list of commands")
    commands: list[Command] = []
    dropped: list[str] = []
    for item in listed[:_MOST_COMMANDS]:
        command = _command(item, view, dropped)
        if command is not None:
            commands.append(command)
    return commands, dropped


def _loaded(text: str) -> Any:
    start = text.find("{")
    try:
        return json.JSONDecoder().raw_decode(text, start)[0] if start >= 0 else None
    except json.JSONDecodeError as error:
        raise NotAnAnswer("no complete JSON") from error


def _command(item: Any, view: TurnView, dropped: list[str]) -> Command | None:
    if not isinstance(item, dict) or item.get("name") not in NAMES:
        dropped.append(
            f"{_short(item.get('name') if isinstance(item, dict) else item)}: no command of that name"
        )
        return None
    name = str(item["name"])
    slots = _slots(item.get("slots"), view, dropped)
    if name in _WITH_SLOTS and not slots:
        dropped.append(f"{name}: says nothing")
        return None
    fields = {"name": name, "slots": slots, "confidence": CONFIDENCE, **_details(name, item)}
    try:
        return _COMMAND.validate_python(fields)
    except ValidationError as error:
        dropped.append(f"{name}: {error.errors()[0]['msg']}")
        return None


def _details(name: str, item: dict[str, Any]) -> dict[str, Any]:
    detail = _text(item.get("detail"))
    if name == "StartFlow":
        return {"flow": _text(item.get("flow")), "action": _text(item.get("action")) or detail or None}
    if name == "AskQuestion":
        return {"topic": (_text(item.get("topic")) or detail)[:40]}
    if name == "Handoff":
        role = _text(item.get("role")) or detail
        return {"role": "finance" if role == "finance" else "supervisor"}
    return {}


def _slots(given: Any, view: TurnView, dropped: list[str]) -> dict[str, SlotValue]:
    slots: dict[str, SlotValue] = {}
    for name, value, said in _pairs(given)[:_MOST_SLOTS]:
        meant = typed(name, value, said, view) if name in CHECKS else None
        if meant is None:
            dropped.append(f"{_short(name)}: not understood")
        elif name in slots and isinstance(meant, list) and isinstance(slots[name].value, list):
            slots[name] = SlotValue(value=[*slots[name].value, *meant], span=slots[name].span)
        else:
            slots[name] = SlotValue(value=meant, span=said)
    return slots


def _pairs(given: Any) -> list[tuple[str, Any, str]]:
    """The slots as asked for, or as an object of values, or of values with their spans."""
    if isinstance(given, list):
        entries = [entry for entry in given if isinstance(entry, dict)]
        return [(_text(e.get("slot")), e.get("value"), _text(e.get("said"))) for e in entries]
    pairs = []
    for name, value in given.items() if isinstance(given, dict) else ():
        spanned = isinstance(value, dict) and set(value) <= {"value", "span"} and "value" in value
        said = _text(value.get("span")) if spanned else ""
        pairs.append((str(name), value["value"] if spanned else value, said))
    return pairs


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _short(value: Any) -> str:
    return str(value)[:40]
