"""Connecting a helpdesk: wrong settings are refused by name at start, and the Zendesk app is what Zendesk takes."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from PIL import Image
from pydantic import ValidationError
from typer.testing import CliRunner

from integrations.bootstrap import connect_channels, connect_helpdesk
from integrations.cli.main import app as cli
from integrations.helpdesk.opening import as_ticket, stamp_of
from integrations.helpdesk.port import HelpdeskTicket, TicketFile, TicketMessage, with_order
from integrations.helpdesk.zendesk_app import package
from integrations.settings import Settings
from tests.builders import NOW, FakeClock, a_merchant

PEM = (
    rsa.generate_private_key(public_exponent=65537, key_size=2048)
    .public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
)
NO_STORE: Any = None
ZENDESK: dict[str, Any] = {
    "helpdesk": "zendesk", "zendesk_subdomain": "acme", "zendesk_email": "bot@shop.example", "helpdesk_token": "t",
}  # fmt: skip
CHATWOOT: dict[str, Any] = {
    "helpdesk": "chatwoot", "helpdesk_url": "https://chat.example", "chatwoot_account": "1", "helpdesk_token": "t",
}  # fmt: skip
RT: dict[str, Any] = {"helpdesk": "rt", "helpdesk_url": "https://rt.example/rt", "helpdesk_token": "t"}


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"helpdesk": "zendesk"}, "DESK_ZENDESK_SUBDOMAIN, DESK_ZENDESK_EMAIL, DESK_HELPDESK_TOKEN"),
        ({"helpdesk": "chatwoot"}, "DESK_HELPDESK_URL, DESK_CHATWOOT_ACCOUNT, DESK_HELPDESK_TOKEN"),
        ({"helpdesk": "rt"}, "DESK_HELPDESK_URL, DESK_HELPDESK_TOKEN"),
        ({"helpdesk": "jira"}, "helpdesk"),
        ({**ZENDESK, "zendesk_subdomain": "acme.zendesk.com"}, "DESK_ZENDESK_SUBDOMAIN"),
        ({**ZENDESK, "zendesk_subdomain": "acme/../evil"}, "DESK_ZENDESK_SUBDOMAIN"),
        ({**ZENDESK, "zendesk_installation": "42"}, "go together"),
        ({**ZENDESK, "zendesk_public_key": PEM}, "go together"),
        (
            {**ZENDESK, "zendesk_installation": "42", "zendesk_public_key": "secret"},
            "DESK_ZENDESK_PUBLIC_KEY",
        ),
        ({**ZENDESK, "zendesk_installation": "4x", "zendesk_public_key": PEM}, "DESK_ZENDESK_INSTALLATION"),
        ({**CHATWOOT, "chatwoot_account": "1/../2"}, "DESK_CHATWOOT_ACCOUNT"),
        ({**CHATWOOT, "helpdesk_url": "http://chat.example"}, "DESK_HELPDESK_URL"),
        ({**CHATWOOT, "helpdesk_url": "https://user@chat.example"}, "DESK_HELPDESK_URL"),
        ({**CHATWOOT, "helpdesk_url": "https://chat.example/?a=b"}, "DESK_HELPDESK_URL"),
        ({**CHATWOOT, "helpdesk_file_hosts": "*"}, "DESK_HELPDESK_FILE_HOSTS"),
        ({**CHATWOOT, "helpdesk_file_hosts": "https://files.example"}, "DESK_HELPDESK_FILE_HOSTS"),
        ({**RT, "helpdesk_url": "rt.example"}, "DESK_HELPDESK_URL"),
    ],
)
def test_a_wrong_setting_is_refused_at_start_by_its_name(given, names):
    with pytest.raises(ValidationError) as refused:
        Settings(**given)
    assert names in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "name", "ancestors", "link"),
    [
        ({**ZENDESK, "zendesk_installation": "42", "zendesk_public_key": PEM}, "zendesk",
         "https://acme.zendesk.com", "https://acme.zendesk.com/agent/tickets/7"),
        ({**CHATWOOT, "helpdesk_file_hosts": "files.example.com, *.s3.example"}, "chatwoot",
         "https://chat.example", "https://chat.example/app/accounts/1/conversations/7"),
        ({**CHATWOOT, "helpdesk_url": "http://127.0.0.1:3000"}, "chatwoot",
         "http://127.0.0.1:3000", "http://127.0.0.1:3000/app/accounts/1/conversations/7"),
        (RT, "rt", "", "https://rt.example/rt/Ticket/Display.html?id=7"),
        ({"helpdesk": "local"}, "local", "'self'", "/tickets/7"),
    ],
)  # fmt: skip
async def test_what_is_configured_is_connected_and_is_a_channel(given, name, ancestors, link):
    helpdesk = await connect_helpdesk(Settings(**given), NO_STORE, a_merchant(), demo=False)
    assert helpdesk is not None
    assert (helpdesk.name, helpdesk.frame_ancestors, helpdesk.deep_link("7")) == (name, ancestors, link)
    [channel] = connect_channels(Settings(**given), NO_STORE, a_merchant(), helpdesk, FakeClock())
    assert channel.name == name
    assert all(kind.startswith(f"{name}.") for kind in channel.jobs())
    await channel.close()


async def test_without_a_helpdesk_there_is_none():
    assert await connect_helpdesk(Settings(), NO_STORE, a_merchant(), demo=False) is None
    assert connect_channels(Settings(), NO_STORE, a_merchant(), None, FakeClock()) == []


def test_secrets_are_not_shown():
    given: dict[str, Any] = {**ZENDESK, "helpdesk_token": "tok-123", "helpdesk_webhook_secret": "hook-123"}
    assert not any(secret in repr(Settings(**given)) for secret in ("tok-123", "hook-123"))


def read_package(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_zendesk_app_has_the_documented_shape():
    files = read_package(package("https://desk.shop.example/", "acme"))
    manifest = json.loads(files["manifest.json"])
    assert manifest["location"] == {
        "support": {"ticket_sidebar": {"url": "https://desk.shop.example/sidebar/zendesk", "flexible": True}}
    }
    assert (manifest["signedUrls"], manifest["private"], manifest["frameworkVersion"]) == (True, True, "2.0")
    assert (manifest["defaultLocale"], set(manifest["author"])) == ("en", {"name", "email", "url"})
    for locale in ("en", "de", "es", "fr"):
        texts = json.loads(files[f"translations/{locale}.json"])["app"]
        assert set(texts) == {"name", "short_description", "long_description", "installation_instructions"}
    for name, size in (("logo.png", 320), ("logo-small.png", 128)):
        image = Image.open(io.BytesIO(files[f"assets/{name}"]))
        assert (image.format, image.size) == ("PNG", (size, size))
    assert files["assets/logo.svg"].startswith(b"<svg")
    assert package("https://desk.shop.example/", "acme") == package("https://desk.shop.example/", "acme")


def test_the_command_writes_the_package_and_refuses_an_address_zendesk_could_not_show(tmp_path):
    out = tmp_path / "app.zip"
    good = [
        "helpdesk",
        "zendesk-app",
        "--url",
        "https://desk.shop.example",
        "--subdomain",
        "acme",
        "--out",
        str(out),
    ]
    done = CliRunner().invoke(cli, good)
    assert (done.exit_code, "manifest.json" in read_package(out.read_bytes())) == (0, True)
    for url, subdomain in (
        ("http://desk.shop.example", "acme"),
        ("https://d.example", "acme.zendesk.com"),
        ("x", "a"),
    ):
        out.unlink(missing_ok=True)
        bad = ["helpdesk", "zendesk-app", "--url", url, "--subdomain", subdomain, "--out", str(out)]
        refused = CliRunner().invoke(cli, bad)
        assert (refused.exit_code, out.exists()) == (1, False)


def a_ticket(**changes):
    said = [
        TicketMessage("Lucía", "Order #1042", NOW, True),
        TicketMessage("Ana", "We look into it, #1043", NOW, False),
        TicketMessage("Ana", "internal: #1044", NOW, False, True),
    ]
    given = {
        "id": "7", "subject": "Mug", "requester": "Lucía", "requester_email": "l@example.com", "status": "open",
        "messages": said, "files": [TicketFile("f1", "a.jpg", "image/jpeg", 3)], "fields": {"size": "M"}, **changes,
    }  # fmt: skip
    return HelpdeskTicket(**given)


def test_the_desk_reads_the_customers_own_words_only():
    ticket = as_ticket(a_ticket())
    assert (ticket.body, ticket.order_hint) == ("Order #1042", "")


def test_the_configured_field_names_the_order_before_any_other():
    fields = with_order({"Preorder": "yes", "360001": "1045"}, "360001")
    assert as_ticket(a_ticket(fields=fields)).order_hint == "1045"
    assert as_ticket(a_ticket(fields=with_order({"Order number": "1045"}, ""))).order_hint == "1045"


def test_a_stamp_changes_with_what_matters_and_not_with_notes_tags_or_versions():
    before = stamp_of(a_ticket())
    note = TicketMessage("Desk", "Refunded", NOW, False, True)
    same = a_ticket(tags=["desk-refunded"], version="9", messages=[*a_ticket().messages, note])
    assert stamp_of(same) == before
    more = TicketMessage("Lucía", "and the other one too", NOW, True)
    changes: tuple[dict[str, Any], ...] = (
        {"subject": "Mugs"}, {"status": "solved"}, {"requester_email": "x@example.com"}, {"fields": {}},
        {"files": []}, {"messages": [*a_ticket().messages, more]},
    )  # fmt: skip
    for change in changes:
        assert stamp_of(a_ticket(**change)) != before
