"""A case that was just dropped is wanted after all ("actually do it, but two of them"): its facts are kept."""

from __future__ import annotations

from agent.commands import Clarify, Command, CorrectSlot, ResumeCase
from agent.reading.cards.at_card import change_of
from agent.reading.cards.corrections import correction_slots
from agent.reading.facts.figures_said import figures
from agent.reading.goods.items import Similar
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.values.spans import bare
from agent.reading.view import DroppedView, TurnView
from agent.reading.words.signals import Signals

_WORKS_OF_ITS_OWN = ("supplier", "draft", "balance", "handoff", "whole_order")
_FEW = 7
_SAYS_NO = regex(r"\b(?:don't|do not|not|never|leave it|forget|stays? (?:dropped|cancelled))\b")


def taken_up(s: Signals, view: TurnView, similar: Similar) -> list[Command]:
    """The dropped case once more, with what is different now; nothing where something else is wanted."""
    dropped = view.dropped
    if dropped is None or view.flow or view.pending or view.proposal or not _wanted(s, dropped):
        return []
    text = s.wording.text.strip()
    open_again = {"proposal": dropped.proposal, "flow": dropped.flow, "slots": dropped.slots}
    before = view.model_copy(update=open_again)
    changed = change_of(s, before, similar) if dropped.proposal is not None else None
    if isinstance(changed, Clarify):
        return [changed]
    if changed is None and (slots := correction_slots(s, before, similar)):
        slots.pop("order", None)
        slots.pop("item", None)
        changed = CorrectSlot(slots=slots, confidence=0.85, span=text) if slots else None
    again = ResumeCase(again=True, confidence=0.9, span=text)
    return [again] if changed is None else [again, changed]


def _wanted(s: Signals, dropped: DroppedView) -> bool:
    """Whether the message asks for the dropped case: by words of second thoughts, or by a change in few words."""
    named = {bare(str(span.value)) for span in s.kind("order")}
    if named - {bare(dropped.order)} or s.has("question", *_WORKS_OF_ITS_OWN):
        return False
    after_all = families("cards")["after_all"].search(s.plain)
    if after_all is not None:
        rest = s.plain[: after_all.start()] + s.plain[after_all.end() :]
        return _SAYS_NO.search(rest) is None
    if s.has("cancels", "vetoes") or _SAYS_NO.search(s.plain):
        return False
    short = len(s.plain.split()) <= _FEW
    return short and bool(figures(s)) and families("cards")["marks"].search(s.plain) is not None
