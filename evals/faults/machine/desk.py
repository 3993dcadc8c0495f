"""The whole machine, and running it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyStrategyDefinition
from hypothesis.stateful import rule, run_state_machine_as_test

from evals.faults.machine.base import COUNTS, EnoughDone
from evals.faults.machine.bench import Bench
from evals.faults.machine.dice import Dice
from evals.faults.machine.money_rules import MoneyRules
from evals.faults.machine.outside_rules import OutsideRules
from evals.faults.machine.race_rules import RaceRules

STEPS_A_RUN = 60


class DeskMachine(MoneyRules, OutsideRules, RaceRules):
    """Everything. Hypothesis says how many steps and draws one number for each; the dice choose what it is.

    With a rule of hypothesis's own for each command it leaves out some of them in most runs and repeats others, and
    few runs come far.
    """

    @rule(data=st.data())
    def happens(self, data: st.DataObject) -> None:
        """One thing of all that can happen, the likelier ones more often."""
        with self.step():
            dice = Dice(data)
            things: dict[Callable[[Dice], None], int] = {
                self.progress: 30,
                self.ask: 12,
                self.decide: 7,
                self.change_of_mind: 6,
                self.platform_changes: 9,
                self.customer_asks: 7,
                self.evidence: 5,
                self.work: 9,
                self.answers: 5,
                self.treasury: 5,
                self.races: 30 if self.bench.can_meddle else 6,
            }
            dice.weighted(things)(dice)


@dataclass
class Report:
    """What came of running it."""

    steps: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def take(self, seconds: float) -> None:
        """Steps, and how often each command ended how."""
        self.seconds, self.steps = seconds, COUNTS["steps", ""]
        for (command, outcome), count in sorted(COUNTS.items()):
            if outcome:
                self.counts.setdefault(command, {})[outcome] = count


def run(
    url: str | None,
    *,
    steps: int,
    first_seed: int,
    batch: int = 4,
    shrink: bool = False,
    enough: Callable[[float], bool] = lambda seconds: False,
) -> Report:
    """Runs until so many steps are done, `enough` says so, or something fails."""
    report, began = Report(), time.monotonic()
    DeskMachine.bench = Bench(url)
    DeskMachine.enough = staticmethod(
        lambda: COUNTS["steps", ""] >= steps or enough(time.monotonic() - began)
    )
    COUNTS.clear()
    number = first_seed
    try:
        while not DeskMachine.enough():
            problem = _batch(number, batch, shrink)
            if problem:
                report.failures.append(f"seed {number}: {problem}")
                break
            number += 1
    finally:
        DeskMachine.bench.close()
    report.take(time.monotonic() - began)
    return report


def _batch(number: int, size: int, shrink: bool) -> str | None:
    """Examples of one seed; what went wrong."""
    Dice.salt = number
    how = settings(
        max_examples=size,
        stateful_step_count=STEPS_A_RUN,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.normal if shrink else Verbosity.quiet,
        report_multiple_bugs=False,
        print_blob=False,
    )
    try:
        run_state_machine_as_test(seed(number)(DeskMachine), settings=how)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        if isinstance(error, EnoughDone | FlakyStrategyDefinition) and DeskMachine.enough():
            return None
        while isinstance(error, BaseExceptionGroup) and error.exceptions:
            error = error.exceptions[0]
        notes = next(iter(getattr(error, "__notes__", [])), "")
        shown = "".join(traceback.format_exception_only(error)).strip()
        where = "".join(traceback.format_tb(error.__traceback__)[-3:])
        return f"{shown}\n{notes}\n{where}"
    return None
