"""What is said at a card and changes nothing of it: goods that are not on it and stay where they are."""

from __future__ import annotations

import re

from agent.commands import Affirm, Clarify, Command, ResumeCase, SlotValue
from agent.reading.cards.added_goods import adds, off_the_order
from agent.reading.cards.shipping import shipping_beside
from agent.reading.cards.taken_off import is_out
from agent.reading.facts.figures_said import figures
from agent.reading.goods.items import mentions_of, named_once
from agent.reading.goods.left_alone import only_others
from agent.reading.goods.unsent import unsent_meant
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.values.spans import bare
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_STAYS = regex(
    r"\b(?:keep(?:s|ing)?|stay(?:s|ing)?|remains?|leave|happy|likes?|loves?"
    r"|(?:is|are|was|were|'s) (?:fine|ok|okay)|pays? for"
    r"|already (?:has|have|got|there|with)|not (?:part|in|on|included|touched|concerned)|out of (?:it|this)"
    r"|untouched)\b"
)
_WISHES = regex(
    r"\b(?:refund\w*|money|credit|reimburs\w*|return\w*|back|too|as well|also|instead|include|add|swap"
    r"|MONEY|PERCENT|broken|missing)\b"
)


def nothing_of_it(s: Signals, view: TurnView) -> Command | None:
    """The card shown again: other goods stay where they are, or its own are told by not having left yet."""
    if figures(s) or shipping_beside(s) or off_the_order(s, view):
        return None
    if _own_done(s, view):
        return Clarify(changes=True, confidence=0.8, span=s.wording.text.strip())
    same = _others_done(s, view) or only_others(s, view) or _others_stay(s, view) or _only_unsent(s, view)
    return Affirm(confidence=0.9, span=s.wording.text.strip()) if same and not s.reasons else None


_GO_AHEAD = regex(
    r"^(?:(?:i'm |am |just )?back (?:from|at) (?:(?:the|my|a) )?\w+\W+)?"
    r"(?:\W|ok|okay|yes|yeah|yep|right|sure|great|perfect|fine|thanks|sorry|good|please|now|then|back)*"
    r"(?:go ahead|do it|proceed|go for it|please do|let's go|carry on|confirm(?: it)?)\b(?P<rest>.*)$"
)
_OF_THE_WORK = (
    "refund", "wants_return", "send_back", "keep_it", "cancels", "question", "supplier", "draft", "handoff",
    "shipping_back", "return", "corrects", "evidence",
)  # fmt: skip
_ASIDE = 6
"""Words of an aside at most."""


def gone_ahead(s: Signals, view: TurnView) -> Affirm | None:
    """The card shown once more: a yes with an aside that is none of the work ("ok go ahead, was at lunch")."""
    yes = _GO_AHEAD.match(s.plain)
    card = view.proposal
    others = [span for span in s.spans if card is None or bare(str(span.value)) != bare(card.order)]
    if yes is None or others or s.reasons or s.has(*_OF_THE_WORK):
        return None
    rest = yes.group("rest")
    lines = view.order.lines if view.order else []
    aside = len(rest.split()) <= _ASIDE and not families("cards")["marks"].search(rest)
    return (
        Affirm(confidence=0.9, span=s.wording.text.strip())
        if aside and not mentions_of(rest, lines)
        else None
    )


def gone_back_to(s: Signals, view: TurnView) -> Command | None:
    """The card of the case that is gone back to by its goods ("sorry, lunch. let's finish the cushions")."""
    card, order = view.proposal, view.order
    if card is None or order is None or view.pending or figures(s) or s.reasons or adds(s, view):
        return None
    mentions = named_once(s.wording.text, order.lines)
    if len(mentions) != 1 or not mentions[0].sure or not set(mentions[0].lines) <= set(card.lines):
        return None
    before, after = s.wording.text[: mentions[0].start].lower(), s.wording.text[mentions[0].end :]
    if not families("cards")["goes_back"].search(before) or not _SAYS_NO_MORE.match(after):
        return None
    text = s.wording.text.strip()
    return ResumeCase(slots={"order": SlotValue(value=card.order, span=text)}, confidence=0.9, span=text)


_SAYS_NO_MORE = regex(
    r"(?:\s(?:refund|case|one|thing|now|then|please|again|pls|up|off|first|order|return|ok|okay))*\W*$", re.I
)


_DONE_BEFORE = regex(
    r"\b(?:did|does|done|refunded|paid(?: back)?|sorted|handled|took|takes?|covered|was|has|had)"
    r" (?:only |just |already |for )*(?:the |her |his |their |that |those )?$",
    re.I,
)
_DONE_AFTER = regex(
    r"\s(?:only|already|(?:is|are|was|were|has been|have been|got) (?:already |just )?"
    r"(?:done|refunded|paid|sorted|handled|settled|through))\b",
    re.I,
)
_STILL = regex(
    r"\s(?:(?:is|are|does|do|was|were)n?'?t? )?(?:still|yet|remains?|left|open|outstanding|to do)\b", re.I
)


_DID_IT = regex(
    r"\b(?:did|(?:has|have|had|was|'s) done|already (?:did|done|refunded|paid|sorted|handled|settled))"
    r" (?:only |just |already |for )*(?:the |her |his |their |that |those )?$",
    re.I,
)


def _own_done(s: Signals, view: TurnView) -> bool:
    """Whether goods of the card are told as paid back by somebody before ("Eva did the mugs, the mat is open")."""
    card, order = view.proposal, view.order
    if card is None or order is None or card.write != "refund" or s.has("question"):
        return False
    ours = [one for one in mentions_of(s.wording.text, order.lines) if set(one.lines) & set(card.lines)]
    return any(_DID_IT.search(s.wording.text[: one.start]) for one in ours)


def _others_done(s: Signals, view: TurnView) -> bool:
    """Whether other goods were seen to before and those of the card are still to be ("Eva did the rug")."""
    card, order = view.proposal, view.order
    if card is None or order is None or s.has("question") or adds(s, view):
        return False
    text = s.wording.text
    mentions = named_once(text, order.lines)
    ours = [one for one in mentions if set(one.lines) <= set(card.lines)]
    others = [one for one in mentions if not set(one.lines) & set(card.lines)]
    if not ours or not others or len(ours) + len(others) < len(mentions) or not all(m.sure for m in mentions):
        return False
    done = all(_DONE_BEFORE.search(text[: m.start]) or _DONE_AFTER.match(text[m.end :]) for m in others)
    return done and all(_STILL.match(text[m.end :]) and not is_out(text, m) for m in ours)


def _others_stay(s: Signals, view: TurnView) -> bool:
    """Whether goods that the card does not show are said to stay with the customer, and nothing else is wished."""
    card, order = view.proposal, view.order
    if card is None or order is None or not card.lines or s.has("question") or adds(s, view):
        return False
    mentions = mentions_of(s.wording.text, order.lines)
    named = {line for one in mentions for line in one.lines}
    others = bool(mentions) and not named & set(card.lines)
    stays = _STAYS.search(s.plain) or all(one.sure and is_out(s.wording.text, one) for one in mentions)
    return others and bool(stays) and not _WISHES.search(s.plain) and not s.kind("money")


def _only_unsent(s: Signals, view: TurnView) -> bool:
    """Whether all that is said is that goods are meant which have not left, and these are the card's."""
    card, unsent = view.proposal, unsent_meant(s.wording.text, view.order)
    if card is None or view.order is None or not unsent or set(unsent) != set(card.lines):
        return False
    named = {line for one in mentions_of(s.wording.text, view.order.lines) for line in one.lines}
    return not named & set(card.lines) and not _WISHES.search(s.plain)
