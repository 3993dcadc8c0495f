"""Labels and tracking numbers: forms of the carriers, files that can be labels, labels that are drawn."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest

from domain.returns.carriers import (
    CARRIERS,
    find_carrier,
    kept_tracking,
    s10_check_digit,
    same_carrier,
    tracking_fits,
)
from domain.returns.labels import LabelOrder, check_label
from integrations.carriers.sandbox import SandboxCarrier, issued_number

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND" + zlib.crc32(b"IEND").to_bytes(4, "big")
PDF = b"%PDF-1.4\n...\n%%EOF\n"
ASKED = LabelOrder(
    carrier="Royal Mail",
    tracking="",
    return_id="ret_1",
    order_number="#1042",
    sender_name="Noor Haddad",
    sender_address="1 Some Street\nLeeds LS1 1AA",
    recipient_name="Lamp & Co",
)


@pytest.mark.parametrize(
    ("carrier", "number"),
    [
        ("UPS", "1Z999AA10123456784"),
        ("ups ground", "1z 999 aa1 01 2345 6784"),
        ("USPS", "9400 1000 0000 0000 0000 00"),
        ("USPS", "EC000000000US"),
        ("FedEx", "123456789012"),
        ("Fed Ex", "96 1234 5678 9012 3456 7890"),
        ("DHL", "1234567890"),
        ("DHL Paket", "00340434161094042557"),
        ("DHL Express", "JJD000111222333444"),
        ("Royal Mail", "RM123456785GB"),
        ("DPD", "01234567890123"),
        ("GLS", "12345678901"),
        ("GLS", "ZAB12CDE"),
        ("Hermes", "T00AA12345678901"),
        ("Deutsche Post", "RR123456785DE"),
        ("La Poste", "6A12345678901"),
        ("Colissimo", "8R12345678901"),
        ("PostNL", "3SABCD1234567"),
        ("Yodel", "anything at all"),
        ("my cousin's van", "1"),
    ],
)
def test_numbers_that_fit(carrier, number):
    assert tracking_fits(carrier, number)


@pytest.mark.parametrize(
    ("carrier", "number"),
    [
        ("UPS", "1Z999AA1012345678"),
        ("UPS", "2Z999AA10123456784"),
        ("USPS", "1234567890"),
        ("FedEx", "12345"),
        ("DHL", "12345"),
        ("Royal Mail", "RM123456784GB"),
        ("Royal Mail", "RM123456785DE"),
        ("DPD", "ABC"),
        ("GLS", "1234"),
        ("Deutsche Post", "RR123456785GB"),
        ("La Poste", "AAAA"),
        ("Yodel", "  "),
    ],
)
def test_numbers_that_do_not(carrier, number):
    assert not tracking_fits(carrier, number)


@pytest.mark.parametrize(("digits", "check"), [("12345678", 5), ("47312482", 9), ("00000000", 5)])
def test_the_check_digit_of_an_s10_number(digits, check):
    assert s10_check_digit(digits) == check


def test_carriers_are_known_by_their_names_and_with_a_service_after_it():
    assert find_carrier("DHL Express") is find_carrier("dhl")
    assert find_carrier("dhlx") is None
    assert same_carrier("FedEx", "fed-ex")
    assert same_carrier("Yodel", " yodel ")
    assert not same_carrier("Yodel", "DPD")


def test_numbers_of_known_carriers_are_kept_plain_and_others_as_given():
    assert kept_tracking("UPS", "1z 999-aa10123456784") == "1Z999AA10123456784"
    assert kept_tracking("Yodel", " jd 12 ") == "jd 12"


# Files


@pytest.mark.parametrize(("content", "media_type"), [(PDF, "application/pdf"), (PNG, "image/png")])
def test_a_pdf_and_a_png_can_be_labels(content, media_type):
    assert check_label(content, media_type, len(content)) is None


@pytest.mark.parametrize(
    ("content", "media_type", "limit", "value"),
    [
        (b"", "application/pdf", "PDF or PNG", "it is empty"),
        (PDF, "application/pdf", "at most 18 bytes", "it has 19 bytes"),
        (b"GIF89a", "image/gif", "PDF or PNG", "it is neither"),
        (b"<html>%PDF-1.4 %%EOF", "application/pdf", "PDF or PNG", "it is neither"),
        (PDF[:-7], "application/pdf", "PDF or PNG", "it is neither"),
        (PNG, "application/pdf", "PDF or PNG", "it says application/pdf and holds image/png"),
    ],
)
def test_nothing_else_can(content, media_type, limit, value):
    most = 18 if value == "it has 19 bytes" else 1000
    violation = check_label(content, media_type, most)
    assert violation is not None
    assert (violation.code, violation.field, violation.limit, violation.value) == (
        "label_invalid",
        "label",
        limit,
        value,
    )


# The sandbox carrier


def test_equal_orders_give_equal_labels_that_the_desk_itself_would_take():
    first, second = SandboxCarrier().print(ASKED), SandboxCarrier().print(ASKED)
    assert first == second
    assert check_label(first.content, first.media_type, 100_000) is None
    other = SandboxCarrier().print(replace(ASKED, return_id="ret_2"))
    assert (other.tracking == first.tracking, other.content == first.content) == (False, False)


def test_a_label_shows_who_sends_what_where():
    printed = SandboxCarrier().print(replace(ASKED, tracking="RM123456785GB"))
    assert printed.tracking == "RM123456785GB"
    for text in (
        b"Noor Haddad",
        b"Leeds LS1 1AA",
        b"Lamp & Co",
        b"Order #1042",
        b"Return ret_1",
        b"RM123456785GB",
    ):
        assert text in printed.content


def test_a_name_the_fonts_lack_and_one_that_is_too_long_still_give_a_label():
    printed = SandboxCarrier().print(replace(ASKED, sender_name="森 葵" * 40, carrier="x" * 300))
    assert check_label(printed.content, printed.media_type, 100_000) is None


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: carrier.name)
def test_an_issued_number_fits_its_carrier(carrier):
    assert tracking_fits(carrier.name, issued_number(replace(ASKED, carrier=carrier.name)))
