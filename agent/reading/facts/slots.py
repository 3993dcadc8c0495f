"""The facts in a clause, as slot values with the words they came from."""

from __future__ import annotations

import re
from typing import Any

from agent.commands import SlotValue
from agent.reading.facts.payment import payment_said
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.words.evidence_words import evidence_of, waiver_of
from agent.reading.words.reasons import ReasonFound, is_quality, named_reason
from agent.reading.words.shipping_said import no_shipping, shipping_said
from agent.reading.words.signals import Signals
from domain.reasons import RefundReason

Slots = dict[str, SlotValue]

_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "restocking_fee",
        regex(r"\b(?:rest(?:o?c?k)\w*|rstk\w*|restk\w*|handling)\b(?: (?:fee|charge|cost)s?\b)?", re.I),
    ),
    (
        "return_cost",
        regex(
            r"\b(?:return (?:cost|costs|shipping cost|postage cost)|cost of (?:the |this )?return"
            r"|return (?:shipping|postage|label) costs?|(?:label|postage|shipping|return) (?:has |was "
            r"|did )?costs? us)\b",
            re.I,
        ),
    ),
    (
        "return_fee",
        regex(
            r"\b(?:(?:return|rtn|label|pickup|collection) (?:fee|charge|shipping fee|shipping|postage)|fee"
            r"|fees|for (?:the |her |his |a )?(?:(?:return|prepaid|shipping) )?label"
            r"|(?:label|postage|way back|return|sending it back) (?:costs?|sets? back|is charged) (?:to )?(?:her"
            r"|him|them|the customer)"
            r"|(?:customer|client|buyer|she|he|they) (?:pays?|bears?|covers?)"
            r"|for the (?:return|collection|pick ?up|way back))\b",
            re.I,
        ),
    ),
    (
        "shipping",
        regex(
            r"\b(?:shipping|shpg|shping|postage|(?<!late )delivery(?: fee| cost| charge)?|p&p"
            r"|freight)\b(?! (?:took|was|is|delay|late|damage))",
            re.I,
        ),
    ),
)
_NO_FEE = regex(
    r"\b(?:no|without|zero|waive\w*|free of|skip|drop|w/o)(?: \w+)? ?(?:any |the |return "
    r"|restocking |handling )*(?:fees?|charges?|restocking|deductions?)\b|free return"
    r"|\bcosts? (?:him|her|them|the customer|customer) nothing\b"
    r"|\bfree (?:of charge )?for (?:him|her|them|the customer)\b"
    r"|fee ?free|no charge"
)
_NO_LABEL = regex(
    r"\b(?P<none>(?:no|without|w/o) (?:a |the |return |shipping |prepaid )*label|(?:her|his|their) own (?:\w+ )?label"
    r"|(?:she|he|they|customer|client|buyer)(?:'ll|'s| will| can| is| has| wants to| must| should)?"
    r" (?:prints?|makes?|buys?|brings?|creates?|generates?|uses?|provides?|sorts?(?: out)?|arranges?|gets?|handles?"
    r"|takes care of|\w+ing|bought|printed|got) (?:a |the |for the |return |shipping |its )*"
    r"(?:\w+ )?label (?:(?:her|him|them)self|themselves|on (?:her|his|their) own))\b"
)
"""No label of ours, or the customer's own ("she prints her own label")."""
_OWN_LABEL = regex(
    r"\b(?P<upload>here(?:'s| is| comes)? (?:\w+ ){0,2}label|label (?:that |which )?(?:i|we)(?:'ve| have)?"
    r" (?:\w+ )?(?:made|printed|created|generated|bought|got))\b"
)
_LABEL = regex(
    r"\b(?P<none>(?:no|without|w/o|doesn't need a|don't need a|skip the) (?:a |the |return "
    r"|shipping |prepaid )*label|(?:she|he|they|customer) (?:pays?|ships?|arranges?|posts?"
    r"|sends?|covers?) (?:it |for it |the \w+ )?(?:her|him|them)self|own label|own cost)"
    r"|\b(?P<upload>(?:label (?:is )?(?:attached|uploaded|here|enclosed)|(?:upload\w*"
    r"|attach\w*|here is|here's|use) (?:\w+ ){0,3}label|my own label|our own label))"
    r"|\b(?P<generate>(?:generate|create|make|print|send|issue|give|with|incl\w*|plus|need"
    r"|prepaid|email|get|provide|free|and)(?: \w+){0,4}? label|label (?:please|too|needed|via"
    r"|from)|CARRIER label|prepaid label|return label)"
)
_PUT_OFF = regex(
    r"(?: (?:and|or|the|a|carrier|courier|tracking|number|details|can|may|will|is|are|to|come|comes|coming|we|i|do"
    r"|add|send|follow|follows|it|that|them|be|added|sent|given))*[ ,:]*(?:later|afterwards|another time|tomorrow"
    r"|to follow|follows?|not (?:now|yet)|in a (?:bit|while|moment))\b"
)
"""What stands behind goods' papers that are not given now ("carrier and label later")."""
_ON_IT = r"(?: (?:on|to|in|with|for) (?:it|this|that|the (?:card|refund|return|order|case)))?"
NOTE = regex(rf"\b(?:note|notes|comment|remark|memo){_ON_IT}\s*(?::|-|=|says?|that)\s*(?P<text>.+)$", re.I)
_ITS_SUM = regex(
    r"(?: back)?[,;]\s(?:that's|that is|which is|it's|it is|which comes to|so|i\.e\.|namely|all)(?=\s)",
    re.IGNORECASE,
)
"""What leads from a thing to its price ("the postage back, that's 6")."""


