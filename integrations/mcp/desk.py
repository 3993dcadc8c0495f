"""The desk as an MCP client sees it, in the name of the member of staff whose token is used."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import unquote

import mcp_types as types
import orjson
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from agent.tools.registry import all_tools
from agent.tools.tool import Outcome, Tool, ToolBox
from domain.identity import Staff, role_violation
from domain.orders.document import field_path
from domain.ports import StorageUnavailable, Store
from domain.proposals.model import Proposal
from domain.rules import Rule, Violation, broken
from integrations.mcp.catalogue import (
    KNOWLEDGE,
    ORDER,
    arguments_of,
    as_data,
    described,
    knowledge,
    resources,
    templates,
)

_NOT_FOUND = -32002
_NEEDS = {"READ": "read", "PROPOSE": "converse"}
"""Scopes, as over HTTP."""


class Holder(Protocol):
    """Whose token it is."""

    @property
    def staff_id(self) -> str:
        """Of the member of staff."""
        ...

    @property
    def scopes(self) -> frozenset[str]:
        """What it may be used for."""
        ...


FindHolder = Callable[[str], Awaitable[Holder | None]]


class Offer(Protocol):
    """What a server answers with: the desk itself, or one that runs elsewhere."""

    async def tools(self) -> list[types.Tool]:
        """Tools this token may use."""
        ...

    async def call(self, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
        """Use one."""
        ...

    async def resources(self) -> list[types.Resource]:
        """Pages that can be read."""
        ...

    async def templates(self) -> list[types.ResourceTemplate]:
        """Things that can be read by name."""
        ...

    async def read(self, uri: str) -> types.ReadResourceResult:
        """Read one."""
        ...


@dataclass(frozen=True, slots=True)
class DeskOffer:
    """In one member of staff's name. Who that is and what they may is looked up anew for every call."""

    store: Store
    merchant_id: str
    holder: Holder

    async def tools(self) -> list[types.Tool]:
        """Those that the token's scopes and the holder's role allow."""
        actor = await self._actor()
        return [described(tool) for tool in all_tools().values() if self._barred(tool, actor) is None]

    async def call(self, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
        """A broken rule is a result that says so; nothing was changed then."""
        tool = all_tools().get(name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, f"There is no tool {name[:80]!r}.")
        actor = await self._actor()
        barred = self._barred(tool, actor)
        if barred is not None:
            return _refused([barred])
        try:
            given = arguments_of(name).model_validate(arguments)
            box = ToolBox(self.store, self.merchant_id, actor, all_tools())
            outcome = await box.call(name, **{key: getattr(given, key) for key in type(given).model_fields})
        except ValidationError as error:
            return _refused([_violation(each) for each in error.errors(include_url=False)])
        except StorageUnavailable:
            return _said("The database cannot be used at the moment; nothing was changed. Please try again.")
        return _result(tool, outcome)

    async def resources(self) -> list[types.Resource]:
        """The knowledge pages."""
        return resources()

    async def templates(self) -> list[types.ResourceTemplate]:
        """Orders and pages by name."""
        return templates()

    async def read(self, uri: str) -> types.ReadResourceResult:
        """An order or a page. Raises MCPError where there is none, or the token may not read."""
        if uri.startswith(KNOWLEDGE) and (text := knowledge(uri.removeprefix(KNOWLEDGE))) is not None:
            return _contents(uri, text, "text/markdown")
        if uri.startswith(ORDER):
            return await self._order(uri)
        raise MCPError(_NOT_FOUND, f"There is nothing at {uri[:120]}.")

    async def _order(self, uri: str) -> types.ReadResourceResult:
        actor = await self._actor()
        if (barred := self._barred(all_tools()["find_order"], actor)) is not None:
            raise MCPError(types.INVALID_REQUEST, barred.message)
        box = ToolBox(self.store, self.merchant_id, actor, all_tools())
        number = unquote(uri.removeprefix(ORDER))
        found = await box.call("find_order", number=number) if 0 < len(number) <= 100 else Outcome()
        if found.value is None:
            raise MCPError(_NOT_FOUND, f"There is no order {number[:80]} here.")
        actions = await box.call("available_actions", order_id=found.value.id)
        data = {"order": as_data(found.value), "actions": as_data(actions.value)}
        return _contents(uri, orjson.dumps(data).decode(), "application/json")

    async def _actor(self) -> Staff:
        staff = await self.store.read(self.merchant_id, lambda uow: uow.staff.get(self.holder.staff_id))
        if staff is None or not staff.active:
            raise MCPError(types.INVALID_REQUEST, "Whoever holds this token does not work here any more.")
        return staff

    def _barred(self, tool: Tool, actor: Staff) -> Violation | None:
        """Why this token or its holder may not use the tool, or None."""
        needed = _NEEDS[tool.kind]
        if needed not in self.holder.scopes:
            return broken(
                Rule.FIELD_INVALID, "token", limit=f"a token with the scope {needed}", value=tool.name
            )
        return role_violation(actor, tool.direct)


def _violation(error: Any) -> Violation:
    value = "nothing" if error["type"] == "missing" else repr(error["input"])[:80]
    return broken(
        Rule.FIELD_INVALID, field_path(error["loc"]) or "arguments", limit=error["msg"], value=value
    )


def _result(tool: Tool, outcome: Outcome) -> types.CallToolResult:
    if not outcome.ok:
        return _refused(outcome.violations)
    data = as_data(outcome.value)
    structured = data if isinstance(data, dict) else {"result": data}
    said = [orjson.dumps(data).decode()]
    if tool.kind == "PROPOSE" and isinstance(outcome.value, Proposal):
        said.insert(0, _proposed(outcome.value))
        structured = {"proposal": data, "confirmed": False, "next": said[0]}
    content: list[Any] = [types.TextContent(text=text) for text in said]
    return types.CallToolResult(content=content, structured_content=structured)


def _proposed(proposal: Proposal) -> str:
    return (
        f"Proposed as {proposal.short_id} on order {proposal.order_number}; nothing has happened yet. It must be "
        f"confirmed by a person in a channel of the desk before {proposal.expires_at:%H:%M} UTC. It cannot be "
        "confirmed here."
    )


def _refused(violations: list[Violation]) -> types.CallToolResult:
    said = "Refused, and nothing was changed. " + " ".join(each.message for each in violations)
    found = [each.model_dump(mode="json") for each in violations]
    return types.CallToolResult(
        content=[types.TextContent(text=said)], structured_content={"violations": found}, is_error=True
    )


def _said(text: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=text)], is_error=True)


def _contents(uri: str, text: str, media_type: str) -> types.ReadResourceResult:
    return types.ReadResourceResult(
        contents=[types.TextResourceContents(uri=uri, text=text, mime_type=media_type)]
    )
