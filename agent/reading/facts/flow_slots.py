"""Slots that belong to one flow: a review, a return under way, a supplier's claim, a draft."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.facts.fees import fees_said
from agent.reading.facts.inspection import inspection_of
from agent.reading.facts.inspection_lines import (
    inspection_by_line,
    inspection_by_parts,
    inspection_by_words,
    with_line,
)
from agent.reading.facts.slots import NOTE, Slots
from agent.reading.facts.supplier_sums import asked_sum, our_share, share_of_cost
from agent.reading.facts.told_customer import BECAUSE, told_customer
from agent.reading.facts.verdicts import says_why, verdict_slots
from agent.reading.text.patterns import regex
from agent.reading.values.money import exact
from agent.reading.view import OrderView
from agent.reading.words.decisions import decision_of
from agent.reading.words.reasons import find_reject_reason, named_reason
from agent.reading.words.signals import Signals
from agent.reading.words.supplier_notes import as_note, notes_of
from domain.reasons import RefundReason, RejectReason

_AFTER_COMMA = regex(
    r"[a-z\d)]\s*(?:[,:;]|\s[\u2013-])\s+(?P<text>(?!and\b|then\b|also\b|please\b)[^\W\d].{5,})$", re.I
)
_NOTES_BARE = regex(r"\bnotes? (?!on\b|to\b|that\b|for\b|it\b|with\b|the\b)(?P<text>[^\W\d].{4,})$", re.I)
_MOVES = regex(r"\b(?:way|transit|sent|shipped|posted|mailed|dropped|handed|heading)\b")
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
_LANGUAGE = regex(rf"\b({'|'.join(_LANGUAGES)})\b")


def review_slots(s: Signals, found: Slots) -> None:
    """What belongs to the review of a return request: decision, reasons, fees, explanation, record."""
    decision = decision_of(s.plain)
    if decision is not None:
        said = s.wording.origin(decision.start, decision.end)
        found["decision"] = SlotValue(value=decision.value, span=said)
        found.pop("shipping", None)
    if decision is not None and decision.value == "reject":
        why = _why_turned_down(s.plain, decision.start)
        if why:
            found["reject_reason"] = SlotValue(value=why[0].value, span=s.wording.origin(why[1], why[2]))
        for name in ("reason", "issue", "evidence", "return_needed", "item"):
            found.pop(name, None)
        told_customer(s, found)
    elif s.has("rejects") and s.has("question") and (thought := find_reject_reason(s.plain)) is not None:
        for name in ("reason", "issue", "evidence", "item", "line"):
            found.pop(name, None)  # "Can we reject it? No evidence, I asked three times."
        said = s.wording.origin(thought[1], thought[2])
        found["reject_reason"] = SlotValue(value=thought[0].value, span=said)
    else:
        _terms(s, found)
    if s.kind("link") and decision is not None:
        link = s.kind("link")[0]
        found["communication_record"] = SlotValue(value=link.value, span=link.text)


def _terms(s: Signals, found: Slots) -> None:
    """The fees and the reason of an approval, or of one that is still to be decided."""
    if "reason" in found and ("decision" in found or named_reason(s.plain)):
        found["return_reason"] = found.pop("reason")
        if _BESIDE_A_FEE.search(found["return_reason"].span) or not _is_of_goods(
            found["return_reason"].value
        ):
            found.pop("return_reason")
            found.pop("issue", None)
    fees = fees_said(s)
    if fees:
        for name in ("amount", "shipping", "quantity"):
            found.pop(name, None)
        found.update(fees)
    if "amount" in found and found["amount"].value.get("kind") == "full":
        found.pop("amount")
    if "amount" in found:
        fee = found.pop("amount")
        held_back = isinstance(fee.value, dict) and fee.value.get("kind") == "less"
        value = {**fee.value, "kind": "exact"} if held_back else fee.value
        found.setdefault("return_fee", SlotValue(value=value, span=fee.span))


def _why_turned_down(plain: str, at: int) -> tuple[RejectReason, int, int] | None:
    """The reason in the sentence of the decision at `at`, else anywhere: what leads to it tells of many things."""
    start = max([0, *(m.end() for m in re.finditer(r"[.;!?\n]+ ", plain[:at]))])
    end = re.search(r"[.;!?\n]+(?= |$)", plain[at:])
    near = find_reject_reason(plain[start : at + end.start() if end else len(plain)])
    return (near[0], near[1] + start, near[2] + start) if near else find_reject_reason(plain)


_BESIDE_A_FEE = regex(r"\b(?:trouble|off|fee|restock\w*)\b", re.IGNORECASE)


def _is_of_goods(code: str) -> bool:
    """Whether goods go back for this reason; goodwill and money matters send none."""
    return code not in {RefundReason.GOODWILL, RefundReason.PRICE_ADJUSTMENT, RefundReason.DUPLICATE}


_PART_OF_RETURN = regex(r"\b(?P<n>\d{1,5}) of (?:the |her |his |this |that )?(?:return|rma|RETURNNO)\b")


def progress_slots(
    s: Signals, found: Slots, order: OrderView | None = None, *, action: str = "receive"
) -> None:
    """What belongs to a return under way: of its receipt, unless `action` is another step that has no counts."""
    if action == "close" and (why := _close_reason(s)) is not None:
        found["note"] = why
    if action == "refund" and "amount" not in found and (part := _PART_OF_RETURN.search(s.plain)):
        words = s.wording.origin(*part.span("n"))
        found["amount"] = SlotValue(value=exact(part.group("n"), None), span=words)
        found.pop("quantity", None)
    if s.has("goes_back") and not s.has("came_back") and _MOVES.search(s.words("goes_back").lower()):
        found["in_transit"] = SlotValue(value=True, span=s.words("goes_back"))
    for name in ("item", "reason", "issue", "return_needed", "shipping"):
        found.pop(name, None)
    if "label" in found or "return_cost" in found:
        found.pop("evidence", None)
    if "return_cost" in found and "label" in found and found["label"].value == "generate":
        found.pop("label")
    seen = (
        inspection_by_parts(s, order)
        or inspection_by_line(s, found)
        or with_line(inspection_of(s), found)
        or inspection_by_words(s, found, order)
    )
    if seen is not None and action not in {"close", "cancel", "refund"}:
        found["inspection"] = seen
        for name in ("reason", "issue", "evidence", "return_needed", "quantity", "item"):
            found.pop(name, None)


_AFTER_COLON = regex(r"^[^:]{6,60}:\s(?P<text>[^\W\d_]\w*(?:\s+\S+){2,})$")
_AS_REASON = regex(
    r"\b(?:reason|remark|comment|grounds?|explanation)\b[^:.;!?]{0,16}[:\u2013-]\s*(?P<text>[^\W\d_].{5,})$",
    re.IGNORECASE,
)
_NEXT = regex(
    r"\b(?:close|shut|finish|finali[sz]e|wrap)\b[^.!?]*[.!]\s+(?P<text>[^\W\d_]\w*(?:\s+\S+){2,})$",
    re.I | re.S,
)
"""What is said in the sentences after the one that closes."""


def _close_reason(s: Signals) -> SlotValue | None:
    """Why a return is closed, where that is said with it ("close it, she got a voucher")."""
    whole = s.wording.text
    said = re.sub(r"^[^:]{0,40}:\s", lambda match: " " * len(match.group()), whole)
    told = (
        _AS_REASON.search(whole)
        or NOTE.search(said)
        or _NEXT.search(said)
        or BECAUSE.search(said)
        or _AFTER_COMMA.search(said)
    )
    told = told or _AFTER_COLON.match(whole)
    if told is None:
        return None
    text = told.group("text").strip()
    return SlotValue(value=text.strip(" .\"'"), span=text)


def supplier_slots(s: Signals, found: Slots, action: str, units: int = 0) -> None:
    """What belongs to a supplier's cost review; `units`: how many the order has of the goods at most."""
    ours = our_share(s, units) if action == "request" else None
    if (share := ours or share_of_cost(s)) is not None:
        found["amount"] = share
        found.pop("quantity", None)
    if ours is not None and "line" in found:
        found["line"].value[:] = [entry | {"quantity": None} for entry in found["line"].value]
    if "amount" in found:
        found["review_amount"] = found.pop("amount")
    for role in ("return_cost", "shipping", "return_fee"):
        if role in found and "review_amount" not in found:
            found["review_amount"] = found.pop(role)
    review_kind = review_kind_of(s.plain)
    if review_kind is not None:
        found["review_kind"] = review_kind
    if action == "request":
        asked_sum(s, found, units)
        if (told := _notes(s)) is not None and says_why(str(told.value)):
            found["review_notes"] = told
        found.pop("note", None)
    if action == "verdict":
        verdict_slots(s, found)


