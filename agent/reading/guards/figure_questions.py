"""Questions answered by one figure: the speaker's own limit, what a return leaves once its fees are taken."""

from __future__ import annotations

from agent.reading.facts.fees import fees_said
from agent.reading.text.patterns import regex
from agent.reading.words.act import Act, Open
from agent.reading.words.decisions import decision_of
from agent.reading.words.signals import Signals

_SURE = 0.95
_WHAT = r"(?:what|what's|what is|how (?:high|much|big|large|far)|remind me|tell me|which)"
_OWN_LIMIT = regex(
    rf"\b{_WHAT}\b[^.?!;]{{0,30}}\bmy (?:own )?(?:\w+ )?limits?\b"
    r"|^\W*my (?:own )?(?:\w+ )?limits?\b[^.;,]{0,24}\?"
    r"|\bhow (?:much|high|far|big)(?: a refund)? (?:can|may|could|am) i\b(?: \w+){0,5} (?:myself|alone|(?:on|by) my own"
    r"|by myself|without (?:a |an |any)?(?:second|someone|somebody|supervisor|approval|asking|sign\w*)\b)"
    r"|\bhow (?:much|high|far|big)(?: a refund)? (?:can|may|could) i (?:approve|sign(?: off)?|press|confirm"
    r"|authori[sz]e)\b"
)
_AFTER_FEES = regex(
    r"\b(?:what|what's|what is|how much)\b[^.?!;]{0,40}\b(?:after|net of|less|minus|once"
    r"|without)\b[^.?!;]{0,16}\b(?:fees?|restock\w*"
    r"|deductions?|charges?)\b"
    r"|\b(?:what|what's|how much)\b[^.?!;]{0,24}\b(?:net|in the end|bottom line)\W*$"
)


_FOR_IT = r"(?: (?:for|out of|from|on) (?:it|that|this|them|those|these|the \w+|RETURNNO))?"
_GETS = regex(
    r"^(?:\W|so|and|but|ok|okay|then|RETURNNO|ORDERNO)*(?:what|what's|how much|how much money)(?: (?:does|will|would|do"
    r"|should|can))? (?:she|he|they|(?:the )?customer)"
    rf" (?:gets?|receives?|ends? up with|have|be (?:paid|given)|see)(?: back)?{_FOR_IT}"
    r"(?: (?:in total|in all|altogether|now|then|back|in the end"
    r"|(?:once|when|after) (?:we|it|they|the \w+)(?: \w+){1,3}))?\W*$"
    r"|^(?:\W|so|and|but|ok|okay|then)*(?:what|how much)(?: (?:is|does|would|will|do))?"
    rf"(?: (?:that|it|this|the return|RETURNNO))?(?: (?:be|makes?|comes?(?: to| out)?|mean|is|out))*{_FOR_IT}"
    r" (?:for|to) (?:him|her|them|(?:the )?customer)(?: (?:then|now|in total|altogether|after \w+(?: \w+)?))?\W*$"
)


_PAYS = regex(
    r"\b(?:pay|refund|give|send|transfer|settle|release|reimburse|(?:should|shall|must|can) (?:get|have))\b"
)
"""Before "what": what is to be paid, and no question ("pay out what came back, less the fee")."""


def _is_asked(s: Signals) -> bool:
    after = _AFTER_FEES.search(s.plain)
    return after is not None and ("?" in s.plain or _PAYS.search(s.plain[: after.start()]) is None)


_LEFT_OF_IT = regex(
    r"\b(?:what|what's|whats|how much)\b[^.?!;]*\b(?:gets?|receives?|left|remains?|over|pay ?out|net|back|refund\w*|see"
    r"|have|end up|owe|due|come (?:to|out)|worth)\b"
)


def _with_fees(s: Signals, now: Open) -> bool:
    """Whether it is asked what a request would leave, were fees taken ("if we keep 15% what would she get?")."""
    if not now.requested_return or now.busy or not _LEFT_OF_IT.search(s.plain) or decision_of(s.plain):
        return False
    return any(fee.value["kind"] != "none" for fee in fees_said(s, named_only=True).values())


def asked_for(s: Signals, now: Open) -> Act | None:
    """The figure that a question asks for, as a topic; nothing where it asks for another or for none."""
    if not s.has("question", "wh"):
        return None
    if _OWN_LIMIT.search(s.plain):
        return Act("ask_policy", _SURE, "own_limit")
    reviewed = now.flow == "review_return" and now.requested_return
    of_return = now.open_return or now.received_return or reviewed
    gets = _GETS.match(s.plain) and not now.proposal and of_return
    if (gets or _is_asked(s) or _with_fees(s, now)) and not s.has("supplier"):
        return Act("ask_status", _SURE, "return_worth")
    return None
