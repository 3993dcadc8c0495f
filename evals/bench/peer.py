"""The peer: LangChain's prebuilt tool-calling agent on LangGraph, with our tools and a model that answers at once.

The model says what the task needs and not a call more: find the order, see what can be done, ask; then propose, and
say so. `langchain.agents.create_agent` is today's prebuilt agent (`langgraph.prebuilt.create_react_agent`, which it
replaced, is deprecated); everything is at its defaults.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import orjson
from langchain.agents import create_agent
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.tools import BaseTool, StructuredTool
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph
from pydantic import BaseModel

from agent.tools.registry import all_tools
from agent.tools.tool import Tool, ToolBox
from domain.identity import Staff
from domain.ports import Store
from evals.bench.script import CHANGED_MIND, number_in

TOOLS = ("find_order", "get_order", "search_orders", "available_actions", "propose_refund", "get_proposal")


class InstantModel(BaseChatModel):
    """Answers by what the last message is, without any delay."""

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=_answer(messages))])

    async def _agenerate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=_answer(messages))])

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Any:
        """The tools are known."""
        return self

    @property
    def _llm_type(self) -> str:
        return "instant"


def _answer(messages: Sequence[BaseMessage]) -> AIMessage:
    last = messages[-1]
    if isinstance(last, HumanMessage):
        if str(last.content) == CHANGED_MIND:
            return _call("propose_refund", _proposed(messages))
        return _call("find_order", {"number": number_in(str(last.content))})
    assert isinstance(last, ToolMessage)
    if last.name == "find_order":
        return _call("available_actions", {"order_id": json.loads(str(last.content))["id"]})
    if last.name == "available_actions":
        return AIMessage("A refund is possible. Why: changed mind, damaged, wrong item, or another reason?")
    return AIMessage("I have prepared the refund of one unit. Please check the card and confirm it.")


def _call(tool: str, arguments: dict[str, Any]) -> AIMessage:
    return AIMessage(
        "", tool_calls=[{"name": tool, "args": arguments, "id": f"call-{tool}", "type": "tool_call"}]
    )


def _proposed(messages: Sequence[BaseMessage]) -> dict[str, Any]:
    found = next(m for m in reversed(messages) if isinstance(m, ToolMessage) and m.name == "find_order")
    order = json.loads(str(found.content))
    lines = [{"line": order["lines"][0]["id"], "quantity": 1}]
    payload = {"lines": lines, "currency": order["currency"], "reason": "changed_mind"}
    return {"order_id": order["id"], "payload": payload}


def bound_tools(store: Store, merchant_id: str, actor: Staff, names: Sequence[str] = TOOLS) -> list[BaseTool]:
    """The desk's own tools as the agent takes them, bound to the same store."""
    known = all_tools()
    return [_bound(known[name], lambda: ToolBox(store, merchant_id, actor, known)) for name in names]


def _bound(tool: Tool, box: Callable[[], ToolBox]) -> BaseTool:
    async def call(**arguments: Any) -> str:
        outcome = await box().call(tool.name, **arguments)
        if not outcome.ok:
            return orjson.dumps({"refused": [violation.message for violation in outcome.violations]}).decode()
        return orjson.dumps(outcome.value, default=_plain).decode()

    return StructuredTool.from_function(
        coroutine=call, name=tool.name, description=tool.description, args_schema=tool.arguments
    )


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


def build_peer(
    store: Store, merchant_id: str, actor: Staff, saver: BaseCheckpointSaver[Any]
) -> CompiledStateGraph[Any, Any, Any, Any]:
    """The agent, compiled, on this checkpointer."""
    return create_agent(InstantModel(), bound_tools(store, merchant_id, actor), checkpointer=saver)


async def say(agent: CompiledStateGraph[Any, Any, Any, Any], thread: str, text: str) -> str:
    """One turn of a conversation with it: its last words."""
    config: Any = {"configurable": {"thread_id": thread}}
    ended = await agent.ainvoke({"messages": [{"role": "user", "content": text}]}, config)
    return str(ended["messages"][-1].content)
