"""What did not come, told by what did: "only 3 came, 1 short", "3 arrvd, rfnd the missing one"."""

from __future__ import annotations

import re

from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.span import Span

_NUMBER = rf"(?<![\w.,/#€£$-])(?P<n>\d{{1,3}}|{WORD_NUMBER})\b(?![.,]\d|\s?(?:%|[€$£¥]))"
_CAME = re.compile(
    rf"\b(?:(?:only|just) )?{_NUMBER}(?: (?!not\b|never\b|broken|dmg|damag)[a-z'’-]+){{0,2}}? "
    r"(?:came|arrived|arr?i?vd|arrd|turned up|showed up|made it|got (?:here|there)|(?:was|were) (?:in|there)"
    r"|in (?:the |her |his )?(?:box|parcel|prcl|pkg|package))\b"
    r"(?! (?:back|in|home|home again)\b)(?!(?: \w+)? (?:broke\w*|brkn|damaged?|dmgd?|crack\w*|torn|late|smashed"
    r"|wrong|defect\w*|faulty|in (?:bits|pieces)))",
    re.IGNORECASE,
)
_GONE = re.compile(
    rf"{_NUMBER}(?: (?!only\b|just\b)[a-z'’-]+)?? (?:(?:is|are|was|were) )?(?:missing|mi?ssi?n?g|msng|mssng|short"
    rf"|lacking|gone|absent"
    r"|not (?:there|in)|never came|did ?n['’]?t (?:come|arrive))\b"
    rf"|\b(?:missing|msng|short by) (?P<m>\d{{1,3}}|{WORD_NUMBER})\b",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\b(?:missing|mssng|msng|missg|short|lacking|(?:the )?(?:rest|others?|remaining|remainder|diff\w*)"
    r"|did ?n['’]?t (?:come|arrive)"
    r"|never (?:came|arrived))\b",
    re.IGNORECASE,
)


def short_of(text: str) -> list[Span]:
    """The units that did not come, where both or one of the counts is told; what came counts nothing.

    A number of missing units is that number; where only what came is told, it is all but those.
    """
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


_WELL = re.compile(
    rf"{_NUMBER}(?: (?!not\b|never\b|broken|dmg|damag)[a-z'’-]+){{0,2}}? (?:came|arrived|arr?i?vd|turned up"
    rf"|showed up|made it)"
    r"(?: (?:in|out|all|perfectly|just|over))? (?:fine|ok|okay|good|safe|well|intact|whole|unharmed|in one piece"
    r"|alright)\b",
    re.IGNORECASE,
)
_HARMED = re.compile(
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
