"""Amounts of money in a message: signs, codes, words, slang, percentages; the exact text value is kept."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from agent.reading.text.numerals import WORD_MINOR, WORD_NUMBER, WORD_PRICE, word_value
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span, masked
from agent.reading.values.whole_sums import FULL, REST, full, rest

_NUM = r"\d{1,3}(?:[.,'\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,6})?"
_SIGNS = {
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "￥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "zł": "PLN",
}
_WORDS = {
    "euro": "EUR", "euros": "EUR", "eur": "EUR", "eu": "EUR", "pound": "GBP", "pounds": "GBP", "quid": "GBP",
    "sterling": "GBP", "dollar": "USD", "dollars": "USD", "bucks": "USD", "buck": "USD", "yen": "JPY", "yens": "JPY",
    "franc": "CHF", "francs": "CHF", "dinar": "KWD", "dinars": "KWD", "zloty": "PLN", "rupees": "INR",
    "krona": "SEK", "kronor": "SEK", "kroner": "NOK", "kr": "SEK",
}  # fmt: skip
_CODES = (
    "EUR USD GBP JPY KWD CHF CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BGN TRY ILS CNY HKD SGD "
    "MXN BRL ZAR AED SAR "
    "BHD OMR TND JOD KRW THB ISK"
).split()
_DOLLARS = frozenset({"USD", "AUD", "CAD", "NZD", "HKD", "SGD", "MXN"})
_KRONOR = frozenset({"SEK", "NOK", "DKK", "ISK"})
_THREE_DECIMALS = frozenset({"KWD", "BHD", "OMR", "TND", "JOD"})
_SLANG = {"tenner": "10", "fiver": "5", "tenners": "10", "fivers": "5", "a score": "20", "a grand": "1000"}

_SIGN = r"(?:US\$|AU?\$|CA?\$|NZ\$|HK\$|S\$|\$|£|€|¥|￥|₹|₩)"
_CODE = "|".join(_CODES).replace("TRY", "(?-i:TRY)")  # "Try 8515 again" is no money.
_UNIT = (
    r"euros?|eur|pounds?|quid|sterling|dollars?|bucks?|yens?|francs?|dinars?|zloty|rupees|krona"
    r"|kronor|kroner|kr"
)
_SIGNED = regex(
    rf"(?<![\w.])(?P<neg>-\s?)?(?:(?P<sign>{_SIGN})"
    rf"|\b(?P<code>{_CODE}))\s?(?P<neg2>-\s?)?(?P<num>{_NUM})(?P<k>k\b)?(?![\d])"
    rf"|(?<![\w.,-])(?P<neg3>-\s?)?(?P<num2>{_NUM})(?P<k2>k)?\s?(?:(?P<sign2>{_SIGN}|zł)(?!\s?\d)"
    rf"|(?P<code2>{_CODE})\b|(?P<unit>{_UNIT})\b)(?: (?P<minor>\d\d)(?![\w.,%]|\s?(?:x|%|{_UNIT})\b))?",
    re.IGNORECASE,
)
_THOUSANDS = regex(r"(?<![\w.,/#-])(?P<num>\d{1,3}(?:[.,]\d)?)k\b(?![\w-])", re.IGNORECASE)
_SMALL = regex(r"\b(?P<num>\d{1,2})\s?(?P<unit>p|pence|cents?|ct|c)\b", re.IGNORECASE)
_PERCENT = regex(
    rf"(?<![\w.,])(?P<num>{_NUM}|{WORD_NUMBER})\s?"
    r"(?:%|percent\b|per cent\b|pct\b|pro[cz]ent\w*\b|por ?ciento\b|pour ?cent\b)",
    re.IGNORECASE,
)
_WORDED = regex(rf"\b(?P<word>{WORD_NUMBER})\s(?P<unit>{_UNIT}|{_CODE})\b{WORD_MINOR}", re.IGNORECASE)
_WORD_PRICE = regex(
    rf"\b{WORD_PRICE}(?=\s*(?:$|[.,;!?)])|\s(?:{_UNIT}|back|off|for|as|on|to|please|and|which|that|it|is|was|in|now|today"
    r"|return|restocking|handling|fee)\b)(?! (?:and )?hundred)",
    re.IGNORECASE,
)
_SLANGY = regex(r"\b(?:a\s+)?(tenner|fiver|tenners|fivers)\b|\b(a score|a grand)\b", re.IGNORECASE)
_HALF = regex(
    r"\b(?:(?:a|an|the|one|1) )?(half|thirds?|quarters?|fifths?|two[ -]thirds|2/3|1/3|1/2|1/4|3/4|three[ -]quarters)\b"
    r"(?: (?:of )?(?:the |her |his |their |its )?(?:price|amount"
    r"|money|cost|value|it|back|refund)| of what (?:she|he|they|it|the customer|was)(?: \w+)? (?:paid|cost|charged)"
    r"| of (?:the |her |his |their )?(?:order|bill|total)(?: value)?)?",
    re.I,
)
_OF_ITS_PRICE = regex(
    r"\s(?:of )?(?:what (?:[\w'’-]+ ){1,6}?(?:paid|costs?|charged|spent|came to|sold for|went for"
    r"|(?:is|was) worth)\b"
    r"|(?:the |her |his |their |its )?(?:[\w'’-]+ ){1,4}(?:price|cost|value|worth)\b)",
    re.IGNORECASE,
)
"""Behind a share: it is one of what goods cost ("half of what the jumper cost", "half the jumper's price")."""
_SHARES = {
    "half": "50", "1/2": "50", "third": "33.3333", "1/3": "33.3333", "two thirds": "66.6667", "2/3": "66.6667",
    "quarter": "25", "1/4": "25", "three quarters": "75", "3/4": "75", "fifth": "20",
}  # fmt: skip
_NO_SHARE = regex(
    r"the (?:third|fifth)(?:\W*$|\W* (?!(?:of|off|back)\b)[a-z])"
    r"|(?:(?:an?|the|one|1) )?[\w/]+(?:[ -]thirds|[ -]quarters)?"
    r"\W*(?:an? )?(?:hour|day|year|broken|missing|empty|dozen|way)",
    re.I,
)
_GOES_BACK = regex(
    r" (?:of )?(?:the|her|his) (?!\w+[^s]s\b)\w+(?: \w+)? back\b(?! (?:to|in|at|with)\b)", re.IGNORECASE
)
"""Behind a share of the one thing that it is of ("half of the burner back")."""
_OF_WORDS = regex(
    r"\b(?:copied|pasted|typed|wrote|written|read|heard|caught|noted|copy|paste|missed|forgot|lost|entered|got)"
    r" (?:only |just |down |out )*$",
    re.IGNORECASE,
)
"""Before a share of what somebody wrote or heard ("copied only half of it")."""
_GIVES = regex(
    r"\b(?:re?fu?nd|rfnd|rfd|ref|give|gave|giv|credit|pay|paid|back|reimburse|amount|amt|fee"
    r"|minus|deduct|claim|off|make it|only|just|offer"
    r"|requested|agreed|approved|refunded|cover|covers|partial)\w*",
    re.IGNORECASE,
)
_DASHED = regex(r"(?<![\w.,/#-])(?P<num>\d{1,6})[.,](?:-|–|—)(?!\w)")
_BARE_DECIMAL = regex(
    r"(?<![\w.,/#-])(?P<neg>-)?(?P<num>\d{1,3}(?:,\d{3})+\.\d{1,3}"
    r"|\d{1,3}(?:\.\d{3})+,\d{1,2}|\d+[.,]\d{1,6})(?![\w/]|[.,]\d)"
)


def money_spans(text: str, currency: str | None = None) -> list[Span]:
    """Every amount with a sign, a code, a currency word, a percent sign or a decimal part, left to right."""
    found: list[Span] = []
    for pattern, build in _READERS:
        for match in pattern.finditer(masked(text, found)):
            value = build(match, currency, text)
            if value is not None:
                start = match.start() + (len(match.group()) - len(match.group().lstrip()))
                found.append(Span("money", start, match.end(), text[start : match.end()].strip(), value))
    return sorted(found, key=lambda span: span.start)


def currency_of(text: str) -> str | None:
    """The one currency that is named by its word or code, with no figure ("i meant euros")."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    found = {_WORDS[w] for w in words if w in _WORDS and w not in {"eu", "kr"}}
    found |= {w.upper() for w in words if w.upper() in {"EUR", "USD", "GBP", "JPY", "CHF", "KWD"}}
    return found.pop() if len(found) == 1 else None


