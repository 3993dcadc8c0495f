"""A case's settings as the shop's. Amounts in a case are decimal strings, in a shop's settings minor units."""

from __future__ import annotations

from typing import Any

from domain.money import MoneyError, parse_minor
from domain.settings import MerchantSettings


def merchant_settings(given: dict[str, Any]) -> MerchantSettings:
    """The shop's settings. Raises pydantic's ValidationError, with the field it is about."""
    values = dict(given)
    above = values.get("photo_required_above")
    if isinstance(above, dict):
        values["photo_required_above"] = {code: _minor(amount, code) for code, amount in above.items()}
    return MerchantSettings.model_validate(values)


def _minor(amount: Any, currency: Any) -> Any:
    if not isinstance(amount, str):
        return amount
    try:
        return parse_minor(amount, str(currency))
    except MoneyError:
        return amount
