"""Lexical guards: what a clause says outright, in the order in which one reading rules out the next.

Each guard looks at the word families of a clause and at what is open (a question, a card, a flow), and answers
with an :class:`~agent.reading.words.act.Act` or nothing. The first answer holds; its strength is the weight it gets
against the model's opinion.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.reading.guards import (
    calling_off,
    drafts,
    money_questions,
    payouts,
    plain,
    returns,
    rules,
    supplier,
    which_case,
    wishes,
    work,
)
from agent.reading.guards.plain import OUTRIGHT
from agent.reading.guards.work import got_refund_only
from agent.reading.text.patterns import regex
from agent.reading.values.orders_meant import MEANT_ORDER
from agent.reading.words.act import HARD, Act, Open
from agent.reading.words.decisions import decision_of
from agent.reading.words.reasons import is_quality
from agent.reading.words.signals import Signals
from agent.reading.words.topics import why_topic
from agent.reading.words.unit_states import tells_so_many

_SMALL_TALK = regex(
    r"\b(?:hi|hello|hey|hiya|good|morning|afternoon|evening|day|night|thanks?|thank|you"
    r"|cheers|bye|goodbye|see|ya|later|take|care|have|a|nice|great|"
    r"welcome|you're|howdy|greetings|much|appreciated|so|very|for|your|the|help|how|are"
    r"|things|is|it|everything|nothing|else|that's|that|all|ok|okay|"
    r"well|done|job|work|lovely|awesome|brilliant|perfect|again|today|there|team|now|then|and"
    r"|ta|yo|sup|what's|up|me|i|my|please|can|could|wonderful|lots|ton|many)\b|\W"
)


_WHY_NEEDED = regex(
    r"^\W*(?:and |but |wait |hm+ |, )*(?:why|what for|how come)\b.*\b(?:needs?|want|ask\w*|needed"
    r"|required?|necessary|matters?"
    r"|important)\b"
)


_WAYS = regex(
    r"^(?:\W|so|and|ok|okay|ORDERNO|on|for|with)*(?:what|which) (?:can|may|could|actions|options|ways|else can)\b"
    r"(?: \w+){0,4} (?:(?:on|with|about|for) (?:ORDERNO|order|it|this|that|here|the order|this one)|here)\W*$"
)
"""What is possible on an order: its card says so."""


_MAY_RETURN = regex(
    r"^(?:\W|and|so|but|then|ok|okay|well)*(?:can|could|may|might|is|would|are)"
    r" (?:she|he|they|it|(?:the )?(?:customer|client|buyer))\b"
    r"(?: still| then| even| also)?(?: be)?(?: able| allowed)?(?: to)? (?:return(?:ed)?|send|sent|bring)\b"
)
"""Whether goods may come back: asked, and no return wanted yet."""


def act_of(s: Signals, now: Open) -> Act | None:
    """The first guard's answer."""
    for guard in _GUARDS:
        act = guard(s, now)
        if act is not None:
            return act
    return None


def _why(s: Signals, _now: Open) -> Act | None:
    if s.has("capabilities"):
        return Act("capabilities", 0.85, "capabilities")
    if _now.pending and _WHY_NEEDED.match(s.plain):
        return Act("ask_policy", 0.95, "policy")
    if _WAYS.match(s.plain):
        return Act("ask_status", OUTRIGHT, "order")
    may = _MAY_RETURN.match(s.plain) or (not _now.busy and "returnable" in s.plain)
    if may and s.has("question") and not _now.proposal:
        return Act("ask_action", OUTRIGHT, "create_return")
    if not s.has("why_off"):
        return None
    plain_said = re.search(
        r"\b(?:gr[ea]yed|disabled|unavailable|not available|inactive|can't (?:i|we)|cannot|can not)\b",
        s.plain,
    )
    return Act("ask_action", 0.95 if plain_said else 0.9, why_topic(s.plain))


_BACK_TO = regex(r"\bback to (?:the|that|my|her|his)\b")
"""What is said behind it is of another case ("back to the anorak, go ahead with it")."""


_GO_WITH = regex(
    r"^\W*(?:(?:ok|okay|yes|right|so|and|now|then|please)\W+)*"
    r"(?:go ahead|go on|carry on|proceed|continue) with ORDERNO\b"
)
"""Another case than that of the card is gone on with."""


def _yes_or_no(s: Signals, now: Open) -> Act | None:
    confirms = None if _BACK_TO.search(s.plain) else s.found.get("confirms")
    if confirms and now.proposal and now.other_order and _GO_WITH.search(s.plain):
        return Act("resume", OUTRIGHT)
    if confirms and not _negated(s, confirms.start()) and not s.has("rejects", "handoff"):
        whole = len(confirms.group()) > 0.6 * len(s.plain)
        otherwise = s.has("corrects", "keep_it", "send_back") or re.search(
            r"\b(?:instead|but|except)\b", s.plain
        )
        if whole or (now.proposal and not otherwise):
            return Act("affirm", HARD if whole or _ends_with_yes(s, confirms) else 0.8)
    if (
        now.proposal
        and s.has("approves")
        and not s.has("negates_yes", "question", "corrects", "wh")
        and not tells_so_many(s)
        and len(s.plain) < 40
    ):
        return Act("affirm", HARD) if not (s.kind("order") or s.kind("return")) else None
    return None


