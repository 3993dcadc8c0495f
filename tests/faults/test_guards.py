"""The list of guards: each can still be taken out, and the machine does notice."""

from __future__ import annotations

import pytest

from evals.faults.guards.catalogue import GUARDS
from evals.faults.guards.guard import Guard, NotThere
from evals.faults.guards.trial import ROOT, Budget, Tree, try_without
from evals.faults.machine.bench import make_template
from evals.faults.parts.guards import documented, missing_texts


def test_every_guard_is_where_the_list_says():
    assert missing_texts() == []


def test_there_are_at_most_sixty_and_each_has_a_name_of_its_own():
    assert len(GUARDS) <= 60
    assert len({guard.name for guard in GUARDS}) == len(GUARDS)


def test_only_guards_of_the_list_are_explained_as_survivors():
    names = {guard.name for guard in GUARDS}
    assert documented(ROOT / "docs" / "guards.md") <= names


def test_a_guard_that_moved_is_an_error():
    with pytest.raises(NotThere):
        Guard("gone", "domain/rules.py", old="no such text", new="").without("something else")


def test_without_the_hash_check_the_machine_complains(tmp_path):
    guard = next(guard for guard in GUARDS if guard.name == "confirm: the hash that was seen")
    template = tmp_path / "template.db"
    make_template(template)
    verdict = try_without(Tree(tmp_path / "tree"), guard, "", template, Budget(steps=3000, seconds=300))
    assert verdict.killed, verdict
