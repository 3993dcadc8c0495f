"""`desk mcp`: one member of staff's assistant, on standard input and output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx2
import mcp_types as types
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from domain.ports import Store
from integrations.mcp.desk import DeskOffer, FindHolder, Offer
from integrations.mcp.server import Context, OfferFor, make_server

_PATIENCE_SECONDS = 60.0


async def serve_stdio(store: Store, merchant_id: str, find_holder: FindHolder, secret: str) -> None:
    """Until standard input ends. The token is looked up for every request, so that revoking it stops this too."""

    async def offer_for(ctx: Context) -> Offer:
        holder = await find_holder(secret)
        if holder is None:
            raise MCPError(types.INVALID_REQUEST, "The token in DESK_MCP_TOKEN is unknown, revoked or over.")
        return DeskOffer(store, merchant_id, holder)

    await run_stdio(offer_for)


async def bridge_stdio(url: str, secret: str) -> None:
    """The same through a desk that runs already and serves MCP at this address. Raises what the connection does."""
    headers = {"Authorization": f"Bearer {secret}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=_PATIENCE_SECONDS) as http,
        Client(streamable_http_client(url, http_client=http), cache=None) as client,
    ):
        offer = _Elsewhere(client)

        async def offer_for(ctx: Context) -> Offer:
            return offer

        await run_stdio(offer_for)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """The offer of a desk that runs in another process."""

    client: Client

    async def tools(self) -> list[types.Tool]:
        return (await self.client.list_tools()).tools

    async def call(self, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
        return await self.client.call_tool(name, arguments)

    async def resources(self) -> list[types.Resource]:
        return (await self.client.list_resources()).resources

    async def templates(self) -> list[types.ResourceTemplate]:
        return (await self.client.list_resource_templates()).resource_templates

    async def read(self, uri: str) -> types.ReadResourceResult:
        return await self.client.read_resource(uri)


async def run_stdio(offer_for: OfferFor) -> None:
    """Serve an offer on standard input and output."""
    server = make_server(offer_for)
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())
