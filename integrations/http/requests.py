"""Reading requests and writing answers: strict JSON in, bytes out without a second validation."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import orjson
from fastapi import Path
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from domain.identity import Staff
from domain.orders.document import field_path
from domain.orders.model import Order
from domain.ports import UnitOfWork
from domain.rules import Refused, Rule, Violation, broken, refuse_if
from integrations.bootstrap import Application
from integrations.http.access import Principal, Scope
from integrations.http.problems import Problem, ProblemDetails

_JSON = "application/json"


class Body(BaseModel):
    """A request's body: a field that is not known is an error."""

    model_config = ConfigDict(extra="forbid")


def no_nul(value: str) -> str:
    """Texts without NUL, which no database takes."""
    if "\x00" in value:
        raise ValueError("must hold no NUL character")
    return value


Clean = AfterValidator(no_nul)
Id = Annotated[str, Path(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_.:-]+$"), Clean]
OrderNumber = Annotated[
    str, Path(min_length=1, max_length=80, description="With or without `#` (then as `%23`)."), Clean
]


class JsonRequest(Request):
    """A request whose JSON is read strictly: UTF-8, no NaN, no lone surrogates, no NUL."""

    async def json(self) -> Any:
        """The parsed body. Raises Problem: 415 for another content type, 400 for what is no JSON."""
        if hasattr(self, "_json"):
            return self._json
        raw = await self.body()
        if not raw:
            return None
        given = self.headers.get("content-type", "")
        if given.split(";")[0].strip().lower() != _JSON:
            raise Problem(415, "content_type_unknown", f"Send {_JSON}.", headers={"Accept": _JSON})
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            detail = f"The body is not JSON: {error.msg} at character {error.pos}."
            raise Problem(400, "malformed_json", detail) from None
        if b"\\u0000" in raw:
            _refuse_nul(value, ())
        self._json = value
        return value


def _refuse_nul(value: Any, path: tuple[str | int, ...]) -> None:
    if isinstance(value, str) and "\x00" in value:
        field = field_path(path) or "body"
        raise Refused(
            broken(Rule.FIELD_INVALID, field, limit="must hold no NUL character", value="this text")
        )
    if isinstance(value, dict):
        for key, part in value.items():
            _refuse_nul(key, path)
            _refuse_nul(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            _refuse_nul(part, (*path, index))


class StrictRoute(APIRoute):
    """Routes that take no query parameter they do not know."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Look at the names first."""
        handle = super().get_route_handler()
        known = frozenset(each.alias for each in self.dependant.query_params)

        async def handler(request: Request) -> Response:
            if request.scope["query_string"]:
                refuse_if(_unknown(name) for name in request.query_params if name not in known)
            return await handle(request)

        return handler


def _unknown(name: str) -> Violation:
    return broken(Rule.FIELD_INVALID, name[:80] or "query", limit="no such parameter", value="this")


class JsonRoute(StrictRoute):
    """Routes whose body is JSON, whatever the client forgot to say about it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Hand on a :class:`JsonRequest`."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            strict = JsonRequest(request.scope, request.receive)
            if self.body_field is not None:
                await strict.json()
            return await handle(strict)

        return handler


def validation_refusal(error: RequestValidationError) -> Refused:
    """Each field that does not fit, by its name."""
    found = []
    for each in error.errors():
        where = (
            each["loc"][1:]
            if each["loc"][:1] in (("body",), ("query",), ("path",), ("header",))
            else each["loc"]
        )
        value = each.get("input")
        shown = "nothing" if each["type"] == "missing" else _shown(value)
        limit = str(each["msg"]).removeprefix("Value error, ")
        found.append(broken(Rule.FIELD_INVALID, field_path(where) or "body", limit=limit, value=shown))
    return Refused(*found)


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "an object"
    return repr(value)[:80].replace("\x00", "")


def app_of(request: Request) -> Application:
    """The application behind the request."""
    application: Application = request.app.state.application
    return application


def principal_of(request: Request, scope: Scope) -> Principal:
    """Who sends it, if the token has the scope. Raises Problem 403."""
    principal: Principal = request.scope["principal"]
    if scope.value not in principal.scopes:
        raise Problem(
            403, "scope_missing", f"This needs a token with the scope {scope.value!r}.", scope=scope.value
        )
    return principal


def acting(uow: UnitOfWork, principal: Principal) -> Staff:
    """The member of staff behind it, as the database knows them now. Raises Refused(not_authorised)."""
    staff = uow.staff.get(principal.staff_id)
    if staff is None or not staff.active:
        raise Refused(broken(Rule.NOT_AUTHORISED, "actor", limit="viewer", value="unknown"))
    return staff


def order_of(uow: UnitOfWork, number: str) -> Order:
    """The order of that number. Raises Refused(order_not_found)."""
    order = uow.orders.by_number(number)
    if order is None:
        raise Refused(broken(Rule.ORDER_NOT_FOUND, "order", value=number))
    return order


def answer(value: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A model as JSON, written by its own serialiser and not validated again."""
    return Response(value.model_dump_json(), status, headers, _JSON)


def secured(scope: Scope, *statuses: int) -> dict[str, Any]:
    """What every operation documents: the scope it needs, and its problems."""
    described = {"model": ProblemDetails, "content": {"application/problem+json": {}}}
    problems: dict[int | str, dict[str, Any]] = {
        status: {**described, "description": text} for status, text in _PROBLEMS.items()
        if status in (400, 401, 403, 421, 422, 429, 503, *statuses)
    }  # fmt: skip
    return {
        "responses": problems,
        "openapi_extra": {"security": [{"bearer": [scope.value]}], "x-scope": scope.value},
    }


_PROBLEMS = {
    400: "The request cannot be read.",
    401: "No token, or one that is unknown, revoked or over.",
    403: "The scope or the role does not allow it.",
    404: "Not here: unknown, or another merchant's.",
    409: "Decided, stale, expired, another proposal is open, or the same request is being worked on.",
    413: "The body is too large.",
    415: "Another content type is needed.",
    421: "The desk does not answer to that host name.",
    422: "Refused: `violations` names every broken rule with its field, limit and value.",
    429: "Too many requests; see Retry-After.",
    503: "The database cannot be used now; see Retry-After.",
}
