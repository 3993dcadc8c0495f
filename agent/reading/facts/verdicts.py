"""What a supplier answered to a claim: approved, in part, rejected, with the sum and the reason."""

from __future__ import annotations

import re
from itertools import pairwise

from agent.commands import SlotValue
from agent.reading.facts.slots import Slots
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.values.money import exact
from agent.reading.words.signals import Signals
from agent.reading.words.supplier_notes import refusal_of

_PAY = (
    r"(?:approv|accept|agree|pay|paid|cover|credit|refund|reimburs|take"
    r"|bear|grant|give|settl|send|transfer|compensat)"
)
_NOTE = regex(
    r"\b(?:reject\w*|declin\w+|den(?:y|ied|ies)|refus\w+|said no|says no|won't \w+|turned \w+ down|knocked \w+ back)\b"
    r"(?:[^,:;]{0,20}[,:;]\s*|(?: \w+){0,3}?\s(?=(?:because|since|as|bc|for)\b))"
    r"(?:(?:(?:they|he|she|it|and) )*(?:says?|said|claims?|claiming|saying|because|bc|as|since|for"
    r"|reason)(?: that| is|:)? )?"
    r"(?P<text>.{4,})$",
    re.I,
)
_REJECTS = regex(
    r"\b(?:reject\w*|rejctd|den(?:y|ied|ies)|declin\w+|refus\w+|turn(?:ed|s)?(?: \w+){0,3} down|knock(?:ed"
    r"|s)?(?: \w+)? back"
    rf"|(?:won't|will not|don't|do not|doesn't|didn't|did not|does not|wouldn't|not (?:willing|going|prepared"
    rf"|happy) to)"
    rf" (?:\w+ )?{_PAY}\w*|disagree\w*|not their|isn't their|nothing|sa(?:id|ys) no"
    rf"|(?:answer|reply|verdict|decision)(?: is| was)? no|a no|no luck|zero"
    rf"|not a (?:cent|penny))\b"
)
_PART = regex(
    r"\b(?:MONEY of|of the MONEY (?:\w+ )?(?:we |i )?(?:asked|requested|claimed|wanted)"
    r"|\d of|partial\w*|partly|in part|part of|half|PERCENT|only|just|some of|not all|knocked down"
    r"|instead of)"
)
_APPROVES = regex(
    r"\b(?:approv(?:ed|es?|al|ing)|appr(?:vd|d)?|accept(?:ed|s|ing)?|agree[ds]?|grant(?:s|ed)?|allow(?:s|ed)|paid|pays?|cover(?:s|ed)"
    r"|credit(?:s|ed)|refund(?:s|ed)|reimburs(?:es|ed)|ate it|eat it|gave|gives?|offer(?:s|ed)?|settled"
    r"|ok(?:ay)?'?ed|green ?light|they (?:only |just )?(?:cover|credit|refund|take|bear|grant|send|transfer)(?= )"
    rf"|(?:will|'ll|ready to|willing to|happy to|going to|prepared to|agreed to) (?:\w+ )?{_PAY}\w*"
    r"|in full|full\b(?: (?:amount|refund|credit|cost|sum))?|the (?:whole )?lot|sa(?:id|ys) (?:yes|ok|okay)"
    r"|no objections?)\b"
    r"|^\W*(?:yes|ok|okay|full)\W*$"
)
_UNDECIDED = regex(
    r"\b(?:still (?:looking|checking|waiting|reviewing|thinking|deciding|open)|look(?:s|ing)? into|under review"
    r"|get back"
    r"|no (?:answer|reply|news|decision|word)|not (?:yet|decided|answered|replied)|(?:have|has)n't"
    r"|will (?:decide|check|review|look|answer|reply|let us know|come back|think)|consider\w*|maybe|perhaps|might"
    r"|unless|until"
    r"|only if|(?:wants?|needs?|asks?|asked|asking|requests?|requested) (?:for )?(?:\w+ )?(?:more|proof|photos?"
    r"|pictures?|evidence"
    r"|info\w*|details?|time))\b"
)
_REST = regex(r"\b(?:rest|remainder|remaining|balance|others?)\b")
_SUM_ENDS = regex(
    r"\s*(?:$|[,.;:!?)]|\x00|(?:we|that|which|requested|asked|claimed|we'd|and|but|the rest|rest|only|for (?:it"
    r"|this|that|us)|as"
    r"|because|so|on|back|towards?|not|instead|max|tops|at most|ord|order|out of|of)\b)",
    re.IGNORECASE,
)


def tells_verdict(plain: str) -> bool:
    """Whether words of a supplier's decision stand in the plain form."""
    return bool(_REJECTS.search(plain) or _APPROVES.search(plain)) and not _UNDECIDED.search(plain)


def rejects(plain: str) -> bool:
    """Whether a claim was turned down, and nothing else is said of a payment."""
    return bool(_REJECTS.search(plain)) and not _UNDECIDED.search(plain)


