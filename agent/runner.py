"""The channels' single door: one message or one press in, one reply out.

Each conversation is worked on by one turn at a time, in the order in which events arrived; the same event twice is
answered once. What was said, the cases and the reply are rows of our own tables, so a conversation survives a restart
between any two turns, and a turn that died half-way is simply done again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command as Resume

from agent.dialogue import buttons
from agent.dialogue.apply import go_on
from agent.dialogue.turn import Turn
from agent.messages import InboundMessage, Press, Reply, Ticket
from agent.progress import step
from agent.reading.grounding.validate import validate
from agent.reading.read_whole import read_whole
from agent.reading.view import Reader, TurnView, Understanding
from agent.rendering.blocks import render
from agent.state import Case
from agent.tools.registry import all_tools
from agent.tools.tool import Tool, ToolBox
from domain.cases.model import Conversation, Message, StoredCase
from domain.identity import Staff
from domain.ports import Clock, IdFactory, Store, UnitOfWork
from domain.proposals.model import ProposalState
from domain.rules import Refused, Rule, broken
from domain.settings import Merchant

Execute = Callable[[str, str], Awaitable[None]]
"""``(merchant_id, proposal_id)``: give a confirmed proposal the chance to be executed; returns when it is done, or
when waiting longer would keep a person waiting."""

DECIDED = {
    ProposalState.CONFIRMED,
    ProposalState.EXECUTED,
    ProposalState.FAILED,
    ProposalState.CANCELLED,
    ProposalState.SUPERSEDED,
}


@dataclass(slots=True)
class Desk:
    """The desk of one merchant. `lock` keeps the turns of one conversation apart; by default within this process."""

    store: Store
    merchant: Merchant
    reader: Reader
    graph: CompiledStateGraph[Any, Any, Any, Any]
    execute: Execute
    clock: Clock
    ids: IdFactory
    lock: Callable[[str], AbstractAsyncContextManager[Any]] | None = None
    _tools: dict[str, Tool] = field(default_factory=all_tools)
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    def _lock(self, key: str) -> AbstractAsyncContextManager[Any]:
        if self.lock is not None:
            return self.lock(key)
        return self._locks.setdefault(key, asyncio.Lock())

    async def say(self, message: InboundMessage) -> Reply:
        """Answer what was written. Raises Refused(not_authorised) for strangers, StorageUnavailable."""
        async with self._lock(f"{self.merchant.id}:{message.channel}:{message.thread_key}"):
            turn, earlier = await self._begin(message, message.text)
            if earlier is not None:
                return earlier
            turn.message = message
            if message.ticket is not None:
                turn.conversation.ticket = message.ticket.model_dump()
            if message.attachments:
                kept = turn.conversation.state.setdefault("files", [])
                kept += [item.model_dump() for item in message.attachments]
            state = {"conversation_id": turn.conversation.id, "event_id": message.event_id, "decided": ""}
            await self._run(turn, state)
            return await self._end(turn, message.event_id)

    async def keep_ticket(self, channel: str, thread_key: str, ticket: Ticket) -> bool:
        """Bring the ticket of a conversation up to date; False where there is no such conversation."""

        def work(uow: UnitOfWork) -> bool:
            conversation = uow.conversations.by_thread(channel, thread_key)
            if conversation is None:
                return False
            conversation.ticket = ticket.model_dump()
            uow.conversations.save(conversation)
            return True

        async with self._lock(f"{self.merchant.id}:{channel}:{thread_key}"):
            return await self.store.write(self.merchant.id, work)

    async def press(self, press: Press) -> Reply:
        """Decide a proposal. Raises Refused(not_authorised) for strangers, StorageUnavailable."""
        async with self._lock(f"{self.merchant.id}:{press.channel}:{press.thread_key}"):
            turn, earlier = await self._begin(press, f"[{press.action}]")
            if earlier is not None:
                return earlier
            decided = await buttons.confirm(turn, press) if press.action == "confirm" else None
            if press.action == "cancel":
                await buttons.cancel(turn, press)
            elif press.action == "edit":
                await buttons.edit(turn, press)
            if decided is not None:
                await self._wake(turn, decided.id, press.event_id)
            else:
                if press.action == "cancel":
                    await go_on(turn)
                turn.notes["blocks"] = render(turn)
            return await self._end(turn, press.event_id)

    async def _wake(self, turn: Turn, decided: str, event_id: str) -> None:
        """Resume the graph that waits for this card; start it afresh where none does (a restart, another thread)."""
        config: Any = {"configurable": {"thread_id": turn.conversation.id}}
        snapshot = await self.graph.aget_state(config) if self.graph.checkpointer else None
        awaiting = snapshot.values.get("awaiting", []) if snapshot and snapshot.next else []
        if decided in awaiting:
            await self._run(turn, Resume(resume=decided))
        else:
            state = {"conversation_id": turn.conversation.id, "event_id": event_id, "decided": decided}
            await self._run(turn, state)

    async def _run(self, turn: Turn, given: Any) -> None:
        turn.notes["read"], turn.notes["execute"] = self._read, self.execute
        config: Any = {"configurable": {"thread_id": turn.conversation.id}, "recursion_limit": 20}
        options: dict[str, Any] = {"durability": "exit"} if self.graph.checkpointer else {}
        await self.graph.ainvoke(given, config, context=turn, **options)

    async def _read(self, view: TurnView) -> Understanding:
        if not view.text:
            return Understanding(intent="evidence", confidence=1.0, reader=self.reader.name)
        step("read")
        understood = await asyncio.to_thread(lambda: validate(read_whole(self.reader, view), view))
        step("read_done")
        return understood

    async def _begin(self, event: InboundMessage | Press, text: str) -> tuple[Turn, Reply | None]:
        """Load the conversation and note the event; an event that was answered before gives its reply."""

        def work(uow: UnitOfWork) -> tuple[Staff, Conversation, list[StoredCase], Reply | None]:
            staff = uow.staff.get(event.staff_id)
            if staff is None or not staff.active:
                raise Refused(broken(Rule.NOT_AUTHORISED, "actor", limit="viewer", value="unknown"))
            conversation = uow.conversations.by_thread(event.channel, event.thread_key)
            if conversation is None:
                conversation = self._new_conversation(uow, event, staff)
                uow.conversations.save(conversation)
            answered = uow.conversations.reply_to(event.event_id)
            if answered is not None and answered.conversation_id == conversation.id:
                reply = Reply.model_validate(answered.body).model_copy(update={"repeated": True})
                return staff, conversation, [], reply
            uow.conversations.add_message(_message(uow, conversation, event, staff, text))
            cases = [uow.conversations.case(case_id) for case_id in conversation.stack]
            live = [self._checked(uow, case, conversation) for case in cases if case is not None]
            return staff, conversation, [case for case in live if case is not None], None

        staff, conversation, stored, earlier = await self.store.write(self.merchant.id, work)
        tools = ToolBox(self.store, self.merchant.id, staff, self._tools)
        turn = Turn(self.store, self.clock, self.ids, self.merchant, staff, conversation, None, tools)
        turn.cases = {case.id: Case.model_validate(case.data) for case in stored}
        return turn, earlier

    def _checked(self, uow: UnitOfWork, case: StoredCase, conversation: Conversation) -> StoredCase | None:
        """A case whose card was decided somewhere else is over."""
        proposal_id = case.data.get("proposal_id")
        proposal = uow.proposals.get(proposal_id) if proposal_id else None
        if proposal is not None and proposal.state in DECIDED and case.data.get("status") == "proposed":
            conversation.stack.remove(case.id)
            return None
        return case

    def _new_conversation(self, uow: UnitOfWork, event: InboundMessage | Press, staff: Staff) -> Conversation:
        return Conversation(
            id=uow.ids.new("conv"),
            merchant_id=self.merchant.id,
            channel=event.channel,
            thread_key=event.thread_key,
            staff_id=staff.id,
            created_at=uow.now,
            updated_at=uow.now,
        )

    async def _end(self, turn: Turn, event_id: str) -> Reply:
        """Store the cases, the conversation and the reply in one transaction."""
        reply = Reply(
            conversation_id=turn.conversation.id,
            event_id=event_id,
            blocks=turn.notes.get("blocks", []),
            commands=[command.model_dump() for command in turn.understanding.commands],
            tools=turn.tools.log,
            reader=turn.understanding.reader,
            proposal_ids=list(dict.fromkeys(turn.proposals)),
        )

        def work(uow: UnitOfWork) -> None:
            turn.conversation.updated_at = uow.now
            uow.conversations.save(turn.conversation)
            for case in turn.cases.values():
                uow.conversations.save_case(_stored(uow, turn, case))
            uow.conversations.add_message(_outbound(uow, turn, reply))

        await self.store.write(self.merchant.id, work)
        await self._prune(turn)
        return reply

    async def _prune(self, turn: Turn) -> None:
        """Forget the graph's checkpoints once a case is over and no card waits: nothing would resume from them."""
        statuses = {case.status for case in turn.cases.values()}
        saver = self.graph.checkpointer
        if (
            isinstance(saver, BaseCheckpointSaver)
            and statuses & {"done", "cancelled"}
            and "proposed" not in statuses
        ):
            await saver.adelete_thread(turn.conversation.id)


