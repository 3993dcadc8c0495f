"""The edit form of a proposal: opened at once as a skeleton, then filled; what is wrong stands at its field."""

from __future__ import annotations

import json
import re
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from domain.reasons import RefundReason
from integrations.slack.blocks.text import clip, data, plain, section, small

CALLBACK = "proposal_edited"
VALUE = "value"
LABELS = {
    "amount": "Amount",
    "quantity": "Quantity",
    "reason": "Reason",
    "note": "Note",
    "carrier": "Carrier",
    "tracking": "Tracking number",
    "return_fee": "Return fee",
    "restocking_fee": "Restocking fee",
    "explanation": "Explanation for the customer",
}
_LONG = {"note", "explanation"}
_MONEY = {"amount", "return_fee", "restocking_fee"}
_AMOUNT = re.compile(r"\d{1,12}([.,]\d{1,6})?\s*%?")


def build_skeleton(metadata: str) -> dict[str, Any]:
    """What is shown while the proposal is looked up: a trigger lives three seconds only."""
    return _view([section("One moment, the proposal is being looked up…")], metadata)


def build_edit(values: dict[str, str], errors: dict[str, str], metadata: str) -> dict[str, Any]:
    """The form. `errors`: sentences by field; one of no field here stands at the top."""
    blocks: list[Block] = [
        small(f":warning: {data(text, 1500)}") for name, text in errors.items() if name not in values
    ]
    for name, value in values.items():
        blocks.append(_input(name, value))
        if name in errors:
            blocks.append(small(f":warning: {data(errors[name], 1500)}"))
    return _view(blocks, metadata, submit="Show the change")


def build_notice(text: str, metadata: str = "") -> dict[str, Any]:
    """The form's place once there is nothing to fill in."""
    return _view([section(data(text, 2900))], metadata)


def build_copy(text: str) -> dict[str, Any]:
    """A draft in a field, for copying where Slack offers no button for it."""
    field = PlainTextInputElement(action_id=VALUE, multiline=True, initial_value=clip(text, 3000))
    blocks = [InputBlock(block_id="draft", label=plain("Draft"), element=field, optional=True)]
    return View(
        type="modal", title=plain("Reply to the customer", 24), close=plain("Close", 24), blocks=blocks
    ).to_dict()


def metadata_of(proposal_id: str, sha256: str, channel: str, thread_ts: str) -> str:
    """What the form must remember. It decides nothing: who may, and what holds, is looked up again."""
    return json.dumps({"proposal": proposal_id, "sha256": sha256, "channel": channel, "thread": thread_ts})


def typed(view: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """A form as it was sent: what stands in its fields, and what stood in them when it was shown."""
    values = {name: _value(field.get(VALUE) or {}) for name, field in view["state"]["values"].items()}
    was = {}
    for block in view.get("blocks") or []:
        if block.get("type") == "input":
            element = block["element"]
            chosen = (element.get("initial_option") or {}).get("value")
            was[block["block_id"]] = str(chosen or element.get("initial_value") or "")
    return values, was


def quick_errors(values: dict[str, str], was: dict[str, str]) -> dict[str, str]:
    """What can be told without looking anything up, by field."""
    errors = {}
    for name, value in values.items():
        if name in _MONEY and value and not _AMOUNT.fullmatch(value.strip()):
            errors[name] = f"An amount such as 12.50, or a share such as 50 %; not “{clip(value, 40)}”."
        if name == "quantity" and value and not (value.strip().isdigit() and 0 < int(value) < 10_000):
            errors[name] = f"A whole number of at least 1; not “{clip(value, 40)}”."
    if not errors and values and values == {name: was.get(name, "") for name in values}:
        errors[next(iter(values))] = "Nothing was changed."
    return errors


def _value(field: dict[str, Any]) -> str:
    option = field.get("selected_option")
    return str(option["value"]) if option else str(field.get("value") or "")


def _input(name: str, value: str) -> InputBlock:
    label = plain(LABELS.get(name, name.replace("_", " ").capitalize()))
    element: Any
    if name == "reason":
        options = [Option(value=reason.value, text=plain(reason.label)) for reason in RefundReason]
        chosen = next((option for option in options if option.value == value), None)
        element = StaticSelectElement(action_id=VALUE, options=options, initial_option=chosen)
    else:
        most = 2000 if name in _LONG else 200
        element = PlainTextInputElement(
            action_id=VALUE, initial_value=clip(value, most) or None, multiline=name in _LONG, max_length=most
        )
    return InputBlock(block_id=name, label=label, element=element, optional=name in _LONG)


def _view(blocks: list[Block], metadata: str, submit: str = "") -> dict[str, Any]:
    return View(
        type="modal",
        callback_id=CALLBACK,
        title=plain("Change the proposal", 24),
        close=plain("Close", 24),
        submit=plain(submit, 24) if submit else None,
        blocks=blocks,
        private_metadata=metadata,
    ).to_dict()
