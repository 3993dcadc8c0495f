"""The harms' own test: each is seen on a desk that does it, and by its name; a sound desk is not accused."""

from importlib import import_module

import pytest

from evals.harms import broken
from evals.harms.catalogue import HARMS
from evals.harms.controls import CONTROLS, Control, control_cases, tried
from evals.run import reader_by_name


@pytest.fixture(scope="module")
def reader():
    return reader_by_name("local")


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.case)
def test_a_broken_desk_is_caught_by_the_harm_that_names_it(control, reader):
    verdict = tried(control, reader)
    assert verdict.is_caught, (verdict.seen, verdict.falsely, verdict.error)


def test_every_harm_has_a_control_and_every_control_a_story():
    assert {control.harm for control in CONTROLS} == {harm.name for harm in HARMS}
    assert all(control.story.endswith(".") or control.story.endswith("”") for control in CONTROLS)
    assert {control.case for control in CONTROLS} == set(control_cases())


def test_a_sound_desk_is_caught_of_nothing(reader):
    verdict = tried(Control("paid_twice", "control-paid-twice", broken.sound), reader)
    assert not verdict.is_caught
    assert verdict.seen == verdict.falsely == []


def test_a_broken_rule_is_whole_again_afterwards():
    rule = import_module("domain.refunds.policy")
    sound = rule.choice_value
    with broken.swapped("domain.refunds.policy:choice_value", None):
        assert rule.choice_value is None
    assert rule.choice_value is sound
