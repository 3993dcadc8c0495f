"""Guards for the supplier's side: a claim asked for, answered, called off."""

from __future__ import annotations

import re

from agent.reading.facts.supplier_sums import shares_cost
from agent.reading.facts.verdicts import rejects, tells_verdict
from agent.reading.guards.plain import OUTRIGHT
from agent.reading.text.patterns import regex
from agent.reading.words.act import HARD, Act, Open
from agent.reading.words.signals import Signals


def answered(s: Signals, now: Open) -> Act | None:
    """What a supplier answered to the claim an order has, with nothing else open ("well they said no, …")."""
    if not now.open_review or now.busy or s.has("question", "supplier_stop") or _WANTS_PAID.search(s.plain):
        return None
    told = re.search(r"\b(?:they|supplier|vendor|factory|manufacturer|wholesaler|maker)\b", s.plain)
    came = s.found.get("came_back")
    goods_came = came is not None and not _ANSWER.search(s.plain[: came.start()])
    who_else = goods_came or s.has("refund_return", "keep_it", "wants_return") or cost_back(s.plain)
    return (
        Act("supplier_result", OUTRIGHT, "verdict")
        if told and not who_else and tells_verdict(s.plain)
        else None
    )


_ANSWER = regex(
    r"\b(?:answer|reply|response|decision|verdict|result|news|word)s?"
    r"(?: (?:on|for|about|of) (?:ORDERNO|it|this|that))? $"
)
"""What came in is no parcel ("their answer is in")."""


def verdict(s: Signals, now: Open) -> Act | None:
    """What a supplier answered, said while a supplier's review is open."""
    if (
        now.flow != "supplier_review"
        or now.pending in {"review_notes", "line", "review_kind"}
        or s.has("question")
        or (now.other_order and not now.open_review)
    ):
        return None
    told = s.has("corrects") or rejects(s.plain) or re.search(r"\b(?:they|supplier|vendor|it was)\b", s.plain)
    if not tells_verdict(s.plain) or (now.proposal and not told):
        return None
    return Act("supplier_result", OUTRIGHT, "verdict")


_WANTS_PAID = regex(
    r"\b(?:ask|request|whether|get) (?:the |our )?(?:supplier|vendor)\b"
    r"|\b(?:request|claim|demand|recover|ask for|get)\b[^.;]{0,60}\bfrom (?:the |our )?"
    r"(?:supplier|vendor|manufacturer|factory|wholesaler|maker)\b"
    r"|\b(?:make|let|have|get|want|ask|tell|push|need) (?:them|him|it|(?:the |our )?(?!to\b)\w+(?: \w+)?) (?:to )?"
    r"(?:pay|cover|credit|refund|reimburse|bear|absorb|cough up|foot)\b"
    r"|\b(?:want|wish|expect|need|like)s?(?: that)? (?:the |our )?(?:supplier|vendor|manufacturer|factory"
    r"|wholesaler|maker|they|them)"
    r"(?: to)? (?:gives?|pays?|covers?|returns?|refunds?|credits?|reimburses?|bears?)\b"
    r"|\b(?:they|supplier|vendor|manufacturer|factory) (?:should|shall|must|is to|has to|have to|needs? to|ought to)"
    r"(?: also| now| then| really| just| please)* (?:pay"
    r"|cover|credit|bear"
    r"|(?:give|send|return|refund|reimburse|compensate|hand|transfer) (?:us|me|our|back|the (?:shop|cost))"
    r"|(?:make|put) (?:it|that|this) (?:good|right))\b"
)
_PRODUCT_COST = regex(r"\b(?:product|purchase|supplier|unit) costs?\b")
"""What only a supplier is asked to bear."""
_DROPS_CLAIM = regex(
    r"\b(?:undo|pull|drop|withdraw|cancel|stop|kill|scrap|call off|take back|retract|revoke|rescind|abort|end)\w*"
    r"(?! ship)[^.;,]{0,24}\b(?:claims?\b(?! (?:it|that|to|he|she|they))|(?:reimbursement|recovery|cost) (?:ask"
    r"|request|claim)|(?:supplier|vendor|cost)(?:'s)? (?:cost )?(?:review|request|case)s?\b)"
    r"|\b(?:take|pull|call) (?:\w+ ){0,4}(?:claim|review|request)s? (?:back|off)\b"
    r"|\bclaim (?:\w+ ){0,3}(?:withdrawn|pulled|dropped|cancelled|called off|off)\b"
)
_CUSTOMERS_CLAIM = regex(
    r"\b(?:her|his|their|customer'?s|defect|damage|insurance|quality|warranty|carrier) claim"
)


