"""What a tool is, and the one way to call one.

The same registry serves the flow engine, a chat model answering questions (READ only) and the MCP server (READ and
PROPOSE). A tool validates its arguments, calls one service in one transaction, and shapes the outcome: a broken rule
comes back as a typed result with its violations, never as an exception.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from pydantic import BaseModel

from agent.messages import ToolCall
from agent.progress import step
from domain.identity import Role, Staff
from domain.ports import Store, UnitOfWork
from domain.rules import Refused, Violation

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Tool:
    """A named function on a unit of work."""

    name: str
    kind: Literal["READ", "PROPOSE"]
    description: str
    arguments: type[BaseModel]
    run: Callable[[UnitOfWork, Staff, Any], Any]
    when_refused: Callable[[UnitOfWork, Staff, Any], None] | None = None
    """What stays of a refused call, written in a transaction of its own (a quality claim that was made in it)."""
    direct: Role = Role.VIEWER
    """The role that may call it by itself, outside a conversation: the books are finance's there."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool gave: a value, or the rules that were broken."""

    value: Any = None
    violations: list[Violation] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was refused."""
        return not self.violations


@dataclass(slots=True)
class ToolBox:
    """The tools in the hands of one member of staff; every call is logged for the trace."""

    store: Store
    merchant_id: str
    actor: Staff
    tools: dict[str, Tool]
    log: list[ToolCall] = field(default_factory=list)

    async def call(self, name: str, **arguments: Any) -> Outcome:
        """Run a tool in one transaction. Raises KeyError for an unknown tool, StorageUnavailable."""
        tool = self.tools[name]
        step(name)
        parsed = tool.arguments.model_validate(arguments)

        def work(uow: UnitOfWork) -> Any:
            return tool.run(uow, self.actor, parsed)

        try:
            if tool.kind == "READ":
                value = await self.store.read(self.merchant_id, work)
            else:
                value = await self.store.write(self.merchant_id, work)
        except Refused as refusal:
            self.log.append(ToolCall(name=name, kind=tool.kind, ok=False))
            if (keep := tool.when_refused) is not None:
                await self.store.write(self.merchant_id, lambda uow: keep(uow, self.actor, parsed))
            return Outcome(violations=refusal.violations)
        self.log.append(ToolCall(name=name, kind=tool.kind, ok=True))
        return Outcome(value)
