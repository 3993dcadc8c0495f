"""What can be done on an order now, and why not what cannot. Order page, section 3.

The page shows a button only where its action is available; so does every channel. A disabled action names the rule
that disables it: the state's own reason first, the actor's role after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.identity import Role, Staff, role_violation
from domain.orders.evidence import counts_as_evidence, open_claims, relevant_evidence
from domain.orders.model import Order
from domain.refunds.policy import availability as why_no_direct_refund
from domain.returns.availability import (
    needs_reason_to_close,
    why_no_cancel,
    why_no_close,
    why_no_create,
    why_no_decision,
    why_no_refund,
    why_not_on_its_way,
)
from domain.returns.model import Return
from domain.rules import Rule, Violation, broken
from domain.settings import MerchantSettings
from domain.supplier_reviews.availability import why_no_request, why_not_unfinished


class ActionName(StrEnum):
    """The rows of the action table."""

    REFUND = "refund"
    CREATE_RETURN = "create_return"
    APPROVE_RETURN = "approve_return"
    REJECT_RETURN = "reject_return"
    EDIT_RETURN = "edit_return"
    RECEIVE_RETURN = "receive_return"
    CANCEL_RETURN = "cancel_return"
    CLOSE_RETURN = "close_return"
    REFUND_RETURN = "refund_return"
    REQUEST_SUPPLIER_REVIEW = "request_supplier_review"
    VIEW_SUPPLIER_REVIEW = "view_supplier_review"
    CANCEL_SUPPLIER_REVIEW = "cancel_supplier_review"
    SUPPLIER_VERDICT = "supplier_verdict"
    WAIVE_EVIDENCE = "waive_evidence"


@dataclass(frozen=True, slots=True)
class Action:
    """One action on the order, or on one return, review or line of it (`subject`: its id)."""

    name: ActionName
    available: bool
    code: Rule | None = None
    sentence: str = ""
    """Why it is disabled; for an available one, what it still asks for, if anything."""
    subject: str | None = None
    limit: str = ""
    value: str = ""
    """The broken rule's limit and value, for a disabled one."""


def available_actions(
    order: Order, actor: Staff, settings: MerchantSettings, now: datetime, *, quality_issue: bool = False
) -> list[Action]:
    """Every action: available, or disabled with a reason.

    Actions on returns, reviews and dropshipped lines have one entry for each, or one disabled entry where there is
    none. `quality_issue`: the case at hand is about one, whatever the order knows of. `now` is taken because time is
    an argument of every rule; no action of the table depends on it today (the return window is a rule of approval).
    """
    return [
        _action(ActionName.REFUND, why_no_direct_refund(order, settings), actor),
        _action(ActionName.CREATE_RETURN, why_no_create(order, settings), actor),
        *_on_returns(order, actor, settings),
        *_on_reviews(order, actor),
        _action(
            ActionName.WAIVE_EVIDENCE,
            _why_no_waiver(order, settings, quality_issue=quality_issue),
            actor,
            Role.SUPERVISOR,
        ),
    ]


def find_action(actions: list[Action], name: ActionName, subject: str | None = None) -> Action:
    """The action of that name (and subject, if one is given). Raises KeyError."""
    for action in actions:
        if action.name is name and subject in (None, action.subject):
            return action
    raise KeyError(f"{name} {subject or ''}".strip())


def _action(
    name: ActionName,
    why: Violation | None,
    actor: Staff,
    role: Role = Role.AGENT,
    subject: str | None = None,
    asks: str = "",
) -> Action:
    why = why or role_violation(actor, role)
    if why is None:
        return Action(name, True, sentence=asks, subject=subject)
    return _disabled(name, why, subject)


def _disabled(name: ActionName, why: Violation, subject: str | None = None) -> Action:
    return Action(name, False, why.code, why.message, subject, why.limit, why.value)


def _none(name: ActionName, what: str) -> Action:
    why = broken(Rule.ACTION_UNAVAILABLE, name.value, value=what)
    return _disabled(name, why)


