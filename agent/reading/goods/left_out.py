"""Goods that are named because they are not meant: "everything but the lamp", "4100 but not the mat"."""

from __future__ import annotations

import re

from agent.reading.goods.items import Mention, mentions_of
from agent.reading.goods.left_alone import is_denied, only_left_alone, without_kept, without_left_alone
from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.view import LineView

_BUT = regex(
    r"\b(?:all(?: of (?:it|them))?|everything|all (?:the )?items|whole order|the rest|every (?:item|line)"
    r"|full order|order"
    r"|(?:the |whole )lot|whole thing)\s*,?\s*"
    r"(?:but|except|excluding|apart from|other than|without|save|minus|bar|barring)(?: for)?(?: not)?"
    r"\s(?P<not>[^.;,]+)",
    re.IGNORECASE,
)
_COUNT = regex(rf"(?:the |only |just )?(?:\d{{1,3}}|{WORD_NUMBER}|\x00+)\b(?! ?x\b)|\x00", re.IGNORECASE)
"""A number of units that is left out ("all but one"): no goods."""
_NOT_THEM = regex(
    r"\b(?:but not|except(?: for)?|excluding|apart from|other than|not including|leav(?:e|ing) out|without)"
    r"\s(?P<not>[^.;,:]+)",
    re.IGNORECASE,
)
"""Goods that are left out ("refund 4100 but not the mat")."""
_CAME_ALONE = regex(
    r"\b(?:only|just) (?:the |her |his )?(?P<not>[^.;,]+?) (?:arrived|came|turned up|showed up|made it|got here"
    r"|(?:was|were) (?:inside|included|packed|delivered|in|there)|(?:is|are) (?:fine|ok|okay"
    r"|here))\b(?! (?:broken|damaged|late|torn|cracked))"
    r"(?=.*\b(?:the rest|rest of|everything else|all else|the others?|all the other|nothing else"
    r"|what(?:'s| is) missing)\b"
    r"|.*(?:\x00{8,}|\x00 else\b))",
    re.IGNORECASE,
)
"""The one thing that came, where the others are meant ("only the boots arrived, refund the rest")."""
_GOT_ALONE = regex(
    r"\b(?:got|received|has|had|found|unpacked|contained|held) (?:only|just) (?:the |her |his )?(?P<not>[^.;,:]{2,30}?)"
    r"(?: in (?:it|there|the (?:box|parcel|package)))?(?=[.;,:]|\s(?:and|but|so)\b)"
    r"(?=.*\b(?:missing|never (?:came|arrived)|the rest|rest of|the others?|not (?:in|there|inside)"
    r"|wasn'?t|weren'?t)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""The one thing that somebody got, where the others are missing ("she got only the pot, the cups are missing")."""
_THERE = regex(
    r"(?:^|[:;,.]\s*|\bthe |\b(?:her|his) )(?P<not>[^.;,:]{2,30}?)"
    r" (?:(?:is|are|was|were) (?:there|in (?:it|there|the (?:box|parcel|package))|inside|present|included)\b"
    r"|(?:arrived|came|turned up|showed up)(?: after all| fine| ok(?:ay)?| all right| alright)?(?=\s*[,.;]|\s+but\b))"
    r"(?=.*\b(?:missing|never (?:came|arrived)|not (?:in|there|inside)|lacking|absent|wasn'?t|weren'?t"
    r"|didn'?t|did not|hasn'?t|haven'?t)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""What is there beside what is missing ("case is there, charger missing")."""
_ONLY_THIS_WAS = regex(
    r"(?:\bnot\b|n'?t\b|\bnever\b|\bmissing\b|\black\w*)[^;!?]{0,60}?[,.;]\s*(?:and |it was )?(?:only|just)"
    r" (?:the |her |his )?(?P<not>[^.;,:]{2,30}?) (?:was|were|is|are|did|came|arrived)"
    r"(?: there| in (?:it|there)| inside)?(?=\s*(?:$|[.,;!]))",
    re.IGNORECASE,
)
"""The one thing that was there, told last ("the poster wasn't in the parcel, only the frame was")."""
_AROUND_THEM = regex(
    r"\b(?:doesn'?t|does not|didn'?t|did not|won'?t|not|never) (?:fit|match|go|suit|work)"
    r"(?: on| in| under| into| with| onto| to)? (?:his|her|their|my|the|our|a|an) (?P<not>[^.;,:]+)",
    re.IGNORECASE,
)
"""What the customer has at home ("it does not fit his desk")."""


def _without_denied(text: str, mentions: list[Mention]) -> list[Mention]:
    """The goods meant beside those that are denied ("not the small, the large"); none where no others are named."""
    denied = {line for one in mentions if is_denied(text, one) for line in one.lines}
    left = [one for one in mentions if one.sure and not denied & set(one.lines)]
    if denied and all(one.sure and denied >= set(one.lines) for one in mentions):
        return []
    return left if denied and left else mentions


_FINE_WITH = regex(
    r"\bthe (?P<not>[^.;,:]{2,40}?),? (?:(?:she|he|they|the customer|customer)(?: will|'ll| wants? to| is| can)?"
    r" (?:us(?:e|es|ing)|keep(?:s|ing)?|likes?|needs?)|(?:stays?|can stay|remains?|is (?:fine|ok|okay"
    r"|good)|are (?:fine|ok|okay|good)))\b",
    re.IGNORECASE,
)
"""Other goods that the customer is fine with ("the filters she will use")."""


_CAME_SO = regex(
    r"\b(?:came|arrived?|delivered|sent|shipped|packed|turned up|showed up|was|were|is|got (?:it|them"
    r"|here|there))\s(?:\w+\s)?$",
    re.IGNORECASE,
)


def _left_out(text: str) -> re.Match[str] | None:
    """Where goods are left out; what a parcel came without is missing from it instead."""
    for match in _NOT_THEM.finditer(text):
        if not (match.group().lower().startswith("without") and _CAME_SO.search(text[: match.start()])):
            return match
    return None


def says_all_but(text: str) -> bool:
    """Whether all of an order is meant save what is named."""
    return bool(_BUT.search(text))


def leaves_out(text: str) -> bool:
    """Whether something is named that is not meant, so that the rest is."""
    return bool(_BUT.search(text) or _NOT_THEM.search(text))


_REST_OF = regex(
    r"\b(?:rest|remainder|others?|remaining)(?: ones)? (?:of )?(?:(?:the|her|his|their|these|those) )?(?P<what>\w+)",
    re.IGNORECASE,
)
"""Of which kind the rest is ("the rest of the mugs")."""
_HAS_IT = regex(
    r"\s(?:(?:she|he|they|customer|client)(?:'s| has| have)? (?:also |already )?(?:got|has|have|received)\b"
    r"|(?:came|arrived|was in|was there|is (?:there|fine|ok|okay))\b)",
    re.IGNORECASE,
)


def all_but(text: str, lines: list[LineView]) -> tuple[list[str], str]:
    """The lines that are left when those named are left out, and the words; none where nothing is left out so."""
    match = _BUT.search(text) or _CAME_ALONE.search(text) or _GOT_ALONE.search(text) or _THERE.search(text)
    if match is not None and _COUNT.match(match.group("not")):
        return [], ""
    if match is None:
        match = _left_out(text)
        if match is None or _COUNT.match(match.group("not")) or mentions_of(text[: match.start()], lines):
            return [], ""
    named = {line for mention in mentions_of(match.group("not"), lines) for line in mention.lines}
    named |= {
        line for one in mentions_of(text, lines) if _HAS_IT.match(text[one.end :]) for line in one.lines
    }
    of = _REST_OF.search(text)
    kind = {line for one in mentions_of(of.group("what"), lines) for line in one.lines} if of else set()
    left = [line.id for line in lines if line.id not in named and (not kind or line.id in kind)]
    return (left, match.group().strip()) if named and len(lines) > 1 else ([], "")


def lacking(text: str, lines: list[LineView]) -> list[str]:
    """The goods that are named as missing beside those that are there; empty where none are named."""
    there = _THERE.search(text)
    if there is None:
        return []
    here = {line for one in mentions_of(there.group("not"), lines) for line in one.lines}
    if _COUNT.match(there.group("not")) or _REST_OF.search(text):
        return []  # "Only the rust yarn was inside, the rest of the yarn is missing."
    behind = [one for one in mentions_of(text, lines) if one.sure and one.start >= there.end()]
    named = list(dict.fromkeys(line for one in behind for line in one.lines))
    return [line for line in named if line not in here] if here and not here & set(named) else []


_SOME_OF_ONE = regex(
    rf"\b(?:all|everything|the (?:whole )?lot|whole order)\s*,?\s*(?:but|except(?: for)?|bar|save(?: for)?|minus)"
    rf" (?P<n>\d{{1,2}}|{WORD_NUMBER}) (?P<not>(?!of\b)[^.;,]+)",
    re.IGNORECASE,
)


def all_but_some(text: str, lines: list[LineView]) -> tuple[str, int, str] | None:
    """All of an order save some units of one line ("all but one cup"): that line, their number and the words."""
    match = _SOME_OF_ONE.search(text)
    if match is None or len(lines) < 2:
        return None
    word = match.group("n").lower()
    count = int(word) if word.isdigit() else NUMBER_WORDS[word]
    named = {line for m in mentions_of(match.group("not"), lines) for line in m.lines}
    whole = next((line for line in lines if {line.id} == named), None)
    if whole is None or not 0 < count < whole.quantity:
        return None
    return whole.id, count, match.group().strip()


def without_left_out(text: str, mentions: list[Mention]) -> list[Mention]:
    """The goods that are meant: not those left out ("the vases but not the mat"), nor what stands around them."""
    if only_left_alone(text, mentions):
        return []
    if (there := _ONLY_THIS_WAS.search(text)) is not None:
        mentions = _without_there(mentions, there)
        if not mentions:
            return []
    mentions = without_left_alone(text, without_kept(text, _without_denied(text, mentions)))
    out = _left_out(text)
    around = out or _AROUND_THEM.search(text)
    if around is None:
        stays = _FINE_WITH.search(text)
        return _without_staying(mentions, stays) if stays is not None else mentions
    first, last = around.span("not")
    kept = [one for one in mentions if not (first <= one.start and one.end <= last)]
    return kept if out or kept else mentions


def _without_there(mentions: list[Mention], there: re.Match[str]) -> list[Mention]:
    """The goods meant beside the one that was there; a word that both are called by is the other one's."""
    first, last = there.span("not")
    here = {line for one in mentions if first <= one.start and one.end <= last for line in one.lines[:1]}
    left = [
        Mention(one.start, one.end, rest, sure=one.sure or len(rest) == 1)
        for one in mentions
        if not (first <= one.start and one.end <= last)
        and (rest := [line for line in one.lines if line not in here])
    ]
    return left


def _without_staying(mentions: list[Mention], stays: re.Match[str]) -> list[Mention]:
    """The goods meant beside those that stay, where there are any others and those are named nowhere else."""
    first, last = stays.span("not")
    inside = [one for one in mentions if first <= one.start and one.end <= last]
    names = {line for one in inside for line in one.lines}
    others = [one for one in mentions if one not in inside]
    apart = bool(others) and not any(names & set(one.lines) for one in others)
    return others if apart else mentions
