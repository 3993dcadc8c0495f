"""Which word families a clause holds: the evidence that guards weigh and the interpreter reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.text.wording import Wording
from agent.reading.words.reasons import ReasonFound, find_reasons


@dataclass(slots=True)
class Signals:
    """A clause, its spans, its word families and the reasons claimed in it."""

    wording: Wording
    spans: list[Span]
    found: dict[str, re.Match[str]]
    reasons: list[ReasonFound] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The plain form."""
        return self.wording.plain

    def names(self) -> list[str]:
        """Families and reasons by name: what the sparse head looks at beside the words."""
        return [*self.found, *(f"r_{reason.code.value}" for reason in self.reasons)]

    def has(self, *names: str) -> bool:
        """Whether any of these families occurs."""
        return not self.found.keys().isdisjoint(names)

    def kind(self, kind: str) -> list[Span]:
        """The spans of one kind."""
        return [span for span in self.spans if span.kind == kind]

    def words(self, name: str) -> str:
        """The very words that a family matched, as they stand in the message."""
        match = self.found.get(name)
        return self.wording.origin(match.start(), match.end()) if match else ""


def signals_of(wording: Wording, spans: list[Span]) -> Signals:
    """Search every family in the plain form of a clause."""
    found = {}
    own = _without_titles(wording, [span for span in spans if span.kind in {"title", "held"}])
    note = _NOTED.search(own)
    asked = own[: note.end()] if note else own
    asked = _NOT_BACK.sub(lambda match: "_" * len(match.group()), asked)
    asked = _POLITE_END.sub(lambda match: match.group(1) + "." + " " * (len(match.group()) - 2), asked)
    for name, pattern in families("acts").items():
        match = pattern.search(asked)
        if match:
            found[name] = match
    if _keeps_others(wording.plain, found.get("keep_it")):
        found.pop("keep_it")
    reasons = find_reasons(own)
    if (stays := found.get("keep_it")) is not None:  # "It need not come back" is no parcel that never came.
        reasons = [reason for reason in reasons if not stays.start() <= reason.start < stays.end()]
        if "waive" in found and stays.start() <= found["waive"].start() < stays.end():
            found.pop("waive")
    return Signals(wording, spans, found, reasons)


_COMES_BACK = regex(
    r"\b(?:return(?: for)?|take back|send back|rma for) (?:\d+ |one |two |both )?"
    r"(?:the|her|his|their|of the) (?P<g>\w{3,})"
)
_OTHERS_STAY = regex(
    r"\bkeep(?:s|ing)? (?:the|her|his|their)"
    r" (?!thing|item|product|good|rest|lot|order|money|parcel|stuff|whole|one|same)(?P<k>\w{3,})"
)


def _keeps_others(plain: str, keeps: re.Match[str] | None) -> bool:
    """Whether goods stay beside others that are sent back ("return the kettle, she keeps the cups")."""
    back = _COMES_BACK.search(plain[: keeps.start()]) if keeps is not None else None
    stay = _OTHERS_STAY.search(plain, keeps.start()) if keeps is not None else None
    if keeps is None or back is None or stay is None or stay.start() >= keeps.end():
        return False
    return back.group("g")[:3] != stay.group("k")[:3]


_POLITE_END = regex(
    r"(\w)[.,;] (?:so |and |please |, )*(?:can|could|would|will) you (?:please |kindly |just )?(?:prepare"
    r"|arrange|do|set|sort"
    r"|put|get|make|see to|take care of|handle|organi[sz]e|correct|change|fix|update|enter|note|record"
    r"|add) (?:that|it|this)"
    r"(?: (?:up|out|down|ready|through|on|in|for|me|us|please|then|now|today|instead|there"
    r"|as (?:the|her|his|its) (?:reason|note)))*\?\s*$"
)
"""A wish that only sounds like a question ("…, could you set that up?"): what is wanted was said before."""
_NOT_BACK = regex(
    r"\bback and forths?\b|\bback then\b|\bway back (?:in|when)\b|\bback in (?:the (?:day|spring|summer|autumn|winter)"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|\d{4})\b"
)
"""Where nothing and nobody comes back ("for all the back and forth")."""
_NOTED = regex(
    r"\b(?:note|notes|comment|remark|memo)(?: (?:on|to|in|with|for) (?:it|this|that|the \w+))? ?[:=-]"
)
"""What follows is written down, and asks for nothing."""


def _without_titles(wording: Wording, titles: list[Span]) -> str:
    """The plain form with the words of product titles blanked out: "jam" in a title is no defect."""
    plain = wording.plain
    ends = [*wording.starts[1:], len(plain) + 1]
    for start, end, (first, last) in zip(wording.starts, ends, wording.origins, strict=True):
        if any(span.start <= first and last <= span.end for span in titles):
            plain = plain[:start] + "_" * (end - 1 - start) + plain[end - 1 :]
    return plain
