"""Files people share in a thread, as evidence: fetched from Slack's own hosts, looked at, kept by their hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError

from agent.messages import Attachment
from domain.ports import Store
from integrations.files import TAKEN, plain_name, sniff
from integrations.slack.client import GONE, code_of
from integrations.slack.workspaces import Workspace, Workspaces

_TIMEOUT = aiohttp.ClientTimeout(total=30)
MOST_FILES = 10


class FileRefused(Exception):
    """Not taken; the message is for whoever shared it."""


def is_own_host(url: str, api_url: str) -> bool:
    """Slack's, over https; or exactly where the configured API is."""
    parts, api = urlsplit(url), urlsplit(api_url)
    if (parts.scheme, parts.netloc) == (api.scheme, api.netloc):
        return True
    host = (parts.hostname or "").lower()
    named = parts.username is None and parts.port in (None, 443)
    return parts.scheme == "https" and named and (host == "slack.com" or host.endswith(".slack.com"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Fetches with the bot's token, which therefore goes to nobody but Slack."""

    workspaces: Workspaces
    store: Store
    merchant_id: str
    api_url: str
    max_bytes: int

    async def take(
        self, workspace: Workspace, files: Sequence[dict[str, Any]]
    ) -> tuple[list[Attachment], list[str]]:
        """What could be kept, and a sentence for each file that could not."""
        taken, refused = [], []
        for file in files[:MOST_FILES]:
            name = plain_name(str(file.get("name") or file.get("title") or "file"))
            try:
                taken.append(await self._one(workspace, str(file["id"]), name))
            except FileRefused as reason:
                refused.append(f"{name}: {reason}")
        if len(files) > MOST_FILES:
            refused.append(
                f"Only {MOST_FILES} files at a time are taken; {len(files) - MOST_FILES} were left out."
            )
        return taken, refused

    async def _one(self, workspace: Workspace, file_id: str, name: str) -> Attachment:
        try:
            said = await self.workspaces.client(workspace).files_info(file=file_id)
        except SlackApiError as error:
            if code_of(error) in {"ratelimited", *GONE}:
                raise
            raise FileRefused("Slack did not hand it out. Share it again, please.") from error
        file: dict[str, Any] = said["file"]
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        if not is_own_host(url, self.api_url):
            raise FileRefused("it lies outside Slack, so it was not fetched. Upload the file itself.")
        if int(file.get("size") or 0) > self.max_bytes:
            raise FileRefused(f"larger than {self.max_bytes // 1_000_000} MB.")
        content = await self._fetch(url, workspace.token)
        media_type = sniff(content)
        if media_type is None:
            raise FileRefused(f"this kind of file cannot be taken; {TAKEN} can.")
        kept = plain_name(str(file.get("name") or name))
        sha256 = await self.store.write(
            self.merchant_id, lambda uow: uow.files.put(content, media_type, kept)
        )
        return Attachment(sha256=sha256, name=kept, media_type=media_type, size=len(content))

    async def _fetch(self, url: str, token: str) -> bytes:
        """The bytes, never beyond the limit, whatever the server says about them."""
        headers = {"Authorization": f"Bearer {token}"}
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT) as session,
            session.get(url, headers=headers, allow_redirects=False) as response,
        ):
            if response.status != 200:
                raise FileRefused("Slack did not hand it out. Share it again, please.")
            content = bytearray()
            async for chunk in response.content.iter_chunked(65_536):
                content += chunk
                if len(content) > self.max_bytes:
                    raise FileRefused(f"larger than {self.max_bytes // 1_000_000} MB.")
            return bytes(content)
