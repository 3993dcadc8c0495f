"""What is said of the result just reached: the same once more, for other goods or another order."""

from __future__ import annotations

import re

from agent.commands import Command, Flow, SlotValue, StartFlow
from agent.reading.facts.figures_said import figures
from agent.reading.facts.flow_slots import supplier_slots
from agent.reading.facts.slots import Slots, fact_slots
from agent.reading.goods.items import Similar
from agent.reading.goods.lines import line_slots
from agent.reading.text.patterns import regex
from agent.reading.values.spans import bare
from agent.reading.view import LastView, OrderView, TurnView
from agent.reading.words.same_again import all_the_same, same_goods
from agent.reading.words.signals import Signals

_SAME = regex(
    r"\b(?:same(?: \w+)? (?:reason|problem|issue|story|thing|cause|case|treatment|defect|fault|deal|again|here|way)"
    r"|same (?:for|with|goes|as)|ditto|likewise|as before)\b|\bthe same\W*$"
)
"""What was said of the last one holds for this one."""
_AGAIN = regex(r"\b(?:another(?: (?:one|unit|of (?:them|those|these)))?|one more(?: of (?:them|those))?)\b")
_NTH = regex(
    r"\b(?:an?|the|his|her|their) (?:second|third|fourth|fifth|next|last|2nd|3rd|4th|further)"
    r"(?: (?:one|unit|piece|of (?:them|those|these))\b|\W*$)"
)
"""One more of them by its place, where it is said to be as before ("same again for a second one")."""
_OTHER = regex(r"\bthe other (?:one|\w+)\b")
_TOO = regex(r"\b(?:too|as well|also)\b")
_MORE_MONEY = regex(
    r"\b(?:another|add|again|extra|additional|further|plus) (?:(?:a|an|the|same|further|extra|her|him|them"
    r"|for|another|about)\s)*(?:MONEY|\d+)"
    r"|\b(?:MONEY|\d+) (?:more|extra|again|on top|once more|as well|too)\b|\bsame again\b"
)
"""A sum besides the one that was given."""
_ASKS = regex(r"^(?:\W|and|so|but|then|ok|okay)*(?:what|which|who|whose|when|where|why|how)\b")
_OWN_WISH = ("question", "approves", "rejects", "supplier", "draft", "cancels", "vetoes", "came_back")


def once_more(s: Signals, view: TurnView, similar: Similar) -> Command | None:
    """The flow of the last result for what is named now; the reason comes with it only where it is said to."""
    last = view.last
    if last is None or view.flow or view.pending or view.proposal:
        return None
    if (claim := _claimed_again(s, last, view)) is not None:
        return claim
    if _pays_now(s, last, view):
        return StartFlow(
            flow=Flow.RETURN_PROGRESS, action="refund", slots={}, confidence=0.85, span=s.wording.text.strip()
        )
    if s.has(*_OWN_WISH) or s.has("retry"):
        return None
    same, other = _SAME.search(s.plain), _OTHER.search(s.plain)
    more = other or _once_again(s)
    short = len(s.plain.split()) <= _FEW
    too = _TOO.search(s.plain) and (more or short)
    if _ASKS.match(s.plain) and not (same and s.kind("money")):
        return None
    numbers = s.kind("order")
    order = _order(view, str(numbers[0].value)) if numbers else view.order
    sum_ = _sum_again(s, last, order)
    plain = (too or (more and short)) and not (s.kind("money") or s.reasons)
    if not (same or plain or sum_ is not None):
        return None
    found = fact_slots(s) | (sum_ if sum_ is not None else _goods(s, order, similar, last))
    if numbers:
        found["order"] = SlotValue(value=numbers[0].value, span=numbers[0].text)
    if not (same or more or sum_ is not None or "line" in found):
        return None
    if same is not None and last.reason and (sum_ is None or not s.reasons):
        found.pop("issue", None)
        found["reason"] = SlotValue(value=last.reason, span=s.wording.origin(same.start(), same.end()))
    return _started(s, last, found | _told_again(s, last, found, order))


def _told_again(s: Signals, last: LastView, found: Slots, order: OrderView | None) -> Slots:
    """On another order, what was told of the last refund and is not told anew ("same again on 5521")."""
    elsewhere = "order" in found and bare(str(found["order"].value)) != bare(last.order)
    told_anew = {"amount", "line", "quantity", "shipping"} & set(found)
    if not (elsewhere and all_the_same(s.plain)) or last.flow != Flow.DIRECT_REFUND.value or told_anew:
        return {}
    amount = last.told.get("amount")
    kept = {} if amount and amount.get("kind") not in {"exact", "percent", "full"} else last.told
    goods = same_goods(last, order) if order is not None and not amount else None
    kept = {**kept, "line": goods} if goods else kept
    return {n: SlotValue(value=v, span=s.wording.text.strip()) for n, v in kept.items() if n not in found}


def _once_again(s: Signals) -> re.Match[str] | None:
    """Where one more unit of the same is told."""
    nth = _NTH.search(s.plain) if _SAME.search(s.plain) or _TOO.search(s.plain) else None
    return _AGAIN.search(s.plain) or nth


