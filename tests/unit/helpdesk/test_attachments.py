"""An attachment is read from the helpdesk's own hosts, over https, once, and only what may be evidence."""

from __future__ import annotations

import httpx
import pytest

from integrations.helpdesk.attachments import Attachments, is_public
from integrations.helpdesk.port import FileRefused, HelpdeskError

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 200
PUBLIC = "93.184.216.34"


class Host:
    """A host that answers; `asked` are the requests that reached it."""

    def __init__(self, answer=None) -> None:
        self.asked: list[httpx.Request] = []
        self.answer = answer or (lambda request: httpx.Response(200, content=JPEG))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answer(request)


def downloads(host, addresses=(PUBLIC,), **changes):
    async def resolve(name, port):
        return list(addresses)

    given = {"hosts": frozenset({"files.example.com", "*.stored.example"}), "resolve": resolve}
    return Attachments(**{**given, "transport": httpx.MockTransport(host), **changes})


async def test_the_connection_goes_to_the_address_that_was_checked_under_the_hosts_own_name():
    host = Host()
    content, media_type, name = await downloads(host).fetch(
        "https://files.example.com/a?b=c#d", "../x/crack.jpg"
    )
    sent = host.asked[0]
    assert (content, media_type, name) == (JPEG, "image/jpeg", "crack.jpg")
    assert (str(sent.url), sent.headers["host"]) == (f"https://{PUBLIC}/a?b=c", "files.example.com")
    assert sent.extensions["sni_hostname"] == "files.example.com"


@pytest.mark.parametrize(
    "address",
    [
        "http://files.example.com/a",
        "http://files.example.com:443/a",
        "https://evil.example/a",
        "https://files.example.com.evil.example/a",
        "https://evilfiles.example.com/a",
        "https://stored.example/a",
        "https://notstored.example/a",
        "https://files.example.com:8443/a",
        "https://user@files.example.com/a",
        "https://files.example.com@evil.example/a",
        "https://files.example.com\\@evil.example/a",
        "ftp://files.example.com/a",
        "file:///etc/passwd",
        "data:image/jpeg;base64,/9j/",
        "//files.example.com/a",
        "https:///a",
        "https://[::1/a",
        "https://files.example.com:port/a",
        "http://169.254.169.254/latest/meta-data",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://127.1/",
        "",
    ],
)
async def test_an_address_that_is_not_the_helpdesks_own_over_https_is_never_asked(address):
    host = Host()
    with pytest.raises(FileRefused):
        await downloads(host).fetch(address, "crack.jpg")
    assert host.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:db8::1", "2130706433", "0x7f.1", "not an address",
    ],
)  # fmt: skip
async def test_a_name_that_leads_to_an_address_that_is_not_public_is_not_followed(address):
    host = Host()
    assert not is_public(address)
    for found in ([address], [PUBLIC, address]):
        with pytest.raises(FileRefused, match="not public"):
            await downloads(host, found).fetch("https://files.example.com/a", "crack.jpg")
    assert host.asked == []


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet_are_public(address):
    assert is_public(address)


async def test_a_name_is_resolved_once_so_that_it_cannot_change_between_check_and_use():
    answers = iter([[PUBLIC], ["127.0.0.1"]])

    async def resolve(name, port):
        return next(answers)

    host = Host()
    await downloads(host, resolve=resolve).fetch("https://files.example.com/a", "crack.jpg")
    assert host.asked[0].url.host == PUBLIC
    with pytest.raises(FileRefused):
        await downloads(host, resolve=resolve).fetch("https://files.example.com/a", "crack.jpg")


def moved(to):
    return lambda request: httpx.Response(302, headers={"Location": to})


async def test_a_redirect_is_not_followed():
    host = Host(moved("https://files.example.com/b"))
    with pytest.raises(FileRefused, match="redirects"):
        await downloads(host).fetch("https://files.example.com/a", "crack.jpg")
    assert len(host.asked) == 1