_ON_RETURNS = (
    ActionName.APPROVE_RETURN,
    ActionName.REJECT_RETURN,
    ActionName.EDIT_RETURN,
    ActionName.RECEIVE_RETURN,
    ActionName.CANCEL_RETURN,
    ActionName.CLOSE_RETURN,
    ActionName.REFUND_RETURN,
)


def _on_returns(order: Order, actor: Staff, settings: MerchantSettings) -> Iterator[Action]:
    if not order.returns:
        yield from (_none(name, "there is no return on this order") for name in _ON_RETURNS)
    for ret in order.returns:
        reasons = {
            ActionName.APPROVE_RETURN: why_no_decision(ret),
            ActionName.REJECT_RETURN: why_no_decision(ret),
            ActionName.EDIT_RETURN: why_not_on_its_way(ret),
            ActionName.RECEIVE_RETURN: why_not_on_its_way(ret),
            ActionName.CANCEL_RETURN: why_no_cancel(order, ret),
            ActionName.REFUND_RETURN: why_no_refund(order, ret, settings),
        }
        for name in _ON_RETURNS:
            if name is ActionName.CLOSE_RETURN:
                yield _close(order, ret, actor)
            else:
                yield _action(name, reasons[name], actor, subject=ret.id)


def _close(order: Order, ret: Return, actor: Staff) -> Action:
    """Done: anybody who may write. Not done: a supervisor, with a reason."""
    name, why = ActionName.CLOSE_RETURN, why_no_close(ret)
    if why is not None or not needs_reason_to_close(order, ret):
        return _action(name, why, actor, subject=ret.id)
    if role_violation(actor, Role.SUPERVISOR) is not None and role_violation(actor, Role.AGENT) is None:
        value = "units are awaited or the refund is not done; a supervisor may close it with a reason"
        return _action(name, broken(Rule.ACTION_UNAVAILABLE, "return", value=value), actor, subject=ret.id)
    asks = "Units are awaited or the refund is not done: closing needs a reason."
    return _action(name, None, actor, subject=ret.id, asks=asks)


def _on_reviews(order: Order, actor: Staff) -> Iterator[Action]:
    name = ActionName.REQUEST_SUPPLIER_REVIEW
    reasons = {line.id: why_no_request(order, line) for line in order.lines}
    dropshipped = [line.id for line in order.lines if line.source == "dropshipping"]
    if not dropshipped:
        yield _none(name, "nothing on this order is dropshipped, so no supplier bears its cost")
    for line_id in dropshipped:
        yield _action(name, reasons[line_id], actor, subject=line_id)
    with_roles = (
        (ActionName.VIEW_SUPPLIER_REVIEW, Role.VIEWER),
        (ActionName.CANCEL_SUPPLIER_REVIEW, Role.AGENT),
        (ActionName.SUPPLIER_VERDICT, Role.FINANCE),
    )
    for name, role in with_roles:
        if not order.supplier_reviews:
            yield _none(name, "there is no supplier review on this order")
        for review in order.supplier_reviews:
            viewing = name is ActionName.VIEW_SUPPLIER_REVIEW
            why = None if viewing else why_not_unfinished(review)
            yield _action(name, why, actor, role, review.id)


def _why_no_waiver(order: Order, settings: MerchantSettings, *, quality_issue: bool) -> Violation | None:
    """A waiver stands in for evidence of a quality issue that nothing shows yet."""
    claims = open_claims(order, [])
    if not claims and not quality_issue:
        return broken(Rule.ACTION_UNAVAILABLE, "evidence", value="there is no quality issue on this order")
    lines = [line for claim in claims for line in claim.lines]
    shown = any(
        counts_as_evidence(item, settings, order.currency, 0) for item in relevant_evidence(order, lines)
    )
    if shown:
        return broken(Rule.ACTION_UNAVAILABLE, "evidence", value="there is evidence already")
    return None
