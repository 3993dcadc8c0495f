"""Refunds at Stripe, behind the payment port. What is covered, and what each answer means: docs/stripe.md.

A refund carries the desk's key twice: as its idempotency key, which Stripe forgets after a day, and in its metadata,
by which it is found for ever. Money is never asked for twice where either knows it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

from domain.ports import ProviderAnswer, ProviderRefund, ProviderRequest, ProviderUnavailable
from integrations.payments.errors import IdempotencyConflict
from integrations.payments.stripe_api import StripeApi, StripeRefused

KEY, REFUND_ID = "desk_key", "desk_refund"
"""Names of our metadata on a refund."""
_PAGE = 100
_STATUS = {
    "succeeded": "succeeded",
    "pending": "pending",
    "requires_action": "pending",
    "failed": "failed",
    "canceled": "failed",
}
_SENTENCES = {
    "charge_already_refunded": "everything of this payment has been refunded already",
    "charge_disputed": "the payment is disputed",
    "amount_too_large": "more than what is left of the payment",
    "insufficient_funds": "the Stripe account does not hold enough money",
    "balance_insufficient": "the Stripe account does not hold enough money",
    "resource_missing": "Stripe does not know this payment",
    "charge_pending": "the payment has not been completed yet",
    "canceled": "it was cancelled at Stripe",
    "lost_or_stolen_card": "the card was lost or stolen",
    "expired_or_canceled_card": "the card has expired or was cancelled",
    "declined": "the bank declined it",
    "merchant_request": "it was cancelled at the shop's request",
    "unknown": "the bank gave no reason",
}
_MAY_BE_OURS = frozenset({"charge_already_refunded", "amount_too_large"})
"""Refusals that an earlier request of the same refund can be the cause of."""


class StripeProvider:
    """Satisfies :class:`domain.ports.PaymentProvider` and :class:`domain.ports.PaymentRecords`."""

    def __init__(self, api: StripeApi) -> None:
        self._api = api

    async def refund(self, request: ProviderRequest) -> ProviderAnswer:
        """Ask for a refund. Raises ProviderTimeout, ProviderUnavailable, IdempotencyConflict."""
        where = _payment(request.payment_ref)
        if where is None:
            return ProviderAnswer("failed", reason="this payment has no Stripe reference (pi_… or ch_…)")
        form: dict[str, str | int] = {
            **where,
            "amount": request.amount,
            f"metadata[{KEY}]": request.key,
            f"metadata[{REFUND_ID}]": request.refund_id,
        }
        try:
            made = await self._api.post("/v1/refunds", form, key=request.key)
        except StripeRefused as refused:
            return await self._refused(request, refused)
        return _answer(_same(made, request))

    async def lookup(self, request: ProviderRequest) -> ProviderAnswer | None:
        """What Stripe knows of it, by the metadata of the payment's refunds; None when it never heard of it.

        Raises ProviderTimeout, ProviderUnavailable, IdempotencyConflict.
        """
        where = _payment(request.payment_ref)
        if where is None:
            return None
        try:
            found = [made async for made in self._all(where) if _metadata(made).get(KEY) == request.key]
        except StripeRefused as refused:
            if refused.status == 404:
                return None
            raise ProviderUnavailable(f"stripe refused the look-up: {refused}") from refused
        if not found:
            return None
        best = next((made for made in found if _status(made) != "failed"), found[0])
        return _answer(_same(best, request))

    async def refunds(self, since: datetime, until: datetime) -> list[ProviderRefund]:
        """Every refund of the account in that time, oldest first. Raises ProviderTimeout, ProviderUnavailable."""
        asked = {"created[gte]": int(since.timestamp()), "created[lt]": int(until.timestamp())}
        found = [provider_refund(made) async for made in self._all(asked)]
        return sorted(found, key=lambda each: (each.at, each.ref))

    async def refunds_of(self, payment_ref: str) -> list[ProviderRefund]:
        """Every refund of a payment, oldest first. Raises ProviderTimeout, ProviderUnavailable."""
        where = _payment(payment_ref)
        found = [provider_refund(made) async for made in self._all(where)] if where else []
        return sorted(found, key=lambda each: (each.at, each.ref))

    async def aclose(self) -> None:
        """Close all connections."""
        await self._api.close()

    async def _refused(self, request: ProviderRequest, refused: StripeRefused) -> ProviderAnswer:
        """A clean no, unless it is our own earlier refund that stands in the way."""
        if refused.code in _MAY_BE_OURS or refused.param == "amount":
            known = await self.lookup(request)
            if known is not None:
                return known
        said = _SENTENCES.get(refused.code)
        if said is None:
            said = _SENTENCES["amount_too_large"] if refused.param == "amount" else "Stripe refused it"
        return ProviderAnswer("failed", reason=f"{said} ({refused.code or refused.status})")

    async def _all(self, params: Mapping[str, str | int]) -> AsyncIterator[dict[str, Any]]:
        """Every refund that fits, newest first, over all pages."""
        after: dict[str, str | int] = {}
        while True:
            page = await self._api.get("/v1/refunds", {**params, "limit": _PAGE, **after})
            rows = page.get("data", [])
            for made in rows:
                yield made
            if not page.get("has_more") or not rows:
                return
            after = {"starting_after": str(rows[-1]["id"])}


def provider_refund(made: Mapping[str, Any]) -> ProviderRefund:
    """Stripe's refund object as the domain knows it. Raises KeyError, ValueError where it cannot be read."""
    names = (_id(made.get("payment_intent")), _id(made.get("charge")))
    return ProviderRefund(
        ref=str(made["id"]),
        payment_refs=tuple(name for name in names if name),
        amount=int(made["amount"]),
        currency=str(made["currency"]).upper(),
        status=_status(made),
        at=datetime.fromtimestamp(int(made["created"]), UTC),
        key=str(_metadata(made).get(KEY, "")),
        refund_id=str(_metadata(made).get(REFUND_ID, "")),
        reason=_reason(made),
    )


