"""Tell a staff member's own words from customer text pasted among them.

What is quoted is ticket text: it never becomes a command. Short quoted words inside a sentence stay.
"""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex

_HEADER = regex(
    r"^\s*(?:-{2,}\s*(?:original|forwarded) message\s*-{2,}|begin forwarded message:|_{8,}"
    r"|on .{4,120} wrote:|am .{4,120} schrieb.{0,80}:|le .{4,120} a écrit\s*:|el .{4,120} escribió\s*:)\s*$",
    re.IGNORECASE,
)
_MAIL_FIELD = regex(
    r"^\s*(?:from|sent|to|cc|subject|date|von|gesendet|betreff|de|para|asunto)\s*:\s*\S", re.I
)
_FENCE = regex(r"^\s*(```|~~~|<<<|\"\"\")")
_SAYS = regex(
    r"(?P<who>\b(?:customer|cust|client|buyer|she|he|they|ticket|mail|email|message|msg|chat"
    r"|text|quote)\b[^\n:“\"«]{0,40}"
    r"\b(?:wrote|writes|says|said|saying|sent|message|mail|email|quote|reads|text|ticket|body)?\s*[:\-–]\s*)"
    r"(?P<open>[\"“„«'‘])(?P<body>.{12,}?)(?P<close>[\"”“»'’])(?=\s|$|[.,;!?])",
    re.IGNORECASE | re.DOTALL,
)
_HERE = r"(?:\b(?:but|and|so)\s+)?\bhere(?:'s|\u2019s|s| is)? (?:what|how|the words)"
"""What may lead to whose words they are ("but here's what he wrote:")."""
_HERE_IS = regex(rf"[\s,;-]*{_HERE}\s*$", re.IGNORECASE)
_LONG_QUOTE = regex(r"[\"“„«](?P<body>[^\"“”„«»]{60,})[\"”“»]", re.DOTALL)
_WROTE_BLOCK = regex(
    r"^(?P<own>.*?)\b(?:the\s+)?(?:customer|cust|client|buyer|she|he|they)(?:'s)?\s+"
    r"(?:wrote|writes|message|mail|email|said this|sent this)(?:\s+(?:in|this|us|me|today|back))*\s*:\s*$",
    re.IGNORECASE,
)


_LEADS_TO_QUOTE = regex(
    rf"[,;]?[ \t]*(?:{_HERE} )?\b(?:the )?"
    r"(?:customer|client|buyer|she|he|they|mail|e-?mail|message|ticket)\b[^\n:]{0,40}:[ \t]*(?=\n|$)",
    re.IGNORECASE,
)
"""What leads to words that were cut out ("customer said:"): what stands behind it is the writer's own again."""
_TOLD_BY_US = regex(
    r"(?:^|[.;,!?\n])\s*(?:and |already |just )*(?:i|we|i've|we've|i have|we have)\s(?:\w+ )?"
    r"(?:wrote|told|mailed|emailed|texted|sent|answered|replied|explained|informed|messaged)\b[^.;!?\n\"“]{0,40}[\"“„«]\s*$"
    r"|(?:^|[.;,!?\n])\s*(?:and |but |already |just |have |then |also )*"
    r"(?:wrote|told|e-?mailed|mailed|texted|sent|answered|replied|explained|informed|messaged|notified)"
    r"(?: (?:it|this|that))?(?: to)? (?:her|him|them|(?:the |our )?(?:customer|client|buyer))\b"
    r"[^.;!?\n\"“]{0,40}[\"“„«]\s*$"
    r"|\b(?:she|he|they|(?:the )?(?:customer|client|buyer)) (?:was|were|has been|have been|is|got)(?: already| just)?"
    r" (?:told|informed|e-?mailed|mailed|texted|messaged|notified|answered)\b[^.;!?\n\"“]{0,40}[\"“„«]\s*$",
    re.IGNORECASE,
)
"""What stands in quotation marks is what staff told the customer."""
_FOR_THE_CUSTOMER = regex(
    r"\b(?:to|for|tell|write|answer|inform)(?: to)? (?:the |our |this )?(?:customer|cust|client|buyer|her"
    r"|him|them)\b[^\n:\"“]{0,20}"
    r"[:\-–]\s*[\"“„«]$"
    r"|\b(?:e-?mail|mail|message|text|reply|letter|explanation|answer)(?: (?:to|for) (?:\w+ )?\w+)?"
    r" (?:should|shall|must|will|can|has to|needs to|is to)(?: just| only)?"
    r" (?:say|read|be|state|go)\s*[:\-–,]?\s*[\"“„«]$",
    re.IGNORECASE,
)
"""What stands in quotation marks is what the customer shall read ("to the customer: …", "the mail should say: …")."""