async def test_one_step_to_a_named_storage_host_is_taken_without_credentials():
    host = Host(
        lambda request: (
            moved("https://p1.stored.example/b")(request)
            if request.headers["host"] == "files.example.com"
            else httpx.Response(200, content=JPEG)
        )
    )
    files = downloads(host, storage_hosts=frozenset({"*.stored.example"}))
    await files.fetch("https://files.example.com/a", "crack.jpg", {"Authorization": "Basic c2VjcmV0"})
    assert [request.headers.get("authorization") for request in host.asked] == ["Basic c2VjcmV0", None]


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/b",
        "http://p1.stored.example/b",
        "https://files.example.com/b",
        "http://127.0.0.1/",
        "",
    ],
)
async def test_a_step_anywhere_else_is_refused(to):
    host = Host(moved(to))
    with pytest.raises(FileRefused):
        await downloads(host, storage_hosts=frozenset({"*.stored.example"})).fetch(
            "https://files.example.com/a", "crack.jpg", {"Authorization": "Basic c2VjcmV0"}
        )
    assert len(host.asked) == 1


async def test_a_second_redirect_is_refused():
    host = Host(moved("https://p1.stored.example/b"))
    with pytest.raises(FileRefused, match="twice"):
        await downloads(host, storage_hosts=frozenset({"*.stored.example"})).fetch(
            "https://files.example.com/a", "crack.jpg"
        )
    assert len(host.asked) == 2


async def test_a_download_stops_at_the_limit_whatever_its_length_was_said_to_be():
    sent = []

    async def endless():
        while True:
            sent.append(1)
            yield b"\xff\xd8\xff" + b"x" * 997

    host = Host(lambda request: httpx.Response(200, content=endless()))
    with pytest.raises(FileRefused, match="5000 bytes at most"):
        await downloads(host, most_bytes=5000).fetch("https://files.example.com/a", "crack.jpg")
    assert len(sent) == 6


async def test_a_length_beyond_the_limit_is_refused_before_anything_is_read():
    host = Host(lambda request: httpx.Response(200, headers={"Content-Length": "5001"}, content=b""))
    with pytest.raises(FileRefused, match="5000 bytes at most, 5001"):
        await downloads(host, most_bytes=5000).fetch("https://files.example.com/a", "crack.jpg")


async def test_exactly_the_limit_is_taken():
    host = Host(lambda request: httpx.Response(200, content=JPEG))
    content, _, _ = await downloads(host, most_bytes=len(JPEG)).fetch(
        "https://files.example.com/a", "crack.jpg"
    )
    assert content == JPEG


@pytest.mark.parametrize(
    "content",
    [b"<html>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ\x90", b"", b"PK\x03\x04", b"#!/bin/sh"],
)
async def test_what_it_is_is_read_from_its_bytes_not_from_what_is_said_of_it(content):
    host = Host(lambda request: httpx.Response(200, headers={"Content-Type": "image/jpeg"}, content=content))
    with pytest.raises(FileRefused, match="cannot be taken"):
        await downloads(host).fetch("https://files.example.com/a", "crack.jpg")


async def test_plain_http_is_for_a_helpdesk_on_this_machine_at_its_very_address():
    host = Host()
    files = downloads(host, local_base="http://127.0.0.1:3000")
    assert (await files.fetch("http://127.0.0.1:3000/a", "crack.jpg"))[1] == "image/jpeg"
    for other in (
        "http://127.0.0.1:3001/a",
        "http://127.0.0.1/a",
        "http://localhost:3000/a",
        "http://[::1]:3000/a",
    ):
        with pytest.raises(FileRefused):
            await files.fetch(other, "crack.jpg")
    assert len(host.asked) == 1


async def test_a_public_base_over_plain_http_is_no_way_around_https():
    host = Host()
    with pytest.raises(FileRefused):
        await downloads(host, local_base="http://files.example.com").fetch(
            "http://files.example.com/a", "http://files.example.com:443/a", "a.jpg"
        )
    assert host.asked == []


async def test_a_host_that_drips_is_given_up():
    async def drip():
        import asyncio

        yield b"\xff\xd8\xff"
        await asyncio.Event().wait()

    host = Host(lambda request: httpx.Response(200, content=drip()))
    with pytest.raises(HelpdeskError, match="took too long"):
        await downloads(host, seconds=0.05).fetch("https://files.example.com/a", "crack.jpg")
