"""The two ways from a terminal to the desk: in this process, or through the desk that is running."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from agent.messages import Attachment, InboundMessage, Press, ProposalCard, RefusedBlock, Reply
from domain.identity import Staff
from domain.ports import StorageUnavailable, UnitOfWork
from domain.rules import Refused, Rule, Violation, broken

if TYPE_CHECKING:
    from integrations.bootstrap import Application


class Door(Protocol):
    """One conversation."""

    who: str

    async def say(self, text: str, files: list[Attachment]) -> Reply:
        """Say something."""
        ...

    async def press(self, action: str, card: ProposalCard, changes: dict[str, str]) -> Reply:
        """Press a button of a card."""
        ...

    async def put(self, content: bytes, media_type: str, name: str) -> Attachment:
        """Hand a file in."""
        ...


class InProcess:
    """The desk in this process."""

    def __init__(self, app: Application, staff: Staff, thread: str) -> None:
        self._app, self._staff, self._thread = app, staff, thread
        self.who = f"{staff.name} ({staff.role.value})"

    async def say(self, text: str, files: list[Attachment]) -> Reply:
        """Say something."""
        message = InboundMessage(
            channel="terminal",
            thread_key=self._thread,
            event_id=self._app.desk.ids.new("evt"),
            staff_id=self._staff.id,
            text=text,
            attachments=files,
        )
        return await self._app.desk.say(message)

    async def press(self, action: str, card: ProposalCard, changes: dict[str, str]) -> Reply:
        """Press a button of a card."""
        press = Press(
            channel="terminal",
            thread_key=self._thread,
            event_id=self._app.desk.ids.new("evt"),
            staff_id=self._staff.id,
            action=action,  # type: ignore[arg-type]
            proposal_id=card.proposal_id,
            sha256=card.sha256,
            set=changes,
        )
        return await self._app.desk.press(press)

    async def put(self, content: bytes, media_type: str, name: str) -> Attachment:
        """Hand a file in."""
        work = partial(_put, content=content, media=media_type, name=name)
        sha256 = await self._app.store.write(self._app.merchant.id, work)
        return Attachment(sha256=sha256, name=name, media_type=media_type, size=len(content))


def _put(uow: UnitOfWork, *, content: bytes, media: str, name: str) -> str:
    return uow.files.put(content, media, name)


def find_staff(uow: UnitOfWork, name: str) -> Staff:
    """A member of staff by id or e-mail. Raises Refused(not_authorised)."""
    staff = uow.staff.get(name) or uow.staff.by_identity("email", name)
    if staff is None:
        raise Refused(broken(Rule.NOT_AUTHORISED, "staff", limit="viewer", value=f"unknown ({name})"))
    return staff


class Running:
    """The desk that runs on this machine already, over its API."""

    def __init__(self, client: httpx.AsyncClient, conversation: str, who: str) -> None:
        self._client, self._conversation, self.who = client, conversation, who

    @classmethod
    async def open(cls, client: httpx.AsyncClient, secret: str, staff: str) -> Running:
        """A conversation in this staff member's name. Raises Refused, StorageUnavailable."""
        client.timeout = httpx.Timeout(60)
        given = await client.post("/local/token", json={"staff": staff}, headers={"X-Desk-Local": secret})
        _checked(given)
        client.headers["Authorization"] = f"Bearer {given.json()['token']}"
        made = _checked(await client.post("/v1/conversations", json={}))
        return cls(client, made["id"], f"{staff}, through the desk at {client.base_url}")

    async def say(self, text: str, files: list[Attachment]) -> Reply:
        """Say something."""
        body = {"text": text, "attachments": [item.sha256 for item in files]}
        path = f"/v1/conversations/{self._conversation}/messages"
        return Reply.model_validate(_checked(await self._client.post(path, json=body)))

    async def press(self, action: str, card: ProposalCard, changes: dict[str, str]) -> Reply:
        """Press a button of a card; a refusal is a reply as well."""
        bodies: dict[str, Any] = {"confirm": {"sha256": card.sha256}, "edit": {"set": changes}}
        path = f"/v1/proposals/{card.proposal_id}/{action}"
        answered = await self._client.post(path, json=bodies.get(action))
        if answered.is_success and answered.json().get("reply"):
            return Reply.model_validate(answered.json()["reply"])
        violations = [Violation.model_validate(item) for item in answered.json().get("violations", [])]
        text = answered.json().get("detail") or answered.json().get("title") or "done"
        block = RefusedBlock(text=text, violations=violations)
        return Reply(conversation_id=self._conversation, event_id="", blocks=[block])

    async def put(self, content: bytes, media_type: str, name: str) -> Attachment:
        """Hand a file in."""
        sent = await self._client.post("/v1/files", files={"file": (name, content, media_type)})
        stored = _checked(sent)
        return Attachment.model_validate(
            {key: stored[key] for key in ("sha256", "name", "media_type", "size")}
        )


def _checked(response: httpx.Response) -> dict[str, Any]:
    if response.status_code == 503:
        raise StorageUnavailable(response.json().get("detail", "the desk cannot reach its database"))
    if not response.is_success:
        problem = response.json()
        found = [Violation.model_validate(item) for item in problem.get("violations", [])]
        detail = problem.get("detail", response.text)
        raise Refused(
            *found or [broken(Rule.FIELD_INVALID, "request", limit=detail, value=response.status_code)]
        )
    given: dict[str, Any] = response.json()
    return given
