"""Who moves the money, and how patiently."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, Field, SecretStr, model_validator

from integrations.settings.addresses import is_safe


class PaymentSettings(BaseModel):
    """See docs/stripe.md and docs/execution.md."""

    payments: Literal["sandbox", "stripe"] = Field(
        "sandbox", description="Who moves the money: sandbox moves none and remembers everything."
    )
    stripe_key: SecretStr = Field(
        SecretStr(""), description="Stripe's secret or restricted key, sk_… or rk_…."
    )
    stripe_webhook_secret: SecretStr = Field(
        SecretStr(""),
        description="Signing secret of the webhook, whsec_…; several, by commas, while one is replaced.",
    )
    stripe_url: str = Field("https://api.stripe.com", description="Stripe's address; another one for tests.")
    stripe_account: str = Field("", description="Connected account to act for, acct_…; empty: the key's own.")
    provider_seconds: float = Field(
        20.0,
        gt=0,
        le=120,
        description="How long one call to a payment provider may take; shorter than the lease.",
    )
    lease_seconds: float = Field(
        60.0, gt=0, le=3600, description="How long a job is one worker's; the others take over after it."
    )
    reconcile_minutes: float = Field(
        15.0, gt=0, description="How often the provider is asked about refunds that nobody could clear up."
    )

    @model_validator(mode="after")
    def _payments_can_be_made(self) -> Self:
        if self.payments == "stripe" and not self.stripe_key.get_secret_value():
            raise ValueError("DESK_PAYMENTS=stripe needs DESK_STRIPE_KEY")
        if not is_safe(self.stripe_url):
            raise ValueError("DESK_STRIPE_URL has to be https://… (http only on this machine)")
        if self.provider_seconds >= self.lease_seconds:
            raise ValueError(
                f"DESK_LEASE_SECONDS={self.lease_seconds:g} has to be longer than "
                f"DESK_PROVIDER_SECONDS={self.provider_seconds:g}"
            )
        return self

    @property
    def webhook_secrets(self) -> list[str]:
        """The webhook's secrets, each on its own."""
        given = self.stripe_webhook_secret.get_secret_value().split(",")
        return [secret.strip() for secret in given if secret.strip()]
