"""What happens to money: providers answer or not, workers run or die, settlements, payouts, reserves."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace

from domain.balances.model import Account, EntryKind, PayoutStatus, Posting
from domain.balances.service import current_balances, decide_payout, post_due_settlements, schedule_payout
from domain.lifecycle import IllegalTransition
from domain.ports import Job, ProviderAnswer, UnitOfWork
from domain.refunds.execution import record_answer
from evals.faults.machine.dice import Dice
from evals.faults.machine.people import CURRENCIES
from evals.faults.machine.staff_rules import StaffRules
from evals.faults.machine.world import LEASE_SECONDS
from evals.faults.oracle.values import Doc
from evals.faults.watch.shop import OWN, hold

_FAULTS = (
    "succeed", "decline", "late", "late_decline", "timeout_before", "timeout_after", "unavailable",
    "lookup_timeout", "decline", "timeout_after",
)  # fmt: skip


class MoneyRules(StaffRules):
    """Rules of money."""

    def work(self, dice: Dice) -> None:
        """A worker does all that is due; faults befall the provider."""
        if not self._jobs():
            self.carry(dice, ("refund", "refund_return", "refund"))
        if dice.rarely(60):
            faults = [dice.one_of(_FAULTS) for _ in range(dice.between(1, 3))]
            self.world.sandbox.script(*faults)
            for fault in faults:
                self.count("fault", fault)
        if dice.rarely(25):
            self.world.sandbox.release()
        if dice.rarely(40):
            self.world.clock.move(seconds=dice.one_of((5, 61, 600)))
        runs = self.world.bench.run(self.world.worker("w1").run_once())
        self.see(*self.world.merchants, runs=True)
        self.count("worker", "ran" if runs else "idle")

    def meanwhile(self, dice: Dice) -> None:
        """Settlements are posted, or a payout takes what the card counted on."""
        if dice.rarely(50):
            self.treasury(dice)
        else:
            super().meanwhile(dice)

    def _jobs(self) -> bool:
        """Whether a refund waits for its provider."""
        shops = self.world.watcher.shops.values()
        return any(
            state == "queued" for shop in shops for (kind, _), state in shop.jobs.items() if kind != "notify"
        )

    def lease(self, dice: Dice) -> None:
        """A worker dies or is slow: another takes the job, and the first can write no more."""
        jobs = self.world.store.jobs
        run = self.world.bench.run
        first = run(jobs.claim(owner="slow", lease_seconds=LEASE_SECONDS))
        second = run(jobs.claim(owner="w2", lease_seconds=LEASE_SECONDS, limit=50))
        hold(not {job.id for job in first} & {job.id for job in second}, "a leased job was taken")
        self.world.clock.move(seconds=LEASE_SECONDS + 1)
        third = run(jobs.claim(owner="w3", lease_seconds=LEASE_SECONDS, limit=50))
        if first:
            hold(first[0].id in {job.id for job in third}, "a lease that ran out is not taken over")
            self._late(first[0], dice)
        for job in third:
            hold(run(jobs.retry(job, run_after=self.world.clock.now(), error="given back")), "a lost lease")
        self.see(*self.world.merchants, runs=True)
        self.count("lease", "taken over" if first else "nothing due")

    def _late(self, job: Job, dice: Dice) -> None:
        jobs, now = self.world.store.jobs, self.world.clock.now()
        late: dict[str, Callable[[], Coroutine[None, None, bool]]] = {
            "finish": lambda: jobs.finish(job),
            "retry": lambda: jobs.retry(job, run_after=now, error="late"),
            "bury": lambda: jobs.bury(job, error="late"),
        }
        what = dice.one_of(sorted(late))
        hold(not self.world.bench.run(late[what]()), f"a worker without its lease could {what} the job")

    def _a_refund(self, dice: Dice, merchant: str) -> tuple[Doc, Doc] | None:
        shop = self.world.shop(merchant)
        found = [
            (order, refund)
            for order in shop.orders.values()
            for refund in order["refunds"]
            if refund["id"] in shop.proposals and refund["allocations"]
        ]
        return dice.one_of(found) if found else None

    def answers(self, dice: Dice) -> None:
        """An answer comes by another way (a webhook), early, twice, late, or out of order."""
        merchant = self.a_shop(dice)
        found = self._a_refund(dice, merchant)
        if self._jobs() and dice.rarely(25):
            self.lease(dice)
            return
        if found is None:
            self.carry(dice, ("refund",))
            return
        order, refund = found
        part = dice.one_of(refund["allocations"])
        number = refund["allocations"].index(part) + 1
        key = refund["id"] if number == 1 else f"{refund['id']}:{number}"
        answer = self._true_answer(dice, merchant, order, refund, key)

        def write(uow: UnitOfWork) -> None:
            record_answer(uow, order["id"], refund["id"], part["payment"], answer)

        self.world.write(merchant, write)
        self.see(merchant)
        before = self.world.shop(merchant).revisions[order["id"]]
        self.world.write(merchant, write)
        change = self.see(merchant)[merchant]
        hold(change.nothing, f"the same answer to {key} again changed something: {change}")
        hold(before == self.world.shop(merchant).revisions[order["id"]], "written again")

    def _true_answer(
        self, dice: Dice, merchant: str, order: Doc, refund: Doc, key: str
    ) -> ProviderAnswer | None:
        """What the provider would say now; perhaps the bank takes the money back first."""
        effects = [each for each in self.world.sandbox.effects(refund["id"]) if each.key == key]
        if not effects:
            self.count("answer", "none")
            return None
        part = effects[-1]
        if part.status == "succeeded" and dice.rarely(50):
            self.world.sandbox.reverse(key)
            part = replace(part, status="reversed")
        self.count("answer", part.status)
        if part.status == "reversed":
            return ProviderAnswer("failed", part.ref, "reversed by the bank")
        return ProviderAnswer(part.status, part.ref)

    def settles(self, dice: Dice) -> None:
        """The worker posts what is due; what is read then is what the oracle works out."""
        merchant, currency = self.a_shop(dice), dice.one_of(CURRENCIES)
        expected = self.world.shop(merchant).balances_at(currency, self.world.clock.now())

        def work(uow: UnitOfWork) -> dict[str, int]:
            post_due_settlements(uow)
            held = current_balances(uow, currency)
            return {account.value: held.of(account) for account in Account if account.value in OWN}

        found = self.world.write(merchant, work)
        self.see(merchant)
        self.count("settlements", "posted")
        hold(found == expected, f"{currency} holds {found}, expected {expected}")

    def treasury(self, dice: Dice) -> None:
        """Payouts and reserves: what is set aside is not there for refunds."""
        merchant = self.a_shop(dice)
        currency = self.an_order(dice, merchant)["currency"]
        held = self.world.shop(merchant).balances_at(currency, self.world.clock.now())["available"]
        waiting = [key for key, status in self.world.shop(merchant).payouts.items() if status == "scheduled"]
        if dice.rarely(30):
            self.settles(dice)
        elif waiting and dice.rarely(60):
            self._end_payout(dice, merchant)
        elif dice.rarely(30):
            self._reserve(merchant, currency, held)
        else:
            self._payout(dice, merchant, currency, held)

    def _payout(self, dice: Dice, merchant: str, currency: str, held: int) -> None:
        amount, refused = dice.near(held), False
        try:
            self.world.write(merchant, lambda uow: schedule_payout(uow, "fay", currency, amount))
        except ValueError:
            refused = True
        self.see(merchant)
        self.count("payout", "refused" if refused else "scheduled")
        hold(
            refused == (amount <= 0 or amount > held), f"a payout of {amount}, {held} held: refused {refused}"
        )

    def _end_payout(self, dice: Dice, merchant: str) -> None:
        payouts = self.world.shop(merchant).payouts
        key, status = dice.one_of(sorted(payouts)), dice.one_of((PayoutStatus.PAID, PayoutStatus.CANCELLED))
        legal, refused = payouts[key] == "scheduled", False

        def work(uow: UnitOfWork) -> None:
            payout = uow.ledger.payout(key)
            if payout is not None:
                decide_payout(uow, "fay", payout, status)

        try:
            self.world.write(merchant, work)
        except IllegalTransition:
            refused = True
        self.see(merchant)
        self.count("payout", "refused" if refused else status.value)
        hold(refused != legal, f"payout {key}: {payouts[key]} to {status.value}, refused {refused}")

    def _reserve(self, merchant: str, currency: str, held: int) -> None:
        """The platform moves half of what is available into the reserve."""
        if held < 2:
            return
        posting = Posting(
            key=f"reserve:{self.world.bench.ids.new('res')}",
            kind=EntryKind.RESERVE,
            source=Account.AVAILABLE,
            target=Account.RESERVED,
            amount=held // 2,
            currency=currency,
            at=self.world.clock.now(),
        )

        def work(uow: UnitOfWork) -> None:
            post_due_settlements(uow)
            uow.ledger.post([posting])
            uow.ledger.post([posting])

        self.world.write(merchant, work)
        self.world.write(merchant, work)
        self.see(merchant)
        self.count("reserve", "moved")
