"""The other goods of a card, where only the number of one of them is told anew: "he'll take one of the belts"."""

from __future__ import annotations

from agent.commands import Command, CorrectSlot, SlotValue
from agent.reading.goods.all_lines import entry_of
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_ALONE = regex(
    r"\b(?:only|just|alone|instead|rather|nothing (?:else|but)|not|no|without|except|forget|drop|remove|meant"
    r"|mean)\b|n't\b"
)
"""The goods that are named may take the place of all the others."""


def with_the_rest(commands: list[Command], s: Signals, view: TurnView) -> list[Command]:
    """The commands, with the other goods of the card kept beside those that are counted anew."""
    card = view.proposal
    by_sum = view.slots.get("amount") not in (None, {"kind": "full"}) or s.kind("money")
    if card is None or card.write not in {"refund", "create_return"} or card.settles_return or by_sum:
        return commands
    return commands if _ALONE.search(s.plain) else [_kept(command, card.lines) for command in commands]


def _kept(command: Command, shown: dict[str, int]) -> Command:
    line = command.slots.get("line") if isinstance(command, CorrectSlot) else None
    if line is None or not isinstance(line.value, list):
        return command
    counts = {entry["line"]: entry.get("quantity") for entry in line.value}
    if not set(counts) < set(shown) or not all(
        isinstance(n, int) and n != shown[i] for i, n in counts.items()
    ):
        return command
    entries = [entry_of(name, counts.get(name, units)) for name, units in shown.items()]
    both = SlotValue(value=entries, span=line.span)
    return command.model_copy(update={"slots": command.slots | {"line": both}})
