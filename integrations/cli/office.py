"""The operator's way in: through the desk that is running on this machine, or to the database itself."""

from __future__ import annotations

import getpass
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx

from domain.ports import StorageUnavailable
from domain.rules import Refused, Rule, Violation, broken
from integrations.administration.office import Office
from integrations.administration.service import Administration
from integrations.http.access import Tokens
from integrations.opening import load_settings, opened
from integrations.running import read_running

if TYPE_CHECKING:
    from integrations.bootstrap import Application

_PATIENCE_SECONDS = 600.0


def operator() -> str:
    """How the audit trail names whoever runs the command."""
    try:
        return f"operator:{getpass.getuser()}"
    except (KeyError, OSError):  # a container without names
        return "operator"


async def perform(command: dict[str, Any]) -> dict[str, Any]:
    """Carry a command out, where the desk runs if it does. Raises Refused, StorageUnavailable, UnknownMerchant."""
    settings = load_settings()
    running = read_running(settings.data)
    if running is not None:
        return await _through(*running, command)
    async with opened(settings) as (store, merchant):
        office = Office(
            store=store,
            merchant_id=merchant.id,
            tokens=Tokens(store, merchant.id),
            forget_thread=partial(_forget_thread, settings.url),
            scrub=store.scrub,
            operator=operator(),
        )
        return await Administration(office).do(command)


def office_of(app: Application, tokens: Tokens) -> Administration:
    """The office inside a desk that runs: settings and tokens that change count there at once."""

    async def read_settings() -> None:
        merchant = next(each for each in await app.store.merchants() if each.id == app.merchant.id)
        app.merchant = app.desk.merchant = merchant

    async def forget_thread(conversation_id: str) -> None:
        saver = app.desk.graph.checkpointer
        if saver is not None and not isinstance(saver, bool):
            await saver.adelete_thread(conversation_id)

    office = Office(
        store=app.store,
        merchant_id=app.merchant.id,
        tokens=tokens,
        forget_thread=forget_thread,
        scrub=app.store.scrub,
        operator=operator(),
        settings_changed=read_settings,
    )
    return Administration(office)


async def _forget_thread(url: str, conversation_id: str) -> None:
    from integrations.storage.checkpoints import checkpointer

    async with checkpointer(url) as saver:
        await saver.adelete_thread(conversation_id)


async def _through(url: str, secret: str, command: dict[str, Any]) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=url, timeout=_PATIENCE_SECONDS) as client:
        try:
            answered = await client.post("/local/admin", json=command, headers={"X-Desk-Local": secret})
        except httpx.TransportError as error:
            raise StorageUnavailable(f"the desk at {url} does not answer: {type(error).__name__}") from None
    found: dict[str, Any] = answered.json()
    if answered.is_success:
        return found
    detail = found.get("detail", "the desk refused")
    if answered.status_code == 503:
        raise StorageUnavailable(detail)
    violations = [Violation.model_validate(each) for each in found.get("violations", [])]
    raise Refused(*violations or [broken(Rule.FIELD_INVALID, "request", limit=detail, value="this")])
