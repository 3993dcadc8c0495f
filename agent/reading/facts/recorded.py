"""Behind the words for the customer, that these were told: the record of a rejection, in a sentence of its own."""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex

CUSTOMER = r"(?:her|him|them|(?:the |our )?(?:customer|cust|cx|client|buyer))"
_SENTENCE = regex(
    r"(?<=[.!?\"'”)])\s+|\s*\n+\s*|\s*;\s+|,\s+(?=(?:she|he|they) (?:has|have|was|were|knows?|got|is)\b)"
    r"|,\s+(?=(?:and |it |this |that )?(?:goes|gets sent|sent) (?:out|to|by|via|as|with)\b)"
)
_TOLD = (
    r"(?:told|e-?mailed|mailed|called|phoned|informed|messaged|notified|texted|rang|wrote|written|explained|spoken"
    r"|spoke)"
)
_SENT = r"(?:sent|gave|given|passed|read|left|got|gotten|has|have|had|received|knows|know|heard|went|gone|posted|said)"
_WAY = (
    r"(?:(?:by|via|in|over|per|on|through|as) (?:the |an? |her |his |their |my )?(?:live )?(?:e-?mail|mail|phone"
    r"|telephone|chat|call|sms|text|letter|post|whatsapp|ticket|message|messenger|voicemail"
    r"|voice mail|reply|hotline|store|shop|counter))"
)
_WHEN = (
    r"(?:yesterday|today|tonight|this (?:morning|afternoon|evening|noon)|at noon|just now|(?:an hour|\d+ \w+) ago"
    r"|already|earlier|last \w+|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_BY_US = regex(
    rf"^(?:\W|and|so|also|already|just|i|we|i've|we've|i have|we have|have|has|had|was|were|been|it|this|that"
    rf"|she|he|they|(?:the )?(?:customer|client|buyer)|that's|all"
    rf"|the (?:same|text|message|explanation|mail))*\W*{_TOLD}\b",
    re.IGNORECASE,
)
_HANDED = regex(
    rf"\b{_SENT}\b.*(?:{_WAY}|{_WHEN}|\b(?:to )?{CUSTOMER}\b)"
    rf"|^\W*(?:sent|done|told|all told|went out)\b.*\b(?:{_WAY}|{_WHEN})",
    re.IGNORECASE,
)
_ABOUT_IT = regex(
    rf"\b(?:{CUSTOMER}|she|he|they|it|this|that|so|same|text|message|explanation)\b|{_WAY}", re.IGNORECASE
)
_WILL = regex(
    rf"^(?:i'm|i am|we're|we are|i'll|i will|we'll|we will)(?: just| now| also)?"
    rf" (?:send|email|mail|writ|tell|text|messag)\w* {CUSTOMER}\b",
    re.IGNORECASE,
)
_UNTOLD = regex(
    r"\b(?:not|never|nobody|no one|will|should|would|could|please|if|when|until|before|unless|you|your|yours)\b"
    r"|n't\b|\?",
    re.IGNORECASE,
)
"""What is only to be told, or speaks to the customer ("we have sent you …"), is no record."""
_GOES_OUT = regex(
    rf"^(?:\W|and|so|please|also|just|then|it|this|that|the|an?|my|our|e-?mail|mail|message|text|letter|reply|explanation"
    rf"|same)*(?:goes|go|is going|will go|gets sent|is sent|sent|send|send it|put it|logged|noted"
    rf"|recorded|filed)(?: out| off| along| over)?"
    rf"(?: to {CUSTOMER}| {CUSTOMER})?(?: now| today| right away)?"
    rf"(?: (?:{_WAY}|as (?:an? )?(?:e-?mail|mail|reply|message|letter)|(?:together )?with (?:the|it|this|that)(?: \w+)?"
    rf"|to {CUSTOMER}))+"
    r"(?:\W+(?:and |so |please |pls )*(?:log|note|record|file|write|keep|put)\b[^.!?]{0,40})?\W*$"
    r"|^(?:\W|and|so|please|pls|also|then)*(?:log|note|record|file|write|put)(?: (?:it|this|that))(?: \w+){0,4}\W*$",
    re.IGNORECASE,
)
"""That the words for the customer go out, and are to be put down: they are the record themselves."""
_LONGEST, _SHORTEST_TEXT = 18, 8


def told_behind(text: str) -> tuple[str, str] | None:
    """The words for the customer and the record behind them; nothing where no sentence tells that they were told."""
    cuts = list(_SENTENCE.finditer(text))
    for cut in reversed(cuts[-2:]):
        words, record = text[: cut.start()].strip(), text[cut.end() :].strip()
        if len(words) >= _SHORTEST_TEXT and says_told(record):
            return words, record.strip(" .")
    return None


def says_told(sentence: str) -> bool:
    """Whether a sentence of staff's says that the customer was told something, how or when."""
    if _WILL.match(sentence) or goes_out(sentence):
        return True
    if len(sentence.split()) > _LONGEST or _UNTOLD.search(sentence):
        return False
    told = _BY_US.match(sentence) or _HANDED.search(sentence)
    return told is not None and (_ABOUT_IT.search(sentence) is not None or bool(_BY_US.match(sentence)))


def goes_out(sentence: str) -> bool:
    """Whether a sentence says that the words before it go to the customer, or are to be put down as said."""
    return len(sentence.split()) <= _LONGEST and _GOES_OUT.match(sentence) is not None
