"""Guards for what is said with few words: money by its purpose, parcels that come back, the past, an exception.

What they find is outright, so that from :data:`OUTRIGHT` on no model is asked. What an order's returns stand at
(:class:`~agent.reading.words.act.Open`) tells a parcel that came back from one that reached the customer.
"""

from __future__ import annotations

import re

from agent.reading.facts.inspection import inspection_of
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.words.act import Act, Open
from agent.reading.words.order_words import order_query
from agent.reading.words.signals import Signals

OUTRIGHT = 0.95
_ASKED_FOR_MORE = (
    "question",
    "supplier",
    "approves",
    "rejects",
    "balance",
    "draft",
    "cancels",
    "vetoes",
    "corrects",
)
LEAD = (
    r"(?:\W|ok|okay|nice|great|good|super|perfect|fine|cool|please|now|and|then|so|yes|just|can you"
    r"|could you|you can|we can|let's|go ahead|ORDERNO|on|:)*"
)
_IMPERATIVE = regex(
    rf"^{LEAD}(?:refund|reimburse|credit|comp|give back|pay back)\s(?:\w+\W*$|the|her|his|their|it"
    rf"|them|this|that|mr|mrs|ms"
    r"|MONEY|PERCENT|ORDERNO|\d+|one|two|three|all|both|full|half|everything|customer|a|an)\b"
)
_FEE = regex(
    r"\b(?:restock\w*|handling|return|label|pickup|collection)(?: (?:fee|charge|cost))?s?\b|\bfees?\b"
    r"|\bfor (?:the )?"
    r"(?:return )?(?:label|postage)\b"
)
_NOT_BACK = regex(
    r"\b(?:not|never|n't|hasn't|nothing has|before|until|when|once|if|after|unless)\b"
    r"|\b(?:customer|she|he|they|client|buyer) (?:has |have |had |just |only )*(?:received|got|has|have)\b"
)
_STILL_OUT = regex(
    r"\b(?:customer|she|he|they|client|buyer) (?:has |have |had |just |only )*(?:received|got|has|have|keeps?|kept)\b"
    r"|\b(?:before|until|when|once|if|after|unless|will|should(?! (?:have |be )?(?:sen[dt]|return(?:ed)?"
    r"|been|contain)\b)|going to)\b"
)
_EMPTY = regex(r"\bempty\b|\b(?:nothing|no \w+) (?:was |is |were )?(?:in|inside)\b")
_GOES_BACK = regex(r"\bback\b|\b(?:return|rma|RETURNNO|warehouse)\b")
_COST = regex(
    r"\b(?:return|label|postage|shipping|collection)\b(?: \w+){0,3} costs?\b|\bcosts? (?:us|of the return)\b"
)
_LABEL_THERE = regex(
    r"\blabel (?:is |was )?(?:attached|uploaded|here|enclosed|below)\b"
    r"|\b(?:here(?:'s| is)|attached) (?:is )?the label\b"
)


def history(s: Signals, _now: Open) -> Act | None:
    """What happened on an order, and who did it."""
    return Act("ask_status", OUTRIGHT, "history") if s.has("asks_history") else None


def overrides(s: Signals, now: Open) -> Act | None:
    """An exception from the return window."""
    if not s.has("overrides") or s.has("question", "rejects"):
        return None
    if re.search(r"\b(?:evidence|photos?|proof|fees?)\b", s.plain) or waives_proof(s):
        return None
    if now.flow in {"merchant_return", "direct_refund", "quality_issue"} and not now.requested_return:
        return Act("fact", OUTRIGHT)
    if not now.requested_return and s.has("refund") and (nothing_comes_back(s) or not _comes_back(s)):
        return Act("refund", OUTRIGHT) if now.order_known else None
    if now.order_known and not (now.requested_return or now.open_return or now.received_return):
        return Act("return", OUTRIGHT) if _comes_back(s) else None
    if s.has("approves") or now.requested_return or now.flow == "review_return" or "window" in s.plain:
        return Act("review", OUTRIGHT)
    return None


def _comes_back(s: Signals) -> bool:
    """Whether goods are said to come back, so that an exception is one of a return."""
    return s.has("wants_return", "send_back", "approves")


_WINDOW = regex(r"\b(?:window|deadline|period|days|cut ?off|time limit|late)\b")


