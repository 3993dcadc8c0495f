"""What the customer was told of a rejection, or shall be: the explanation and the record of it."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.facts.recorded import CUSTOMER, goes_out, told_behind
from agent.reading.facts.slots import Slots
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.words.reasons import find_reject_reason
from agent.reading.words.signals import Signals

_TOLD = regex(
    r"\b(?:(?:already |i |we |have |i've |we've |just )*(?:told|emailed|mailed|called|phoned"
    r"|informed|messaged|wrote|notified|spoke|texted|explained|rang|let)(?: to| with)? (?:her"
    r"|him|them|the customer|customer)(?: know)?(?: \w+){0,6}|spoke (?:to|with) (?:her|him"
    r"|them|the customer|customer)(?: \w+){0,4}"
    r"|(?:she|he|they|customer|the customer) (?:(?:has been|have been|had been|was|were|is|are|been|got)"
    r"(?: already)? (?:told|informed|notified|emailed|mailed|called|phoned|written to)|knows? (?:from|by"
    r"|about))(?: \w+){0,4}|(?:sent"
    r"|wrote)(?: \w+){0,4} (?:e ?- ?mail|mail|email|message|letter|note)(?: \w+){0,4}|(?:by|via|in|over"
    r"|per|on the) (?:e ?- ?mail|mail|email|phone|chat|call|message)\b)"
)
TOLD_ALREADY = regex(
    r"^\W*(?:already |i |we |i've |we've |have |just |was |she |he |they |customer |the customer |is |been )*"
    r"(?:has |were |been )*(?:told|emailed|mailed|called|phoned|informed|messaged|notified|texted|rang|spoke"
    r"|wrote to|written to)\b"
)
"""A message that only says that the customer knows."""
_WRITES = r"(?:tell|write|e-?mail|mail|message|text|answer)(?: to)?"
_BY_MAIL = r"(?: (?:by|in|via|per) (?:an? |the )?(?:e-?mail|mail|message|reply|chat|text|letter))?"
_EXPLAINS = regex(
    rf"\b(?:(?:explanation|explanatory text|expln?)(?: (?:for|to) (?:{CUSTOMER}|[A-Z]\w+))?(?: is| reads)?"
    rf"|explain(?:ed)?(?: to {CUSTOMER})?(?: that)?|{_WRITES} {CUSTOMER}{_BY_MAIL}(?: that)?"
    rf"|say(?:ing)?(?: that)?|(?:message|text|wording)(?: (?:to|for) {CUSTOMER})?"
    rf"|(?:mail|words?|line|sentence) (?:to|for) {CUSTOMER})\s*(?::|-|that)\s*(?P<text>.{{8,}})$",
    re.I,
)
_TELLS = regex(
    rf"\b(?:tell|inform|let) {CUSTOMER}(?: know)? (?:that )?(?!(?:to|about|of|no|yes|so|it|this|how|what|why|when|who"
    r"|which|by|via|on|over|in|now|today|please|off|nothing)\b)(?P<text>\S+(?: \S+){3,})$",
    re.IGNORECASE,
)
"""What the customer is told, with nothing that leads to it ("tell him the period is over")."""
_TO_HER = regex(rf"(?:{_WRITES}|say(?: to)?) {CUSTOMER}\b", re.IGNORECASE)
"""What is to be told to the customer is the record as well."""
IN_QUOTES = regex(r"[\"“„«](?P<text>[^\"“”„«»]{8,})[\"”“»]")
_AS = (
    r"as(?! (?:(?:their|the|our|its|in|on|per) )*(?:listing|page|site|web\w*|description|ad\b|advert\w*|photo|picture"
    r"|described|shown|promised|stated|ordered|listed|usual|well|soon|before|agreed|above|said)\b)"
)
BECAUSE = regex(rf"\b(?:because|since|{_AS}|due to|reason:|bc|b/c|coz|cuz)\s+(?P<text>.{{6,}})$", re.I)
_BY_WAY = regex(r"^[^:]{0,20}:\s*(?P<text>.{8,})$", re.S)


REASON_IS = regex(
    r"\breason\b.{0,12}\b(?:is|was|should|must|be|to)\b|\bmake (?:the reason|it)\b"
    r"|\breject (?:it|this|that|the (?:return|request)) (?:for|as|because|on)\b"
)


def reason_beside(words: str) -> SlotValue | None:
    """The reason of a rejection that is put right beside its text ("the reason is that he's outside the window")."""
    if not REASON_IS.search(words.lower()):
        return None
    for sentence in re.split(r"[.;!?]\s+", words):
        why = (
            None
            if re.search(r"\b(?:not|no|never)\b|n't\b", sentence)
            else find_reject_reason(sentence.lower())
        )
        if why is not None:
            return SlotValue(value=why[0].value, span=sentence[why[1] : why[2]])
    return None


def told_customer(s: Signals, found: Slots) -> None:
    """What the customer is told, or was, of a rejection."""
    explains = _EXPLAINS.search(s.wording.text) or _TELLS.search(s.wording.text)
    besides = told_behind(explains.group("text").strip()) if explains else None
    if explains:
        _explained(explains, besides, found)
    told = _told_before(s, explained=explains is not None)
    if told and explains and "communication_record" not in found and _was_told(s, told):
        words = s.wording.origin(told.start(), told.end())
        found["communication_record"] = SlotValue(value=words, span=words)
    if told and not explains:
        words = s.wording.origin(told.start(), told.end())
        after = s.wording.text[s.wording.text.find(words) + len(words) :]
        text = _BY_WAY.match(after)
        if text:
            words = (words + after).strip()
            told_her = text.group("text").strip(" \"'")
            found["explanation"] = SlotValue(value=told_her, span=told_her)
        found["communication_record"] = SlotValue(value=words, span=words)
    quoted = IN_QUOTES.search(s.wording.text)
    if quoted and (told or explains or "communication_record" in found):
        quote = quoted.group("text").strip()
        same = found.get("communication_record") == found.get("explanation")
        found["explanation"] = SlotValue(value=quote, span=quote)
        if same:
            found["communication_record"] = found["explanation"]
    if besides and goes_out(besides[1]):
        found["communication_record"] = found["explanation"]
    because = BECAUSE.search(s.wording.text)
    if because and "explanation" not in found and not told and not _names_reason(because):
        why_not = because.group("text").strip(" \"'")
        found["explanation"] = SlotValue(value=why_not, span=why_not)


def _names_reason(because: re.Match[str]) -> bool:
    """Whether "reason: …" only names one of the reasons for a rejection ("reason: final sale")."""
    told = because.group("text").strip(" .!\"'").lower()
    return (
        because.group().lower().startswith("reason")
        and len(told.split()) <= _NAME
        and find_reject_reason(told) is not None
    )


_NAME = 4


def _explained(explains: re.Match[str], besides: tuple[str, str] | None, found: Slots) -> None:
    """The words for the customer, and the record that stands behind them or that they are themselves."""
    text, record = besides or (str(explains.group("text")).strip(), "")
    if record:
        found["communication_record"] = SlotValue(value=record, span=record)
    found["explanation"] = SlotValue(value=text.strip(" \"'"), span=text)
    if not besides and _TO_HER.match(explains.group()):
        found["communication_record"] = found["explanation"]


def _told_before(s: Signals, *, explained: bool) -> re.Match[str] | None:
    """Where it says that the customer was told; what is only to come tells nothing without the words for it."""
    told = _TOLD.search(s.plain)
    if told is None or (not explained and _TO_COME.search(_sentence_of(s.plain, told))):
        return None
    return told


_TO_COME = regex(
    r"\b(?:will|shall|going to|later|tomorrow|not yet|once|as soon as)\b|'ll\b(?! send|.*\bnow\b)"
)


def _sentence_of(plain: str, told: re.Match[str]) -> str:
    start = max([0, *(m.end() for m in re.finditer(r"[.;!?\n]+ ", plain[: told.start()]))])
    end = re.search(r"[.;!?\n]+(?= |$)", plain[told.end() :])
    return plain[start : told.end() + end.start() if end else len(plain)]


def _was_told(s: Signals, told: re.Match[str]) -> bool:
    """Whether the customer has been told ("I emailed him today with this explanation: …"), and will not only be."""
    start = max([0, *(m.end() for m in re.finditer(r"[.;!?\n]+ ", s.plain[: told.start()]))])
    lead = s.plain[start : told.end()]
    says = re.search(r"\b(?:i|we|i've|we've|has been|was|were|got|already)\b", lead)
    return says is not None and not families("cards")["not_told"].search(lead)
