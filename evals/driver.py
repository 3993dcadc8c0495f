"""How a case reaches a desk: in this process, or over HTTP. The replay knows only this protocol."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from agent.messages import Attachment, InboundMessage, Press, ProposalCard, Reply, Ticket
from agent.reading.view import Reader
from domain.identity import Role
from domain.ports import UnitOfWork
from evals.beside import Beside, audit_log, provider_books
from evals.cases import Cancel, CaseShape, Confirm, Edit, FileShape, OrderChanged, OtherStaffConfirms
from evals.changes import change_order
from evals.ending import end_trace
from evals.orders import to_document
from evals.samples import sample
from evals.seed import ACTOR, MERCHANT, staff
from evals.snapshot import Snapshot, take
from evals.world import World

CHANNEL = "evals"
NO_PROPOSAL = "none"
"""What is pressed where no card was ever shown: the desk refuses it by its own rule."""

PressTurn = Confirm | Cancel | Edit | OtherStaffConfirms


class Driver(Protocol):
    """A desk with one case's data behind it."""

    reader: str
    """Who reads, where no reply says so."""

    async def say(self, text: str, files: list[FileShape]) -> Reply:
        """Staff write something, files come with it."""
        ...

    async def press(self, turn: PressTurn) -> Reply:
        """A button."""
        ...

    async def change(self, turn: OrderChanged) -> None:
        """Somebody else writes."""
        ...

    async def fault(self, answer: str) -> None:
        """The provider's next answer."""
        ...

    async def wait(self, minutes: float) -> None:
        """Time passes."""
        ...

    async def restart(self) -> None:
        """Everything is closed and opened again."""
        ...

    async def catch_up(self) -> None:
        """Between two turns, what was left undone is taken up."""
        ...

    async def snapshot(self) -> Snapshot:
        """What the database holds."""
        ...

    async def end(self, start: Snapshot) -> dict[str, Any]:
        """Where everything stands in the end."""
        ...

    async def beside(self) -> Beside:
        """What is no part of a trace: what reading took, the audit log, the provider's books."""
        ...


@dataclass(slots=True)
class Cards:
    """The cards that were shown, in order: what a button can be pressed on."""

    shown: dict[str, ProposalCard] = field(default_factory=dict)

    def see(self, reply: Reply) -> None:
        """Remember the cards of a reply; a card shown again keeps its place."""
        for block in reply.blocks:
            if isinstance(block, ProposalCard):
                self.shown[block.proposal_id] = block

    def pick(self, turn: PressTurn, open_ids: set[str]) -> ProposalCard | None:
        """The card a press means: the n-th, else the open one (of that order), else the last one shown."""
        cards = list(self.shown.values())
        if turn.proposal is not None:
            return cards[turn.proposal - 1] if turn.proposal <= len(cards) else None
        wanted = turn.order.strip().lstrip("#").lower() if turn.order else None
        fitting = [card for card in cards if wanted in (None, card.order.strip().lstrip("#").lower())]
        still_open = [card for card in fitting if card.proposal_id in open_ids]
        best = still_open or fitting
        return best[-1] if best else None


