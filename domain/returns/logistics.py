"""Carrier, tracking number, label and documented cost: the rules they share wherever they are given."""

from __future__ import annotations

import re

from domain.money import format_minor
from domain.returns.carriers import find_carrier, kept_tracking, tracking_fits
from domain.returns.labels import LABEL_TYPES, PDF, PNG, label_account, plain_type
from domain.returns.model import Label, Return
from domain.returns.payloads import GENERATE, LabelChoice, UploadedLabel
from domain.rules import Rule, Violation, broken
from domain.settings import MerchantSettings

_SHA256 = re.compile(r"[0-9a-f]{64}")


def logistics_violations(
    carrier: str, tracking: str, label: LabelChoice | None, settings: MerchantSettings, *, required: bool
) -> list[Violation]:
    """What is wrong with them. `required`: the merchant wants carrier and number now, not later."""
    found: list[Violation] = []
    if tracking.strip() and not carrier.strip():
        found.append(broken(Rule.CARRIER_REQUIRED, "carrier", value=tracking))
    elif tracking.strip() and not tracking_fits(carrier, tracking):
        known = find_carrier(carrier)
        name = known.name if known else carrier
        found.append(broken(Rule.TRACKING_INVALID, "tracking", limit=name, value=tracking))
    found += _label_violations(carrier, label, settings)
    number_comes = bool(tracking.strip()) or label == GENERATE
    if required and not (carrier.strip() and number_comes):
        missing = "a carrier" if number_comes else "a carrier and a tracking number"
        missing = "a tracking number" if carrier.strip() else missing
        found.append(broken(Rule.LOGISTICS_REQUIRED, "tracking", limit=missing))
    return found


def _label_violations(carrier: str, label: LabelChoice | None, settings: MerchantSettings) -> list[Violation]:
    if label is None:
        return []
    if not isinstance(label, UploadedLabel):
        unsupported = label_account(carrier, settings)
        return [unsupported] if unsupported else []
    if not _SHA256.fullmatch(label.sha256):
        return [broken(Rule.LABEL_INVALID, "label", limit="a stored file", value="no file of that hash")]
    if plain_type(label.media_type) not in (PDF, PNG):
        value = f"it is {label.media_type or 'of no known type'}"
        return [broken(Rule.LABEL_INVALID, "label", limit=LABEL_TYPES, value=value)]
    return []


def cost_violation(return_cost: int | None, currency: str) -> Violation | None:
    """A documented return cost is 0 or more."""
    if return_cost is None or return_cost >= 0:
        return None
    value = format_minor(return_cost, currency)
    return broken(Rule.FIELD_INVALID, "return_cost", limit="0 or more", value=value)


def set_logistics(ret: Return, carrier: str, tracking: str, label: LabelChoice | None) -> bool:
    """Write them onto the return; whether a label is to be generated now."""
    ret.carrier = carrier.strip()
    ret.tracking = kept_tracking(carrier, tracking)
    if isinstance(label, UploadedLabel):
        ret.label = Label(
            origin=label.origin, sha256=label.sha256, media_type=plain_type(label.media_type), name=label.name
        )
        ret.label_requested = False
    elif label is not None:
        ret.label, ret.label_requested = None, True
        return True
    return False
