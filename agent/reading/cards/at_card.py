"""What is said while a card is open: a yes, a no, a change to what it says; or something that only looks like one."""

from __future__ import annotations

import re

from agent.commands import (
    Affirm,
    CancelCase,
    Clarify,
    Command,
    CorrectSlot,
    Handoff,
    SetSlot,
    SlotValue,
)  # fmt: skip
from agent.reading.cards.added_goods import added, adds
from agent.reading.cards.as_it_stands import gone_ahead, nothing_of_it
from agent.reading.cards.asked import is_question, sum_asked
from agent.reading.cards.fees_kept import fees_kept
from agent.reading.cards.goods import goods
from agent.reading.cards.held_back import held_back
from agent.reading.cards.line_counts import line_counts
from agent.reading.cards.own_limit import OWN_LIMIT, changed_instead, made_it
from agent.reading.cards.proof import shown
from agent.reading.cards.returns import fees, rejection, return_refund, seen, verdict
from agent.reading.cards.shipping import as_shipping, shipping_beside, shipping_instead, with_shown
from agent.reading.cards.supplier import claim
from agent.reading.cards.taken_off import taken_off
from agent.reading.cards.turned_round import turned_round
from agent.reading.cards.wanted_back import wanted_back
from agent.reading.facts.figures_said import MAKES_IT, Figure, figures
from agent.reading.facts.payment import payment_said
from agent.reading.facts.price_now import price_put_right
from agent.reading.facts.slots import Slots
from agent.reading.goods.items import Similar
from agent.reading.goods.left_alone import rest_of_case
from agent.reading.goods.the_other import other_than_shown
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.values.money import exact
from agent.reading.values.spans import bare
from agent.reading.view import TurnView
from agent.reading.words.act import HARD, Act
from agent.reading.words.signals import Signals

_READERS = {
    "refund": goods,
    "create_return": fees,
    "approve_return": fees,
    "receive_return": seen,
    "supplier_verdict": verdict,
    "reject_return": rejection,
    "request_supplier_review": claim,
}


_HAS_FEES = frozenset({"create_return", "approve_return"})
_ASKS_PROOF = frozenset({"refund", "create_return", ""})
"""Cards that proof belongs to; on others "the proof" only says why something is decided otherwise."""
_NOT_WORTH_IT = regex(
    r"^\W*(?:(?:nah|no|nope|ok|okay|well|yes|it's|it is|that's)\W+)*not worth\b(?!.*\b(?:refund|money)\b)"
)
"""Why goods do not come back, said of a refund: nothing is called off."""
_ASIDES = frozenset(
    "ask_status ask_policy ask_action ask_balance capabilities handoff select resume draft balance lookup".split()
)
_ASKS = frozenset("ask_status ask_policy ask_action ask_balance balance lookup".split())
_OWN_MATTER = frozenset("greet oos policy balance lookup_order".split())
INSTEAD = regex(r"\b(?:instead|rather|not|no|actually|wait|sorry|correction|don't|scratch|changed)\b")


def said(name: str, s: Signals) -> bool:
    """Whether words of this family of ``cards.lex`` stand in the message."""
    return families("cards")[name].search(s.plain) is not None


def leaves_shipping_out(s: Signals) -> bool:
    """Whether the shipping is not to be paid back."""
    return said("shipping_out", s) and not s.has("question")


def of_this_order(s: Signals, view: TurnView) -> bool:
    """Whether no other order is named than that of the card."""
    named = {
        bare(str(span.value)) for span in s.kind("order") if not span.text.isdigit() or len(span.text) > 3
    }
    return view.proposal is not None and named <= {bare(view.proposal.order)}


def card_command(s: Signals, act: Act | None, view: TurnView, similar: Similar) -> Command | None:
    """What a whole message does to the open card, where that is plain; else nothing, and it is read as any other."""
    card = view.proposal
    if card is None or view.pending is not None or not of_this_order(s, view):
        return None
    if is_question(s):
        return sum_asked(s, view)
    text = s.wording.text.strip()
    told = [figure for figure in figures(s) if not figure.old]
    first = (
        _stays(s, told)
        or _holds(s)
        or turned_round(s, view)
        or wanted_back(s, view)
        or shipping_instead(s, view)
        or nothing_of_it(s, view)
        or price_put_right(s, view)
        or (fees_kept(s, view) if card.write in _HAS_FEES else None)
        or gone_ahead(s, view)
    )
    if first:
        return first
    if (s.has("handoff") or OWN_LIMIT.search(s.plain)) and not changed_instead(s, card):
        return None if s.has("handoff") else Handoff(role="supervisor", confidence=0.9, span=text)
    asks = act is not None and act.name in _ASKS
    ruled = (
        asks and told and (made_it(s) or (act is not None and act.name == "ask_policy" and said("marks", s)))
    )
    if act is not None and act.name in _ASIDES - {"handoff"} and act.strength >= 0.7 and not ruled:
        return None  # "Policy is 15 now, use that" asks nothing.
    if card.write == "refund" and not told and s.has("keep_it") and _NOT_WORTH_IT.match(s.plain):
        return SetSlot(slots={"return_needed": SlotValue(value=False, span=text)}, confidence=0.9, span=text)
    decided = _yes_or_no(s, told)
    if decided is not None:
        return decided
    decides = act is not None and act.name in {"affirm", "cancel"} and act.strength >= HARD
    unchanged = decides and not told and rest_of_case(s, view) is None
    proof = shown(s, view) if card.write in _ASKS_PROOF else None
    change = None if unchanged else _beside_proof(s, view, similar) if proof else change_of(s, view, similar)
    change = change or (None if unchanged else proof)
    return held_back(change, s, view) if change is not None else None


