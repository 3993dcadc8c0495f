"""What is clearly something else than an answer to the open question."""

from __future__ import annotations

import re

from agent.reading.answers.free_text import PLAIN_NO, other_order
from agent.reading.answers.numbers import told_instead
from agent.reading.answers.options import chosen_option
from agent.reading.clauses.one_way import GO_ON
from agent.reading.facts.figures_said import figures
from agent.reading.facts.what_is_left import number_left, says_what_is_left
from agent.reading.text.patterns import regex
from agent.reading.values.money import currency_of
from agent.reading.view import PendingView, TurnView
from agent.reading.words.act import Act
from agent.reading.words.signals import Signals

_ASIDES = frozenset(
    "ask_status ask_policy ask_action ask_balance capabilities handoff select resume draft".split()
)
_SUPPLIER = frozenset({"supplier_request", "supplier_cancel", "supplier_result"})


_FIGURES = frozenset({"amount", "quantity", "shipping", "return_fee", "restocking_fee"})


def _gives_figure(s: Signals, slot: str) -> bool:
    """Whether the figure asked for is told behind what is asked in return, or as what is left.

    "Is it that little? then 30 for today", "whatever hasn't been refunded".
    """
    if slot == "quantity" and "?" not in s.plain and (says_what_is_left(s.plain) or number_left(s.plain)):
        return True
    if slot not in _FIGURES:
        return False
    text = s.wording.text.rstrip()
    asked = text.rfind("?")
    told = [figure for figure in figures(s) if not figure.old]
    return 0 <= asked < len(text) - 1 and len(told) == 1 and told[0].start > asked


def blocks(act: Act | None, s: Signals, view: TurnView) -> bool:
    """Whether the clause is clearly something else than an answer."""
    pending = view.pending
    if act is None or pending is None or _gives_figure(s, pending.slot):
        return False
    if act.name == "cancel":
        keeps = pending.slot == "return_needed" and not re.search(
            r"\b(?:forget|cancel|stop|never mind|drop|leave)\b", s.plain
        )
        return not (PLAIN_NO.match(s.plain) or keeps)
    if act.name in _ASIDES:
        chosen = act.name == "select" and pending.slot in {
            "order",
            "return_id",
            "order_query",
            "tracking",
            "amount",
            "quantity",
            "clarify",
        }
        draft = act.name == "draft" and act.strength < 0.8
        told = act.name == "ask_status" and act.strength <= 0.7 and not s.has("question")
        return act.strength >= 0.7 and not (
            chosen or draft or told
        )  # "What she paid for it" answers how much.
    if act.name == "balance":
        return act.strength >= 0.8
    if act.name in {"waive", "retract"} or _another_way(act, s, pending):
        return True
    if act.name in _SUPPLIER:
        return (
            pending.slot not in {"review_amount", "review_notes", "review_kind", "verdict"}
            and act.strength >= 0.8
        )
    if act.name == "correct":
        return pending.slot in view.slots or not _is_direct(s, pending)
    tells_why = pending.slot == "reason" and bool(s.reasons) and _OF_ORDER.search(s.plain)
    return (
        other_order(s, view) and pending.slot not in {"order", "order_query", "return_id"} and not tells_why
    )


def _another_way(act: Act, s: Signals, pending: PendingView) -> bool:
    """Whether money is given where goods were to come back ("no return then, give him 5")."""
    gives = act.name == "refund" and act.strength >= GO_ON
    return gives and pending.flow == "merchant_return" and s.has("keep_it")


_OF_ORDER = regex(
    r"\b(?:duplicates?|double|copy|repeat|twin|clone|same|second)(?: \w+)? (?:of|as|to)(?: order)? ORDERNO"
)
"""Another order that is only named to say why: "a duplicate of 2210"."""


def _is_direct(s: Signals, pending: PendingView) -> bool:
    """Whether a correction-like phrase still answers what was asked ("sorry, 2", "I mean the one with the bell")."""
    slot = pending.slot
    if slot == "order" and chosen_option(s.wording.text, s.plain, pending.options) is not None:
        return True
    kinds = {
        "quantity": ("quantity", "number"),
        "amount": ("money", "number"),
        "order": ("order",),
        "tracking": ("tracking",),
        "return_fee": ("money", "number"),
        "restocking_fee": ("money", "number"),
        "inspection": ("number", "quantity"),
    }
    if slot in kinds and slot not in {"order", "tracking", "inspection"} and told_instead(s) is not None:
        return True
    if slot == "amount" and currency_of(s.wording.text) is not None:
        return True
    if slot == "return_needed" and re.match(r"\W*(?:yes|yeah|yep|yup)\b", s.plain):
        return True
    return any(s.kind(kind) for kind in kinds.get(slot, ())) and not re.search(
        r"\b(?:not|instead)\b", s.plain
    )
