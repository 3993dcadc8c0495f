"""RFC 9457 problem details: every answer that is an error has this one shape."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from domain.ports import StorageUnavailable
from domain.rules import Refused, Rule, Violation

MEDIA_TYPE = "application/problem+json"

_CONFLICTS = {
    Rule.OPEN_PROPOSAL_EXISTS,
    Rule.PROPOSAL_DECIDED,
    Rule.PROPOSAL_EXPIRED,
    Rule.PROPOSAL_STALE,
    Rule.PROPOSAL_MISMATCH,
}
_TITLES = {
    400: "The request cannot be read",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    406: "Cannot be answered in that form",
    409: "In conflict with what happened before",
    413: "Too large",
    415: "This content type is not taken here",
    421: "Not served here",
    422: "Refused",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "Not available now",
}


class ProblemDetails(BaseModel):
    """What went wrong. `reference` names the request in our logs."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(
        description="A URN that ends in the code.", examples=["urn:returns-desk:proposal_decided"]
    )
    title: str
    status: int
    detail: str = Field(description="A sentence for people.")
    code: str = Field(description="The rule's code, or one of the API's own.")
    violations: list[Violation] = Field(
        default_factory=list, description="Every broken rule, each with its field, limit and value."
    )
    reference: str = Field("", description="The request's id.")


class Problem(Exception):
    """An error to be answered as problem details."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        violations: Sequence[Violation] = (),
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status, self.code, self.detail = status, code, detail
        self.violations, self.headers, self.more = list(violations), headers or {}, more

    def response(self, reference: str = "") -> Response:
        """The response."""
        content = {
            "type": f"urn:returns-desk:{self.code}",
            "title": _TITLES.get(self.status, "Error"),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "violations": [v.model_dump(mode="json") for v in self.violations],
            "reference": reference,
            **self.more,
        }
        return Response(orjson.dumps(content), self.status, self.headers, MEDIA_TYPE)


def status_of(code: Rule) -> int:
    """The status a broken rule is answered with."""
    if code is Rule.NOT_AUTHORISED:
        return 403
    if code.value.endswith("_not_found"):
        return 404
    return 409 if code in _CONFLICTS else 422


def refusal(violations: Sequence[Violation], **more: Any) -> Problem:
    """A refusal of the domain. Where rules of several kinds are broken, the gravest names the status."""
    by_status = sorted(violations, key=lambda v: status_of(v.code))
    first = by_status[0]
    detail = " ".join(dict.fromkeys(v.message for v in violations))
    return Problem(status_of(first.code), first.code.value, detail, violations=violations, **more)


def problem_of(error: Exception) -> Problem:
    """Any error as a problem; what nobody foresaw says nothing but that it happened."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refused):
        return refusal(error.violations)
    if isinstance(error, StorageUnavailable):
        wait = str(max(1, math.ceil(error.retry_after)))
        sentence = "The database cannot be used at the moment; nothing was changed. Please try again."
        return Problem(503, "storage_unavailable", sentence, headers={"Retry-After": wait})
    sentence = "Something went wrong here. Tell us the reference and we can look it up."
    return Problem(500, "internal_error", sentence)
