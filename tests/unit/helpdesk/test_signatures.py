"""A webhook counts when it is signed with our secret, just now; everything else is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from integrations.helpdesk.chatwoot import Chatwoot, chatwoot_wire, own_files
from integrations.helpdesk.port import WebhookRefused
from integrations.helpdesk.rt import RequestTracker, rt_wire
from integrations.helpdesk.signatures import chatwoot_signature, zendesk_signature
from integrations.helpdesk.zendesk import Zendesk, zendesk_files, zendesk_wire

SECRET = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="
STAMP = "2021-03-25T05:09:27Z"
AT = datetime(2021, 3, 25, 5, 9, 30, tzinfo=UTC)


def zendesk(secret=SECRET):
    return Zendesk("acme", zendesk_wire("acme", "a@b.c", "t"), zendesk_files("acme"), webhook_secret=secret)


def chatwoot(secret="s3cret"):
    base = "https://chat.example"
    return Chatwoot(base, "1", chatwoot_wire(base, "t"), own_files(base), webhook_secret=secret)


def zendesk_headers(body, stamp=STAMP, secret=SECRET):
    signature = zendesk_signature(secret, stamp, body)
    return {"x-zendesk-webhook-signature": signature, "x-zendesk-webhook-signature-timestamp": stamp}


def chatwoot_headers(body, stamp, secret="s3cret", delivery="d-1"):
    signature = chatwoot_signature(secret, stamp, body)
    return {
        "x-chatwoot-signature": signature, "x-chatwoot-timestamp": stamp, "x-chatwoot-delivery": delivery,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        (b'{"event":"ticket.updated","id":123}', "S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM="),
        (b"", "wCdBvXaHttn0wRVIYctzZ9O6O0bnqWakJMEKZ9VoRWw="),
    ],
)
def test_zendesks_vectors(body, signature):
    headers = {"x-zendesk-webhook-signature": signature, "x-zendesk-webhook-signature-timestamp": STAMP}
    assert zendesk_signature(SECRET, STAMP, body) == signature
    assert zendesk().verify_webhook(headers, body, AT).signed_id


def test_a_zendesk_ticket_event_names_its_ticket_and_its_own_id():
    body = json.dumps(
        {"id": "cbe4028c-7239-495d-b020-f22348516046", "type": "zen:event-type:ticket.comment_added",
         "detail": {"id": "5158", "status": "OPEN"}}
    ).encode()  # fmt: skip
    event = zendesk().verify_webhook(zendesk_headers(body), body, AT)
    assert (event.id, event.ticket_id) == ("cbe4028c-7239-495d-b020-f22348516046", "5158")
    assert event.kind == "zen:event-type:ticket.comment_added"


def test_a_zendesk_trigger_names_its_ticket_as_it_was_told_to():
    body = b'{"ticket_id": "5158"}'
    assert zendesk().verify_webhook(zendesk_headers(body), body, AT).ticket_id == "5158"


@pytest.mark.parametrize("ticket", ["../users/1", "5158/comments", True, -3, 1.5, {"a": 1}, None, "٣"])
def test_a_ticket_that_is_no_number_is_none(ticket):
    body = json.dumps({"ticket_id": ticket}).encode()
    assert zendesk().verify_webhook(zendesk_headers(body), body, AT).ticket_id == ""


def test_chatwoot_events_name_their_conversation_and_delivery():
    stamp = str(int(AT.timestamp()))
    for body, kind in (
        (b'{"event":"conversation_updated","id":7,"account":{"id":1}}', "conversation_updated"),
        (
            b'{"event":"message_created","id":99,"conversation":{"id":7},"account":{"id":1}}',
            "message_created",
        ),
    ):
        event = chatwoot().verify_webhook(chatwoot_headers(body, stamp), body, AT)
        assert (event.id, event.kind, event.ticket_id) == ("d-1", kind, "7")


def test_a_chatwoot_event_of_another_account_is_refused():
    body, stamp = b'{"event":"conversation_updated","id":7,"account":{"id":2}}', str(int(AT.timestamp()))
    with pytest.raises(WebhookRefused, match="account 2"):
        chatwoot().verify_webhook(chatwoot_headers(body, stamp), body, AT)


def test_rts_scrip_signs_the_same_way_under_its_own_names():
    base = "https://rt.example"
    tracker = RequestTracker(base, rt_wire(base, "t"), webhook_secret="s3cret")
    body, stamp = b'{"event":"Correspond","ticket":12,"transaction":345}', str(int(AT.timestamp()))
    headers = {"x-desk-timestamp": stamp, "x-desk-signature": chatwoot_signature("s3cret", stamp, body)}
    event = tracker.verify_webhook(headers, body, AT)
    assert (event.id, event.ticket_id, event.kind) == ("345", "12", "Correspond")
    with pytest.raises(WebhookRefused):
        tracker.verify_webhook(headers, body + b" ", AT)


BODY = b'{"ticket_id": 5158}'


@pytest.mark.parametrize(
    "change",
    [
        {"x-zendesk-webhook-signature": ""},
        {"x-zendesk-webhook-signature": "ÿ∆"},
        {"x-zendesk-webhook-signature": zendesk_signature("another", STAMP, BODY)},
        {"x-zendesk-webhook-signature": zendesk_signature(SECRET, STAMP, BODY).rstrip("=")},
        {"x-zendesk-webhook-signature-timestamp": "2021-03-25T05:09:28Z"},
        {"x-zendesk-webhook-signature-timestamp": ""},
    ],
)
def test_a_changed_header_does_not_fit(change):
    with pytest.raises(WebhookRefused):
        zendesk().verify_webhook({**zendesk_headers(BODY), **change}, BODY, AT)


@pytest.mark.parametrize("stamp", ["", "yesterday", "2021-03-25T05:09:27", "1616648967"])
def test_a_signed_time_that_is_none_is_refused(stamp):
    with pytest.raises(WebhookRefused):
        zendesk().verify_webhook(zendesk_headers(BODY, stamp), BODY, AT)


@pytest.mark.parametrize("stamp", ["", "abc", "-1", "99999999999999999999", "1616648967.5", "１６"])
def test_chatwoots_signed_time_must_be_seconds(stamp):
    with pytest.raises(WebhookRefused):
        chatwoot().verify_webhook(chatwoot_headers(BODY, stamp), BODY, AT)


def test_a_webhook_is_taken_within_five_minutes_either_way_and_not_beyond():
    signed = datetime(2021, 3, 25, 5, 9, 27, tzinfo=UTC)
    for seconds in (-300, 0, 300):
        zendesk().verify_webhook(zendesk_headers(BODY), BODY, signed + timedelta(seconds=seconds))
    for seconds in (-301, 301):
        with pytest.raises(WebhookRefused, match="more than"):
            zendesk().verify_webhook(zendesk_headers(BODY), BODY, signed + timedelta(seconds=seconds))


def test_without_a_secret_nothing_is_taken():
    with pytest.raises(WebhookRefused, match="no webhook secret"):
        zendesk("").verify_webhook(zendesk_headers(BODY, secret=""), BODY, AT)
    stamp = str(int(AT.timestamp()))
    with pytest.raises(WebhookRefused, match="no webhook secret"):
        chatwoot("").verify_webhook(chatwoot_headers(BODY, stamp, ""), BODY, AT)


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b"\xff\xfe", b"nan"])
def test_signed_bytes_that_are_no_json_object_are_refused_not_a_failure(body):
    with pytest.raises(WebhookRefused, match="signed, but"):
        zendesk().verify_webhook(zendesk_headers(body), body, AT)
