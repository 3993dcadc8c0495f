"""All flows by name, and the menu for somebody who does not know what to say."""

from __future__ import annotations

from agent.commands import Flow
from agent.flows.asides import BALANCE, DRAFT_REPLY, STATUS
from agent.flows.merchant_return import MERCHANT_RETURN
from agent.flows.refund import DIRECT_REFUND, QUALITY_ISSUE
from agent.flows.return_progress import RETURN_PROGRESS
from agent.flows.review import REVIEW_RETURN
from agent.flows.step import Choice, FlowSpec
from agent.flows.supplier import SUPPLIER_REVIEW

FLOWS: dict[Flow, FlowSpec] = {
    spec.flow: spec
    for spec in (
        DIRECT_REFUND,
        QUALITY_ISSUE,
        REVIEW_RETURN,
        MERCHANT_RETURN,
        RETURN_PROGRESS,
        SUPPLIER_REVIEW,
        BALANCE,
        STATUS,
        DRAFT_REPLY,
    )
}

GUESSES: dict[str, Flow] = {
    "direct_refund": Flow.DIRECT_REFUND,
    "report_issue": Flow.QUALITY_ISSUE,
    "merchant_return": Flow.MERCHANT_RETURN,
    "review_return": Flow.REVIEW_RETURN,
    "supplier_request": Flow.SUPPLIER_REVIEW,
    "lookup_order": Flow.STATUS,
    "balance": Flow.BALANCE,
}
"""What a reader's guess would start, by intent."""

MENU = [
    Choice("Refund", "direct_refund", say="refund"),
    Choice("Open a return", "merchant_return", say="open a return"),
    Choice("Something is wrong with the goods", "report_issue", say="something is wrong with the goods"),
    Choice("Review a return request", "review_return", say="review the return request"),
    Choice("Look up an order", "lookup_order", say="look up an order"),
    Choice("Supplier review", "supplier_request", say="ask the supplier"),
    Choice("Balance", "balance", say="what is our balance"),
]
