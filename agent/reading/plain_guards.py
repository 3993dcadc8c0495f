"""Guards for what is said with few words: money by its purpose, parcels that come back, the past, an exception.

What they find is outright, so that from :data:`OUTRIGHT` on no model is asked. What an order's returns stand at
(:class:`~agent.reading.act.Open`) tells a parcel that came back from one that reached the customer.
"""

from __future__ import annotations

import re

from agent.reading.act import Act, Open
from agent.reading.figures_said import figures
from agent.reading.inspection import inspection_of
from agent.reading.lexicon import families
from agent.reading.lines import order_query
from agent.reading.signals import Signals

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
_LEAD = (
    r"(?:\W|ok|okay|nice|great|good|super|perfect|fine|cool|please|now|and|then|so|yes|just|can you"
    r"|could you|you can|we can|let's|go ahead|ORDERNO|on|:)*"
)
_IMPERATIVE = re.compile(
    rf"^{_LEAD}(?:refund|reimburse|credit|comp|give back|pay back)\s(?:\w+\W*$|the|her|his|their|it"
    rf"|them|this|that|mr|mrs|ms"
    r"|MONEY|PERCENT|ORDERNO|\d+|one|two|three|all|both|full|half|everything|customer|a|an)\b"
)
_REFUND_IT = re.compile(
    rf"^{_LEAD}(?:refund|pay|reimburse|settle|credit)(?:\W|it|them|her|him|that|this|out|back|now|please|then"
    r"|the customer|the money|for|of|ORDERNO|RETURNNO|(?:the |her |his )?returned \w+|the rma"
    r"|(?:what|whatever)(?: (?:he|she|they)(?: is| are|'s|'re)?| is| we)? (?:owed|owe|due|left)(?: to)?"
    r"|(?:what|everything|all|whatever)(?: that)? (?:came|comes|is|was|has come|we got|she sent"
    r"|he sent|arrived)"
    r"(?: \w+)?(?: back)?|the return)*$"
)
_FEE = re.compile(
    r"\b(?:restock\w*|handling|return|label|pickup|collection)(?: (?:fee|charge|cost))?s?\b|\bfees?\b"
    r"|\bfor (?:the )?"
    r"(?:return )?(?:label|postage)\b"
)
_NOT_BACK = re.compile(
    r"\b(?:not|never|n't|hasn't|nothing has|before|until|when|once|if|after|unless)\b"
    r"|\b(?:customer|she|he|they|client|buyer) (?:has |have |had |just |only )*(?:received|got|has|have)\b"
)
_STILL_OUT = re.compile(
    r"\b(?:customer|she|he|they|client|buyer) (?:has |have |had |just |only )*(?:received|got|has|have|keeps?|kept)\b"
    r"|\b(?:before|until|when|once|if|after|unless|will|should(?! (?:have |be )?(?:sen[dt]|return(?:ed)?"
    r"|been|contain)\b)|going to)\b"
)
_EMPTY = re.compile(r"\bempty\b|\b(?:nothing|no \w+) (?:was |is |were )?(?:in|inside)\b")
_GOES_BACK = re.compile(r"\bback\b|\b(?:return|rma|RETURNNO|warehouse)\b")
_COST = re.compile(
    r"\b(?:return|label|postage|shipping|collection)\b(?: \w+){0,3} costs?\b|\bcosts? (?:us|of the return)\b"
)
_LABEL_THERE = re.compile(
    r"\blabel (?:is |was )?(?:attached|uploaded|here|enclosed|below)\b"
    r"|\b(?:here(?:'s| is)|attached) (?:is )?the label\b"
)


def history(s: Signals, _now: Open) -> Act | None:
    """What happened on an order, and who did it."""
    return Act("ask_status", OUTRIGHT, "history") if s.has("asks_history") else None


def pays_return(s: Signals, now: Open) -> Act | None:
    """Money for goods that are back ("refund it", "pay it out") where a return is received and nothing else is open."""
    if not now.received_return or now.proposal or now.pending or now.flow not in {"", "return_progress"}:
        return None
    if s.kind("money") or s.kind("quantity") or s.has("question", "keep_it"):
        return None
    pays = _REFUND_IT.match(s.plain) or _THE_MONEY.match(s.plain)
    return Act("progress", OUTRIGHT, "refund") if pays else None


_THE_MONEY = re.compile(
    rf"^{_LEAD}(?:give|pay|send|transfer)(?: (?:now|back|then|please|her|him|them|the customer))* (?:the|her|his|their)"
    r" (?:money|cash|refund)(?: (?:now|back|out|please|then|for|it|them|that|the|her|his|return|parcel|to"
    r"|him|customer))*\W*$"
)
"""The money for what is back ("then give her now the money for it")."""


