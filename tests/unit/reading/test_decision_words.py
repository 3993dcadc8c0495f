"""A decision on a return request is what staff decide: neither what they ask, nor what they deny or put off."""

import pytest

from agent.reading.facts.fees import fees_said
from agent.reading.text.wording import word
from agent.reading.values.spans import find_spans
from agent.reading.words.decisions import decision_of
from agent.reading.words.signals import signals_of


def signals(text):
    spans = find_spans(text, "EUR", frozenset({"4711"}))
    return signals_of(word(text, spans, frozenset()), spans)


def decided(text):
    found = decision_of(signals(text).plain)
    return found and found.value


@pytest.mark.parametrize(
    "text",
    [
        "4711: fine by me, she can bring it back",
        "let Ostrow's return on 4711 go through",
        "we'll take the kettle back",
        "tell her yes",
        "can you approve 4711 please",
        "no objection to 4711",
        "that's a yes, keep 5 for handling",
    ],
)
def test_let_in(text):
    assert decided(text) == "approve"


@pytest.mark.parametrize(
    "text",
    [
        "4711 we are not taking these back, they were worn",
        "I won't be approving 4711, she wore it",
        "no way we accept that, the seal is gone",
        "turn Ostrow down, tags are missing",
        "dny 4711 - final sale",
        "that one is a no, used",
        "not going to allow this return",
    ],
)
def test_turned_down(text):
    assert decided(text) == "reject"


@pytest.mark.parametrize(
    "text",
    [
        "should we approve 4711?",
        "is there any reason not to approve it",
        "check whether anything stops us accepting the request",
        "not sure we should allow this",
        "approve it once the photos are in",
        "don't approve it yet",
        "who approved 4711?",
        "this was never approved",
        "approve, no hold on",
    ],
)
def test_nothing_decided(text):
    assert decided(text) is None


def test_the_last_word_counts_where_the_first_is_taken_back():
    assert decided("approve 4711, no wait, decline it") == "reject"


def fees(text):
    return {
        name: (slot.value["kind"], slot.value["value"]) for name, slot in fees_said(signals(text)).items()
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ok, 5 for the courier and 2 restocking", {"return_fee": "5", "restocking_fee": "2"}),
        ("restocking 2, label 5", {"return_fee": "5", "restocking_fee": "2"}),
        ("fees: 5 return, 2.50 restocking", {"return_fee": "5", "restocking_fee": "2.50"}),
        ("approve, he pays the postage of 6", {"return_fee": "6"}),
        ("approve, handling charge of 3", {"restocking_fee": "3"}),
        ("approve, it costs us 7", {}),
        ("approve the 2 mugs", {}),
        ("return of 2 cushions, restocking fee 3", {"restocking_fee": "3"}),
    ],
)
def test_fees_by_the_words_beside_them(text, told):
    assert {name: value for name, (_, value) in fees(text).items()} == told


def test_a_share_is_the_restocking_and_an_amount_the_return_fee():
    assert fees("approve, 12% and 8 euro") == {
        "restocking_fee": ("percent", "12"),
        "return_fee": ("exact", "8"),
    }
