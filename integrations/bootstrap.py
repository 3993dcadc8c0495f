"""The composition root: the one place where parts are chosen and put together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agent.reading.view import Reader
from agent.runner import Desk
from domain.ports import Clock, IdFactory, PaymentProvider
from domain.settings import Merchant
from integrations.assembly import make_worker
from integrations.channels import Channel
from integrations.demo.shop import seed_demo
from integrations.payments.sandbox import SandboxProvider
from integrations.settings import Settings
from integrations.storage.database import Database, open_database
from integrations.storage.identity import RandomIds, SystemClock
from integrations.storage.locks import ConversationLocks
from integrations.work.executing import Executing
from integrations.work.worker import Worker

if TYPE_CHECKING:
    from agent.reading.chat_model import Call

log = logging.getLogger(__name__)


def load_settings(**changes: Any) -> Settings:
    """The configuration from the environment, with what a command was told on top. Raises ValidationError."""
    return Settings(**{name: value for name, value in changes.items() if value is not None})


class Misconfigured(ValueError):
    """Settings that are wrong together; the message names them and says what to do."""


class UnknownMerchant(LookupError):
    """No merchant of that id in this database."""


@dataclass(slots=True)
class Application:
    """Everything that runs."""

    settings: Settings
    store: Database
    merchant: Merchant
    desk: Desk
    worker: Worker
    provider: PaymentProvider
    channels: Sequence[Channel] = ()


def load_reader(settings: Settings | None = None) -> Reader:
    """The configured reader; the embedded one, which loads its weights with the first message, is in all of them.

    Raises ModelUnavailable.
    """
    from agent.reading.local import LocalReader

    local = LocalReader()
    if settings is None or not settings.model or settings.reader == "local":
        return local
    from agent.reading.cascade import CascadeReader
    from agent.reading.chat_model import ModelReader, Prices
    from agent.reading.provider import connect

    asked, answered = settings.model_prompt_price, settings.model_completion_price
    model = ModelReader(
        connect(
            settings.model,
            base_url=settings.model_base_url,
            api_key=settings.model_api_key.get_secret_value(),
            timeout_seconds=settings.model_seconds,
        ),
        fallback=local,
        timeout_seconds=settings.model_seconds,
        meter=note_call,
        prices=Prices(asked, answered) if asked is not None and answered is not None else None,
    )
    return model if settings.reader == "model" else CascadeReader(local, model)


def note_call(call: Call) -> None:
    """One line of log for each call to a chat model: what it took and what came of it, no text."""
    used = call.usage
    log.log(
        logging.WARNING if call.outcome else logging.INFO,
        "model call: %s, %.2f s, %d + %d tokens, cost %s",
        call.outcome or "used", call.seconds, used.prompt_tokens, used.completion_tokens, used.cost or "unknown",
    )  # fmt: skip


def connect_channels(settings: Settings, store: Database, merchant: Merchant, clock: Clock) -> list[Channel]:
    """The channels that are configured; the terminal, the page and the API always are there. Raises Misconfigured."""
    channels: list[Channel] = []
    if settings.slack:
        channels.append(_slack(settings, store, merchant, clock))
    return channels


def _slack(settings: Settings, store: Database, merchant: Merchant, clock: Clock) -> Channel:
    from integrations.slack import SlackConfig, SlackMisconfigured, connect

    config = SlackConfig(
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        token_keys=_listed(settings.slack_token_key.get_secret_value()),
        teams=_listed(settings.slack_teams),
        public_url=settings.public_url,
        api_url=settings.slack_api_url,
        reply_seconds=settings.slack_reply_seconds,
        max_file_bytes=settings.max_file_bytes,
    )
    try:
        return connect(config, store, merchant.id, clock)
    except SlackMisconfigured as error:
        raise Misconfigured(str(error)) from None


def _listed(text: str) -> list[str]:
    """What is separated by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


@asynccontextmanager
async def application(
    settings: Settings,
    *,
    demo: bool = False,
    create: bool = False,
    clock: Clock | None = None,
    ids: IdFactory | None = None,
) -> AsyncIterator[Application]:
    """Open everything, in order; close it in the other.

    `create` makes a shop of the configured name where there is none yet. Raises UnknownMerchant, StorageUnavailable.
    """
    from agent.graph import build_graph
    from integrations.storage.checkpoints import checkpointer

    clock = clock or SystemClock()
    ids = ids or RandomIds(clock)
    async with AsyncExitStack() as stack:
        store = await open_database(settings.url, clock=clock, ids=ids)
        stack.push_async_callback(store.close)
        merchant = await (seed_demo(store) if demo else _merchant(store, settings, create=create))
        settings.data.mkdir(parents=True, exist_ok=True)
        provider = SandboxProvider(settings.data / "sandbox.db", clock=clock)
        channels = connect_channels(settings, store, merchant, clock)
        for channel in channels:
            stack.push_async_callback(channel.close)
        worker = make_worker(store, provider, f"desk-{ids.new('worker')}", clock, channels)
        embedded = settings.worker == "embedded"
        execute = Executing(store, worker if embedded else None, settings.wait_seconds)
        graph = build_graph(await stack.enter_async_context(checkpointer(settings.url)))
        locks = ConversationLocks("" if settings.url.startswith("sqlite") else settings.url)
        stack.push_async_callback(locks.close)
        desk = Desk(store, merchant, load_reader(settings), graph, execute, clock, ids, locks)
        for channel in channels:
            channel.attach(desk)
        if embedded:
            running = asyncio.create_task(worker.run_forever())
            stack.push_async_callback(_stop, worker, running)
        yield Application(settings, store, merchant, desk, worker, provider, channels)


async def _stop(worker: Worker, running: asyncio.Task[None]) -> None:
    await worker.stop(grace_seconds=5)
    await running


async def _merchant(store: Database, settings: Settings, *, create: bool) -> Merchant:
    for merchant in await store.merchants():
        if merchant.id == settings.merchant:
            return merchant
    if not create:
        name = settings.merchant
        raise UnknownMerchant(f"no merchant {name!r} in this database; `desk import` or `--demo` makes one")
    merchant = Merchant(id=settings.merchant, name=settings.merchant, base_currency=settings.currency)
    await store.save_merchant(merchant)
    return merchant
