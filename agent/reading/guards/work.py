"""Guards for the work itself: evidence, returns, refunds, questions about them."""

from __future__ import annotations

import re

from agent.reading.goods.unsent import tells_unsent
from agent.reading.guards.plain import OUTRIGHT, not_back_yet, waives_proof
from agent.reading.text.patterns import regex
from agent.reading.words.act import HARD, Act, Open
from agent.reading.words.decisions import decision_of
from agent.reading.words.signals import Signals
from agent.reading.words.topics import question_topic
from domain.reasons import QUALITY_REASONS, RefundReason

_DO_WITHOUT = regex(
    r"\b(?:can|could|may|might|let's|shall|should)(?:n?'t| not)? (?:we|i|you|it|us)?(?: \w+)? ?"
    r"(?:do|go|manage|work) without\b"
    r"|\b(?:can|could|may)(?:n?'t| not)? (?:we|i|you)(?: not| just| maybe)? (?:leave|drop|skip|let)"
    r" (?:it|that|this|them)(?: (?:out|go|be|off))?\b"
)
"""The proof that is asked for, to be done without."""


def evidence(s: Signals, now: Open) -> Act | None:
    """Proof handed in, refused or waived, and tracking numbers."""
    new_report = s.reasons and s.has("evidence_attached") and now.pending != "evidence" and not now.flow
    if s.has("edit_return") or new_report:
        return None  # Of a new report with its proof what is wrong comes first.
    if now.pending == "evidence" and _DO_WITHOUT.search(s.plain):
        return Act("waive", OUTRIGHT)
    told_with_it = (s.has("refund") and now.pending != "evidence") or (s.reasons and s.kind("order"))
    if (
        s.has("waive")
        and (not s.has("overrides") or waives_proof(s))
        and not told_with_it
        and not re.search(r"\b(?:fee|restocking|shipping)\b", s.plain)
    ):
        return Act("waive", 0.95 if now.pending == "evidence" else 0.8)
    if s.has("evidence_none") and not s.has("refund", "approves", "rejects", "a_return"):
        return Act("evidence", 0.88, "none")
    if s.has("refund", "wants_return", "approves", "rejects", "question", "policy"):
        return None
    if s.kind("tracking") and not s.reasons:
        return Act("evidence", 0.85)
    if s.has("evidence") and not (s.reasons and not s.has("evidence_attached", "evidence_ticket")):
        about_it = not s.reasons or re.search(
            r"(?:photos?|pictures?|videos?|proofs?|evidence|images?|screenshots?)(?: \w+)? (?:of"
            r"|showing|with)",
            s.plain,
        )
        return Act("evidence", 0.85 if about_it else 0.5)
    return Act("evidence", 0.6, "ticket") if s.has("evidence_ticket") and now.pending == "evidence" else None


def progress(s: Signals, now: Open) -> Act | None:
    """A return under way: received, changed, closed, cancelled."""
    if (s.has("question") and s.has("wh")) or s.has("rejects"):
        return None
    for family, action in (
        ("close_return", "close"),
        ("edit_return", "logistics"),
        ("refund_return", "refund"),
    ):
        if s.has(family) and not s.has("whole_order"):
            return Act("progress", 0.9, action)
    if (
        s.has("receive")
        and not not_back_yet(s)
        and not s.has("refund_status", "got_refund")
        and not (s.has("refund") and not s.has("a_return"))
    ):
        return Act("progress", 0.8, "receive")
    if s.has("in_transit") and s.has("a_return") and not s.reasons:
        return Act("progress", 0.75, "logistics")
    return None


_DECIDES = regex(
    r"^(?:\W|ok|okay|please|and|then|yes|so|we|i|you can|can you|go ahead and)*\s?(?:approve|accept|reject|decline|deny"
    r"|refuse|turn (?:it|this) down)"
)


def reviews(s: Signals, now: Open) -> Act | None:
    """A customer's return request: shown, approved, rejected."""
    decided = decision_of(s.plain)
    said = s.has("approves") and (
        s.words("approves").lower() not in {"ok", "okay"} or now.flow == "review_return"
    )
    decides = said or s.has("rejects") or (decided is not None and not decided.weak)
    if s.has("question") and s.has("policy") and not s.has("rejects"):
        return None
    if (
        decides
        and (s.has("a_return") or s.kind("return"))
        and not (s.has("refund") and not s.has("rejects") and "return" not in s.plain)
    ):
        return Act("review", 0.88)
    if s.has("queue"):
        return Act("review", 0.85)
    strong = _DECIDES.match(s.plain)
    if decides and (now.requested_return or now.flow == "review_return"):
        return Act("review", 0.85)
    if strong and s.has("rejects") and s.kind("order") and strong.end() < 16:
        return Act("review", 0.88)
    return Act("review", 0.75) if strong and not s.has("refund") else None


def balance(s: Signals, _now: Open) -> Act | None:
    """The accounts, settlements and payouts."""
    if not s.has("balance") or s.has("refund_return") or (s.kind("order") and s.has("refund_status")):
        return None
    word = s.found["balance"].group()
    if word == "settled" and not s.has("question", "lookup"):
        return None
    pays = s.has("refund") or (s.reasons and s.kind("money"))
    if (
        pays
        and not s.has("question")
        and word.strip() in {"reserve", "reserved", "fund", "funds", "balance", "balances"}
    ):
        return None
    asks = s.has("question", "wh") or s.has("lookup") or len(s.plain) < 45
    return Act(
        "ask_balance" if s.has("question") else "balance",
        0.85 if asks else 0.6,
        question_topic(s.plain) or "balance",
    )


