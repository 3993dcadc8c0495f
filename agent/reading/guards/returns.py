"""Guards for an order that has a return: called off, closed, paid out, asked about; and goods that are wanted back."""

from __future__ import annotations

import re

from agent.reading.facts.fees import fees_said
from agent.reading.guards.payouts import WITHOUT_MONEY
from agent.reading.guards.plain import OUTRIGHT
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.words.act import Act, Open
from agent.reading.words.decisions import decision_of, only_thought_of
from agent.reading.words.reasons import find_reject_reason, named_reason
from agent.reading.words.signals import Signals

_NOT = regex(r"(?:\bnot|n't|\bnever|\bwithout|\binstead of|\bno need to|\brather than)(?: \w+){0,2} $")


def _said(s: Signals, family: str) -> bool:
    found = families("returns")[family].finditer(s.plain)
    return any(not _NOT.search(s.plain[: match.start()]) for match in found)


_OFF = regex(r"(?:\w+ )?(?:MONEY|PERCENT) off\b")
"""What is taken off is a fee, and no money that is given."""


_WE_PAY = regex(
    r"\b(?:we|we'll|i|i'll|(?:the )?shop|us)(?: \w+)? pays?(?: for)? (?:the |its |this |that |her |his |all )?(?:trip"
    r"|way|ride|journey|transport\w*|postage|post|label|shipping|carriage|return|freight|delivery|pick ?up|collection"
    r"|parcel|sending)\b"
)
"""What the way back costs the shop: no money for the customer."""


def _our_cost(s: Signals, money: re.Match[str]) -> bool:
    return any(m.start() <= money.start() < m.end() for m in _WE_PAY.finditer(s.plain))


def decides(s: Signals, now: Open) -> Act | None:
    """A yes or a no to the return request of an order, where nothing else is open."""
    money = s.found.get("refund")
    paid = money is not None and not _OFF.match(s.plain, money.start()) and not _our_cost(s, money)
    if not now.requested_return or now.busy or paid or s.has("supplier"):
        return None
    decided = decision_of(s.plain)
    draft = s.found.get("draft") or s.found.get("asks_evidence")
    if decided is None or (draft and draft.start() < decided.start):
        return None
    if decided.weak:
        told = fees_said(s) if decided.value == "approve" else find_reject_reason(s.plain)
        return Act("review", OUTRIGHT) if told else None
    return Act("review", OUTRIGHT)


def held(s: Signals, now: Open) -> Act | None:
    """What is wanted of the return an order has, where nothing else is open."""
    there = now.requested_return or now.open_return or now.received_return
    if now.received_return and not now.busy and _asks_to_pay(s) and not s.has("supplier"):
        return Act("progress", OUTRIGHT, "refund")
    if not there or now.busy or s.has("supplier", "whole_order"):
        return None
    if _asks(s) or _asks_state(s) or (_asks_to_pay(s) and not now.received_return):
        return Act("ask_status", OUTRIGHT, "return_status")
    if s.has("question") or s.kind("money"):
        return None
    if now.open_return and _PAPERS.search(s.plain) and s.has("a_return") and not s.has("refund", "draft"):
        return Act("progress", OUTRIGHT, "logistics")
    if now.requested_return and "return" in s.plain and named_reason(s.plain) and not s.has("refund"):
        return Act("review", OUTRIGHT)
    step = _step(s, now)
    return Act("progress", OUTRIGHT, step) if step else None


_PAPERS = regex(
    r"\b(?:got|have|has|here(?:'s| is| comes)?|with|now|sent|add|put|enter|note|gave|comes? with|is)\b(?: \w+){0,3} "
    r"(?:(?:tracking|parcel|shipment|consignment)(?: (?:number|no|nr|code|id))?|number|carrier|courier)\b(?! of)"
)
"""How the goods of a return travel is told, or about to be ("got the number now")."""


def _asks(s: Signals) -> bool:
    """Whether it is asked what comes back and why, or a step is only thought of."""
    if s.has("why_off"):
        return False
    steps = [s.found[name] for name in ("cancel_return", "close_return") if s.has(name)]
    if steps and only_thought_of(s.plain, steps[0].start()):
        return True
    if _said(s, "how_to_send") and (s.has("question") or s.plain.startswith("tell me")):
        return True
    if _said(s, "asks_number") and (s.has("question") or s.has("wh")):
        return True
    return _said(s, "asks_of_return") and not s.has("refund_status", "policy", "balance")


_STATE = regex(
    r"\b(?:inspect\w*|condition|shape|came back|come back"
    r"|(?:is|are|was|were|been|arrived?|anything|everything|all|they|it) back\b"
    r"|back (?:ok|okay|fine|good|safe\w*|yet|already|in one piece)|intact|complete"
    r"|(?:in|at) (?:what|which) state"
    r"|how (?:was|were|did|is|are|does|do) (?:it|they|everything|(?:the|her|his|their) (?:\w+ )?\w+)"
    r" (?:look|looks|arrive|come|when|on arrival|inside|once|after all))\b"
)
_OF_STATE = regex(
    r"^(?:\W|ORDERNO|RETURNNO|and|so|but|ok|okay|wait|hey|hi|on|for|of|from|with)*(?:did|do|does|was|were|is|are|has|have|how"
    r"|what|in what|in which|anything)\b"
)


def _asks_state(s: Signals) -> bool:
    """Whether it is asked how the goods of a return came back ("did the boots pass inspection?")."""
    if not s.has("question") or not _OF_STATE.match(s.plain):
        return False
    return _STATE.search(s.plain) is not None and not s.has("refund", "policy", "balance", "draft", "cancels")


