"""Changes to the cards of returns and suppliers: fees, what came back, a rejection's words, a verdict."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.card_goods import UNCLEAR, Found, float_free, is_meant, slot, word
from agent.reading.figures_said import OLD, Figure, beside_shown, figures
from agent.reading.flow_slots import supplier_slots
from agent.reading.inspection_changes import inspection_change
from agent.reading.items import Similar
from agent.reading.lines import line_slots
from agent.reading.reasons import find_reject_reason, named_reason
from agent.reading.signals import Signals
from agent.reading.slots import Slots, fact_slots, role_of
from agent.reading.span import Span
from agent.reading.view import TurnView

_FEES = ("return_fee", "restocking_fee")
_NO_FEE = re.compile(
    r"\b(?:no|without|zero|waive\w*|skip|drop|forget|remove|free of|w/o)\b(?: \w+){0,2} ?(?:fees?|charge|restocking)\b"
)
_TERMS = ("carrier", "tracking", "label")
_SHARE = re.compile(r"\b(?:half|halve|halved)\b|\bdouble\b|\btwice\b", re.IGNORECASE)
_LESS = re.compile(r"^\s?(?:\w+\s)?(?:less|off)\b", re.IGNORECASE)
_MORE = re.compile(r"^\s?(?:\w+\s)?more\b", re.IGNORECASE)


def now_said(s: Signals) -> Signals:
    """The message without what it names as the old value ("GLS instead of DHL")."""
    kept = [span for span in s.spans if not OLD.search(s.wording.text[: span.start])]
    return Signals(s.wording, kept, s.found, s.reasons)


def fees(s: Signals, view: TurnView, similar: Similar) -> Found:
    """Fees and terms of a return: which fee a figure is for is told by its word, its old value, or there being one."""
    if s.has("rejects") or (view.flow == "merchant_return" and s.has("refund")):
        return {}
    if view.flow == "merchant_return" and "line" in line_slots(s, view.order, similar, list(_lines(view))):
        return {}
    found = _terms(s)
    shown = {float_free(value) for value in (view.proposal.fees if view.proposal else {}).values()}
    told = beside_shown(figures(s), shown)
    new = [figure for figure in told if not figure.old]
    if not is_meant(s, new):
        return found
    left = _by_word(s, view, told, found)
    if not left and not (_SHARE.search(s.plain) and not new):
        return found
    if len(left) > 1:
        return UNCLEAR
    return _of_one_fee(s, view, left, found, [figure for figure in told if figure.old])


def _terms(s: Signals) -> Slots:
    """Carrier, tracking, label, a named reason, and that there is no fee."""
    facts = fact_slots(now_said(s))
    found: Slots = {name: facts[name] for name in _TERMS if name in facts}
    if named := named_reason(s.plain):
        found["return_reason"] = slot(named.code.value, s)
    if _NO_FEE.search(s.plain):
        found |= {name: facts[name] for name in _FEES if name in facts}
    return found


def _by_word(s: Signals, view: TurnView, told: list[Figure], found: Slots) -> list[Figure]:
    """Put what a fee's own word stands by into `found`; the figures that are left."""
    left = []
    for figure in told:
        name = "" if figure.old else _role(s, figure, told)
        if name in _FEES and name not in found:
            found[name] = slot(_fee_value(view, name, figure, s), s, figure)
        elif name == "amount" and figure.kind == "units" and view.flow == "merchant_return":
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
    ):
        return UNCLEAR if shown else found | _units(view, left[0], s)
    target = named[0] if named else next(iter(shown)) if len(shown) == 1 else None if shown else "return_fee"
    if left and re.search(r"\b(?:both|each|all (?:the )?fees)\b", s.plain):
        return found | {name: slot(_fee_value(view, name, left[0], s), s, left[0]) for name in _FEES}
    if target is None:
        return UNCLEAR
    if not left:
        return UNCLEAR if not shown else found | {target: slot(_times(s), s)}
    return found | {target: slot(_fee_value(view, target, left[0], s), s, left[0])}


def _lines(view: TurnView) -> dict[str, int]:
    return view.proposal.lines if view.proposal else {}


