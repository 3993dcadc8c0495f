"""Guards for questions about the rules: how things are done, whoever's order it is."""

from __future__ import annotations

import re

from agent.reading.guards.plain import OUTRIGHT
from agent.reading.text.patterns import regex
from agent.reading.words.act import HARD, Act, Open
from agent.reading.words.signals import Signals

_OURS = regex(
    r"\b(?:refund\w*|return\w*|rma|restock\w*|evidence|proof|photos?|pictures?|suppliers?|vendors?|approv\w+|waiv\w+"
    r"|final sale|dropship\w*|customers?|goodwill|disput\w+|chargebacks?|reject\w*|proposals?|second (?:person|pair)"
    r"|payouts?|settle\w*|damaged|defect\w*|faulty|money back|take back|send back|sending (?:things|it) back|verdicts?"
    r"|worn|opened|digital"
    r"|tell (?:her|him|them|customers?)|promis\w+|stale|expir\w*|superseded|fund account|provider|dropshipped)\b"
)
_NEAR = regex(
    r"\b(?:orders?|items?|money|fees?|parcels?|shipping|postage|labels?|limits?|window|rules?|polic\w+|discounts?|tax\w*"
    r"|evid\w*|claims?|buyers?|goods|amount|price|staff|supervisor)\b"
)


def is_ours(s: Signals) -> bool:
    """Whether a clause names anything of the work."""
    return bool(_OURS.search(s.plain) or _NEAR.search(s.plain))


_MAY = r"(?:can|could|may|might|is|are|would|will|do|does|should|whether|if)"
_WINDOW = regex(
    rf"\b{_MAY}\b[^.;!]*\b(?:return\w*|send\w*|bring\w*|give|take|taken|accept\w*|back)\b[^.;!]*"
    r"\b(?:after (?:\d|\w+ (?:days|weeks|months))|\d+ (?:days|weeks|months)|too late|in time|window"
    r"|deadline|that late|so late)\b"
    rf"|\b(?:was|were|{_MAY}) (?:\w+ ){{0,4}}(?:too late|in time|inside the window|within the window|out of time)\b"
    r"|\bwho\b[^.;!]*\b(?:exceptions?|override|overrule|window|deadline)\b"
    r"|\bwho\b[^.;!]*\b(?:allowed|may|can|could)\b[^.;!]*\b(?:anyway|all the same|nevertheless"
    r"|still (?:take|let|accept|allow))\b"
    r"|\b(?:can|could|may|is) (?:\w+ ){0,3}(?:make|get|grant|allow|give)(?: \w+)? (?:an? )?exceptions?\b"
)
"""Whether goods may still come back after so long, and who may let them."""


def window(s: Signals, now: Open) -> Act | None:
    """A question about the return window, of whoever's order it is asked."""
    asks = s.has("question") or re.search(
        r"\b(?:asks?|asking|asked|wonders?|wondering|wants? to know)\b", s.plain
    )
    if now.proposal or not asks or s.has("refund", "supplier", "draft") or s.kind("money"):
        return None
    if re.match(r"\W*(?:(?:please )?(?:can|could|would|will) you|why)\b", s.plain):
        return None
    return Act("ask_policy", OUTRIGHT, "return_window") if _WINDOW.search(s.plain) else None


_HOW_LONG_OPEN = regex(
    r"\b(?:how (?:long|many (?:minutes|hours))|when|until when|for how long)\b.*\b(?:cards?|proposals?|buttons?)\b"
    r".*\b(?:valid|expir\w*|open|lasts?|run(?:s)? out|good for|live|stay|press\w*)"
)


def general(s: Signals, now: Open) -> Act | None:
    """How things are done in general: asked of nobody's order."""
    if _HOW_LONG_OPEN.search(s.plain) and not s.kind("order"):
        return Act("ask_policy", HARD, "policy")
    if not s.has("general") or (now.proposal and not s.has("question")):
        return None
    if s.kind("order") or s.kind("return") or s.has("why_off", "capabilities", "vetoes", "oos"):
        return None
    if not _OURS.search(s.plain):
        return None
    if re.search(r"\b(?:please|this|that one|her refund|his refund|my refund|the refund)\b", s.plain):
        return Act("ask_policy", 0.7, "policy") if s.has("question") else None
    if s.has("draft") and not s.has("question"):
        return None
    return Act("ask_policy", OUTRIGHT if s.found["general"].start() < 12 else 0.85, "policy")


def policy(s: Signals, _now: Open) -> Act | None:
    """The rules."""
    if re.search(
        r"\bhow long (?:do|does|will|would) (?:a |the |our )?refunds? (?:usually|normally"
        r"|typically|generally|take)",
        s.plain,
    ):
        return Act("ask_policy", 0.85, "policy")
    if re.search(
        r"\b(?:max\w*|limit|most) (?:\w+ ){0,2}(?:i|we|one) (?:can|may)|\bhow much can (?:i|we)"
        r"|\bhow long (?:is|do|does)|\bmaximum\b",
        s.plain,
    ) and not s.kind("order"):
        return Act("ask_policy", 0.75, "policy")
    if s.reasons and s.has("wants_return", "refund") and not re.search(r"\bpolic|\brules?\b", s.plain):
        return None
    if (
        s.has("policy")
        and (s.has("question") or re.search(r"\bpolic|\brules?\b|\bguideline", s.plain))
        and (not s.kind("order") or re.search(r"\b(?:evidence|proof|photos?|polic\w+)\b", s.plain))
    ):
        return Act("ask_policy", 0.8, "policy")
    return None