_MAY = regex(
    r"^(?:\W|so|and|ok|okay|hm+|but|hi|hey|ORDERNO|on|for)*(?:can|could|may|should|must|do|are) (?:we|i)\b"
    r"|\bwhen (?:can|do|will|may|should) (?:we|i)\b"
)


def _asks_to_pay(s: Signals) -> bool:
    """Whether it is asked if a return can be paid out: one that is back can."""
    pays = _said(s, "pays_out") or s.has("refund_return")
    return pays and s.has("question") and _MAY.search(s.plain) is not None


_PARCEL_ASKED = regex(
    r"^(?:\W|ORDERNO|and|so|wait|but|hm+|ok|okay|please|sorry|btw|by the way|(?:hang|hold) on"
    r"|(?:one|a|just a) (?:sec|second|moment|minute))*(?:"
    r"(?:what|what's|whats|which|who|who's|where|where's|do we|have we|is there|any|got|has|tell me|show me|give me)\b"
    r"[^.;]*\b(?:tracking|track (?:it|her|his)|carrier|courier|parcel (?:no|number)"
    r"|shipped with|sent with|travel\w* with)\b"
    r"|(?:tracking|carrier|courier)(?: (?:no|nr|number|code|id|name))?"
    r"(?: (?:of|for) (?:it|this|that|the return))?\W*\?)"
)


_RETURN_ASKED = regex(
    r"^(?:\W|ORDERNO|on|and|so|wait|but|hm+|ok|okay|please|hi|hey|hello)*"
    r"(?:where(?:'s| is| are)|how far (?:along )?(?:is|are)|how(?:'s| is)|what(?:'s| is)? (?:happening"
    r"|going on|up) with"
    r"|what(?:'s| is) the (?:status|state) of|what became of|any (?:news|word) (?:of|on|about|from))"
    r" (?:the |her |his |their |that |this |\w+(?:'s|s') |\w+ \w+(?:'s|s') )?(?:return|rma|RETURNNO"
    r"|parcel back|box back)\b"
    r"(?! (?:label|fee|window|policy|address|form|request))"
)
"""How far a return is ("where's the return from Mrs Duarte at the moment?")."""


def parcel_asked(s: Signals, now: Open) -> Act | None:
    """How goods travel, those of an open return before others ("what's the tracking no of it"), whatever is open."""
    if _RETURN_ASKED.match(s.plain) and not s.has("policy", "supplier", "draft", "refund"):
        return Act("ask_status", OUTRIGHT, "return_status")
    if now.pending in {"tracking", "carrier"} or s.has("policy", "supplier", "draft"):
        return None
    if s.kind("tracking") and "?" not in s.plain:
        return None  # "Got the parcel number, UPS 1Z…" tells it.
    asked = _PARCEL_ASKED.match(s.plain) and not re.search(
        r"\b(?:need|must|should|required|refund)\b", s.plain
    )
    return Act("ask_status", OUTRIGHT, "return_status" if now.open_return else "delivery") if asked else None


_TELLS_OTHER = ("question", "came_back", "receive", "supplier", "draft", "approves", "rejects", "whole_order")


def parcel_told(s: Signals, now: Open) -> Act | None:
    """The number a parcel travels by, where a return waits for its goods: it is of that return."""
    if not now.open_return or now.requested_return or now.busy or not s.kind("tracking"):
        return None
    if s.has(*_TELLS_OTHER) or s.kind("money") or s.reasons:
        return None
    return Act("progress", OUTRIGHT, "logistics")


def _step(s: Signals, now: Open) -> str:
    pays = _said(s, "pays_out") and not WITHOUT_MONEY.search(s.plain)
    if (now.open_return or now.received_return) and pays:
        return "refund"
    if _said(s, "calls_off"):
        return "cancel"
    closes = _said(s, "closes") or (
        now.received_return and (_said(s, "finishes_it") or _said(s, "closes_it"))
    )
    return "close" if closes else ""


def instructions(s: Signals, now: Open) -> Act | None:
    """A message to the customer about how the goods are sent."""
    written = s.has("draft") or re.search(
        r"\b(?:reply|mail|email|message|answer|text|letter|note)\b", s.plain
    )
    if not written or not _said(s, "how_to_send") or s.has("policy"):
        return None
    return Act("draft", OUTRIGHT, "approval") if now.requested_return or now.open_return else None


_SOME_COME = regex(r"\b(?:is|are|'s|will be) (?:all |both )?coming back\b")
"""Goods of which some come back, while others are kept."""


_MUST_COME = regex(
    r"\b(?:(?:has|have|needs?|got|ought) to|gotta|must|shall)(?: \w+)? (?:come|go|travel|be (?:sent|shipped)) back\b"
    r"(?! (?:to (?:her|him|them|the customer)|with)\b)"
    r"|\b(?:(?:has|have|needs?) to|must|shall)(?: \w+)? be returned\b"
)


def wanted_back(s: Signals, now: Open) -> Act | None:
    """Goods that shall come to the shop, where no return has them yet."""
    if now.busy or now.requested_return or s.has("question", "supplier", "draft"):
        return None
    if s.has("keep_it") and not _SOME_COME.search(s.plain):
        return None
    money = s.found.get("refund")
    if money and not re.match(r"back to (?:us|me)\b", money.group()):
        return None
    if s.kind("money") or (now.open_return and s.has("came_back")):
        return None
    comes = _said(s, "to_us") and (_said(s, "wants_it") or s.has("send_back"))
    if _MUST_COME.search(s.plain) and not now.open_return and not now.received_return:
        comes = True
    if not comes and not (_said(s, "says_returns") and not now.open_return):
        return None
    return Act("return", OUTRIGHT) if s.kind("order") or s.kind("return") else Act("return", 0.9)
