"""Carriers and tracking numbers."""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span

_CARRIERS = {
    "ups": "UPS",
    "usps": "USPS",
    "fedex": "FedEx",
    "fed ex": "FedEx",
    "dhl": "DHL",
    "dpd": "DPD",
    "gls": "GLS",
    "royal mail": "Royal Mail",
    "royalmail": "Royal Mail",
    "hermes": "Hermes",
    "evri": "Evri",
    "yodel": "Yodel",
    "tnt": "TNT",
    "postnl": "PostNL",
    "post nl": "PostNL",
    "correos": "Correos",
    "colissimo": "Colissimo",
    "chronopost": "Chronopost",
    "la poste": "La Poste",
    "deutsche post": "Deutsche Post",
    "mondial relay": "Mondial Relay",
    "parcelforce": "Parcelforce",
    "canada post": "Canada Post",
    "auspost": "Australia Post",
    "australia post": "Australia Post",
    "an post": "An Post",
    "bpost": "bpost",
    "posti": "Posti",
    "postnord": "PostNord",
    "inpost": "InPost",
    "seur": "SEUR",
    "ontrac": "OnTrac",
    "aramex": "Aramex",
    "sf express": "SF Express",
    "japan post": "Japan Post",
    "yamato": "Yamato",
    "sagawa": "Sagawa",
    "swiss post": "Swiss Post",
    "poste italiane": "Poste Italiane",
}
_NAMES = "|".join(sorted((re.escape(name) for name in _CARRIERS), key=len, reverse=True))
_CARRIER = regex(rf"(?<![\w-])(?:{_NAMES})(?![\w-])", re.IGNORECASE)
_CODE = r"(?=[A-Z0-9-]*\d{3})[A-Z0-9][A-Z0-9-]{5,33}"
_FORMS = regex(
    r"\b(?:1Z[0-9A-Z]{8,18}|1Z(?: ?[0-9A-Z]{2,4}){4,7}(?<=[\dA-Z ]{18})"
    r"|[A-Z]{2}\d{9}[A-Z]{2}|JJD\d{10,24}|JD\d{16,20}|00340\d{15}"
    r"|9[2345]\d{18,24})\b",
    re.IGNORECASE,
)
_SPACED_DIGITS = r"\d{4}(?: \d{4}){2,5}(?: \d{1,4})?"
_KEYED = regex(
    r"\b(?:tracking|trackin|trk|trck|tracker|awb|waybill|consignment|shipment"
    r"|parcel)\s*(?:number|num|no|nr|id|code|ref|#)?\.?\s*"
    r"(?:(?:for|of|on) (?:the|this|that|her|his|their) (?:return|rma|parcel|shipment|box|goods)\s*)?"
    rf"(?:is|was|:|=|#|->|-)?\s*(?P<code>{_SPACED_DIGITS}|{_CODE})(?![\w-])",
    re.IGNORECASE,
)
_AFTER_CARRIER = regex(
    rf"^[\s,:;.#-]*(?:(?:tracking|trk|number|num|no|nr|awb|parcel|shipment"
    rf"|ref)\b[\s.:#]*)*(?:is\b\s*)?(?P<code>{_SPACED_DIGITS}|{_CODE})(?![\w-])",
    re.IGNORECASE,
)
_NAMED = regex(
    r"\b(?:tracking|trk|awb|waybill)\s*(?:number|num|no|nr|id|code|#)?\.?\s*"
    r"(?:is|was|:|=|#)?\s*(?P<code>[A-Z0-9]*\d[A-Z0-9]{2,})(?![\w-])",
    re.IGNORECASE,
)
"""Called a tracking number outright: that it is none is for the carrier's rule to say."""
_READS = regex(
    r"\b(?:tracking|shipping|shipment|parcel|consignment|dispatch|posting|barcode)\s(?:number|no|nr|code|id|reference)\b"
    r"[^.;!?]{0,120}?(?:\b(?:reads|is|it's|it is|says|goes|being)\b"
    r"|[:,])\s*(?P<code>(?=[A-Z]*\d)[A-Z]{0,4}\d[A-Z0-9-]{4,32})(?![\w-])",
    re.IGNORECASE,
)
"""Said to be such a number, and read out some words later."""
_UNDER = regex(
    r"\b(?:travels?|travell?ing|goes|going|went|sent|shipped|posted|mailed|returned|handed in|underway"
    r"|on (?:its|the) way|coming)\b[^.;,!?]{0,30}?"
    r"\b(?:under|with (?:the )?(?:number|no|nr|code|ref\w*))\s*(?:number|no|nr|code)?[\s.:#]*"
    rf"(?P<code>(?=[A-Z]*\d){_CODE})(?![\w-])",
    re.IGNORECASE,
)
"""Goods that travel under a number ("the pan went back under 3318810025")."""
_SHOULD_BE = regex(
    r"\b(?:tracking|trk|awb|waybill|parcel|shipment"
    r"|consignment)\b[^.;!?]{0,40}?\b(?:should(?: have)? be(?:en)?|shld be|shud be|must be"
    r"|is now|now|correct(?: one)? is|right one is|make it|change(?:d)? to"
    r"|to)\s*:?\s*(?P<code>(?=[A-Z0-9]*\d)[A-Z0-9]{4,34})(?![\w-])",
    re.IGNORECASE,
)
_LONG = regex(r"(?<![\w.,#/-])\d{11,34}(?![\w/-])")


