"""Cases for tests: what is not said is plausible."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.cases import CaseShape


def an_order(**changes: Any) -> dict[str, Any]:
    return {
        "number": "#1001",
        "customer": "Noor Haddad",
        "currency": "EUR",
        "placed_days_ago": 2,
        "payments": [{"method": "visa", "captured": "64.00"}],
        "lines": [
            {
                "sku": "SCARF",
                "title": "Wool scarf",
                "qty": 2,
                "unit_price": "32.00",
                "source": "own",
                "fulfilment": "delivered",
            }
        ],
        **changes,
    }


def a_case(*turns: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": "case-1",
        "theme": "test",
        "actor": {"role": "agent", "limit": {"EUR": "100.00"}},
        "orders": [an_order()],
        "turns": list(turns),
        **changes,
    }


def the_case(*turns: dict[str, Any], **changes: Any) -> CaseShape:
    return CaseShape.model_validate(a_case(*turns, **changes))


def json_lines(path: Path, *cases: Any) -> Path:
    path.write_text("".join(f"{json.dumps(case)}\n" for case in cases), encoding="utf-8")
    return path
