"""What came back, and in which state: counts of units, and what is said of the rest of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from agent.commands import SlotValue
from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.words.signals import Signals
from agent.reading.words.unit_states import says_came, state_of

N = rf"(?:\d{{1,3}}|{WORD_NUMBER}|both)"
_EXPECTED = regex(
    rf"\b(?:(?:instead of|rather than|out of|of|from|not)(?: the| her| his| their| these| those| all)?"
    rf"|should (?:have )?(?:be|been|send|sent|return|returned|contain|hold)|(?:supposed|meant) to (?:be"
    rf"|send|return)) {N}\b(?! of)"
)
"""The number that was expected: no count of what came ("4 instead of 5", "3 of the 5")."""
_MENTION = regex(
    rf"(?<![\w/.,#-])(?:(?P<but>(?:all|everything|every one|the lot|both)\b[^,.;]{{0,24}}?(?:but|bar"
    rf"|except(?: for)?|apart from|minus|save)"
    rf"(?: the)?) )?(?P<n>{N})(?![\w%])(?! (?:days?|weeks?|months?|hours?|minutes?|am|pm|times?|secs?|seconds?"
    rf"|moment|thing"
    r"|sizes?|stars?|percent)\b)"
    r"|\b(?P<rest>(?:the )?(?:rest|others|other ones|remaining(?: ones| units)?|remainder))\b"
    r"|\b(?P<other>(?:the (?:other|first|second|third|fourth|last)|another|(?<=[,.;:] )(?:first|second|third|fourth"
    r"|fifth|last|other))(?: one| (?!(?:is|was|came|has|had|did|never|not|only|also|just|still|really|arrived|looks)\b)"
    r"[a-z]+)?)"
    r"(?= (?:(?:simply|just|sadly|also|really|actually|only|still|\w+ly) )?(?:is|was|came|looks|arrived|has"
    r"|had|never|did|not|isn't|wasn't|didn't|missing|gone|fine|ok|okay|good|perfect|damaged|broken|cracked|chipped"
    r"|scratched|dented|torn)\b)"
    r"|(?<!of )\b(?P<all>all(?! of (?:\d|_))|everything|every one|the lot|each|they|they're|those|these"
    r"|whole lot|contents?)\b"
)
_NO_COUNT = regex(
    r"\b(?:this|that|no|any|which|each|every|another|right|wrong|same|first|second|last|box|parcel|size|number"
    r"|part|the) $"
)
BREAK = regex(r"[,;.!?\n]+|\b(?:and|but|while|whereas|plus|though|however|with)\b")
_PARTIAL = regex(r"\b(?:only|just|so far|yet|for now|up to now|at the moment|the first)\b")
UNSURE = regex(
    r"\b(?:some|few|several|most|many|half|part|a couple) of\b|\b(?:some|several|most) (?:are|were|is)\b"
)
_KEYED = regex(
    rf"^\W*(?:\w+ ){{0,2}}(?:good|ok|okay|fine|damaged|broken|bad|missing)\W{{0,3}}{N}\W+(?:and )?"
    rf"(?:good|ok|okay|fine|damaged|broken|bad|missing)\W{{0,3}}{N}(?:\W|$)"
)
_ARRIVED = regex(
    r"\b(?:(?:is|are|was|were|came|come|got|it's|they're|has|have) (?:\w+ )?(?:back|in|here)|arrived|came"
    r"|landed|turned up"
    r"|showed up|received|returned|parcel|package|box|back (?:at|in|with)|inspected|unpacked|on my desk"
    r"|delivered back)\b"
)
_ALL_GOOD = regex(
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


_FOREIGN = regex(
    rf"\b(?:(?:the )?(?:other|third|fourth|last|extra)(?: one)?|{N})(?: \w+)? (?:is|was|are|were|belongs?"
    rf"|comes?|came)(?: \w+)? "
    r"(?:from|to|of|for|by)? ?(?:another|a different|some other|someone else|somebody else|other|not (?:hers"
    r"|his|theirs|from her"
    r"|from him|from this|part of this|of this))\b[^,.;:!?]*"
)
"""Units of somebody else's parcel: none of this return."""


