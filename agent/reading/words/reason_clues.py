"""What decides between two reasons that one message claims at once."""

from __future__ import annotations

import re

from agent.reading.text.numerals import LARGE_WORD, WORD_NUMBER
from agent.reading.text.patterns import regex

COUNTS_SHORT = regex(
    rf"\b(?:ordered|bought|paid for) (?:\d+|{WORD_NUMBER})\b[^.;]{{0,24}}?\b"
    rf"(?:got|received|counted|found) (?:only |just )?"
    rf"(?:\d+|{WORD_NUMBER})\b(?!.*\b(?:wrong|instead|different|other)\b)"
)
"""Two counts of the same goods: fewer came, and no other ones."""
CAME_BROKEN = regex(
    rf"\b(?:got|received|counted|found|unpacked) (?:\d+|{WORD_NUMBER}) (?:\w+ )?"
    r"(?:cracked|broken|damaged|smashed|torn|chipped"
    r"|dented|scratched|bent|shattered|split|stained)\b"
)
"""How many of what was bought came broken: that many, and none that is missing."""
STUCK_ON_ITS_WAY = regex(
    r"\bstuck (?:somewhere|at|in (?:customs|transit|the (?:post|mail|depot|system|network))|with|between)\b"
)
NOT_PACKED = regex(r"(?:n't|\bnot|\bnever)(?: been| yet| even)* (?:packed|put in)\b")
"""What is not wanted and not packed yet is missing nowhere."""
WHOLLY_GONE = regex(
    r"\b(?:missing (?:parcel|package|delivery|order)|went missing|gone missing|empty|lost|stolen"
    r"|(?:stopped|given up|gave up) (?:looking|searching)|written (?:\w+ ){0,4}?off|tracking)\b"
)
"""The parcel is gone, and not a thing out of it."""
NOT_OF_GOODS = regex(
    r"\b(?:bank|provider|gateway|processor|payment system|card (?:company|issuer)|terminal|tracking"
    r"|phone line|web ?shop|web ?site|check ?out|shopping cart|order form|payment (?:page|form|link)"
    r"|(?:our|the) (?:shop|ordering|order|booking) system)\b"
)
"""What broke or stopped is none of the goods."""
WRAPPING = regex(
    r"\b(?:envelope|parcel|packag(?:e|ing)|box|carton|jiffy|mailer|bag|wrapping|wrapper|padding)"
    r"(?: (?:had|has|is|was|were|been|came|arrived|it|all|got|completely|half|just|already|being)){0,3} $"
)
"""Before what is wrong: it is wrong with what the goods came in."""
THEY_SAY_SORRY = regex(
    r"\b(?:she|he|they|customer|client|buyer)(?:'s|'ve)?(?: has| have| had| was| were| did| even| also| already| since"
    r"| very| so)* $"
)
"""The customer says sorry, and nobody of the shop."""
ARRIVED_BROKEN = regex(
    r"\b(?:came|arrived|turned up|delivered|out of (?:the|its|their) (?:box|parcel|wrapping|packaging|carton)|unpack\w*"
    r"|in transit|on the way)\b[^.;]*\b(?:snapped|cracked|chipped|smashed|shattered|torn|dented|bent|crushed)\b"
)
"""It broke on its way, whatever part of it."""
THEY_HAD = regex(
    r"\b(?:bank|provider|gateway|processor|terminal|system)\b.*\b(?:they|it|there) (?:has|have|had|was"
    r"|were)(?: \w+){0,2} $"
)
"""A fault of those who pay, spoken of before."""
STILL_OPEN = regex(
    r"\b(?:then|so|now)(?: there's| it's| that leaves)? (?:only|just)(?: (?:the|her|his) \w+)? $"
)
"""What is left to be done is missing in no parcel ("then only the thermos is missing")."""
MISSING_SUM = regex(rf"\bmissing (?:MONEY|PERCENT|rest\b|amount|money|sum|difference|{LARGE_WORD}\b)")
"""Money that is still to be paid ("add the missing thirty")."""
TWO_ORDERS = regex(
    r"\b(?:ordered|bought|order|shopped) twice\b(?!.*\b(?:mistake|accident|error|same (?:thing|item|one)"
    r"|only wanted|double)\b)"
)
"""Somebody has two orders, and none of them by mistake."""

NOT_ON_TIME = regex(r"\b(?:not|never|n't)(?: \w+){0,3} (?:on|in) time\b")
"""It came, and too late."""
FOR_TROUBLE = regex(
    r"for (?:the|her|his|their|all the|all her|all that|this|that) (?:\w+ )?(?:trouble|inconvenience|hassle|bother|pain"
    r"|annoyance|patience|frustration|nuisance|stress)\b"
)
"""What money is given for where the parcel's own fault is told; a defect told besides asks for its proof anyway."""

TASTE = regex(
    r"(?:(?:\bnot|n't)(?: \w+)? (?:like|love|fancy|care for|keen on|into|stand|bear|taken with|(?:a )?fan of)"
    r"|cannot (?:stand|bear)|\b(?:went|gone|goes|going|got|put|turned) off(?: by)?|\b(?:hate|dislike)[sd]?"
    r"|\b(?:tired|bored|sick|fed up) (?:of|with))"
    r" (?:the |its |their |how (?:it|they) )?(?:smells?|scents?|noise|sound|feel|taste)\b"
)
"""A smell that is not liked is no fault."""
MIND = regex(
    r"\bchang\w* (?:her|his|their|my)"
    r"|\bwrong (?:colou?r|shade|style|pattern|look|tone|design)s? for (?:her|his|their|the|my) "
)
"""Another mind, or what suits nothing of theirs: the right thing was sent."""


def about_money(name: str, plain: str, match: re.Match[str]) -> bool:
    """A refund that has not arrived is no parcel that has not arrived."""
    if name not in {"not_received", "late_delivery", "missing_item"}:
        return False
    if name == "missing_item" and MISSING_SUM.search(plain[match.start() : match.end() + 20]):
        return True
    near = plain[max(0, match.start() - 24) : match.start()]
    after = plain[match.end() : match.end() + 18]
    return bool(
        re.search(
            r"\b(?:(?:my|her|his|their|the|any|a|no|our) (?:refund|money|credit|reply|payout)|photos?"
            r"|pictures?|proof|evidence|reply)(?: (?:is|has|was|have|had|still|also|money))*\s$",
            near,
        )
    ) or bool(
        re.match(
            r"\s?(?:the |her |his |their |my |any |a )?(?:refund|money|credit|reply|photos?"
            r"|pictures?|proof|evidence)\b",
            after,
        )
    )