def split_quoted(text: str) -> tuple[str, list[str]]:
    """Split `text` into the writer's own words and the quoted blocks, both in their order.

    Quoted are: lines that start with ``>``, everything below a mail header ("From: …", "… wrote:",
    "-----Original Message-----"), fenced blocks, the paragraph below "customer wrote:", and long passages
    in quotation marks.
    """
    own, blocks = _split_lines(text.replace("\r\n", "\n"))
    return _cut_inline(_LEADS_TO_QUOTE.sub(_without_lead, own) if blocks else own, blocks)


_TELLS_MORE = regex(
    r"\d{3,}|\b(?:about|regarding|concerning|re|on) (?:the|her|his|their|a|an)\b", re.IGNORECASE
)


def _without_lead(lead: re.Match[str]) -> str:
    """Nothing of what only leads to a quotation; the words where they say of which order or goods it is."""
    words = lead.group().rstrip().rstrip(":").rstrip()
    if _TELLS_MORE.search(words):
        return f"{words}."
    return "." if lead.string[: lead.start()].rstrip()[-1:].isalnum() else ""


def _split_lines(text: str) -> tuple[str, list[str]]:
    own: list[str] = []
    blocks: list[list[str]] = []
    fence = ""
    mode = "own"
    lines = text.split("\n")
    for at, line in enumerate(lines):
        opened = _FENCE.match(line)
        if fence or (opened and mode != "mail"):
            mode, fence = _through_fence(line, opened, fence, mode, blocks)
        elif mode == "mail":
            blocks[-1].append(line)
        elif line.lstrip().startswith(">"):
            mode = _quote_line(line, mode, blocks)
        elif _starts_mail(lines, at):
            mode = "mail"
            blocks.append([line])
        elif mode == "wrote" and line.strip():
            blocks[-1].append(line)
        else:
            mode = _own_line(line, own, blocks)
    return "\n".join(own), ["\n".join(block).strip() for block in blocks if "".join(block).strip()]


def _through_fence(
    line: str, opened: re.Match[str] | None, fence: str, mode: str, blocks: list[list[str]]
) -> tuple[str, str]:
    closing = {"<<<": ">>>"}.get(fence, fence)
    if not fence and opened:
        blocks.append([line.strip()[3:]])
        return mode, opened.group(1)
    if line.strip().startswith(closing) or line.strip().endswith(closing):
        return "own", ""
    blocks[-1].append(line)
    return mode, fence


def _quote_line(line: str, mode: str, blocks: list[list[str]]) -> str:
    if mode != "quote":
        blocks.append([])
    blocks[-1].append(line.lstrip().lstrip(">").strip())
    return "quote"


def _starts_mail(lines: list[str], at: int) -> bool:
    if _HEADER.match(lines[at]):
        return True
    following = [line for line in lines[at + 1 : at + 3] if line.strip()]
    return bool(_MAIL_FIELD.match(lines[at])) and any(_MAIL_FIELD.match(line) for line in following)


def _own_line(line: str, own: list[str], blocks: list[list[str]]) -> str:
    wrote = _WROTE_BLOCK.match(line)
    if wrote:
        if wrote.group("own").strip():
            own.append(_HERE_IS.sub(".", wrote.group("own").strip(" ,;-")))
        blocks.append([])
        return "wrote"
    own.append(line)
    return "own"


def _cut_inline(own: str, blocks: list[str]) -> tuple[str, list[str]]:
    found: list[str] = []

    def cut(match: re.Match[str]) -> str:
        before = match.string[: match.start("body")]
        if _TOLD_BY_US.search(before) or _FOR_THE_CUSTOMER.search(before):
            return match.group()
        found.append(match.group("body").strip())
        return " "

    own = _SAYS.sub(cut, own)
    own = _LONG_QUOTE.sub(cut, own)
    own = re.sub(r"[ \t]{2,}", " ", own)
    own = re.sub(r"\n{3,}", "\n\n", own)
    return own.strip(), blocks + found
