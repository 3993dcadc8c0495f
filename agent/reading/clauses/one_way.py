"""Two readings that go the same way."""

from __future__ import annotations

from dataclasses import replace

from agent.reading.clauses.weighed import (
    Weighed,
)
from agent.reading.words.act import Act

GO_ON = 0.6
"""From here on a reading is acted on."""
_MONEY = ("direct_refund", "report_issue")

_PLAIN = 0.85
"""A guard that is so sure is not put off by a model that is not."""

_OF_PROOF = ("evidence", "evidence_attached", "evidence_ticket", "evidence_none", "asks_evidence", "waive")
_ASKED = 0.4
"""The least that the models have to give a refund that the words ask for."""


def as_refund(part: Weighed) -> Weighed:
    """A clause that asks for money or tells what is wrong, only not clear which: the two go the same way."""
    part = _by_words(part)
    likely = dict(part.ranked)
    both = sum(likely.get(intent, 0.0) for intent in _MONEY)
    asks = part.clause.signals.has("refund", "keep_it") and not part.clause.signals.has(
        "question", "supplier"
    )
    act = part.clause.act
    least = _ASKED if act is not None and act.name == "refund" else GO_ON
    if part.confidence >= GO_ON or part.intent not in _MONEY or both < least or not asks:
        return part
    clause = replace(part.clause, act=Act("refund", GO_ON))
    return replace(part, clause=clause, intent="direct_refund", confidence=round(both, 4))


def _by_words(part: Weighed) -> Weighed:
    """What words say plainly of money or of the goods, where the models only guess."""
    act = part.clause.act
    made_up = part.intent == "evidence" and not part.clause.signals.has(
        *_OF_PROOF
    )  # "The camera won't record."
    sure = part.confidence >= GO_ON and not made_up
    if act is None or act.strength < _PLAIN or act.intent not in _MONEY or sure:
        return part
    if part.clause.signals.has("question"):
        return part
    return replace(part, intent=act.intent, confidence=GO_ON)
