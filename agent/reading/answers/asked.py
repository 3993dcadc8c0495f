"""The answer to the question that is open, under its slot's name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from agent.commands import SlotValue
from agent.reading.answers.numbers import amount, fee, money, quantity, said, says_no, says_yes, shipping
from agent.reading.answers.on_the_way import carrier, label, tracking
from agent.reading.answers.options import THE_OTHER, chosen_option, ordinal, other_reason
from agent.reading.facts.flow_slots import review_slots, supplier_slots
from agent.reading.facts.inspection import inspection_of, with_what_came
from agent.reading.facts.verdicts import WHAT_WE_PAID
from agent.reading.goods.items import Similar
from agent.reading.goods.left_alone import kept_goods, rest_of_kept
from agent.reading.goods.lines import line_slots
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.evidence_words import described, evidence_of
from agent.reading.words.reasons import find_reject_reason, named_reason
from agent.reading.words.signals import Signals
from domain.reasons import RefundReason, RejectReason

_WONT_SEND = regex(
    r"\b(?:won't|wouldn't|can't|refus\w+|doesn't|didn't|will not|not going to|unable to"
    r"|isn't able to)(?: \w+){0,2} "
    r"(?:send|provide|have|take|share|give|show)\b|\bskip\b|\bdoesn't have any\b"
)


_HAS_NONE = regex(
    r"\b(?:no|hasn't|hasn't got|without|not a single) (?:got )?(?:any |a |an )?(?:photos?|pictures?"
    r"|evidence|proof|videos?|images?)\b"
    r"|\b(?:go|carry|move|proceed|continue|press)(?: on| ahead)? without\b"
)
_PROOF = regex(r"\b(?:photos?|pictures?|evidence|proof|videos?|images?|files?|screenshots?)\b")


def answer_to(s: Signals, view: TurnView, similar: Similar) -> SlotValue | None:
    """What the clause answers to ``view.pending``, or nothing when it is no answer to it."""
    pending = view.pending
    if pending is None:
        return None
    told = described(s.wording.text)
    if told is not None and pending.slot in _NOT_IN_DESCRIPTIONS:
        return None
    if (rest := rest_of_kept(s, view)) is not None:
        return rest
    counted = _counted_lines(s, view, similar)
    if counted is not None:
        return counted
    option = chosen_option(s.wording.text, s.plain, pending.options)
    if (
        option is None
        and pending.slot == "clarify"
        and pending.options
        and says_yes(s)
        and len(view.text.split()) < (4 if len(pending.options) == 1 else 2)
    ):
        option = pending.options[0].value
    if option is not None and pending.slot not in {"amount", "quantity", "inspection"}:
        named = pending.slot == "line" and isinstance(option, str)
        return said(s, [{"line": option, "quantity": None, "amount": None}] if named else option)
    read = _READERS.get(pending.slot)
    if pending.slot == "clarify" and option is None:
        return None  # A yes to several ways on chooses none of them.
    value = read(s, view, similar) if read else _yes_no(s)
    if value is None and option is not None:
        return SlotValue(value=option, span=s.wording.text.strip())
    return value


_NOT_IN_DESCRIPTIONS = frozenset({"line", "item", "quantity", "amount", "reason", "order", "return_needed"})
"""What the customer's own words, handed on as evidence, do not answer ("description: both straps tore off")."""


def _counted_lines(s: Signals, view: TurnView, similar: Similar) -> SlotValue | None:
    """Lines named with a number of units ("3 of the cakestand"), or several lines: more than any one option says."""
    if (
        view.pending is None
        or view.pending.slot != "line"
        or view.order is None
        or ordinal(s.plain) is not None
    ):
        return None
    found = line_slots(s, view.order, similar, []).get("line")
    if found is None or not any(ch.isalpha() for ch in found.span):
        return None
    return found if len(found.value) > 1 or found.value[0]["quantity"] is not None else None


def _yes_no(s: Signals, *_: Any) -> SlotValue | None:
    return said(s, True) if says_yes(s) else said(s, False) if says_no(s) else None


