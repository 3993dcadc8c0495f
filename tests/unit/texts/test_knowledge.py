"""Questions find the page that answers them; others find none."""

from __future__ import annotations

import re

import pytest

from agent.texts.knowledge import find_page, pages
from agent.texts.promises import violations_of_promises
from tests.unit.texts.question_table import answered, unanswered


@pytest.mark.parametrize(("question", "name"), answered())
def test_a_question_of_staff_finds_its_page(question, name):
    page = find_page(question)

    assert page is not None
    assert page.name == name
    assert page.answer(question)


@pytest.mark.parametrize("question", unanswered())
def test_a_question_no_page_answers_finds_none(question):
    assert find_page(question) is None


def test_the_tables_are_broad():
    assert len(answered()) >= 60
    assert len(unanswered()) >= 15


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what is the return window", "30 days"),
        ("how long is a proposal open", "30 minutes"),
        ("what counts as evidence", "20 characters"),
        ("when does a sale become available", "7 days"),
        ("can I confirm my own refund above the limit", "cannot be the proposer"),
        ("the provider timed out, should I try again", "same key"),
        ("can the fees be higher than the refund", "may not exceed"),
        ("can I refund to a different card", "original payments only"),
        ("how long does a refund take", "never names a refund time"),
        ("do I need evidence for a lost parcel refund", "need no evidence"),
        ("what does a refund do to the balance", "unsettled money"),
    ],
)
def test_the_section_that_is_shown_answers_the_question(question, said):
    page = find_page(question)

    assert page is not None
    assert said in page.answer(question)


@pytest.mark.parametrize("question", ["", "   ", "???", "12345", "ok", "ünïcödé", "\x00"])
def test_a_question_without_words_finds_none(question):
    assert find_page(question) is None


def test_the_topic_alone_decides_where_the_question_says_nothing():
    page = find_page("why can't I?", "waive_evidence")

    assert page is not None
    assert page.name == "evidence"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_section_is_short_and_promises_nothing(page):
    assert page.title
    assert page.keywords
    assert page.sections
    for section in page.sections:
        assert "<!--" not in section.text
        assert 1 <= len(re.findall(r"[.!?](?:\s|$)", section.text)) <= 5, section.heading
        assert violations_of_promises(section.text) == []