def waives_proof(s: Signals) -> bool:
    """Whether proof is waived, and no window ("I'll waive it on my own responsibility")."""
    return s.has("waive") and not _WINDOW.search(s.plain)


def returned_goods(s: Signals, now: Open) -> Act | None:
    """A return on its way or at the door, where the order has one."""
    if not (now.open_return or now.received_return):
        return None
    if s.has("question", "supplier", "rejects", "cancel_return", "close_return", "draft", "waive", "balance"):
        return None
    elsewhere = now.flow not in {"", "return_progress", "status"} or now.proposal or now.pending == "evidence"
    elsewhere = elsewhere and now.busy
    if elsewhere and not _GOES_BACK.search(s.plain):
        return None
    if s.kind("money") and _COST.search(s.plain) and not s.has("refund"):
        return Act("progress", OUTRIGHT, "logistics")
    if not now.open_return or s.has("keep_it"):
        return None
    action = "logistics" if _moves(s) else "receive" if _is_back(s) else ""
    return Act("progress", OUTRIGHT, action) if action else None


def _moves(s: Signals) -> bool:
    if _LABEL_THERE.search(s.plain):
        return True
    moving = s.has("goes_back") or s.kind("tracking") or (s.kind("carrier") and "return" in s.plain)
    return bool(moving) and not s.reasons and not s.has("refund")


def _is_back(s: Signals) -> bool:
    if s.has("refund") and "back" not in s.plain.split():
        return False
    if _NOTHING_YET.search(s.plain) and not _EMPTY.search(s.plain):
        return False
    if _inspected(s) and not _STILL_OUT.search(s.plain):
        return True
    return s.has("came_back") and (not _NOT_BACK.search(_sentence_of(s)) or bool(_EMPTY.search(s.plain)))


def _sentence_of(s: Signals) -> str:
    """The sentence that says that something came: what stands before it may deny other things, and so may a "but"."""
    at = s.found["came_back"].start()
    start = max([0, *(m.end() for m in re.finditer(r"[.;!?\n]+ ", s.plain[:at]))])
    end = re.search(
        r"[.;!?\n]+(?= |$)|[,:] (?!(?:not|if|when|once|after|unless|until|before)\b)", s.plain[at:]
    )
    return s.plain[start : at + end.start() if end else len(s.plain)]


def not_back_yet(s: Signals) -> bool:
    """Whether goods are only thought of as back ("if they come back", "nothing came yet")."""
    return bool(_STILL_OUT.search(s.plain) or _NOTHING_YET.search(s.plain))


_NOTHING_YET = regex(
    r"\b(?:nothing|none|no \w+) (?:has |have |is |was )?(?:come|came|been|arrived|back|received)\b"
)


def _inspected(s: Signals) -> bool:
    """Whether units are counted by more than one state, or as good ones: nobody tells that of a complaint."""
    seen = inspection_of(s)
    if seen is None or seen.value == "all_good":
        return False
    entry = seen.value[0]
    told = [name for name in ("good", "damaged", "missing", "rest") if entry.get(name)]
    return len(told) > 1 or bool(entry["good"]) or bool(entry.get("came") and s.has("came_back"))


_WORKS = regex(
    r"\b(?:return\w*|rma|RETURNNO|label|track\w*|TRACKNO|restock\w*|fees?|cost(?:s|ed)?|cover\w*|paid|pay|charged|received"
    r"|claim\w*|worth|check|show|open|look\w*|DATE)\b"
)
"""What an amount beside an order number may be about other than a refund."""


_COUNTED_BACK = regex(
    rf"^{LEAD}(?:\d{{1,3}}|a|an|one|two|three|four|five|both|all)(?: x)? (?!of us\b)(?:\w+ ){{1,8}}?back\b"
    r"(?=\W*$|(?: please| then)?[,.;]|(?: please| then)\W*$| on ORDERNO"
    r"| to (?!us\b|the (?:sender|shop|warehouse)|sender|stock|me\b)\w)"
    r"(?<!come back)(?<!comes back)(?<!came back)(?<!coming back)(?<!sent back)(?<!send back)(?<!sends back)"
    r"(?<!is back)(?<!are back)(?<!ship back)(?<!want back)(?<!it back)(?<!them back)(?<!going back)"
)
"""Goods by number "back", with no word of sending: their money ("1 mug and 2 plates back to Rosa")."""


