"""Everything in a message that has a form: read in a fixed order, each kind masked before the next.

Tracking numbers come first (a long one would look like an order), then dates, order numbers that carry a mark,
money, other order numbers, quantities.
"""

from __future__ import annotations

import re
from functools import lru_cache

from agent.reading.text.letters import letters
from agent.reading.text.numerals import word_value
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span, masked
from agent.reading.text.too_much import beginning
from agent.reading.values.counts_again import corrected_at_once, said_twice
from agent.reading.values.counts_told import (
    fewer_came,
    part_of_many,
    so_many_of,
    too_many,
    without_bought,
)
from agent.reading.values.dates import date_spans
from agent.reading.values.kept_counts import with_kept
from agent.reading.values.money import exact, money_spans
from agent.reading.values.orders import bare, order_spans
from agent.reading.values.prices_told import difference
from agent.reading.values.quantities import is_kept, left_over, quantity_spans
from agent.reading.values.relations import part_spans, related, without_whole
from agent.reading.values.short_counts import came_well, short_of
from agent.reading.values.sums_in_words import in_words, numbers_in_words
from agent.reading.values.tracking import tracking_spans

__all__ = ["Span", "bare", "find_order_refs", "find_spans", "masked"]

_EMAIL = regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = regex(r"https?://\S+", re.IGNORECASE)
_NO_UNITS = frozenset(
    "orders customers refunds returns cases parcels requests jobs tasks matters topics wishes errands favours favors "
    "has was is wants needs says does as this us cancels".split()
)
_NUMBER = regex(r"(?<![\w.,/#-])-?\d{1,6}(?![\w/]|[.,]\d)")
_SPENT = regex(
    r"\b(?:re?fu?nd(?:ed)?|rfnd|rfd|ref|credit|give|gave|pay|reimburse|return|send|offer|amount"
    r"|amt|fee|fees|restocking|minus|less|deduct|keep|difference"
    r"|claim|agreed|approved|cover|goodwill|good will|gw|gesture|comp|compensat\w+|knock|take"
    r"|refund(?:s|ing)?|reimbursing|crediting|charge|deduct|handling|postage|shipping)\b\s*(?:(?:her"
    r"|him|them|of|is|to|back|the|customer|cust|cx|a|an|another|about|gesture|fee|refund|goodwill|with"
    r"|only|just|another|should be|be|:|us|at|for)\s+)*$",
    re.IGNORECASE,
)
_AFTER_AMOUNT = regex(
    r"\s*(?:more\b\s*)?(?:$|[,.;!?)]|(?:back|bk|off|to|for|on|because|bc|and|plus|only|as|pls|plz|please"
    r"|goodwill|restocking|restock|rst?c?ks?t?|restk|return fee|rtn fee|fee|fees"
    r"|shipping|postage|instead|not|max|off|compensation|gesture|with|since|bc|cause|at|each|in"
    r"|apology|sorry|do|would|affect|touch|change|via|from|credit|refund|rfnd|bucks|towards|in total"
    r"|total|gw|today|tonight|tomorrow|now|first|right away|straight away|asap|of (?:it|this|that)"
    r"|(?:that |which )?(?:she|he|they|(?:the )?customer)(?:'d|'s|'ve| had| has| have| was| were)?"
    r" (?:paid|spent|charged)"
    r"|(?:we|that was|which was) (?:charged|took)|paid for)\b)",
    re.IGNORECASE,
)
_AMOUNT_AFTER = regex(
    r"\s*(?:back|bk|off|restocking|restock|rst?c?kg?|rest?k|return fee|rtn fee|fee\b|goodwill|refund\b|rfnd\b|gw\b"
    r"|shipping|postage|for (?:the |her |his |a )?(?:(?:return|prepaid|shipping) )?(?:label|shipping|postage)\b"
    r"|(?:that |which )?(?:she|he|they|(?:the )?customer)(?:'d|'s|'ve| had| has| have| was| were)?"
    r" (?:paid|charged|spent)(?: \w+)? (?:for|on) (?:the |her |his )?(?:\w+ )?(?:shipping|postage|delivery|freight)\b"
    r"|(?:is |goes |comes )?(?:on|to) (?:him|her|them|the customer|customer)\b(?! (?:order|card|account))"
    r"|of (?:the |our )?\x00|of (?:the |her |his )?(?:shipping|postage|freight)\b"
    r"|cheaper\b|(?:price )?(?:difference|reduction|drop|cut|gap)\b"
    r"|more (?:as (?:a )?|of )?(?:goodwill|good will|gesture|for (?:the |her |his |their )?(?:trouble|delay|wait))\b"
    r"|as (?:a |an )?(?:goodwill|good will|gesture|apology|compensation|courtesy|sorry|thank you"
    r"|price (?:adjust\w*|match|difference)|partial refund|adjustment|discount|rebate|refund)\b"
    r"|for (?:the |her |his |their |all the |that )*(?:trouble|inconvenience|hassle|disappointment|bother"
    r"|patience|annoyance"
    r"|frustration|pain)\b)",
    re.IGNORECASE,
)
_FOR_LATENESS = regex(
    r"\s*for (?:the |her |his |their |a |being |that )*(?:late\w*|delay\w*|long wait|wait)\b", re.IGNORECASE
)
_THE_FULL = regex(r"\b(?:full|whole|entire|total of|all of the|complete)\s$", re.IGNORECASE)
_UNITS_BEHIND = regex(
    r"\s?(?:of (?:the|them|her|his|those)|units?|pcs|pieces|pairs?|sets?|items?|of\b|x\b|%|days?|w(?:ee)?ks?"
    r"|m(?:on)?ths?)"
    r"|\s(?!back\b|again\b|on\b|for\b|to\b|as\b|please\b|pls\b|now\b|and\b|then\b|so\b)[a-z]{3,}s\b",
    re.IGNORECASE,
)
"""What is counted in full is no sum ("the full 12 glasses")."""
_MANY = 100
"""From here on "all 300 back" is money; fewer are units."""
_FEW = 5
"""From here on a bare number before "for the delay" is money, and no number of units."""


