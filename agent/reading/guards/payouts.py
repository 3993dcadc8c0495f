"""Guards for a return that is paid out: when it is back, early, or by less."""

from __future__ import annotations

from agent.reading.facts.figures_said import figures
from agent.reading.guards.plain import LEAD, OUTRIGHT
from agent.reading.text.patterns import regex
from agent.reading.words.act import Act, Open
from agent.reading.words.signals import Signals

_REFUND_IT = regex(
    rf"^{LEAD}(?:refund|pay|reimburse|settle|credit)(?:\W|it|them|her|him|that|this|out|back|now|please|then"
    r"|the customer|the money|for|of|ORDERNO|RETURNNO|(?:the |her |his )?returned \w+|the rma"
    r"|(?:what|whatever)(?: (?:he|she|they)(?: is| are|'s|'re)?| is|'s| we)? (?:owed|owe|due|left)(?: to)?"
    r"|(?:what|everything|all|whatever)(?: that)? (?:came|comes|is|was|has come|we got|she sent"
    r"|he sent|arrived)"
    r"(?: \w+)?(?: back)?|the return)*$"
)


def pays_return(s: Signals, now: Open) -> Act | None:
    """Money for goods that are back ("refund it", "pay it out") where a return is received and nothing else is open."""
    if not now.received_return or now.proposal or now.pending or now.flow not in {"", "return_progress"}:
        return None
    if s.kind("money") or s.kind("quantity") or s.has("question", "keep_it"):
        return None
    pays = _REFUND_IT.match(s.plain) or _THE_MONEY.match(s.plain)
    return Act("progress", OUTRIGHT, "refund") if pays else None


_THE_MONEY = regex(
    rf"^{LEAD}(?:give|pay|send|transfer)(?: (?:now|back|then|please|her|him|them|the customer))* (?:the|her|his|their)"
    r" (?:money|cash|refund)(?: (?:now|back|out|please|then|for|it|them|that|the|her|his|return|parcel|to"
    r"|him|customer))*\W*$"
)
"""The money for what is back ("then give her now the money for it")."""

_MONEY_NOW = regex(
    r"\b(?:(?:give|send|pay|refund|reimburse|credit|transfer|settle)(?: out| back)? (?:it |this |that "
    r"|everything |all )?"
    r"(?:to )?(?:her|him|them|the customer|customer|the client|the buyer|mr \w+|mrs \w+|ms \w+)"
    r"|(?:her|his|their|the customer's) (?:money|refund|cash|payout)\b"
    r"|\w+ (?:can |may |should |will |now |then )*(?:gets?|receives?) (?:\w+ ){0,3}?(?:money|MONEY|\d+|refund|payout)\b"
    r"|(?:refund|reimburse|pay(?: out)?|credit) (?:\w+ ){0,2}?(?:what|whatever|everything|all|only what) "
    r"(?:that |which |we |she |he |they |is |was |has |have |really |actually |did |does )*"
    r"(?:came|come|comes|here|back|arrived|got|have|has|received|sent|returned|there|in)\b"
    r"|(?:refund|reimburse|pay(?: out)?|credit|settle) (?:\w+ ){0,2}?(?:the |those |these |her |his )?(?:\w+ ){0,3}?"
    r"(?:that|which|we) (?:actually |really |have |did )*(?:came|come|arrived|got|received|returned)\b"
    r"|(?:prepare|make|create|set up|do|start|ready) (?:the |her |his |their )?(?:payout|pay ?out|refund|payment)"
    r"(?=\W*$|[.,;!]| (?:please|now|for))"
    r"|make (?:the |her |his |their )?(?:payout|pay ?out|refund) (?:MONEY|\d+)"
    r"|(?:give|pay|send) \w+ (?:what|whatever|all|everything) (?:he|she|they)(?:'s|'re| is| are| has"
    r"| have)? (?:still )?(?:due|owed|coming|gets?)"
    r"|pay out (?:the (?:lot|whole|full|entire|money|rest)|everything|all|it|in full|fully|now|please)"
    r"|(?:pay|settle) (?!not\b|never\b)\w+ out"
    r"|(?:money|cash|refund) (?:back )?for (?:what|whatever|all|everything|those|the ones)"
    r" (?:that |which )?(?:we |has |have )*(?:came|come|arrived|returned|got)\b"
    r"|(?:what|money|cash|sum|amount|rest)(?: (?:that|which))?(?:'s| is)?(?: still)? (?:due|owed|owing|payable)"
    r"|(?:he|she|they|customer)(?:'s|'re| is| are)(?: still)? (?:due|owed|entitled to)"
    r"|(?:he|she|they|(?:the )?customer) (?:can|may|should|shall|gets?) (?:have )?(?:his|her|their|the)"
    r" (?:share|part|rest)"
    r"|(?:money|payout|refund) (?:can |may |should )?(?:go|goes|out|please|now|then)"
    r"|settle (?:up|things|it|the money|the rest|this|everything)\b"
    r"|(?:customer|she|he|they) (?:can |may |should |will |now |then |shall )*(?:gets?|has|have|is owed|are owed)"
    r" (?:what|whatever|all|everything|the rest|the lot|it all)\b)\b"
)
"""Money for the one thing that waits for it."""


