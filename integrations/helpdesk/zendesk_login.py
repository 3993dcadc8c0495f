"""Zendesk's signed login: who opens the sidebar, by the token its framework posts (form field `token`).

RS256 with the app's own public key and nothing else: what the token's header asks for is not followed. Audience and
issuer must be this very installation; the token is one-time (`jti`, which the caller keeps).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from integrations.helpdesk.port import EmbedIdentity, EmbedRefused

LONGEST_TOKEN = 8192
LEEWAY_SECONDS = 5
_REQUIRED = ["exp", "iat", "iss", "aud", "jti", "sub"]
_USER = re.compile(r"\d{1,20}")


class WrongKey(ValueError):
    """The configured key is no RSA public key of 2048 bits or more."""


@dataclass(frozen=True, slots=True)
class ZendeskLogin:
    """Verifies logins of one installation."""

    subdomain: str
    installation: str
    public_key: RSAPublicKey

    @property
    def issuer(self) -> str:
        """Whose token it must be."""
        return f"{self.subdomain}.zendesk.com"

    @property
    def audience(self) -> str:
        """Whom it must be for."""
        return f"https://{self.issuer}/api/v2/apps/installations/{self.installation}.json"

    def verify(self, form: Mapping[str, str], now: datetime) -> EmbedIdentity:
        """Raises EmbedRefused."""
        token = form.get("token", "")
        if not token or len(token) > LONGEST_TOKEN:
            raise EmbedRefused("no token, or one that is too long")
        claims = self._claims(token)
        self._check_times(claims, now)
        subject = str(claims["sub"]).removeprefix(f"https://{self.issuer}/api/v2/users/")
        user = subject.removesuffix(".json")
        if not _USER.fullmatch(user):
            raise EmbedRefused("the token's subject is no user of this account")
        login_id = claims["jti"]
        if not isinstance(login_id, str) or not 8 <= len(login_id) <= 200:
            raise EmbedRefused("the token's id is missing or of the wrong form")
        return EmbedIdentity(
            identity=user,
            email=str(claims.get("email") or ""),
            one_time_id=login_id,
            expires_at=datetime.fromtimestamp(int(claims["exp"]), UTC),
        )

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            if jwt.get_unverified_header(token).get("crit"):
                raise EmbedRefused("the token asks for an extension")
            claims: dict[str, Any] = jwt.decode(
                token,
                self.public_key,
                algorithms=["RS256"],
                audience=self.audience,
                issuer=self.issuer,
                # Times are checked below, by the clock that is given; one audience, and no list of them.
                options={
                    "require": _REQUIRED,
                    "strict_aud": True,
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except jwt.PyJWTError as error:
            raise EmbedRefused(f"the token is not valid: {type(error).__name__}") from error
        return claims

    def _check_times(self, claims: dict[str, Any], now: datetime) -> None:
        begin, issued, end = claims.get("nbf", 0), claims["iat"], claims["exp"]
        if not all(isinstance(at, int) and not isinstance(at, bool) for at in (begin, issued, end)):
            raise EmbedRefused("a time of the token is no whole number")
        at = now.timestamp()
        if end <= at - LEEWAY_SECONDS:
            raise EmbedRefused("the token is over")
        if max(begin, issued) > at + LEEWAY_SECONDS:
            raise EmbedRefused("the token is not valid yet")


def read_public_key(pem: str) -> RSAPublicKey:
    """The app's key as Zendesk shows it (PEM; on one line, with backslash and n, is taken too). Raises WrongKey."""
    text = pem.strip().replace("\\n", "\n")
    try:
        key = load_pem_public_key(text.encode())
    except ValueError as error:
        raise WrongKey("this is no public key in PEM form") from error
    if not isinstance(key, RSAPublicKey) or key.key_size < 2048:
        raise WrongKey("an RSA public key of 2048 bits or more is needed")
    return key
