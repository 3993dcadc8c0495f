"""The books: pairs of rows, posted once, never changed, with balances that are their sums."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.balances.model import OWN_ACCOUNTS, Account, EntryKind, Payout, PayoutStatus, Posting
from domain.ports import ConcurrentChange
from tests.builders import NOW
from tests.contract.storage.conftest import OTHER

PENDING, AVAILABLE, CUSTOMERS = Account.PENDING_SETTLEMENT, Account.AVAILABLE, Account.CUSTOMERS


def charge(key="charge:1", amount=1000, currency="EUR", **fields):
    return Posting(key, EntryKind.CHARGE, CUSTOMERS, PENDING, amount, currency, NOW, **fields)


def refund(key="refund:1", amount=400, source=PENDING, **fields):
    return Posting(key, EntryKind.REFUND, source, CUSTOMERS, amount, "EUR", NOW, **fields)


async def held(read, account=PENDING, currency="EUR", merchant="shop"):
    return (await read(lambda uow: uow.ledger.balances(currency), merchant)).of(account)


async def test_a_posting_is_a_pair_of_rows_and_moves_the_balance(write, read):
    await write(lambda uow: uow.ledger.post([charge(order_id="order-1", settlement_id="s-1")]))
    rows = await read(lambda uow: uow.ledger.postings())
    assert [(r.key, r.pair, r.account, r.amount) for r in rows] == [
        ("charge:1:in", "charge:1", "pending_settlement", 1000),
        ("charge:1:out", "charge:1", "customers", -1000),
    ]
    assert {(r.kind, r.currency, r.at, r.order_id, r.settlement_id, r.reverses) for r in rows} == {
        ("charge", "EUR", NOW, "order-1", "s-1", None)
    }
    assert await held(read) == 1000
    assert await read(lambda uow: uow.ledger.currencies()) == ["EUR"]
    assert await read(lambda uow: uow.ledger.sum()) == 0
    assert await read(lambda uow: uow.ledger.postings(), OTHER) == []
    assert await held(read, merchant=OTHER) == 0


async def test_a_key_is_posted_once_and_moves_the_balance_once(write, read):
    await write(lambda uow: uow.ledger.post([charge()]))
    await write(
        lambda uow: uow.ledger.post([charge(amount=999), charge("charge:2", 5), charge("charge:2", 5)])
    )
    await write(
        lambda uow: (uow.ledger.post([charge("charge:3", 1)]), uow.ledger.post([charge("charge:3", 1)]))
    )
    await write(lambda uow: uow.ledger.post([charge()]), OTHER)
    assert await held(read) == 1006
    assert len(await read(lambda uow: uow.ledger.postings())) == 6
    assert await held(read, merchant=OTHER) == 1000


async def test_one_key_posted_by_many_at_once_counts_once(store, read):
    await asyncio.gather(*(store.write("shop", lambda uow: uow.ledger.post([charge()])) for _ in range(20)))
    assert await held(read) == 1000
    assert await read(lambda uow: uow.ledger.sum()) == 0


async def test_balances_are_the_sums_of_the_rows(store, read, sql):
    def post(uow, i):
        uow.ledger.post([charge(f"charge:{i}", 100 + i), refund(f"refund:{i}", 50 + i)])
        uow.ledger.post([Posting(f"move:{i}", EntryKind.SETTLEMENT, PENDING, AVAILABLE, 20, "EUR", NOW)])

    await asyncio.gather(*(store.write("shop", lambda uow, i=i: post(uow, i)) for i in range(50)))
    balances = await read(lambda uow: uow.ledger.balances("EUR"))
    sums = dict(
        sql("select account, sum(amount) from ledger_entries where merchant_id = 'shop' group by account")
    )
    assert {a.value: balances.of(a) for a in OWN_ACCOUNTS} == {
        a.value: int(sums.get(a.value, 0)) for a in OWN_ACCOUNTS
    }
    assert balances.of(AVAILABLE) == 1000


async def test_an_own_account_does_not_fall_below_zero_unless_allowed(write, read):
    await write(lambda uow: uow.ledger.post([charge(amount=300)]))
    with pytest.raises(ConcurrentChange):
        await write(lambda uow: uow.ledger.post([refund()]))
    assert await held(read) == 300
    assert len(await read(lambda uow: uow.ledger.postings())) == 2, "the refused rows are not there either"

    await write(lambda uow: uow.ledger.post([refund()], allow_negative=True))
    assert await held(read) == -100
    with pytest.raises(ConcurrentChange):
        await write(lambda uow: uow.ledger.post([refund("refund:2", 1)]))
    await write(lambda uow: uow.ledger.post([charge("charge:2", 50)]))
    assert await held(read) == -50, "money may come in below zero"


async def test_an_account_may_be_filled_and_drawn_on_in_one_work(write, read):
    await write(lambda uow: uow.ledger.post([refund(), charge()]))
    assert await held(read) == 600


async def test_many_who_draw_at_once_take_no_more_than_there_is(store, write, read):
    await write(lambda uow: uow.ledger.post([charge(amount=1000)]))

    def draw(uow, i):
        if uow.ledger.balances("EUR").of(PENDING) < 150:
            return False
        uow.ledger.post([refund(f"refund:{i}", 150)])
        return True

    drawn = await asyncio.gather(*(store.write("shop", lambda uow, i=i: draw(uow, i)) for i in range(24)))
    assert sum(drawn) == 6
    assert await held(read) == 100


async def test_a_work_sees_the_balance_it_has_changed(write):
    def post_and_look(uow):
        uow.ledger.post([charge()])
        return uow.ledger.balances("EUR").of(PENDING), len(uow.ledger.postings())

    assert await write(post_and_look) == (1000, 2)


async def test_rows_can_be_narrowed_and_paged(write, read):
    def fill(uow):
        for i in range(6):
            uow.ledger.post(
                [charge(f"charge:{i}", 10 + i, "EUR" if i < 4 else "JPY", order_id=f"order-{i % 2}")]
            )

    await write(fill)

    async def keys(**narrowed):
        return [
            row.pair for row in await read(lambda uow: uow.ledger.postings(account="customers", **narrowed))
        ]

    assert await keys() == [f"charge:{i}" for i in (5, 4, 3, 2, 1, 0)]
    assert await keys(currency="JPY") == ["charge:5", "charge:4"]
    assert await keys(currency="EUR", order_id="order-1") == ["charge:3", "charge:1"]
    first = await read(lambda uow: uow.ledger.postings(limit=5))
    rest = await read(lambda uow: uow.ledger.postings(before=first[-1].number))
    numbers = [row.number for row in [*first, *rest]]
    assert len(numbers) == 12
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("change", ["update ledger_entries set amount = 0", "delete from ledger_entries"])
async def test_the_database_itself_refuses_to_change_rows(write, read, sql, change):
    await write(lambda uow: uow.ledger.post([charge()]))
    with pytest.raises(Exception, match="append-only"):
        sql(change)
    assert len(await read(lambda uow: uow.ledger.postings())) == 2


async def test_a_settlement_is_the_sum_of_its_parts(write, read):
    def fill(uow):
        uow.ledger.open_settlement("s-1", "EUR", NOW + timedelta(days=1))
        uow.ledger.open_settlement("s-1", "EUR", NOW + timedelta(days=9))
        uow.ledger.open_settlement("s-2", "EUR", NOW + timedelta(days=2))
        in_s1 = {"settlement_id": "s-1"}
        uow.ledger.post(
            [
                charge(amount=1000, **in_s1),
                charge("charge:2", 500, **in_s1),
                refund("refund:1", 300, **in_s1),
                refund("refund:2", 100, source=AVAILABLE, **in_s1),
                Posting(
                    "rev:1",
                    EntryKind.REVERSAL,
                    CUSTOMERS,
                    PENDING,
                    50,
                    "EUR",
                    NOW,
                    reverses="refund:1",
                    **in_s1,
                ),
                Posting("fee:1", EntryKind.FEE, PENDING, Account.BANK, 20, "EUR", NOW, **in_s1),
                Posting(
                    "sup:1", EntryKind.SUPPLIER_RECOVERY, Account.SUPPLIERS, PENDING, 7, "EUR", NOW, **in_s1
                ),
            ],
            allow_negative=True,
        )

    await write(fill)
    two, one = await read(lambda uow: uow.ledger.settlements())
    assert (two.id, two.net, two.status.value) == ("s-2", 0, "open")
    assert (one.charges, one.refunds, one.reversals, one.fees, one.recoveries) == (1500, 300, 50, 20, 7)
    assert one.net == 1237
    assert one.settles_at == NOW + timedelta(days=1)
    assert await read(lambda uow: uow.ledger.settlements(), OTHER) == []


async def test_settlements_can_be_narrowed_and_paged(write, read):
    def fill(uow):
        for i in range(4):
            uow.ledger.open_settlement(f"s-{i}", "EUR" if i else "JPY", NOW + timedelta(days=i))
        assert uow.ledger.mark_settled("s-1")

    await write(fill)

    async def ids(**narrowed):
        return [s.id for s in await read(lambda uow: uow.ledger.settlements(**narrowed))]

    assert await ids() == ["s-3", "s-2", "s-1", "s-0"]
    assert await ids(limit=2, offset=1) == ["s-2", "s-1"]
    assert await ids(currency="JPY") == ["s-0"]
    assert await ids(status="settled") == ["s-1"]
    assert await ids(currency="EUR", status="open") == ["s-3", "s-2"]


async def test_a_settlement_settles_once_when_it_is_due(write, read):
    await write(lambda uow: uow.ledger.open_settlement("s-1", "EUR", NOW))
    await write(lambda uow: uow.ledger.open_settlement("s-2", "EUR", NOW + timedelta(seconds=1)))
    assert [s.id for s in await read(lambda uow: uow.ledger.due_settlements(NOW))] == ["s-1"]
    assert await write(lambda uow: uow.ledger.mark_settled("s-1")) is True
    assert await write(lambda uow: uow.ledger.mark_settled("s-1")) is False
    assert await write(lambda uow: uow.ledger.mark_settled("s-9")) is False
    assert await write(lambda uow: uow.ledger.mark_settled("s-2"), OTHER) is False
    assert await read(lambda uow: uow.ledger.due_settlements(NOW)) == []


async def test_settling_and_taking_from_it_at_once_leave_the_books_right(store, write, read, clock):
    """Whichever comes first: what is left in `pending_settlement` is what open settlements add up to."""
    await write(lambda uow: uow.ledger.post([charge("charge:later", 5000, settlement_id="later")]))
    for turn in range(4):
        sid = f"s-{turn}"

        def sell(uow, sid=sid):
            uow.ledger.open_settlement(sid, "EUR", uow.now)
            uow.ledger.post([charge(f"charge:{sid}", 1000, settlement_id=sid)])

        def settle(uow, sid=sid):
            for settlement in uow.ledger.due_settlements(uow.now):
                if uow.ledger.mark_settled(settlement.id):
                    uow.ledger.post(
                        [
                            Posting(
                                f"set:{sid}",
                                EntryKind.SETTLEMENT,
                                PENDING,
                                AVAILABLE,
                                settlement.net,
                                "EUR",
                                uow.now,
                            )
                        ]
                    )

        def take(uow, i, sid=sid):
            is_open = any(s.id == sid for s in uow.ledger.settlements(status="open"))
            source, settlement = (PENDING, sid) if is_open else (AVAILABLE, None)
            uow.ledger.post([refund(f"take:{sid}:{i}", 10, source=source, settlement_id=settlement)])

        await write(sell)
        works = [store.write("shop", lambda uow, i=i, t=take: t(uow, i)) for i in range(16)]
        works.insert(5, store.write("shop", settle))
        await asyncio.gather(*works)
        assert await held(read) == 5000
        assert await held(read, AVAILABLE) == 840 * (turn + 1)


async def test_payouts_are_kept_and_written_back(write, read):
    payout = Payout(id="pay_1", currency="EUR", amount=700, status=PayoutStatus.SCHEDULED, created_at=NOW)
    later = payout.model_copy(
        update={"id": "pay_2", "created_at": NOW + timedelta(days=1), "currency": "JPY"}
    )
    await write(lambda uow: (uow.ledger.save_payout(payout), uow.ledger.save_payout(later)))
    paid = payout.model_copy(update={"status": PayoutStatus.PAID, "decided_at": NOW + timedelta(days=2)})
    await write(lambda uow: uow.ledger.save_payout(paid))
    assert await read(lambda uow: uow.ledger.payout("pay_1")) == paid
    assert await read(lambda uow: uow.ledger.payout("pay_1"), OTHER) is None
    assert await read(lambda uow: uow.ledger.payouts()) == [later, paid]
    assert await read(lambda uow: uow.ledger.payouts(currency="EUR")) == [paid]
    assert await read(lambda uow: uow.ledger.payouts(limit=1, offset=1)) == [paid]
