"""What is said about proof: files, the customer's own words, none at all, a waiver."""

from __future__ import annotations

import re
from typing import Any

from agent.commands import Command, CorrectSlot, SetSlot, SlotValue, StartFlow
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.words.signals import Signals

_WHO = r"(?:the |our )?(?:customer|client|buyer|cust|cx|she|he|they|mrs? [\w'-]+|ms [\w'-]+)"
_DESCRIBED = regex(
    r"\b(?:(?:her|his|their|the customer'?s|customer'?s) (?:own |exact )?(?:words|description|message)"
    r"|in (?:her|his|their) (?:own )?words|description|(?:customer|she|he|they)(?: \w+)? (?:described"
    r"|wrote|writes|says"
    r"|said|explained|reports))(?:(?: it| that| was| were| is| are)?(?: as| like this)?\s*[:\u2013-]"
    r"| (?:was|were|are|is) that\b)\s*(?P<t>[\w\"'“„«‘].{7,})$",
    re.IGNORECASE | re.DOTALL,
)
_SAYS = regex(
    rf"^\W*(?:ok(?:ay)?,? |well,? |so,? )?{_WHO} (?:just |also |has |only )?(?:says?|said|writes?"
    rf"|wrote|written|describes?|described"
    r"|explains?|explained|reports?|reported|tells? (?:us|me)|told (?:us|me)|mentions?|mentioned"
    r"|claims?|claimed)"
    r"(?: (?:in|by|via|on) (?:the |her |his )?\w+)?(?: that\b|,|:)?\s+(?P<t>.{8,})$",
    re.IGNORECASE | re.DOTALL,
)
_WAIVES = regex(
    r"^(?P<before>.*?)\b(?:waiv(?:e|ed|er|ing)|skip|override|overrule|forgo|let (?:it|her|him|them) off"
    r"|no need for|drop the|(?:no|without|don't need|doesn't need) (?:any |further )?(?:evidence|proofs?|photos?"
    r"|pictures?|videos?)"
    r" (?:is |are )?(?:needed|required|necessary)"
    r"|without asking for)\b(?:\s(?:it|them|that|this|the|any|for|her|his|off|please|then|here|evidence|evid"
    r"|requirement|proofs?"
    r"|rule|check|photos?|pictures?|pics?|videos?|images?|myself|personally)\b)*",
    re.IGNORECASE | re.DOTALL,
)
_JOIN = regex(
    r"^(?:\W|\b(?:because|bc|b/c|cuz|since|as|for|due to|reason|note|please|pls)\b)+", re.IGNORECASE
)


_AS_EVIDENCE = regex(
    r"(?:^|\b(?:wrote|writes|written|says?|said|told (?:us|me)|tells (?:us|me)|reports?|reported)\b)"
    r"(?: that\b|[:,])?\s*(?P<t>.{12,}?)[\s,.;\u2013-]+(?:please |so |and |just )*"
    r"(?:use|take|count|treat|file|record|let's use) (?:that|this|it|those words|her words|his words)"
    r" as (?:the |our |her |his )?(?:evidence|description|proof)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_HANDED_ON = regex(
    r"\b(?:describ\w+|description|(?:her|his|their|customer'?s) (?:own |exact )?words|as (?:the )?(?:evidence|proof))\b"
    r"[^\"“„«:]{0,40}:?\s*[\"“„«]"
    r"|[\"”“»][\s,.;]*(?:please |so |and |just |we can |you can |let's )*(?:take|use|count|treat|file|record|accept)\b"
    r"[^\"“„«:;.]{0,24} as (?:the |our |her |his |their )?(?:evidence|proof|description)\b",
    re.IGNORECASE,
)


def handed_on(text: str, quoted: list[str], wanted: bool) -> SlotValue | None:
    """A quotation that staff give as the customer's description: `wanted`, or called that by staff themselves."""
    if len(quoted) != 1 or not (wanted or _HANDED_ON.search(text)):
        return None
    return SlotValue(value={"kind": "description", "text": quoted[0]}, span=quoted[0])


def with_words(commands: list[Command], words: SlotValue) -> list[Command]:
    """The commands with a quotation that staff hand on beside them, where none of them tells of proof."""
    if any("evidence" in command.slots for command in commands):
        return commands
    taking = next((c for c in commands if isinstance(c, StartFlow | SetSlot | CorrectSlot)), None)
    if taking is None:
        return [*commands, SetSlot(slots={"evidence": words}, confidence=0.85, span=words.span)]
    taking.slots["evidence"] = words
    return commands


_LEADS_TO_WORDS = regex(
    r"\b(?:wrote|writes?|written|writing|says?|said|mail(?:ed)?|e-?mail(?:ed)?|messaged?|sent|answer(?:ed|s)?|repl(?:ied|ies|y)"
    r"|told|tells|describe[ds]?)\b",
    re.IGNORECASE,
)
_LONGEST_LEAD = 12
_SAYS_NOTHING = regex(r"^(?:\W|ok|okay|so|now|well|and|then|here|yes|hi|hey|finally)*$", re.IGNORECASE)


