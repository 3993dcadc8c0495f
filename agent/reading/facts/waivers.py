"""A waiver told together with what else is wanted: its reason, and what the last sentences say of the case."""

from __future__ import annotations

import re

from agent.reading.facts.slots import Slots
from agent.reading.text.patterns import regex
from agent.reading.words.evidence_words import waiver_of

_PAYS = regex(r"\b(?:refund|pay|give|credit|reimburse)\b", re.IGNORECASE)
_OF_THE_CASE = ("return_needed", "amount")


def waived(text: str, facts: Slots) -> Slots:
    """``waiver_note``, and of `facts` what whole sentences at the end of `text` tell of the case.

    "Customer since 2015, never one complaint. Nothing comes back, pay the full amount": the first sentence is the
    reason, the second is no part of it. Where all is one sentence, all of it is the reason.
    """
    told = {name: facts[name] for name in _OF_THE_CASE if name in facts and facts[name].span}
    sentences = re.split(r"(?<=[.!?;])\s+|\n+", text)
    besides: list[str] = []
    while len(sentences) > 1 and any(slot.span in sentences[-1] for slot in told.values()):
        besides.insert(0, sentences.pop())
    rest = " ".join(besides)
    why = text[: text.find(besides[0])] if besides else text
    found = {
        name: slot
        for name, slot in told.items()
        if slot.span in rest and (name != "amount" or _PAYS.search(rest))
    }
    return {"waiver_note": waiver_of(why)} | found
