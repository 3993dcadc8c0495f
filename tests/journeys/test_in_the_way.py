"""One open proposal an order: whoever comes second sees the card that stands in the way."""

from __future__ import annotations

from agent.messages import InboundMessage, ProposalCard


async def test_the_card_of_another_conversation_is_shown_instead_of_a_dead_end(talk):
    await talk.say("refund the runner on 1042, she changed her mind")
    message = InboundMessage(
        channel="journey",
        thread_key="2",
        event_id="other-1",
        staff_id="sam",
        text="refund one mug on 1042, ordered by mistake",
    )
    reply = await talk.app.desk.say(message)
    codes = [v.code.value for block in reply.blocks if block.kind == "refused" for v in block.violations]
    cards = [block for block in reply.blocks if isinstance(block, ProposalCard)]
    assert codes == ["open_proposal_exists"]
    assert [card.headline for card in cards] == ["$24.00"]
    assert cards[0].owner == "Ana Agent"