def _units(view: TurnView, figure: Figure, s: Signals) -> Slots:
    """How many come back, where the card is about one line."""
    lines = _lines(view)
    return {"quantity": slot(figure.whole, s, figure)} if len(lines) == 1 and figure.whole else {}


def _times(s: Signals) -> dict[str, str]:
    return {"kind": "times", "value": "0.5" if "hal" in s.plain else "2"}


def _fee_value(view: TurnView, name: str, figure: Figure, s: Signals) -> dict[str, object]:
    after = s.wording.text[figure.end :]
    if figure.kind != "percent" and (_LESS.match(after) or _MORE.match(after)):
        return {"kind": "less" if _LESS.match(after) else "more", "value": figure.value}
    before = view.slots.get(name)
    by_share = isinstance(before, dict) and before.get("kind") == "percent"
    if figure.kind == "bare" and by_share:
        return {"kind": "percent", "value": figure.value}
    return figure.as_money()


def _role(s: Signals, figure: Figure, told: list[Figure]) -> str:
    spans = {f: Span("money", f.start, f.end, f.text, None) for f in told}
    return role_of(s.wording.text, spans[figure], list(spans.values()))


def seen(s: Signals, view: TurnView, similar: Similar) -> Found:
    """What came back, told anew."""
    value = inspection_change(s, view, similar)
    if value is None and any(isinstance(span.value, dict) for span in s.kind("quantity")):
        return UNCLEAR  # "All but one" does not say what the one is.
    return {"inspection": value} if value is not None else {}


_SAYS = re.compile(
    r"\b(?:text|explanation|wording|message|sentence|say|says|write|tell (?:her|him|them)|words?)\b"
    r"(?: (?:to|it|as|should|must|shall|be|say|read|instead|rather|her|him|them|that))*"
    r"\s*[:=,\u2013-]?\s+[\"“]?(?P<t>.{8,}?)[\"”]?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_TEXT_CHANGES = re.compile(
    r"\b(?:change|make|put|use|set|replace|rewrite|should|instead|rather|better|say|write|tell)\b", re.I
)


def rejection(s: Signals, view: TurnView, similar: Similar) -> Found:
    """Another text for the customer, or another reason."""
    if s.has("approves") and not s.has("rejects"):
        return {}
    text = _SAYS.search(s.wording.text)
    if text and _TEXT_CHANGES.search(s.wording.text[: text.start("t")]):
        words = text.group("t").strip()
        return {"explanation": SlotValue(value=words, span=words)}
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


_VERDICT = re.compile(
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


_WHY = re.compile(
    r"\b(?:because(?: of)?|since|as|due to|bc|cos|coz|cuz|'cause)\b\s+(?P<t>.{6,})$", re.IGNORECASE
)
_AFTER = re.compile(r"[,;:(\u2013]\s*(?P<t>(?![^,;]*\d)[^\d\W][^,;]{6,})$", re.IGNORECASE)


def return_refund(s: Signals, view: TurnView, similar: Similar) -> Found:
    """A lower amount for what came back, with why."""
    return lowered(s) if is_meant(s, sums_said(s)) else {}


def sums_said(s: Signals) -> list[Figure]:
    """Figures that can be an amount beside units told in words ("10 less, one has a crack")."""
    return [
        f
        for f in figures(s, taken_off=True)
        if not f.old and (f.kind in {"money", "percent"} or f.text[0].isdigit())
    ]


def lowered(s: Signals) -> Slots:
    """The amount that is paid out for a return, or how much less, and the reason for it."""
    told = sums_said(s)
    if len(told) != 1:
        return {}
    figure = told[0]
    value: dict[str, object] = figure.as_money()
    if figure.kind != "percent" and _LESS.match(s.wording.text[figure.end :]):
        value = {"kind": "less", "value": figure.value}
    found: Slots = {"amount": slot(value, s, figure)}
    if why := why_lower(s.wording.text):
        found["note"] = SlotValue(value=why, span=why)
    return found


def why_lower(text: str) -> str:
    """The reason given for a lower amount ("…, the damaged one is worth half"); empty where there is none."""
    match = _WHY.search(text) or _AFTER.search(text)
    return match.group("t").strip(" .)") if match else ""
