"""The finer things a clause can do, and the contract's intents they count as."""

from __future__ import annotations

from dataclasses import dataclass

INTENTS: tuple[str, ...] = (
    "lookup_order",
    "direct_refund",
    "merchant_return",
    "review_return",
    "supplier_request",
    "supplier_result",
    "supplier_cancel",
    "balance",
    "policy",
    "evidence",
    "report_issue",
    "confirm",
    "cancel",
    "correct",
    "greet",
    "oos",
)
ISSUES: tuple[str, ...] = ("quality", "wrong_item", "not_received", "late", "changed_mind", "other")

INTENT_OF: dict[str, str] = {
    "refund": "direct_refund",
    "return": "merchant_return",
    "review": "review_return",
    "progress": "review_return",
    "supplier_request": "supplier_request",
    "supplier_result": "supplier_result",
    "supplier_cancel": "supplier_cancel",
    "balance": "balance",
    "ask_balance": "balance",
    "ask_policy": "policy",
    "ask_action": "policy",
    "ask_status": "lookup_order",
    "lookup": "lookup_order",
    "select": "lookup_order",
    "resume": "lookup_order",
    "evidence": "evidence",
    "waive": "evidence",
    "report": "report_issue",
    "retract": "report_issue",
    "affirm": "confirm",
    "cancel": "cancel",
    "correct": "correct",
    "greet": "greet",
    "handoff": "oos",
    "capabilities": "oos",
    "oos": "oos",
    "draft": "evidence",
    "fact": "direct_refund",
}
ACT_OF: dict[str, str] = {
    "lookup_order": "lookup",
    "direct_refund": "refund",
    "merchant_return": "return",
    "review_return": "review",
    "supplier_request": "supplier_request",
    "supplier_result": "supplier_result",
    "supplier_cancel": "supplier_cancel",
    "balance": "balance",
    "policy": "ask_policy",
    "evidence": "evidence",
    "report_issue": "report",
    "confirm": "affirm",
    "cancel": "cancel",
    "correct": "correct",
    "greet": "greet",
    "oos": "oos",
}


@dataclass(frozen=True, slots=True)
class Act:
    """What the words of a clause say outright, and how surely (0 to 1): the weight against the model."""

    name: str
    strength: float
    topic: str = ""

    @property
    def intent(self) -> str:
        """The contract's intent."""
        if self.name == "draft" and self.topic in {"approval", "rejection"}:
            return "review_return"
        if self.name == "draft" and self.topic == "refund_notice":
            return "direct_refund"
        return INTENT_OF[self.name]


HARD = 0.97
"""From here on the words decide, whatever the model says."""


@dataclass(frozen=True, slots=True)
class Open:
    """What a clause is said into."""

    pending: str = ""
    proposal: bool = False
    flow: str = ""
    requested_return: bool = False
    open_return: bool = False
    """A return is approved or on its way."""
    received_return: bool = False
    """A return is back and not paid out."""

    open_review: bool = False
    """A supplier has not answered a claim yet."""
    claimed: bool = False
    """A supplier was asked to bear the cost, answered or not."""
    dropshipped: bool = False
    """Some goods come from a supplier, who may be asked to bear their cost."""

    order_known: bool = False
    """The order that is meant is loaded: what it has not, nobody speaks of without saying so."""
    other_order: bool = False
    """What is said names another order than the one that is talked about."""

    @property
    def busy(self) -> bool:
        """Whether a case is under way on the order that is meant, and not only asked what was meant."""
        return self.anything and self.pending != "clarify" and not self.other_order

    @property
    def anything(self) -> bool:
        """Whether a case is under way."""
        return bool(self.pending or self.proposal or self.flow)
