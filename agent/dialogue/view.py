"""What the reader gets to see of a turn. Ticket text is not in it."""

from __future__ import annotations

from agent.dialogue.finding import by_number, goods_order, with_goods
from agent.dialogue.named_case import turn_to_named
from agent.dialogue.naming import named_customers, other_order
from agent.dialogue.turn import Turn
from agent.reading.goods.items import mentions_of
from agent.reading.text.quoting import split_quoted
from agent.reading.values.orders import bare_numbers
from agent.reading.values.spans import find_order_refs
from agent.reading.view import (
    CaseView,
    DroppedView,
    LastView,
    LineView,
    OptionView,
    OrderView,
    PendingView,
    ProposalView,
    TurnView,
)
from agent.reading.words.people import goods_runs
from agent.state import CHANGE, Case
from domain.money import format_minor
from domain.orders.model import FULFILLED, Order
from domain.proposals.model import Proposal
from domain.returns.model import Return

MOST_ORDERS = 6


def own_words(turn: Turn) -> str:
    """The staff member's own words; customer text pasted among them is kept as ticket text."""
    text = turn.message.text if turn.message else ""
    own, quoted = split_quoted(text)
    if quoted:
        ticket = dict(turn.conversation.ticket or {})
        pasted = "\n".join(quoted)
        turn.notes["quoted"] = pasted
        ticket["body"] = f"{ticket.get('body', '')}\n{pasted}".strip()[-20_000:]
        turn.conversation.ticket = ticket
    return own.strip()


def order_view(order: Order) -> OrderView:
    """An order as far as naming it goes."""
    return OrderView(
        number=order.number,
        currency=order.currency,
        customer=order.customer.name,
        lines=[
            LineView(
                id=line.id,
                sku=line.sku,
                title=line.title,
                variant=line.variant,
                quantity=line.quantity,
                source=line.source.value,
                supplier=line.supplier,
                unsent=line.fulfilment not in FULFILLED,
            )
            for line in order.lines
        ],
        returns=[_return(ret) for ret in order.returns],
        supplier_reviews=[{"id": rev.id, "status": rev.status.value} for rev in order.supplier_reviews],
        captured=format_minor(sum(payment.captured for payment in order.payments), order.currency),
        payments=[payment.method for payment in order.payments],
    )


def _return(ret: Return) -> dict[str, str]:
    return {"id": ret.id, "status": ret.status.value, "lines": ",".join(entry.line for entry in ret.lines)}


async def build_view(turn: Turn) -> TurnView:
    """The view of this turn; orders that the message names are read before it is."""
    text = turn_to_named(turn, own_words(turn))
    orders: dict[str, OrderView] = {}
    current = turn.current
    topic = await turn.order(current.order_id) if current and current.order_id else await turn.topic()
    if topic is not None and current is None and not find_order_refs(text):
        topic = await _other_of_customer(turn, text, topic)
    if topic is not None:
        orders[topic.id] = order_view(topic)
    for number in find_order_refs(text)[:MOST_ORDERS]:
        order = await by_number(turn, number)
        if order is not None:
            orders[order.id] = order_view(order)
    named = {order.id for order in turn.orders.values()} - ({topic.id} if topic else set())
    names = [] if named else await named_customers(turn, text) or await other_order(turn, text, topic)
    for name in names:
        order = await by_number(turn, name.order) if name.order else None
        if order is not None:
            orders[order.id] = order_view(order)
    if topic is None and not orders and not names:
        bare = await _bare_order(turn, text)
        topic = None if bare else await _by_goods(turn)
        orders |= {found.id: order_view(found) for found in (bare, topic) if found}
    return TurnView(
        text=text,
        names=names,
        order=orders.get(topic.id) if topic else None,
        orders=list(orders.values()),
        pending=_pending(turn),
        proposal=await _proposal(turn),
        flow=current.flow.value if current else None,
        slots=dict(current.slots) if current else {},
        last=LastView.model_validate(last) if (last := turn.conversation.state.get("last")) else None,
        dropped=await _dropped(turn),
        cases=[await _case(turn, case_id) for case_id in (turn.stack if turn.paused else turn.stack[:-1])],
        attachments=[item.media_type for item in turn.files],
    )


