"""`localstripe`, a stateful Stripe-like server, started for a test run; and what Stripe documents beyond it."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

import httpx

KEY = "sk_test_localstripe"
READY_SECONDS = 60
_START = """
import localstripe.resources as resources
type(resources.store).dump_to_disk = lambda store: None
from localstripe.server import start
start()
"""
"""Without the copy it keeps in a file of a fixed name, which two test runs on one machine would share."""


@dataclass
class LocalStripe:
    """A running one."""

    url: str
    method: str
    """A payment method to pay with."""

    def capture(self, amount: int) -> tuple[str, str]:
        """A paid PaymentIntent in EUR: its id, and its charge's."""
        form = {"amount": amount, "currency": "eur", "payment_method": self.method, "confirm": "true"}
        made = _post(self.url, "/v1/payment_intents", form)
        return made["id"], made["latest_charge"]["id"]

    def given_back(self, ref: str) -> int:
        """What has been refunded of a PaymentIntent or a charge."""
        name = "payment_intent" if ref.startswith("pi_") else "charge"
        answer = httpx.get(f"{self.url}/v1/refunds", params={name: ref, "limit": 100}, auth=(KEY, ""))
        return sum(refund["amount"] for refund in answer.json()["data"])


def _post(url: str, path: str, form: dict) -> dict:
    answer = httpx.post(url + path, data=form, auth=(KEY, ""), timeout=30)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@contextmanager
def local_stripe(folder: Path) -> Iterator[LocalStripe]:
    """Start it on a free port, with nothing in it; stop it afterwards."""
    command = [sys.executable, "-u", "-c", _START, "--from-scratch", "--port", "0"]
    with (folder / "localstripe.log").open("w") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=folder)
    try:
        url = _address(process, folder)
        card = {"number": "4242424242424242", "exp_month": "12", "exp_year": "2035", "cvc": "123"}
        form = {"type": "card", **{f"card[{name}]": value for name, value in card.items()}}
        yield LocalStripe(url, _post(url, "/v1/payment_methods", form)["id"])
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _address(process: subprocess.Popen[str], folder: Path) -> str:
    assert process.stdout is not None
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        line = process.stdout.readline()
        found = re.search(r"Running on http://\S*:(\d+)", line)
        if found:
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return f"http://127.0.0.1:{found[1]}"
        assert line or process.poll() is None, (folder / "localstripe.log").read_text()
    raise AssertionError("localstripe was not ready in time")


class AsDocumented(httpx.AsyncBaseTransport):
    """What Stripe does and localstripe does not: idempotency keys, the limit of a refund, lists by date."""

    def __init__(self, stripe: LocalStripe) -> None:
        self._stripe, self._inner = stripe, httpx.AsyncHTTPTransport()
        self._kept: dict[str, tuple[bytes, int, bytes]] = {}
        self._one_at_a_time = asyncio.Lock()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        async with self._one_at_a_time:
            if request.method == "POST":
                return await self._once(request)
            return await self._listed(request)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _once(self, request: httpx.Request) -> httpx.Response:
        key, asked = request.headers["idempotency-key"], await request.aread()
        if key in self._kept:
            before, status, body = self._kept[key]
            if before != asked:
                return _error(400, "idempotency_error", message="Keys are for the same parameters only")
            return httpx.Response(status, content=body)
        form = {name: values[0] for name, values in parse_qs(asked.decode()).items()}
        answer = self._too_much(form)
        if answer is None:
            passed = await self._inner.handle_async_request(request)
            answer = httpx.Response(passed.status_code, content=await passed.aread())
        self._kept[key] = (asked, answer.status_code, answer.content)
        return answer

    def _too_much(self, form: dict[str, str]) -> httpx.Response | None:
        """Stripe refuses more than what is left of a charge."""
        ref = form.get("payment_intent") or form["charge"]
        name = "payment_intents" if ref.startswith("pi_") else "charges"
        found = httpx.get(f"{self._stripe.url}/v1/{name}/{ref}", auth=(KEY, ""))
        if found.status_code == 200 and int(form["amount"]) > found.json()[
            "amount"
        ] - self._stripe.given_back(ref):
            return _error(
                400, "invalid_request_error", message="Greater than unrefunded amount", param="amount"
            )
        return None

    async def _listed(self, request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        since, until = int(query.pop("created[gte]", 0)), int(query.pop("created[lt]", 2**62))
        plain = httpx.Request("GET", request.url.copy_with(params=query), headers=request.headers)
        passed = await self._inner.handle_async_request(plain)
        body = json.loads(await passed.aread())
        if passed.status_code == 200:
            body["data"] = [row for row in body["data"] if since <= row["created"] < until]
        return httpx.Response(passed.status_code, json=body)


def _error(status: int, kind: str, **more: str) -> httpx.Response:
    return httpx.Response(status, json={"error": {"type": kind, **more}})