_ORDER_WORD = regex(r"\b(?:order|ord|invoice|inv)\s*(?:no|nr|number)?\W{0,2}$", re.IGNORECASE)


def find_order_refs(text: str) -> list[str]:
    """Order numbers named in the beginning of `text`, as written, in order, without repeats. Loads no model."""
    text = beginning(text)
    return list(_order_refs(text)) if any(letter.isdigit() for letter in text) else []


@lru_cache(maxsize=8)
def _order_refs(text: str) -> tuple[str, ...]:
    """The same for the message that is just read: asked for before reading, to load orders, and while it is read."""
    spans = _formal(text, None, frozenset(), frozenset(), sums=False)
    refs = [span.value for span in spans if span.kind in {"order", "return"}]
    refs += [re.sub(r"\D", "", span.text) for span in spans if span.kind == "customer"]
    return tuple(dict.fromkeys(refs))


def find_spans(
    text: str,
    currency: str | None = None,
    known: frozenset[str] = frozenset(),
    returns: frozenset[str] = frozenset(),
    goods: frozenset[str] = frozenset(),
) -> list[Span]:
    """All spans of `text`, left to right, none overlapping.

    Kinds: ``carrier``, ``tracking``, ``date``, ``email``, ``money``, ``order``, ``return``, ``quantity`` and
    ``number`` (a bare number whose meaning only the context tells); ``told`` is a figure of the past. `currency` is
    the order's; `known` the bare numbers of existing orders, `returns` ids of existing returns, `goods` numbers of
    goods on those orders: a bare one names a line, and no span covers it. ``customer`` is one named by number.
    """
    named = _goods_named(text, goods - known)
    text = masked(text, [*named, *letters(text)])
    spans = _formal(text, currency, known, returns)
    spans += left_over(masked(text, spans))
    rest = masked(text, spans)
    parts = so_many_of(rest)
    parts = parts or part_spans(masked(text, [s for s in spans if not (_is_share(s) or _is_whole(s))]))
    parts = parts or fewer_came(rest) or short_of(rest) or came_well(rest) or too_many(rest)
    spans = [s for s in spans if not any(p.start <= s.start < p.end for p in parts)] + parts
    spans += _bare_amounts(masked(text, [s for s in spans if not _is_whole(s)]))
    spans = [s for s in spans if not (_is_whole(s) and _leads_to_a_sum(text, s, spans))]
    spans += quantity_spans(
        masked(text, [s for s in spans if s.kind != "money" or s.value["kind"] != "full"])
    )
    spans = without_whole(spans, parts)
    if sum(span.kind == "order" for span in spans) > 1:
        spans = [span for span in spans if not _counts_orders(text, span)]
    spans = with_kept(text, said_twice(part_of_many(text, without_bought(text, spans))))
    rest = masked(text, spans)
    spans += [Span("number", m.start(), m.end(), m.group(), m.group()) for m in _NUMBER.finditer(rest)]
    spans += numbers_in_words(rest)
    spans = corrected_at_once(text, sorted(spans, key=lambda span: (span.start, -span.end)))
    return difference(text, related(text, spans), known)


