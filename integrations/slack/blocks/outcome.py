"""What came of it: result, refusal, draft, hand-over, plain sentences; and what people think of a reply."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, ContextActionsBlock, RichTextBlock
from slack_sdk.models.blocks.basic_components import FeedbackButtonObject
from slack_sdk.models.blocks.block_elements import (
    FeedbackButtonsElement,
    RichTextElementParts,
    RichTextPreformattedElement,
)

from agent.messages import DraftBlock, HandoffBlock, RefusedBlock, ResultCard, TextBlock
from integrations.slack.blocks.proposal import move_lines
from integrations.slack.blocks.text import actions, button, clip, data, section, sections, small

COPY, TO_TICKET, FEEDBACK = "draft_copy", "draft_to_ticket", "feedback"
_SIGNS = {
    "done": ":white_check_mark:",
    "failed": ":x:",
    "unknown": ":grey_question:",
    "pending": ":hourglass:",
}


def build_text(block: TextBlock) -> list[Block]:
    """A sentence or two, with the page they rest on."""
    source = [small(f"From {data(block.source.replace('_', ' '))}")] if block.source else []
    return [*sections(data(line, 2900) for line in block.text.split("\n")), *source]


def build_result(card: ResultCard) -> list[Block]:
    """What happened, and the balance before and after."""
    blocks: list[Block] = [
        section(f"{_SIGNS[card.outcome]} *{data(card.title, 1000)}*\nOrder {data(card.order)}")
    ]
    if card.moves:
        blocks += sections(["*Your balance*", *move_lines(card.moves)])
    return blocks


def build_refused(block: RefusedBlock) -> list[Block]:
    """Why not; nothing was changed."""
    return sections(f":no_entry: {data(line, 2900)}" for line in block.text.split("\n") if line.strip())


def build_handoff(block: HandoffBlock) -> list[Block]:
    """A case for somebody with the role."""
    return sections(
        [f":raising_hand: *For a {data(block.role)}*", *(data(li, 2900) for li in block.text.split("\n"))]
    )


def build_draft(block: DraftBlock, ref: str, *, ticket: str) -> list[Block]:
    """A reply to the customer as a box that Slack lets people copy.

    `ref` finds it again; `ticket` is the number of the one that is linked, if any is.
    """
    text = RichTextElementParts.Text(text=clip(block.text, 8000))
    buttons = [button("Copy", COPY, ref)]
    if ticket:
        buttons.append(button("Add to ticket", TO_TICKET, f"{ref}|{ticket}", style="primary"))
    return [
        section(f"*Reply to the customer* ({data(block.language)}), for you to send"),
        RichTextBlock(elements=[RichTextPreformattedElement(elements=[text], border=0)]),
        *actions(buttons, "draft"),
    ]


def build_feedback(conversation_id: str, event_id: str) -> Block:
    """Was this reply any good?"""

    def choice(text: str, verdict: str, label: str) -> FeedbackButtonObject:
        value = f"{verdict}|{conversation_id}|{event_id}"
        return FeedbackButtonObject(text=text, value=value, accessibility_label=label)

    element = FeedbackButtonsElement(
        action_id=FEEDBACK,
        positive_button=choice("Good", "good", "This reply was good"),
        negative_button=choice("Bad", "bad", "This reply was not good"),
    )
    return ContextActionsBlock(elements=[element])
