"""`desk serve` and `desk worker`."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import threading
from contextlib import AbstractAsyncContextManager, AsyncExitStack, closing
from importlib.metadata import entry_points
from typing import Any

import uvicorn
from fastapi import FastAPI

from integrations.bootstrap import Application, application, load_settings
from integrations.bootstrap.readers import embedded
from integrations.cli.office import office_of
from integrations.http.access import Links
from integrations.http.app import create_app
from integrations.http.local import local_router
from integrations.observability.logs import log_as_json
from integrations.running import forget_running, write_running
from integrations.sidebar.mount import mount_sidebar


async def run_server(
    *, demo: bool, host: str | None, port: int | None, staff: str, trial: bool = False
) -> None:
    """Serve until interrupted; prints the one-time link when the socket is open. Raises StorageUnavailable."""
    settings = load_settings(host=host, port=port)
    log_as_json()
    listening = listen(settings.host, settings.port)
    with closing(listening):
        await _serve(settings, listening, demo=demo, staff=staff, trial=trial)


async def _serve(settings: Any, listening: socket.socket, *, demo: bool, staff: str, trial: bool) -> None:
    async with application(settings, demo=demo) as app:
        address = f"http://{settings.host}:{listening.getsockname()[1]}"
        web = create_app(app)
        secret = write_running(settings.data, address)
        web.include_router(local_router(web.state.tokens, secret, office_of(app, web.state.tokens).do))
        for channel in app.channels:
            channel.mount(web)
        mount_sidebar(web, app.helpdesk, language=settings.sidebar_language, channels=app.channels)
        if trial:
            _extension("trial")(web)
        stack = AsyncExitStack()
        if settings.mcp:
            await stack.enter_async_context(_mcp(app, web))
        server = uvicorn.Server(
            uvicorn.Config(
                web, log_config=None, access_log=False, timeout_graceful_shutdown=5, server_header=False
            )
        )
        _keep_what_is_loaded()
        _stop_in_our_own_order()
        try:
            async with stack, asyncio.TaskGroup() as tasks:
                tasks.create_task(_greet(server, app, address, staff))
                await server.serve(sockets=[listening])
        finally:
            forget_running(settings.data)


def _mcp(app: Application, web: FastAPI) -> AbstractAsyncContextManager[None]:
    """MCP beside the API; loaded only where it is wanted, for it takes longer than all the rest."""
    from integrations.mcp.web import mcp_over_http

    served = mcp_over_http(
        app.store, app.merchant.id, web.state.tokens.principal, public_url=app.settings.public_url
    )
    served.mount(web)
    return served.running()


def _extension(name: str) -> Any:
    """What sits above this package and is only found at run time."""
    return next(iter(entry_points(group="returns_desk.extensions", name=name))).load()


def _keep_what_is_loaded() -> None:
    """Collect garbage from now on, and never look through modules, routes and models for it: that took 0.1 s a time."""
    gc.freeze()
    gc.enable()


def _stop_in_our_own_order() -> None:
    """SIGTERM ends the server, and only then, in their order, the worker, the channels and the database.

    uvicorn stops on it, but sends it to the process once more when it has: without a handler of ours the process would
    die there, holding jobs that nobody takes until their lease runs out.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: None)


def listen(host: str, port: int) -> socket.socket:
    """The open socket, so that a taken port is known before anything else happens."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise SystemExit(
            f"desk: cannot listen on {host}:{port}: {error.strerror}; --port takes another"
        ) from None
    listening.listen(1024)
    return listening


async def _greet(server: Any, app: Application, address: str, staff: str) -> None:
    while not server.started:
        if server.should_exit:
            return
        await asyncio.sleep(0.02)
    token = await Links(app.store, app.merchant.id).new(staff)
    print(f"Returns Desk is ready, shop {app.merchant.name!r}. Open this link, it signs in {staff} once:")
    place = "tickets" if app.helpdesk is not None and app.helpdesk.name == "local" else ""
    print(f"\n    {address}/{place}#token={token}\n")
    print("Or chat in this folder's terminal: make chat", flush=True)
    await asyncio.to_thread(embedded().warm)  # Now rather than with the first message.
    _keep_what_is_loaded()


async def run_worker(*, demo: bool) -> None:
    """Run jobs until interrupted."""
    log_as_json()
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with application(load_settings(worker="embedded"), demo=demo):
        print("desk worker: running", flush=True)
        await stop.wait()