_THEM = r"(?:them|him|her|the (?:supplier|vendor|factory|maker|manufacturer|wholesaler|printer))"
_TELL_THEM = regex(
    rf"\b(?:tell|write|inform|say to|let) (?:to )?{_THEM}(?: know)?(?: that\b|:)\s*(?P<text>.{{6,}})$"
    rf"|\b(?:tell|inform) {_THEM}(?: know)? (?!(?:to|about|of|we|i|it's their|how|what|who|when|no|nothing)\b)"
    r"(?P<said>[^\W\d].{5,})$",
    re.IGNORECASE,
)


def _notes(s: Signals) -> SlotValue | None:
    """What the supplier is told: said outright, else what is told besides the wish, else the reason that is heard."""
    text = s.wording.text
    if as_note(text):
        return notes_of(s)
    if told_them := _TELL_THEM.search(text):
        told = (told_them.group("text") or told_them.group("said")).strip()
        return SlotValue(value=told.strip(" \"'."), span=told)
    if outright := NOTE.search(text) or BECAUSE.search(text) or _NOTES_BARE.search(text):
        told = outright.group("text")
        return SlotValue(value=told.strip(" \"'."), span=told.strip())
    if (besides := notes_of(s)) is not None or not s.reasons:
        return besides
    said = s.wording.origin(s.reasons[0].start, s.reasons[0].end)
    return SlotValue(value=said, span=said)


def review_kind_of(plain: str) -> SlotValue | None:
    """Which cost a supplier is asked to bear, where the words name one."""
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


def language_of(s: Signals) -> SlotValue | None:
    """The language a draft shall have."""
    match = _LANGUAGE.search(s.plain)
    return SlotValue(value=_LANGUAGES[match.group(1)], span=match.group(1)) if match else None
