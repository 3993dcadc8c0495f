"""Staff take a defect back: "there is nothing wrong with it, it is only too small". That is no proof of one."""

from __future__ import annotations

from agent.commands import Command, SetSlot, SlotValue
from agent.reading.facts.slots import fact_slots, return_needed
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.reasons import ReasonFound, denied_issue, find_reasons, is_quality
from agent.reading.words.signals import Signals
from domain.reasons import RefundReason

_FLOWS = frozenset({"direct_refund", "quality_issue", "merchant_return"})
_CUSTOMER_SAYS = regex(
    r"[\"“„«]|\b(?:she|he|they|the customer|customer) (?:says|said|writes|wrote|claims|claimed|described)\b"
)


_DENIAL = regex(
    r"\b(?:nothing (?:is |was )?(?:actually )?wrong(?: with (?:it|them|the \w+|that))?"
    r"|(?<!MONEY )(?<!PERCENT )(?:(?!MONEY|PERCENT)\w+ )?(?:is|are|was|were|works?)"
    r" (?:perfectly |all |absolutely |totally )?(?:fine|ok|okay|intact|undamaged)"
    r"|(?:no|zero) (?:actual |real )?(?:defect|damage|fault)|forget (?:about )?(?:the|that) \w+)\b"
)
_DENIED_BESIDES = regex(
    r"\b(?:has|have|had|with|got|there(?:'s| is| was| are)|shows?) (?:no|zero|not an?|not any) (?:\w+ )?"
    r"(?:tears?|cracks?|scratch\w*|dents?|chips?|stains?|holes?|rips?|marks?|leaks?|faults?|flaws?|defects?|damage)\b"
    r"|\b(?:is|are|was|were)(?: not|n't) (?:\w+ )?(?:torn|ripped|cracked|scratched|chipped|stained|broken"
    r"|damaged|faulty|leaking)\b"
)
"""A fault that is said not to be there."""
_TAKEN_BACK = regex(r"\bscratch that\b")


def _rest(s: Signals) -> list[ReasonFound]:
    """The reasons that stand outside of what is denied."""
    return find_reasons(_TAKEN_BACK.sub(" ", _DENIED_BESIDES.sub(" ", _DENIAL.sub(" ", s.plain))))


def takes_defect_back(s: Signals) -> bool:
    """Whether the defect itself is denied, and none is claimed besides."""
    if s.has("question") or _CUSTOMER_SAYS.search(s.plain) or any(is_quality(r.code) for r in _rest(s)):
        return False
    return s.has("retracts") or denied_issue(s.plain) or _DENIAL.search(s.plain) is not None


def retraction(s: Signals, view: TurnView) -> Command | None:
    """The defect of the open case taken back, with the reason that is given instead."""
    if view.flow not in _FLOWS or not _claims_defect(view) or not takes_defect_back(s):
        return None
    text = s.wording.text.strip()
    slots = {"retract_issue": SlotValue(value=True, span=s.words("retracts") or text)}
    if rest := _rest(s):
        slots["reason"] = SlotValue(value=rest[0].code.value, span=text)
    if (needed := return_needed(s)) is not None:
        slots["return_needed"] = needed
    if (amount := fact_slots(s).get("amount")) is not None:
        slots["amount"] = amount
    return SetSlot(slots=slots, confidence=0.9, span=text)


def _claims_defect(view: TurnView) -> bool:
    reason = view.slots.get("reason")
    asked = view.pending is not None and view.pending.slot in {"evidence", "waiver_note", "return_needed"}
    return (
        asked or (isinstance(reason, str) and RefundReason(reason).is_quality) or view.flow == "quality_issue"
    )
