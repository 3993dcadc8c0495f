"""Slots that belong to one flow: a review, a return under way, a supplier's claim, a draft."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.inspection import inspection_by_line, inspection_by_words, inspection_of, with_line
from agent.reading.reasons import find_reject_reason
from agent.reading.signals import Signals
from agent.reading.slots import NOTE, Slots
from agent.reading.view import OrderView

_TOLD = re.compile(
    r"\b(?:(?:already |i |we |have |i've |we've |just )*(?:told|emailed|mailed|called|phoned"
    r"|informed|messaged|wrote|notified|spoke|texted|explained|rang|let)(?: to| with)? (?:her"
    r"|him|them|the customer|customer)(?: know)?(?: \w+){0,6}|spoke (?:to|with) (?:her|him"
    r"|them|the customer|customer)(?: \w+){0,4}"
    r"|(?:she|he|they|customer|the customer) (?:has been|have been|had been|was|were|is|are"
    r"|been)(?: already)? (?:told|informed|notified|emailed|called|phoned)(?: \w+){0,4}|(?:sent"
    r"|wrote)(?: \w+){0,3} (?:mail|email|message|letter|note)(?: \w+){0,4}|(?:by|via|in|over"
    r"|per|on the) (?:mail|email|phone|chat|call|message)\b)"
)
TOLD_ALREADY = re.compile(
    r"^\W*(?:already |i |we |i've |we've |have |just |was |she |he |they |customer |the customer |is |been )*"
    r"(?:has |were |been )*(?:told|emailed|mailed|called|phoned|informed|messaged|notified|texted|rang|spoke"
    r"|wrote to|written to)\b"
)
"""A message that only says that the customer knows."""
_BESIDES = re.compile(
    r"(?<=[.!?\"'])\s+(?P<record>(?:already |i |we |i've |we've |have |just )+"
    r"(?:told|emailed|mailed|called|phoned|informed|messaged|notified|texted|rang|wrote)\b[^.!?]*[.!?]?\s*$)",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(
    r"\b(?:explanation|explain(?:ed)?(?: to (?:her|him|them))?(?: that)?|tell (?:her|him|them"
    r"|the customer)(?: that)?|say(?:ing)?(?: that)?|message(?: to (?:her|him|them"
    r"|the customer))?|text|wording)\s*(?::|-|that)\s*(?P<text>.{8,})$",
    re.I,
)
_BECAUSE = re.compile(r"\b(?:because|since|as|due to|reason:|bc|b/c|coz|cuz)\s+(?P<text>.{6,})$", re.I)
_AFTER_COMMA = re.compile(
    r"[a-z\d)]\s*(?:[,:;]|\s[\u2013-])\s+(?P<text>(?!and\b|then\b|also\b|please\b)[^\W\d].{5,})$", re.I
)
_VERDICT_NOTE = re.compile(
    r"\b(?:reject\w*|declin\w+|den(?:y|ied|ies)|refus\w+|said no|says no|turned \w+ down)\b[^,:;]{0,20}[,:;]\s*"
    r"(?:(?:they|he|she|it|and) )*(?:(?:says?|said|claims?|claiming|saying|because|as|since"
    r"|reason)(?: that| is|:)? )?"
    r"(?P<text>.{4,})$",
    re.I,
)
_MOVES = re.compile(r"\b(?:way|transit|sent|shipped|posted|mailed|dropped|handed|heading)\b")
_BY_WAY = re.compile(r"^[^:]{0,20}:\s*(?P<text>.{8,})$", re.S)
_LANGUAGES = {
    "spanish": "es",
    "español": "es",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "italian": "it",
    "portuguese": "pt",
    "dutch": "nl",
    "polish": "pl",
    "swedish": "sv",
    "danish": "da",
    "norwegian": "no",
    "finnish": "fi",
    "japanese": "ja",
    "chinese": "zh",
    "turkish": "tr",
    "arabic": "ar",
    "english": "en",
    "greek": "el",
    "czech": "cs",
    "korean": "ko",
}
_LANGUAGE = re.compile(rf"\b({'|'.join(_LANGUAGES)})\b")


_VERDICTS: tuple[tuple[str, str], ...] = (
    (
        "rejected",
        r"reject\w*|den(?:y|ied|ies)|declin\w+|refus\w+|turn(?:ed)?(?: \w+){0,3} down"
        r"|knocked(?: \w+)? back|won't|will not|not their|isn't their|nothing|said no|says no"
        r"|no luck|zero",
    ),
    (
        "partially_approved",
        r"MONEY of|\d of|partial\w*|part of|half|PERCENT|only|some of|not all|knocked down|instead of",
    ),
    (
        "approved",
        r"approv\w+|accept\w+|agree\w*|grant(?:s|ed)?|allow(?:s|ed)|paid|pays?|cover\w*|credit\w*"
        r"|refund\w*|reimburs\w+|ate it|eat it|yes|full|ok|okay|will|gave|gives|settled",
    ),
)


def review_slots(s: Signals, found: Slots) -> None:
    """What belongs to the review of a return request: decision, reasons, explanation, record."""
    plain = s.plain
    rejects, approves = s.found.get("rejects"), s.found.get("approves")
    if rejects and not (approves and approves.start() < rejects.start() and len(approves.group()) > 3):
        found["decision"] = SlotValue(value="reject", span=s.words("rejects"))
        why = find_reject_reason(plain)
        if why:
            found["reject_reason"] = SlotValue(value=why[0].value, span=s.wording.origin(why[1], why[2]))
        for name in ("reason", "issue", "evidence", "return_needed", "item"):
            found.pop(name, None)
        _told_customer(s, found)
    elif approves:
        found["decision"] = SlotValue(value="approve", span=s.words("approves"))
        if "reason" in found:
            found["return_reason"] = found.pop("reason")
    if "decision" in found:
        found.pop("shipping", None)
    if s.kind("link") and "decision" in found:
        link = s.kind("link")[0]
        found["communication_record"] = SlotValue(value=link.value, span=link.text)
    if "amount" in found:
        found.setdefault("return_fee", found.pop("amount"))


def _told_customer(s: Signals, found: Slots) -> None:
    """What the customer is told, or was, of a rejection."""
    explains = _EXPLAINS.search(s.wording.text)
    if explains:
        text = explains.group("text").strip()
        besides = _BESIDES.search(text)
        if besides:
            text = text[: besides.start()].strip()
            record = besides.group("record").strip(" .")
            found["communication_record"] = SlotValue(value=record, span=record)
        found["explanation"] = SlotValue(value=text.strip(" \"'"), span=text)
    told = _TOLD.search(s.plain)
    if told and not explains:
        words = s.wording.origin(told.start(), told.end())
        after = s.wording.text[s.wording.text.find(words) + len(words) :]
        text = _BY_WAY.match(after)
        if text:
            words = (words + after).strip()
            told_her = text.group("text").strip(" \"'")
            found["explanation"] = SlotValue(value=told_her, span=told_her)
        found["communication_record"] = SlotValue(value=words, span=words)
    because = _BECAUSE.search(s.wording.text)
    if because and "explanation" not in found and not told:
        why_not = because.group("text").strip(" \"'")
        found["explanation"] = SlotValue(value=why_not, span=why_not)


def progress_slots(s: Signals, found: Slots, order: OrderView | None = None) -> None:
    """What belongs to a return under way."""
    if s.has("goes_back") and not s.has("came_back") and _MOVES.search(s.words("goes_back").lower()):
        found["in_transit"] = SlotValue(value=True, span=s.words("goes_back"))
    for name in ("item", "reason", "issue", "return_needed", "shipping"):
        found.pop(name, None)
    if "label" in found or "return_cost" in found:
        found.pop("evidence", None)
    if "return_cost" in found and "label" in found and found["label"].value == "generate":
        found.pop("label")
    seen = (
        inspection_by_line(s, found)
        or with_line(inspection_of(s), found)
        or inspection_by_words(s, found, order)
    )
    if seen is not None:
        found["inspection"] = seen
        for name in ("reason", "issue", "evidence", "return_needed", "quantity", "item"):
            found.pop(name, None)


def supplier_slots(s: Signals, found: Slots, action: str) -> None:
    """What belongs to a supplier's cost review."""
    if "amount" in found:
        found["review_amount"] = found.pop("amount")
    for role in ("return_cost", "shipping", "return_fee"):
        if role in found and "review_amount" not in found:
            found["review_amount"] = found.pop(role)
    review_kind = _review_kind(s.plain)
    if review_kind is not None:
        found["review_kind"] = review_kind
    if action == "request":
        notes = (
            NOTE.search(s.wording.text)
            or _BECAUSE.search(s.wording.text)
            or _AFTER_COMMA.search(s.wording.text)
        )
        if notes:
            found["review_notes"] = SlotValue(
                value=notes.group("text").strip(" \"'."), span=notes.group("text").strip()
            )
        elif s.reasons:
            said = s.wording.origin(s.reasons[0].start, s.reasons[0].end)
            found["review_notes"] = SlotValue(value=said, span=said)
        found.pop("note", None)
    if action == "verdict":
        _verdict_slots(s, found)