def _started(s: Signals, last: LastView, found: Slots) -> Command:
    flow = Flow(last.flow)
    if flow is Flow.MERCHANT_RETURN and "reason" in found:
        found["return_reason"] = found.pop("reason")
    return StartFlow(flow=flow, slots=found, confidence=0.85, span=s.wording.text.strip())


def _sum_again(s: Signals, last: LastView, order: OrderView | None) -> Slots | None:
    """One more sum on the order of the last refund ("30 more for Trent"); a number that counts its goods is none."""
    if last.flow != Flow.DIRECT_REFUND.value or order is None or bare(order.number) != bare(last.order):
        return None
    told = [figure for figure in figures(s) if not figure.old]
    if len(told) != 1 or not _MORE_MONEY.search(s.plain) or _another_customer(s, order):
        return None
    most = max((line.quantity for line in order.lines), default=0)
    counts = told[0].kind == "units" or (told[0].kind == "bare" and (told[0].whole or 0) <= most)
    if told[0].kind == "percent" or (counts and (told[0].whole or 0) <= most):
        return None
    return {"amount": SlotValue(value=told[0].as_money(), span=told[0].text)}


def _another_customer(s: Signals, order: OrderView) -> bool:
    names = {word.lower() for word in re.findall(r"\w+", order.customer)}
    said = {word.lower() for span in s.kind("person") for word in re.findall(r"\w+", str(span.value))}
    return bool(said) and not said & names


def _rest_of(order: OrderView, last: LastView) -> dict[str, object] | None:
    """What "the other one" is after one of a pair, or after one of two lines; nothing where it can be several."""
    done = [line for line in order.lines if line.id in last.lines]
    left = [line for line in order.lines if line.id not in last.lines]
    if len(done) == 1 and done[0].quantity == 2:
        return {"line": done[0].id, "quantity": 1, "amount": None}
    if len(done) == 1 and done[0].quantity == 1 and len(left) == 1:
        return {"line": left[0].id, "quantity": None, "amount": None}
    return None


_FEW = 5
_REOPENS = regex(
    r"\b(?:re-?(?:open|file|submit|request)|(?:open|file|raise|start|make|submit|create|send|put|request|ask"
    r"|claim|do)\w*"
    r"(?: (?:it|them|that|this|the|a|an|new|another|fresh|supplier|review|claim|request|one|in))*"
    r" (?:again|anew|afresh|once more)|(?:a |the )?(?:new|fresh|another) (?:\w+ )?(?:review|claim|request|one))\b"
)


_DO_NOW = regex(
    r"\b(?:now|then|so)\b.*\b(?:we|i|you|let's) (?:can |may |could |should |will )?(?:(?:finally|also"
    r"|actually|at last) )?"
    r"(?:do|give|pay|arrange|settle|send|get|sort|fulfil\w*)\b.*\b(?:what|that|it|money|wish|wants?|asked|wanted"
    r"|him|her|them)\b"
)
_A_SENTENCE = 14


def _pays_now(s: Signals, last: LastView, view: TurnView) -> bool:
    """Whether a return that was just received is to be paid out ("so now we can do what he asked for")."""
    received = view.order is not None and any(r.get("status") == "received" for r in view.order.returns)
    just = (
        received and last.flow == Flow.RETURN_PROGRESS.value and not s.kind("order") and not s.kind("money")
    )
    short = len(s.plain.split()) <= _A_SENTENCE and not re.search(r"\b(?:not|close|cancel)\b|n't\b", s.plain)
    return bool(just and short and not s.has(*_OWN_WISH) and _DO_NOW.search(s.plain))


def _claimed_again(s: Signals, last: LastView, view: TurnView) -> Command | None:
    """A claim that was withdrawn or answered, put to the supplier once more with other terms."""
    if (
        last.flow != Flow.SUPPLIER_REVIEW.value
        or not _REOPENS.search(s.plain)
        or s.has("question", "cancels")
    ):
        return None
    numbers = {bare(str(span.value)) for span in s.kind("order")}
    if numbers - {bare(last.order)}:
        return None
    found = fact_slots(s)
    supplier_slots(s, found, "request")
    slots = {name: value for name, value in found.items() if name.startswith("review_")}
    return StartFlow(
        flow=Flow.SUPPLIER_REVIEW, action="request", slots=slots, confidence=0.85, span=s.wording.text.strip()
    )


def _order(view: TurnView, number: str) -> OrderView | None:
    return next((order for order in view.orders if bare(order.number) == bare(number)), None)


def _goods(s: Signals, order: OrderView | None, similar: Similar, last: LastView) -> Slots:
    """The goods that are named; "another one" is one more of the goods of the last result."""
    here = order is not None and bare(order.number) == bare(last.order)
    found = line_slots(s, order, similar, last.lines if here else [])
    again = _once_again(s)
    other = _OTHER.search(s.plain)
    if here and other and order is not None and "line" not in found and (rest := _rest_of(order, last)):
        found.pop("item", None)
        found.pop("quantity", None)
        found["line"] = SlotValue(value=[rest], span=s.wording.origin(other.start(), other.end()))
    if here and again and "line" not in found and len(last.lines) == 1:
        found.pop("item", None)
        found.pop("quantity", None)
        entry = {"line": last.lines[0], "quantity": 1, "amount": None}
        found["line"] = SlotValue(value=[entry], span=s.wording.origin(again.start(), again.end()))
    return found