def verdict_slots(s: Signals, found: Slots) -> None:
    """Verdict, sum and reason. What is not understood leaves the verdict open: it is asked for, never guessed."""
    told = _NOTE.search(s.wording.text)
    if told:
        text = told.group("text").strip()
        found.setdefault("note", SlotValue(value=text.strip(" .\"'"), span=text))
    elif "note" not in found and rejects(s.plain) and (why := refusal_of(s)) is not None:
        found["note"] = why
    _of_what_was_asked(s, found)
    unread = _take_sum(s, found)
    verdict = _verdict(s, "review_amount" in found, unread)
    if verdict is not None:
        found["verdict"] = verdict


_OF_THE = regex(r"\b(?:out )?of (?:the |our |those )?$", re.IGNORECASE)
_ASKED_FOR = regex(
    r"\s?(?:euros?|pounds?|dollars?|quid)?\s?(?:that )?(?:we|i|we'd|i'd)?(?: had| have)? ?"
    r"(?:asked|requested|claimed|wanted)\b",
    re.IGNORECASE,
)


def _of_what_was_asked(s: Signals, found: Slots) -> None:
    """Of "18.00 of the 26.50" the first is paid, the other was asked for; of "of the 9 we asked for, 6" the second."""
    sums = s.kind("money")
    text = s.wording.text
    figures = [span for span in s.spans if span.kind in {"money", "number"}]
    for first, second in pairwise(figures):
        if _OF_THE.search(text[: first.start]) and _ASKED_FOR.match(text[first.end :]):
            value = second.value if second.kind == "money" else exact(str(second.value), None)
            found["review_amount"] = SlotValue(value=value, span=second.text)
    for first, second in pairwise(sums):
        if re.fullmatch(r"\s?(?:out )?of (?:the |our |those )?", s.wording.text[first.end : second.start]):
            found["review_amount"] = SlotValue(value=first.value, span=first.text)
            found.pop("return_fee", None)


def _take_sum(s: Signals, found: Slots) -> bool:
    """Put the sum where it stands bare ("10 of the 18"); whether a figure is left that was not understood."""
    figures = [
        span
        for span in s.spans
        if span.kind == "number" or (span.kind == "quantity" and re.search(r"\d", span.text))
    ]
    found.pop("quantity", None)
    if "review_amount" in found:
        return False
    sums = [
        span for span in figures if _SUM_ENDS.match(s.wording.text[span.end :]) and not _for_goods(s, span)
    ]
    if len(sums) == 1 and len(figures) == 1:
        digits = re.search(r"\d+", str(sums[0].value) if sums[0].kind == "number" else sums[0].text)
        assert digits is not None
        found["review_amount"] = SlotValue(value=exact(digits.group(), None), span=sums[0].text)
        found.pop("line", None)
        return False
    return bool(figures)


def _for_goods(s: Signals, span: Span) -> bool:
    """Whether the figure counts goods ("for 2 of the 3")."""
    return bool(re.search(r"\bfor (?:only |just |the )?$", s.wording.text[: span.start], re.IGNORECASE))


def _verdict(s: Signals, has_sum: bool, unread: bool) -> SlotValue | None:
    plain = s.plain
    if _UNDECIDED.search(plain):
        return None
    no, part, yes = _REJECTS.search(plain), _PART.search(plain), _APPROVES.search(plain)
    rest_only = bool(no and _REST.search(plain) and (has_sum or (yes and yes.start() < no.start())))
    if no and not rest_only:
        return _said(s, "rejected", no)
    if (part or rest_only) and not unread:
        return _said(s, "partially_approved", part or no or yes)
    return _said(s, "approved", yes) if yes and not unread else None


def _said(s: Signals, verdict: str, match: re.Match[str] | None) -> SlotValue:
    span = s.wording.origin(match.start(), match.end()) if match else s.wording.text.strip()
    return SlotValue(value=verdict, span=span)


WHAT_WE_PAID = regex(
    r"\b(?:what(?:ever)?|that which) (?:we|it) (?:paid|pay|gave|spent|cost)(?: (?:to )?(?:them|him|her|it"
    r"|us|the (?:supplier|vendor)))*\b"
    r"|\b(?:our|the (?:full|whole|entire)|all (?:of )?(?:our|the)) (?:own )?costs?\b(?! (?:review|claim"
    r"|recovery|dispute))"
)
"""The whole supplier cost, told by whose money it was."""


_NO_WHY = regex(
    r"\b(?:product|item|unit|goods|return|shipping|postage|purchase|full|whole|entire|all|total|complete|costs?|price|amount|sum"
    r"|money|adjustment|of|it|the|this|that|them|for|and|please|pls|thanks|now|everything|in|our|we|paid|what)\b|[\W\d_]",
    re.IGNORECASE,
)


def says_why(text: str) -> bool:
    """Whether words behind a claim say why it is made, and not only how much of what ("product cost, all of it")."""
    return bool(_NO_WHY.sub("", text))
