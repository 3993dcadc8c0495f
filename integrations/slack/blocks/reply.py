"""A reply of the desk as messages: what everybody in the thread reads, cards by themselves, what only one may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from slack_sdk.models.blocks import Block, DividerBlock

from agent.messages import Block as DeskBlock
from agent.messages import (
    DraftBlock,
    HandoffBlock,
    OrderCard,
    ProposalCard,
    QuestionBlock,
    RefusedBlock,
    Reply,
    ResultCard,
    TextBlock,
)
from agent.rendering.plain import as_text
from integrations.slack.blocks.order import build_order
from integrations.slack.blocks.outcome import (
    build_draft,
    build_feedback,
    build_handoff,
    build_refused,
    build_result,
    build_text,
)
from integrations.slack.blocks.proposal import build_proposal, fallback
from integrations.slack.blocks.question import build_question
from integrations.slack.blocks.text import MESSAGE_BLOCKS, Json, as_json, clip, fit

FALLBACK = 3000
CUSTOMER = "the customer"


@dataclass(frozen=True, slots=True)
class Part:
    """One message. `private`: for the eyes of whoever asked; a `card` is posted by itself so that it can be updated."""

    kind: Literal["main", "card", "private"]
    text: str
    blocks: Json
    card: ProposalCard | None = None


def build_reply(
    reply: Reply,
    *,
    private: bool,
    ticket: str = "",
    names: frozenset[str] = frozenset(),
    elsewhere: bool = False,
) -> list[Part]:
    """The messages of a reply.

    `ticket` is the number of the linked one. In a thread that is not `private`, personal data and refusals are set
    apart and the customers (`names` too) are not named; where it was asked `elsewhere`, refusals are told there.
    """
    shown: list[Block] = []
    hidden: list[Block] = []
    said: list[str] = []
    told: list[str] = []
    cards: list[Part] = []
    for number, block in enumerate(reply.blocks):
        if isinstance(block, ProposalCard):
            public = block if private else without(block, names)
            cards.append(Part("card", fallback(public), as_json(build_proposal(public)), public))
            continue
        apart = (
            isinstance(block, RefusedBlock) if private and elsewhere else not private and is_personal(block)
        )
        drawn = _draw(
            block if private or apart else without(block, names), f"{reply.event_id}|{number}", ticket
        )
        texts = told if apart else said
        texts.append(as_text(block if private or apart else without(block, names)))
        target = hidden if apart else shown
        target += [DividerBlock(), *drawn] if target and isinstance(block, OrderCard | DraftBlock) else drawn
    if shown:
        shown = [*fit(shown, MESSAGE_BLOCKS - 1), build_feedback(reply.conversation_id, reply.event_id)]
    parts = []
    if hidden:
        parts.append(Part("private", _fallback(told), as_json(fit(hidden, MESSAGE_BLOCKS))))
    if shown:
        parts.append(Part("main", _fallback(said), as_json(shown)))
    return [*parts, *cards]


def is_personal(block: DeskBlock) -> bool:
    """Not for a channel: refusals, and whatever is mostly about one customer."""
    is_list_of_orders = isinstance(block, QuestionBlock) and block.slot == "order"
    return is_list_of_orders or isinstance(block, RefusedBlock | OrderCard | DraftBlock)


def without(block: Any, names: frozenset[str]) -> Any:
    """The block with customers unnamed."""
    names = names | ({block.customer} if isinstance(block, ProposalCard) else set())
    wanted = sorted((name for name in names if name.strip()), key=len, reverse=True)
    return type(block).model_validate(_unnamed(block.model_dump(), wanted)) if wanted else block


def _unnamed(value: Any, names: list[str]) -> Any:
    if isinstance(value, dict):
        return {key: _unnamed(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_unnamed(inner, names) for inner in value]
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, CUSTOMER)
    return value


def _fallback(texts: list[str]) -> str:
    return clip("\n".join(texts), FALLBACK) or "The desk answered."


def _draw(block: DeskBlock, ref: str, ticket: str) -> list[Block]:
    if isinstance(block, DraftBlock):
        return build_draft(block, ref, ticket=ticket)
    drawn: dict[type[Any], Any] = {
        TextBlock: build_text,
        QuestionBlock: build_question,
        OrderCard: build_order,
        ResultCard: build_result,
        RefusedBlock: build_refused,
        HandoffBlock: build_handoff,
    }
    found: list[Block] = drawn[type(block)](block)
    return found
