"""Carriers whose tracking numbers have a known form. Of any other carrier, every number that is not empty is taken.

Forms are what the carriers print on labels, as published by the carriers and by the Universal Postal Union for the
postal ones (S10: two letters, eight digits, a check digit, the country). Spaces and hyphens do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier, the forms of its numbers, and whether an S10 number's check digit is checked."""

    name: str
    forms: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    s10_check: bool = False


def _s10(country: str) -> str:
    return rf"[A-Z]{{2}}\d{{9}}{country}"


CARRIERS: tuple[Carrier, ...] = (
    # "1Z", six of the shipper, two of the service, eight of the parcel; older freight and mail numbers are digits.
    Carrier("UPS", (r"1Z[0-9A-Z]{16}", r"T\d{10}", r"\d{9}", r"\d{12}", r"\d{26}"), ("united parcel service",)),
    # Intelligent Mail package barcode (20 to 22 digits from 9 on, or with 420 and the ZIP before); S10 abroad.
    Carrier("USPS", (r"9\d{19,21}", r"420\d{5}(?:\d{4})?9\d{21}", r"(?:70|14|23|03)\d{14,18}", _s10("US"))),
    # Express 12, Ground 15, SmartPost 20 and 22 digits (some with 96 in front), door tags DT and 12 digits.
    Carrier("FedEx", (r"\d{12}", r"\d{14,15}", r"\d{20}", r"\d{22}", r"96\d{20}", r"\d{34}", r"DT\d{12}"), ("fed ex",)),
    # Express waybill 10 or 11 digits, parcel 12, 14, 16 or 20 digits, piece numbers JD / JJD / JVGL, eCommerce GM.
    Carrier(
        "DHL",
        (r"\d{10,12}", r"\d{14}", r"\d{16}", r"\d{18}", r"\d{20}", r"J[A-Z]{1,3}\d{10,24}", r"GM\d{16,20}",
         r"[A-Z]{3}\d{7,20}", r"[A-Z]{2}\d{9}[A-Z]{2}"),
    ),
    # S10 with its check digit; Tracked 2D barcodes have 21 characters, or 11 to 16 with letters in front.
    Carrier("Royal Mail", (_s10("GB"), r"[0-9A-F]{20,21}", r"[A-Z]{2}\d{14}"), ("royalmail",), s10_check=True),
    Carrier("Parcelforce", (_s10("GB"), r"[A-Z]{2}\d{7}", r"[A-Z]{4}\d{10}", r"\d{12}"), ("parcelforce worldwide",)),
    # 14 digits, a check character after them where the whole label number is given; 10 digits in the UK.
    Carrier("DPD", (r"\d{14}[0-9A-Z]?", r"\d{10}", r"\d{15}[0-9A-Z]?", r"%?[0-9A-Z]{7}\d{20}[0-9A-Z]?")),
    # Parcel number 11, 12 or 14 digits, or the eight-character track id; 20 digits as a national reference.
    Carrier("GLS", (r"\d{10,12}", r"\d{14}", r"[0-9A-Z]{8}", r"\d{20}")),
    # Evri (Hermes): 16 characters, in Germany 14 or 20 digits, H and 19 digits.
    Carrier("Evri", (r"[0-9A-Z]{16}", r"\d{14}", r"\d{20}", r"H\d{19}"), ("hermes", "myhermes")),
    # Letters with tracking: S10, or 20 digits; "A0" and eighteen hexadecimal digits for stamps with a matrix code.
    Carrier("Deutsche Post", (_s10("DE"), r"\d{12}", r"\d{16}", r"\d{20}", r"A0[0-9A-F]{18}")),
    # 13 characters: a digit, a letter, eleven digits (Colissimo), or S10; letters 1A to 6A alike; 11 to 15 digits.
    Carrier("La Poste", (r"\d[A-Z]\d{11}", _s10("FR"), r"\d{11,15}", r"[A-Z]{2}\d{9,11}"), ("colissimo", "laposte")),
    Carrier("Chronopost", (r"[A-Z]{2}\d{9}[A-Z]{2}", r"\d{13,15}[0-9A-Z]?", r"[A-Z]{2}\d{11}")),
    Carrier("PostNL", (r"3S[0-9A-Z]{11,13}", r"[A-Z]{2}\d{9}[A-Z]{2}"), ("post nl",)),
    Carrier("Correos", (r"[A-Z]{2}[0-9A-Z]{21}", _s10("ES"), r"[A-Z]{2}\d{9}[A-Z]{2}")),
    Carrier("Canada Post", (r"\d{16}", r"[A-Z]{2}\d{9}CA", r"\d{12}")),
    Carrier("Swiss Post", (r"99\d{16}", r"[A-Z]{2}\d{9}[A-Z]{2}")),
)  # fmt: skip

_S10 = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def carrier_key(name: str) -> str:
    """How two spellings of one carrier are told to be the same: lower case, single spaces, no punctuation."""
    return " ".join(re.sub(r"[^\w\s]|_", " ", name).lower().split())


def find_carrier(name: str) -> Carrier | None:
    """The known carrier of that name, also with a service after it (`DHL Express`, `UPS Ground`)."""
    key = carrier_key(name)
    for carrier in CARRIERS:
        for alias in (carrier_key(carrier.name), *carrier.aliases):
            if key == alias or key.startswith(f"{alias} "):
                return carrier
    return None


def same_carrier(one: str, other: str) -> bool:
    """Whether two names mean one carrier."""
    first, second = find_carrier(one), find_carrier(other)
    if first is not None or second is not None:
        return first is second
    return carrier_key(one) == carrier_key(other)


def plain_tracking(tracking: str) -> str:
    """The number without the spaces and hyphens people put in, upper case."""
    return re.sub(r"[\s-]", "", tracking).upper()


def kept_tracking(carrier: str, tracking: str) -> str:
    """The number as it is stored: plain for a known carrier, else as it was given."""
    return plain_tracking(tracking) if find_carrier(carrier) else tracking.strip()


def s10_check_digit(digits: str) -> int:
    """Check digit of the eight digits of an S10 number (Universal Postal Union, standard S10)."""
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def tracking_fits(carrier: str, tracking: str) -> bool:
    """Whether the number has a form of that carrier; every number that is not empty fits an unknown one."""
    number = plain_tracking(tracking)
    known = find_carrier(carrier)
    if known is None:
        return bool(number)
    if not any(re.fullmatch(form, number) for form in known.forms):
        return False
    if known.s10_check and _S10.fullmatch(number):
        return s10_check_digit(number[2:10]) == int(number[10])
    return True