_WHICH_WAS_PAID = regex(
    r"^ (?:that |which )?(?:(?:she|he|they|we|(?:the )?customer)(?:'d|'s|'ve| had| has| have| was| were)? )?"
    r"(?:paid|spent|charged|took)"
    r"(?: (?:her|him|them))? ",
    re.IGNORECASE,
)
"""What stands between a sum and what it was paid for ("the 15 she paid for shipping")."""


_ITS_OWN_SUM = regex(r",\s(?:(?:that|which|it)(?: was|'s| is| were)\s)?(?:[€$£¥]\s?)?", re.IGNORECASE)
_BESIDE = regex(r"\b(?:and|plus|with|incl\w*|[&+]) (?:the |her |his |their )?$", re.IGNORECASE)
"""Shipping and its sum ("the shipping, 9 euro"); beside goods the sum is of both."""


def _is_its_own(before: str, named: re.Match[str]) -> bool:
    return bool(_ITS_OWN_SUM.fullmatch(before[named.end() :])) and not _BESIDE.search(before[: named.start()])


def role_of(text: str, span: Span, others: list[Span]) -> str:
    """What an amount is for, told by the nearest word: a fee, shipping, a cost, or the amount itself."""
    left = max([other.end for other in others if other.end <= span.start], default=0)
    right = min([other.start for other in others if other.start >= span.end], default=len(text))
    before = text[max(left, span.start - 30) : span.start]
    after = _WHICH_WAS_PAID.sub(" ", text[span.end : right])[:18]
    best, near = "amount", 99
    for role, pattern in _ROLES:
        behind = [
            len(before) - m.end()
            for m in pattern.finditer(before)
            if not re.search(r"[,;.]\s", _ITS_SUM.sub(" ", before[m.end() :]))
            or (role == "shipping" and _is_its_own(before, m))
        ]
        ahead = [
            m.start() + 1
            for m in pattern.finditer(after)
            if not re.search(r"[,;.]|\b(?:and|plus|incl|with\b|w\b)", after[: m.start()])
        ]
        distance = min(behind + ahead, default=99)
        if distance < near:
            best, near = role, distance
    return best


def money_slots(s: Signals, default: str = "amount") -> Slots:
    """Amounts under the slots that their neighbourhood names."""
    spans = s.kind("money")
    found: Slots = {}
    for span in spans:
        role = role_of(s.wording.text, span, spans)
        role = default if role == "amount" else role
        before = s.wording.text[: span.start].rstrip().lower()
        if re.search(r"\b(?:not|instead of|rather than|said|from)$", before):
            continue
        if role in found and not (found[role].value["kind"] == "percent" and _is_given(span, before)):
            continue
        found[role] = SlotValue(value=_of_role(role, span), span=span.text)
    return found


_GIVES = regex(
    r"\b(?:send|give|pay|refund|credit|transfer|reimburse)\w*(?: back)?(?: to)?"
    r"(?: (?:her|him|them|the customer))?(?: back)?$"
)


def _is_given(span: Span, before: str) -> bool:
    """Whether an exact sum is what is sent, where a percentage was only told before ("at 50% now so send 1250")."""
    return span.value["kind"] == "exact" and _GIVES.search(before) is not None


def _of_role(role: str, span: Span) -> Any:
    """A fee is the sum that is held back, not what is left."""
    if role in {"amount", "review_amount"} or span.value["kind"] != "less":
        return span.value
    return {**span.value, "kind": "exact"}