def exact(value: str, currency: str | None) -> dict[str, Any]:
    """An exact amount in the shape of the ``amount`` slot."""
    return {"kind": "exact", "value": value, "currency": currency}


def decimal_text(number: str, currency: str | None) -> str:
    """The number as decimal text: grouping marks dropped, the decimal mark a point, no digit lost."""
    text = re.sub(r"['\u00a0\u202f\s]", "", number)
    dot, comma = text.rfind("."), text.rfind(",")
    if dot >= 0 and comma >= 0:
        group, point = (",", ".") if dot > comma else (".", ",")
        return text.replace(group, "").replace(point, ".")
    mark = "." if dot >= 0 else "," if comma >= 0 else ""
    if not mark:
        return text
    head, _, tail = text.rpartition(mark)
    if text.count(mark) > 1 or (len(tail) == 3 and _groups(mark, head, tail, currency)):
        return text.replace(mark, "")
    return f"{head}.{tail}"


def _groups(mark: str, head: str, tail: str, currency: str | None) -> bool:
    """Whether a mark before exactly three digits separates thousands.

    A point does so only where the digits are all zero or the currency has no smaller unit: "10.555 EUR" is kept as
    it stands, one decimal too many, rather than read as a thousand times as much.
    """
    if head == "0" or currency in _THREE_DECIMALS:
        return False
    if mark == ",":
        return True
    return currency == "JPY" or (tail == "000" and currency in {"EUR", "DKK", "BRL", "TRY"})