_COST = (
    r"(?:what (?:we|they|it|these|those|that|the \w+|she|he)(?: \w+)? (?:paid|cost|costs|charged|spent)\b(?: \w+)?"
    r"|(?:our|the) (?:\w+ )?(?:costs?|cost price|purchase price|buying price|outlay|expenses?)\b)"
)
_COST_BACK = regex(
    rf"\b(?:get|want|claim|recover|reclaim|fetch|have|need|see|recoup|like)(?: to)?(?: have| get"
    rf"| see)? (?:back )?{_COST}"
    r"(?:(?= back\b| from\b| returned\b| refunded\b| reimbursed\b)|(?=.{0,30}\b(?:supplier|vendor|them)\b))"
    rf"|\b(?:get|want|claim|fetch|have|need|recover|reclaim|recoup) back {_COST}"
    rf"|\b(?:reclaim|recover|recoup|claim) {_COST}"
)
_GOES_AFTER = regex(
    r"\b(?:go(?:ing)? after|chase|approach|contact|hit|tap|lean on|turn to|take it up with|raise (?:it|this) with"
    r"|(?:get|claim|fetch|recover|want|take) (?:it|that|this|(?:it|that) all|(?:the|our|that) (?:money|cost|costs))"
    r" back (?:from|off|out of)"
    r"|pass (?:it|this|that) on to|send (?:it|this) to|claim (?:it|this|that)? ?(?:from|against|with)) (?:the |our )?"
    r"(?:supplier|vendor|manufacturer|factory|wholesaler|maker)\b"
)
_ASKS_THEM = regex(
    r"\bask (?:them|(?:(?:the|our) )?(?:supplier|vendor|manufacturer|factory|wholesaler|maker)s?)(?: only| just)?"
    r" for (?:MONEY|\d|half|(?:our|the|its|their) (?:\w+ )?costs?)"
)
_LEAVES = regex(
    r"\b(?:leave|spare) (?:the |our )?(?:supplier|vendor|manufacturer|factory|wholesaler|maker)s?(?: \w+)?"
    r" (?:alone|out|be|in peace|this time|for now)\b"
    r"|\b(?:no|not|without|don't|do not|won't|needn't|no need)\b(?: \w+){0,5} (?:supplier|vendor"
    r"|manufacturer|factory|wholesaler)"
    r"|\b(?:we|we'll|i'll|shop)(?: will| can| just)? (?:carry|absorb|eat|swallow|bear|take|shoulder"
    r"|cover) (?:it|this|that|the cost|this one"
    r"|that one|the loss)(?: one)? (?:ourselves|on us|on our side|ourself|by ourselves)\b"
)
_CLAIMED = regex(
    r"\b(?:what|how much|which (?:amount|sum))(?: \w+)? (?:are|were|did|do|have|had|was|is) (?:we|i|you)(?: been)? "
    r"(?:ask|asking|asked|claim|claiming|claimed|request|requesting|requested|want|demand\w*)\b"
)


_COST_KIND = regex(
    r"\b(?:product|purchase|unit|supplier|supplier's|buying) (?:costs?|price)\b|\bcost price\b"
)


def cost_back(plain: str) -> bool:
    """Whether what the goods cost the shop is wanted back: of the supplier, who else was paid for them."""
    return _COST_BACK.search(plain) is not None


def claims(s: Signals, now: Open) -> Act | None:
    """The supplier is to pay, is left alone, or is asked about, said in other words than those of a claim."""
    if (now.claimed or now.proposal or now.dropshipped) and not now.open_review and _LEAVES.search(s.plain):
        beside = s.has("question", "refund", "wants_return")
        return None if beside else Act("affirm" if now.proposal else "greet", HARD)
    if now.claimed and not now.busy and _CLAIMED.search(s.plain):
        return Act("supplier_result", OUTRIGHT, "view")
    if not now.dropshipped or now.pending in {"review_notes", "review_kind"} or _LEAVES.search(s.plain):
        return None
    gives = s.has("refund") and not s.words("refund").lower().startswith("pay")
    if shares_cost(s) and not now.open_review and not s.has("question") and not gives:
        return Act("supplier_request", OUTRIGHT)
    wished = _GOES_AFTER.search(s.plain) or _ASKS_THEM.search(s.plain) or _COST_BACK.search(s.plain)
    if wished is None and not now.busy and not s.has("question", "supplier_stop"):
        wished = _COST_KIND.search(s.plain)
    if wished is None or re.search(r"\?\W*$", s.plain[wished.start() :]):
        return None
    return Act("supplier_request", OUTRIGHT)


_WE_PAID = regex(r"\bwhat (?:we|i|the shop)(?:'d|'ve| have| had)? (?:paid|spent)\b")
"""What is wanted back, and no answer of the supplier's."""
_THAT_ONE = regex(
    r"\b(?:cancel|withdraw|stop|pull|close|drop|retract|revoke|kill|scrap|end|take back|call off) "
    r"(?:it|that|this|(?:that|this|the)(?: \w+){0,2} (?:one|review|request|claim|thing))\b"
)