_MONEY_FOR = regex(rf"^{LEAD}(?:MONEY|PERCENT) (?:for|because|since|as|due to)\b")
"""An amount and what it is for, with nothing open: "40 for the late delivery"."""


REFUND_GOODS = regex(
    rf"^{LEAD}refund (?!(?:for|on|of|from|to|in|never|not?|still|has\w*|have\w*|is\w*|was\w*|did\w*|does\w*|won't"
    rf"|can't|status|request"
    r"|money|ORDERNO|RETURNNO|yet|back|confirmation|arriv\w*|pending|failed|missing|late|came|lost|went)\b)[a-z]"
)
"""The bare imperative with goods behind it ("refund cap 2500 never arrived"), which is no refund that never arrived."""


def refunds_goods(s: Signals, _now: Open) -> Act | None:
    """A refund of goods by the bare imperative, with its reason."""
    if not (s.reasons and s.kind("order") and REFUND_GOODS.match(s.plain)):
        return None
    besides = ("wants_return", "question", "supplier", "refund_return", "cancels", "vetoes", "corrects")
    return None if s.has(*besides) else Act("refund", OUTRIGHT)


def _is_outright(s: Signals) -> bool:
    """Whether a sum is told with what it is for, or nothing but the shipping."""
    only_shipping = s.has("shipping_back") and re.match(
        r"(?:just|only)\b", s.words("shipping_back"), re.IGNORECASE
    )
    return bool(only_shipping) or (bool(s.reasons) and _MONEY_FOR.match(s.plain) is not None)


def gives_money(s: Signals, now: Open) -> Act | None:
    """A refund told by what it is for: goodwill, shipping, everything, or by the bare imperative."""
    if s.has("wants_return") and not s.has("shipping_back") and not nothing_comes_back(s):
        return None
    if not now.anything and not s.has("question", "supplier") and _is_outright(s):
        return Act("refund", OUTRIGHT)
    if s.has(*_ASKED_FOR_MORE, "refund_status", "refund_return", "whole_order", "policy"):
        return None
    money = [span for span in s.kind("money") if span.value["kind"] in {"exact", "percent"}]
    if _is_fee(s, now):
        return Act("fact", OUTRIGHT) if now.flow else Act("review", OUTRIGHT)
    full = any(span.value["kind"] == "full" for span in s.kind("money"))
    whole = full and (
        re.search(r"\bback\b", s.plain) or (nothing_comes_back(s) and _WHOLE_OF.search(s.plain))
    )
    goodwill = money and any(reason.code.value == "goodwill" for reason in s.reasons)
    bare = (
        s.has("shipping_back")
        or goodwill
        or (money and re.search(r"\b(?:MONEY|PERCENT) (?:off|back)\b", s.plain))
    )
    asked = _IMPERATIVE.match(s.plain) and (
        s.kind("order") or money or s.has("shipping_back") or order_query(s)
    )
    returned = now.requested_return or now.open_return or now.received_return
    if asked and not s.has("send_back"):
        return Act("refund", OUTRIGHT)
    if bare and now.anything and not s.kind("order") and not s.has("refund"):
        return Act("fact", OUTRIGHT)
    if (
        not (bare or whole)
        and money
        and s.kind("order")
        and not _WORKS.search(s.plain)
        and len(s.plain.split()) <= 9
    ):
        return Act("refund", 0.85)
    counted = _COUNTED_BACK.match(s.plain) and s.kind("order") and not returned
    return Act("refund", OUTRIGHT) if bare or whole or counted else None


_WHOLE_OF = regex(
    r"\b(?:whole|full|entire|complete) (?:amount|price|sum|value|money|cost|refund)\b(?: then"
    r"| please)?(?: (?:for|of|on|to) |\W|$)"
)
"""The whole price as what is wished for ("whole amount for the cap then")."""


def nothing_comes_back(s: Signals) -> bool:
    """Whether goods are said to stay where they are, and no word of sending is left besides."""
    return (
        s.has("keep_it")
        and families("acts")["wants_return"].search(families("acts")["keep_it"].sub(" ", s.plain)) is None
    )


def _is_fee(s: Signals, now: Open) -> bool:
    """Whether the clause names a fee and nothing else, with a return to charge it on."""
    if not s.kind("money") or s.has("refund", "shipping_back") or s.reasons:
        return False
    return bool(_FEE.search(s.plain)) and (
        now.requested_return or now.flow in {"review_return", "merchant_return"}
    )
