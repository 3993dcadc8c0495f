"""Changes to the cards of returns and suppliers: fees, what came back, a rejection's words, a verdict."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.cards.fee_values import LESS, MORE, fee_value
from agent.reading.cards.goods import FEW_WORDS, UNCLEAR, Found, float_free, is_meant, slot, word
from agent.reading.cards.inspection_changes import inspection_change
from agent.reading.cards.lowered import lowered, sums_said
from agent.reading.facts.coming_back import coming_back
from agent.reading.facts.fees import fees_said
from agent.reading.facts.figures_said import OLD, Figure, beside_shown, distinct, figures
from agent.reading.facts.flow_slots import supplier_slots
from agent.reading.facts.slots import Slots, fact_slots, role_of
from agent.reading.facts.told_customer import reason_beside
from agent.reading.goods.items import Similar
from agent.reading.goods.left_alone import only_others, rest_of_return
from agent.reading.goods.lines import line_slots
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.values.customer_pays import CUSTOMER_PAYS
from agent.reading.view import TurnView
from agent.reading.words.reasons import find_reject_reason, named_reason
from agent.reading.words.signals import Signals

_FEES = ("return_fee", "restocking_fee")
_NO_FEE = regex(
    r"\b(?:no|without|zero|waive\w*|skip|drop|forget|remove|scrap|strike|cancel|lose|kill|ditch|bin|cut"
    r"|free of|w/o)\b(?: \w+){0,2} ?(?:fees?|charge|restocking)\b"
    r"|\b(?:(?:take|leave|strike|knock|get)(?: \w+){1,3}|fees?) (?:off|out|away)\b"
)
_TERMS = ("carrier", "tracking", "label")
_SHARE = regex(r"\b(?:half|halve|halved)\b|\bdouble\b|\btwice\b", re.IGNORECASE)


def now_said(s: Signals) -> Signals:
    """The message without what it names as the old value ("GLS instead of DHL")."""
    kept = [span for span in s.spans if not OLD.search(s.wording.text[: span.start])]
    return Signals(s.wording, kept, s.found, s.reasons)


def fees(s: Signals, view: TurnView, similar: Similar) -> Found:
    """Fees and terms of a return: which fee a figure is for is told by its word, its old value, or there being one."""
    opens = view.flow == "merchant_return"
    if s.has("rejects") or (opens and s.has("refund") and not CUSTOMER_PAYS.search(s.plain)):
        return {}
    if opens and (units := coming_back(s, view) or rest_of_return(s, view) or _fewer_or_more(s, view)):
        return units
    pays = CUSTOMER_PAYS.search(s.plain) is not None
    if not pays and opens and not only_others(s, view):
        named = line_slots(s, view.order, similar, list(_lines(view)))
        if "line" in named:
            return {}
    found = _terms(s)
    off = _dropped(s, view)
    if isinstance(off, str):
        return UNCLEAR
    found |= off
    shown = {float_free(value) for value in (view.proposal.fees if view.proposal else {}).values()}
    told = beside_shown(figures(s), shown)
    new = distinct([figure for figure in told if not figure.old])
    told = [figure for figure in told if figure.old or figure in new]
    if not ((new and pays) or is_meant(s, new) or _names_fee(s, told)):
        return found
    left = _by_word(s, view, told, found)
    halved = (
        _SHARE.search(s.plain) and not new and (shown or not found)
    )  # "Copied only half, the number is …"
    if not left and not halved:
        return found
    if len(left) > 1:
        return UNCLEAR
    return _of_one_fee(s, view, left, found, [figure for figure in told if figure.old])


def _names_fee(s: Signals, told: list[Figure]) -> bool:
    """Whether a figure stands by its fee's own word in a short message ("with a 5.00 return fee")."""
    return len(s.plain.split()) <= FEW_WORDS and any(_role(s, figure, told) in _FEES for figure in told)


def _terms(s: Signals) -> Slots:
    """Carrier, tracking, label, a named reason, and that there is no fee."""
    facts = fact_slots(now_said(s))
    found: Slots = {name: facts[name] for name in _TERMS if name in facts}
    if named := named_reason(s.plain):
        found["return_reason"] = slot(named.code.value, s)
    if _NO_FEE.search(s.plain):
        found |= {name: facts[name] for name in _FEES if name in facts}
    return found


def _dropped(s: Signals, view: TurnView) -> Found:
    """Fees that are taken off, with no figure said: the one named, else the one there is ("take the fee off")."""
    if not _NO_FEE.search(s.plain):
        return {}
    found = {name: value for name, value in fees_said(s).items() if value.value == {"kind": "none"}}
    if found or not re.search(r"\b(?:fees?|charges?)\b", s.plain) or figures(s):
        return found
    shown = [name for name in _FEES if view.proposal and name in view.proposal.fees]
    if len(shown) > 1 and not re.search(r"\b(?:fees|charges|both|any|all)\b", s.plain):
        return UNCLEAR
    return {name: slot({"kind": "none"}, s) for name in shown}


