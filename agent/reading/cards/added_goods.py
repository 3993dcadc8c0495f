"""Goods that come on top of those the case has already: "add 1 of the bulbs too"."""

from __future__ import annotations

from typing import Any, Literal

from agent.commands import Answer, Clarify, Command, CorrectSlot, Flow, SetSlot, SlotValue, StartFlow
from agent.reading.cards.taken_off import is_out
from agent.reading.facts.slots import Slots
from agent.reading.goods.items import Similar, mentions_of
from agent.reading.goods.lines import line_slots
from agent.reading.lexicon import families
from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_OF_GOODS = frozenset({Flow.DIRECT_REFUND, Flow.QUALITY_ISSUE, Flow.MERCHANT_RETURN})


def with_added(commands: list[Command], s: Signals, view: TurnView) -> list[Command]:
    """The commands, with the goods of the case kept where the message adds others to them.

    Only lines that the case does not have yet are added; where goods are to take the place of others, the commands
    stay as they are. Where the card shows an amount of its own, it is asked what it is to be.
    """
    before = _chosen(view)
    if not before or view.flow not in _OF_GOODS or not adds(s, view):
        return commands
    if _has_sum(view):
        return [_unsure(command, before, view) for command in commands]
    return [_widened(command, before, view) for command in commands]


def _has_sum(view: TurnView) -> bool:
    """Whether an amount of its own was told; that all of an order is called off is none."""
    amount = view.slots.get("amount")
    return bool(amount) and not (view.slots.get("cancel_order") and amount == {"kind": "full"})


def adds(s: Signals, view: TurnView) -> bool:
    """Whether goods that are named are said to come on top, and to take the place of none."""
    lex = families("cards")
    if not lex["on_top"].search(s.plain) or lex["in_place"].search(s.plain):
        return False
    return not lex["taken_away"].search(s.plain) or off_the_order(s, view)


def off_the_order(s: Signals, view: TurnView) -> bool:
    """Whether goods are taken away too that can only be taken off the order: not sent yet, and none of the case's."""
    lex = families("cards")
    if not (lex["on_top"].search(s.plain) and lex["taken_away"].search(s.plain)):
        return False
    had = {entry["line"] for entry in _chosen(view)} | set(view.proposal.lines if view.proposal else {})
    unsent = {line.id for line in view.order.lines if line.unsent} if view.order else set()
    mentions = mentions_of(s.wording.text, view.order.lines) if view.order else []
    named = {line for one in mentions for line in one.lines}
    return bool(named) and named <= unsent and not named & had


_MORE = regex(
    rf"\b(?:(?P<n>\d{{1,3}}|{WORD_NUMBER}|an?) (?:more|extra|additional|further)|another)\b(?! (?:MONEY|PERCENT"
    rf"|order|refund))"
)


def one_more(s: Signals, view: TurnView, lines: Slots) -> Slots | Literal["unclear"] | None:
    """More units of goods that the card shows ("one more bulb", "another mug"); unclear where it shows others too."""
    named, card = lines.get("line"), view.proposal
    said = _MORE.search(s.plain)
    if (
        said is None
        or named is None
        or card is None
        or not isinstance(named.value, list)
        or len(named.value) != 1
    ):
        return None
    if named.value[0]["line"] not in card.lines:
        return None
    if len(card.lines) != 1:
        return "unclear"
    word = said.group("n") or "one"
    number = int(word) if word.isdigit() else NUMBER_WORDS.get(word, 1)
    return {"quantity": SlotValue(value={"more": number}, span=s.wording.origin(said.start(), said.end()))}


_FEW = 8
_ADDS = regex(
    r"\b(?:add|include|throw in|tack on"
    r"|(?:meant|wanted|forgot|asked|wants) to (?:leave|cancel|return|send|drop|skip|take|remove|not))\b"
)


def added(s: Signals, view: TurnView, similar: Similar) -> Slots | None:
    """Goods that the card does not show yet, where little else is said than that they come on top."""
    card = view.proposal
    little = len(s.plain.split()) <= _FEW or _ADDS.search(s.plain)
    if card is None or not little or not adds(s, view) or s.has("keep_it") or _has_sum(view):
        return None
    lines = line_slots(s, view.order, similar, list(card.lines)).get("line")
    if (
        lines is None
        or not isinstance(lines.value, list)
        or any(e["line"] in card.lines for e in lines.value)
    ):
        return None
    named = mentions_of(s.wording.text, view.order.lines) if view.order else []
    if any(is_out(s.wording.text, one) for one in named) and not off_the_order(s, view):
        return None  # "The mug stays, and add the shipping" adds no mug.
    return {"line": lines} if any(ch.isalpha() for ch in lines.span) else None


def _chosen(view: TurnView) -> list[dict[str, Any]]:
    """The lines of the case with their numbers: as the card shows them, else as they were told."""
    entries = view.slots.get("line")
    lines = [dict(entry) for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    if view.proposal is not None and not lines and view.slots.get("cancel_order"):
        return [{"line": line, "quantity": n, "amount": None} for line, n in view.proposal.lines.items()]
    if view.proposal is not None:
        shown = view.proposal.lines
        return [entry | {"quantity": entry["quantity"] or shown.get(entry["line"])} for entry in lines]
    number = view.slots.get("quantity")
    if len(lines) == 1 and lines[0].get("quantity") is None and number:
        lines[0]["quantity"] = number
    return lines


def _widened(command: Command, before: list[dict[str, Any]], view: TurnView) -> Command:
    """The command with the lines of before, where it names none of them and stays with the order."""
    line = command.slots.get("line")
    fits = isinstance(command, SetSlot | CorrectSlot | Answer) or (
        isinstance(command, StartFlow) and command.flow == view.flow
    )
    if line is None or not isinstance(line.value, list) or not fits or _elsewhere(command, view):
        return command
    had = {entry["line"] for entry in before}
    if any(entry["line"] in had for entry in line.value):
        return command
    both = SlotValue(value=[*before, *line.value], span=line.span)
    return command.model_copy(update={"slots": command.slots | {"line": both}})


def _unsure(command: Command, before: list[dict[str, Any]], view: TurnView) -> Command:
    """A change in the place of other goods of a card with an amount of its own: what the sum is to be is asked."""
    if view.proposal is None or not isinstance(command, SetSlot | CorrectSlot) or "amount" in command.slots:
        return command
    if _widened(command, before, view) == command:
        return command
    return Clarify(changes=True, confidence=0.8, span=command.span)


def _elsewhere(command: Command, view: TurnView) -> bool:
    order = command.slots.get("order")
    same = (
        order is not None
        and view.order is not None
        and str(order.value).lstrip("#") == view.order.number.lstrip("#")
    )
    return (order is not None and not same) or "order_query" in command.slots
