"""Guards for the supplier's side: a claim asked for, answered, called off."""

from __future__ import annotations

import re

from agent.reading.act import Act, Open
from agent.reading.plain_guards import OUTRIGHT
from agent.reading.signals import Signals
from agent.reading.verdicts import rejects, tells_verdict


def verdict(s: Signals, now: Open) -> Act | None:
    """What a supplier answered, said while a supplier's review is open."""
    if (
        now.flow != "supplier_review"
        or now.pending in {"review_notes", "line", "review_kind"}
        or s.has("question")
    ):
        return None
    told = s.has("corrects") or rejects(s.plain) or re.search(r"\b(?:they|supplier|vendor|it was)\b", s.plain)
    if not tells_verdict(s.plain) or (now.proposal and not told):
        return None
    return Act("supplier_result", OUTRIGHT, "verdict")


_WANTS_PAID = re.compile(
    r"\b(?:ask|request|whether|get) (?:the |our )?(?:supplier|vendor)\b"
    r"|\b(?:make|let|have|get|want|ask|tell|push|need) (?:them|him|it|(?:the |our )?\w+(?: \w+)?) (?:to )?"
    r"(?:pay|cover|credit|refund|reimburse|bear|absorb|cough up|foot)\b"
    r"|\b(?:they|supplier|vendor|manufacturer|factory) (?:should|must|has to|have to|needs? to|ought to)"
    r"(?: also| now| then| really| just| please)* (?:pay"
    r"|cover|credit|bear)\b"
)
_DROPS_CLAIM = re.compile(
    r"\b(?:undo|pull|drop|withdraw|cancel|stop|kill|scrap|call off|take back|retract|revoke|rescind|abort|end)\w*"
    r"(?! ship)[^.;,]{0,24}\b(?:claims?\b(?! (?:it|that|to|he|she|they))|(?:reimbursement|recovery|cost) (?:ask"
    r"|request|claim)|(?:supplier|vendor|cost)(?:'s)? (?:cost )?(?:review|request|case)s?\b)"
    r"|\b(?:take|pull|call) (?:\w+ ){0,4}(?:claim|review|request)s? (?:back|off)\b"
    r"|\bclaim (?:\w+ ){0,3}(?:withdrawn|pulled|dropped|cancelled|called off|off)\b"
)
_CUSTOMERS_CLAIM = re.compile(
    r"\b(?:her|his|their|customer'?s|defect|damage|insurance|quality|warranty|carrier) claim"
)


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
    if not s.has("supplier"):
        return None
    if re.search(
        r"\bwhen (?:is|are|does|do)\b.*\b(?:responsible|liable|pay|owe)|\b(?:rules?|policy)\b", s.plain
    ):
        return Act("ask_policy", 0.85, "policy")
    supplier, stop, reply = (s.found.get(name) for name in ("supplier", "supplier_stop", "supplier_reply"))
    if supplier and stop and _calls_off(s, stop, reply):
        return Act("supplier_cancel", OUTRIGHT)
    if reply and not _WANTS_PAID.search(s.plain):
        view = s.has("question") and not s.has("record") and not _states_verdict(s)
        return Act("supplier_result", 0.88, "view" if view else "verdict")
    if s.has("asks_status") and (
        s.has("question") or re.search(r"\b(?:status|update|news|show|view|see|whats|hows|wheres)\b", s.plain)
    ):
        claim = re.search(r"\b(?:claim|review|request|case)\b", s.plain) and not s.has("supplier_ask")
        return Act("supplier_result", OUTRIGHT if claim else 0.8, "view")
    if _WANTS_PAID.search(s.plain) and not s.has("question"):
        return Act("supplier_request", OUTRIGHT)
    return Act("supplier_request", 0.88) if s.has("supplier_ask") else Act("supplier_request", 0.45)


def _calls_off(s: Signals, stop: re.Match[str], reply: re.Match[str] | None) -> bool:
    """Whether a stop word withdraws the claim, rather than report how the supplier closed it."""
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
