"""Stripe's webhook: whether a delivery is really Stripe's, and what it is about.

A delivery is believed where one of our secrets signed exactly these bytes a short while ago. Several secrets may be
valid at once, so that one can be replaced without losing a delivery.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from domain.orders.model import Dispute
from domain.ports import JobSpec
from integrations.payments.stripe import provider_refund

TOLERANCE_SECONDS = 300
PROVIDER_EVENT = "provider_event"
"""Job kind: bring an order to what a provider reported of itself."""
NAME = "stripe"
_REFUNDS = frozenset({"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"})
_DISPUTES = {
    "needs_response": Dispute.OPEN,
    "under_review": Dispute.OPEN,
    "warning_needs_response": Dispute.OPEN,
    "warning_under_review": Dispute.OPEN,
    "warning_closed": Dispute.WON,
    "won": Dispute.WON,
    "lost": Dispute.LOST,
    "prevented": Dispute.LOST,
}
"""By Stripe's status. `prevented` ended with the money given back, so nothing more may be."""


class NotStripes(Exception):
    """The delivery is not signed by a secret of ours, or not now."""


class Unreadable(Exception):
    """Signed, but no event as Stripe documents them."""


def verify(body: bytes, header: str, secrets: Sequence[str], now: datetime) -> None:
    """Raises NotStripes."""
    parts = [part.strip().partition("=") for part in header.split(",")]
    stamps = [value for name, _, value in parts if name == "t"]
    signatures = [value for name, _, value in parts if name == "v1"]
    if len(stamps) != 1 or not stamps[0].isascii() or not stamps[0].isdigit() or not signatures:
        raise NotStripes("the signature header cannot be read")
    if abs(now.timestamp() - int(stamps[0][:15])) > TOLERANCE_SECONDS:
        raise NotStripes("the delivery is too old, or from the future")
    signed = stamps[0].encode() + b"." + body
    for secret in secrets:
        expected = hmac.new(secret.encode(), signed, sha256).hexdigest()
        if any(hmac.compare_digest(expected.encode(), given.encode()) for given in signatures):
            return
    raise NotStripes("no secret of ours signed it")


def job_of(body: bytes, account: str = "") -> JobSpec | None:
    """The work an event means, once for each event id; None where it means none. Raises Unreadable.

    With `account`, events of other connected accounts mean none.
    """
    try:
        event = json.loads(body)
        if account and event.get("account", account) != account:
            return None
        payload = _payload(str(event["type"]), event["data"]["object"])
        return JobSpec(PROVIDER_EVENT, f"{NAME}:{event['id']}", payload) if payload else None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error


def _payload(kind: str, thing: dict[str, Any]) -> dict[str, Any] | None:
    """What the handler needs of it, and nothing about people."""
    if kind in _REFUNDS:
        seen = provider_refund(thing)
        return {
            "provider": NAME,
            "what": "refund",
            "ref": seen.ref,
            "payment_refs": list(seen.payment_refs),
            "amount": seen.amount,
            "currency": seen.currency,
            "status": seen.status,
            "at": seen.at.isoformat(),
            "key": seen.key,
            "refund_id": seen.refund_id,
            "reason": seen.reason,
        }
    if kind == "charge.refunded":
        refs = [thing.get("payment_intent"), thing["id"]]
        return {"provider": NAME, "what": "payment", "payment_refs": [str(ref) for ref in refs if ref]}
    if kind.startswith("charge.dispute."):
        state = _DISPUTES.get(str(thing["status"]))
        if state is None:
            raise ValueError(f"dispute status {thing['status']!r}")
        refs = [thing.get("payment_intent"), thing.get("charge")]
        return {
            "provider": NAME,
            "what": "dispute",
            "ref": str(thing["id"]),
            "payment_refs": [str(ref) for ref in refs if ref],
            "state": state.value,
        }
    return None