_THAT_ONE = regex(
    r"^\W*(?:(?:yes|yeah|yep|yup|ok|okay|right|correct|sure|exactly|indeed|,) ?)*"
    r"(?:that|this|it|that's|it's|thats|its)(?: is|'s| was)? ?(?:it|right|correct|the|that|this)? ?"
    r"(?:right|correct|very)? ?(?:one|order)?\W*$"
)


def _order(s: Signals, view: TurnView, _similar: Similar) -> SlotValue | None:
    options = view.pending.options if view.pending else []
    if len(options) == 1 and (says_yes(s) or _THAT_ONE.match(s.plain)) and not s.kind("order"):
        return said(s, options[0].value)
    sent = s.kind("carrier") or len(s.wording.text.split()) > 4
    for kind in ("order", "return", "number") if sent else ("order", "return", "number", "tracking"):
        for span in s.kind(kind):
            return said(s, span.value, span)
    word = re.fullmatch(r"\W*(?=\S*\d)([\w/#-]{2,24})\W*", s.wording.text)
    return SlotValue(value=word.group(1), span=word.group(1)) if word else None


_ALL_OF_IT = regex(r"\b(?:everything|all of (?:it|them)|the (?:lot|whole (?:lot|order|thing))|all items)\b")


def _line(s: Signals, view: TurnView, similar: Similar) -> SlotValue | None:
    order = view.order
    if order is None:
        return None
    found = line_slots(s, order, similar, [])
    if "line" in found:
        return found["line"]
    everything = [span for span in s.kind("quantity") if span.value == "all" or span.text.lower() == "both"]
    money = [span for span in s.kind("money") if span.value["kind"] == "full"]
    if money or s.plain.strip(" .!") in {"all", "everything"} or _ALL_OF_IT.search(s.plain):
        return said(s, "everything")
    if everything or s.plain == "both":
        return said(s, [{"line": line.id, "quantity": None, "amount": None} for line in order.lines])
    if view.pending and len(view.pending.options) == 1 and THE_OTHER.search(s.plain):
        return said(s, view.pending.options[0].value)
    at = ordinal(s.plain)
    if at is not None and -len(order.lines) <= at < len(order.lines):
        return said(s, [{"line": order.lines[at].id, "quantity": None, "amount": None}])
    return None


_BY_ONE_WORD = {
    word: codes[0]
    for word in {word for code in RefundReason for word in code.value.split("_")}
    if len(codes := [code for code in RefundReason if word in code.value.split("_")]) == 1
    and len(word) > 2
    and word not in {"not", "item", "order", "described", "received", "delivery", "changed", "ordered"}
}
"""A word that stands in the name of one reason alone ("size", "duplicate", "mistake")."""


def _reason(s: Signals, *_: Any) -> SlotValue | None:
    if other_reason(s.wording.text) is not None:
        return said(s, RefundReason.OTHER.value)
    named = named_reason(s.plain)
    if named or s.reasons:
        reason = named or s.reasons[0]
        return SlotValue(value=reason.code.value, span=s.wording.origin(reason.start, reason.end))
    alone = _BY_ONE_WORD.get(re.sub(r"^(?:the|its?|it's|a|an|just|wrong)\s", "", s.plain.strip(" .!")))
    if alone is not None:
        return said(s, alone.value)
    for code in RefundReason:
        if re.search(rf"\b{code.value.replace('_', ' ')}\b", s.plain) or s.plain.strip(" .!") == code.value:
            return said(s, code.value)
    return None


def _reject_reason(s: Signals, *_: Any) -> SlotValue | None:
    found = find_reject_reason(s.plain)
    if found:
        return SlotValue(value=found[0].value, span=s.wording.origin(found[1], found[2]))
    for code in RejectReason:
        if code.value.replace("_", " ") in s.plain or code.label.lower() in s.plain:
            return said(s, code.value)
    return None


