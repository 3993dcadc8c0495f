"""The sidebar's own words: complete in each language, chosen as the reader asks, and never markup."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from agent.dialogue.answers import ACTION_LABELS
from agent.rendering.cards import TITLES
from domain.reasons import RefundReason, RejectReason
from integrations.sidebar import draw
from integrations.sidebar.speech import LANGUAGES, choose_language, speech

TEXTS = {code: yaml.safe_load((draw.HERE / "texts" / f"{code}.yaml").read_text()) for code in LANGUAGES}


def holes(text):
    texts = text.values() if isinstance(text, dict) else [text]
    return [sorted(set(re.findall(r"{(\w+)}", each)) - {"n"}) for each in texts]


@pytest.mark.parametrize("code", ["de", "es", "fr"])
def test_each_language_has_every_text_with_the_same_values(code):
    english, other = TEXTS["en"]["texts"], TEXTS[code]["texts"]
    assert english.keys() == other.keys()
    assert [key for key in english if holes(english[key]) != holes(other[key])] == []


@pytest.mark.parametrize("code", ["de", "es", "fr"])
def test_actions_titles_and_reasons_are_translated(code):
    phrases = [*ACTION_LABELS.values(), *TITLES.values(), *(r.label for r in [*RefundReason, *RejectReason])]
    assert [phrase for phrase in phrases if speech(code).word(phrase) is None] == []


def test_every_text_that_is_used_is_there():
    files = [*draw.HERE.glob("*.py"), *draw.HERE.glob("templates/**/*.html")]
    source = "\n".join(Path(file).read_text() for file in files)
    used = set(re.findall(r"""\bt\(["']([a-z_0-9]+)["'][,)]""", source))
    assert len(used) > 80
    assert used - TEXTS["en"]["texts"].keys() == set()


@pytest.mark.parametrize(
    ("accepted", "setting", "chosen"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "", "de"),
        ("pt-BR,es;q=0.7,en;q=0.6", "", "es"),
        ("en;q=0.1, fr;q=0.9", "", "fr"),
        ("ja", "", "en"),
        ("", "", "en"),
        ("de;q=x, fr;q=0", "", "en"),
        ("de", "es", "es"),
    ],
)
def test_the_language_is_the_readers_or_the_setting(accepted, setting, chosen):
    assert choose_language(accepted, setting) == chosen


def test_values_are_escaped_and_untranslated_phrases_are_marked_as_english():
    assert "<b>" not in speech("de").t("order_heading", number="<b>1</b>")
    assert (
        speech("de").phrase("Something <new>.") == '<span lang="en" dir="ltr">Something &lt;new&gt;.</span>'
    )
    assert speech("en").phrase("Something new.") == "Something new."


def test_money_dates_and_times_look_as_people_write_them_there():
    at = datetime(2026, 11, 12, 14, 32, tzinfo=UTC)
    assert speech("en").money(1840, "USD") == "$18.40"
    assert speech("de").money(123456, "EUR") == "1.234,56 €"
    assert speech("fr").day(at) == "12 nov. 2026"
    assert speech("es").ago(at, at + timedelta(minutes=42)) == "hace 42 minutos"
