"""Who opens the sidebar: only by a token that this very Zendesk app signed, for this installation, just now."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from integrations.helpdesk.port import EmbedRefused
from integrations.helpdesk.zendesk_login import WrongKey, ZendeskLogin, read_public_key

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
LOGIN = ZendeskLogin("acme", "42", KEY.public_key())
CLAIMS: dict[str, Any] = {
    "iss": "acme.zendesk.com", "aud": "https://acme.zendesk.com/api/v2/apps/installations/42.json",
    "sub": "https://acme.zendesk.com/api/v2/users/35436.json", "jti": "3bd2e85b-6f1c", "email": "ana@shop.example",
    "iat": int(NOW.timestamp()), "nbf": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 300,
}  # fmt: skip


def signed(key=KEY, algorithm="RS256", headers=None, **changes):
    claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not None}
    return jwt.encode(claims, key, algorithm, headers)


def forged(header, key=b"", claims=CLAIMS):
    """A token put together by hand, with an HMAC where a key is given."""

    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    head = part(header) + b"." + part(claims)
    tail = base64.urlsafe_b64encode(hmac.new(key, head, hashlib.sha256).digest()).rstrip(b"=") if key else b""
    return (head + b"." + tail).decode()


def verify(token, now=NOW):
    return LOGIN.verify({"token": token}, now)


def refused(token, now=NOW):
    with pytest.raises(EmbedRefused):
        verify(token, now)


def test_a_token_of_this_app_says_who_it_is():
    who = verify(signed())
    assert (who.identity, who.email, who.one_time_id) == ("35436", "ana@shop.example", "3bd2e85b-6f1c")
    assert who.expires_at == NOW + timedelta(minutes=5)


def test_a_subject_may_be_the_bare_number():
    assert verify(signed(sub="35436")).identity == "35436"


@pytest.mark.parametrize("key", [PEM, PEM.strip(), KEY.public_key().public_bytes(
    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
), b"secret"])  # fmt: skip
def test_an_hmac_with_the_public_key_as_its_secret_is_refused(key):
    for algorithm in ("HS256", "RS256", "hs256"):
        refused(forged({"alg": algorithm, "typ": "JWT"}, key))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", "", None, 1, ["RS256"]])
def test_a_token_without_a_signature_is_refused_however_it_is_spelt(algorithm):
    refused(forged({"alg": algorithm, "typ": "JWT"}))
    refused(forged({"typ": "JWT"}))


def test_a_key_that_the_token_brings_along_is_not_used():
    public = OTHER.public_key()
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(public))
    for headers in (
        {"jwk": jwk}, {"jku": "https://evil.example/keys"}, {"x5u": "https://evil.example/x"},
        {"kid": "../../dev/null"}, {"kid": "' or 1=1 --"},
    ):  # fmt: skip
        refused(signed(OTHER, headers=headers))
    assert verify(signed(headers={"kid": "../../dev/null"})).identity == "35436"


def test_a_header_that_asks_for_an_extension_is_refused():
    refused(signed(headers={"crit": ["b64"], "b64": False}))


def test_another_apps_key_and_other_algorithms_are_refused():
    refused(signed(OTHER))
    for algorithm in ("RS384", "RS512", "PS256"):
        refused(signed(algorithm=algorithm))
    refused(signed(ec.generate_private_key(ec.SECP256R1()), "ES256"))


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "https://acme.zendesk.com/api/v2/apps/installations/43.json"},
        {"aud": "https://acme.zendesk.com/api/v2/apps/installations/42.json/"},
        {"aud": "https://evil.zendesk.com/api/v2/apps/installations/42.json"},
        {"aud": [CLAIMS["aud"]]},
        {"aud": [CLAIMS["aud"], "https://evil.example"]},
        {"iss": "evil.zendesk.com"},
        {"iss": "https://acme.zendesk.com"},
        {"iss": "ACME.zendesk.com"},
        {"sub": "https://evil.zendesk.com/api/v2/users/35436.json"},
        {"sub": "https://acme.zendesk.com/api/v2/users/../tickets/1.json"},
        {"sub": "ana@shop.example"},
        {"jti": "short"},
        {"jti": "x" * 201},
        *({name: None} for name in ("aud", "iss", "sub", "jti", "exp", "iat")),
    ],
)
def test_audience_issuer_subject_and_id_must_be_exactly_right(change):
    refused(signed(**change))


def test_it_counts_from_its_beginning_to_its_end_and_five_seconds_around():
    token = signed()
    for seconds in (-5, 0, 299, 304):
        assert verify(token, NOW + timedelta(seconds=seconds))
    for seconds in (-6, 305, 86_400):
        refused(token, NOW + timedelta(seconds=seconds))
    refused(signed(nbf=CLAIMS["iat"] + 60))


@pytest.mark.parametrize("change", [{"exp": "9999999999"}, {"exp": 1e12}, {"exp": True}, {"nbf": "0"}])
def test_times_must_be_whole_numbers(change):
    refused(signed(**change))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a" * 9000, "..", "ÿ.ÿ.ÿ"])
def test_what_is_no_token_is_refused(token):
    refused(token)
    with pytest.raises(EmbedRefused):
        LOGIN.verify({}, NOW)


def test_the_configured_key_must_be_an_rsa_public_key_of_a_good_length():
    one_line = PEM.decode().strip().replace("\n", "\\n")
    assert read_public_key(one_line) == KEY.public_key()
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key()
    curve = ec.generate_private_key(ec.SECP256R1()).public_key()
    form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    for text in ("", "secret", weak.public_bytes(*form).decode(), curve.public_bytes(*form).decode()):
        with pytest.raises(WrongKey):
            read_public_key(text)
