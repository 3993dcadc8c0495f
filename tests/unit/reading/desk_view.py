"""A small order and a shop of cases to read messages in."""

from agent.reading.view import CaseView, LineView, OrderView, PendingView, ProposalView, TurnView

LINES = [
    LineView(id="l1", sku="CUP", title="Coffee mug", quantity=3),
    LineView(id="l2", sku="LAMP", title="Desk lamp", quantity=1),
    LineView(id="l3", sku="PLATE", title="Dinner plate", quantity=3),
]
CASES = [
    CaseView(order="2201", customer="Miguel Prado", flow="direct_refund"),
    CaseView(order="2207", customer="Zoë Kühn", flow="merchant_return"),
]


def order(*returns, number="1043"):
    held = [{"id": f"R{at}", "status": status} for at, status in enumerate(returns)]
    return OrderView(number=number, currency="EUR", customer="Ana Lopez", lines=LINES, returns=held)


def hear(reader, text, *returns, pending=None, options=(), card=False, flow=None, alone=False, cases=()):
    topic = None if alone else order(*returns)
    asked = PendingView(slot=pending, options=list(options)) if pending else None
    proposal = ProposalView(kind="refund", order="1043", amount="25.00") if card else None
    return reader.read(
        TurnView(
            text=text,
            order=topic,
            orders=[topic] if topic else [],
            pending=asked,
            proposal=proposal,
            flow=flow or ("direct_refund" if asked or proposal else None),
            slots={"amount": {"kind": "exact", "value": "25", "currency": "EUR"}} if card else {},
            cases=list(cases),
        )
    )
