"""Shipping labels: what may be uploaded, and the port to a carrier that draws one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from domain.returns.carriers import same_carrier
from domain.rules import Rule, Violation, broken
from domain.settings import MerchantSettings

PDF, PNG = "application/pdf", "image/png"
_FIRST_BYTES = {PDF: b"%PDF-", PNG: b"\x89PNG\r\n\x1a\n"}
_LAST_BYTES = {PDF: b"%%EOF", PNG: b"IEND\xaeB`\x82"}
LABEL_TYPES = "PDF or PNG"


def sniff_label(content: bytes) -> str | None:
    """The media type that the bytes themselves show: a whole PDF or PNG file; else None."""
    for media_type, first in _FIRST_BYTES.items():
        if content.startswith(first) and _LAST_BYTES[media_type] in content[-1024:]:
            return media_type
    return None


def check_label(content: bytes, media_type: str, max_bytes: int) -> Violation | None:
    """Why a file cannot be a label, or None. To be asked when the file is stored, before its hash is used."""
    if not content:
        return broken(Rule.LABEL_INVALID, "label", limit=LABEL_TYPES, value="it is empty")
    if len(content) > max_bytes:
        limit = f"at most {max_bytes} bytes"
        return broken(Rule.LABEL_INVALID, "label", limit=limit, value=f"it has {len(content)} bytes")
    seen = sniff_label(content)
    if seen is None:
        return broken(Rule.LABEL_INVALID, "label", limit=LABEL_TYPES, value="it is neither")
    if plain_type(media_type) != seen:
        value = f"it says {media_type or 'nothing'} and holds {seen}"
        return broken(Rule.LABEL_INVALID, "label", limit=LABEL_TYPES, value=value)
    return None


def plain_type(media_type: str) -> str:
    """A media type without parameters, lower case."""
    return media_type.split(";")[0].strip().lower()


def label_account(carrier: str, settings: MerchantSettings) -> Violation | None:
    """Why no label can be generated for this carrier, or None. Field `label`, code `label_unsupported`."""
    if not settings.carrier_accounts:
        value = "this shop has no carrier account; upload one instead"
        return broken(Rule.LABEL_UNSUPPORTED, "label", value=value)
    accounts = ", ".join(settings.carrier_accounts)
    if not carrier.strip():
        value = f"no carrier is named; there is an account with {accounts}"
        return broken(Rule.LABEL_UNSUPPORTED, "label", limit=accounts, value=value)
    if not any(same_carrier(carrier, account) for account in settings.carrier_accounts):
        value = f"the shop has no account with {carrier}, only with {accounts}; upload one instead"
        return broken(Rule.LABEL_UNSUPPORTED, "label", limit=accounts, value=value)
    return None


@dataclass(frozen=True, slots=True)
class LabelOrder:
    """What a carrier needs to know to draw a label. `tracking` is empty where the carrier is to issue the number."""

    carrier: str
    tracking: str
    return_id: str
    order_number: str
    sender_name: str
    sender_address: str
    recipient_name: str
    recipient_address: str = ""


@dataclass(frozen=True, slots=True)
class PrintedLabel:
    """A label as a carrier gave it."""

    content: bytes
    media_type: str
    tracking: str


class LabelPrinter(Protocol):
    """A carrier's account. Equal orders give equal labels: asking twice makes no second shipment."""

    def print(self, order: LabelOrder) -> PrintedLabel:
        """Draw the label, and issue a tracking number where there is none."""
        ...
