"""What all rules share: a world, choosing shops, orders and people, and counting what came of each command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import ClassVar

from hypothesis.stateful import RuleBasedStateMachine

from domain.orders.arrival import take_in
from domain.orders.document import read_document
from domain.orders.intake import to_order
from domain.rules import Refused
from evals.faults.machine.bench import Bench
from evals.faults.machine.dice import Dice
from evals.faults.machine.goods import order_document
from evals.faults.machine.people import NAMES, STRONG
from evals.faults.machine.quiet import come_to_rest
from evals.faults.machine.world import World
from evals.faults.oracle.values import Doc
from evals.faults.watch.shop import Change

COUNTS: Counter[tuple[str, str]] = Counter()
"""How often each command ended in which way, over all runs of this process."""
_MOST_ORDERS = 3


class EnoughDone(Exception):
    """No failure: the steps or the time are used up."""


class Base(RuleBasedStateMachine):
    """One run."""

    bench: ClassVar[Bench]
    enough: ClassVar[Callable[[], bool]] = staticmethod(lambda: False)

    def __init__(self) -> None:
        if type(self).enough():
            raise EnoughDone
        super().__init__()
        Dice.turn = 0
        self.world = World(self.bench)
        self.failed = False
        self.trail: list[str] = []

    @contextmanager
    def step(self) -> Iterator[None]:
        """Around everything a rule does."""
        COUNTS["steps", ""] += 1
        self.trail.append(f"-- {self.world.clock.at:%d %H:%M:%S}")
        try:
            yield
        except BaseException as error:
            self.failed = True
            error.add_note("\n".join(self.trail[-60:]))
            raise

    def count(self, command: str, outcome: str, detail: object = "") -> None:
        """What came of a command."""
        COUNTS[command, outcome] += 1
        self.trail.append(f"{command}: {outcome} {detail}".rstrip())

    def see(self, *merchants: str, runs: bool = False, meddled: bool = False) -> dict[str, Change]:
        """Look at both shops and check everything; only these may have changed."""
        return self.world.watcher.see(set(merchants), runs=runs, meddled=meddled)

    def teardown(self) -> None:
        """Let everything end, and check what must be true at rest."""
        try:
            if not self.failed:
                come_to_rest(self.world)
        finally:
            self.world.close()

    def a_shop(self, dice: Dice) -> str:
        """Mostly the first."""
        return self.world.merchants[1 if dice.rarely(40) else 0]

    def an_order(self, dice: Dice, merchant: str) -> Doc:
        """One of the shop's; imported now if there is none yet."""
        if not self.world.shop(merchant).orders:
            self.import_order(dice, merchant)
        return dice.one_of(list(self.world.shop(merchant).orders.values()))

    def anybody(self, dice: Dice) -> str:
        """Mostly somebody who may."""
        return dice.one_of(NAMES) if dice.rarely(30) else dice.one_of(STRONG)

    def import_order(self, dice: Dice, merchant: str) -> None:
        """One more order. The same numbers and ids exist in both shops."""
        count = len(self.world.shop(merchant).orders) + 1
        if count > _MOST_ORDERS:
            return
        now = self.world.clock.now()
        document = order_document(dice, f"#{count}", merchant, now)
        shop = self.world.read(merchant, lambda uow: uow.merchant)
        for tried in (document, {k: v for k, v in document.items() if k not in ("refunds", "returns")}):
            try:
                intake = to_order(read_document(tried), shop, order_id=f"order-{count}", now=now)
            except Refused:
                self.count("import order", "refused")
                continue
            self.world.write(merchant, partial(take_in, intakes=[intake]))
            for payment in intake.order.payments:
                if payment.captured > 0 and not payment.voided:
                    self.world.sandbox.register_payment(payment.provider_ref, payment.captured)
            self.count("import order", "done")
            break
        self.see(merchant)
