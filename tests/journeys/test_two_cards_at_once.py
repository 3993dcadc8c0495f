"""With two cards open, a message that names the order of one of them is about that one; the other stays as it is."""

from __future__ import annotations

import pytest

from agent.messages import ProposalCard


@pytest.fixture
async def two_cards(talk):
    """A refund's card of the shipping on #1042, and one of a sum on #1043."""
    await talk.say("refund the shipping on 1042, it came late. and on 1043 give 20 as goodwill")
    shown = [block for block in talk.reply.blocks if isinstance(block, ProposalCard)]
    assert [card.order for card in shown] == ["#1042", "#1043"]
    return {card.order: card for card in shown}


async def test_a_sum_told_of_the_first_order_changes_its_card_and_leaves_the_other(talk, two_cards):
    await talk.say("for 1042 make it 1.50 only")
    assert (talk.card.order, talk.card.headline.count("1.50")) == ("#1042", 1)
    talk.card = two_cards["#1043"]
    assert "20.00" in await talk.press()


async def test_an_order_without_a_card_is_not_forgotten_in_place_of_another(talk, two_cards):
    assert "Dropped" not in await talk.say("forget 1044, she does not need a refund")
    talk.card = two_cards["#1043"]
    assert "20.00" in await talk.press()
