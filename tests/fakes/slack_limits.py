"""Slack's documented limits of Block Kit: what breaks one is named. Pure."""

from __future__ import annotations

import json

BLOCKS = {"section", "header", "divider", "context", "actions", "context_actions", "input", "rich_text"}
ELEMENTS = {
    "button",
    "static_select",
    "plain_text_input",
    "feedback_buttons",
}


def message_problems(message):
    """Of a message: text and blocks."""
    yield from _length("text", message.get("text") or "", 40_000)
    if not (
        message.get("text") or message.get("blocks") or message.get("markdown_text") or message.get("chunks")
    ):
        yield "no_text"
    yield from _length("markdown_text", message.get("markdown_text") or "", 12_000)
    yield from block_problems(message.get("blocks") or [], 50)
    metadata = message.get("metadata")
    if metadata and not {"event_type", "event_payload"} <= set(metadata):
        yield "metadata: event_type and event_payload"


def view_problems(view):
    """Of a modal or a home tab."""
    if len(json.dumps(view)) > 250_000:
        yield "view: larger than 250 KB"
    yield from _length("private_metadata", view.get("private_metadata") or "", 3000)
    yield from _length("callback_id", view.get("callback_id") or "", 255)
    yield from _length("external_id", view.get("external_id") or "", 255)
    blocks = view.get("blocks") or []
    if not blocks:
        yield "view: no blocks"
    yield from block_problems(blocks, 100)
    if view.get("type") == "modal":
        for name in ("title", "submit", "close"):
            if view.get(name):
                yield from _text(name, view[name], 24, "plain_text")
        if not view.get("title"):
            yield "modal: no title"
        if any(block["type"] == "input" for block in blocks) and not view.get("submit"):
            labels = [block for block in blocks if block["type"] == "input" and not block.get("optional")]
            if labels:
                yield "modal: input without submit"
    elif view.get("submit") or view.get("close"):
        yield "home: submit or close"


def block_problems(blocks, most):
    """Of a list of blocks."""
    if len(blocks) > most:
        yield f"{len(blocks)} blocks, {most} at most"
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(ids) != len(set(ids)):
        yield "block_id twice"
    for number, block in enumerate(blocks):
        kind = block.get("type", "")
        checks = globals().get(f"_{kind}") if kind in BLOCKS else None
        if checks is None:
            yield f"blocks[{number}]: no such block {kind!r}"
            continue
        yield from (f"blocks[{number}] {kind}: {problem}" for problem in checks(block))
        yield from _length("block_id", block.get("block_id") or "", 255)


def _section(block):
    if not block.get("text") and not block.get("fields"):
        yield "neither text nor fields"
    if block.get("text"):
        yield from _text("text", block["text"], 3000)
    fields = block.get("fields") or []
    if len(fields) > 10:
        yield "more than 10 fields"
    for field in fields:
        yield from _text("field", field, 2000)
    if block.get("accessory"):
        yield from _element(block["accessory"])


def _header(block):
    yield from _text("text", block["text"], 150, "plain_text")


def _divider(block):
    return ()


def _context(block):
    if not 1 <= len(block["elements"]) <= 10:
        yield "1 to 10 elements"
    for element in block["elements"]:
        yield from _text("element", element, 3000)


def _actions(block):
    yield from _elements(block, 25)


def _context_actions(block):
    yield from _elements(block, 5)


def _elements(block, most):
    elements = block["elements"]
    if not 1 <= len(elements) <= most:
        yield f"{len(elements)} elements, 1 to {most}"
    ids = [element["action_id"] for element in elements]
    if len(ids) != len(set(ids)):
        yield "action_id twice in one block"
    for element in elements:
        yield from _element(element)


def _input(block):
    yield from _text("label", block["label"], 2000, "plain_text")
    yield from _element(block["element"])


def _rich_text(block):
    for element in block["elements"]:
        if element["type"] not in {
            "rich_text_section",
            "rich_text_preformatted",
            "rich_text_list",
            "rich_text_quote",
        }:
            yield f"no such element {element['type']}"
        for part in element["elements"]:
            if part["type"] == "text" and not part["text"]:
                yield "empty text"


def _element(element):
    kind = element["type"]
    if kind not in ELEMENTS:
        yield f"no such element {kind}"
    yield from _length("action_id", element.get("action_id", ""), 255)
    yield from globals().get(f"_{kind}", lambda element: ())(element)


def _button(element):
    yield from _text("button", element["text"], 75, "plain_text")
    yield from _length("value", element.get("value", ""), 2000)
    yield from _length("url", element.get("url", ""), 3000)
    if element.get("style") not in (None, "primary", "danger"):
        yield f"style {element['style']}"
    yield from _confirm(element.get("confirm"))


def _static_select(element):
    options = element["options"]
    if not 1 <= len(options) <= 100:
        yield "1 to 100 options"
    for option in options:
        yield from _text("option", option["text"], 75)
        yield from _length("option value", option["value"], 150)
    if element.get("initial_option") and element["initial_option"] not in options:
        yield "initial_option is none of the options"


def _plain_text_input(element):
    most = element.get("max_length", 3000)
    if not 1 <= most <= 3000:
        yield "max_length 1 to 3000"
    yield from _length("initial_value", element.get("initial_value") or "", most)


def _feedback_buttons(element):
    for name in ("positive_button", "negative_button"):
        yield from _text(name, element[name]["text"], 75, "plain_text")
        yield from _length("value", element[name]["value"], 2000)


def _confirm(confirm):
    if confirm:
        yield from _text("confirm title", confirm["title"], 100, "plain_text")
        yield from _text("confirm text", confirm["text"], 300)
        yield from _text("confirm", confirm["confirm"], 30, "plain_text")
        yield from _text("deny", confirm["deny"], 30, "plain_text")


def _text(name, text, most, kind=None):
    if text.get("type") not in ("plain_text", "mrkdwn") or (kind and text["type"] != kind):
        yield f"{name}: a {text.get('type')}"
    if not text.get("text"):
        yield f"{name}: empty"
    yield from _length(name, text.get("text") or "", most)


def _length(name, text, most):
    if len(text) > most:
        yield f"{name}: {len(text)} characters, {most} at most"