def _ends_with_yes(s: Signals, confirms: re.Match[str]) -> bool:
    """Whether a yes is all that is said after a few words about something else ("back from lunch, ok go ahead")."""
    lead, rest = s.plain[: confirms.start()], s.plain[confirms.end() :]
    works = (
        s.spans or s.reasons or s.has("refund", "wants_return", "question", "cancels", "lookup", "supplier")
    )
    short = len(lead.split()) <= _A_FEW and re.search(r"[,.;!]\s*$", lead)
    return bool(short) and not works and not rest.strip(" .,!")


_A_FEW = 5
_VETO = regex(
    r"^\W*(?:ok(?:ay)?|please|no|wait|hm+|sorry|actually|and|but|,|\W)*\s*(?:don't|do not|never|shouldn't)"
    r" (?:\w+ )?(?:approve|accept|confirm|process|submit|execute|send|do|press|issue|go)\b"
)


def _vetoes_card(s: Signals, now: Open) -> Act | None:
    """A no to the open card ("don't approve that")."""
    if not now.proposal or not _VETO.match(s.plain) or s.kind("order") or s.has("supplier"):
        return None
    return Act("cancel", HARD)


def _negated(s: Signals, start: int) -> bool:
    """The negation veto: nothing that says no is read as a yes."""
    negates = s.found.get("negates_yes")
    return bool(negates) and not re.match(r"^(?:no (?:problem|worries)|hold it)", s.plain[start:])


def _greets(s: Signals, now: Open) -> Act | None:
    if not s.has("greets") or s.reasons or s.kind("order") or re.match(r"\W*(?:no|not)\b", s.plain):
        return None
    if s.has("got_refund"):
        return Act("greet", HARD if got_refund_only(s) else 0.7)
    rest = _SMALL_TALK.sub("", s.plain)
    return Act("greet", 0.93) if len(rest) <= 2 else None


def _hands_off(s: Signals, now: Open) -> Act | None:
    if not s.has("handoff") or s.has("asks_evidence"):
        return None
    money = re.search(r"\b(?:finance|accounting)\b", s.plain)
    outright = now.anything and not s.has("refund", "approves", "rejects", "question")
    return Act("handoff", HARD if outright else 0.9, "finance" if money else "supervisor")


def _retracts(s: Signals, now: Open) -> Act | None:
    if not s.has("retracts"):
        return None
    if any(is_quality(reason.code) for reason in s.reasons):
        return None
    mind = any(
        reason.code.value in {"changed_mind", "size_or_fit", "ordered_by_mistake"} for reason in s.reasons
    )
    return Act("retract", 0.92) if (mind or now.anything) and not s.has("question") else None


_REFUND_INSTEAD = regex(
    r"\b(?:refund|reimburse|pay|credit)\w*\b(?! of)[^.;!?]{0,30}\binstead\b(?! of)|\binstead\b,? (?:\w+ ){0,2}?refund\b"
)
"""The other way to make it good, where a return was wanted."""


def _corrects(s: Signals, now: Open) -> Act | None:
    if now.other_order and now.anything and MEANT_ORDER.search(s.plain) and not s.has("question", "refund"):
        return Act("correct", OUTRIGHT)
    if not s.has("corrects") or s.has("edit_return") or (s.has("question") and not now.anything):
        return None
    if now.flow == "review_return" and now.requested_return and s.has("rejects") and decision_of(s.plain):
        return None  # "Reject it instead" decides, and corrects no figure.
    if not now.anything and s.has("refund") and s.kind("order"):
        return None
    if _REFUND_INSTEAD.search(s.plain) and now.flow not in {"", "direct_refund"} and not now.proposal:
        return Act("refund", OUTRIGHT)
    if s.has("whole_order") or (s.reasons and not now.anything and not re.search(r"\breason\b", s.plain)):
        return None
    said = bool(s.kind("money") or s.kind("number") or s.kind("quantity") or s.kind("order"))
    if now.anything:
        return Act("correct", 0.9 if said or s.kind("money") else 0.85)
    return Act("correct", 0.8 if said else 0.65)


_GUARDS: tuple[Callable[[Signals, Open], Act | None], ...] = (
    money_questions.asked,
    rules.window,
    _why,
    plain.history,
    returns.parcel_asked,
    returns.held,
    returns.parcel_told,
    payouts.pays_return,
    payouts.pays_what_came,
    payouts.pays_early,
    supplier.verdict,
    supplier.calls_off,
    supplier.answered,
    supplier.claims,
    payouts.lowers_return,
    _vetoes_card,
    _yes_or_no,
    _greets,
    _hands_off,
    plain.overrides,
    which_case.selects,
    rules.general,
    supplier.supplier,
    plain.returned_goods,
    _retracts,
    returns.decides,
    returns.instructions,
    drafts.drafts,
    calling_off.of_another,
    calling_off.cancels,
    _corrects,
    returns.wanted_back,
    plain.refunds_goods,
    plain.gives_money,
    work.evidence,
    work.balance,
    rules.policy,
    work.status,
    work.progress,
    work.reviews,
    wishes.asks_money_or_goods,
    work.reports,
    work.rest,
)