def _by_word(s: Signals, view: TurnView, told: list[Figure], found: Slots) -> list[Figure]:
    """Put what a fee's own word stands by into `found`; the figures that are left."""
    counts = view.flow == "merchant_return" and not CUSTOMER_PAYS.search(s.plain)
    left = []
    for figure in told:
        name = "" if figure.old else _role(s, figure, told)
        if name in _FEES and name not in found:
            found[name] = slot(fee_value(view, name, figure, s), s, figure)
        elif name == "amount" and figure.kind == "units" and counts:
            found |= _units(view, figure, s)
        elif name == "amount":
            left.append(figure)
    return left


def _of_one_fee(s: Signals, view: TurnView, left: list[Figure], found: Slots, old: list[Figure]) -> Found:
    card = view.proposal
    assert card is not None
    shown = {name: value for name, value in card.fees.items() if name in _FEES and name not in found}
    named = [
        name for name, value in shown.items() if any(float_free(value) == float_free(o.value) for o in old)
    ]
    if (
        card.write == "create_return"
        and left
        and left[0].kind == "bare"
        and not named
        and "fee" not in s.plain
        and not CUSTOMER_PAYS.search(s.plain)
    ):
        return UNCLEAR if shown else found | _units(view, left[0], s)
    target = named[0] if named else next(iter(shown)) if len(shown) == 1 else None if shown else "return_fee"
    if left and re.search(r"\b(?:both|each|all (?:the )?fees)\b", s.plain):
        return found | {name: slot(fee_value(view, name, left[0], s), s, left[0]) for name in _FEES}
    if target is None:
        return UNCLEAR
    if not left:
        return UNCLEAR if not shown else found | {target: slot(_times(s), s)}
    return found | {target: slot(fee_value(view, target, left[0], s), s, left[0])}


def _lines(view: TurnView) -> dict[str, int]:
    return view.proposal.lines if view.proposal else {}


def _units(view: TurnView, figure: Figure, s: Signals) -> Slots:
    """How many come back, where the card is about one line."""
    lines = _lines(view)
    if len(lines) != 1 or not figure.whole:
        return {}
    before, after = s.wording.text[: figure.start], s.wording.text[figure.end :]
    if _KEPT.search(before) or LESS.match(after):
        return {"quantity": slot({"more": -figure.whole}, s, figure)}
    if MORE.match(after):
        return {"quantity": slot({"more": figure.whole}, s, figure)}
    return {"quantity": slot(figure.whole, s, figure)}


_KEPT = regex(
    r"\b(?:keep|keeps|keeping|kept|hold on to|hang on to|without|except|but|not|minus|less)(?: \w+)?\s*$",
    re.IGNORECASE,
)
"""Units that do not come back after all ("she keeps one of those")."""


def _fewer_or_more(s: Signals, view: TurnView) -> Slots:
    """A number of units told by how many fewer or more ("one fewer"), where it can be no fee."""
    new = [figure for figure in figures(s) if not figure.old]
    fees_shown = view.proposal is not None and any(view.proposal.fees.values())
    if len(new) != 1 or new[0].kind not in {"bare", "units"} or fees_shown:
        return {}
    after = s.wording.text[new[0].end :]
    return _units(view, new[0], s) if LESS.match(after) or MORE.match(after) else {}


def _times(s: Signals) -> dict[str, str]:
    return {"kind": "times", "value": "0.5" if "hal" in s.plain else "2"}


def _role(s: Signals, figure: Figure, told: list[Figure]) -> str:
    spans = {f: Span("money", f.start, f.end, f.text, None) for f in told}
    return role_of(s.wording.text, spans[figure], list(spans.values()))


def seen(s: Signals, view: TurnView, similar: Similar) -> Found:
    """What came back, told anew."""
    value = inspection_change(s, view, similar)
    if value is None and any(isinstance(span.value, dict) for span in s.kind("quantity")):
        return UNCLEAR  # "All but one" does not say what the one is.
    return {"inspection": value} if value is not None else {}


_SAYS = regex(
    r"\b(?:text|explanation|wording|message|sentence|say|says|write|tell (?:her|him|them)|words?)\b"
    r"(?: (?:to|it|as|should|must|shall|be|say|read|instead|rather|her|him|them|that))*"
    r"\s*[:=,\u2013-]?\s+[\"“]?(?P<t>.{8,}?)[\"”]?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_TEXT_CHANGES = regex(
    r"\b(?:change|make|put|use|set|replace|rewrite|should|instead|rather|better|say|write|tell)\b", re.I
)


