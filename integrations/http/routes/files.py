"""Files: evidence and labels, kept by their SHA-256."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Path, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from domain.identity import Role, role_violation
from domain.ports import UnitOfWork
from domain.rules import refuse_if
from integrations.bootstrap import Application
from integrations.files import TAKEN, plain_name, sniff
from integrations.http.access import Principal, Scope
from integrations.http.problems import Problem
from integrations.http.requests import StrictRoute, acting, answer, app_of, principal_of, secured
from integrations.http.schemas.views import StoredFile

router = APIRouter(prefix="/v1/files", tags=["files"], route_class=StrictRoute)


async def store_file(app: Application, principal: Principal, name: str | None, content: bytes) -> StoredFile:
    """Keep a file. Raises Problem 415 for a type that is not taken, Refused for somebody who may only read."""
    media_type = sniff(content)
    if media_type is None:
        raise Problem(415, "file_type_unknown", f"This file cannot be taken; {TAKEN} can.")
    kept = plain_name(name)

    def work(uow: UnitOfWork) -> str:
        refuse_if([role_violation(acting(uow, principal), Role.AGENT)])
        return uow.files.put(content, media_type, kept)

    sha256 = await app.store.write(app.merchant.id, work)
    return StoredFile(sha256=sha256, name=kept, media_type=media_type, size=len(content))


@router.post("", status_code=201, response_model=StoredFile, **secured(Scope.CONVERSE, 409, 413, 415))
async def upload(request: Request, file: Annotated[UploadFile, File(description=TAKEN)]) -> Response:
    """Upload one file as multipart form data. Its type is read from its bytes, not from its name."""
    principal = principal_of(request, Scope.CONVERSE)
    stored = await store_file(app_of(request), principal, file.filename, await file.read())
    return answer(stored, 201, {"Location": f"/v1/files/{stored.sha256}"})


@router.get(
    "/{sha256}",
    response_class=Response,
    **secured(Scope.READ, 404),
)
async def download(request: Request, sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]) -> Response:
    """The file's bytes; browsers are told to save it, never to show it."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> tuple[bytes, str, str] | None:
        acting(uow, principal)
        return uow.files.get(sha256)

    found = await app.store.read(app.merchant.id, work)
    if found is None:
        raise Problem(404, "file_not_found", "No such file here.")
    content, media_type, name = found
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, 200, headers, media_type)
