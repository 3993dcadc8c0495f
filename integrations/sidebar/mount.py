"""The sidebar's and the tickets' addresses on the desk's server."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from integrations.channels import Linked
from integrations.helpdesk.port import Helpdesk
from integrations.sidebar import embed, posts, routes, tickets
from integrations.sidebar.door import Sidebar
from integrations.sidebar.draw import HERE


def mount_sidebar(
    web: FastAPI, helpdesk: Helpdesk | None, *, language: str = "", channels: Sequence[object] = ()
) -> Sidebar | None:
    """Stand beside this helpdesk's tickets; without a helpdesk there is nothing to stand beside."""
    if helpdesk is None:
        return None
    is_local = helpdesk.name == "local"
    linked = [each for each in channels if isinstance(each, Linked) and each.name != helpdesk.name]
    seconds = 1.0 if is_local else 30.0
    web.state.sidebar = sidebar = Sidebar(helpdesk, language, elsewhere=linked, ticket_seconds=seconds)
    for area in (embed, posts, routes, *([tickets] if is_local else [])):
        web.include_router(area.router)
    web.mount("/sidebar-static", StaticFiles(directory=HERE / "static"), name="sidebar-static")
    return sidebar
