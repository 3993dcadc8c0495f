"""What no text may say, and what is left alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.messages import CardRow, DraftBlock, OrderCard, ProposalCard, QuestionBlock, TextBlock
from agent.texts.figures import amounts_in, value_of
from agent.texts.promises import LEFT_OUT, Facts, lint, safe, strip_promises, violations_of_promises
from agent.texts.prompts import mapping, read, variables
from domain.rules import SENTENCES
from tests.unit.texts.promise_tables import HARMLESS, PROMISES, rows

SAMPLE = {
    "amount": "$12.00",
    "limit": "$100.00",
    "date": "12 November 2026",
    "settles": "12 Nov",
    "rows": "Lamp: 12 Nov.",
}


def filled(template: str) -> str:
    return template.format(**{name: SAMPLE.get(name, "Blue lamp") for name in variables(template)})


@pytest.mark.parametrize(("language", "text"), rows(PROMISES))
def test_a_promise_is_found_whether_or_not_the_language_is_known(language, text):
    assert violations_of_promises(text)
    assert violations_of_promises(text, language=language)


@pytest.mark.parametrize(("language", "text"), rows(HARMLESS))
def test_a_harmless_sentence_is_left_alone(language, text):
    assert violations_of_promises(text) == []
    assert strip_promises(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("told her the money is on her account within 2 working days", True),
        ("informed the customer that the refund lands in 3 days", True),
        ("told her on 12 Nov that it was refunded", False),
        ("told her 3 days ago", False),
        ("told the customer about it on Monday", False),
    ],
)
def test_a_promise_that_was_told_to_somebody_is_still_one(text, is_one):
    assert bool(violations_of_promises(text)) is is_one


def test_the_tables_are_broad():
    assert len(rows(PROMISES)) >= 60
    assert len(rows(HARMLESS)) >= 40


@pytest.mark.parametrize("name", sorted(mapping("replies.yaml")))
def test_every_template_for_staff_passes(name):
    block = TextBlock(text=filled(mapping("replies.yaml")[name]))

    assert lint(block) == block


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_every_template_for_customers_passes_and_the_languages_match(language):
    templates = mapping(f"drafts/{language}.yaml")

    assert set(templates) == set(mapping("drafts/en.yaml"))
    for name, template in templates.items():
        assert variables(template) == variables(mapping("drafts/en.yaml")[name]), name
        assert violations_of_promises(filled(template)) == [], name


@pytest.mark.parametrize("rule", sorted(SENTENCES))
def test_every_refusal_passes(rule):
    sentence = SENTENCES[rule].format(field="amount", limit="30", value="45")

    assert violations_of_promises(sentence) == []


def test_the_pattern_files_name_the_same_parts():
    loaded = {code: yaml.safe_load(read(f"drafts/promises/{code}.yaml")) for code in ("en", "de", "es", "fr")}

    assert all(set(parts) == set(loaded["en"]) for parts in loaded.values())


def test_a_supplied_time_is_a_fact_but_never_one_for_the_refund():
    text = "The parcel goes out by 12 Nov."

    assert violations_of_promises(text)
    assert violations_of_promises(text, allowed_dates=["12 Nov"]) == []
    assert violations_of_promises("Your refund is there by 12 Nov.", allowed_dates=["12 Nov"])


@pytest.mark.parametrize("text", ["$18.40 for #1042", "18.40 USD", "US$18.40", "USD 18.4", "18,40 $"])
def test_an_amount_of_the_turn_may_be_written_in_any_form(text):
    assert violations_of_promises(text, allowed_amounts=["$18.40"]) == []


@pytest.mark.parametrize("text", ["$1,840", "€18.40", "$18.41", "50%", "fifty dollars", "¥1840"])
def test_an_amount_that_is_not_of_the_turn_is_found(text):
    assert [f.kind for f in violations_of_promises(text, allowed_amounts=["$18.40"])] == ["amount"]


def test_three_decimals_are_decimals_only_where_the_currency_has_them():
    assert value_of("12.500", "KWD") == "12.5"
    assert value_of("12.500", "EUR") == "12500"
    assert amounts_in("KWD 12.500 and ¥4,800") == {("KWD", "12.5"), ("JPY", "4800")}


def test_staff_s_own_promise_is_taken_out_and_the_rest_stays():
    clean, removed = strip_promises("The lamp was used. Tell her she gets it by Friday. Sorry about that.")

    assert clean == "The lamp was used. Sorry about that."
    assert removed == ["Tell her she gets it by Friday."]


def test_a_promise_broken_over_two_lines_is_taken_out_whole():
    clean, removed = strip_promises("It was used.\nYou will get your refund on\nFriday. Thank you.")

    assert clean == "It was used.\nThank you."
    assert len(removed) == 1


TEMPLATE = "Refund $18.40 on #1042 to Maya Lind, visa."


@pytest.mark.parametrize(
    "said",
    [
        "I would refund $18.40 on #1042 to Maya Lind (visa).",
        "Maya Lind gets $18.40 back on #1042, to her visa.",
    ],
)
def test_a_rephrased_text_that_keeps_to_the_facts_is_taken(said):
    assert safe(said, TEMPLATE) == said


@pytest.mark.parametrize(
    "said",
    [
        "I would refund $19.40 on #1042.",
        "I would refund $18.40 on #1043.",
        "I would refund €18.40 on #1042.",
        "Refund $18.40 on #1042, she gets it in 3 days.",
        "Refund $18.40 on #1042 on Monday.",
        "Refund $18.40 on #1042, order of 12 Nov.",
        "Refund $18.40, guaranteed.",
        "Refund $18.40 of 60 left on #1042.",
        "",
        "   ",
        TEMPLATE * 20,
    ],
)
def test_a_rephrased_text_that_says_more_falls_back_to_the_template(said):
    assert safe(said, TEMPLATE) == TEMPLATE


def test_facts_of_the_turn_may_be_named_in_a_rephrased_text():
    said = "Refund $18.40 on #1042, placed 12 Nov 2026; $3.00 stays."

    assert safe(said, TEMPLATE) == TEMPLATE
    assert safe(said, TEMPLATE, Facts.of("Placed 12 Nov 2026", "$3.00")) == said


def test_a_block_that_echoes_a_promise_keeps_everything_else():
    echoed = lint(TextBlock(text="I don't know. My pages say nothing about “will it be back by Friday”."))
    asked = lint(QuestionBlock(slot="note", text="Noted: she gets it tomorrow. What happened?"))

    assert isinstance(echoed, TextBlock)
    assert echoed.text == "I don't know. My pages say nothing about “…”."
    assert isinstance(asked, QuestionBlock)
    assert asked.text == f"{LEFT_OUT} What happened?"


def test_a_draft_loses_the_promise_without_a_mark():
    block = lint(
        DraftBlock(draft="rejection", language="de", text="Es wurde benutzt. Das Geld kommt bis Freitag.")
    )

    assert isinstance(block, DraftBlock)
    assert block.text == "Es wurde benutzt."


def a_card(note: str) -> ProposalCard:
    return ProposalCard(
        proposal_id="p", short_id="p", sha256="0", write="refund", state="open", title="Refund", headline="$5.00",
        to="to Maya", order="#1", customer="Maya", confirm_label="Refund $5.00",
        rows=[CardRow(label="Note", value=note), CardRow(label="1 × 7 Day Candle", value="$5.00")],
        footnote="Within your limit of $100.00. Nothing is sent until you press.",
        expires_at=datetime(2026, 3, 2, 12, 30, tzinfo=UTC),
    )  # fmt: skip


def test_a_card_shows_where_a_promise_was_left_out_and_changes_nothing_else():
    card = lint(a_card("used lamp. tell her by Friday"))

    assert isinstance(card, ProposalCard)
    assert card.rows[0].value == f"used lamp. {LEFT_OUT}"
    assert lint(a_card("used lamp")) == a_card("used lamp")


def test_an_order_s_own_data_is_left_as_it_is():
    card = OrderCard(number="#1", customer="Friday Guaranteed", placed="12 Nov 2026", status="paid, $5.00")

    assert lint(card) == card


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_the_linter_raise(text):
    linted = lint(TextBlock(text=text))
    clean, removed = strip_promises(text)

    assert isinstance(linted, TextBlock)
    assert removed or clean == text
    assert violations_of_promises(clean) == [] or not removed
    safe(text, "Refund $18.40.")


@pytest.mark.parametrize(
    "text", ["1" * 5_000, "a " * 5_000, "." * 5_000, "in the next " * 800, "3-" * 3_000, "“" * 3_000]
)
def test_long_odd_texts_are_checked_quickly(text):
    lint(TextBlock(text=text))
    assert re.search(".", text)


def test_the_name_of_goods_is_no_time_and_excuses_none_beside_it():
    names = ["CHRISTMAS 12 DAYS MUG", "MUG"]
    told = "Only 3 left of CHRISTMAS 12 DAYS MUG can be refunded."
    assert lint(TextBlock(text=told)) != TextBlock(text=told)
    assert lint(TextBlock(text=told), names=names) == TextBlock(text=told)
    more = lint(TextBlock(text=f"{told} She gets the money for the MUG in 3 days."), names=names)
    assert more == TextBlock(text=f"{told} {LEFT_OUT}")


@pytest.mark.parametrize(
    "name", ["3 days", "Monday", "You get your money within 3 days", "Refund guaranteed"]
)
def test_goods_called_like_a_promise_excuse_none(name):
    said = f"She gets it within {name}." if name == "3 days" else f"She gets her refund: {name}."
    assert lint(TextBlock(text=said), names=[name]) == lint(TextBlock(text=said))
