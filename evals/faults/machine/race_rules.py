"""Two at once, somebody in between, and what ends half-way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import orjson

from domain.ports import ConcurrentChange, UnitOfWork
from domain.proposals import service
from domain.proposals.model import Decision, Proposal, ProposalKind
from domain.rules import Refused
from evals.faults.machine.deciding import Deciding
from evals.faults.machine.dice import Dice
from evals.faults.machine.people import STRONG
from evals.faults.machine.proposing import WISHES
from evals.faults.oracle.actions import JUDGES, may_confirm
from evals.faults.oracle.values import Doc
from evals.faults.watch.shop import hold


class _HalfWay(Exception):
    """The process died before its commit."""


class RaceRules(Deciding):
    """Rules of concurrency."""

    def races(self, dice: Dice) -> None:
        """One of the ways in which two can meet."""
        merchant = self.a_shop(dice)
        order, actor = self.an_order(dice, merchant), dice.one_of(STRONG)
        facts = self.world.facts(merchant, order, actor)
        waiting = [p for p in self.world.shop(merchant).open_proposals() if p["order_id"] == order["id"]]
        offered = self.possible(facts)
        dice.careful = True
        if waiting:
            self._decide_together(dice, merchant, waiting[0])
        elif offered:
            for _ in range(4):
                action, subject = dice.one_of(offered)
                payload = WISHES[action][1](dice, facts, subject)
                if not JUDGES[WISHES[action][0]](facts, payload):
                    self._start_together(dice, merchant, order, (action, payload, actor))
                    return
            self._old_copy(dice, merchant, order)
        else:
            self._old_copy(dice, merchant, order)

    def _start_together(self, dice: Dice, merchant: str, order: Doc, wish: tuple[str, Doc, str]) -> None:
        """What is legal: proposed by several, or half-way, or proposed and then decided by several."""
        if self.bench.can_meddle and dice.rarely(50):
            proposal = self.propose(merchant, order, *wish)
            if proposal is not None:
                self._decide_together(dice, merchant, proposal)
            return
        how = [self._propose_together, self._half_way, self._propose_together]
        if self.bench.can_meddle and not wish[0].startswith(("create", "request")):
            # What those create is named after the proposal, and the row of another process has another id.
            how = [*how, self._proposed_in_between]
        dice.one_of(how)(merchant, order, *wish)

    def _both(self, merchant: str, *works: Callable[[UnitOfWork], bool]) -> list[bool]:
        async def together() -> list[bool]:
            return await asyncio.gather(*(self.world.store.write(merchant, work) for work in works))

        return self.world.bench.run(together())

    def _propose_together(self, merchant: str, order: Doc, action: str, payload: Doc, actor: str) -> None:
        """Two proposals for one order at the same moment: one is taken."""
        kind, person = ProposalKind(WISHES[action][0]), self.world.staff[merchant][actor]

        def work(uow: UnitOfWork) -> bool:
            try:
                service.propose(uow, person, order["id"], kind, payload)
            except Refused:
                return False
            return True

        taken = self._both(merchant, work, work, work)
        self.see(merchant)
        self.count("race", "proposed together")
        hold(sum(taken) == 1, f"{sum(taken)} of 3 equal proposals were taken: {action} {payload}")

    def _decide_together(self, dice: Dice, merchant: str, proposal: Doc) -> None:
        """Everybody who may confirms at the same moment: one wins. Or somebody else decides in between."""
        order = self.world.shop(merchant).orders[proposal["order_id"]]
        facts = self.world.facts(merchant, order, proposal["created_by"])
        people = [name for name in STRONG if may_confirm(facts, proposal, self.world.person(merchant, name))]
        if not people:
            return
        person = self.world.person(merchant, people[0])
        if self.forecast(facts, proposal, person, proposal["sha256"]).outcome != "accepted":
            self.confirm(merchant, proposal, people[0], proposal["sha256"])
            return
        if self.bench.can_meddle and dice.rarely(80):
            self._in_between(dice, merchant, proposal, people[0])
            return
        accepted = self._both(
            merchant, *[self._confirming(merchant, proposal, name) for name in [*people, people[0]]]
        )
        self.see(merchant)
        self.count("race", "confirmed together")
        hold(sum(accepted) == 1, f"{proposal['id']} was confirmed {sum(accepted)} times at once")

    def _confirming(self, merchant: str, proposal: Doc, name: str) -> Callable[[UnitOfWork], bool]:
        person = self.world.staff[merchant][name]

        def work(uow: UnitOfWork) -> bool:
            decision: Decision = service.confirm(uow, person, proposal["id"], proposal["sha256"])
            return decision.accepted

        return work

    def _in_between(self, dice: Dice, merchant: str, proposal: Doc, name: str) -> None:
        """Another process withdraws it, or changes the order, after we have read and before we write."""
        withdraws, meddled = dice.rarely(50), False
        confirm = self._confirming(merchant, proposal, name)

        def work(uow: UnitOfWork) -> bool:
            nonlocal meddled
            accepted = confirm(uow)
            if not meddled:
                meddled = True
                self._withdrawn(merchant, proposal) if withdraws else self._moved(
                    merchant, proposal["order_id"]
                )
            return accepted

        accepted = self.world.write(merchant, work)
        self.see(merchant, meddled=True)
        self.count("race", "withdrawn in between" if withdraws else "order changed in between")
        hold(not accepted, f"{proposal['id']} was confirmed over another's write (withdrawn: {withdraws})")
        address = self.world.shop(merchant).orders[proposal["order_id"]]["address"]
        hold(withdraws or address.endswith("!"), "another's write to the order is gone")

    def _proposed_in_between(self, merchant: str, order: Doc, action: str, payload: Doc, actor: str) -> None:
        """Another process proposes for the same order, after we have read and before we write."""
        kind, person, meddled = ProposalKind(WISHES[action][0]), self.world.staff[merchant][actor], False

        def work(uow: UnitOfWork) -> None:
            nonlocal meddled
            proposal = service.propose(uow, person, order["id"], kind, payload)
            if not meddled:
                meddled = True
                self._insert(proposal.model_copy(update={"id": f"{proposal.id}x"}))

        refused = False
        try:
            self.world.write(merchant, work)
        except Refused:
            refused = True
        self.see(merchant, meddled=True)
        self.count("race", "proposed in between")
        hold(refused, "two processes proposed for one order")

    def _insert(self, proposal: Proposal) -> None:
        """A row as the desk would write it."""
        self.world.look.meddle(
            "insert into proposals (merchant_id, id, order_id, kind, state, sha256, created_by, created_at, "
            "expires_at, doc) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            proposal.merchant_id,
            proposal.id,
            proposal.order_id,
            proposal.kind.value,
            proposal.state.value,
            proposal.sha256,
            proposal.created_by,
            proposal.created_at,
            proposal.expires_at,
            proposal.model_dump_json(),
        )

    def _withdrawn(self, merchant: str, proposal: Doc) -> None:
        doc = orjson.dumps({**proposal, "state": "cancelled"}).decode()
        sql = "update proposals set state = 'cancelled', doc = ? where merchant_id = ? and id = ?"
        self.world.look.meddle(sql, doc, merchant, proposal["id"])

    def _moved(self, merchant: str, order_id: str) -> None:
        order = self.world.shop(merchant).orders[order_id]
        doc = orjson.dumps({**order, "address": f"{order['address']}!"}).decode()
        sql = (
            "update orders set doc = ?, version = version + 1, revision = revision + 1 "
            "where merchant_id = ? and id = ?"
        )
        self.world.look.meddle(sql, doc, merchant, order_id)

    def _half_way(self, merchant: str, order: Doc, action: str, payload: Doc, actor: str) -> None:
        """Proposed and confirmed, and the process dies before the commit: nothing has happened."""
        kind, person = ProposalKind(WISHES[action][0]), self.world.staff[merchant][actor]

        def work(uow: UnitOfWork) -> None:
            proposal = service.propose(uow, person, order["id"], kind, payload)
            service.confirm(uow, person, proposal.id, proposal.sha256)
            uow.proposals.open_for_order(order["id"])
            raise _HalfWay

        try:
            self.world.write(merchant, work)
        except _HalfWay:
            change = self.see(merchant)[merchant]
            hold(change.nothing, f"a write that was never committed left {change}")
        self.count("race", "died half-way")

    def _old_copy(self, dice: Dice, merchant: str, order: Doc) -> None:
        """An order read before somebody changed it cannot be written back."""
        copy = self.world.read(merchant, lambda uow: uow.orders.get(order["id"]))
        if copy is None:
            return

        def change(uow: UnitOfWork) -> None:
            now = uow.orders.get(order["id"])
            if now is not None:
                now.address = f"{now.address}+"
                uow.orders.save(now)

        self.world.write(merchant, change)
        self.see(merchant)
        refused = False
        try:
            self.world.write(merchant, lambda uow: uow.orders.save(copy))
        except ConcurrentChange:
            refused = True
        self.see(merchant)
        self.count("race", "old copy")
        hold(refused, "an old copy of the order was written over a newer one")
