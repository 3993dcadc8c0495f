"""Orders are found by their customer's name and by their goods."""

from __future__ import annotations

from datetime import timedelta

from domain.orders.model import Customer
from tests.builders import NOW, a_line, an_order
from tests.contract.storage.conftest import OTHER


async def test_a_customers_orders_are_found_by_words_of_the_name_alone(write, read):
    def fill(uow):
        held = [("Zoë Müller", "Mug"), ("Zoe Miller", "Muller jar"), ("Ana", "Rose tea"), ("Tom Rose", "Bag")]
        for i, (name, title) in enumerate(held):
            uow.orders.add(
                an_order(
                    f"order-{i}",
                    number=f"#{i}",
                    customer=Customer(name=name),
                    lines=[a_line("l", title=title)],
                )
            )

    await write(fill)

    async def found(name, merchant="shop"):
        hit = await read(lambda uow: uow.orders.of_customer(name), merchant)
        return [each.id for each in hit.orders], hit.also_goods

    assert await found("zoe") == (["order-1", "order-0"], False)
    assert await found("Müller zoë") == (["order-0"], False)
    assert await found("muller") == (["order-0"], True), "a jar is called so too"
    assert await found("rose") == (["order-3"], True)
    assert await found("mug") == ([], False), "goods are nobody's name"
    assert await found("mull") == ([], False), "whole words alone"
    assert await found(" '") == ([], False)
    assert await found("zoe", OTHER) == ([], False)


async def test_orders_are_found_by_their_goods_in_the_singular_and_plural(write, read):
    def fill(uow):
        held = [("Sock Jones", "Blue mug"), ("Ana", "Wool socks"), ("Bo", "Sock, red wool")]
        for i, (name, title) in enumerate(held):
            uow.orders.add(
                an_order(
                    f"order-{i}",
                    number=f"#{i}",
                    customer=Customer(name=name),
                    lines=[a_line("l", title=title)],
                    placed_at=NOW + timedelta(days=i),
                )
            )

    await write(fill)

    async def found(text):
        return [each.id for each in await read(lambda uow: uow.orders.of_goods(text))]

    assert await found("wool sock") == ["order-2"], "the very words come first"
    assert await found("wools socks") == ["order-2", "order-1"]
    assert await found("mugs") == ["order-0"]
    assert await found("jones") == []
    assert await found("") == []
