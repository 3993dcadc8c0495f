"""What did not come, told by what did: "only 3 came, 1 short", "3 arrvd, rfnd the missing one"."""

from __future__ import annotations

import re

from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span

_NUMBER = rf"(?<![\w.,/#€£$-])(?P<n>\d{{1,3}}|{WORD_NUMBER})\b(?![.,]\d|\s?(?:%|[€$£¥]))"
_CAME = regex(
    rf"\b(?:(?:only|just) )?{_NUMBER}(?: (?!not\b|never\b|broken|dmg|damag)[a-z'’-]+){{0,2}}? "
    r"(?:came|arrived|arr?i?vd|arrd|turned up|showed up|made it|got (?:here|there)|(?:was|were) (?:in|there)"
    r"|in (?:the |her |his )?(?:box|parcel|prcl|pkg|package))\b"
    r"(?! (?:back|in|home|home again)\b)(?!(?: \w+)? (?:broke\w*|brkn|damaged?|dmgd?|crack\w*|torn|late|smashed"
    r"|wrong|defect\w*|faulty|in (?:bits|pieces)))",
    re.IGNORECASE,
)
_GONE = regex(
    rf"{_NUMBER}(?: (?!only\b|just\b)[a-z'’-]+)?? (?:(?:is|are|was|were) )?(?:missing|mi?ssi?n?g|msng|mssng|short"
    rf"|lacking|gone|absent"
    r"|not (?:there|in)|never came|did ?n['’]?t (?:come|arrive))\b"
    rf"|\b(?:missing|msng|short by) (?P<m>\d{{1,3}}|{WORD_NUMBER})\b",
    re.IGNORECASE,
)
_SHORT = regex(
    r"\b(?:missing|mssng|msng|missg|short|lacking|(?:the )?(?:rest|others?|remaining|remainder|diff\w*)"
    r"|did ?n['’]?t (?:come|arrive)"
    r"|never (?:came|arrived))\b",
    re.IGNORECASE,
)


_INSTEAD = regex(
    rf"{_NUMBER}(?: (?!not\b|broken|dmg|damag|wrong)[a-z'’-]+){{0,4}}? (?:instead of|rather than"
    rf"|where (?:there|it) should be|and not|not|out of)"
    rf" (?:the |all )?(?P<m>\d{{1,3}}|{WORD_NUMBER})\b(?![.,]\d|\s?(?:%|[€$£¥]))",
    re.IGNORECASE,
)
_IN_THE_BOX = regex(
    r"\b(?:inside|in (?:it|there|the (?:box|parcel|package|carton|bag))|came|arrived|got|received|counted|found"
    r"|delivered|short|missing|turned up|unpacked)\b",
    re.IGNORECASE,
)
_WISHED = regex(
    r"\b(?:wants?|wanted|meant|needs?|needed|make it|should be|ordered|keeps?|back)\b", re.IGNORECASE
)


def _instead(text: str) -> list[Span]:
    """Of "9 candles inside instead of 12" the three that did not come."""
    found = _INSTEAD.search(text)
    sentence = re.split(r"[.;!?] ", text[: found.start()])[-1] + found.group() if found else ""
    if found is None or not _IN_THE_BOX.search(sentence) or _WISHED.search(sentence):
        return []
    came, most = _value(found.group("n")), _value(found.group("m"))
    if not 0 < came < most:
        return []
    told = Span("told", found.start("m"), found.end("m"), found.group("m"), None)
    return [Span("quantity", found.start("n"), found.end("n"), found.group("n"), most - came), told]


def short_of(text: str) -> list[Span]:
    """The units that did not come, where both or one of the counts is told; what came counts nothing.

    A number of missing units is that number; where only what came is told, it is all but those.
    """
    if instead := _instead(text):
        return instead
    gone, came = _GONE.search(text), _came(text)
    if gone is not None and (came is None or gone.start() != came.start()):
        name = "n" if gone.group("n") else "m"
        missing = Span(
            "quantity", gone.start(name), gone.end(name), gone.group(name), _value(gone.group(name))
        )
        told = (
            [Span("told", came.start("n"), came.end("n"), came.group("n"), None)] if came is not None else []
        )
        short = gone.group().lower().endswith("short") or came is not None or name == "m"
        return [*told, missing] if short else []
    if came is None or not _SHORT.search(text[: came.start()] + text[came.end() :]):
        return []
    left = {"all_but": _value(came.group("n"))}
    return [Span("quantity", came.start("n"), came.end("n"), came.group("n"), left)]


_WELL = regex(
    rf"{_NUMBER}(?: (?!not\b|never\b|broken|dmg|damag)[a-z'’-]+){{0,2}}? (?:came|arrived|arr?i?vd|turned up"
    rf"|showed up|made it)"
    r"(?: (?:in|out|all|perfectly|just|over))? (?:fine|ok|okay|good|safe|well|intact|whole|unharmed|in one piece"
    r"|alright)\b",
    re.IGNORECASE,
)
_HARMED = regex(
    rf"{_NUMBER}(?: (?!only\b|just\b)[a-z'’-]+){{0,2}}? (?:(?:is|are|was|were|came|arrived) )?(?:broken?|brkn"
    rf"|smashed|cracked"
    r"|damaged?|dmgd?|dmged|shattered|chipped|torn|defective|faulty|wrong|leaking|dented|scratched|bent)\b",
    re.IGNORECASE,
)


def came_well(text: str) -> list[Span]:
    """The units that came well beside others that did not ("4 came ok, 2 smashed"): they count nothing."""
    well = list(_WELL.finditer(text))
    rest = [m for m in _HARMED.finditer(text) if not any(w.start("n") == m.start("n") for w in well)]
    return [Span("told", m.start("n"), m.end("n"), m.group("n"), None) for m in well] if rest else []


def _came(text: str) -> re.Match[str] | None:
    """The one count of what came; nothing where several are told."""
    found = list(_CAME.finditer(text))
    return found[0] if len(found) == 1 else None


def _value(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS[word.lower()]
