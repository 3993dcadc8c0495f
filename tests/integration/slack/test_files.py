"""Files in a thread as evidence: from Slack's own hosts only, as what they are, kept by their hash."""

from __future__ import annotations

import hashlib

import pytest

from integrations.slack.evidence import is_own_host
from tests.samples import PNG

API = "https://slack.com/api/"


async def test_a_photo_is_fetched_with_the_bots_token_and_kept_by_its_hash(office, api):
    api.add_file("F1", PNG, name="../mug\x00.png")
    await office.dm("ana", "photo for 1042", files=["F1"])
    await office.settled()
    kept = await office.app.store.read("demo", lambda uow: uow.files.get(hashlib.sha256(PNG).hexdigest()))
    assert kept == (PNG, "image/png", "mug.png")


async def test_what_is_no_photo_lies_elsewhere_is_too_large_or_moved_is_refused_privately(office, api):
    office.channel.room.evidence = type(office.channel.room.evidence)(
        office.channel.workspaces, office.app.store, "demo", api.url, 1000
    )
    api.add_file("FTEXT", b"MZ this is a program", name="photo.png")
    api.add_file("FAWAY", PNG, url="https://evil.example/photo.png")
    api.add_file("FBIG", PNG + b"0" * 5000, size=10)
    api.add_file("FHUGE", PNG, size=10**9)
    api.add_file("FMOVED", PNG)
    api.redirects["FMOVED"] = "http://169.254.169.254/latest"
    await office.dm("ana", "photos for 1042", files=["FTEXT", "FAWAY", "FBIG", "FHUGE", "FMOVED", "FGONE"])
    await office.settled()
    told = api.ephemeral[0]["text"].splitlines()
    assert len(told) == 6
    assert "this kind of file" in told[0]
    assert "outside Slack" in told[1]
    assert "larger than" in told[2]
    assert "larger than" in told[3]
    assert "Share it again" in told[4]
    assert "Share it again" in told[5]
    assert await office.dead() == []


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://files.slack.com/a.png", True),
        ("https://slack.com/a", True),
        ("http://files.slack.com/a.png", False),
        ("https://files.slack.com.evil.example/a", False),
        ("https://evilslack.com/a", False),
        ("https://files.slack.com@evil.example/a", False),
        ("https://user@files.slack.com/a", False),
        ("https://files.slack.com:8443/a", False),
        ("https://127.0.0.1/a", False),
        ("", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_slacks_hosts_are_slacks(url, own):
    assert is_own_host(url, API) is own
