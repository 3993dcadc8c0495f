"""The app's home tab: what is open, what waits, what came of things, and the balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from integrations.slack.blocks.text import button, data, header, section, small

OPEN_THREAD = "home_open"


@dataclass(frozen=True, slots=True)
class Line:
    """Something on the tab; `link` leads to its thread."""

    text: str
    detail: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What one member of staff sees."""

    name: str
    role: str
    waiting: Sequence[Line] = ()
    cases: Sequence[Line] = ()
    outcomes: Sequence[Line] = ()
    balances: Sequence[str] = field(default_factory=tuple)


def build_home(facts: HomeFacts) -> dict[str, Any]:
    """The tab."""
    blocks: list[Block] = [header(f"Returns Desk · {facts.name}"), small(f"Your role: {data(facts.role)}")]
    blocks += _part("Waits for you", facts.waiting, "Nothing waits for you.")
    blocks += _part("Your open cases", facts.cases, "No case is open. Write to the desk to begin one.")
    blocks += _part("Recent outcomes", facts.outcomes, "Nothing was decided yet.")
    blocks += [
        DividerBlock(),
        section("*Balance*\n" + ("\n".join(map(data, facts.balances)) or "No money moved yet.")),
    ]
    return View(type="home", blocks=blocks[:100]).to_dict()


def build_strangers_home(sentence: str) -> dict[str, Any]:
    """For somebody the desk does not know."""
    return View(type="home", blocks=[section(data(sentence))]).to_dict()


def _part(title: str, lines: Sequence[Line], nothing: str) -> list[Block]:
    blocks: list[Block] = [DividerBlock(), section(f"*{title}*")]
    for number, line in enumerate(lines[:10]):
        text = f"{data(line.text)}\n{data(line.detail)}" if line.detail else data(line.text)
        open_it = button("Open", f"{OPEN_THREAD}:{number}", "open", url=line.link) if line.link else None
        blocks.append(section(text, accessory=open_it))
    return blocks if lines else [*blocks, small(nothing)]
