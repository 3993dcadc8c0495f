"""An order with everything that can be done on it."""

from __future__ import annotations

from agent.dialogue.outcomes import OrderShown
from agent.dialogue.turn import Turn
from domain.orders.model import Order


async def show_order(turn: Turn, order: Order) -> None:
    """The order card with all actions."""
    listed = await turn.tools.call("available_actions", order_id=order.id)
    turn.conversation.topic_order = order.id
    turn.add(OrderShown(order, listed.value or []))
