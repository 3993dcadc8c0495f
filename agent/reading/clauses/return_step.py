"""What is wanted of a return that nothing is to be decided on any more: it was let in, travels, or is back."""

from __future__ import annotations

from agent.reading.facts.inspection import inspection_of
from agent.reading.values.orders_meant import order_for
from agent.reading.view import OrderView, TurnView
from agent.reading.words.act import Act
from agent.reading.words.decisions import decision_of
from agent.reading.words.signals import Signals

_ON_ITS_WAY = frozenset({"approved", "in_transit"})


def return_step(act: Act, s: Signals, view: TurnView, topic: str | None) -> Act:
    """`act`, save where a review was heard and the return that is meant was decided on before.

    Then it is the step that the words and the state of the return tell: money for one that is back, the receipt of one
    that came, its papers; else it is shown as it stands. A decision that is said outright is refused with its reason.
    """
    decided = decision_of(s.plain)
    order = _first_meant(s, view, topic)
    if act.name != "review" or order is None or (decided is not None and not decided.weak):
        return act
    named = {str(span.value).lower() for span in s.kind("return")}
    meant = [item for item in order.returns if str(item.get("id", "")).lower() in named] or order.returns
    statuses = {item.get("status", "") for item in meant}
    if "requested" in statuses or not statuses & (_ON_ITS_WAY | {"received"}) or s.has("overrides"):
        return act
    step = "" if s.has("question") else _step(s, statuses)
    return Act("progress", act.strength, step) if step else Act("ask_status", act.strength, "return_status")


def _first_meant(s: Signals, view: TurnView, topic: str | None) -> OrderView | None:
    """The order that a clause names first, by its number or by a return it has; else the topic."""
    numbers = [str(span.value) for span in s.kind("order")]
    returns = {str(span.value).lower() for span in s.kind("return")}
    holding = [o for o in view.orders if any(str(r.get("id", "")).lower() in returns for r in o.returns)]
    return holding[0] if holding and not numbers else order_for(view, numbers[0] if numbers else topic)


def _step(s: Signals, statuses: set[str]) -> str:
    if s.has("refund", "refund_return"):
        return "refund"
    if statuses & _ON_ITS_WAY and s.has("keep_it") and not s.has("came_back", "send_back"):
        return "cancel"
    if statuses & _ON_ITS_WAY and (s.kind("tracking") or s.kind("carrier")):
        return "logistics"
    if statuses & _ON_ITS_WAY and (inspection_of(s) is not None or s.has("came_back", "receive")):
        return "receive"
    return ""
