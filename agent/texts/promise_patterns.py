"""How times, assurances and money are worded in English, German, Spanish and French, as patterns.

The words are in ``prompts/drafts/promises/<language>.yaml``:

``count``, ``filler``, ``unit``: numbers in words, what may stand between, and units of time;
``months``, ``weekdays``, ``coming``, ``instant``: days by name, days that lie ahead, and at once;
``deadline``, ``inside``, ``upon``: what stands before the latest time, before a duration, before a day;
``gone``: beside a time, it lies in the past; ``was``: in a clause, it tells what happened; ``done``: in a clause with
a date, what was done then; ``ahead``: in a sentence, it is going to happen; ``money``: money goes back;
``topic``: what the platform's own rules give a time for; ``assured``, ``denied``: assurances, and their denial.

All patterns work on the folded form of a sentence (:func:`agent.texts.promises.fold`); case is ignored.
"""

from __future__ import annotations

import re
from functools import cache

import yaml

from agent.texts.prompts import read

LANGUAGES = ("en", "de", "es", "fr")

_STEP = r"(?:(?<![\w.,])\d++(?:[.,]\d+)?+|(?<=[-/])\d++|\b(?:<count>|<filler>)\b)[\s/+-]*"
_NUMBER = r"(?:\d+|\b<count>\b)"
_DATES = (
    r"\d{4}-\d\d-\d\d",
    r"\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?(?!\d)",
    r"(?<![\d/])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])(?:/\d{2,4})?(?![\d/])",
    r"\d{1,2}:\d\d(?:\s?[ap]\.?m\.?|\s?uhr)?",
    r"\d{1,2}\s?(?:[ap]\.?m\b\.?|uhr\b|o'clock)",
    r"(?:\d{1,2}(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?<months>|<months>\.?\s\d{1,2}(?:st|nd|rd|th)?)\b"
    r"(?:\.?,?\s(?:de\s)?\d{4})?",
    r"\bthe\s\d{1,2}(?:st|nd|rd|th)",
    r"(?:(?<=\bby )|(?<=\bbis )|(?<=\bin )|(?<=\ben ))<months>\b",
)
_PATTERNS = {
    # "3-5 business days", "a couple of weeks", "24h"
    "duration": rf"(?:{_STEP}){{1,9}}+<unit>\b",
    # where its own number or unit begins
    "core": r"\d|\b(?:<count>|<unit>)\b",
    # a duration that can only be a forecast: a range, or days on which banks work
    "range": rf"{_NUMBER}\s*(?:-|/|\b(?:to|or|bis|oder|a|o|u|à|ou)\b)\s*{_NUMBER}|business|working|banking|"
    r"werktag|arbeitstag|geschäftstag|banktag|hábil|laborable|ouvré|ouvrable",
    "date": rf"(?<![\w#])(?:{'|'.join(_DATES)})",
    "weekday": r"\b<weekdays>\b",
    "coming": r"\b<coming>\b",
    "instant": r"\b<instant>\b",
    "deadline": r"\b<deadline>\s(?:<filler>\s)*$",
    "inside": r"\b<inside>\s(?:<filler>\s)*$",
    "upon": r"\b<upon>\s$",
    "gone": r"\b<gone>\b",
    "was": r"\b<was>\b",
    "done": r"\b(?:<was>|<done>)\b",
    "ahead": r"(?:\b|(?<='))<ahead>\b",
    "money": r"\b<money>",
    "topic": r"\b<topic>",
    "assured": r"\b<assured>",
    "denied": r"(?:\b|(?<='))<denied>\b",
}

Wordings = dict[str, re.Pattern[str]]


@cache
def wordings(language: str) -> Wordings:
    """The patterns of a language, by the names above. Raises FileNotFoundError for an unknown one."""
    loaded: dict[str, list[str]] = yaml.safe_load(read(f"drafts/promises/{language}.yaml"))
    words = {name: f"(?:{'|'.join(alternatives)})" for name, alternatives in loaded.items()}
    return {
        name: re.compile(re.sub(r"<([a-z]+)>", lambda match: words[match[1]], pattern), re.I)
        for name, pattern in _PATTERNS.items()
    }


def of(language: str) -> tuple[Wordings, ...]:
    """The patterns for a text: its own language and English; all four where it is not known."""
    chosen = LANGUAGES if language[:2] not in LANGUAGES else dict.fromkeys((language[:2], "en"))
    return tuple(wordings(code) for code in chosen)


NO_DOUBT = re.compile(
    r"\b(?:no doubts?|not a doubt|without (?:a |any )?doubt|without fail|no question|not only|ohne (?:jeden )?zweifel|"
    r"kein zweifel|nicht nur|sin (?:ninguna )?dudas?|no solo|sans (?:aucun )?doute|aucun doute|non seulement)\b",
    re.I,
)
"""Denials that assure."""
