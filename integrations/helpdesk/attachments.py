"""Downloading attachments safely: whatever a ticket says their address is.

Allowed hosts only; https (plain http for a base address of one's own on loopback); an address is resolved once, every
result must be public, and the connection goes to exactly that; no redirect is followed; the size is counted while it
streams; what it is is read from its bytes. So a ticket cannot make the desk fetch what lies beside it.

Zendesk and Chatwoot hand their files over from a storage host, by a redirect. Where such hosts are named
(`storage_hosts`), one step there is taken: checked exactly like the first address, and without credentials.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from integrations.files import TAKEN, plain_name, sniff
from integrations.helpdesk.port import FileRefused, HelpdeskError

MOST_BYTES = 20_000_000
SECONDS = 30.0
"""For the whole of one download, however slowly it drips."""

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Addresses of a host."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """What the system says the host's addresses are. Raises HelpdeskError."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise HelpdeskError(f"the host of an attachment cannot be found ({host})", 10.0) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(slots=True)
class Attachments:
    """Downloads for one helpdesk.

    `hosts` are exact names, or ``*.name`` for what lies under one. `local_base` is a base address on loopback that
    may be used as it is (a helpdesk on this machine).
    """

    hosts: frozenset[str]
    local_base: str = ""
    storage_hosts: frozenset[str] = frozenset()
    most_bytes: int = MOST_BYTES
    seconds: float = SECONDS
    resolve: Resolve = resolve
    transport: httpx.AsyncBaseTransport | None = None
    _client: httpx.AsyncClient | None = field(default=None, init=False)

    async def fetch(
        self, address: str, name: str, headers: Mapping[str, str] | None = None
    ) -> tuple[bytes, str, str]:
        """Content, media type as sniffed, plain name. Raises FileRefused, HelpdeskError.

        `headers` (credentials) must only be given for an address that the caller's own API uses.
        """
        try:
            async with asyncio.timeout(self.seconds):
                content = await self._get(address, headers or {}, self.hosts)
                if isinstance(content, str):
                    content = await self._get(content, {}, self.storage_hosts)
        except TimeoutError as error:
            raise HelpdeskError("an attachment took too long", 10.0) from error
        except httpx.HTTPError as error:
            raise HelpdeskError(f"an attachment cannot be read ({type(error).__name__})", 10.0) from error
        if isinstance(content, str):
            raise FileRefused("the attachment's address redirects twice")
        return accepted(content, name, self.most_bytes)

    async def _get(self, address: str, headers: Mapping[str, str], hosts: frozenset[str]) -> bytes | str:
        """The content, or where it is said to be."""
        host, port, pinned = await self._checked(address, hosts)
        parts = urlsplit(address)
        target = parts._replace(netloc=_netloc(pinned, port), fragment="").geturl()
        default = port == (443 if parts.scheme == "https" else 80)
        sent = {**headers, "Host": host if default else f"{host}:{port}"}
        found = await self._read(target, sent, host)
        return urljoin(address, found) if isinstance(found, str) else found

    async def _checked(self, address: str, hosts: frozenset[str]) -> tuple[str, int, str]:
        """Host, port and the address to connect to."""
        try:
            parts = urlsplit(address)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError as error:
            raise FileRefused("the attachment's address cannot be read") from error
        port = port or (443 if parts.scheme == "https" else 80)
        if parts.username is not None or parts.password is not None:
            raise FileRefused("the attachment's address carries a user name")
        if self.local_base and _origin(address) == _origin(self.local_base) and is_loopback(host):
            return host, port, "127.0.0.1" if host == "localhost" else host
        if parts.scheme != "https":
            raise FileRefused("an attachment is only read over https")
        if port != 443 or not _is_one_of(host, hosts):
            raise FileRefused(f"attachments are not read from {host[:80]}:{port}")
        found = await self.resolve(host, port)
        if not found or not all(is_public(item) for item in found):
            raise FileRefused(f"{host[:80]} leads to an address that is not public")
        return host, port, found[0]

    async def _read(self, target: str, headers: Mapping[str, str], host: str) -> bytes | str:
        if self._client is None:
            self._client = httpx.AsyncClient(
                timeout=10.0, follow_redirects=False, trust_env=False, transport=self.transport
            )
        # The certificate must be that of the name, although the connection goes to the address.
        extensions: dict[str, Any] = {"sni_hostname": host} if target.startswith("https") else {}
        async with self._client.stream("GET", target, headers=headers, extensions=extensions) as response:
            if response.is_redirect:
                if not self.storage_hosts:
                    raise FileRefused("the attachment's address redirects elsewhere")
                return str(response.headers.get("location", ""))
            if response.status_code != 200:
                raise HelpdeskError(f"the attachment's host answered {response.status_code}")
            declared = response.headers.get("content-length", "")
            if declared.isdigit() and int(declared) > self.most_bytes:
                raise FileRefused(_too_large(self.most_bytes, declared))
            content = bytearray()
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > self.most_bytes:
                    raise FileRefused(_too_large(self.most_bytes, "more"))
            return bytes(content)

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None


def accepted(content: bytes, name: str, most_bytes: int = MOST_BYTES) -> tuple[bytes, str, str]:
    """The file as it is taken: content, type by its bytes, plain name. Raises FileRefused."""
    if len(content) > most_bytes:
        raise FileRefused(_too_large(most_bytes, str(len(content))))
    media_type = sniff(content)
    if media_type is None:
        raise FileRefused(f"this file cannot be taken; {TAKEN} can")
    return content, media_type, plain_name(name)


def _too_large(limit: int, value: str) -> str:
    return f"the attachment is too large: {limit} bytes at most, {value}"


def is_loopback(host: str) -> bool:
    """Whether the host names this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet, whatever form it is written in."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _is_one_of(host: str, hosts: frozenset[str]) -> bool:
    return host in hosts or any(entry[:2] == "*." and host.endswith(entry[1:]) for entry in hosts)


def _netloc(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _origin(address: str) -> tuple[str, str, int]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
