"""What a message with a story means as a whole: which of its clauses is the wish, and which only leads to it."""

from __future__ import annotations

import re

from agent.commands import Command, Flow, StartFlow
from agent.reading.clauses.split import STARTS
from agent.reading.clauses.weighed import Weighed
from agent.reading.facts.slots import Slots
from agent.reading.text.patterns import regex
from agent.reading.values.orders import bare
from agent.reading.view import OrderView
from agent.reading.words.act import Act
from agent.reading.words.signals import Signals

_WISHES = {"refund": ("refund", "shipping_back"), "return": ("wants_return", "send_back")}
_KEPT_OF_A_STORY = frozenset({"reason", "return_reason", "issue", "return_needed"})


def without_passing_orders(weighed: list[Weighed]) -> None:
    """Take an order out of a clause that only tells of it, where another clause says what is wanted on it.

    "5101 is at her home, 5102 is not packed. So 5102 we refund. On 5101 put 10": the first wish is of 5102 alone.
    """
    for at, part in enumerate(weighed):
        s = part.clause.signals
        named = {bare(str(span.value)) for span in s.kind("order")}
        meant = _in_wish(s, part.clause.act) if len(named) > 1 else set()
        elsewhere = {
            bare(str(span.value))
            for other in weighed[:at] + weighed[at + 1 :]
            for span in other.clause.signals.kind("order")
        }
        passing = (named - meant) & elsewhere if meant else set()
        if passing:
            s.spans = [x for x in s.spans if x.kind != "order" or bare(str(x.value)) not in passing]


def _in_wish(s: Signals, act: Act | None) -> set[str]:
    """The orders named in the sentence of the wish."""
    found = [s.found[name] for name in _WISHES.get(act.name if act else "", ()) if name in s.found]
    if not found:
        return set()
    at = found[0].start()
    start = max([0, *(m.end() for m in re.finditer(r"[.;!?]+ ", s.plain[:at]))])
    end = re.search(r"[.;!?]+(?= |$)", s.plain[at:])
    first = s.wording.origin(0, start) if start else ""
    words = s.wording.origin(start, at + end.end() if end else len(s.plain))
    begin = len(first)
    stop = begin + len(words) + 2
    return {bare(str(x.value)) for x in s.kind("order") if begin <= x.start < stop}


def folded(commands: list[Command], weighed: list[Weighed]) -> list[Command]:
    """One wish of what was told first and then wished: a clause without an order of its own lends its facts only.

    "She wants to give it back … I would say approve 2580": the review, for the reason that was told.
    """
    starts = [command for command in commands if isinstance(command, StartFlow)]
    if len(starts) < 2 or len({bare(str(c.slots["order"].value)) for c in starts if "order" in c.slots}) != 1:
        return commands
    wish = starts[-1]
    if "order" not in wish.slots or wish.flow not in _WORK:
        return commands
    told = [c for c in starts[:-1] if _only_told(c, wish, weighed)]
    for command in told:
        facts = {name: slot for name, slot in command.slots.items() if name in _KEPT_OF_A_STORY}
        if wish.flow is Flow.REVIEW_RETURN:
            facts.pop("return_needed", None)
        wish.slots = facts | wish.slots
    return [command for command in commands if command not in told]


_WORK = frozenset({Flow.DIRECT_REFUND, Flow.MERCHANT_RETURN, Flow.REVIEW_RETURN, Flow.RETURN_PROGRESS})


def _only_told(command: StartFlow, wish: StartFlow, weighed: list[Weighed]) -> bool:
    """Whether a command only tells what leads to the wish; that goods shall go back leads to a decision on it."""
    asked = command.flow is Flow.MERCHANT_RETURN and wish.flow is Flow.REVIEW_RETURN
    if "return_id" in command.slots and "return_id" not in wish.slots:
        return False  # A return of its own: what is done with it is no lead to a wish on another order.
    if not asked and {"order", "order_query", "line", "amount"} & set(command.slots):
        return False
    part = next((p for p in weighed if p.text.strip() == command.span.strip()), None)
    return part is not None and not STARTS.match(part.clause.signals.plain)


_TAKES_BACK = regex(r"\b(?:take|taking|have|get)\b(?: \w+){1,4} back\b(?! (?:from|off) (?:the )?supplier)")


def takes_back(s: Signals, order: OrderView | None) -> bool:
    """Whether goods are let come back where no return waits for a decision: one is opened then."""
    return order is not None and not order.returns and bool(_TAKES_BACK.search(s.plain))


def never_left(s: Signals, slots: Slots, order: OrderView | None) -> bool:
    """Whether nothing comes back of what only sounded like a return ("not sent yet, give him one back")."""
    wants = s.found.get("wants_return")
    if wants is not None and not wants.group().startswith("give"):
        return False
    needed = slots.get("return_needed")
    if needed is not None:
        return needed.value is False
    named = [entry["line"] for entry in slots["line"].value] if "line" in slots else []
    lines = [line for line in order.lines if line.id in named or not named] if order else []
    return wants is not None and bool(lines) and all(line.unsent for line in lines)


def asked_part(text: str) -> str:
    """The sentences that ask, of a message that tells a story before."""
    asks = [part for part in re.split(r"(?<=[.!?])\s+", text) if part.rstrip().endswith("?")]
    return " ".join(asks) or text
