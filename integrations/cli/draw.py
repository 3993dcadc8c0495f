"""Replies in a terminal, with rich."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from agent.messages import (
    Block,
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
from agent.rendering.plain import closed_actions

console = Console(highlight=False)
ACCENT, SOFT, WARN, BAD = "green", "bright_black", "yellow", "red"


def draw(reply: Reply) -> None:
    """Print every block."""
    for block in reply.blocks:
        console.print(_block(block))


def _block(block: Block) -> RenderableType:
    if isinstance(block, TextBlock):
        return Text(block.text)
    if isinstance(block, QuestionBlock):
        return _question(block)
    if isinstance(block, OrderCard):
        return _order(block)
    if isinstance(block, ProposalCard):
        return _proposal(block)
    if isinstance(block, ResultCard):
        return _result(block)
    if isinstance(block, DraftBlock):
        return Panel(Text(block.text), title=f"Draft for the customer ({block.language})", border_style=SOFT)
    if isinstance(block, RefusedBlock):
        return Text(block.text, style=BAD)
    assert isinstance(block, HandoffBlock)
    return Text(block.text, style=WARN)


def _grid() -> Table:
    table = Table.grid(expand=True, padding=(0, 2))
    table.add_column(ratio=1)
    table.add_column(justify="right")
    return table


def _question(block: QuestionBlock) -> RenderableType:
    rows: list[RenderableType] = [Text(block.text, style="bold")]
    for option in block.options:
        detail = f"  {option.disabled or option.detail}" if option.disabled or option.detail else ""
        style = SOFT if option.disabled else ""
        rows.append(Text.assemble(("  • " + option.label, style or ACCENT), (detail, SOFT)))
    return Group(*rows)


def _order(card: OrderCard) -> RenderableType:
    table = _grid()
    for row in card.rows:
        tag = f"  {row.tag}" if row.tag else ""
        table.add_row(Text.assemble((row.label, SOFT if row.soft else ""), (tag, SOFT)), row.value)
    table.add_row(Text("Refundable", style="bold"), Text(card.refundable, style="bold"))
    parts: list[RenderableType] = [table]
    parts += [Text(f"• {action.label}", style=ACCENT) for action in card.actions if action.available]
    for why, labels in closed_actions(card).items():
        parts.append(Text(f"× {', '.join(labels)}: {why}", style=SOFT))
    return Panel(
        Group(*parts), title=f"Order {card.number}", subtitle=f"{card.customer}, {card.placed}", width=72
    )


def _proposal(card: ProposalCard) -> RenderableType:
    table = _grid()
    for row in card.rows:
        tag = f"  {row.tag}" if row.tag else ""
        table.add_row(Text.assemble((row.label, SOFT if row.soft else ""), (tag, SOFT)), row.value)
    for move in card.moves:
        table.add_row(move.account, f"{move.before} → {move.after}")
    parts: list[RenderableType] = [Text(card.headline, style="bold"), Text(card.to, style=SOFT), table]
    parts += [Text(text, style=WARN) for text in card.warnings]
    parts += [Text(f"changed: {text}", style=WARN) for text in card.difference]
    parts.append(Text(card.footnote, style=SOFT))
    keys = f"/confirm {card.short_id}   /edit {card.short_id} …   /cancel {card.short_id}"
    parts.append(Text.assemble((card.confirm_label, f"bold {ACCENT}"), (f"   {keys}", SOFT)))
    return Panel(Group(*parts), title=f"{card.title}, waiting for you", border_style=ACCENT, width=72)


def _result(card: ResultCard) -> RenderableType:
    mark, style = {"done": ("✓", ACCENT), "failed": ("×", BAD)}.get(card.outcome, ("…", WARN))
    rows: list[RenderableType] = [Text(f"{mark} {card.title}", style=f"bold {style}")]
    rows += [Text(f"  {move.account}: {move.before} → {move.after}", style=SOFT) for move in card.moves]
    return Group(*rows)