def only_leads(text: str) -> bool:
    """Whether staff's own words beside a quotation only say whose it is ("ok now he writes me in a mail:")."""
    if _SAYS_NOTHING.match(text):
        return True
    return len(text.split()) <= _LONGEST_LEAD and _LEADS_TO_WORDS.search(text) is not None


_QUOTATION = regex(r"[\"“„«](?P<q>[^\"“”„«»]{8,})[\"”“»]")


def described(text: str, telling: bool = False) -> SlotValue | None:
    """The customer's words that staff hand on, without what leads to them; `telling` allows "she wrote that …"."""
    match = _AS_EVIDENCE.search(text) or _DESCRIBED.search(text) or (_SAYS.match(text) if telling else None)
    if match is None:
        return None
    told = match.group("t").strip()
    quoted = _QUOTATION.match(told)
    words = quoted.group("q").strip() if quoted else told.strip("\"'“”„«»").strip()
    return SlotValue(value={"kind": "description", "text": words}, span=words)


_GOODS_GONE = regex(r"\b(?:threw|thrown|tossed|binned|chucked)\b", re.IGNORECASE)
"""It is the goods that are gone, where proof came with the same words or a defect is told with them."""


def _also_no_proof(s: Signals) -> bool:
    """Whether goods that were thrown away leave nothing to show: nothing else is told, or no proof is said too."""
    if families("acts")["evidence_none"].search(s.plain, s.found["evidence_none"].end()):
        return True
    return not (s.reasons or s.has("refund", "evidence_attached"))


def evidence_of(s: Signals) -> SlotValue | None:
    """What is said about evidence."""
    told = described(s.wording.text)
    if told:
        return told
    for family, kind in (
        ("evidence_none", "none"),
        ("evidence_attached", "attached"),
        ("evidence_ticket", "ticket"),
    ):
        if s.has(family) and not (kind == "attached" and s.has("asks_evidence")):
            words = s.words(family)
            if kind == "none" and _GOODS_GONE.search(words) and not _also_no_proof(s):
                continue
            if kind == "attached" and s.has("evidence_ticket") and words.lower() in {"evidence", "proof"}:
                continue  # "Her words in the ticket are the evidence".
            if kind == "attached" and re.search(r"\b(?:no|not|n't|without|never)\b", s.found[family].group()):
                continue
            return SlotValue(value={"kind": kind, "text": None}, span=words)
    return None


_SO = regex(
    r"[\s,;:\u2013-]*\b(?:so|therefore|hence|thus|that's why|which is why)\b"
    r"(?:[\s,]+(?:please|pls|just|let's|we|i|i'll|we'll|i'd|i want to|can|can you|you can"
    r"|could you|go ahead and))*\s*$",
    re.IGNORECASE,
)
_NO_PROOF = regex(
    r"\b(?:no|not|n't|won't|cannot|never|without)\b.*\b(?:photos?|pictures?|pics?|videos?|evidence"
    r"|proof|send|smartphone|camera)\b",
    re.IGNORECASE,
)


def _said_before(said: str) -> str:
    """The reason that leads to a waiver ("I saw it myself, so waive it"); that no proof comes is none."""
    match = _WAIVES.match(said)
    so = _SO.search(match.group("before")) if match else None
    if match is None or so is None:
        return ""
    why = re.split(r"(?<=[.!?;])\s+", match.group("before")[: so.start()].strip())[-1].strip(" ,.;")
    return why if len(why.split()) > _FEW and not _NO_PROOF.search(why) else ""


_FEW = 3


_WITH_NOTE = regex(
    r"\b(?:(?:with|under|and) (?:the|a|this|my) (?:note|remark|comment|reason|explanation)|(?:my|the) reason)"
    r"(?: (?:being|is|was))?(?: that|:)\s+(?P<t>.{6,})$",
    re.IGNORECASE | re.DOTALL,
)
"""The reason of a waiver said outright ("I'll waive it, with the note that …")."""


def waiver_of(text: str) -> SlotValue:
    """The reason of a waiver; true where none is given."""
    said = text.strip()
    if said.endswith("?"):
        return SlotValue(value=True, span=said)  # "Can we leave that out?" gives no reason.
    if (noted := _WITH_NOTE.search(said)) is not None:
        return SlotValue(value=noted.group("t").strip(" .!"), span=noted.group("t").strip())
    rest = _JOIN.sub("", _WAIVES.sub("", said, count=1)).strip(" .!")
    if len(rest.split()) < 2:
        rest = _said_before(said)
    value: Any = rest if len(rest.split()) > 1 else True
    return SlotValue(value=value, span=rest if value is not True else said)
