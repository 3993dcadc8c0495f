import pytest

from agent.reading.local import LocalReader
from agent.reading.read_whole import read_whole
from agent.reading.view import LineView, OrderView, PendingView, ProposalView, TurnView


@pytest.fixture(scope="session")
def reader():
    return LocalReader()


@pytest.fixture
def order():
    return OrderView(
        number="#1042",
        currency="EUR",
        customer="Ana Lopez",
        lines=[
            LineView(id="l1", sku="MUG-B", title="Coffee mug", variant="blue", quantity=3),
            LineView(id="l2", sku="MUG-R", title="Coffee mug", variant="red", quantity=2),
            LineView(id="l3", sku="LAMP", title="Desk lamp", quantity=1),
        ],
        returns=[{"id": "R1", "status": "requested"}],
        payments=["visa", "paypal"],
    )


@pytest.fixture
def say(reader, order):
    """Read a message in the context of the order; returns the understanding."""

    def read(
        text, *, pending=None, card=False, options=(), slots=None, flow=None, attachments=(), alone=False
    ):
        asked = PendingView(slot=pending, flow=flow, options=list(options)) if pending else None
        proposal = ProposalView(kind="refund", order=order.number, amount="25.00") if card else None
        return read_whole(
            reader,
            TurnView(
                text=text,
                order=None if alone else order,
                orders=[] if alone else [order],
                pending=asked,
                proposal=proposal,
                flow=flow or ("direct_refund" if asked or proposal else None),
                slots=slots or {},
                attachments=list(attachments),
            ),
        )

    return read
