"""Several commands in one message: where one ends and the next begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from agent.reading.guards.outright import act_of
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.text.wording import word
from agent.reading.values.orders_meant import parts_by_order
from agent.reading.words.act import Act, Open
from agent.reading.words.signals import Signals, signals_of
from agent.reading.words.supplier_notes import only_as_note

_BREAK = regex(
    r"(?<=[.!?])\s+|\s*[;\n]+\s*|\s*,\s*(?:and\s+|then\s+|but\s+|also\s+|plus\s+)*"
    r"|\s+(?:and then|and also|and|then|also|plus|&|but|\+|afterwards)\s+",
    re.IGNORECASE,
)
_SALUTES = regex(
    r"^\s*(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|morning"
    r"|dear)(?: (?:there|team|all|desk|everyone|guys|folks|again))?\s*[,.!:;-]+\s*"
    r"|(?:hi|hello|hey) (?:there )?(?!how\b|are\b|there\b|again\b|everyone\b|all\b)(?=\S+ \S))",
    re.IGNORECASE,
)
_THANKS = regex(
    r"[\s,.!;-]*\b(?:many thanks|thanks(?: a lot| so much| again| in advance)?"
    r"|thank you(?: very much| so much)?|thx|ty|cheers|tia)"
    r"(?:\s(?:team|all|guys|mate|again))?[\s.!:)]*$",
    re.IGNORECASE,
)
_RECEIVED = regex(
    r"^\W*(?:no|ok(?:ay)?|great|perfect|all good|got it|i (?:have )?(?:received|got).*|got (?:the"
    r"|my|her) .*|that's all|all done|done|\w+)\W*$",
    re.IGNORECASE,
)
STARTS = regex(
    r"^(?:(?:and|then|also|plus|please|but|now|so|just|can you|could you|afterwards"
    r"|after that|i need to|need to|we need to|you can|i want to"
    r"|i'd like to|let's|go|ok|okay|yes|first|next|maybe|finally|while you're at it|lastly|hi"
    r"|hello|no|wait|otherwise) ?[,:]? )*"
    r"(?:refund|return|create|open|start|approve|accept|reject|decline|deny|refuse|cancel"
    r"|claim|ask|request|check|pull|show|look|tell|write|send|draft"
    r"|reply|email|what|when|where|why|how|who|is|has|did|give|credit|file|close|mark|log"
    r"|record|withdraw|drop|waive|switch|back to|get|bill|charge|raise"
    r"|reimburse|set up|forget|stop|never mind|hold|park|issue|process|make|resume|abort"
    r"|don't|do|exchange|swap|escalate|hand|kill|status|review|void|dispute|submit"
    r"|pay (?:it|that|this|her|him|them|everything) out)\b"
)
_ONLY_ORDER = regex(
    r"^(?:(?:order|for|on|number|no|nr|re|it's|it is|that's|that is|this is|all|the|her|his|their|is|was|under|about"
    r"|of|so|btw|by the way|talking)\W*)*(?:ORDERNO|RETURNNO)"
    r"(?:\W|and\b|please\b|too\b|as well\b|btw\b|by the way\b|is (?:the|her|his|their) (?:order|number)\b)*$"
)
"""Only which order it is ("its 7333", "order is 1516"): a fact of what is asked beside it."""
_ONLY_NO = regex(r"^\W*(?:no|nope|nah|oops|ups|wait|sorry|hm+|oh)\W*$")
"""A word that leads to what is meant instead."""
_PRICE_TOLD = regex(
    r"^(?:and |so |just |all of )*what (?:we|they|it|these|those|the \w+)(?:'d|'ve| have| had)?"
    r" (?:paid|costs?|spent)\b(?!.*\?)"
)
"""How much is meant, told by what it cost; nothing is asked ("claim it from them, what we paid for the clock")."""
_OTHER_THING = regex(r"^(?:and |then |also |please )*\w+ (?:the|her|his) \w+")
_HEADS = frozenset(
    "refund return review progress supplier_request supplier_result supplier_cancel balance "
    "ask_balance ask_policy ask_action "
    "ask_status lookup select resume draft handoff cancel waive evidence".split()
)
_FACTS_ONLY = frozenset({"evidence", "waive", "lookup"})


@dataclass(slots=True)
class Clause:
    """A part of a message that asks for one thing."""

    start: int
    end: int
    signals: Signals
    act: Act | None


def clause_of(text: str, start: int, end: int, spans: list[Span], known: frozenset[str], now: Open) -> Clause:
    """Read ``text[start:end]`` as one clause."""
    inside = [
        Span(s.kind, s.start - start, s.end - start, s.text, s.value)
        for s in spans
        if s.start >= start and s.end <= end
    ]
    signals = signals_of(word(text[start:end], inside, known), inside)
    return Clause(start, end, signals, act_of(signals, now))


def whole_clause(text: str, spans: list[Span], known: frozenset[str], now: Open) -> Clause:
    """The whole message as one clause, without salutation and thanks."""
    start, end = _between_courtesies(text)
    return clause_of(text, start, end, spans, known, now)


def split_clauses(text: str, spans: list[Span], known: frozenset[str], now: Open) -> list[Clause]:
    """The clauses of a message: one, unless a second part begins with its own verb or names its own order."""
    start, end = _between_courtesies(text)
    cuts = [cut for cut in _cuts(text, spans) if start < cut < end]
    if cuts and (by_order := [cut for cut in parts_by_order(text, spans) if start < cut < end]):
        return [clause_of(text, a, b, spans, known, now) for a, b in pairwise([start, *by_order, end])]
    edges = [start, *cuts, end] if cuts else []
    parts = [clause_of(text, a, b, spans, known, now) for a, b in pairwise(edges) if text[a:b].strip()]
    ranges = _merged(parts)
    if len(ranges) < 2:
        return [clause_of(text, start, end, spans, known, now)]
    read = {(part.start, part.end): part for part in parts}
    return [read.get((a, b)) or clause_of(text, a, b, spans, known, now) for a, b in ranges]


def _between_courtesies(text: str) -> tuple[int, int]:
    """Where a message begins and ends once salutation and thanks are left aside (all of it if nothing else is said)."""
    hello, thanks = _SALUTES.match(text), _THANKS.search(text)
    start = hello.end() if hello else 0
    end = thanks.start() if thanks else len(text)
    said = re.search(r"\w{2}", text[start:end]) and not _RECEIVED.match(text[start:end])
    return (start, end) if said else (0, len(text))


_ONE_WISH = regex(
    r"\b(?:cancel|scrap|bin|call off|stop|kill)\w* (?:it|that|the lot|everything|them|all(?: of (?:it|them))?"
    r"|the whole (?:lot|thing|order))(?: all)?(?: please| then)?(?:,? (?:and|&|then)|,| \+) (?:\w+ ){0,3}?"
    r"(?:refund|send|give|pay|money|reimburse)"
    r"|\bcancel (?:and|&|n|\+) (?:then )?(?:refund|reimburse|pay back|money back)",
    re.IGNORECASE,
)
"""Calling an order off and giving its money back is one thing."""


def _cuts(text: str, spans: list[Span]) -> list[int]:
    found = []
    whole = [match.span() for match in _ONE_WISH.finditer(text)]
    for match in _BREAK.finditer(text):
        inside = any(s.start < match.end() and match.start() < s.end for s in spans)
        inside = inside or any(a < match.end() and match.start() < b for a, b in whole)
        if not inside and match.start() > 0 and match.end() < len(text):
            found.append(match.end())
    return found


def _merged(parts: list[Clause]) -> list[tuple[int, int]]:
    """Ranges of clauses: each head with the facts around it."""
    groups: list[list[Clause]] = []
    head: Clause | None = None
    for part in parts:
        new = _of_another_order(groups[-1], head) if groups and head and _is_head(part) else None
        if new is not None:
            groups[-1], led = groups[-1][:new], groups[-1][new:]
            groups.append([*led, part])
            head = part
        elif (
            _is_head(part)
            and (head is None or _apart(head, part))
            and not (groups and _leaves_goods(part, groups[-1]))
        ):
            if head is None and groups:
                groups[-1].append(part)
            else:
                groups.append([*_led_by(groups, head, part), part])
            head = part
        elif groups:
            groups[-1].append(part)
        else:
            groups.append([part])
    return [(group[0].start, group[-1].end) for group in groups]


def _led_by(groups: list[list[Clause]], head: Clause | None, part: Clause) -> list[Clause]:
    """Taken off the group before: what begins the sentence of the new wish, where that is of another order or return.

    "R-5 on 1500 came in, rug is good. And Hanna keeps the mirror, so cancel R-6": she keeps it is of the second.
    """
    if head is None or not (part.signals.kind("order") or part.signals.kind("return")):
        return []
    group = groups[-1]
    first = next(n for n, one in enumerate(group) if one is head) + 1
    ends = [n for n in range(first, len(group)) if _ENDS.search(group[n - 1].signals.wording.text)]
    if not ends:
        return []
    groups[-1], led = group[: ends[-1]], group[ends[-1] :]
    return led


_ENDS = regex(r"[.!?]\s*$")


def _of_another_order(group: list[Clause], head: Clause) -> int | None:
    """Where, behind its head, a group turns to another order, so that the next wish is of that one; None where not.

    "Give 6120 her shipping back. And Zielak 6121, he does not like the clock, open a return for it".
    """
    at = next((n for n, part in enumerate(group) if part is head), 0)
    own = {s.value for part in group[: at + 1] for s in part.signals.kind("order")}
    for n, part in enumerate(group[at + 1 :], at + 1):
        if _ONLY_ORDER.match(part.signals.plain):
            continue  # One of a list: "shipping back on 3301, 3302 and 3303".
        named = {s.value for s in part.signals.kind("order")}
        if own and named and not named & own:
            return n
    return None


_LEAVES_ALONE = regex(
    r"^(?:\W|and|so|but|please|just|we|then|better)*(?:leave|don't touch|do not touch|let)"
    r" (?:that|this|it|those|them|these)(?: ones?)?"
    r"(?: (?:alone|be|out|untouched|there|as (?:it is|they are)))+(?: please| then)*\W*$"
)
"""The goods told of before are no part of it: nothing is called off."""


_LEAVE_IT = regex(r"^(?:\W|and|so|please|just|we)*leave (?:it|that|this|them|those)(?: please| then)*\W*$")


def _leaves_goods(part: Clause, group: list[Clause]) -> bool:
    """Whether goods told of right before are left as they are ("refund the desk, the mat is hers, leave it")."""
    told = len(group) > 1 and not _is_head(group[-1]) and any(_is_head(one) for one in group)
    return told and _LEAVE_IT.match(part.signals.plain) is not None


def _is_head(part: Clause) -> bool:
    if only_as_note(part.signals.wording.text):
        return False
    if part.act is None or part.act.name not in _HEADS or part.act.strength < 0.6:
        return False
    plain = part.signals.plain
    return not (
        _ONLY_ORDER.match(plain)
        or _ONLY_NO.match(plain)
        or _LEAVES_ALONE.match(plain)
        or _PRICE_TOLD.match(plain)
    )


def _named(part: Clause, kind: str) -> set[str]:
    return {str(span.value) for span in part.signals.kind(kind)}


def _own(first: Clause, second: Clause, kind: str) -> set[str]:
    """Orders, or returns, that only the second of two clauses names."""
    return _named(second, kind) - _named(first, kind)


def _apart(first: Clause, second: Clause) -> bool:
    """Whether `second` asks for something of its own."""
    one, two = first.act, second.act
    if one is None or two is None:
        return False
    starts = bool(STARTS.match(second.signals.plain))
    own_order = _own(first, second, "order") | (
        _own(first, second, "return") if _named(first, "return") else set()
    )
    if two.name in _FACTS_ONLY and one.name not in {"cancel", "select", "resume"}:
        return two.name == "lookup" and bool(own_order) and starts
    if own_order and (_named(first, "order") or _named(first, "return")):
        return True
    if (
        _tells_them(one, second)
        or one.name in _FACTS_ONLY - {"lookup"}
        or _belongs(one, two, bool(own_order))
    ):
        return False
    if one.name == two.name and one.topic == two.topic:
        return bool(own_order) and starts
    if {one.name, two.name} == {"refund", "return"}:
        return starts and bool(own_order or _OTHER_THING.match(second.signals.plain))
    short_cancel = two.name == "cancel" and len(second.signals.plain) < 30
    return short_cancel or (
        two.name != "cancel" and (starts or bool(own_order) or one.name in {"cancel", "select"})
    )


_TO_THEM = regex(
    r"^\W*(?:and |please |then |you (?:can|may|could) )*(?:write|tell|say|text|message|note|inform"
    r"|e-?mail|mail|answer)(?: to| for)?(?: (?:them|him|her|it|the \w+))?"
    r"(?: (?:by|in|via|per) (?:an? |the )?(?:e-?mail|mail|message|reply|chat|text|letter))?\s*(?::|that\b)"
    r"|^\W*(?:and |please |then )*(?:tell|inform) (?:them|the (?:supplier|vendor|factory|maker|manufacturer)) "
    r"(?!to\b|about\b|of\b|we\b|i\b)"
)


def _tells_them(one: Act, second: Clause) -> bool:
    """Whether the second holds the words that the first asks, for supplier or customer ("claim it. write them: …")."""
    return one.name in {"supplier_request", "review"} and _TO_THEM.match(second.signals.plain) is not None


def _belongs(one: Act, two: Act, own_order: bool) -> bool:
    """Whether the second only tells more of a decision on a return ("reject it, she cannot send it back")."""
    return one.name == "review" and not own_order and (two.name == "return" or two.strength < 0.7)
