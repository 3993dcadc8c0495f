"""Slack as a :class:`integrations.channels.Channel`."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from domain.ports import Clock, Job, Store, UnitOfWork
from integrations.channels import Tickets, told_as
from integrations.slack.bolt import build_app
from integrations.slack.cards import Cards
from integrations.slack.config import SlackConfig
from integrations.slack.delivery import Delivery
from integrations.slack.door import Door
from integrations.slack.events import HandleEvent, failed
from integrations.slack.evidence import Evidence
from integrations.slack.forms import Forms
from integrations.slack.identity import People
from integrations.slack.incoming import EVENT_JOB
from integrations.slack.manifest import EVENTS
from integrations.slack.notices import Notices
from integrations.slack.oauth import INSTALL, REDIRECT, as_bolt, as_response, build_flow
from integrations.slack.place import CHANNEL
from integrations.slack.posts import Posts
from integrations.slack.room import Room
from integrations.slack.turns import Turns
from integrations.slack.workspaces import Workspaces, slack_of
from integrations.storage.locks import ConversationLocks
from integrations.work.outcome import Again, Handler, Outcome
from integrations.work.worker import Worker

if TYPE_CHECKING:
    from fastapi import FastAPI

    from agent.runner import Desk

log = logging.getLogger(__name__)
KEPT_DAYS = 90
"""How long it is known where a card was posted."""


class SlackChannel:
    """Connected to Slack, over HTTP and, where there is an app token, over Socket Mode (`desk slack`)."""

    name = CHANNEL

    def __init__(
        self,
        config: SlackConfig,
        store: Store,
        merchant_id: str,
        clock: Clock,
        tickets: Tickets | None = None,
        locks: ConversationLocks | None = None,
    ) -> None:
        self.config, self._store, self._merchant, self._clock = config, store, merchant_id, clock
        self._tickets = tickets
        self._locks = locks or ConversationLocks()
        self.workspaces = Workspaces(config, store, merchant_id)
        self.posts = Posts(self.workspaces, store, merchant_id)
        self.cards = Cards(self.posts, self.workspaces, store, merchant_id)
        self.people = People(self.workspaces, store, merchant_id, config.identity_seconds)
        self.forms = Forms(self.workspaces)
        self.notices = Notices(
            self.posts, self.cards, self.people, self.workspaces, store, merchant_id, config.remind_seconds
        )
        self.door = Door(store, merchant_id, clock, config.signing_secret, self.workspaces, self.forms)
        self._handle: HandleEvent | None = None
        self.room: Room | None = None

    def attach(self, desk: Desk) -> None:
        """The desk it hands events to."""
        takes_drafts = self._tickets is not None
        delivery = Delivery(self.posts, self.cards, self._store, self._merchant, takes_drafts=takes_drafts)
        turns = Turns(
            desk, self._store, self._merchant, self.posts, delivery, self.workspaces, self._locks,
            self.config.reply_seconds,
        )  # fmt: skip
        evidence = Evidence(
            self.workspaces, self._store, self._merchant, self.config.api_url, self.config.max_file_bytes
        )
        self.room = room = Room(
            self.config, self._store, self._merchant, self._clock, self.workspaces, self.people, self.posts,
            self.cards, self.forms, evidence, self.notices, turns, self._tickets,
        )  # fmt: skip
        self._handle = HandleEvent(room, build_app(room), self._locks)

    def jobs(self) -> dict[str, Handler]:
        """What was acknowledged and waits to be worked on."""
        return {EVENT_JOB: self._work}

    async def _work(self, job: Job) -> Outcome:
        if self._handle is None:
            return Again("not attached yet", bounded=False)
        return await self._handle(job)

    def mount(self, app: FastAPI) -> None:
        """`/slack/events`; and, where workspaces install it themselves, `/slack/install`."""
        if self.config.signing_secret:
            app.add_api_route(EVENTS, self._events, methods=["POST"], include_in_schema=False)
        if self.config.installs:
            flow = build_flow(self.config, self._store, self._merchant, self.workspaces)

            async def install(request: Request) -> Response:
                return as_response(await flow.handle_installation(await as_bolt(request)))

            async def installed(request: Request) -> Response:
                return as_response(await flow.handle_callback(await as_bolt(request)))

            app.add_api_route(INSTALL, install, methods=["GET"], include_in_schema=False)
            app.add_api_route(REDIRECT, installed, methods=["GET"], include_in_schema=False)

    async def _events(self, request: Request) -> Response:
        return await self.door(request)

    async def tell(self, job: Job) -> Outcome | None:
        """Show what happened, where it is shown already or should be."""
        thread = await self.notices.thread_of(str(job.payload.get("proposal_id") or ""))
        try:
            async with self._locks(thread or told_as(job.key)):
                return await self.notices.tell(job)
        except Exception as error:
            return await failed(self.room, "", error) if self.room is not None else Again("not attached yet")

    def chores(self, worker: Worker) -> None:
        """Reminders, and forgetting what is over."""
        worker.every(30, self._remind, "slack reminders")
        worker.every(3600, self._forget, "slack forgetting")

    async def _remind(self) -> None:
        """One process at a time, so that nobody is reminded twice."""
        async with self._locks("slack reminders"):
            await self.notices.remind()

    async def _forget(self) -> None:
        def work(uow: UnitOfWork) -> int:
            return slack_of(uow).forget(uow.now, uow.now - timedelta(days=KEPT_DAYS))

        await self._store.write(self._merchant, work)

    async def close(self) -> None:
        """Finish what was begun."""
        await self.door.close()
        await self._locks.close()


def connect(
    config: SlackConfig,
    store: Store,
    merchant_id: str,
    clock: Clock,
    *,
    tickets: Tickets | None = None,
    locks: ConversationLocks | None = None,
) -> SlackChannel:
    """The channel, if the configuration is complete. Raises SlackMisconfigured.

    `tickets`: the helpdesk's, where one is connected. `locks` keep a thread's turns and outcomes apart, by default
    within this process; they are closed with the channel.
    """
    is_socket_only = bool(config.app_token) and not config.signing_secret
    return SlackChannel(config.check(socket_mode=is_socket_only), store, merchant_id, clock, tickets, locks)
