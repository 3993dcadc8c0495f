"""Any shop: order documents and return requests by signed webhook in, decisions by signed webhook out.

In, POST /webhooks/shop, one of

    {"type": "order", "id": "shop's own id", "updated_at": "…", "order": {order document}}
    {"type": "return_request", "order": "#1042", "request_id": "…", "lines": [{"line" or "sku", "quantity"}], …}

Out, to one address: ``{"id": key, "type": kind, "order": …, "currency": …, "at": …, "data": {…}}``. The receiver
answers 2xx once it has it, and drops an `id` it has seen. See docs/shops.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import httpx
import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from domain.orders.document import OrderDocument, field_path
from domain.ports import Clock
from domain.rules import Refused, Rule, broken
from integrations.shops.port import (
    News,
    OrderNews,
    Page,
    ReturnNews,
    ShopError,
    WriteBack,
    WriteRefused,
)
from integrations.shops.signature import HEADER, sign, verify

_FINAL = frozenset({400, 404, 405, 410, 413, 415, 422})
"""Answers that will be the same next time."""


class _OrderEvent(BaseModel):
    model_config = ConfigDict(extra="forbid")

    type: Literal["order"]
    id: str = Field(min_length=1, max_length=200)
    updated_at: AwareDatetime
    order: OrderDocument


class _ReturnEvent(BaseModel):
    model_config = ConfigDict(extra="allow")

    type: Literal["return_request"]
    order: str = Field(min_length=1, max_length=80)
    request_id: str = Field(min_length=1, max_length=200)


_EVENT: TypeAdapter[_OrderEvent | _ReturnEvent] = TypeAdapter(
    Annotated[_OrderEvent | _ReturnEvent, Field(discriminator="type")]
)


class SignedShop:
    """A shop that speaks the neutral form."""

    name = "signed"
    wants_problems = True

    def __init__(
        self, secrets: Sequence[str], url: str, clock: Clock, client: httpx.AsyncClient | None = None
    ) -> None:
        self._secrets, self._url, self._clock = list(secrets), url, clock
        self._client = client or httpx.AsyncClient(timeout=15.0, follow_redirects=False)

    async def fetch(self, shop_id: str) -> News | None:
        """It tells by itself; there is nothing to ask for."""
        return None

    async def pull(self, since: datetime | None, cursor: str) -> Page:
        """It tells by itself; there is nothing to ask for."""
        return Page([])

    def read_webhook(self, headers: Mapping[str, str], body: bytes, now: datetime) -> list[News]:
        """One event. Raises ShopWebhookRefused, Refused."""
        verify(self._secrets, headers.get(HEADER, ""), body, now)
        try:
            event = _EVENT.validate_python(orjson.loads(body))
        except orjson.JSONDecodeError as error:
            raise Refused(
                broken(Rule.FIELD_INVALID, "body", limit="JSON", value=f"character {error.pos}")
            ) from None
        except ValidationError as error:
            raise Refused(*[_violation(each) for each in error.errors()]) from None
        if isinstance(event, _OrderEvent):
            return [OrderNews(event.id, event.updated_at, event.order)]
        rest = {"request_id": event.request_id, **(event.model_extra or {})}
        return [ReturnNews(event.order, event.request_id, rest)]

    async def write_back(self, what: WriteBack, shop_id: str) -> str:
        """Post it; the receiver tells repetitions apart by `id`."""
        if not self._url:
            return "not wanted"
        body = orjson.dumps(
            {
                "id": what.key,
                "type": what.kind,
                "order": what.order,
                "shop_id": shop_id,
                "currency": what.currency,
                "at": what.at.isoformat(),
                "data": what.facts,
            }
        )
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": what.key,
            HEADER: sign(self._secrets[0], body, self._clock.now()),
        }
        try:
            answer = await self._client.post(self._url, content=body, headers=headers)
        except httpx.HTTPError as error:
            raise ShopError(f"no answer: {type(error).__name__}") from error
        if answer.is_success or answer.status_code == 409:
            return what.key
        if answer.status_code in _FINAL:
            raise WriteRefused(f"answered {answer.status_code}")
        raise ShopError(f"answered {answer.status_code}", _retry_after(answer))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _retry_after(answer: httpx.Response) -> float | None:
    given = answer.headers.get("retry-after", "")
    return float(given) if given.isdecimal() else None


def _violation(error: Any) -> Any:
    where = field_path(
        error["loc"][1:] if error["loc"][:1] in (("order",), ("return_request",)) else error["loc"]
    )
    return broken(Rule.FIELD_INVALID, where or "body", limit=error["msg"], value=repr(error["input"])[:80])
