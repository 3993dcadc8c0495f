"""What a Shopify order becomes: exact to the minor unit, and nothing half understood is taken over."""

from __future__ import annotations

import pytest

from domain.orders.intake import to_order
from domain.orders.model import Dispute, Fulfilment, Source
from domain.orders.value import captured, line_cost, order_total, refunded_total, units_value
from integrations.shops.port import OrderNews, Unreadable
from integrations.shops.shopify.mapping import order_news
from tests.builders import FakeClock, a_merchant
from tests.unit.shops.papers import a_refund, a_return, a_shipment, a_transaction, an_item, an_order, money


def taken(given, sources=None):
    news = order_news(given, sources or {})
    assert isinstance(news, OrderNews), news
    now = FakeClock().now().replace(year=2027)
    return to_order(news.document, a_merchant(), order_id="ord", now=now).order


def test_prices_that_hold_their_tax_cost_to_the_minor_unit_what_they_cost_in_the_shop():
    item = an_item(
        quantity=3,
        price="10.00",
        taxLines=[{"priceSet": money("4.55")}],
        discountAllocations=[{"allocatedAmountSet": money("1.50")}],
    )
    order = taken(an_order(items=[item], taxesIncluded=True, transactions=[a_transaction(amount="28.50")]))
    line = order.lines[0]
    assert (line_cost(line), line.tax) == (2850, 455)
    assert sum(units_value(line, i, 1) for i in range(3)) == 2850


def test_tax_on_top_and_shipping_with_its_tax_add_up_to_what_was_paid():
    item = an_item(quantity=2, price="18.0", taxLines=[{"priceSet": money("2.88")}])
    order = an_order(items=[item], transactions=[a_transaction(amount="43.78")])
    order["shippingLines"]["nodes"] = [
        {"discountedPriceSet": money("4.50"), "taxLines": [{"priceSet": money("0.40")}]}
    ]
    found = taken(order)
    assert order_total(found) == captured(found) == 4378


def test_a_payment_for_each_capture_and_none_for_what_failed():
    transactions = [
        a_transaction(1, "AUTHORIZATION", "36.0"),
        a_transaction(2, "CAPTURE", "20.0", parentTransaction={"id": "gid://shopify/OrderTransaction/1"}),
        a_transaction(3, "SALE", "16.0", status="FAILURE"),
        a_transaction(4, "SALE", "16.0", gateway="gift_card", formattedGateway="Gift card", paymentId=None),
    ]
    order = taken(an_order(transactions=transactions))
    assert [(p.method, p.captured, p.provider_ref) for p in order.payments] == [
        ("Stripe", 2000, "pi_2"),
        ("Gift card", 1600, "gid://shopify/OrderTransaction/4"),
    ]


def test_an_open_dispute_stands_on_every_payment():
    order = taken(an_order(disputes=[{"id": "d", "status": "NEEDS_RESPONSE"}]))
    assert [payment.dispute for payment in order.payments] == [Dispute.OPEN]


@pytest.mark.parametrize(
    ("shipments", "cancelled", "state"),
    [
        ([], None, Fulfilment.UNFULFILLED),
        ([a_shipment(1)], None, Fulfilment.PROCESSING),
        ([a_shipment(2, displayStatus="IN_TRANSIT")], None, Fulfilment.SHIPPED),
        ([a_shipment(2)], None, Fulfilment.DELIVERED),
        ([a_shipment(2, status="CANCELLED")], None, Fulfilment.UNFULFILLED),
        ([], "2026-05-02T00:00:00Z", Fulfilment.CANCELLED),
    ],
)
def test_how_far_a_line_has_come(shipments, cancelled, state):
    order = taken(an_order(fulfillments=shipments, cancelledAt=cancelled))
    assert order.lines[0].fulfilment is state


def test_the_vendor_says_what_is_dropshipped_and_then_its_cost_counts():
    line = taken(an_order(), {"Kiln & Co": "dropshipping"}).lines[0]
    assert (line.source, line.supplier, line.supplier_cost) == (Source.DROPSHIPPING, "Kiln & Co", 1440)
    assert taken(an_order()).lines[0].source is Source.OWN


def test_what_is_not_shipped_is_digital_and_a_tag_makes_it_final():
    item = an_item(requiresShipping=False, product={"tags": ["final-sale"]})
    line = taken(an_order(items=[item])).lines[0]
    assert (line.source, line.final_sale) == (Source.DIGITAL, True)


def test_refunds_made_in_shopify_consume_what_can_be_refunded():
    order = taken(an_order(fulfillments=[a_shipment()], refunds=[a_refund(amount="18.0")]))
    assert (refunded_total(order), order.refunds[0].lines[0].quantity) == (1800, 1)


def test_goods_put_back_without_money_are_no_refund():
    assert taken(an_order(refunds=[a_refund(amount="0.0")])).refunds == []


def test_the_desks_own_refund_comes_back_under_its_own_id():
    news = order_news(an_order(refunds=[a_refund(note="damaged [desk:prop_7]")]), {})
    assert isinstance(news, OrderNews)
    assert news.document.refunds[0].id == "prop_7"


def test_a_return_request_brings_reason_and_words():
    order = taken(an_order(fulfillments=[a_shipment()], returns=[a_return()]))
    ret = order.returns[0]
    assert (ret.status.value, ret.reason, ret.customer_words) == (
        "requested", "defective", "the handle came off in the sink",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"currencyCode": "XXX"}, "XXX"),
        ({"items": [an_item(price="10.005")]}, "10.005"),
        ({"name": "  "}, "blank"),
    ],
)
def test_what_is_not_understood_is_named_and_not_taken_over(broken, why):
    news = order_news(an_order(**broken), {})
    assert isinstance(news, Unreadable)
    assert why in news.why


def test_an_order_of_more_lines_than_were_read_is_not_taken_over():
    order = an_order()
    order["lineItems"]["pageInfo"]["hasNextPage"] = True
    assert isinstance(order_news(order, {}), Unreadable)
