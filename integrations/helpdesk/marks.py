"""How a note carries its key, so that a retry finds its own note; and its text in the format of each helpdesk."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable

from integrations.helpdesk.port import HelpdeskError, TicketNotFound

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,119}")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>~-])")


def mark(key: str) -> str:
    """The last line of a note. Raises ValueError for a key that could not be told from text."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"a note's key is made of letters, digits and _.:- (120 at most): {key[:40]!r}")
    return f"Returns Desk, ref. {key}"


def carries(text: str, key: str) -> bool:
    """Whether a note's text (plain or HTML) ends in the mark of that key."""
    plain = html.unescape(re.sub(r"<[^>]*>", " ", text)).replace("\\", "")
    return (
        re.search(rf"Returns Desk, ref\. {re.escape(key)}(?![\w.:-])\s*\Z", " ".join(plain.split()))
        is not None
    )


def as_plain(text: str, key: str) -> str:
    """The note as plain text."""
    return f"{text.strip()}\n\n{mark(key)}"


def as_html(text: str, key: str) -> str:
    """The note where HTML is rendered: nothing in it is markup."""
    lines = [html.escape(line, quote=True) for line in as_plain(text, key).split("\n")]
    return "<p>" + "<br>".join(lines).replace("<br><br>", "</p><p>") + "</p>"


def as_markdown(text: str, key: str) -> str:
    """The note where Markdown is rendered: nothing in it is markup, and lines stay lines."""
    escaped = _MARKDOWN.sub(r"\\\1", as_plain(text, key))
    return "\n\n".join("  \n".join(block.split("\n")) for block in escaped.split("\n\n"))


async def add_once(find: Callable[[], Awaitable[str]], add: Callable[[], Awaitable[str]]) -> str:
    """The id of the note: of the one that is there, else of a new one.

    Where no clear answer to adding came, the note is looked for again before the error reaches the caller, who may
    then try anew.
    """
    found = await find()
    if found:
        return found
    try:
        written = await add()
    except TicketNotFound:
        raise
    except HelpdeskError:
        found = await find()
        if found:
            return found
        raise
    return written or await find()