_ANNOUNCED = regex(
    rf"\b(?P<n>{N})(?: [a-z]+){{0,3}}? (?:was |were |had been )?(?:announced|expected|registered|due|declared|promised"
    r"|on the label|on the slip)\b"
)
"""Units that should have come ("four pads announced")."""


def _read(plain: str) -> _Seen:
    plain = _FOREIGN.sub(lambda m: " " * len(m.group()), plain)
    text = _EXPECTED.sub(lambda m: re.sub(rf"{N}$", lambda n: "_" * len(n.group()), m.group()), plain)
    text = _ANNOUNCED.sub(lambda m: "_" * len(m.group("n")) + m.group()[len(m.group("n")) :], text)
    seen = _Seen(unclear=bool(UNSURE.search(text)))
    keyed = bool(_KEYED.match(text))
    mentions = [m for m in _MENTION.finditer(text) if not _no_count(text, m)]
    ends = [*(m.start() for m in mentions[1:]), *([len(text)] if mentions else [])]
    open_number: int | None = None
    last = 0
    for match, end in zip(mentions, ends, strict=True):
        before = BREAK.split(text[last : match.start()])[-1]
        after = BREAK.split(text[match.end() : end])
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
    pieces = BREAK.split(head)
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
    here = counts["good"] + counts["damaged"]
    if len([n for n in counts.values() if n]) > 1 and seen.came in {here, here + counts["missing"]}:
        seen.came = 0  # How many there are in all, told before the counts ("four glasses: two fine, …").
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
        and not re.search(r"\b(?:not|except|apart)\b|n't", s.plain)
        and not _but(s.plain, match)
        and seen.all_state in {"good", None}
    ):
        return SlotValue(value="all_good", span=s.wording.origin(match.start(), match.end()))
    if seen.all_state and seen.all_state != "good" and seen.whole:
        entry = {"line": None, "good": 0, "damaged": 0, "missing": 0, "rest": seen.all_state, "whole": True}
        return SlotValue(value=[entry], span=s.wording.text.strip())
    return None


def _but(plain: str, good: re.Match[str]) -> bool:
    """Whether a "but" takes something from what is good; "the box is open but everything is fine" takes nothing."""
    head = plain[: good.start()]
    told = state_of(head) not in {None, "good"} or re.search(r"\b(?:else|otherwise|others?|rest)\b", plain)
    return "but" in plain[good.start() :].split() or ("but" in head.split() and bool(told))


def _number(word: str) -> int:
    low = word.lower()
    return int(low) if low.isdigit() else 2 if low == "both" else NUMBER_WORDS[low] if low else 0


def with_what_came(seen: SlotValue | None, before: Any) -> SlotValue | None:
    """The state told of units whose number was told before ("3 came back" … "all good")."""
    if (whole := _in_the_state_before(seen, before)) is not None:
        return whole
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


def _in_the_state_before(seen: SlotValue | None, before: Any) -> SlotValue | None:
    """Only how many came, where more were told of in one state: "3 came, no damage" … "sorry, 2 for this order"."""
    if seen is None or seen.value == "all_good" or not isinstance(before, list) or len(before) != 1:
        return None
    states = [name for name in ("good", "damaged", "missing") if before[0].get(name)]
    told = seen.value[0]
    if len(seen.value) != 1 or len(states) != 1 or states == ["missing"] or before[0].get("came"):
        return None
    if not told.get("came") or any(told.get(name) for name in ("good", "damaged", "missing", "rest")):
        return None
    entry = {"line": before[0].get("line"), "good": 0, "damaged": 0, "missing": 0, states[0]: told["came"]}
    return SlotValue(value=[entry], span=seen.span)


def part_of(part: str) -> dict[str, Any] | None:
    """The counts, or the one state, that a part of a message tells of one line; nothing where that is not plain."""
    seen = _read(part)
    if seen.unclear:
        return None
    if seen.numbers:
        entry = _entry(seen, part, asked=False)
        return entry if entry and not entry.get("came") else None
    state = state_of(part)
    return {"line": None, "good": 0, "damaged": 0, "missing": 0, "rest": state} if state else None
