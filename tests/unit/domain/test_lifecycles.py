"""Every transition table, every pair. Order page, section 2."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from domain.balances.model import PAYOUT, SETTLEMENT
from domain.lifecycle import IllegalTransition, move
from domain.orders.model import FULFILMENT
from domain.proposals.model import PROPOSAL
from domain.refunds.model import REFUND
from domain.returns.model import OPEN_RETURN, RETURN
from domain.supplier_reviews.model import SUPPLIER_REVIEW, UNFINISHED

# As the order page writes them: from → to.
EXPECTED: dict[str, tuple[Mapping[Any, frozenset[Any]], str]] = {
    "fulfilment": (
        FULFILMENT,
        "unfulfilled>processing unfulfilled>shipped unfulfilled>cancelled processing>shipped "
        "processing>cancelled shipped>delivered",
    ),
    "return": (
        RETURN,
        "requested>approved requested>rejected requested>cancelled approved>in_transit approved>received "
        "approved>cancelled in_transit>received in_transit>cancelled received>closed",
    ),
    "refund": (
        REFUND,
        "pending>succeeded pending>failed pending>unknown unknown>succeeded unknown>failed succeeded>failed",
    ),
    "supplier review": (
        SUPPLIER_REVIEW,
        "requested>under_review requested>cancelled under_review>approved under_review>partially_approved "
        "under_review>rejected under_review>cancelled",
    ),
    "proposal": (
        PROPOSAL,
        "open>confirmed open>cancelled open>superseded open>expired open>stale confirmed>executed "
        "confirmed>failed executed>failed",
    ),
    "settlement": (SETTLEMENT, "open>settled settled>paid_out"),
    "payout": (PAYOUT, "scheduled>paid scheduled>cancelled"),
}


@pytest.mark.parametrize("thing", EXPECTED)
def test_every_pair_of_states_is_allowed_or_refused_as_the_order_page_says(thing):
    table, written = EXPECTED[thing]
    allowed = {tuple(pair.split(">")) for pair in written.split()}
    for source, target in product(table, repeat=2):
        if (source.value, target.value) in allowed:
            assert move(thing, table, source, target) is target
        else:
            with pytest.raises(IllegalTransition) as refusal:
                move(thing, table, source, target)
            assert (refusal.value.source, refusal.value.target) == (source, target)
    assert {source for pair in allowed for source in pair} == {state.value for state in table}


@pytest.mark.parametrize("thing", EXPECTED)
def test_every_state_of_the_thing_is_in_its_table(thing):
    table, _ = EXPECTED[thing]
    states: type[StrEnum] = type(next(iter(table)))
    assert set(table) == set(states)


def test_what_counts_as_open():
    assert {s.value for s in OPEN_RETURN} == {"requested", "approved", "in_transit", "received"}
    assert {s.value for s in UNFINISHED} == {"requested", "under_review"}