def fact_slots(s: Signals) -> Slots:
    """Everything a clause says about a case, whatever the flow."""
    found = money_slots(s)
    plain = s.plain
    _put(found, "shipping", shipping_said(s, found) or no_shipping(s, found))
    _reason_slots(s, found)
    evidence = evidence_of(s)
    _put(found, "evidence", evidence)
    needed = return_needed(s)
    _put(found, "return_needed", needed)
    for name, kind in (("carrier", "carrier"), ("tracking", "tracking")):
        spans = s.kind(kind)
        if spans:
            found[name] = SlotValue(value=spans[-1].value, span=spans[-1].text)
    if _NO_FEE.search(plain):
        _no_fee(s, found)
    label = _NO_LABEL.search(plain) or _OWN_LABEL.search(plain) or _LABEL.search(plain)
    of_fee = label and ("MONEY" in label.group() or re.match(r" (?:fee|cost|charge)", plain[label.end() :]))
    if label and not of_fee and not _PUT_OFF.match(plain, label.end()):
        kind = str(label.lastgroup)
        found["label"] = SlotValue(value=kind, span=s.wording.origin(label.start(), label.end()))
    _put(found, "payment", payment_said(s))
    if s.has("overrides") and not (s.has("waive") and not _OF_WINDOW.search(plain)):
        found["window_override"] = SlotValue(value=True, span=s.words("overrides"))
    elif (
        s.has("waive")
        and not s.has("supplier")
        and not re.search(r"\b(?:fee|restocking|shipping)\b", s.words("waive").lower() + s.plain[-40:])
    ):
        found["waiver_note"] = waiver_of(s.wording.text)
    note = NOTE.search(s.wording.text)
    if note:
        found["note"] = SlotValue(value=note.group("text").strip(" \"'"), span=note.group("text").strip())
    return found


_BESIDES = regex(r"\b(?:other|others|further|more|additional|extra)\b")


def _no_fee(s: Signals, found: Slots) -> None:
    """Put down the fee that is not taken; a figure beside one that is named is the other's ("no return fee, 10%")."""
    value = SlotValue(value={"kind": "none"}, span=_words(s, _NO_FEE))
    said = value.span.lower()
    if _BESIDES.search(said):
        return  # "No other fee" leaves those that are agreed.
    if "restock" in said or "rstk" in said:
        found.setdefault("restocking_fee", value)
    elif re.search(r"\b(?:return|label|shipping|postage)\b", said) and not said.startswith("free"):
        taken = found.pop("return_fee", None)
        found["return_fee"] = value
        if taken is not None and taken.value.get("kind") == "percent":
            found.setdefault("restocking_fee", taken)
    else:
        for name in ("return_fee", "restocking_fee"):
            found.setdefault(name, value)


_OF_WINDOW = regex(r"\b(?:window|deadline|period|days|cut ?off|time limit|late)\b")
"""What an exception is made from, where proof could be waived as well."""


def _reason_slots(s: Signals, found: Slots) -> None:
    named = named_reason(s.plain)
    reasons = s.reasons
    quality = next((r for r in reasons if is_quality(r.code)), None)
    main: ReasonFound | None = named or (reasons[0] if reasons else None)
    if quality and main is not named and _only_counts(s, main):
        main = quality
    if main is None and "amount" in found and found["amount"].value["kind"] == "down_to":
        found["reason"] = SlotValue(value=RefundReason.PRICE_ADJUSTMENT.value, span=found["amount"].span)
    if main:
        found["reason"] = SlotValue(value=main.code.value, span=s.wording.origin(main.start, main.end))
    if quality:
        found["issue"] = SlotValue(
            value=quality.code.value, span=s.wording.origin(quality.start, quality.end)
        )


_LACKS = regex(r"\b(?:missing|short|lack\w*|absent|without|not|never|lost)\b|n't\b")


def _only_counts(s: Signals, reason: ReasonFound | None) -> bool:
    """Whether a missing thing is read from a count alone ("only one of the red has a crack")."""
    counted = reason is not None and reason.code.value == "missing_item"
    return counted and reason is not None and not _LACKS.search(s.plain[reason.start : reason.end])


_NOT_SENT = regex(
    r"\bstill (?:\w+ )?(?:in|at|on) (?:our|the) (?:warehouse|depot|stock|store|shop|shelf|hands)\b|\bstill with us\b"
    r"|\b(?:not|never|hasn't|haven't|isn't|aren't|wasn't|weren't)(?: been)?(?: yet| even)? (?:shipped|packed|dispatched"
    r"|sent (?:out|yet)|left (?:our|the) "
    r"(?:warehouse|depot|shop))(?: yet)?\b"
)
"""Goods that never left: nothing comes back."""


def return_needed(s: Signals) -> SlotValue | None:
    """Whether it must come back, if that is said."""
    if s.has("keep_it"):
        return SlotValue(value=False, span=s.words("keep_it"))
    unsent = _NOT_SENT.search(s.plain)
    if unsent and not s.has("question"):
        return SlotValue(value=False, span=s.wording.origin(unsent.start(), unsent.end()))
    never_came = any(reason.code is RefundReason.NOT_RECEIVED for reason in s.reasons)
    if s.has("send_back") and not never_came:
        return SlotValue(value=True, span=s.words("send_back"))
    return None


def _put(found: Slots, name: str, value: Any) -> None:
    if value is not None:
        found[name] = value


def _words(s: Signals, pattern: re.Pattern[str]) -> str:
    match = pattern.search(s.plain)
    return s.wording.origin(match.start(), match.end()) if match else ""