def _payment(ref: str) -> dict[str, str] | None:
    """The parameter that names the payment; None for what is no name of Stripe's."""
    if ref.startswith("pi_"):
        return {"payment_intent": ref}
    return {"charge": ref} if ref.startswith(("ch_", "py_")) else None


def _same(made: dict[str, Any], request: ProviderRequest) -> dict[str, Any]:
    """Raises IdempotencyConflict where the key belongs to another amount or currency."""
    asked = (request.amount, request.currency.lower())
    if (int(made["amount"]), str(made["currency"]).lower()) != asked:
        raise IdempotencyConflict(request.key)
    return made


def _answer(made: Mapping[str, Any]) -> ProviderAnswer:
    return ProviderAnswer(_status(made), str(made["id"]), _reason(made))


def _status(made: Mapping[str, Any]) -> str:
    """Raises ValueError for a status that Stripe's documentation does not know: it may have happened."""
    found = _STATUS.get(str(made.get("status")))
    if found is None:
        raise ValueError(f"stripe refund {made.get('id')} has the status {made.get('status')!r}")
    return found


def _reason(made: Mapping[str, Any]) -> str:
    if made.get("status") == "requires_action":
        return "the customer has to do something first"
    code = made.get("failure_reason") or (made.get("status") if made.get("status") == "canceled" else "")
    return _SENTENCES.get(str(code), f"refused by the bank ({code})") if code else ""


def _metadata(made: Mapping[str, Any]) -> Mapping[str, Any]:
    found = made.get("metadata")
    return found if isinstance(found, dict) else {}


def _id(value: Any) -> str:
    """An id, whether or not Stripe sent the whole thing in its place."""
    return str(value.get("id", "")) if isinstance(value, dict) else str(value or "")
