"""Taking a customer out of an order: what names them or was written by or about them goes, the figures stay.

What was bought, paid and given back is the shop's own record and must add up for ever; who bought it need not be
known for that. Nothing is erased while something is on its way, because then somebody still has to be reached.
"""

from __future__ import annotations

import re

from domain.orders.model import Order
from domain.refunds.model import Refund, RefundStatus
from domain.returns.model import Return
from domain.supplier_reviews.model import SupplierReview

ERASED = "Erased customer"
_DIGITS = re.compile(r"\s*(?:ending(?: in)?\s*|[*•x]{2,}\s*)?\d[\d ]*$", re.IGNORECASE)


def on_its_way(order: Order) -> list[str]:
    """What is not finished on the order, in words; empty where nothing stands in the way."""
    refunds = [
        f"a refund is {refund.status.value}"
        for refund in order.refunds
        if refund.status in (RefundStatus.PENDING, RefundStatus.UNKNOWN)
    ]
    returns = [f"a return is {ret.status.value}" for ret in order.returns if ret.is_open]
    reviews = [
        f"a supplier review is {each.status.value}" for each in order.supplier_reviews if each.is_unfinished
    ]
    return [*refunds, *returns, *reviews]


def files_of(order: Order) -> set[str]:
    """SHA-256 of every file that came with the order: evidence, the customer's photos, labels."""
    labels = {ret.label.sha256 for ret in order.returns if ret.label is not None}
    sent = {sha256 for ret in order.returns for sha256 in ret.customer_files}
    return {item.sha256 for item in order.evidence} | labels | sent


def erase_customer(order: Order) -> None:
    """Take the customer out, in place. Doing it again changes nothing."""
    order.customer = order.customer.model_copy(update={"name": ERASED, "email": "", "language": ""})
    order.address = order.note = ""
    order.communication_log = []
    for payment in order.payments:
        payment.method = plain_method(payment.method)
    for line in order.lines:
        line.tracking = ""
    for item in order.evidence:
        item.name = item.text = ""
    for claim in order.claims:
        claim.quote = ""
    for refund in order.refunds:
        _erase_refund(refund)
    for ret in order.returns:
        _erase_return(ret)
    for review in order.supplier_reviews:
        _erase_review(review)


def plain_method(method: str) -> str:
    """``Visa ending 4242`` without the card's last digits."""
    return _DIGITS.sub("", method).strip() or "card"


def _erase_refund(refund: Refund) -> None:
    refund.note = refund.failure = ""
    for part in refund.allocations:
        part.method = plain_method(part.method)


def _erase_return(ret: Return) -> None:
    ret.customer_words = ret.customer_reason = ret.wished_outcome = ret.request_id = ""
    ret.note = ret.tracking = ret.explanation = ret.close_reason = ""
    ret.customer_files = []
    ret.label = None
    ret.history = []


def _erase_review(review: SupplierReview) -> None:
    review.notes = review.reason = ""
    review.timeline = []