def calls_off(s: Signals, now: Open) -> Act | None:
    """The claim that waits is called off where nothing else of the order can be ("cancel that one")."""
    other = now.requested_return or now.open_return or s.has("whole_order", "cancel_return", "question")
    if not now.open_review or now.busy or other or not _THAT_ONE.search(s.plain):
        return None
    return Act("supplier_cancel", OUTRIGHT)


def _drops_claim(s: Signals) -> bool:
    """Whether the claim to the supplier is withdrawn, said without the supplier ("pull the claim")."""
    if not _DROPS_CLAIM.search(s.plain) or _CUSTOMERS_CLAIM.search(s.plain):
        return False
    if s.has("supplier") and not s.has("question"):
        return True
    return not (s.reasons or (s.has("question", "retracts") and not s.has("supplier")))


def supplier(s: Signals, _now: Open) -> Act | None:
    """A claim against the supplier: asked for, answered, called off."""
    if _drops_claim(s):
        return Act("supplier_cancel", OUTRIGHT)
    if not s.has("supplier") or _only_told_of(s, _now):
        own_cost = _PRODUCT_COST.search(s.plain) and s.has("supplier_ask") and not s.has("question", "refund")
        return Act("supplier_request", OUTRIGHT) if own_cost else None
    if re.search(
        r"\bwhen (?:is|are|does|do)\b.*\b(?:responsible|liable|pay|owe)|\b(?:rules?|policy)\b", s.plain
    ):
        return Act("ask_policy", 0.85, "policy")
    supplier, stop, reply = (s.found.get(name) for name in ("supplier", "supplier_stop", "supplier_reply"))
    if supplier and stop and _calls_off(s, stop, reply):
        return Act("supplier_cancel", OUTRIGHT)
    if reply and not _WANTS_PAID.search(s.plain) and not (_WE_PAID.search(s.plain) and s.has("supplier_ask")):
        view = s.has("question") and not s.has("record") and not _states_verdict(s)
        return Act("supplier_result", 0.88, "view" if view else "verdict")
    if s.has("asks_status") and (
        s.has("question") or re.search(r"\b(?:status|update|news|show|view|see|whats|hows|wheres)\b", s.plain)
    ):
        named = _now.claimed or re.search(r"\b(?:claim|review|request|case)\b", s.plain)
        claim = bool(named) and not s.has("supplier_ask")
        return Act("supplier_result", OUTRIGHT if claim else 0.8, "view")
    if _WANTS_PAID.search(s.plain) and not s.has("question"):
        return Act("supplier_request", OUTRIGHT)
    return Act("supplier_request", 0.88) if s.has("supplier_ask") else Act("supplier_request", 0.45)


_THEY_DID = regex(
    r"\b(?:they|he|she|it|who|customer|supplier|vendor|price\w*|parcel|carrier|which|that|factory|maker"
    r"|\w+s)(?: \w+)? $"
)


_MAKER = r"(?:suppliers?|vendors?|manufacturers?|factory|wholesalers?|makers?|producers?|printers?)"
_OF_THE_CLAIM = regex(
    rf"\b(?:claims?|reviews?|costs?|verdict|drop-? ?ship\w*|(?:off|from|against) (?:the |our )?{_MAKER})\b"
)


def _only_told_of(s: Signals, now: Open) -> bool:
    """Whether who makes the goods only comes in the story of a refund, on an order that nobody else delivered."""
    theirs = now.dropshipped or now.claimed or not now.order_known
    pays = s.has("refund", "whole_order", "supplier_stop") and not _OF_THE_CLAIM.search(s.plain)
    return pays and not theirs and not _WANTS_PAID.search(s.plain)


def _calls_off(s: Signals, stop: re.Match[str], reply: re.Match[str] | None) -> bool:
    """Whether a stop word withdraws the claim, rather than tell what others did ("they dropped their price")."""
    told = stop.group().endswith("ed") and _THEY_DID.search(s.plain[: stop.start()])
    if told and not re.match(r"[^.;,]{0,24}\b(?:claim|review|request|case)", s.plain[stop.end() :]):
        return False
    if reply and reply.start() < stop.start() and reply.group() not in {"response", "result", "verdict"}:
        return False
    closes = re.match(r"^(?:close|end)\w*", stop.group())
    return not closes or bool(re.search(r"without|claim|request", s.plain))


def _states_verdict(s: Signals) -> bool:
    return (
        bool(
            re.search(
                r"(?:supplier|vendor|manufacturer|they) (?:has |have |just |finally )?(?:approved"
                r"|accepted|agreed|rejected|denied|declined|refused|credited|paid)",
                s.plain,
            )
        )
        and "?" not in s.plain
    )
