"""Texts of Block Kit within Slack's limits. What people wrote is data: it mentions nobody and links nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

SECTION, CONTEXT, HEADER, BUTTON, VALUE, MESSAGE_BLOCKS = 3000, 2000, 150, 75, 2000, 50
DATA = 400
"""Characters of a piece of data (a title, a note) that a card shows."""

Json = list[dict[str, Any]]


def clip(text: str, most: int) -> str:
    """At most so many characters, the last one an ellipsis where something was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def plain(text: str, most: int = BUTTON) -> PlainTextObject:
    """Text without markup; Slack takes none that is empty."""
    return PlainTextObject(text=clip(" ".join(text.split()), most) or "–", emoji=False)


def data(text: str, most: int = DATA) -> str:
    """Text that somebody wrote, as Slack's markup takes it literally."""
    shown = clip(text, most).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.translate({ord(mark): f"\u2060{mark}\u2060" for mark in "*_~`"})


def mrkdwn(text: str, most: int = SECTION) -> MarkdownTextObject:
    """Text with Slack's markup; names of channels and people in it are not looked for."""
    return MarkdownTextObject(text=clip(text, most) or " ", verbatim=True)


def section(text: str, block_id: str | None = None, accessory: ButtonElement | None = None) -> SectionBlock:
    """A paragraph."""
    return SectionBlock(text=mrkdwn(text), block_id=block_id, accessory=accessory)


def sections(lines: Iterable[str]) -> list[Block]:
    """Lines as few paragraphs, each within the limit."""
    found: list[Block] = []
    held = ""
    for line in lines:
        line = clip(line, SECTION)
        if held and len(held) + 1 + len(line) > SECTION:
            found.append(section(held))
            held = ""
        held = f"{held}\n{line}" if held else line
    return [*found, section(held)] if held else found


def small(*texts: str) -> ContextBlock:
    """Small print."""
    return ContextBlock(elements=[mrkdwn(text, CONTEXT) for text in texts if text][:10])


def header(text: str) -> HeaderBlock:
    """A heading."""
    return HeaderBlock(text=plain(text, HEADER))


def button(text: str, action: str, value: str, **more: Any) -> ButtonElement:
    """A button."""
    return ButtonElement(text=plain(text), action_id=action, value=clip(value, VALUE), **more)


def actions(elements: list[ButtonElement], block_id: str) -> list[Block]:
    """Buttons, five a row."""
    rows = [elements[at : at + 5] for at in range(0, len(elements), 5)]
    return [ActionsBlock(elements=row, block_id=f"{block_id}:{n}"[:255]) for n, row in enumerate(rows)]


def moment(at: datetime, form: str = "{time}") -> str:
    """A time of day in the reader's own zone."""
    return f"<!date^{int(at.timestamp())}^{form}|{at:%H:%M} UTC>"


def fit(blocks: list[Block], most: int) -> list[Block]:
    """At most so many blocks: where some must go, those from the middle; the first and the last (a question) stay."""
    if len(blocks) <= most:
        return blocks
    tail = most // 2
    left_out = small(f"… {len(blocks) - most + 1} parts are left out here; the desk's page shows them.")
    return [*blocks[: most - tail - 1], left_out, *blocks[-tail:]]


def as_json(blocks: Iterable[Block]) -> Json:
    """What is sent; no block's id twice. Raises SlackObjectFormationError where a limit is broken."""
    seen: set[str] = set()
    found = [block.to_dict() for block in blocks]
    for number, block in enumerate(found):
        if block.get("block_id") in seen:
            block["block_id"] = f"{block['block_id']}:{number}"[:255]
        if "block_id" in block:
            seen.add(block["block_id"])
    return found