def tracking_spans(text: str) -> list[Span]:
    """Carrier names (kind ``carrier``) and tracking numbers (kind ``tracking``)."""
    carriers = [
        Span("carrier", m.start(), m.end(), m.group(), _CARRIERS[m.group().lower()])
        for m in _CARRIER.finditer(text)
    ]
    codes = [_code_after(text, carrier) for carrier in carriers]
    found = [code for code in codes if code]
    for pattern in (_FORMS, _KEYED, _NAMED, _READS, _UNDER, _SHOULD_BE, _LONG):
        for match in pattern.finditer(text):
            span = _as_span(text, match, _SOME_DIGITS if pattern is _NAMED else _DIGITS)
            if span and not any(span.start < other.end and other.start < span.end for other in found):
                found.append(span)
    return sorted(carriers + found, key=lambda span: span.start)


_DIGITS = r"\d{3}"
_SOME_DIGITS = r"\d(?:\w*\d){2}"


def _as_span(text: str, match: re.Match[str], digits: str) -> Span | None:
    group = "code" if "code" in match.groupdict() else 0
    start, end = match.span(group)
    code = re.sub(r"\s", "", text[start:end]).rstrip("-")
    if not re.search(digits, code):
        return None
    return Span("tracking", start, end, text[start:end], code.upper())


def _code_after(text: str, carrier: Span) -> Span | None:
    match = _AFTER_CARRIER.match(text[carrier.end :])
    if not match:
        return None
    start, end = (carrier.end + at for at in match.span("code"))
    code = re.sub(r"\s", "", text[start:end]).rstrip("-")
    return Span("tracking", start, end, text[start:end], code.upper())


_WENT_WITH = regex(
    r"\b(?:with|via|by|through|using|carrier is|it's|it is|it was|called"
    r"|name is)\s(?P<c>[A-ZÀ-Þ][\w&+]+(?:\s[A-ZÀ-Þ][\w&+]+)?)"
    r"(?=\s*(?:$|[,.;!]|\b(?:and|from|this|today|on|please|as|because)\b))"
)
"""A carrier that no list knows, called by its name in a sentence ("it went with Instabox, …")."""


def went_with(text: str) -> str:
    """The carrier that an answer names in a sentence; empty where it names none."""
    found = _WENT_WITH.search(text)
    return found.group("c") if found else ""
