"""The state that words give to units of a return: good, damaged, missing, or just come back."""

from __future__ import annotations

from agent.reading.text.patterns import regex
from agent.reading.words.reasons import find_reasons
from agent.reading.words.signals import Signals
from domain.reasons import RefundReason

_PART = regex(
    r"\bmissing (?:a|an|the|its|their|her|his|one of|some|parts?|screws?|lids?|buttons?|\w+ (?:part|piece|screw"
    r"|button)s?)\b"
    r"|\b(?:missing|short of) (?:\w+ )?(?:parts|screws|pieces)\b"
)
_MISSING = regex(
    r"\b(?:missing|absent|lost|nowhere|no show|not returned|still with (?:her|him|them|the customer)|unaccounted)\b"
    r"|\b(?:units?|ones?|pieces?)? ?short\b|^\W*short\b|\bgone\b"
    r"|(?:\bnever|\bnot|n't)(?: \w+)? (?:came|come|arrived?|there|here|returned|turn(?:ed)? up|show(?:n|ed)? up|inside"
    r"|included|in (?:the |it|there)|with (?:it|them|the)|make it|made it|sent|back)\b"
)
_UNHARMED = regex(
    r"\b(?:undamaged|unharmed|unbroken|unscratched|unused|unworn|unopened|untouched)\b"
    r"|(?:\bnot|\bno|\bnone|n't|\bwithout|\bnothing|\bnever|\bzero)(?: (?:a|any|one|single|is|was|visible|been"
    r"|sign of))*"
    r" (?:damaged?|scratch\w*|broken|dent\w*|marks?|issues?|problems?|defect\w*|faults?|wrong|crack\w*|chip\w*"
    r"|wear|used|worn)\b"
)
_DAMAGED = regex(
    r"\b(?:damaged?|broken?|cracked|scratched|smashed|chipped|defective|faulty|torn|dented|unsellable|unusable|bad|used"
    r"|worn|dirty|stained|kaput|dead|ripped|bent|crushed|burst|squashed|shattered|ruined|leak\w*|mou?ldy|soaked|wet"
    r"|in (?:pieces|bits)|wrecked|snapped|split|warped|filthy|a (?:dent|scratch|crack|chip|tear|stain|hole)"
    r"|(?:dents?|scratch(?:es)?|cracks?|chips?|tears?|stains?|holes?) (?:on|in|at)|knackered|bashed|no good"
    r"|beyond use)\b"
    r"|(?:\bnot|n't) (?:ok|okay|good|sellable|fine|in good|perfect|usable)\b"
)
_GOOD = regex(
    r"\b(?:good|okay|ok|fine|intact|sellable|perfect\w*|resellable|clean|new|pristine|restockable|a1|mint|spotless|sound"
    r"|alright|all right|immaculate|unscathed|unharmed|faultless|tip ?top|sealed|great|flawless|in (?:one piece"
    r"|order)|complete and well|excellent)\b"
)
_CAME = regex(
    r"\b(?:came|come|comes|back|arrived?|received?|got|gotten|landed|turned up|showed up|returned|here|counted|counts"
    r"|inside|in the (?:box|parcel|package|delivery)|in (?:it|there)|reached us|there|made it|checked in|booked in)\b"
)


def state_of(piece: str) -> str | None:
    """``good``, ``damaged`` or ``missing``, as far as a piece of a sentence tells."""
    if _PART.search(piece):
        return "damaged"
    if _MISSING.search(piece):
        return "missing"
    if _DAMAGED.search(_UNHARMED.sub(" ", piece)):
        return "damaged"
    if _UNHARMED.search(piece) or _GOOD.search(piece):
        return "good"
    harmed = {RefundReason.DAMAGED, RefundReason.DEFECTIVE}
    return "damaged" if any(reason.code in harmed for reason in find_reasons(piece)) else None


def says_damaged(piece: str) -> bool:
    """Whether a piece of a sentence tells of damage, whatever it says besides ("a dent that wasn't there before")."""
    harmed = {RefundReason.DAMAGED, RefundReason.DEFECTIVE}
    told = any(reason.code in harmed for reason in find_reasons(piece))
    return told or _DAMAGED.search(_UNHARMED.sub(" ", piece)) is not None


def says_came(piece: str) -> bool:
    """Whether a piece of a sentence says that units came back."""
    return bool(_CAME.search(piece))


_SO_MANY_FINE = regex(
    r"\b(?:\d+|one|two|three|four|five|six)(?: of (?:them|those))?(?: \w+)? (?:was|were|are|is|came|arrived|looks?)"
    r"(?: \w+)? (?:ok|okay|fine|good|alright)\b"
)


def tells_so_many(s: Signals) -> bool:
    """Whether it is told of so many that they are fine ("2 were ok she says"), and nothing is agreed to."""
    return _SO_MANY_FINE.search(s.plain) is not None
