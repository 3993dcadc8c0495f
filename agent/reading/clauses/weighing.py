"""The models' opinion of a clause, pulled towards what its words say outright."""

from __future__ import annotations

import numpy as np

from agent.reading.clauses.split import Clause
from agent.reading.clauses.weighed import Weighed
from agent.reading.guards.plain import nothing_comes_back
from agent.reading.guards.rules import is_ours
from agent.reading.values.spans import bare
from agent.reading.words.act import HARD, INTENTS, Act, Open
from agent.reading.words.signals import Signals

_SURE = 0.88
_PULL_SURE, _PULL = 0.6, 0.3
"""How much of a guard's odds counts against the model's, where the guard is sure and where it is not."""
_KEPT = 0.1
"""What is left of the odds of a return where the words say that nothing comes back."""
_REFUNDED = 2.0
"""How much likelier a refund is then."""
_UNLIKELY, _NOTHING_OPEN = 0.15, 0.4
_NOT_OURS = 0.3
"""What is left of the odds of a question about our rules where nothing of a shop's refunds is named."""


def keeps_goods(clauses: list[Clause]) -> bool:
    """Whether a message about one order says somewhere that nothing comes back, and nowhere that something does."""
    orders = {bare(str(span.value)) for clause in clauses for span in clause.signals.kind("order")}
    said = [_kept(clause.signals) for clause in clauses]
    return len(orders) < 2 and True in said and False not in said


def _kept(s: Signals) -> bool | None:
    """Whether goods stay where they are; nothing where that is not said. "Nothing's coming back" asks for no return."""
    if not s.has("keep_it"):
        return False if s.has("wants_return") else None
    return nothing_comes_back(s)


def _absent(now: Open) -> dict[str, float]:
    """What is left of the odds of intents that the order that is meant gives no occasion for."""
    if not now.order_known:
        return {}
    left: dict[str, float] = {}
    if not (now.requested_return or now.open_return or now.received_return):
        left["review_return"] = _UNLIKELY
    if not now.dropshipped and not now.claimed:
        left["supplier_request"] = _UNLIKELY
    if not now.claimed:
        left |= {"supplier_result": _UNLIKELY, "supplier_cancel": _UNLIKELY}
    if not now.anything:
        left |= {"confirm": _NOTHING_OPEN, "correct": _NOTHING_OPEN}
    return left


def weigh(
    clause: Clause, intents: np.ndarray | None, text: str, now: Open, *, keeps: bool = False
) -> Weighed:
    """The model's probabilities, pulled towards what the words say outright."""
    act: Act | None = clause.act
    p = np.full(len(INTENTS), 0.002) if intents is None else np.array(intents, dtype=np.float64)
    if act is not None:
        odds = act.strength / (1 - act.strength)
        p[INTENTS.index(act.intent)] *= (
            odds if intents is None else odds ** (_PULL_SURE if act.strength >= _SURE else _PULL)
        )
        p[INTENTS.index(act.intent)] += 0.97 if intents is None else 0.0
    p /= p.sum()
    if act is not None and act.strength >= HARD and intents is not None:
        p *= 0.2
        p[INTENTS.index(act.intent)] += 0.8
    if keeps or _kept(clause.signals):
        p[INTENTS.index("merchant_return")] *= _KEPT
        p[INTENTS.index("direct_refund")] *= _REFUNDED
    for intent, left in _absent(now).items():
        if act is None or act.intent != intent:
            p[INTENTS.index(intent)] *= left
    if (act is None or act.intent != "policy") and not is_ours(clause.signals):
        p[INTENTS.index("policy")] *= _NOT_OURS
    p /= p.sum()
    order = np.argsort(-p, kind="stable")
    ranked = [(INTENTS[at], round(float(p[at]), 4)) for at in order[: 1 if intents is None else 4]]
    return Weighed(clause, ranked[0][0], min(1.0, ranked[0][1]), ranked, text[clause.start : clause.end])
