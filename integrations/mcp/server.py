"""The protocol: requests to an offer, over any transport."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server

from integrations.mcp.catalogue import INSTRUCTIONS
from integrations.mcp.desk import Offer

Context = ServerRequestContext[Any, Any]
OfferFor = Callable[[Context], Awaitable[Offer]]
"""The offer for whoever sent this request. Raises MCPError for strangers."""


def make_server(offer_for: OfferFor) -> Server[Any]:
    """A server that answers each request with its sender's own offer."""

    async def list_tools(ctx: Context, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=await (await offer_for(ctx)).tools())

    async def call_tool(ctx: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        return await (await offer_for(ctx)).call(params.name, params.arguments or {})

    async def list_resources(ctx: Context, params: Any) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=await (await offer_for(ctx)).resources())

    async def list_templates(ctx: Context, params: Any) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=await (await offer_for(ctx)).templates())

    async def read(ctx: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        return await (await offer_for(ctx)).read(params.uri)

    server: Server[Any] = Server(
        "returns-desk",
        version=version("returns-desk"),
        title="Returns Desk",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read,
    )
    # Its spans would carry what tools are called with; the desk's own tracing names ids only.
    server.middleware.clear()
    return server
