"""How staff name a ticket of the helpdesk in what they write: by its address, or as “ticket 4711”.

A number alone never is a ticket's: it may be an order's. Nor is what a customer wrote, quoted among the words of staff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agent.reading.text.quoting import split_quoted

_PLACE = "TICKETNUMBER"
_NUMBER = r"\d{1,20}"
_BEFORE = (
    r"(?:\b(?:for|on|in|re|see|about|from|with|to|of|regarding)\b:?\s+)?"
    r"(?:\b(?:the|this|our|my)\s+)?"
)
_WORD = r"(?<![\w/.-])ticket(?:\s+(?:no|nr|number|id)\b\.?)?\s*[:#]{0,2}\s*"
_COUNTS = (
    r"(?!\s*(?:%|[€£$](?!\s*\d)|(?:times|days?|hours?|hrs?|minutes?|mins?|weeks?|months?|years?"
    r"|euros?|dollars?|eur|usd|gbp)\b))"
)
"""“in the ticket 30 days ago” names none."""
_AFTER = r"(?:\s*[:,;]|\s+[-–—](?=\s))?"


class TicketNames:
    """Finds them. `link` is a ticket's address with `PLACE` for its number; a mere path lies at each of `bases`."""

    PLACE = _PLACE

    def __init__(self, link: str, bases: Sequence[str] = ()) -> None:
        whole = [f"{base.rstrip('/')}{link}" for base in bases if base] if link.startswith("/") else [link]
        links = "|".join(re.escape(each).replace(_PLACE, f"({_NUMBER})") for each in whole if _PLACE in each)
        ways = [rf"{_WORD}({_NUMBER})(?![\w-]|[.,]\d){_COUNTS}"]
        if links:
            ways.append(rf"(?:{_WORD})?<?(?:{links})(?![\w-])(?:[/?#&][^\s<>|]*)?>?")
        self._pattern = re.compile(f"{_BEFORE}(?:{'|'.join(ways)}){_AFTER}", re.IGNORECASE)

    def numbers(self, *texts: str) -> list[str]:
        """The numbers of the tickets that are named, each once, in order."""
        found = (number for text in texts for match in self._own(text) for number in match.groups() if number)
        return list(dict.fromkeys(found))

    def without(self, text: str) -> str:
        """The text with the names of tickets taken out; what is quoted stays."""
        names = {match.group(0) for match in self._own(text)}
        if not names:
            return text
        rest = self._pattern.sub(lambda match: " " if match.group(0) in names else match.group(0), text)
        rest = re.sub(r"\(\s*\)", " ", rest)
        return re.sub(r"[ \t]{2,}", " ", rest).strip().lstrip(":,;.–—- ").strip()

    def _own(self, text: str) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(split_quoted(text)[0])