async def _bare_order(turn: Turn, text: str) -> Order | None:
    """The order called by the one bare number of the message that is an order's, however it stands there."""
    if turn.notes.get("maybe"):
        return None
    found = [order for number in bare_numbers(text) if (order := await by_number(turn, number)) is not None]
    return found[0] if len(found) == 1 else None


async def _other_of_customer(turn: Turn, text: str, topic: Order) -> Order:
    """The customer's other order, or the only one with such goods, where nothing is open: it is talked about now."""
    if mentions_of(text, order_view(topic).lines):
        return topic
    for goods in goods_runs(text):
        hits = await with_goods(turn, goods.text) if goods.is_sure else []
        others = [hit for hit in hits if hit.customer == topic.customer.name and hit.id != topic.id]
        if not others and turn.ticket is None and len(goods.words) > 1:
            others = [hit for hit in hits if hit.id != topic.id]
        if len(others) == 1:
            turn.conversation.topic_order = others[0].id
            return await turn.order(others[0].id)
    return topic


async def _by_goods(turn: Turn) -> Order | None:
    """The order whose goods the message names, where nothing names one; where it is asked, the only one offered."""
    current = turn.current
    if turn.ticket is not None:
        return None
    if current is None or current.asked != "order":
        return await goods_order(turn)
    only = current.options[0]["value"] if len(current.options) == 1 else None
    return await by_number(turn, str(only)) if only else None


def _pending(turn: Turn) -> PendingView | None:
    current = turn.current
    if current is None or current.asked in (None, CHANGE) or current.status != "open":
        return None
    options = [
        OptionView(value=o["value"], label=o["label"], words=o.get("words", "")) for o in current.options
    ]
    return PendingView(slot=current.asked, flow=current.flow.value, options=options)


async def _proposal(turn: Turn) -> ProposalView | None:
    current = turn.current
    if current is None or not (current.status == "proposed" or current.asked == CHANGE):
        return None
    return await _card(turn, current)


async def _dropped(turn: Turn) -> DroppedView | None:
    """The case that was dropped, while nothing is open."""
    told = turn.conversation.state.get("dropped")
    if told is None or turn.current is not None:
        return None
    case = Case.model_validate(told)
    shown = await _card(turn, case) if case.held else None
    return DroppedView(order=case.order_number, flow=case.flow.value, proposal=shown, slots=case.slots)


async def _card(turn: Turn, current: Case) -> ProposalView:
    plain = ProposalView(kind=current.flow.value, order=current.order_number)
    shown = current.proposal_id or current.held
    if shown is None:
        return plain
    outcome = await turn.tools.call("get_proposal", proposal_id=shown)
    return _card_view(plain, outcome.value) if outcome.ok else plain


def _card_view(plain: ProposalView, proposal: Proposal) -> ProposalView:
    """What the card says, as far as a correction may refer to it."""
    preview = proposal.preview
    lines: dict[str, int] = {}
    for line in preview.lines:
        lines[line.line] = lines.get(line.line, 0) + line.quantity
    said = {
        "amount": None if preview.amount is None else format_minor(preview.amount, preview.currency),
        "write": proposal.kind.value,
        "lines": lines,
        "reason": preview.reason or "",
        "fees": {n: format_minor(fee, preview.currency) for n, fee in preview.fees.items() if fee},
        "settles_return": preview.settles_return is not None,
    }
    return plain.model_copy(update=said)


async def _case(turn: Turn, case_id: str) -> CaseView:
    case = turn.cases[case_id]
    flow, number = case.flow.value, case.order_number or None
    if not case.order_id:
        return CaseView(order=number, flow=flow)
    order = await turn.order(case.order_id)
    return CaseView(order=number, customer=order.customer.name, flow=flow, held=order_view(order))
