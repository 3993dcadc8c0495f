"""One of several `desk serve` on one PostgreSQL, with its own worker, connected to the Stripe-like server."""

from __future__ import annotations

import os
from pathlib import Path

from evals.bench.serving import DESK, Server, free_port, start
from evals.faults.crash.shop import SHOP

LEASE_SECONDS, _CALL_SECONDS = 5.0, 2.0
SECRET = "whsec_faults"
ACCOUNT = "acct_replicas"


def replica(url: str, stripe_url: str, data: Path, port: int = 0) -> Server:
    """Start it and wait until it answers; without a port, at a free one. Raises ServerDidNotStart."""
    data.mkdir(exist_ok=True)
    port = port or free_port()
    given = {
        "DESK_DATABASE_URL": url,
        "DESK_DATA": str(data),
        "DESK_MERCHANT": SHOP.id,
        "DESK_PORT": str(port),
        "DESK_REQUESTS_PER_SECOND": "0",
        "DESK_PAYMENTS": "stripe",
        "DESK_STRIPE_KEY": "sk_test_faults",
        "DESK_STRIPE_URL": stripe_url,
        "DESK_STRIPE_ACCOUNT": ACCOUNT,
        "DESK_STRIPE_WEBHOOK_SECRET": SECRET,
        "DESK_LEASE_SECONDS": str(LEASE_SECONDS),
        "DESK_PROVIDER_SECONDS": str(_CALL_SECONDS),
    }
    return start((*DESK, "serve", "--staff", "ana"), {**os.environ, **given}, port, data / "log")
