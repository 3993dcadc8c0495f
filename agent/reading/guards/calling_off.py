"""Guards for what is dropped: the open case, an order, a return; and what only sounds like it."""

from __future__ import annotations

import re

from agent.reading.guards.plain import OUTRIGHT
from agent.reading.text.patterns import regex
from agent.reading.words.act import HARD, Act, Open
from agent.reading.words.order_words import calls_all_off
from agent.reading.words.signals import Signals

_CUSTOMERS_OWN = regex(
    r"\b(?:she|he|they|customer|client|buyer|her|him|them)(?: can| may| could| should| to| is free to| just|'ll| will)*"
    r" (?:bin|scrap"
    r"|ditch|drop|discard|chuck|dump|toss|throw) "
    r"|\b(?:she|he|they|customer|client|buyer) (?:doesn't|does not|don't|do not|didn't)(?: \w+)? (?:want|like|need)\b"
)
"""What the customer does with the goods, or does not want: no case is dropped for it."""


_LEAVES_ALONE = regex(
    r"(?:leave|let) (?:that|this|it)(?: one)? (?:alone|be|out|untouched|as (?:it|that) is|there)\b"
)
"""Said of goods beside others: they are no part of what is done."""


def _cancels_no_case(s: Signals, now: Open) -> bool:
    """Whether what is dropped or left are goods of an order to be refunded, or the proof that is asked for."""
    said = s.plain[s.found["cancels"].start() :]
    if now.pending in {"evidence", "waiver_note"} and (
        s.has("question") or (said.startswith("skip") and s.has("waive"))
    ):
        return True
    drops, pays = s.found["cancels"], s.found.get("refund")
    if pays is None or (pays.start() < drops.end() and drops.start() < pays.end()):
        return False  # "Kill it" is all that is said.
    return bool(_LEAVES_ALONE.match(said)) or (
        not now.anything and now.order_known and not said.startswith("cancel")
    )


_NOT_CALLED_OFF = regex(r"\bnot\b(?! (?:\w+ )?(?:needed|wanted|necessary|required))|n't")


_FORGET = regex(
    r"^(?:\W|ok|okay|oh|well|actually|no|please|sorry|and|so|then)*"
    r"(?:forget|drop|scrap|cancel|skip|leave|ignore|never mind)(?: about)? (?:order )?ORDERNO\b"
    r"(?! (?:for|and|instead|at)\b)"
)
_NOT_WANTED = regex(
    r"\b(?:doesn't|does not|don't|do not|didn't|no longer) (?:want|need)s? (?:a |the |any |his |her |their )?"
    r"(?:refund|money)(?: back)?(?: any ?more| after all| now)?\W*$"
)


def of_another(s: Signals, now: Open) -> Act | None:
    """What is forgotten is another order than the open case's: the case stays as it is ("forget 8302")."""
    forgets = _FORGET.match(s.plain) or (s.kind("order") and _NOT_WANTED.search(s.plain))
    return Act("affirm", HARD) if forgets and now.proposal and now.other_order else None


def cancels(s: Signals, now: Open) -> Act | None:
    """The open case is dropped, or an order called off."""
    if s.has("vetoes") and not s.has("question", "supplier", "whole_order"):
        return Act("cancel", HARD)
    if calls_all_off(s) and now.order_known and not (now.anything or now.claimed or now.open_return):
        return Act("refund", OUTRIGHT)
    if s.has("whole_order") and not now.proposal:
        return Act("refund", 0.75 if now.anything or s.has("question") else OUTRIGHT)
    if s.has("cancel_return") and not _NOT_CALLED_OFF.search(s.found["cancel_return"].group()):
        there = now.open_return or now.requested_return
        return Act("progress", OUTRIGHT if there and not s.has("question", "refund") else 0.85, "cancel")
    if not s.has("cancels") or s.has("oos") or _CUSTOMERS_OWN.search(s.plain) or _cancels_no_case(s, now):
        return None
    said = [
        span
        for kind in ("money", "number", "quantity", "order")
        for span in s.kind(kind)
        if now.anything or span.value != {"kind": "full"}
    ]
    if s.has("corrects") and said:
        return None
    if re.search(r"\b(?:return it|returning|send it back|sending)\b", s.plain) and not now.anything:
        return None
    starts = not re.sub(
        r"\b(?:ok|okay|oh|well|actually|no|please|sorry|hm+|ah)\b|\W",
        "",
        s.plain[: s.found["cancels"].start()],
    )
    starts = starts and not s.has("refund", "wants_return", "approves", "rejects", "lookup")
    strong = starts or len(s.found["cancels"].group()) > 0.5 * len(s.plain) or now.anything
    return Act("cancel", 0.9 if strong else 0.7)
