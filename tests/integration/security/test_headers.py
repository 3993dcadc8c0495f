"""The same protection on every answer, whatever became of the request."""

from typing import Any

import httpx
import pytest

from integrations.bootstrap import application
from integrations.http.app import create_app
from integrations.settings import Settings


class Quiet:
    def info(self, *_, **__):
        pass

    error = info


EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
REQUESTS: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", "/healthz", {}, 200),
    ("GET", "/", {}, 401),
    ("GET", "/reports", {}, 401),
    ("GET", "/static/desk.css", {}, 200),
    ("GET", "/static/reports.css", {}, 200),
    ("GET", "/openapi.json", {}, 200),
    ("GET", "/nothing", {}, 404),
    ("DELETE", "/healthz", {}, 405),
    ("GET", "/v1/orders", {}, 401),
    ("GET", "/metrics", {}, 401),
    ("POST", "/session", {"content": b"x" * 2_000_000}, 413),
    ("GET", "/healthz", {"headers": {"Host": "evil.example"}}, 421),
    ("GET", "/healthz%00", {}, 400),
    ("POST", "/session", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 422),
]


@pytest.mark.parametrize("public_url", ["", "https://desk.example.com"])
async def test_every_answer_is_protected(tmp_path, public_url):
    settings = Settings(data=tmp_path, merchant="shop", worker="external", public_url=public_url)
    async with application(settings, create=True) as app:
        await app.store.jobs.beat("w")
        transport = httpx.ASGITransport(app=create_app(app, log=Quiet()))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            for method, path, given, status in REQUESTS:
                answer = await client.request(method, path, **given)
                assert answer.status_code == status, (method, path, answer.text[:200])
                headers = {name: answer.headers.get(name) for name in EVERYWHERE}
                assert headers == EVERYWHERE, (method, path)
                policy = answer.headers["content-security-policy"]
                assert "default-src 'none'" in policy
                assert "frame-ancestors 'none'" in policy
                assert "unsafe" not in policy
                assert answer.headers["x-request-id"]
                assert answer.headers["cache-control"] in ("no-store", "public, max-age=86400")
                assert ("strict-transport-security" in answer.headers) is bool(public_url)
                assert "server" not in answer.headers
