"""The demo shop."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.balances.model import Account
from domain.balances.service import current_balances
from domain.identity import Role
from domain.orders.value import captured, order_total, units_value
from integrations.demo.shop import DEMO, demo_staff, seed_demo


async def everything(store):
    def look(uow):
        codes = uow.ledger.currencies()
        return (
            [uow.ledger.balances(code) for code in codes],
            uow.orders.recent(1000),
            uow.ledger.postings(limit=5000),
            uow.staff.all(),
            uow.ledger.payouts(),
        )

    return await store.read(DEMO.id, look)


async def test_a_second_start_changes_nothing(store, clock):
    await seed_demo(store)
    before = await everything(store)
    clock.pass_time(hours=3)
    assert await seed_demo(store) == DEMO
    assert await everything(store) == before


async def test_a_start_that_was_cut_short_is_finished_by_the_next(store, monkeypatch):
    with monkeypatch.context() as cut_short:
        cut_short.setattr("integrations.demo.shop._seed_orders", lambda uow: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await seed_demo(store)
    await seed_demo(store)
    orders = await store.read(DEMO.id, lambda uow: uow.orders.recent(1000))
    assert len(orders) == 642 + 12
    assert len(await store.read(DEMO.id, lambda uow: uow.ledger.payouts())) == 2


async def test_the_last_sale_is_an_hour_old_and_money_is_on_its_way(store, clock):
    await seed_demo(store)
    newest = (await store.read(DEMO.id, lambda uow: uow.orders.recent(1)))[0]
    assert newest.placed_at == clock.now() - timedelta(hours=1)
    found = await store.write(DEMO.id, lambda uow: current_balances(uow, "GBP"))
    assert found.of(Account.PENDING_SETTLEMENT) > 0
    assert found.of(Account.AVAILABLE) > 0
    assert await store.read(DEMO.id, lambda uow: uow.ledger.sum()) == 0


async def test_order_1042_is_the_one_of_the_first_screen(store):
    await seed_demo(store)
    order = await store.read(DEMO.id, lambda uow: uow.orders.by_number("#1042"))
    assert (order.customer.name, order.currency, order_total(order)) == ("Lucía Prado", "USD", 6480)
    assert captured(order) == 6480
    assert units_value(order.lines[0], 0, 1) == 1840
    assert order.lines[0].source == "dropshipping"


async def test_ana_sam_fin_and_vic_can_be_found_by_their_addresses(store):
    await seed_demo(store)
    found = await store.read(
        DEMO.id, lambda uow: [uow.staff.by_identity("email", person.email) for person in demo_staff()]
    )
    assert [person.role for person in found] == [Role.AGENT, Role.SUPERVISOR, Role.FINANCE, Role.VIEWER]
    assert found[0].limits == {"USD": 10000, "EUR": 10000, "GBP": 10000, "JPY": 10000, "KWD": 30000}
