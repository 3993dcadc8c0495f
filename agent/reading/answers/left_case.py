"""What is said of a case that was left, told by its goods or its customer ("now the pots: he keeps it after all")."""

from __future__ import annotations

from agent.commands import Command, ResumeCase, SetSlot, SlotValue
from agent.reading.facts.resuming import named_case, told_besides
from agent.reading.facts.slots import Slots
from agent.reading.goods.items import Similar, mentions_of
from agent.reading.goods.lines import line_slots
from agent.reading.values.spans import bare
from agent.reading.view import CaseView, TurnView
from agent.reading.words.signals import Signals

_OTHER_WORKS = ("question", "supplier", "draft", "cancels", "handoff", "rejects", "policy")


def left_case(s: Signals, view: TurnView, similar: Similar) -> list[Command] | None:
    """The case that is gone back to with what is said of it; nothing where the open order may be meant.

    Without words of going back it is one only where nothing else is open and facts of a refund are told.
    """
    free = not (view.flow or view.pending or view.proposal)
    if not view.cases or not (free or s.has("resume")) or s.kind("order") or s.has(*_OTHER_WORKS):
        return None
    found = _meant(s, view)
    if found is None:
        return None
    case, words = found
    text = s.wording.text.strip()
    facts = told_besides(s, text)
    told = facts[0].slots if facts and isinstance(facts[0], SetSlot) else {}
    told |= _counted(s, case, similar)
    if not told:
        return None
    back = ResumeCase(slots={"order": SlotValue(value=case.order, span=words)}, confidence=0.9, span=text)
    return [back, SetSlot(slots=told, confidence=0.85, span=text)]


def _meant(s: Signals, view: TurnView) -> tuple[CaseView, str] | None:
    """The one left case of another order whose customer or goods are named, with the words; none of the topic's are."""
    text, topic = s.wording.text, view.order
    others = [case for case in view.cases if case.held and not (topic and _same(case, topic.number))]
    name = named_case(s, view)
    called = [case for case in others if name and str(name.value) in case.customer]
    if len(called) == 1 and name is not None:
        return called[0], name.span
    if topic is not None and mentions_of(text, topic.lines):
        return None
    named = [(case, mentions_of(text, case.held.lines)) for case in others if case.held]
    fits = [(case, found[0]) for case, found in named if found and all(one.sure for one in found)]
    if len(fits) != 1:
        return None
    case, first = fits[0]
    return case, text[first.start : first.end]


def _same(case: CaseView, number: str) -> bool:
    return bare(case.order or "") == bare(number)


def _counted(s: Signals, case: CaseView, similar: Similar) -> Slots:
    """The goods with their number of units, where one is said."""
    lines = line_slots(s, case.held, similar, []).get("line")
    return {"line": lines} if lines is not None and any(e["quantity"] for e in lines.value) else {}
