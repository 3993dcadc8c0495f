"""Orders: found by number and by words, guarded by version, kept apart by merchant."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.orders.model import Customer
from domain.ports import ConcurrentChange
from tests.builders import NOW, a_line, a_return, an_order
from tests.contract.storage.conftest import OTHER


async def test_an_order_comes_back_as_it_was_stored(write, read):
    order = an_order(note="leave at the door", number="#1001")
    assert await write(lambda uow: uow.orders.add(order)) is True
    assert await read(lambda uow: uow.orders.get(order.id)) == order
    assert await read(lambda uow: uow.orders.get("no-such-order")) is None


@pytest.mark.parametrize("typed", ["#A-1001", "a-1001", "  A-1001 ", "# a-1001"])
async def test_a_number_is_found_however_it_is_typed(write, read, typed):
    await write(lambda uow: uow.orders.add(an_order(number="#A-1001")))
    assert (await read(lambda uow: uow.orders.by_number(typed))).number == "#A-1001"
    assert await read(lambda uow: uow.orders.by_number("A-100")) is None


async def test_of_many_numbers_those_that_exist_are_told_at_once_as_they_were_given(write, read):
    await write(lambda uow: uow.orders.add(an_order(number="#A-1001")))
    await write(lambda uow: uow.orders.add(an_order("other", number="#7", merchant_id=OTHER)), OTHER)
    asked = ["a-1001", " #A-1001 ", "#A-1002", "#7"]
    assert await read(lambda uow: uow.orders.known_numbers(asked)) == {"a-1001", " #A-1001 "}
    assert await read(lambda uow: uow.orders.known_numbers([])) == set()


async def test_a_number_exists_once_a_merchant(write, read):
    await write(lambda uow: uow.orders.add(an_order("first", number="#7", note="mine")))
    assert await write(lambda uow: uow.orders.add(an_order("second", number=" 7 "))) is False
    assert await write(lambda uow: uow.orders.add(an_order("first", number="#8"))) is False
    assert await read(lambda uow: uow.orders.get("second")) is None

    assert (
        await write(lambda uow: uow.orders.add(an_order("first", number="#7", merchant_id=OTHER)), OTHER)
        is True
    )
    assert (await read(lambda uow: uow.orders.by_number("7"))).note == "mine"
    assert (await read(lambda uow: uow.orders.by_number("7"), OTHER)).note == ""


async def test_of_many_that_add_one_number_at_once_one_does(store, read):
    orders = [an_order(f"order-{i}", number="#77") for i in range(8)]
    added = await asyncio.gather(*(store.write("shop", lambda uow, o=o: uow.orders.add(o)) for o in orders))
    assert sorted(added) == [False] * 7 + [True]
    assert (await read(lambda uow: uow.orders.by_number("77"))).id == orders[added.index(True)].id


async def test_of_many_that_saw_a_number_free_at_once_one_adds_it(store, read):
    def look_and_add(uow, order):
        return not uow.orders.known_numbers([order.number]) and uow.orders.add(order)

    orders = [an_order(f"order-{i}", number="#77") for i in range(8)]
    added = await asyncio.gather(
        *(store.write("shop", lambda uow, o=o: look_and_add(uow, o)) for o in orders)
    )
    assert sorted(added) == [False] * 7 + [True]
    assert (await read(lambda uow: uow.orders.by_number("77"))).id == orders[added.index(True)].id


async def test_orders_of_an_address_are_found_however_it_is_written_newest_first(write, read):
    def fill(uow):
        for day, address in enumerate(["maya@shop.example", "Maya@Shop.Example", "other@shop.example"]):
            customer = Customer(name="Maya Lind", email=address)
            placed = NOW + timedelta(days=day)
            uow.orders.add(an_order(f"order-{day}", number=f"#{day}", customer=customer, placed_at=placed))

    await write(fill)
    found = await read(lambda uow: uow.orders.search(" MAYA@shop.example "))
    assert [each.number for each in found] == ["#1", "#0"]
    assert [each.number for each in await read(lambda uow: uow.orders.search("maya@shop.example", 1))] == [
        "#1"
    ]


async def test_search_wants_all_words_or_their_beginnings_in_any_order(write, read):
    def fill(uow):
        for i, (name, title) in enumerate(
            [("Zoë Müller", "Blue Mug"), ("Zoe Miller", "Red mug"), ("Ana", "Blue bag")]
        ):
            customer = Customer(name=name, email=f"c{i}@shop.example")
            order = an_order(
                f"order-{i}", number=f"#10{i}", customer=customer, lines=[a_line("l", title=title)],
                placed_at=NOW + timedelta(days=i),
            )  # fmt: skip
            uow.orders.add(order)

    await write(fill)

    async def found(text, merchant="shop"):
        return [summary.id for summary in await read(lambda uow: uow.orders.search(text), merchant)]

    assert await found("zoe") == ["order-1", "order-0"], "newest first, accents do not matter"
    assert await found("MULLER zoë") == ["order-0"]
    assert await found("blu") == ["order-2", "order-0"]
    assert await found("blue ana") == ["order-2"]
    assert await found("#101") == ["order-1"]
    assert await found("c2@shop.example") == ["order-2"]
    assert await found(" C2@Shop.Example ") == ["order-2"]
    assert await found("2@shop.example") == []
    assert await found("blue miller") == []
    assert await found("") == []
    assert await found("  - \" ' * : & ") == []
    assert await found('mug" OR "bag') == []
    assert await found("zoe", OTHER) == []


async def test_search_takes_whole_words_and_beginnings_only_where_no_order_holds_these(write, read):
    def fill(uow):
        for i, name in enumerate(("Ann", "Anna", "Annabel")):
            uow.orders.add(an_order(f"order-{i}", number=f"{i}", customer=Customer(name=name)))

    await write(fill)

    async def found(text):
        return sorted(s.customer for s in await read(lambda uow: uow.orders.search(text)))

    assert await found("ann") == ["Ann"]
    assert await found("an") == ["Ann", "Anna", "Annabel"]
    assert await found("annab") == ["Annabel"]


async def test_search_finds_what_was_changed_and_not_what_it_was(write, read):
    await write(lambda uow: uow.orders.add(an_order(customer=Customer(name="Ana Old"))))

    def rename(uow):
        order = uow.orders.get("order-1")
        order.customer.name = "Ana New"
        uow.orders.save(order)

    await write(rename)
    assert await read(lambda uow: uow.orders.search("old")) == []
    assert [s.customer for s in await read(lambda uow: uow.orders.search("new"))] == ["Ana New"]


async def test_recent_lists_the_newest_first(write, read):
    def fill(uow):
        for i in range(5):
            uow.orders.add(an_order(f"order-{i}", number=f"{i}", placed_at=NOW + timedelta(hours=i)))

    await write(fill)
    newest = await read(lambda uow: uow.orders.recent(2))
    assert [(s.id, s.placed_at) for s in newest] == [
        ("order-4", NOW + timedelta(hours=4)), ("order-3", NOW + timedelta(hours=3)),
    ]  # fmt: skip
    assert newest[0].titles == ["Mug"]
    assert await read(lambda uow: uow.orders.recent(2), OTHER) == []


async def test_saving_raises_the_version_unless_told_not_to(write, read):
    await write(lambda uow: uow.orders.add(an_order()))

    def save(uow, bump):
        order = uow.orders.get("order-1")
        order.note += "x"
        uow.orders.save(order, bump=bump)
        return order.version

    assert await write(lambda uow: save(uow, True)) == 2
    assert await write(lambda uow: save(uow, False)) == 2
    stored = await read(lambda uow: uow.orders.get("order-1"))
    assert (stored.version, stored.note) == (2, "xx")


async def test_a_work_reads_what_it_wrote_and_may_save_again(write, read):
    await write(lambda uow: uow.orders.add(an_order()))

    def save_twice(uow):
        order = uow.orders.get("order-1")
        order.note = "one"
        uow.orders.save(order)
        assert uow.orders.get("order-1").note == "one"
        order.note = "two"
        uow.orders.save(order)
        uow.orders.save(order)

    await write(save_twice)
    stored = await read(lambda uow: uow.orders.get("order-1"))
    assert (stored.version, stored.note) == (4, "two")


async def test_an_order_read_before_somebody_else_wrote_is_refused(write, read):
    await write(lambda uow: uow.orders.add(an_order()))
    stale = await read(lambda uow: uow.orders.get("order-1"))

    def change(uow):
        order = uow.orders.get("order-1")
        order.note = "theirs"
        uow.orders.save(order)

    await write(change)
    with pytest.raises(ConcurrentChange):
        await write(lambda uow: uow.orders.save(stale))
    assert (await read(lambda uow: uow.orders.get("order-1"))).note == "theirs"
    with pytest.raises(ConcurrentChange):
        await write(lambda uow: uow.orders.save(an_order("never-stored")))


@pytest.mark.parametrize("bump", [True, False])
async def test_no_write_is_lost_among_many_at_once(store, write, read, bump):
    await write(lambda uow: uow.orders.add(an_order(note="0")))

    def count_up(uow):
        order = uow.orders.get("order-1")
        order.note = str(int(order.note) + 1)
        uow.orders.save(order, bump=bump)

    await asyncio.gather(*(store.write("shop", count_up) for _ in range(40)))
    stored = await read(lambda uow: uow.orders.get("order-1"))
    assert (stored.note, stored.version) == ("40", 41 if bump else 1)


async def test_many_are_added_at_once_and_those_that_exist_are_left_alone(write, read):
    await write(lambda uow: uow.orders.add(an_order("order-3", number="3", note="first")))
    many = [an_order(f"order-{i}", number=f"{i}") for i in range(2500)]
    stored = await write(lambda uow: uow.orders.add_many([*many, an_order("twice", number="#0")]))
    assert len(stored) == 2499
    assert not stored & {"order-3", "twice"}
    assert (await read(lambda uow: uow.orders.get("order-3"))).note == "first"
    assert (await read(lambda uow: uow.orders.by_number("#2499"))).id == "order-2499"
    assert await write(lambda uow: uow.orders.add_many(many)) == set()


async def test_an_order_is_found_by_the_number_of_its_return_and_only_once_it_has_one(write, read):
    order = an_order()
    await write(lambda uow: uow.orders.add(order))
    assert await read(lambda uow: uow.orders.search("RET-77")) == []

    def with_a_return(uow):
        stored = uow.orders.get(order.id)
        a_return(stored, return_id="RET-77")
        uow.orders.save(stored)

    await write(with_a_return)
    assert [found.number for found in await read(lambda uow: uow.orders.search("ret-77"))] == [order.number]
    assert (await read(lambda uow: uow.orders.by_part("ret-77"))).number == order.number
    for other in ("RET-7", "RET-777", "77", "", " "):
        assert await read(lambda uow, other=other: uow.orders.by_part(other)) is None, other