class InProcessDriver:
    """The desk in this process."""

    def __init__(self, case: CaseShape, reader: Reader, world: World) -> None:
        self.case, self.world, self.reader = case, world, reader.name
        self._cards = Cards()
        self._events = 0
        self._said = False
        self._others: dict[str, str] = {}

    async def say(self, text: str, files: list[FileShape]) -> Reply:
        """Staff write something; the ticket goes with the first message."""
        ticket = None
        if self.case.ticket is not None and not self._said:
            ticket = Ticket(id="ticket", **self.case.ticket.model_dump())
        self._said = True
        message = InboundMessage(
            channel=CHANNEL,
            thread_key=self.case.id,
            event_id=self._event(),
            staff_id=ACTOR,
            text=text,
            attachments=await self._store(files),
            ticket=ticket,
        )
        return self._seen(await self.world.desk.say(message))

    async def press(self, turn: PressTurn) -> Reply:
        """A button, by the actor or by a second person."""
        who = ACTOR
        if isinstance(turn, OtherStaffConfirms):
            who = await self.other_staff(turn.role, turn.limit)
        state = await self.snapshot()
        card = self._cards.pick(turn, {p.id for p in state.proposals if p.state == "open"})
        press = Press(
            channel=CHANNEL,
            thread_key=self.case.id,
            event_id=self._event(),
            staff_id=who,
            action="confirm" if isinstance(turn, OtherStaffConfirms) else turn.event,
            proposal_id=card.proposal_id if card else NO_PROPOSAL,
            sha256=card.sha256 if card else "",
            set=turn.set if isinstance(turn, Edit) else {},
        )
        return self._seen(await self.world.desk.press(press))

    async def change(self, turn: OrderChanged) -> None:
        """Somebody else writes, past the desk."""
        wanted = turn.order.strip().lstrip("#").lower()
        shape = next(o for o in self.case.orders if o.number.strip().lstrip("#").lower() == wanted)
        document = to_document(shape)
        await self.world.store.write(MERCHANT, lambda uow: change_order(uow, turn, document))

    async def fault(self, answer: str) -> None:
        """What befalls the next execution."""
        self.world.provider.script(answer)

    async def wait(self, minutes: float) -> None:
        """Time passes."""
        await self.world.wait(minutes)

    async def restart(self) -> None:
        """Everything is closed and opened again."""
        await self.world.restart()

    async def catch_up(self) -> None:
        """The worker's retries."""
        await self.world.catch_up()

    async def snapshot(self) -> Snapshot:
        """What the database holds."""
        numbers = [order.number for order in self.case.orders]
        return await self.world.store.read(MERCHANT, lambda uow: take(uow, numbers))

    async def end(self, start: Snapshot) -> dict[str, Any]:
        """Where everything stands in the end."""
        audit_ok = await self._audit_ok()
        return end_trace(start, await self.snapshot(), self.case.orders[0].currency, audit_ok=audit_ok)

    async def beside(self) -> Beside:
        """What is no part of a trace."""
        audit = await self.world.store.read(MERCHANT, audit_log)
        return Beside(usage=self.world.reader.usage, audit=audit, paid=provider_books(self.world.provider))

    async def _audit_ok(self) -> bool:
        """Seal the audit chain to its end and verify it."""

        def work(uow: UnitOfWork) -> None:
            while uow.audit.seal():
                pass

        await self.world.store.write(MERCHANT, work)
        report = await self.world.store.read(MERCHANT, lambda uow: uow.audit.verify())
        return report.intact and report.unsealed == 0

    def _event(self) -> str:
        self._events += 1
        return f"{self.case.id}:{self._events}"

    def _seen(self, reply: Reply) -> Reply:
        self._cards.see(reply)
        return reply

    async def _store(self, files: list[FileShape]) -> list[Attachment]:
        def work(uow: UnitOfWork) -> list[Attachment]:
            kept = []
            for file in files:
                content = sample(file.name, file.type)
                sha256 = uow.files.put(content, file.type, file.name)
                kept.append(
                    Attachment(
                        sha256=sha256,
                        name=file.name,
                        media_type=file.type,
                        source=file.source,
                        size=len(content),
                    )
                )
            return kept

        return await self.world.store.write(MERCHANT, work) if files else []

    async def other_staff(self, role: Role, limit: dict[str, str]) -> str:
        """The second person's id; the same role and limits are the same person."""
        known = f"{role.value} {sorted(limit.items())}"
        if known not in self._others:
            self._others[known] = f"other{len(self._others) + 1}"
            person = staff(self._others[known], f"Sasha {role.value.capitalize()}", role, limit)
            await self.world.store.write(MERCHANT, lambda uow: uow.staff.save(person))
        return self._others[known]


@asynccontextmanager
async def in_process(
    case: CaseShape, reader: Reader, make: Callable[[CaseShape, Reader, Path], World] = World
) -> AsyncIterator[InProcessDriver]:
    """A desk in this process, with a world of the case's own. Raises Refused."""
    with tempfile.TemporaryDirectory(prefix="desk-case-") as folder:
        world = make(case, reader, Path(folder))
        try:
            await world.open()
            await world.seed()
            yield InProcessDriver(case, reader, world)
        finally:
            await world.close()
