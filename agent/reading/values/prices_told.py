"""Prices that only make sense beside another: what was paid and what it costs now, how far a price fell."""

from __future__ import annotations

import re
from decimal import Decimal

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.values.money import exact

_GIVES_IT = regex(
    r"\b(?:refund|give|pay|send|credit|owe|back|reimburse|return|cover|match|hand|issue|transfer|settle|wants?|gets?)\w*"
    r"\b[^.;]{0,30}\b(?:difference|gap)\b|\bprice[ -]?adjust\w*\b[^.;]{0,20}\b(?:difference|gap)\b"
    r"|\b(?:difference|gap)\b[^.;]{0,20}\b(?:back|please|pls|refund\w*|to (?:her|him|them))\b|\bjust the difference\b"
    r"|\b(?:gets?|give|refund|pay|send|owe|return)\w*\b[^.;]{0,24}\bwhat (?:she|he|they|the customer)"
    r"(?:'s|'ve| has| have)? (?:over-?paid|paid (?:too much|over|extra|on top))\b",
    re.IGNORECASE,
)


def difference(text: str, spans: list[Span], known: frozenset[str] = frozenset()) -> list[Span]:
    """Of two prices whose difference is to be given, the difference: "paid 64.99, now 49.99, refund the difference".

    With units counted besides, or any other number of prices, nobody can tell what it is of: then none of them is an
    amount, and it is asked for. Beside one of the `known` orders a number that is none of them is a price as well.
    """
    spans = cheaper(text, _as_number(text, spans, known))
    matched = _MATCHES.search(text) is not None and len(_prices([_as_price(text, s) for s in spans])) == 2
    if not _GIVES_IT.search(text) and not matched and not _SHOULD_PAY.search(text):
        return without_paid(text, spans)
    if not any(span.kind == "money" and _DROP.match(text[span.end :]) for span in spans):
        spans = [_as_price(text, span) for span in spans]
    prices = _prices(spans)
    if len(prices) == 1:
        return [_from_the_paid(text, span) if span is prices[0] else span for span in spans]
    if not prices:
        return spans
    sum_told = _sum_told(text, prices)
    told = [Span("told", s.start, s.end, s.text, None) if s in prices else s for s in spans]
    if sum_told is not None:
        return [sum_told if s.start == sum_told.start else s for s in told]
    values = sorted({Decimal(span.value["value"]) for span in prices})
    each = any(_A_PIECE.match(text[span.end :]) for span in prices)
    several = any(s.kind == "quantity" and s.value != 1 for s in spans) and not each
    if len(prices) != 2 or len(values) != 2 or several:
        return told
    new = prices[1]
    currency = new.value["currency"] or prices[0].value["currency"]
    amount = {**exact(f"{values[1] - values[0]:f}", currency), "kind": "each" if each else "exact"}
    return [Span("money", s.start, s.end, s.text, amount) if s.start == new.start else s for s in told]


_PRICES_AND_SUM = 3
_A_PIECE = regex(r"\s*(?:each|apiece|a piece|per (?!cent|order)\w+)\b", re.IGNORECASE)


def _sum_told(text: str, prices: list[Span]) -> Span | None:
    """The one of three sums that the other two differ by ("paid 89, it's 74 now: the difference, 15.00")."""
    if len(prices) != _PRICES_AND_SUM:
        return None
    low, middle, high = sorted(prices, key=lambda span: Decimal(span.value["value"]))
    if Decimal(low.value["value"]) + Decimal(middle.value["value"]) != Decimal(high.value["value"]):
        return None
    sums = [
        span
        for span in (low, middle)
        if not _PRICED.search(text[: span.start]) and not _ON_SALE.match(text[span.end :])
    ]
    return sums[0] if len(sums) == 1 else None


def _as_number(text: str, spans: list[Span], known: frozenset[str]) -> list[Span]:
    """The spans with numbers taken for orders that are none as mere numbers, where a difference of prices is told."""
    wished = _GIVES_IT.search(text) or _MATCHES.search(text)
    if not wished or not known:
        return spans

    def is_none(span: Span) -> bool:
        bare = span.kind == "order" and span.text.isdigit() and str(span.value) not in known
        priced = _PRICED.search(text[: span.start]) or _ON_SALE.match(text[span.end :])
        return bare and bool(priced)

    return [Span("number", s.start, s.end, s.text, s.text) if is_none(s) else s for s in spans]


def _prices(spans: list[Span]) -> list[Span]:
    return [span for span in spans if span.kind == "money" and span.value["kind"] == "exact"]


