"""Drafts say what the order bears out, in the customer's language, and promise nothing."""

from __future__ import annotations

import pytest

from agent.texts.drafts import DRAFTS, write_draft
from agent.texts.promises import violations_of_promises
from domain.orders.model import Order
from domain.reasons import RejectReason
from domain.refunds.model import RefundStatus
from domain.returns.model import Label, ReturnLine, ReturnStatus
from tests.builders import NOW, a_line, a_payment, a_refund, a_return, an_order

LANGUAGES = ("en", "de", "es", "fr")


def refunded(
    order: Order, split: dict[str, int], status: RefundStatus = RefundStatus.SUCCEEDED, **fields: object
) -> None:
    refund = a_refund(order, split, refund_id=f"r{len(order.refunds)}", status=status, **fields)
    for part in refund.allocations:
        part.status = status


def an_order_with_everything() -> Order:
    order = an_order(lines=[a_line("lamp", 2500, 2, title="Blue lamp")], payments=[a_payment("visa", 5000)])
    refunded(order, {"visa": 1050}, decided_at=NOW)
    a_return(
        order, ReturnStatus.APPROVED, return_id="a", return_fee=450, carrier="DHL", tracking="0034043416"
    )
    a_return(
        order,
        ReturnStatus.REJECTED,
        return_id="b",
        explanation="The lamp was used.",
        reject_reason=RejectReason.USED_OR_ALTERED,
    )
    return order


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draft", DRAFTS)
def test_every_draft_stands_in_every_language_and_promises_nothing(draft, language):
    text, written = write_draft(draft, language, an_order_with_everything(), {})

    assert written == language
    assert "#1" in text
    assert violations_of_promises(text) == []
    assert "{" not in text
    assert "  " not in text


@pytest.mark.parametrize(
    ("asked", "written"),
    [("it", "en"), ("", "en"), ("de-AT", "de"), ("German", "de"), ("français", "fr"), ("??", "en")],
)
def test_a_language_without_templates_falls_back_to_english_and_says_so(asked, written):
    assert write_draft("evidence_request", asked, an_order(), {})[1] == written


@pytest.mark.parametrize(
    ("language", "greeting"),
    [
        ("en", "Hello Maya,"),
        ("de", "Guten Tag Maya Lind,"),
        ("es", "Hola, Maya Lind:"),
        ("fr", "Bonjour Maya Lind,"),
    ],
)
def test_the_customer_is_greeted_as_is_polite_in_the_language(language, greeting):
    assert write_draft("evidence_request", language, an_order(), {})[0].startswith(greeting)


@pytest.mark.parametrize(
    ("language", "amount", "date"),
    [
        ("en", "€10.50", "March 2, 2026"),
        ("de", "10,50 €", "2. März 2026"),
        ("es", "10,50 €", "2 de marzo de 2026"),
        ("fr", "10,50 €", "2 mars 2026"),
    ],
)
def test_a_refund_notice_names_what_was_refunded_in_the_locale_s_form(language, amount, date):
    text, _ = write_draft("refund_notice", language, an_order_with_everything(), {})

    assert amount in text
    assert date in text
    assert "Visa" in text


def test_yen_has_no_decimals_and_dinar_three():
    for currency, minor, shown in (("JPY", 4800, "¥4,800"), ("KWD", 12500, "12.500")):
        order = an_order(payments=[a_payment("visa", minor)], currency=currency)
        refunded(order, {"visa": minor})
        assert shown in write_draft("refund_notice", "en", order, {})[0]


@pytest.mark.parametrize("status", [RefundStatus.PENDING, RefundStatus.UNKNOWN])
@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "refunded"), ("de", "erstattet"), ("es", "reembolsado"), ("fr", "remboursé ")],
)
def test_a_refund_that_did_not_succeed_yet_is_never_called_refunded(status, language, word):
    order = an_order()
    refunded(order, {"visa": 1234}, status)

    text, _ = write_draft("refund_notice", language, order, {})

    assert "12" in text
    assert word not in text


def test_a_failed_refund_and_none_at_all_are_only_acknowledged():
    order = an_order()
    empty, _ = write_draft("refund_notice", "en", order, {})
    refunded(order, {"visa": 1234}, RefundStatus.FAILED)
    failed, _ = write_draft("refund_notice", "en", order, {})

    assert empty == failed
    assert "12.34" not in failed
    assert "looking into it" in failed


def test_the_latest_refund_that_succeeded_is_named_and_a_waiting_one_kept_apart():
    order = an_order(payments=[a_payment("visa", 5000)])
    refunded(order, {"visa": 1000}, decided_at=NOW)
    refunded(order, {"visa": 2000}, decided_at=NOW.replace(hour=13))
    refunded(order, {"visa": 300}, RefundStatus.PENDING)

    text, _ = write_draft("refund_notice", "en", order, {})

    assert "we refunded €20.00" in text
    assert "€10.00" not in text
    assert "Another refund of €3.00 is being processed" in text


def test_a_refund_over_two_payments_names_each_part():
    order = an_order(payments=[a_payment("visa", 3000), a_payment("gift_card", 2000)])
    refunded(order, {"visa": 3000, "gift_card": 1000})

    text, _ = write_draft("refund_notice", "de", order, {})

    assert "40,00 €" in text
    assert "30,00 € an Visa und 10,00 € an Geschenkkarte" in text


def test_an_approval_says_what_to_send_how_and_what_it_costs():
    order = an_order(lines=[a_line("lamp", 2500, 2, title="Blue lamp")])
    lines = [ReturnLine(line="lamp", quantity=2, restocking_fee=300)]
    label = Label(origin="upload", sha256="0", media_type="application/pdf")
    a_return(
        order, ReturnStatus.APPROVED, lines=lines, return_fee=450, carrier="DHL", tracking="0034", label=label
    )

    text, _ = write_draft("approval", "en", order, {})

    assert "- 2 × Blue lamp" in text
    assert "return label that comes with this message" in text
    assert "DHL, tracking number 0034" in text
    assert "a return fee of €4.50 and a restocking fee of €3.00" in text


def test_an_approval_without_logistics_asks_for_the_tracking_number_and_names_no_fee():
    order = an_order()
    a_return(order, ReturnStatus.APPROVED)

    text, _ = write_draft("approval", "en", order, {})

    assert "tell us the carrier and the tracking number" in text
    assert "fee" not in text


def test_a_return_that_is_only_requested_is_not_called_approved():
    order = an_order()
    a_return(order, ReturnStatus.REQUESTED)

    assert "approved" not in write_draft("approval", "en", order, {})[0]


def test_a_rejection_gives_the_explanation_without_what_it_promised():
    order = an_order()
    said = "The lamp was used. You still get half of it by Friday."

    text, _ = write_draft("rejection", "en", order, {"explanation": said})

    assert "The lamp was used." in text
    assert "Friday" not in text


def test_an_explanation_in_another_language_stands_beside_the_reason_in_the_customer_s():
    text, _ = write_draft("rejection", "de", an_order_with_everything(), {})

    assert "Der Artikel wurde benutzt oder verändert." in text
    assert "The lamp was used." in text
