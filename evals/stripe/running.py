"""The Stripe-like server as a process of its own, and what really happened there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx


@dataclass(frozen=True, slots=True)
class StripeLike:
    """A running one."""

    url: str

    def add_payments(self, captured: Mapping[str, int], currency: str = "eur", account: str = "own") -> None:
        """Payments by name, with what was taken in minor units."""
        body, whose = {"payments": dict(captured), "currency": currency}, {"Stripe-Account": account}
        httpx.post(f"{self.url}/_control/payments", json=body, headers=whose, timeout=30).raise_for_status()

    def announce_to(self, urls: list[str]) -> None:
        """Where its events go from now on."""
        httpx.post(f"{self.url}/_control/webhooks", json={"urls": urls}, timeout=10).raise_for_status()

    def effects(self, account: str = "own") -> list[dict[str, Any]]:
        """Every refund that really happened, oldest first."""
        whose = {"Stripe-Account": account}
        found: list[dict[str, Any]] = httpx.get(
            f"{self.url}/_control/effects", headers=whose, timeout=30
        ).json()
        return found


@contextmanager
def stripe_like(folder: Path, *, latency: float = 0.0, secret: str = "whsec_test") -> Iterator[StripeLike]:
    """Start it with its books in that folder; end it afterwards."""
    command = [sys.executable, "-m", "evals.stripe.server", "--books", str(folder)]
    command += ["--latency", str(latency), "--secret", secret]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            word, _, port = process.stdout.readline().strip().partition(" ")
            if word != "listening":
                raise RuntimeError("the Stripe-like server did not start")
            yield StripeLike(f"http://127.0.0.1:{port}")
        finally:
            process.kill()
            process.wait()