def _is_share(span: Span) -> bool:
    """Whether it is a part of something ("half"): of the money or of the units, its neighbours tell."""
    return span.kind == "money" and span.value["kind"] == "percent" and "%" not in span.text


def _is_whole(span: Span) -> bool:
    return bool(span.kind == "money" and span.value["kind"] == "full")


def _leads_to_a_sum(text: str, whole: Span, spans: list[Span]) -> bool:
    """Whether "full" only says of a sum behind it that it is all ("the full 45")."""
    sums = {span.start for span in spans if span.kind == "money" and span is not whole}
    return any(
        start in sums and not text[whole.end : start].strip() for start in range(whole.end, whole.end + 3)
    )


def _goods_named(text: str, goods: frozenset[str]) -> list[Span]:
    """Where goods are named by a number that could be an order's ("refund 1 x 82483")."""
    return [
        Span("goods", m.start(), m.end(), m.group(), m.group())
        for m in re.finditer(r"(?<![\w.,#/€£$-])\d{3,9}(?![\w%/-]|[.,]\d)", text)
        if m.group() in goods and not _ORDER_WORD.search(text[: m.start()])
    ]


def _counts_orders(text: str, span: Span) -> bool:
    """Whether "both" or "all three" means the orders or customers named, and no units ("both changed their mind")."""
    if span.kind != "quantity" or not re.match(r"(?:both|all\b|the two|two)", span.text, re.I):
        return False
    after = re.match(r"\s*(?:of )?(?:the |her |his |their )?(\w+)", text[span.end :])
    word = after.group(1).lower() if after else ""
    return not word.endswith("s") or word in _NO_UNITS


def _formal(
    text: str, currency: str | None, known: frozenset[str], returns: frozenset[str], *, sums: bool = True
) -> list[Span]:
    """What has a form of its own; with `sums` a bare number that is given in full or given back is no order."""
    spans = [Span("email", m.start(), m.end(), m.group(), m.group()) for m in _EMAIL.finditer(text)]
    spans += [
        Span("link", m.start(), m.end(), m.group(), m.group()) for m in _LINK.finditer(masked(text, spans))
    ]
    spans += _labels(masked(text, spans))
    spans += [one for one in _customers(masked(text, spans)) if re.sub(r"\D", "", one.text) not in known]
    marked = [s for s in order_spans(masked(text, spans), known, returns) if _is_marked(s, known, returns)]
    spans += tracking_spans(masked(text, [*spans, *marked]))
    spans += date_spans(masked(text, [*spans, *(s for s in marked if s.kind == "return")]))
    spans += money_spans(masked(text, [*spans, *_unspent(marked, text, spans)]), currency)
    taken = [span for span in spans if not _is_whole(span)]
    spans += order_spans(masked(text, taken), known, returns, sums=sums)
    return spans