def pays_what_came(s: Signals, now: Open) -> Act | None:
    """The customer is to get the money, where a return is back and nothing else is open ("now his money please")."""
    if not now.received_return or now.proposal or now.busy:
        return None
    if s.has(
        "question",
        "keep_it",
        "supplier",
        "wants_return",
        "shipping_back",
        "whole_order",
        "close_return",
        "overrides",
    ):
        return None
    if any(reason.code.value in {"goodwill", "price_adjustment", "late_delivery"} for reason in s.reasons):
        return None
    pays = _MONEY_NOW.search(s.plain)
    if pays is None or WITHOUT_MONEY.search(s.plain) or _DENIED.search(s.plain[: pays.start()]):
        return None
    return Act("progress", OUTRIGHT, "refund")


_DENIED = regex(r"(?:\bnot|n't|\bnever|\bnothing|\bno need to)(?: \w+)? $")


WITHOUT_MONEY = regex(
    r"\b(?:without|no|not|never|don't|zero)(?: (?:a|any|the|his|her|give|pay|send|refund))* (?:money|refund"
    r"|payout|her|him|them)\b"
)

_EARLY = regex(
    r"\b(?:already|now|early|in advance|up ?front|straight away|right away|immediately|without waiting"
    r"|(?:not|n't|no need to) wait"
    r"|before (?:it|they|the \w+|we) (?:is|are|gets?|arrives?|comes?|lands?|reach\w*|have|get))\b"
)

_PAYS = regex(
    r"\b(?:refund|reimburse|pay|credit)(?: (?:it|them|her|him|that|this|out|the (?:customer|money)))+\b"
)

_TRAVELS = regex(r"\b(?:return|rma|RETURNNO|parcel|package|box|on (?:its|it's|the) way|transit|way back)\b")


def pays_early(s: Signals, now: Open) -> Act | None:
    """Money for a return that is still on its way ("it's in transit, refund her already")."""
    if not now.open_return or now.busy or s.kind("money") or s.kind("quantity") or s.reasons:
        return None
    if s.has("question", "supplier", "keep_it", "cancels", "vetoes", "draft"):
        return None
    if s.has("came_back") and not (s.has("in_transit") or s.has("goes_back")):
        return None
    said = _PAYS.search(s.plain) and _EARLY.search(s.plain) and _TRAVELS.search(s.plain)
    return Act("progress", OUTRIGHT, "refund") if said else None


def lowers_return(s: Signals, now: Open) -> Act | None:
    """A return that is back is to be paid out, by an amount that is said ("settle the return, but 40 only")."""
    if not now.received_return or now.proposal or now.pending or s.has("question", "supplier"):
        return None
    told = [
        figure
        for figure in figures(s, taken_off=True)
        if not figure.old and (figure.kind in {"money", "percent"} or figure.text[0].isdigit())
    ]
    pays = _PAYS_RETURN.search(s.plain) or _PART_OF_IT.search(s.plain)
    return Act("progress", OUTRIGHT, "refund") if told and pays else None


_PART_OF_IT = regex(
    r"\b(?:refund|pay|reimburse|credit|give)\b(?: (?:her|him|them|back|only|just|out|the customer))*"
    r" (?:MONEY|PERCENT|half|a third|a quarter) (?:of|for) (?:it|them|that|this|those)\b"
)
"""A part of the money for what came back ("refund half of it")."""

_PAYS_RETURN = regex(
    r"\b(?:refund|pay(?: \w+)?(?: out)?|settle|reimburse|credit|give)\b.*"
    r"\b(?:return|rma|RETURNNO|what came back|came back)\b"
    r"|\b(?:return|rma|RETURNNO)\b(?:'s)? (?:refund|payout|money)\b"
)
