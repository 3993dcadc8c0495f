"""The open question, with its answers as buttons."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from agent.messages import Option, QuestionBlock
from integrations.slack.blocks.text import actions, button, data, section, small

SAY = "say"
"""Action ids of answers begin so; the value is what the answer says."""
MOST_OPTIONS = 20


def build_question(question: QuestionBlock) -> list[Block]:
    """The question, its open answers as buttons, the closed ones with their reasons."""
    open_ones = [option for option in question.options if not option.disabled][:MOST_OPTIONS]
    blocks: list[Block] = [section(f"*{data(question.text, 2900)}*")]
    name = f"q:{question.slot or 'next'}"
    if any(option.detail for option in open_ones):
        blocks += [
            section(
                f"*{data(option.label)}*\n{data(option.detail)}",
                block_id=f"{name}:{number}",
                accessory=_answer(option, number, question, shown=f"{number + 1}. Choose"),
            )
            for number, option in enumerate(open_ones)
        ]
    elif open_ones:
        blocks += actions(
            [_answer(option, number, question) for number, option in enumerate(open_ones)], name
        )
    closed = [option for option in question.options if option.disabled]
    lines = [f"Not available: {data(option.label)}. {data(option.disabled)}" for option in closed]
    return [*blocks, *([small(*lines)] if lines else [])]


def _answer(option: Option, number: int, question: QuestionBlock, shown: str = ""):  # type: ignore[no-untyped-def]  # noqa: ANN202
    is_best = number == 0 and len(question.options) > 1 and question.slot != "clarify"
    style = "primary" if is_best and (question.slot or len(question.options) < 4) else None
    return button(shown or option.label, f"{SAY}:{number}", option.say, style=style)