def _evidence(s: Signals, view: TurnView, _similar: Similar) -> SlotValue | None:
    found = described(s.wording.text, telling=True) or evidence_of(s)
    if found:
        return found
    if s.has("keep_it") and not _PROOF.search(s.plain):
        return None
    if view.attachments:
        return said(s, {"kind": "attached", "text": None})
    if re.search(r"\b(?:attached|attachment|uploaded|here|sent|photos?|pictures?|video)\b", s.plain) and not (
        says_no(s) or _WONT_SEND.search(s.plain) or _HAS_NONE.search(s.plain)
    ):
        return said(s, {"kind": "attached", "text": None})
    if says_no(s) or _WONT_SEND.search(s.plain) or _HAS_NONE.search(s.plain):
        return said(s, {"kind": "none", "text": None})
    if len(s.wording.text.strip()) >= 20 and s.reasons:
        return said(s, {"kind": "description", "text": s.wording.text.strip()})
    return None


_YES = r"^\W*(?:yes|yeah|yep|yup|sure|of course|definitely)\b"
_YES_FIRST = regex(_YES)
_YES_BACK = regex(rf"{_YES}(?:(?!\bkeep|\bnot?\b|n't).)*\b(?:back|return\w*)\b")


def others_kept(s: Signals, view: TurnView) -> bool:
    """Whether goods are named only because they stay, and are not those of the case ("yes, but he keeps the cable")."""
    if view.order is None:
        return False
    kept, lines = kept_goods(s.wording.text, view.order.lines), view.slots.get("line")
    meant = {entry.get("line") for entry in lines} if isinstance(lines, list) else set()
    return bool(kept and meant) and not meant & set(kept)


def _return_needed(s: Signals, view: TurnView, _similar: Similar) -> SlotValue | None:
    if _YES_BACK.match(s.plain) or (_YES_FIRST.match(s.plain) and others_kept(s, view)):
        return said(s, True)
    if s.has("keep_it") or re.search(r"\b(?:keeps?|keeping|bin|donate|not needed|throw)\b", s.plain):
        return said(s, False)
    if says_no(s):
        return said(s, False)
    if (
        s.has("send_back", "wants_return")
        or says_yes(s)
        or re.search(r"\b(?:back|return|send|comes?|needed)\b", s.plain)
    ):
        return said(s, True)
    return None


def _decision(s: Signals, *_: Any) -> SlotValue | None:
    found: dict[str, SlotValue] = {}
    review_slots(s, found)
    if "decision" in found:
        return found["decision"]
    return said(s, "approve") if says_yes(s) else said(s, "reject") if says_no(s) else None


def _inspection(s: Signals, view: TurnView, _similar: Similar) -> SlotValue | None:
    found = inspection_of(s, asked=True)
    if found is None and not s.kind("number") and not s.kind("quantity"):
        fine = re.search(r"\b(?:good|fine|ok|okay|perfect)\b", s.plain) and not says_no(s)
        found = said(s, "all_good") if says_yes(s) or fine else None
    return with_what_came(found, view.slots.get("inspection") or view.slots.get("inspection_refused"))


def _supplier(name: str, action: str) -> Callable[[Signals, TurnView, Similar], SlotValue | None]:
    def read(s: Signals, _view: TurnView, _similar: Similar) -> SlotValue | None:
        found: dict[str, SlotValue] = {}
        supplier_slots(s, found, action)
        if name == "review_amount" and (whole := WHAT_WE_PAID.search(s.plain)):
            return SlotValue(value={"kind": "full"}, span=s.wording.origin(whole.start(), whole.end()))
        if name == "review_amount":
            return found.get("review_amount") or amount(s)
        return found.get(name)

    return read


_READERS: dict[str, Callable[[Signals, TurnView, Similar], SlotValue | None]] = {
    "order": _order,
    "order_query": _order,
    "return_id": _order,
    "line": _line,
    "item": _line,
    "quantity": quantity,
    "amount": amount,
    "return_fee": fee,
    "restocking_fee": fee,
    "shipping": shipping,
    "reason": _reason,
    "return_reason": _reason,
    "issue": _reason,
    "reject_reason": _reject_reason,
    "evidence": _evidence,
    "return_needed": _return_needed,
    "decision": _decision,
    "carrier": carrier,
    "tracking": tracking,
    "label": label,
    "inspection": _inspection,
    "return_cost": money,
    "review_kind": _supplier("review_kind", "request"),
    "review_amount": _supplier("review_amount", "request"),
    "verdict": _supplier("verdict", "verdict"),
}
