"""How staff name orders and returns by number. Regular expressions only: the runner uses this before reading."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span

_MARKETPLACE = regex(r"(?<![\w-])\d{3}-\d{7}-\d{7}(?![\w-])")
_RETURN = regex(
    r"\b(?:rma|return (?:request|req|rqst|case|id|number|no|ref)\.?|rtn (?:req|rqst|request"
    r"|id|no))\s*(?:no\.?|number|nr|id)?[\s:#]*"
    r"(?!\s*\d{1,2}\s*(?:%|percent|pct|rest|rst?c?k|fee|eur|usd|gbp|quid|units?|pcs|x\b))"
    r"(?P<id>(?:rma|ret|rr|r)?[-_ ]?\d[\w/-]*)(?![\w.,]\d)"
    r"|(?<![\w-])(?!RR\d{9}[A-Z]{2}\b)(?P<id2>(?:RMA|RET|RR)[-_]?\d[\w-]*|R[-_]\d+)(?![\w-])",
    re.IGNORECASE,
)
_WORDED = regex(
    r"\b(?:orders?|ordr|odr|ord|invoice|inv|purchase|po|(?-i:SO)|so(?=\W{0,2}#|-|\s\d{4}))\s*(?:(?:no|nr|num|number|id|ref"
    r"|nbr)\b\.?)?\s*(?:is|was)?\s*[:#]?\s*#?"
    r"(?P<id>[A-Z]{0,5}[-_/]?\d[\w]*(?:[/-][\w]+)*)(?!\.?\d)(?!\s?(?:%|x\b|units?\b|pcs\b|days?\b|weeks?\b))",
    re.IGNORECASE,
)
_HASH = regex(r"#\s?(?P<id>(?:[A-Z]{1,5}[-_/]?)?\d[\w]*(?:[/-]\d\w*)*)", re.IGNORECASE)
_PREFIXED = regex(
    r"(?<![\w/#-])(?P<id>(?:[A-Z]{2,5}[-/](?:\d{2,4}[-/])?\d{3,}[\w-]*)|(?:(?:ord|inv|order"
    r"|invoice|web|shop|so|po|wc)[-_/]?\d{2,}[\w/-]*)|C\d{5,7})(?![\w/-])",
)
_PREFIXED_LOW = regex(
    r"(?<![\w/#-])(?P<id>(?:ord|inv|web|shop|wc)[-_/]\d{2,}[\w/-]*|c\d{6})(?![\w/-])", re.IGNORECASE
)
_NUMBERED = regex(
    r"\b(?:no|nr|num|number)\b\.?\s*#?(?P<id>\d{2,9})(?![\w.,/-]*\d)(?!\s?(?:days?|weeks?|months?|hours?|%|[€$£]))",
    re.IGNORECASE,
)
_ON = regex(
    r"\b(?:on|under)\s+(?P<id>\d{2,9})(?![\w%€£$]|[.,/-]\d|\s?(?:units?|pcs|items?|days?|orders?"
    r"|%|eur|usd|gbp|st|nd|th)\b)",
    re.I,
)
_BARE = regex(
    r"(?<![\w.,#/€£$¥+-])(?P<id>\d{3,9})(?![\w%€£$¥]|[.,/:-]\d|\s?(?:x|units?|pcs|pieces"
    r"|items|days?|w(?:ee)?ks?|yrs?|hours?|hrs|mins?|months?|%|percent|pct"
    r"|eur|euros?|usd|gbp|jpy|kwd|dollars?|bucks|pounds?|quid|yen|kg|g|ml|cm|mm|people|customers|orders)\b)",
    re.IGNORECASE,
)
_SPENDS = regex(
    r"\b(?:re?fu?nd|rfnd|rfd|ref|credit|give|pay|reimburse|claim|fee|goodwill|gw|gesture|comp|compensation|knock|take|"
    r"amount|amt|cost|costs|for|only"
    r"|minus|less|plus|about|approx)\s*"
    r"(?:(?:her|him|them|of|is|to|back|the|customer|cust|only|just|another)\s+)*$",
    re.IGNORECASE,
)


_SIZE_OF = regex(
    r"\b(?:adjustment|correction|claim|sum|total|discount|reduction|rebate|gesture|compensation|difference|goodwill"
    r"|allowance|voucher|deduction)\s(?:of|over|worth|at)\s(?:about |only |just )?$",
    re.IGNORECASE,
)
"""How large something is that only a sum can be ("an adjustment of 120")."""
_PRICED = regex(
    r"\b(?:paid|charged|spent|worth|(?:went|is|came|gone|dropped|reduced) down to"
    r"|(?:dropped|fell|fallen|reduced|lowered|cut|marked down|slashed) to"
    r"|now (?:costs?|at|only)|costs? (?:now|only)"
    r"|(?:bought|got|sold|listed|priced)(?: (?:it|them|one))? (?:at|for))\s(?:\w{2,3}\s)?$",
    re.IGNORECASE,
)
"""Behind these stands what something cost."""
_OF_A_FEE = regex(
    r"\s(?:(?:for|as|of) )?(?:(?:the|a|an) )?(?:(?:return|re-?stock\w*|handling|shipping|label) (?:fee|charge|cost)s?"
    r"|fees?|re-?stock\w*|handling|return (?:label|postage))\b(?! \d)",
    re.IGNORECASE,
)
"""Behind a number: it is what a fee comes to ("1300 restocking"), and no order."""
_BOUND = regex(r"\b(?:over|above|under|below|up to|than|exceeding|beyond|at least|at most)\s$", re.IGNORECASE)
"""A number behind these is a bound of an amount, and no order."""


_DIGIT = regex(r"\d")


def order_spans(
    text: str,
    known: frozenset[str] = frozenset(),
    returns: frozenset[str] = frozenset(),
    *,
    sums: bool = True,
) -> list[Span]:
    """Order references (kind ``order``) and return references (kind ``return``), left to right.

    `known` holds the numbers of orders that exist, `returns` ids of returns, both bare (no ``#``): with them a
    bare number is told apart from an amount. With `sums` a number that is none of them is an amount where it is said
    to be given in full or back.
    """
    taken: list[Span] = []
    if not _DIGIT.search(text) and all(map(_DIGIT.search, known | returns)):
        return taken
    for match in _RETURN.finditer(text):
        group = "id" if match.group("id") else "id2"
        kind = "order" if bare(match.group(group)) in known - returns else "return"
        _take(taken, kind, text, match.start(group), match.end(group))
    for pattern in (_MARKETPLACE, _HASH, _PREFIXED, _PREFIXED_LOW, _WORDED, _NUMBERED, _ON):
        for match in pattern.finditer(text):
            start, end = match.span("id") if "id" in pattern.groupindex else match.span()
            if pattern is _HASH:
                start = match.start()
            _take(taken, "order", text, start, end)
    _take_named(taken, text, known, "order")
    _take_named(taken, text, returns, "return")
    _take_bare(taken, text, known, sums=sums)
    return sorted(taken, key=lambda span: span.start)


@lru_cache(maxsize=4096)
def bare(number: str) -> str:
    """An order number without decoration, for comparing: no ``#``, no blanks, lower case."""
    return (
        re.sub(r"^(?:order|ord|inv|invoice)?[\s#:_-]*(?=\w*\d)", "", number.strip().lower())
        or number.strip().lower()
    )


def _take(taken: list[Span], kind: str, text: str, start: int, end: int) -> None:
    value = text[start:end].strip().rstrip("-/.,").replace("# ", "#")
    if value and not any(start < other.end and other.start < end for other in taken):
        taken.append(Span(kind, start, start + len(text[start:end].rstrip("-/.,")), value, value))


def _take_named(taken: list[Span], text: str, names: frozenset[str], kind: str) -> None:
    for name in names:
        if len(name) < 2:
            continue
        for match in re.finditer(
            rf"(?<![\w.,€£$-])#?{re.escape(name)}(?![\w%-]|[.,]\d)", text, re.IGNORECASE
        ):
            _take(taken, kind, text, match.start(), match.end())


_GIVEN = regex(r"\s(?:back|bk|off)\b", re.IGNORECASE)
_WHOLE_SUM = regex(r"\b(?:all|full|whole|entire)\s$", re.IGNORECASE)


def _is_sum(text: str, match: re.Match[str], known: frozenset[str]) -> bool:
    """Whether a number stands where a sum is given: "150 back", "all 300", beside an order that is there "all 9000"."""
    given = _GIVEN.match(text, match.end()) or _WHOLE_SUM.search(text[: match.start()])
    return bool(given) and (len(match.group("id")) == 3 or bool(known))


def _take_bare(taken: list[Span], text: str, known: frozenset[str], *, sums: bool) -> None:
    matches = list(_BARE.finditer(text))
    for match in matches:
        number, start = match.group("id"), match.start()
        others = bool(taken or known) or any(m is not match and len(m.group("id")) >= 4 for m in matches)
        year = re.match(r"(?:19|20)\d\d$", number) and re.search(
            r"\b(?:in|since|of|from|until)\s$", text[:start], re.I
        )
        spent = _SPENDS.search(text[:start]) and (len(number) < 4) and others
        spent = spent or bool(_PRICED.search(text[:start]) and others and len(number) < 5)
        spent = spent or bool(_BOUND.search(text[:start]) and len(number) < 5)
        spent = spent or bool(
            re.search(
                r"\b(?:fees?|restock\w*|handling|label|postage|deduct|charge|cost|costs|amount|amt)\s*(?:of|is|:)?\s*$",
                text[:start],
                re.I,
            )
            and len(number) < 5
        )
        spent = spent or bool(sums and _OF_A_FEE.match(text, match.end()) and len(number) < 5)
        spent = spent or bool(_SIZE_OF.search(text[:start]) and (len(number) < 4 or others))
        spent = spent or (sums and _is_sum(text, match, known))
        if bare(number) in known or not (year or spent):
            _take(taken, "order", text, start, match.end())


_ALONE = regex(r"(?<![\w.,/€£$¥+-])#?(\d{2,9})(?![\w%€£$¥]|[.,/:-]\d)")
MOST_BARE = 4


def bare_numbers(text: str) -> list[str]:
    """Whole numbers without a currency or a unit sign: an order's number, where the shop has such an order."""
    return list(dict.fromkeys(_ALONE.findall(text)))[:MOST_BARE]