def _of_sign(sign: str, order: str | None) -> str:
    code = _SIGNS[sign.lower()]
    return order if sign == "$" and order in _DOLLARS else code


def _of_word(word: str, order: str | None) -> str:
    low = word.lower()
    code = _WORDS.get(low, low.upper())
    if (code == "USD" and low != "usd" and order in _DOLLARS) or (
        code in {"SEK", "NOK"} and low.startswith("kr") and order in _KRONOR
    ):
        return order or code
    return code


def _signed(match: re.Match[str], order: str | None, _text: str) -> dict[str, Any] | None:
    group = match.groupdict()
    number = group["num"] or group["num2"]
    sign = group["sign"] or group["sign2"]
    word = group["code"] or group["code2"] or group["unit"]
    currency = _of_sign(sign, order) if sign else _of_word(word, order)
    value = decimal_text(number, currency) + ("000" if group["k"] or group["k2"] else "")
    if group["minor"] and value.isdigit():
        value = f"{value}.{group['minor']}"
    return exact(("-" if group["neg"] or group["neg2"] or group["neg3"] else "") + value, currency)


def _thousands(match: re.Match[str], _order: str | None, _text: str) -> dict[str, Any]:
    return exact(str(int(Decimal(decimal_text(match.group("num"), None)) * 1000)), None)


def _small(match: re.Match[str], _order: str | None, _text: str) -> dict[str, Any]:
    unit = match.group("unit").lower()
    currency = "GBP" if unit in {"p", "pence"} else None
    return exact(f"0.{int(match.group('num')):02d}", currency)


def _percent(match: re.Match[str], _order: str | None, _text: str) -> dict[str, Any]:
    number = match.group("num")
    value = decimal_text(number, None) if number[0].isdigit() else str(word_value(number))
    return {"kind": "full"} if value == "100" else {"kind": "percent", "value": value}


def _worded(match: re.Match[str], order: str | None, _text: str) -> dict[str, Any] | None:
    value = word_value(match.group("word"))
    if value is None:
        return None
    minor = word_value(match.group("minor") or "")
    behind = f".{minor:02d}" if minor is not None and 0 < minor < 100 else ""
    return exact(f"{value}{behind}", _of_word(match.group("unit"), order))


def _word_price(match: re.Match[str], _order: str | None, _text: str) -> dict[str, Any] | None:
    """Units and a part of them in words ("fifty-seven fifty")."""
    whole, minor = word_value(match.group("whole")), word_value(match.group("minor"))
    if whole is None or minor is None:
        return None
    return exact(f"{whole}.{minor:02d}", None)


def _slang(match: re.Match[str], _order: str | None, _text: str) -> dict[str, Any]:
    return exact(_SLANG[(match.group(1) or match.group(2)).lower()], None)


def _half(match: re.Match[str], _order: str | None, text: str) -> dict[str, Any] | None:
    around = text[max(0, match.start() - 34) : match.end() + 14]
    of_price = re.search(
        r"\bof (?:what\b|(?:the |her |his |their |its )?(?:price|amount|money|cost|value))"
        r"|\b(?:the|its|her|his|their) (?:price|cost|value|amount)",
        match.group(),
        re.I,
    )
    of_price = of_price or _OF_ITS_PRICE.match(text[match.end() :])
    of_price = of_price or _GOES_BACK.match(text[match.end() :])
    if not (of_price or _GIVES.search(around)) or _NO_SHARE.match(text[match.start() :]):
        return None
    if _OF_WORDS.search(text[: match.start()]):
        return None
    share = _SHARES.get(re.sub(r"[- ]+", " ", match.group(1).lower()))
    return {"kind": "percent", "value": share} if share else None


def _dashed(match: re.Match[str], _order: str | None, _text: str) -> dict[str, Any]:
    return exact(match.group("num"), None)


def _decimal(match: re.Match[str], order: str | None, _text: str) -> dict[str, Any]:
    return exact(("-" if match.group("neg") else "") + decimal_text(match.group("num"), order), None)


_READERS = (
    (_PERCENT, _percent),
    (_SIGNED, _signed),
    (_THOUSANDS, _thousands),
    (_WORDED, _worded),
    (_WORD_PRICE, _word_price),
    (_SMALL, _small),
    (_SLANGY, _slang),
    (_DASHED, _dashed),
    (_BARE_DECIMAL, _decimal),
    (FULL, full),
    (REST, rest),
    (_HALF, _half),
)
