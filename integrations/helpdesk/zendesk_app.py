"""The Zendesk app that shows the sidebar: a package to upload, made for one account and one address of the desk.

The page comes from the desk itself (`signedUrls`: Zendesk posts a signed token to it), so the package holds no code
and no secret.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any
from urllib.parse import urlsplit

NAME = "Returns Desk"
VERSION = "1.0.0"
_TEXTS = {
    "en": (
        "Refunds and returns beside the ticket.",
        "Give the desk this app's installation id and public key.",
    ),
    "de": (
        "Erstattungen und Retouren neben dem Ticket.",
        "Geben Sie dem Desk die Installationsnummer und den öffentlichen Schlüssel dieser App.",
    ),
    "es": (
        "Reembolsos y devoluciones junto al ticket.",
        "Indique al desk el número de instalación y la clave pública de esta aplicación.",
    ),
    "fr": (
        "Remboursements et retours à côté du ticket.",
        "Donnez au desk le numéro d’installation et la clé publique de cette application.",
    ),
}
"""What it is, and what to do once it is installed."""


class WrongAddress(ValueError):
    """An address Zendesk could not show."""


def manifest(url: str, subdomain: str) -> dict[str, Any]:
    """The app's manifest. Raises WrongAddress."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise WrongAddress(
            f"--url must be the desk's https:// address as agents' browsers reach it, not {url!r}"
        )
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", subdomain):
        raise WrongAddress(f"--subdomain is SUB of SUB.zendesk.com, not {subdomain!r}")
    return {
        "name": NAME,
        "author": {"name": NAME, "email": f"support@{subdomain}.zendesk.com", "url": url},
        "defaultLocale": "en",
        "private": True,
        "location": {
            "support": {"ticket_sidebar": {"url": f"{url.rstrip('/')}/sidebar/zendesk", "flexible": True}}
        },
        "version": VERSION,
        "frameworkVersion": "2.0",
        "signedUrls": True,
    }


def translations(locale: str) -> dict[str, Any]:
    """The texts Zendesk shows about the app."""
    short, steps = _TEXTS[locale]
    app = {
        "name": NAME,
        "short_description": short,
        "long_description": short,
        "installation_instructions": steps,
    }
    return {"app": app}


def package(url: str, subdomain: str) -> bytes:
    """The zip to upload: manifest, texts, logos. The same input gives the same bytes. Raises WrongAddress."""
    files = {
        "manifest.json": _json(manifest(url, subdomain)),
        **{f"translations/{locale}.json": _json(translations(locale)) for locale in _TEXTS},
        "assets/logo.png": _logo(320),
        "assets/logo-small.png": _logo(128),
        "assets/logo.svg": _SVG.encode(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18" width="18" height="18">'
    '<path fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" '
    'd="M7 3 3.5 6.5 7 10M3.8 6.5h6.7a4 4 0 0 1 0 8H6"/></svg>\n'
)


def _logo(size: int) -> bytes:
    """An arrow that turns back, drawn four times as large and made smaller, so that its edges are smooth."""
    from PIL import Image, ImageDraw

    whole = size * 4
    image = Image.new("RGBA", (whole, whole), (0, 0, 0, 0))
    pen, unit = ImageDraw.Draw(image), whole / 18
    pen.rounded_rectangle((0, 0, whole - 1, whole - 1), radius=whole // 6, fill=(31, 111, 92))
    width = round(unit * 1.7)
    pen.line(
        [(7 * unit, 3 * unit), (3.5 * unit, 6.5 * unit), (7 * unit, 10 * unit)], fill="white", width=width
    )
    pen.line([(3.8 * unit, 6.5 * unit), (10.5 * unit, 6.5 * unit)], fill="white", width=width)
    box = (6.5 * unit, 6.5 * unit - width / 2, 14.5 * unit, 14.5 * unit + width / 2)
    pen.arc(box, -90, 90, fill="white", width=width)
    pen.line([(10.5 * unit, 14.5 * unit), (6 * unit, 14.5 * unit)], fill="white", width=width)
    out = io.BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