def _beside_proof(s: Signals, view: TurnView, similar: Similar) -> Command | None:
    """What is to be different, told with its proof ("add one bulb, same picture", "I count four on it, not 3")."""
    if not (adds(s, view) or any(figure.old for figure in figures(s))):
        return None
    change = change_of(s, view, similar)
    return change or Clarify(changes=True, confidence=0.7, span=s.wording.text.strip())


def _holds(s: Signals) -> Command | None:
    """The card withdrawn until it is told what is different: "hang on"."""
    told = said("hold", s) and not (s.has("handoff") or OWN_LIMIT.search(s.plain))
    return Clarify(changes=True, confidence=0.9, span=s.wording.text.strip()) if told else None


def _stays(s: Signals, told: list[Figure]) -> Command | None:
    """The card as it is, shown once more: asked for, or somebody else is to press its button."""
    text = s.wording.text.strip()
    if MAKES_IT.search(s.plain):
        return None
    shown = said("shows_again", s) and not told
    presses = said("another_presses", s) and not INSTEAD.search(s.plain)
    return Affirm(confidence=0.9, span=text) if shown or presses else None


def _yes_or_no(s: Signals, told: list[Figure]) -> Command | None:
    text = s.wording.text.strip()
    if said("yes", s) and not told_otherwise(s) and not _left(told, s):
        return Affirm(confidence=0.95, span=text)
    if said("no", s) and not told and not re.search(r"\b(?:send|return\w*|label)\b", s.plain):
        return CancelCase(confidence=0.9, span=text)
    return None


def _goods_told(s: Signals, view: TurnView, similar: Similar) -> Slots | str | None:
    """The goods that the card is to be about, where they are told by those it shows."""
    return line_counts(s, view) or other_than_shown(s, view) or taken_off(s, view) or added(s, view, similar)


def change_of(s: Signals, view: TurnView, similar: Similar) -> CorrectSlot | Clarify | None:
    """What is to be different on the card of the view; a Clarify where that is not clear."""
    card = view.proposal
    if card is None:
        return None
    text = s.wording.text.strip()
    reader = return_refund if card.settles_return else _READERS.get(card.write)
    goods_card = card.write in _ASKS_PROOF and not card.settles_return
    told = _goods_told(s, view, similar) if goods_card else None
    slots = (told or reader(s, view, similar)) if reader else {}
    if isinstance(slots, dict) and "line" in slots:
        out = {"shipping": SlotValue(value=exact("0", None), span=text)} if leaves_shipping_out(s) else None
        slots = (out or shipping_beside(s)) | slots
    if isinstance(slots, str):
        return Clarify(changes=True, confidence=0.8, span=text)
    slots = as_shipping(with_shown(slots, s, view), view)
    if slots and card.write == "refund" and (payment := payment_said(s)) is not None:
        slots = {"payment": payment, **slots}
    return CorrectSlot(slots=slots, confidence=0.9, span=text) if slots else None


def _left(told: list[Figure], s: Signals) -> list[Figure]:
    """Figures beside a yes; the 2 of "good 2 go" is none."""
    return told[1:] if re.search(r"\b(?:good|gtg) 2 go\b", s.plain) else told


def told_otherwise(s: Signals) -> bool:
    """Whether the words speak against a yes."""
    return bool(re.search(r"\b(?:but|except|only|instead|don't|do not|never|wait|not)\b", s.plain))


def may_change(s: Signals, intent: str) -> bool:
    """Whether the facts of a message are meant for the card: said alone, as a change, or as the case's matter."""
    if is_question(s):
        return False
    few = len(s.plain.split()) <= 4  # Nothing but facts: "2 units", "goodwill".
    return few or said("marks", s) or intent not in _OWN_MATTER