_MATCHES = regex(
    r"\bprice[ -]?(?:match|adjust\w*|guarantee)\b(?!.*\b(?:give|refund|pay|credit|send)\b[^.;]{0,20}\d)",
    re.IGNORECASE,
)
"""Where two prices are told, their difference is wished for."""
_PRICED = regex(
    r"\b(?:for|at|paid|pays?|paying|costs?|was|were|price(?: of| was)?|from|charged|worth|now|it's|its|it is|only"
    r"|goes for|listed at|down to"
    r"|from (?:[€$£] ?)?\d[\d.,]*(?: \w+)? (?:down )?to"
    r"|(?:reduced|cut|lowered|marked|dropped|fell|gone|went|came|knocked) (?:down )?to"
    r"|(?:reduced|cut|lowered|marked|dropped|slashed|brought|put) (?:the |her |his |its |that )"
    r"(?:[a-z]+ ){1,2}(?:down )?to)"
    r"\s(?:about |only |just |now )?$",
    re.IGNORECASE,
)
_COUNTS_GOODS = regex(
    r"\s?x\b|\s?(?:of\s)?(?:the\s|her\s|his\s|their\s|those\s)?(?:[a-z]+\s)?(?!(?:this|was|is|has|its|as|pls|us)\b)[a-z]{2,}s\b",
    re.IGNORECASE,
)
_ON_SALE = regex(
    r"\s?(?:now\b|today\b|online\b|currently\b"
    r"|(?:on|in|at) (?:our|the) (?:own )?(?:\w+ )?(?:web\W?)?(?:site|shop|store|page|sale|offer)\b)",
    re.IGNORECASE,
)
"""Behind the price that goods have now."""
_BEFORE_NOW = regex(
    r"\b(?:now|today|currently|down to|goes for|costs? only"
    r"|(?:reduced|cut|lowered|marked|dropped|fell|gone|went|came) (?:down )?to)"
    r"\b[^.;]{0,12}$",
    re.IGNORECASE,
)


_ONLY_PAYS = (
    r"\b(?:she|he|they|(?:the )?(?:customer|client|buyer|cust))\s(?:\w+ )?"
    r"(?:should|shall|(?:is|was|were|are) (?:supposed|meant|going) to|ought to)(?: only| just| really| actually)?"
    r"(?: have| end up| be| come out)?(?: only| just)? (?:pay(?:ing)?|paid|at|costs?)\b(?: only| just)?"
)
"""What the customer is to have paid in the end ("he should end up paying 50, refund the difference")."""
_SHOULD_PAY = regex(_ONLY_PAYS, re.IGNORECASE)
_SHOULD_PAY_IT = regex(rf"{_ONLY_PAYS}\W*$", re.IGNORECASE)


def _from_the_paid(text: str, price: Span) -> Span:
    """The one price of a difference: what it is to come down to, where it is that of today; else it is only told."""
    now = _ON_SALE.match(text[price.end :]) or _BEFORE_NOW.search(text[: price.start])
    now = now or _SHOULD_PAY_IT.search(text[: price.start])
    before = text[: price.start]
    paid = _PAID.search(before) or _BOUGHT.search(before)
    if _DROP.match(text[price.end :]) or (not now and not paid):
        return price
    value = {**price.value, "kind": "down_to"} if now else None
    return Span("money" if now else "told", price.start, price.end, price.text, value)


def _as_price(text: str, span: Span) -> Span:
    """A bare number that stands where a price stands ("bought it for 89"), as that price."""
    digits = re.match(r"\d+(?![.,]?\d)", span.text)
    if span.kind not in {"number", "quantity"} or digits is None:
        return span
    end = span.start + digits.end()
    counts = span.kind == "quantity" and _COUNTS_GOODS.match(text[end:])
    before = not counts and _PRICED.search(text[: span.start])
    if not before and not _ON_SALE.match(text[end:]):
        return span
    return Span("money", span.start, end, digits.group(), exact(digits.group(), None))


_BOUGHT = regex(
    r"\b(?:bought|got|ordered|purchased|had)\b(?:\s[a-z'’]+){0,3}\s(?:at|for)\s(?:about |only )?$",
    re.IGNORECASE,
)
_PAID = regex(
    r"(?<!we )(?<!i )(?<!us )(?<!have )(?<!was )(?<!be )(?<!been )(?<!amount )\bpaid"
    r"\s(?:in total |a total of |altogether )?$",
    re.IGNORECASE,
)


def without_paid(text: str, spans: list[Span]) -> list[Span]:
    """What the customer paid is only told beside units or another sum ("paid 6210 yen, credit both red ones")."""
    wanted = [s for s in spans if s.kind == "quantity" or (s.kind == "money" and s.value["kind"] != "full")]

    def is_told(span: Span) -> bool:
        exactly = span.kind == "money" and span.value["kind"] == "exact"
        return exactly and len(wanted) > 1 and _PAID.search(text[: span.start]) is not None

    return [Span("told", s.start, s.end, s.text, None) if is_told(s) else s for s in spans]


_DROP = regex(
    r"\s*(?:cheaper|dearer|(?:price )?(?:difference|reduction|drop|cut|gap)|(?:less|lower) (?:now |today )?(?:online"
    r"|elsewhere|since|(?:on|in|at) (?:our|the|their|your|his|her|another|other)))\b",
    re.IGNORECASE,
)


def cheaper(text: str, spans: list[Span]) -> list[Span]:
    """Of prices beside a figure that says how far a price fell ("now 45, that's 15 cheaper"), that figure alone.

    It is the difference itself. Beside another sum and no wish for the difference it is only told ("15 cheaper
    elsewhere, give 10"), and the prices are told where the difference is wished for.
    """
    money = [span for span in spans if span.kind == "money" and span.value["kind"] in {"exact", "less"}]
    drops = [span for span in money if _DROP.match(text[span.end :])]
    if not drops:
        return spans
    values = {span.value["value"] for span in drops}
    others = [span for span in money if span.value["value"] not in values]
    said_twice_over = not others and len(money) > len(drops)
    out = drops if said_twice_over or (others and not _GIVES_IT.search(text)) else others
    exactly = {id(s): Span("money", s.start, s.end, s.text, {**s.value, "kind": "exact"}) for s in drops}
    return [Span("told", s.start, s.end, s.text, None) if s in out else exactly.get(id(s), s) for s in spans]
