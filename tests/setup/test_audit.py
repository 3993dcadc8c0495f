"""The audit finds what it is there to find, and nothing in this repository."""

from pathlib import Path

import pytest

from tests.setup.audit import MAY_NOT, MAY_SHIP, check, pinned, secrets_in, unpinned
from tests.setup.house_rules import ROOT

HERE = Path("somewhere.py")


@pytest.mark.parametrize(
    "secret",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "desk_" + "a1B2c3D4e5F6g7H8i9J0" * 2 + "xyz",
        "sk_" + "live_abcdefghijklmnop1234",
        "xox" + "b-123456789012-abcdefghijkl",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a" * 36,
        "sk-" + "ant-" + "a1" * 15,
        "postgresql://desk:" + "s3cret@db.example.com/desk",
    ],
)
def test_a_secret_is_found_and_not_repeated(secret):
    [finding] = secrets_in(HERE, f"first line\nkey = '{secret}'\n")
    assert finding.startswith("somewhere.py:2: looks like ")
    assert secret not in finding


@pytest.mark.parametrize(
    "text",
    ["Bearer desk_…", "postgresql://user@host/db", "https://desk.example.com", "sk_test_123", "desk_wrong"],
)
def test_what_only_looks_similar_is_let_be(text):
    assert list(secrets_in(HERE, text)) == []


def test_requirements_need_one_version_and_a_hash():
    good = "# a comment\nattrs==25.4.0 ; python_version < '4' \\\n    --hash=sha256:00\n    # via x\n"
    assert list(pinned(good)) == ["attrs"]
    assert list(unpinned("r.txt", good)) == []
    bad = "attrs==25.4.0\nhttpx>=0.28 \\\n    --hash=sha256:00\n"
    assert list(unpinned("r.txt", bad)) == [
        "r.txt: attrs: has no hash",
        "r.txt: httpx>=0.28 \\: not pinned to one version",
    ]


@pytest.mark.parametrize(
    "licence", ["MIT", "Apache-2.0 OR MIT", "License :: OSI Approved :: BSD License", "LGPL-3.0-only"]
)
def test_these_may_be_shipped(licence):
    assert MAY_SHIP.search(licence)
    assert not MAY_NOT.search(licence)


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-or-later", "AGPL-3.0", "GNU Affero General Public License", "BUSL-1.1", ""]
)
def test_these_may_not(licence):
    assert MAY_NOT.search(licence) or not MAY_SHIP.search(licence)


def test_nothing_is_found_here():
    assert check(ROOT) == []
