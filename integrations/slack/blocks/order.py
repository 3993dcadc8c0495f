"""An order at a glance: its goods, what can be done, and why the rest cannot."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from agent.messages import CardRow, OrderCard
from agent.rendering.plain import closed_actions
from integrations.slack.blocks.question import SAY
from integrations.slack.blocks.text import actions, button, data, header, sections, small


def row_lines(rows: list[CardRow]) -> list[str]:
    """Rows as lines of text."""
    return [
        f"{data(row.label)}{f' · _{data(row.tag)}_' if row.tag else ''}"
        + (f":  {data(row.value)}" if row.soft else f":  *{data(row.value)}*" if row.value else "")
        for row in rows
    ]


def build_order(card: OrderCard) -> list[Block]:
    """The order with buttons for what is open."""
    lines = [f"*{data(card.customer)}* · {data(card.placed)} · {data(card.status)}", *row_lines(card.rows)]
    lines.append(f"Refundable now:  *{data(card.refundable)}*")
    blocks: list[Block] = [header(f"Order {card.number}"), *sections(lines)]
    open_ones = [action for action in card.actions if action.available]
    blocks += actions(
        [
            button(action.label, f"{SAY}:{number}", f"{action.label.lower()} on {card.number}")
            for number, action in enumerate(open_ones)
        ],
        f"o:{card.number}",
    )
    closed = [
        f"{', '.join(map(data, labels))}: {data(reason)}" for reason, labels in closed_actions(card).items()
    ]
    if closed:
        blocks.append(small("*Not available now*"))
        blocks += [small(*closed[at : at + 10]) for at in range(0, len(closed), 10)]
    return blocks