_ASKS_WHETHER = (
    r"^\W*(?:(?:and|so|but|oh|wait|hm+|sorry|also|just|(?:(?:a |one |another )?(?:quick |short )?question))\b\W*)*"
    r"(?:is|has|have|did|was|were|are)\b"
)
_ABOUT_RETURN = regex(
    rf"{_ASKS_WHETHER}(?=.*\b(?:return\w*|rma|RETURNNO|sent back)\b)"
    r".*\b(?:back|arrived?|received?|come|came|in|here|with us|landed|inspected|closed|approved|rejected)\b"
)
_THEY_BACK = regex(
    rf"{_ASKS_WHETHER}.*\b(?:back|arrived?|received|come|landed|here)(?: yet| already| by now| now)?\W*\?\W*$"
)
"""Asked of goods that a return is under way with ("are the boots back yet?")."""


_A_FEW_WORDS = 3


def got_refund_only(s: Signals) -> bool:
    """Whether that somebody has had the money is all that is said, a few words of its teller or of thanks aside."""
    told = s.found["got_refund"]
    left = f"{s.plain[: told.start()]} {s.plain[told.end() :]}"
    return len(re.findall(r"\w+", left)) <= _A_FEW_WORDS and not s.has("whole_order")


def status(s: Signals, now: Open) -> Act | None:
    """What became of an order or a refund."""
    unsent = s.has("refund") and tells_unsent(s.plain) and not s.has("question")
    if _DECIDES.match(s.plain) or unsent:
        return None  # "Refund whatever hasn't gone out yet."
    if s.has("got_refund") and not s.has("question"):
        return Act("ask_status", HARD if got_refund_only(s) else 0.92, "refund_status")
    if s.has("refund_status") and not re.search(
        r"\brather\b|\bprefers?\b"
        r"|\b(?:can|could|please|want|need|would like)\b(?!(?: you)? (?:check|tell|see|look|find out)\b)",
        s.plain,
    ):
        return Act("ask_status", 0.9 if s.kind("order") else 0.85, question_topic(s.plain) or "refund_status")
    if s.has("refund_status") and s.has("wh"):
        return Act("ask_status", 0.75, "refund_status")
    if (
        s.has("delivery")
        and (s.has("question") or s.has("lookup"))
        and not s.reasons
        and not s.has("refund", "wants_return")
    ):
        return Act("ask_status", 0.85, "delivery")
    asked = _ABOUT_RETURN.match(s.plain) or (now.open_return and _THEY_BACK.match(s.plain))
    if s.has("question") and asked and not s.has("policy", "queue", "supplier"):
        return Act("ask_status", 0.85, "return_status")
    if s.has("wh") and now.anything and question_topic(s.plain):
        return Act("ask_status", 0.7, question_topic(s.plain))
    return None


_ONE_MORE = regex(
    r"^(?:\W|and|also|then|please|ORDERNO)*(?:\d{1,2}|one|two|three|four|five) (?:more|further|extra) "
    r"(?!times?\b|things?\b|question)"
)
"""More of the same: "one more mug on 1042, changed her mind"."""


_MAY_KEEP = regex(r"\b(?:let|lets|allow)\b|\b(?:can|may) (?:just |also )?keep\b")
"""Somebody who may keep what is no longer wanted gets the money for it."""

_NO_REPORT = (
    "question",
    "supplier",
    "draft",
    "lookup",
    "rejects",
    "approves",
    "wants_return",
    "cancels",
    "corrects",
)


def reports(s: Signals, now: Open) -> Act | None:
    """A complaint, or a bare fact about the goods."""
    if s.has("keep_it", "send_back") and now.anything:
        return Act("fact", 0.8)
    if _ONE_MORE.match(s.plain) and s.reasons and s.reasons[0].code not in QUALITY_REASONS:
        return Act("refund", OUTRIGHT)
    if any(r.code is RefundReason.PRICE_ADJUSTMENT for r in s.reasons) and not s.has("question", "supplier"):
        return Act("refund", OUTRIGHT if s.kind("order") or now.anything else 0.85)
    if s.reasons and s.reasons[0].code in QUALITY_REASONS and s.kind("order") and not s.has(*_NO_REPORT):
        return Act("report", OUTRIGHT)
    if (
        s.reasons
        and s.reasons[0].code not in QUALITY_REASONS
        and _MAY_KEEP.search(s.words("keep_it").lower())
    ):
        return Act("refund", OUTRIGHT)
    if s.reasons:
        return Act("report", 0.88 if s.reasons[0].issue_type != "other" and not s.has("question") else 0.5)
    if s.has("keep_it", "send_back"):
        return Act("fact" if s.has("keep_it") else "return", 0.6)
    return None


def rest(s: Signals, now: Open) -> Act | None:
    """What is left: other matters, and looking an order up."""
    if s.has("oos") and not s.kind("order"):
        return Act("oos", 0.75)
    if s.has("lookup") and (s.kind("order") or s.kind("email")):
        topic = question_topic(s.plain)
        return Act("ask_status" if topic else "lookup", 0.8, topic)
    return None
