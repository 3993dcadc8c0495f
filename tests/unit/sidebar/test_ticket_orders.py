"""Which order a ticket is about: by its field, a number, the address, the name; shown unasked only where it is sure."""

from __future__ import annotations

import pytest

from agent.messages import Ticket
from agent.tickets.orders import find_candidates, the_one
from domain.orders.model import Customer
from integrations.storage.database import open_database
from tests.builders import a_merchant, an_order, put_order


@pytest.fixture
async def find(tmp_path):
    """Two orders of Lucía and one of Tom."""
    store = await open_database(f"sqlite:///{tmp_path}/desk.db")
    merchant = a_merchant()
    await store.save_merchant(merchant)
    lucia, tom = (
        Customer(name="Lucía Prado", email="Lucia@example.com"),
        Customer(name="Tom", email="tom@example.com"),
    )
    orders = [
        an_order(id=f"ord_{number}", number=f"#{number}", customer=customer)
        for number, customer in ((1042, lucia), (1043, lucia), (2000, tom))
    ]

    def put(uow):
        for order in orders:
            put_order(uow, order)

    await store.write(merchant.id, put)

    async def found(**ticket):
        return await store.read(merchant.id, lambda uow: find_candidates(uow, Ticket(**ticket)))

    yield found
    await store.close()


def told(candidates):
    return [(each.order.number, each.why, each.belongs) for each in candidates]


async def test_a_number_of_the_writers_own_order_is_sure_enough_to_be_shown(find):
    found = await find(body="about #1042", requester_email="lucia@EXAMPLE.com")
    assert told(found) == [("#1042", "number", True)]
    assert the_one(found) == found[0]


async def test_a_number_of_somebody_elses_order_is_offered_and_not_shown(find):
    found = await find(body="about #2000", requester_email="lucia@example.com")
    assert told(found) == [("#2000", "number", False)]
    assert the_one(found) is None


async def test_the_helpdesks_order_field_goes_before_the_words(find):
    found = await find(order_hint="1043", body="about #1042", requester_email="lucia@example.com")
    assert told(found) == [("#1043", "field", True)]


async def test_several_orders_are_offered_and_none_is_shown(find):
    found = await find(body="hello", requester_email="lucia@example.com")
    assert {number for number, why, _ in told(found)} == {"#1042", "#1043"}
    assert the_one(found) is None


async def test_a_name_alone_is_never_sure(find):
    found = await find(body="hello", requester="Tom", requester_email="other@example.com")
    assert told(found) == [("#2000", "name", False)]
    assert the_one(found) is None


async def test_an_address_is_compared_whole(find):
    assert await find(body="hello", requester_email="example.com") == []
