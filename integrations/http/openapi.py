"""The OpenAPI document: FastAPI's, with the security scheme and our own shape of errors."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

_INTRODUCTION = """\
Refunds and returns, with the same rules as the page and every other channel.

Send `Authorization: Bearer desk_…`. Every error is a problem document (RFC 9457): `code` names the rule,
`violations` every broken rule with its field, limit and value, `reference` the request in our logs. Every POST takes
an `Idempotency-Key`: the same request again gets the stored answer for 24 hours.
"""
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same request again gets the answer of the first, for 24 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}


def document(app: FastAPI) -> dict[str, Any]:
    """Made once."""
    if app.openapi_schema:
        return app.openapi_schema
    schema = get_openapi(title=app.title, version=app.version, description=_INTRODUCTION, routes=app.routes)
    components = schema.setdefault("components", {})
    components["securitySchemes"] = {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token `desk_…` with the scopes read, converse, decide, import, admin or metrics.",
        }
    }
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _put_right(path, method, operation)
    schemas = components.get("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    app.openapi_schema = schema
    return schema


def _put_right(path: str, method: str, operation: dict[str, Any]) -> None:
    if method == "post" and path.startswith("/v1/"):
        operation.setdefault("parameters", []).append(_KEY)
    for status, response in operation.get("responses", {}).items():
        content = response.get("content", {})
        if int(status) >= 400 and "application/problem+json" in content:
            described = content.pop("application/json", None)
            if described is not None:
                content["application/problem+json"] = described