_MONEY_NOW = re.compile(
    r"\b(?:(?:give|send|pay|refund|reimburse|credit|transfer|settle)(?: out| back)? (?:it |this |that "
    r"|everything |all )?"
    r"(?:to )?(?:her|him|them|the customer|customer|the client|the buyer|mr \w+|mrs \w+|ms \w+)"
    r"|(?:her|his|their|the customer's) (?:money|refund|cash|payout)\b"
    r"|\w+ (?:can |may |should |will |now |then )*(?:gets?|receives?) (?:\w+ ){0,3}?(?:money|MONEY|\d+|refund|payout)\b"
    r"|(?:refund|reimburse|pay(?: out)?|credit) (?:\w+ ){0,2}?(?:what|whatever|everything|all|only what) "
    r"(?:that |which |we |she |he |they |is |was |has |have |really |actually |did |does )*"
    r"(?:came|come|comes|here|back|arrived|got|have|has|received|sent|returned|there|in)\b"
    r"|make (?:the |her |his |their )?(?:payout|pay ?out|refund) (?:MONEY|\d+)"
    r"|(?:give|pay|send) \w+ (?:what|whatever|all|everything) (?:he|she|they)(?:'s|'re| is| are| has"
    r"| have)? (?:still )?(?:due|owed|coming|gets?)"
    r"|(?:pay|settle) (?!not\b|never\b)\w+ out"
    r"|(?:money|payout|refund) (?:can |may |should )?(?:go|goes|out|please|now|then))\b"
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
    return (
        Act("progress", OUTRIGHT, "refund")
        if _MONEY_NOW.search(s.plain) and not WITHOUT_MONEY.search(s.plain)
        else None
    )


WITHOUT_MONEY = re.compile(
    r"\b(?:without|no|not|never|don't|zero)(?: (?:a|any|the|his|her|give|pay|send|refund))* (?:money|refund"
    r"|payout|her|him|them)\b"
)


_EARLY = re.compile(
    r"\b(?:already|now|early|in advance|up ?front|straight away|right away|immediately|without waiting"
    r"|(?:not|n't|no need to) wait"
    r"|before (?:it|they|the \w+|we) (?:is|are|gets?|arrives?|comes?|lands?|reach\w*|have|get))\b"
)
_PAYS = re.compile(
    r"\b(?:refund|reimburse|pay|credit)(?: (?:it|them|her|him|that|this|out|the (?:customer|money)))+\b"
)
_TRAVELS = re.compile(
    r"\b(?:return|rma|RETURNNO|parcel|package|box|on (?:its|it's|the) way|transit|way back)\b"
)


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


_PART_OF_IT = re.compile(
    r"\b(?:refund|pay|reimburse|credit|give)\b(?: (?:her|him|them|back|only|just|out|the customer))*"
    r" (?:MONEY|PERCENT|half|a third|a quarter) (?:of|for) (?:it|them|that|this|those)\b"
)
"""A part of the money for what came back ("refund half of it")."""


_PAYS_RETURN = re.compile(
    r"\b(?:refund|pay(?: \w+)?(?: out)?|settle|reimburse|credit|give)\b.*"
    r"\b(?:return|rma|RETURNNO|what came back|came back)\b"
    r"|\b(?:return|rma|RETURNNO)\b(?:'s)? (?:refund|payout|money)\b"
)


def overrides(s: Signals, now: Open) -> Act | None:
    """An exception from the return window."""
    if not s.has("overrides") or s.has("question", "rejects"):
        return None
    if re.search(r"\b(?:evidence|photos?|proof|fees?)\b", s.plain):
        return None
    if now.flow in {"merchant_return", "direct_refund", "quality_issue"} and not now.requested_return:
        return Act("fact", OUTRIGHT)
    if s.has("approves") or now.requested_return or now.flow == "review_return" or "window" in s.plain:
        return Act("review", OUTRIGHT)
    return None


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


_NOTHING_YET = re.compile(
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


_WORKS = re.compile(
    r"\b(?:return\w*|rma|RETURNNO|label|track\w*|TRACKNO|restock\w*|fees?|cost(?:s|ed)?|cover\w*|paid|pay|charged|received"
    r"|claim\w*|worth|check|show|open|look\w*|DATE)\b"
)
"""What an amount beside an order number may be about other than a refund."""


_COUNTED_BACK = re.compile(
    rf"^{_LEAD}(?:\d{{1,3}}|a|an|one|two|three|four|five|both|all)(?: x)? (?!of us\b)(?:\w+ ){{1,8}}?back\b"
    r"(?=\W*$|(?: please| then)?[,.;]|(?: please| then)\W*$| on ORDERNO"
    r"| to (?!us\b|the (?:sender|shop|warehouse)|sender|stock|me\b)\w)"
    r"(?<!come back)(?<!comes back)(?<!came back)(?<!coming back)(?<!sent back)(?<!send back)(?<!sends back)"
    r"(?<!is back)(?<!are back)(?<!ship back)(?<!want back)(?<!it back)(?<!them back)(?<!going back)"
)
"""Goods by number "back", with no word of sending: their money ("1 mug and 2 plates back to Rosa")."""


_MONEY_FOR = re.compile(rf"^{_LEAD}(?:MONEY|PERCENT) (?:for|because|since|as|due to)\b")
"""An amount and what it is for, with nothing open: "40 for the late delivery"."""


REFUND_GOODS = re.compile(
    rf"^{_LEAD}refund (?!(?:for|on|of|from|to|in|never|not?|still|has\w*|have\w*|is\w*|was\w*|did\w*|does\w*|won't"
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


def gives_money(s: Signals, now: Open) -> Act | None:
    """A refund told by what it is for: goodwill, shipping, everything, or by the bare imperative."""
    if s.has("wants_return") and not s.has("shipping_back") and not nothing_comes_back(s):
        return None
    if s.reasons and not now.anything and not s.has("question", "supplier") and _MONEY_FOR.match(s.plain):
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


_WHOLE_OF = re.compile(
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
