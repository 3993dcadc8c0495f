"""Carrier, tracking number and label: legal or not, for the few carriers the machine uses."""

from __future__ import annotations

import hashlib
import re

from evals.faults.oracle.values import Doc

KNOWN, OTHER = "DHL", "Otto the courier"
GOOD_NUMBER, BAD_NUMBER = "1234567890", "12"
LABEL_FILE = b"%PDF-1.4\n%%EOF"
"""Stored in every shop of the machine."""
LABEL = {
    "sha256": hashlib.sha256(LABEL_FILE).hexdigest(),
    "media_type": "application/pdf",
    "name": "label.pdf",
}
NO_FILE = {**LABEL, "sha256": "ab" * 32}
NO_LABEL = {**LABEL, "media_type": "text/html", "name": "label.html"}


def logistics_codes(carrier: str, tracking: str, label: object, settings: Doc, required: bool) -> set[str]:
    """A number needs its carrier and that carrier's form; a label is a PDF or PNG, or drawn by an account."""
    codes = set()
    if tracking and not carrier:
        codes.add("carrier_required")
    if tracking and carrier == KNOWN and not re.fullmatch(r"\d{10}", tracking):
        codes.add("tracking_invalid")
    if label == "generate" and carrier not in settings["carrier_accounts"]:
        codes.add("label_unsupported")
    if isinstance(label, dict) and any(label[key] != LABEL[key] for key in ("sha256", "media_type")):
        codes.add("label_invalid")
    if required and not (carrier and (tracking or label == "generate")):
        codes.add("logistics_required")
    return codes
