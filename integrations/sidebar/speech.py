"""What the sidebar's own words are in each language, and how money, dates and times look there.

The desk's replies are English; its fixed phrases (row labels, accounts, reasons) are looked up in `words`, and what
is not there stays English and is marked as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.core import negotiate_locale
from babel.dates import format_date, format_time, format_timedelta
from markupsafe import Markup, escape

from agent.texts.wording import money

LANGUAGES = ("en", "de", "es", "fr")
_FOLDER = Path(__file__).parent / "texts"


@cache
def _catalogue(language: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return loaded


def choose_language(accepted: str, setting: str = "") -> str:
    """The setting, else the first language of ``Accept-Language`` that we have, else English."""
    if setting in LANGUAGES:
        return setting
    weighted = []
    for place, part in enumerate(accepted[:500].split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            weighted.append((-float(weight or 1), place, name.strip()))
        except ValueError:
            continue
    wanted = [name for weight, _, name in sorted(weighted) if weight < 0]
    return negotiate_locale(wanted, LANGUAGES, sep="-") or "en"


@dataclass(frozen=True, slots=True)
class Speech:
    """One language of the sidebar."""

    language: str

    def t(self, key: str, /, **values: Any) -> Markup:
        """A text with its values, which are escaped. Raises KeyError for a text that is not there."""
        text = _catalogue(self.language)["texts"][key]
        if isinstance(text, dict):
            count = int(values["n"])
            text = text.get(count, text["other"])
        return Markup(text.format(**{name: escape(value) for name, value in values.items()}))

    def word(self, english: str) -> str | None:
        """A fixed phrase of the desk in this language; None where it has no translation."""
        if self.language == "en":
            return english
        found = _catalogue(self.language)["words"].get(english)
        return None if found is None else str(found)

    def phrase(self, english: str) -> Markup:
        """A phrase of the desk: translated, or in English and marked as English."""
        found = self.word(english)
        if found is not None:
            return escape(found)
        return Markup('<span lang="en" dir="ltr">{}</span>').format(english)

    def money(self, minor: int, currency: str) -> str:
        """``1840`` USD is ``$18.40`` in English and ``18,40 $`` in German."""
        return money(minor, currency, self.language)

    def day(self, at: datetime) -> str:
        """``Nov 22, 2026``."""
        return format_date(at, "medium", locale=self.language)

    def clock(self, at: datetime) -> str:
        """``14:32 UTC``: server time, the same for everybody."""
        return f"{format_time(at, 'short', locale=self.language)} UTC"

    def ago(self, at: datetime, now: datetime) -> str:
        """``42 minutes ago``."""
        return format_timedelta(at - now, add_direction=True, locale=self.language)

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return str(Locale.parse(self.language).text_direction)


@cache
def speech(language: str) -> Speech:
    """The language, by its code."""
    return Speech(language)
