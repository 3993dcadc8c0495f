"""Every tool by name: for the flow engine, a model's questions (READ only), and MCP (READ and PROPOSE)."""

from __future__ import annotations

from agent.tools import balances, orders, proposals
from agent.tools.tool import Tool


def all_tools() -> dict[str, Tool]:
    """Every tool by name."""
    return {tool.name: tool for module in (orders, balances, proposals) for tool in module.TOOLS}
