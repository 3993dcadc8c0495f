"""What came back, and in which state: counts of units, and what is said of the rest of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from agent.commands import SlotValue
from agent.reading.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.signals import Signals
from agent.reading.unit_states import says_came, state_of
from agent.reading.view import OrderView

_N = rf"(?:\d{{1,3}}|{WORD_NUMBER}|both)"
_EXPECTED = re.compile(
    rf"\b(?:(?:instead of|rather than|out of|of|from|not)(?: the| her| his| their| these| those| all)?"
    rf"|should (?:have )?(?:be|been|send|sent|return|returned|contain|hold)|(?:supposed|meant) to (?:be"
    rf"|send|return)) {_N}\b(?! of)"
)
"""The number that was expected: no count of what came ("4 instead of 5", "3 of the 5")."""
_MENTION = re.compile(
    rf"(?<![\w/.,#-])(?:(?P<but>(?:all|everything|every one|the lot|both)\b[^,.;]{{0,24}}?(?:but|bar"
    rf"|except(?: for)?|apart from|minus|save)"
    rf"(?: the)?) )?(?P<n>{_N})(?![\w%])(?! (?:days?|weeks?|months?|hours?|minutes?|am|pm|times?|secs?|seconds?"
    rf"|moment|thing"
    r"|sizes?|stars?|percent)\b)"
    r"|\b(?P<rest>(?:the )?(?:rest|others|other ones|remaining(?: ones| units)?|remainder))\b"
    r"|\b(?P<other>(?:the (?:other|first|second|third|fourth|last)|another)(?: one)?)"
    r"(?= (?:is|was|came|looks|arrived|has|had|never|did|not|isn't"
    r"|wasn't|didn't)\b)"
    r"|(?<!of )\b(?P<all>all(?! of (?:\d|_))|everything|every one|the lot|each|they|they're|those|these"
    r"|whole lot|contents?)\b"
)
_NO_COUNT = re.compile(
    r"\b(?:this|that|no|any|which|each|every|another|right|wrong|same|first|second|last|box|parcel|size|number"
    r"|part|the) $"
)
_BREAK = re.compile(r"[,;.!?\n]+|\b(?:and|but|while|whereas|plus|though|however|with)\b")
_PARTIAL = re.compile(r"\b(?:only|just|so far|yet|for now|up to now|at the moment|the first)\b")
_UNSURE = re.compile(
    r"\b(?:some|few|several|most|many|half|part|a couple) of\b|\b(?:some|several|most) (?:are|were|is)\b"
)
_KEYED = re.compile(
    rf"^\W*(?:\w+ ){{0,2}}(?:good|ok|okay|fine|damaged|broken|bad|missing)\W{{0,3}}{_N}\W+(?:and )?"
    rf"(?:good|ok|okay|fine|damaged|broken|bad|missing)\W{{0,3}}{_N}(?:\W|$)"
)
_ARRIVED = re.compile(
    r"\b(?:(?:is|are|was|were|came|come|got|it's|they're|has|have) (?:\w+ )?(?:back|in|here)|arrived|came"
    r"|landed|turned up"
    r"|showed up|received|returned|parcel|package|box|back (?:at|in|with)|inspected|unpacked|on my desk"
    r"|delivered back)\b"
)
_ALL_GOOD = re.compile(
    r"\b(?:all|both|everything|it|they|it's|that's|contents?|item|items"
    r"|condition)(?: \w+){0,3}? (?:good|okay|ok|fine|intact|perfect|undamaged|sellable"
    r"|like new|as new|clean|great)\b"
    r"|^(?:all |both |everything |looks |look |is |are |in )*(?:good|okay|ok|fine|intact"
    r"|perfect|undamaged|sellable|clean)(?: condition)?\W*$"
    r"|\b(?:no (?:damage|issues?|problems?|defects?)|in (?:good|perfect|great|fine|sellable"
    r"|mint) (?:condition|order|shape|nick)|received (?:ok|okay|fine|good|in full))\b"
    r"|\b(?:inspected|checked|received|back)[ ,:-]+(?:all )?(?:ok|okay|good|fine)\b"
)


@dataclass(slots=True)
class _Seen:
    """What a message says of the units of one return."""

    counts: dict[str, int] = field(default_factory=dict)
    came: int = 0
    all_state: str | None = None
    rest: str | None = None
    whole: bool = False
    unclear: bool = False
    numbers: bool = False


def inspection_of(s: Signals, *, asked: bool = False) -> SlotValue | None:
    """``"all_good"``, or one entry with the counts that were told.

    The entry may hold ``came`` (units that came back in a state nobody told) and ``rest`` (the state of every unit
    that was not counted: "arrived, one is scratched"); ``whole`` where the rest is of all lines. `asked`: it is what
    the open question asks.
    """
    seen = _read(s.plain)
    if seen.unclear:
        return None
    if not seen.numbers:
        return _without_counts(s, seen)
    entry = _entry(seen, s.plain, asked=asked)
    return SlotValue(value=[entry], span=s.wording.text.strip()) if entry else None


def _read(plain: str) -> _Seen:
    text = _EXPECTED.sub(lambda m: re.sub(rf"{_N}$", lambda n: "_" * len(n.group()), m.group()), plain)
    seen = _Seen(unclear=bool(_UNSURE.search(text)))
    keyed = bool(_KEYED.match(text))
    mentions = [m for m in _MENTION.finditer(text) if not _no_count(text, m)]
    ends = [*(m.start() for m in mentions[1:]), *([len(text)] if mentions else [])]
    open_number: int | None = None
    last = 0
    for match, end in zip(mentions, ends, strict=True):
        before = _BREAK.split(text[last : match.start()])[-1]
        after = _BREAK.split(text[match.end() : end])
        told = before if keyed else after[0]
        state = state_of(told) or (
            None if keyed else state_of(before) if last == 0 or _close(before) else None
        )
        _take(seen, match, state, came=says_came(after[0]) or says_came(before))
        open_number = _number(match.group("n") or "") if match.group("n") and state is None else None
        for piece in after[1:]:
            _of_piece(seen, piece, open_number)
        last = match.end()
    if not mentions or mentions[0].start() > 0:
        _of_piece(seen, _lead(text, mentions), None, lead=True)
    return seen


def _no_count(text: str, match: re.Match[str]) -> bool:
    return (
        match.group("n") == "one" and not match.group("but") and bool(_NO_COUNT.search(text[: match.start()]))
    )


def _close(before: str) -> bool:
    """Whether a state stands right before its number ("damaged: 2")."""
    return bool(before.strip()) and len(before.split()) <= 2


def _lead(text: str, mentions: list[re.Match[str]]) -> str:
    """The whole sentences before the first mention ("came back broken, …")."""
    head = text[: mentions[0].start()] if mentions else text
    pieces = _BREAK.split(head)
    return " ".join(pieces[:-1] if mentions else pieces)


def _take(seen: _Seen, match: re.Match[str], state: str | None, *, came: bool) -> None:
    if match.group("rest"):
        seen.rest = state or ("good" if came else seen.rest)
        return
    if match.group("all"):
        seen.all_state = state or seen.all_state
        seen.whole = seen.whole or came or state is not None
        return
    number = 1 if match.group("other") else _number(match.group("n"))
    if match.group("n") == "both" and seen.numbers:
        seen.all_state = state or seen.all_state
        return
    seen.numbers = True
    if match.group("but"):
        lead = match.group("but")
        exception = state if state not in {None, "good"} else "missing" if says_came(lead) or came else None
        if exception is None:
            seen.unclear = True
            return
        seen.counts[exception] = seen.counts.get(exception, 0) + number
        seen.rest, seen.whole = "good", True
    elif state:
        seen.counts[state] = seen.counts.get(state, 0) + number
    else:
        seen.came += number


def _of_piece(seen: _Seen, piece: str, open_number: int | None, *, lead: bool = False) -> None:
    """A piece of the sentence with no number of its own tells of the number before it, or of everything."""
    state = state_of(piece)
    if state is None or (lead and state == "damaged" and not says_came(piece) and seen.numbers):
        return
    if open_number and state != "good" and seen.came >= open_number and not says_came(piece):
        seen.came -= open_number
        seen.counts[state] = seen.counts.get(state, 0) + open_number
    elif seen.all_state is None:
        seen.all_state = state


def _entry(seen: _Seen, plain: str, *, asked: bool) -> dict[str, Any] | None:
    counts = {name: seen.counts.get(name, 0) for name in ("good", "damaged", "missing")}
    entry: dict[str, Any] = {"line": None, **counts}
    exceptions = counts["damaged"] + counts["missing"]
    left = max(0, seen.came - counts["good"] - counts["damaged"])
    if left:
        state = seen.all_state or ("good" if counts["damaged"] or seen.rest == "good" else None)
        if state == "missing":
            return None
        if state is None:
            entry["came"] = left
        else:
            entry[state] += left
    if seen.rest:
        entry["rest"] = seen.rest
    elif exceptions and not counts["good"] and not seen.came and not _PARTIAL.search(plain):
        whole = seen.all_state == "good" or seen.whole or asked or _ARRIVED.search(plain)
        entry |= {"rest": "good"} if whole else {}
    if entry.get("rest") and seen.whole:
        entry["whole"] = True
    return entry


def _without_counts(s: Signals, seen: _Seen) -> SlotValue | None:
    match = _ALL_GOOD.search(s.plain)
    if (
        match
        and not re.search(r"\b(?:not|except|but|apart)\b|n't", s.plain)
        and seen.all_state in {"good", None}
    ):
        return SlotValue(value="all_good", span=s.wording.origin(match.start(), match.end()))
    if seen.all_state and seen.all_state != "good" and seen.whole:
        entry = {"line": None, "good": 0, "damaged": 0, "missing": 0, "rest": seen.all_state, "whole": True}
        return SlotValue(value=[entry], span=s.wording.text.strip())
    return None


def _number(word: str) -> int:
    low = word.lower()
    return int(low) if low.isdigit() else 2 if low == "both" else NUMBER_WORDS[low] if low else 0


def with_what_came(seen: SlotValue | None, before: Any) -> SlotValue | None:
    """The state told of units whose number was told before ("3 came back" … "all good")."""
    came = [entry for entry in before if entry.get("came")] if isinstance(before, list) else []
    if seen is None or len(came) != 1:
        return seen
    left = int(came[0]["came"])
    told = (
        [{"line": None, "good": left, "damaged": 0, "missing": 0}] if seen.value == "all_good" else seen.value
    )
    if len(told) != 1 or any(told[0].get(name) for name in ("came", "good") if seen.value != "all_good"):
        return seen
    entry = {**came[0], **{k: v for k, v in told[0].items() if k not in {"line", "rest", "whole"}}}
    entry.pop("came", None)
    if seen.value != "all_good":
        entry["good"] = max(0, left - entry["damaged"])
    return SlotValue(value=[entry], span=seen.span)


def inspection_by_line(s: Signals, found: dict[str, SlotValue]) -> SlotValue | None:
    """One entry a line where each line named has its own state ("blue mug ok, lamp broken")."""
    lines = found["line"].value if "line" in found else []
    pieces = [piece for piece in re.split(r"[,;.]|\band\b", s.plain) if state_of(piece)]
    if len(lines) < 2 or len(pieces) != len(lines):
        return None
    entries = []
    for line, piece in zip(lines, pieces, strict=True):
        entry: dict[str, Any] = {"line": line["line"], "good": 0, "damaged": 0, "missing": 0}
        state = str(state_of(piece))
        told = {state: line["quantity"]} if line["quantity"] else {"rest": state}
        entries.append(entry | told | ({"rest": "good"} if line["quantity"] and state != "good" else {}))
    return SlotValue(value=entries, span=s.wording.text.strip())


_HOLLOW = re.compile(r"\bempty\b|\bnothing (?:was |is |were )?(?:in|inside)\b")


def with_line(seen: SlotValue | None, found: dict[str, SlotValue]) -> SlotValue | None:
    """Counts under the one line that was named with them."""
    lines = found["line"].value if "line" in found else []
    if seen is None or len(lines) != 1 or not isinstance(seen.value, list) or len(seen.value) != 1:
        return seen
    return SlotValue(value=[{**seen.value[0], "line": lines[0]["line"]}], span=seen.span)


_OF_US = re.compile(
    r"(?:^|(?<=[,.;!?]))\W*(?:(?:and|but|so|then|now) )*(?:i|we|my|our) (?!\w* ?(?:see|saw|found|find|got"
    r"|received|opened|unpacked"
    r"|checked|inspected|looked|counted|have (?:it|them|the)))[^,.;!?]*"
)
"""A piece that tells of the writer ("i could not open the door"), and nothing of the goods."""


def inspection_by_words(s: Signals, found: dict[str, SlotValue], order: OrderView | None) -> SlotValue | None:
    """The state of one line told without counting ("the lamp came back, it's broken", "the box was empty")."""
    state = "missing" if _HOLLOW.search(s.plain) else state_of(_OF_US.sub(" ", s.plain))
    lines = found["line"].value if "line" in found else []
    held = {line.id: line.quantity for line in order.lines} if order else {}
    only = lines[0]["line"] if len(lines) == 1 else next(iter(held)) if len(held) == 1 and not lines else None
    if state is None or only is None or _UNSURE.search(s.plain):
        return None
    entry: dict[str, Any] = {"line": only, "good": 0, "damaged": 0, "missing": 0}
    count = (lines[0]["quantity"] if lines else None) or (1 if held.get(only) == 1 else None)
    return SlotValue(
        value=[entry | ({state: count} if count else {"rest": state})], span=s.wording.text.strip()
    )