_LABELLED = regex(
    r"\b(?:tkt|tickets?|zendesk|freshdesk|jira|chat|conversation|size|sizes|sz|shoe size|model|apt|apartment"
    r"|(?<!a )flat|room|floor|aged?"
    r"|page|chapter|step|photo|picture|pic|img|image|file)\s?(?:no|nr|number|id|eu|uk"
    r"|us)?\.?\s?[#:_-]?\s?(?P<n>\d{1,9})(?!\w|[.,]\d)",
    re.IGNORECASE,
)
_SIZED = regex(r"\b(?:size|sizes|sz)\b", re.IGNORECASE)
_OTHER_SIZE = regex(
    r"\b(?:ordered|wanted|wants|needs|needed|asked for|instead of|rather than|not|got|received|sent|is|was"
    r"|a) (?P<n>[2-6]\d)(?!\w|[.,]\d|\s?[€$£%])"
    r"(?! (?:back|off|euros?|eur|x|pcs|units?)\b)",
    re.IGNORECASE,
)


def _labels(text: str) -> list[Span]:
    """Numbers that name something else than goods, money or orders: a ticket, a size, a photo."""
    found = [Span("label", m.start("n"), m.end("n"), m.group("n"), None) for m in _LABELLED.finditer(text)]
    if found and _SIZED.search(text):
        found += [
            Span("label", m.start("n"), m.end("n"), m.group("n"), None)
            for m in _OTHER_SIZE.finditer(masked(text, found))
        ]
    return found


_CUSTOMER = regex(
    r"\b(?:customer|client|account)s?\s(?:(?:no|nr|num|number|id)\b\.?\s?)?[:#]?\s?\d{2,9}(?![\w/-]|[.,]\d)"
    r"(?!\s?(?:x|units?|pcs|%|eur|euros?|usd|gbp|jpy|dollars?|pounds?|yen|back|off)\b)",
    re.IGNORECASE,
)
_PAYS = regex(
    r"\b(?:refund|rfnd|credit|give|gave|pay|send|offer|reimburse|return|owe)\w*\s"
    r"(?:back )?(?:to )?(?:the |this |our )?$",
    re.IGNORECASE,
)


def _customers(text: str) -> list[Span]:
    """Customers named by number; "give the customer 20" names none."""
    return [
        Span("customer", m.start(), m.end(), m.group(), m.group())
        for m in _CUSTOMER.finditer(text)
        if not _PAYS.search(text[: m.start()])
    ]


def _is_marked(span: Span, known: frozenset[str], returns: frozenset[str]) -> bool:
    """Whether an order reference could not be anything else, so that it may go before the others."""
    return (
        bool(re.search(r"[#A-Za-z-]", span.value))
        or bare(span.value) in known
        or span.value.lower() in returns
    )


def _unspent(marked: list[Span], text: str, taken: list[Span]) -> list[Span]:
    return [s for s in marked if not any(s.start < t.end and t.start < s.end for t in taken)]


_GOODS_SENT = regex(
    r"\b(?:she|he|they|customer|client|buyer)(?:'ll| will| would| wants to| wanted to| is going to| can| may"
    r"| should| must"
    r"| has to| is| has|'s)? (?:send(?:s|ing)?|sent|ship(?:s|ped|ping)?|bring(?:s|ing)?|return(?:s|ed|ing)?"
    r"|giv(?:e|es|ing))"
    r"\s*(?:just |only )?$",
    re.IGNORECASE,
)
"""Goods that the customer sends: "she will send 2 back" names no money."""


def _bare_amounts(text: str) -> list[Span]:
    """Plain numbers that stand where money stands: "refund 20", "10 back", "restocking 5"."""
    found = []
    for match in [*_NUMBER.finditer(text), *in_words(text)]:
        before, after = text[: match.start()], text[match.end() :]
        number = word_value(match.group().lstrip("-")) or 0
        if is_kept(before) or (
            _GOODS_SENT.search(before)
            and re.match(r"\s*(?:back|today|tonight|tomorrow|now|first|asap|right|straight)\b", after)
        ):
            continue
        spends = _SPENT.search(before) and _AFTER_AMOUNT.match(after)
        waited = _FOR_LATENESS.match(after) and number >= _FEW
        whole = _THE_FULL.search(before) and not _UNITS_BEHIND.match(after)
        if re.search(r"\ball\s$", before, re.IGNORECASE) and number < _MANY:
            continue
        if whole or spends or waited or _AMOUNT_AFTER.match(after):
            value = match.group() if match.group()[-1].isdigit() else str(number)
            found.append(Span("money", match.start(), match.end(), match.group(), exact(value, None)))
    return found
