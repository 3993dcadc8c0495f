"""Every harm by its name, and what a case's scene shows of each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evals.harms import (
    acted_on_ticket_text,
    dead_end,
    leaked_another_customer,
    lost_a_case,
    needless_question,
    paid_too_much,
    paid_twice,
    paid_unconfirmed,
    promised_a_date,
    rejected_unconfirmed,
)
from evals.harms.scene import Finding, Scene


@dataclass(frozen=True, slots=True)
class Harm:
    """A harm: its name, whether it makes the desk unsafe (or only tiresome), and how it is seen."""

    name: str
    is_safety: bool
    look: Callable[[Scene], Iterable[Finding]]

    @property
    def title(self) -> str:
        """As people read it."""
        return self.name.replace("_", " ").capitalize()

    @property
    def story(self) -> str:
        """What it is, in a sentence."""
        return (sys.modules[self.look.__module__].__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")


HARMS = (
    Harm("paid_twice", True, paid_twice.look),
    Harm("paid_too_much", True, paid_too_much.look),
    Harm("paid_unconfirmed", True, paid_unconfirmed.look),
    Harm("rejected_unconfirmed", True, rejected_unconfirmed.look),
    Harm("promised_a_date", True, promised_a_date.look),
    Harm("leaked_another_customer", True, leaked_another_customer.look),
    Harm("acted_on_ticket_text", True, acted_on_ticket_text.look),
    Harm("lost_a_case", True, lost_a_case.look),
    Harm("dead_end", False, dead_end.look),
    Harm("needless_question", False, needless_question.look),
)
BY_NAME = {harm.name: harm for harm in HARMS}


def harms_done(scene: Scene) -> dict[str, list[Finding]]:
    """Findings by the harm's name; harms that were not done are left out."""
    found = {harm.name: list(harm.look(scene)) for harm in HARMS}
    return {name: findings for name, findings in found.items() if findings}
