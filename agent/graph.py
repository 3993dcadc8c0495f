"""The graph: nodes and edges only.

``understand → advance → render → await_confirmation → settle → render_result``. Its state holds ids; the turn's
working memory travels beside it as the run's context and is never checkpointed. The one interrupt only waits: code
before an interrupt runs again on resume, so its node does nothing else, and what wakes it decides nothing, because
the proposal table has decided already.
"""

from __future__ import annotations

import os

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")

from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agent.dialogue import buttons
from agent.dialogue.apply import apply_all, go_on
from agent.dialogue.evidence import take_quoted
from agent.dialogue.outcomes import Proposed
from agent.dialogue.turn import Turn
from agent.dialogue.view import build_view
from agent.rendering.blocks import render
from agent.state import GraphState


async def understand(state: GraphState, runtime: Runtime[Turn]) -> GraphState:
    """Words to commands, by the one reader."""
    turn = runtime.context
    turn.understanding = await turn.notes["read"](await build_view(turn))
    take_quoted(turn)
    return {"decided": ""}


async def advance(state: GraphState, runtime: Runtime[Turn]) -> GraphState:
    """Commands to case changes, tools and proposals."""
    await apply_all(runtime.context)
    return {}


async def write(state: GraphState, runtime: Runtime[Turn]) -> GraphState:
    """Facts to words and cards; the cards that are open now are awaited."""
    turn = runtime.context
    turn.notes["blocks"] = render(turn)
    waiting = [c.proposal_id for c in turn.cases.values() if c.status == "proposed" and c.proposal_id]
    shown = [o.proposal.id for o in turn.outcomes if isinstance(o, Proposed)]
    return {"awaiting": list(dict.fromkeys([*waiting, *shown]))}


def await_confirmation(state: GraphState) -> GraphState:
    """Wait for somebody to decide one of the cards. Reads, waits, returns: nothing else."""
    return {"decided": interrupt({"proposals": state.get("awaiting", [])})}


async def settle(state: GraphState, runtime: Runtime[Turn]) -> GraphState:
    """A card was decided (in the proposal table): let it be executed and tell what came of it."""
    turn = runtime.context
    decided = state.get("decided", "")
    if decided:
        await turn.notes["execute"](turn.merchant.id, decided)
        await buttons.report(turn, decided)
    await go_on(turn)
    return {"decided": ""}


def _from_start(state: GraphState) -> str:
    return "settle" if state.get("decided") else "understand"


def _after_words(state: GraphState) -> str:
    return "await_confirmation" if state.get("awaiting") else END


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None) -> CompiledStateGraph[Any, Any, Any, Any]:
    """The compiled graph. Node names are kept for ever: paused threads resume by them."""
    graph = StateGraph(GraphState, context_schema=Turn)
    graph.add_node("understand", understand)
    graph.add_node("advance", advance)
    graph.add_node("render", write)
    graph.add_node("await_confirmation", await_confirmation)
    graph.add_node("settle", settle)
    graph.add_conditional_edges(START, _from_start, ["settle", "understand"])
    graph.add_edge("understand", "advance")
    graph.add_edge("advance", "render")
    graph.add_conditional_edges("render", _after_words, ["await_confirmation", END])
    graph.add_edge("await_confirmation", "settle")
    graph.add_edge("settle", "render")
    return graph.compile(checkpointer=checkpointer)
