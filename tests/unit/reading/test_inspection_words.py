"""What the words say of the units of a return: counts, what is said of the rest, what was not said."""

import pytest

from agent.reading.facts.inspection import inspection_of
from agent.reading.text.wording import word
from agent.reading.words.signals import signals_of


def told(text, *, asked=False):
    found = inspection_of(signals_of(word(text, [], frozenset()), []), asked=asked)
    if found is None or isinstance(found.value, str):
        return found and found.value
    return {name: value for name, value in found.value[0].items() if value}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("just two turned up, both fine", {"good": 2}),
        ("there were 3 instead of 4 in it, no damage", {"good": 3}),
        ("six came, two of them leak", {"good": 4, "damaged": 2}),
        ("3 fine 1 squashed", {"good": 3, "damaged": 1}),
        ("1 ok, 1 ripped and one never arrived", {"good": 1, "damaged": 1, "missing": 1}),
        ("ok 3, missing 1", {"good": 3, "missing": 1}),
        ("2 landed monday and 1 today, all intact", {"good": 3}),
        ("three fine, the other has a stain", {"good": 3, "damaged": 1}),
        ("one is missing a screw", {"damaged": 1}),
    ],
)
def test_units_are_counted_by_what_is_said_of_them(text, counts):
    assert told(text) == counts


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("the box is here but two are missing", {"missing": 2, "rest": "good"}),
        ("received all but one", {"missing": 1, "rest": "good", "whole": True}),
        ("all good except two that are bent", {"damaged": 2, "rest": "good", "whole": True}),
        ("1 ok, rest missing", {"good": 1, "rest": "missing"}),
        ("everything came back broken", {"rest": "damaged", "whole": True}),
    ],
)
def test_units_that_were_not_counted_are_the_rest(text, rest):
    assert told(text) == rest


def test_units_back_in_an_untold_state_are_no_good_ones():
    assert told("only 2 were in the box") == {"came": 2}


@pytest.mark.parametrize("text", ["some of them are broken", "all but one are fine", "received 2 weeks ago"])
def test_what_leaves_the_number_open_is_no_count(text):
    assert told(text) is None


def test_a_harmed_unit_alone_leaves_the_rest_open_unless_it_was_asked_for():
    assert told("one is cracked") == {"damaged": 1}
    assert told("one is cracked", asked=True) == {"damaged": 1, "rest": "good"}