def _verdict_slots(s: Signals, found: Slots) -> None:
    told = _VERDICT_NOTE.search(s.wording.text)
    if told:
        text = told.group("text").strip()
        found.setdefault("note", SlotValue(value=text.strip(" .\"'"), span=text))
    verdict = _verdict(s)
    if verdict is not None:
        found["verdict"] = verdict


def _review_kind(plain: str) -> SlotValue | None:
    for kind, pattern in (
        ("return_cost", r"return (?:cost|shipping|postage|label)\w*|cost of (?:the |this )?return"),
        ("adjustment", r"adjust\w*|price correction"),
        (
            "product_cost",
            r"product cost|item cost|cost of (?:the )?(?:goods|product|item|unit)\w*|goods cost"
            r"|unit cost|purchase cost",
        ),
    ):
        match = re.search(rf"\b(?:{pattern})\b", plain)
        if match:
            return SlotValue(value=kind, span=match.group())
    return None


def _verdict(s: Signals) -> SlotValue | None:
    for verdict, pattern in _VERDICTS:
        match = re.search(rf"\b(?:{pattern})\b", s.plain)
        if match:
            return SlotValue(value=verdict, span=s.wording.origin(match.start(), match.end()))
    return None


def language_of(s: Signals) -> SlotValue | None:
    """The language a draft shall have."""
    match = _LANGUAGE.search(s.plain)
    return SlotValue(value=_LANGUAGES[match.group(1)], span=match.group(1)) if match else None
