"""A merchant's settings: every number of the order page that a shop may choose."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel, ConfigDict, Field, field_validator

from domain.money import exponent


class MerchantSettings(BaseModel):
    """Typed, validated when loaded; each proposal records the version it was made under."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    merchant_initiated_returns: bool = Field(True, description="Staff may create returns themselves.")
    refund_before_receipt: bool = Field(False, description="A return may be refunded before it is received.")
    refund_from_reserved: bool = Field(False, description="Refunds may draw on the reserved account.")
    negative_balance: bool = Field(False, description="Refunds may take the available account below zero.")
    refunds_blocked: bool = Field(False, description="No refund is possible at all.")
    logistics_at_approval: bool = Field(
        False, description="Carrier and tracking number must be given when a return is approved."
    )
    return_window_days: int = Field(30, ge=0, description="Days after the order in which customers may ask.")
    proposal_minutes: int = Field(30, ge=1, description="Minutes a proposal stays open.")
    settlement_days: int = Field(7, ge=0, description="Days from capture to settlement.")
    four_eyes_window_hours: int = Field(24, ge=1, description="Refunds in this window count together.")
    description_counts: bool = Field(True, description="A clear description by the customer is evidence.")
    description_min_length: int = Field(20, ge=1, description="Characters a description must have.")
    photo_required_above: dict[str, int] = Field(
        default_factory=dict,
        description="Minor units by currency; above it only photo or video is evidence. Empty: off.",
    )
    carrier_accounts: list[str] = Field(
        default_factory=list, description="Carriers with an account that can generate labels."
    )
    label_max_bytes: int = Field(5_000_000, ge=1, description="Largest label file.")

    @field_validator("photo_required_above")
    @classmethod
    def _currencies(cls, value: dict[str, int]) -> dict[str, int]:
        for currency, amount in value.items():
            exponent(currency)
            if amount < 0:
                raise ValueError(f"{currency}: must not be negative")
        return value

    @property
    def version(self) -> str:
        """A short hash of all values: the policy version recorded on proposals."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


class Merchant(BaseModel):
    """A shop. All rows belong to one."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    base_currency: str
    settings: MerchantSettings = Field(default_factory=MerchantSettings)