def _message(
    uow: UnitOfWork, conversation: Conversation, event: InboundMessage | Press, staff: Staff, text: str
) -> Message:
    return Message(
        id=uow.ids.new("msg"),
        conversation_id=conversation.id,
        event_id=event.event_id,
        direction="in",
        staff_id=staff.id,
        text=text,
        given=_given(event),
        at=uow.now,
    )


def _given(event: InboundMessage | Press) -> dict[str, Any]:
    """What came beside the words."""
    if isinstance(event, Press):
        return event.model_dump(mode="json", include={"action", "proposal_id", "set"})
    files = [item.model_dump(mode="json") for item in event.attachments]
    return {"files": files} if files else {}


def _outbound(uow: UnitOfWork, turn: Turn, reply: Reply) -> Message:
    return Message(
        id=uow.ids.new("msg"),
        conversation_id=turn.conversation.id,
        event_id=reply.event_id,
        direction="out",
        staff_id=None,
        text="",
        body=reply.model_dump(mode="json"),
        at=uow.now,
    )


def _stored(uow: UnitOfWork, turn: Turn, case: Case) -> StoredCase:
    return StoredCase(
        id=case.id,
        merchant_id=turn.merchant.id,
        conversation_id=turn.conversation.id,
        order_id=case.order_id,
        flow=case.flow.value,
        status=case.status,
        data=case.model_dump(mode="json"),
        created_at=uow.now,
        updated_at=uow.now,
    )
