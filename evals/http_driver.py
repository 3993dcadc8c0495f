"""A desk that runs elsewhere, driven through its HTTP API; only the scene is set through ``/trial`` (evals.trial)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import httpx

from agent.messages import RefusedBlock, Reply
from agent.rendering.blocks import REPLIES, sentences
from agent.texts.prompts import fill
from domain.orders.model import Order
from domain.proposals.model import Proposal
from domain.rules import Refused, Rule, Violation
from evals.beside import Beside
from evals.cases import CaseShape, Confirm, Edit, FileShape, OrderChanged, OtherStaffConfirms
from evals.driver import NO_PROPOSAL, Cards, Driver, PressTurn
from evals.replay import replay_through
from evals.run import NoSuchReader, NoTrial
from evals.samples import sample
from evals.snapshot import Snapshot

SECONDS = 120.0
NO_HASH = "0" * 64


class NotAnswered(Exception):
    """The desk answered something that a replay cannot go on from."""

    def __init__(self, what: str, response: httpx.Response) -> None:
        problem = _problem(response)
        told = f"{problem['code']}: {problem.get('detail', '')}" if "code" in problem else response.text[:200]
        super().__init__(f"{what}: {response.status_code} {told}")


class HttpDriver:
    """The desk of one case on a server."""

    def __init__(self, client: httpx.AsyncClient, case: CaseShape, opened: dict[str, Any]) -> None:
        self.case, self.reader = case, str(opened["reader"])
        self._client, self._base = client, str(opened["base"])
        self._actor = str(opened["tokens"]["actor"])
        self._cards = Cards()
        self._conversation = ""
        self._messages = 0

    async def say(self, text: str, files: list[FileShape]) -> Reply:
        """Files are uploaded one by one, then the message names them."""
        hashes = [await self._upload(file) for file in files]
        await self._begin()
        self._messages += 1
        body = {"text": text, "attachments": hashes, "event_id": str(self._messages)}
        response = await self._post(
            f"/v1/conversations/{self._conversation}/messages", self._actor, json=body
        )
        if not response.is_success:
            raise _not_allowed(response) or NotAnswered("say", response)
        return self._seen(Reply.model_validate(response.json()))

    async def press(self, turn: PressTurn) -> Reply:
        """A button, by the actor or by a second person."""
        who = self._actor
        if isinstance(turn, OtherStaffConfirms):
            limit = {"role": turn.role.value, "limit": turn.limit}
            who = str((await self._event({"event": "other_staff", **limit}))["token"])
        await self._begin()
        state = await self.snapshot()
        card = self._cards.pick(turn, {p.id for p in state.proposals if p.state == "open"})
        named = card.proposal_id if card else NO_PROPOSAL
        body: dict[str, Any] | None = None
        if isinstance(turn, Confirm | OtherStaffConfirms):
            body = {"sha256": card.sha256 if card else NO_HASH}
        elif isinstance(turn, Edit):
            body = {"set": turn.set}
        action = "confirm" if isinstance(turn, OtherStaffConfirms) else turn.event
        return self._seen(self._pressed(await self._post(f"/v1/proposals/{named}/{action}", who, json=body)))

    def _pressed(self, response: httpx.Response) -> Reply:
        """What the conversation said; of a press on nothing, the refusal as the conversation would put it."""
        answered = _problem(response)
        if answered.get("reply"):
            return Reply.model_validate(answered["reply"])
        found = _violations(answered)
        if [violation.code for violation in found] == [Rule.PROPOSAL_NOT_FOUND]:
            text = fill(REPLIES, "refused", {"sentences": sentences(found)})
            block = RefusedBlock(text=text, violations=found)
            return Reply(conversation_id=self._conversation, event_id="", blocks=[block])
        raise _not_allowed(response) or NotAnswered("press", response)

    async def change(self, turn: OrderChanged) -> None:
        """Somebody else writes, past the desk. Raises Refused."""
        await self._event(turn.model_dump(mode="json", exclude_unset=True, by_alias=True))

    async def fault(self, answer: str) -> None:
        """What befalls the next execution."""
        await self._event({"event": "provider", "answer": answer})

    async def wait(self, minutes: float) -> None:
        """Time passes."""
        await self._event({"event": "wait", "minutes": minutes})

    async def restart(self) -> None:
        """The case's desk is closed and opened again; the server goes on."""
        await self._event({"event": "restart"})

    async def catch_up(self) -> None:
        """The worker's retries."""
        await self._event({"event": "catch_up"})

    async def snapshot(self) -> Snapshot:
        """What the database holds."""
        held = _checked("snapshot", await self._client.get(f"{self._base}/snapshot"))
        return Snapshot(
            [Proposal.model_validate(each) for each in held["proposals"]],
            [Order.model_validate(each) for each in held["orders"]],
            held["balances"],
            held["ledger_sum"],
        )

    async def end(self, start: Snapshot) -> dict[str, Any]:
        """Where everything stands in the end, by the server's own account."""
        return _checked("end", await self._client.get(f"{self._base}/end"))

    async def beside(self) -> Beside:
        """What is no part of a trace, by the server's own account."""
        return Beside.model_validate(_checked("beside", await self._client.get(f"{self._base}/beside")))

    async def close(self) -> None:
        """The server forgets the case."""
        await self._client.delete(self._base)

    async def _begin(self) -> None:
        """The conversation begins with the first word or press; the ticket is given with it."""
        if self._conversation:
            return
        ticket = {"id": "ticket", **self.case.ticket.model_dump()} if self.case.ticket is not None else None
        response = await self._post("/v1/conversations", self._actor, json={"ticket": ticket})
        self._conversation = str(_checked("begin a conversation", response)["id"])

    async def _upload(self, file: FileShape) -> str:
        content = (file.name, sample(file.name, file.type), file.type)
        response = await self._post("/v1/files", self._actor, files={"file": content})
        if not response.is_success:
            raise _not_allowed(response) or NotAnswered(f"upload of {file.name} ({file.type})", response)
        return str(response.json()["sha256"])

    async def _event(self, event: dict[str, Any]) -> dict[str, Any]:
        return _checked(event["event"], await self._client.post(f"{self._base}/events", json=event))

    async def _post(self, path: str, token: str, **body: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return await self._client.post(f"{self._base}{path}", headers=headers, **body)

    def _seen(self, reply: Reply) -> Reply:
        self._cards.see(reply)
        return reply


@asynccontextmanager
async def by_url(case: CaseShape, url: str, reader: str = "") -> AsyncIterator[Driver]:
    """A desk for this case on the server at that address. Raises Refused, NotAnswered."""
    limits = httpx.Limits(keepalive_expiry=2.0)
    async with httpx.AsyncClient(base_url=url, timeout=SECONDS, trust_env=False, limits=limits) as client:
        given = case.model_dump(mode="json", exclude_unset=True, by_alias=True)
        opened = await client.post("/trial/cases", params={"reader": reader}, json=given)
        driver = HttpDriver(client, case, _checked("open the case", opened))
        try:
            yield driver
        finally:
            await driver.close()


def check_trial(url: str, reader: str = "") -> str:
    """The name of the reader that will read there. Raises NoTrial, NoSuchReader."""
    try:
        response = httpx.get(
            f"{url.rstrip('/')}/trial", params={"reader": reader}, timeout=30, trust_env=False
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoTrial(f"no desk answers at {url}: {error}") from error
    answered = _problem(response)
    if answered.get("code") == "reader_unknown":
        raise NoSuchReader(reader)
    if not response.is_success or "reader" not in answered:
        raise NoTrial(f"the server at {url} takes no cases; start it with `desk serve --trial`")
    return str(answered["reader"])


def run_cases_by_url(
    cases: Sequence[CaseShape], url: str, *, reader: str = "", jobs: int = 2
) -> Iterator[dict[str, Any]]:
    """The traces, in order; without a reader, the desk's own reads. Raises NoTrial, NoSuchReader."""
    named = check_trial(url, reader)

    def one(case: CaseShape) -> dict[str, Any]:
        return asyncio.run(replay_through(by_url(case, url, reader), case, named))

    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(one, cases)


def _problem(response: httpx.Response) -> dict[str, Any]:
    try:
        told = response.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _violations(told: dict[str, Any]) -> list[Violation]:
    return [Violation.model_validate(each) for each in told.get("violations", [])]


def _not_allowed(response: httpx.Response) -> Refused | None:
    """A refusal because of who asks; anything else that is refused here, a conversation would have taken."""
    found = _violations(_problem(response)) if response.status_code == 403 else []
    return Refused(*found) if found else None


def _checked(what: str, response: httpx.Response) -> dict[str, Any]:
    """The answer. Raises Refused where rules were broken, else NotAnswered."""
    told = _problem(response)
    if not response.is_success:
        found = _violations(told)
        raise Refused(*found) if found else NotAnswered(what, response)
    return told