_HEARD = regex(
    r"(?<!not )(?<!never )(?<!n't )\b(?:told|informed|phoned|called|rang|emailed|mailed|spoke (?:to|with)"
    r"|(?:on|over|by) (?:the )?(?:phone|mail|email|chat) (?:with|to))"
    r" (?:her|him|them|the customer|customer)\b"
    r"|\b(?:she|he|they|customer|the customer) (?:has |have |already )*(?:got|had|received|knows? (?:from"
    r"|by)) (?:a|an|the|my|our|his|her)"
    r" (?:\w+ )?(?:mail|email|message|call|letter|note|text)\b"
)
"""The customer knows already, by whom and how: the record of a rejection."""


def rejection(s: Signals, view: TurnView, similar: Similar) -> Found:
    """Another text for the customer, or another reason."""
    if s.has("approves") and not s.has("rejects"):
        return {}
    if told := _told_now(s, view):
        return told
    text = _SAYS.search(s.wording.text)
    if text and _TEXT_CHANGES.search(s.wording.text[: text.start("t")]):
        words = text.group("t").strip()
        new = SlotValue(value=words, span=words)
        return {"explanation": new, **_beside_text(s.wording.text[: text.start("t")], new, view)}
    if _HEARD.search(s.plain) and len(s.plain.split()) < 16 and not s.has("question"):
        return {"communication_record": slot(s.wording.text.strip(), s)}
    now = re.split(r"\b(?:not|instead of|rather than)\b", s.plain)
    plain = next((piece for piece in now if find_reject_reason(piece)), "")
    why = (
        find_reject_reason(plain)
        if word("marks", s) or "reason" in s.plain or len(s.plain.split()) < 5
        else None
    )
    if why is not None:
        return {"reject_reason": slot(why[0].value, s)}
    return {}


def _beside_text(lead: str, new: SlotValue, view: TurnView) -> Slots:
    """What another text for the customer brings with it: the record that it is itself, and another reason."""
    record, before = view.slots.get("communication_record"), view.slots.get("explanation")
    found: Slots = {"communication_record": new} if record and record == before else {}
    why = reason_beside(lead)
    return found | ({"reject_reason": why} if why is not None else {})


_TELLS_HER = regex(
    r"^(?:\W|yes|yep|yeah|ok|okay|and|right|good|fine|done|already|just|i|we|i've|we've|have|has|been|was|is)*"
    r"(?:told|sent|e-?mailed|mailed|called|phoned|informed|messaged|texted|wrote|written|notified|rang)\b"
    r"(?: (?:to|her|him|them|the customer|customer|that|this|it|exactly|just|so|the same|by|via|over|on|in|the|a"
    r"|phone|e-?mail|mail"
    r"|chat|text|sms|letter|message|ticket|now|already|today|yesterday|earlier|minute|ago|this morning"
    r"|a minute ago))*\W*$"
)


def _told_now(s: Signals, view: TurnView) -> Slots:
    """That the customer was told just that, and how: it goes to the log, and nothing else changes."""
    if not _TELLS_HER.match(s.plain) or not view.slots.get("explanation"):
        return {}
    return {"communication_record": slot(s.wording.text.strip(), s)}


_VERDICT = regex(
    r"\b(?:reject\w*|declin\w+|den(?:y|ied|ies)|refus\w+|approv\w+|accept\w+|pays?|paid|cover\w*|credit\w*|gives?|gave"
    r"|partial\w*|partly|said no|says no|won't|nothing|full\w*|half|only)\b"
)


def verdict(s: Signals, view: TurnView, similar: Similar) -> Found:
    """Another verdict or amount of the supplier."""
    told = [figure for figure in figures(s) if not figure.old]
    if not _VERDICT.search(s.plain) and not (len(told) == 1 and is_meant(s, told)):
        return {}
    found = {k: v for k, v in fact_slots(now_said(s)).items() if k == "amount"}
    supplier_slots(s, found, "verdict")
    found = {k: v for k, v in found.items() if k in {"verdict", "review_amount", "note"}}
    decided = found.get("verdict")
    if decided is not None and decided.value == "rejected":
        found.pop("review_amount", None)
        found.setdefault("note", slot(s.wording.text.strip(), s))
        return found
    if told:
        found["review_amount"] = slot(told[0].as_money(), s, told[0])
        if decided is None or told[0].kind != "percent":
            found["verdict"] = slot("partially_approved", s)
    return found


def return_refund(s: Signals, view: TurnView, similar: Similar) -> Found:
    """A lower amount for what came back, with why."""
    return lowered(s) if is_meant(s, sums_said(s)) else {}
