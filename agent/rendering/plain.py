"""Blocks as plain text: what a terminal without colours, a trace or a screen reader gets."""

from __future__ import annotations

from agent.messages import (
    Block,
    DraftBlock,
    HandoffBlock,
    OrderCard,
    ProposalCard,
    QuestionBlock,
    RefusedBlock,
    ResultCard,
    TextBlock,
)


def as_text(block: Block) -> str:
    """The block in reading order, one line a row."""
    if isinstance(block, TextBlock):
        return f"{block.text} [{block.source}]" if block.source else block.text
    if isinstance(block, QuestionBlock):
        return "\n".join([block.text, *_options(block)])
    if isinstance(block, OrderCard):
        return "\n".join(_order(block))
    if isinstance(block, ProposalCard):
        return "\n".join(_proposal(block))
    if isinstance(block, ResultCard):
        return "\n".join([block.title, *(f"  {m.account}: {m.before} → {m.after}" for m in block.moves)])
    if isinstance(block, DraftBlock):
        return f"Draft ({block.language}):\n{block.text}"
    assert isinstance(block, RefusedBlock | HandoffBlock)
    return block.text


def _options(block: QuestionBlock) -> list[str]:
    rows = []
    for number, option in enumerate(block.options, 1):
        detail = f" ({option.detail})" if option.detail else ""
        closed = f" [not available: {option.disabled}]" if option.disabled else ""
        rows.append(f"  {number}. {option.label}{detail}{closed}")
    return rows


def _order(card: OrderCard) -> list[str]:
    rows = [f"Order {card.number}, {card.customer}, {card.placed} ({card.status})"]
    rows += [f"  {row.label}{f' [{row.tag}]' if row.tag else ''}: {row.value}" for row in card.rows]
    rows.append(f"  Refundable now: {card.refundable}")
    rows += [f"  • {action.label}" for action in card.actions if action.available]
    rows += [f"  × {', '.join(labels)}: {reason}" for reason, labels in closed_actions(card).items()]
    return rows


def closed_actions(card: OrderCard) -> dict[str, list[str]]:
    """Labels of the closed actions by their reason, so that one reason is read once."""
    closed: dict[str, list[str]] = {}
    for action in card.actions:
        if not action.available:
            closed.setdefault(action.reason, []).append(action.label)
    return closed


def _proposal(card: ProposalCard) -> list[str]:
    rows = [f"{card.title} · {card.order} · waiting for a decision ({card.short_id})"]
    rows.append(f"  {card.headline} {card.to}".rstrip())
    rows += [
        f"  {row.label}{f' [{row.tag}]' if row.tag else ''}: {row.value}".rstrip(": ") for row in card.rows
    ]
    rows += [f"  {move.account}: {move.before} → {move.after}" for move in card.moves]
    rows += [f"  ! {text}" for text in card.warnings]
    rows += [f"  ~ {text}" for text in card.difference]
    rows.append(f"  [{card.confirm_label}] [Edit] [Cancel]  {card.footnote}")
    return rows
