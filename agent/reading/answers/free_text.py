"""Answers in staff's own words: a note, an explanation, a record. What is no such text is read as what it is."""

from __future__ import annotations

import re

from agent.commands import Answer, Command, CorrectSlot, Flow, SetSlot, SlotValue, StartFlow
from agent.reading.answers.numbers import says_no, says_yes
from agent.reading.answers.options import chosen_option
from agent.reading.clauses.weighed import Weighed
from agent.reading.facts.recorded import CUSTOMER, told_behind
from agent.reading.facts.slots import fact_slots
from agent.reading.facts.told_customer import IN_QUOTES, REASON_IS, TOLD_ALREADY, reason_beside
from agent.reading.facts.waivers import waived
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.values.spans import bare
from agent.reading.view import PendingView, TurnView
from agent.reading.words.reasons import find_reject_reason
from agent.reading.words.signals import Signals

FREE_TEXT = frozenset({"note", "waiver_note", "explanation", "review_notes", "communication_record"})
_OF_A_REJECTION = frozenset({"explanation", "communication_record"})
PLAIN_NO = regex(
    r"^\W*(?:no|nope|none|nothing|no thanks|no thank you|not now|negative|skip(?: it| that| this)?|false|untrue"
    r"|incorrect|wrong)\W*$"
)
_SAME = regex(
    r"\b(?:exactly (?:that|this)|(?:just|the very) that|the same|this very text|those words|that)\W*$"
)
_COMMANDS = regex(
    r"\b(?:approve|reject|decline|refund|make|fee|reason|cancel|forget|charge|restocking|PERCENT|MONEY)\b"
)


def _has(family: str, plain: str) -> bool:
    return families("cards")[family].search(plain) is not None


def _begins(family: str, plain: str) -> bool:
    return families("cards")[family].match(plain.lstrip(" ,.!-")) is not None


def free_text(weighed: list[Weighed], view: TurnView) -> list[Command] | None:
    """The text asked for, or what was meant instead; nothing where it is to be read as any other message."""
    first = weighed[0]
    pending, s = view.pending, first.clause.signals
    assert pending is not None
    text = " ".join(part.text.strip() for part in weighed)
    plain = " ".join(part.clause.signals.plain for part in weighed)
    offered = chosen_option(text, s.plain, pending.options) if len(text.split()) <= 4 else None
    if offered is not None:
        return [_answer(pending.slot, offered, text)]
    if _has("hold", plain):
        return [SetSlot(slots={}, confidence=0.9, span=text)]
    if pending.slot in _OF_A_REJECTION and (other := _of_rejection(s, plain, text, pending)) is not None:
        return other
    if _is_other(weighed, view, plain, text):
        return None
    if pending.slot in {"note", "explanation", "review_notes"} and len(text) < 2:
        return None
    if pending.slot == "communication_record" and not _tells(plain, text):
        return [SetSlot(slots={}, confidence=0.85, span=text)]
    return [_as_told(weighed, view, text)]


def _answer(slot: str, value: object, text: str) -> Command:
    return Answer(slots={slot: SlotValue(value=value, span=text)}, confidence=0.9, span=text)


def _of_rejection(s: Signals, plain: str, text: str, pending: PendingView) -> list[Command] | None:
    """The text in quotation marks, another reason, an approval after all, "you write it", or that she was told that."""
    if pending.slot == "explanation" and (told := _in_quotes(text)) is not None:
        return [told]
    now = re.split(r"\b(?:not|instead of|rather than)\b", plain)
    why = next((found for piece in now if (found := find_reject_reason(piece))), None)
    if REASON_IS.search(plain) and why is not None and len(plain.split()) < 14:
        return [
            CorrectSlot(
                slots={"reject_reason": SlotValue(value=why[0].value, span=text)}, confidence=0.9, span=text
            )
        ]
    back = families("cards")["takes_back"].search(plain)
    if (
        back
        and (_begins("turns", plain) or len(plain.split()) < 9)
        and not _has("denied", plain[: back.start()][-16:])
    ):
        facts = {
            n: v
            for n, v in fact_slots(s).items()
            if n in {"return_fee", "restocking_fee", "carrier", "tracking", "label"}
        }
        slots = {"decision": SlotValue(value="approve", span=text)} | facts
        return [StartFlow(flow=Flow.REVIEW_RETURN, slots=slots, confidence=0.9, span=text)]
    suggested = pending.options[0].value if pending.options else None
    if suggested is None:
        return None
    sends = pending.slot == "communication_record" and (
        (says_yes(s) and len(plain.split()) < 5) or (_begins("sends", plain) and len(plain.split()) < 9)
    )
    if sends:
        return [_answer(pending.slot, suggested, text)]
    if _has("delegates", plain) and len(plain.split()) < 9 and not s.has("question"):
        return [_answer(pending.slot, suggested, text)]
    if pending.slot == "explanation" and _told_already(plain, text) and _SAME.search(plain):
        record = SlotValue(value=text, span=text)
        slots = {"explanation": SlotValue(value=suggested, span=text), "communication_record": record}
        return [Answer(slots=slots, confidence=0.9, span=text)]
    return None


def _in_quotes(text: str) -> Command | None:
    """The explanation between quotation marks, and the record where the words around them say that it was sent."""
    quoted = IN_QUOTES.search(text)
    if quoted is None or len(quoted.group("text").split()) < 4:
        return None
    around = text[quoted.end() :].strip(" .,;") or text[: quoted.start()].strip(" .,;:")
    slots = {"explanation": SlotValue(value=quoted.group("text").strip(), span=quoted.group("text").strip())}
    if _SHALL_SAY.search(around):
        slots["communication_record"] = slots["explanation"]
    elif _has("told_by", around.lower()) and not _has("not_told", around.lower()):
        slots["communication_record"] = SlotValue(value=around, span=around)
    if (why := reason_beside(around)) is not None:
        slots["reject_reason"] = why
    return Answer(slots=slots, confidence=0.9, span=text)


_SHALL_SAY = regex(
    r"\b(?:should|shall|must|will|can|has to|needs to|is to)(?: just| only)? (?:say|read|be|state|go)\W*$",
    re.IGNORECASE,
)
"""The words are still to go out: they are the record as well."""


def _told_already(plain: str, text: str) -> bool:
    said = re.sub(r"^\W*(?:yes|yeah|yep|sure|ok|okay)\b\W*", "", plain)
    return bool(TOLD_ALREADY.match(said)) and len(text.split()) < 10


def _tells(plain: str, text: str) -> bool:
    """Whether a record says that the customer was told: how, where, or in which words; never a guess."""
    quoted = re.search(r"[\"“„«].{6,}[\"”“»]", text)
    denied = _has("not_told", plain)
    return bool(quoted or (_has("told_by", plain) and not denied))


_SOFTLY = regex(
    r"^\W*(?:sorry|no)\b[\s,.!:;\u2013-]+(?!(?:no|wait|sorry|actually|hang|hold|stop)\b)", re.IGNORECASE
)


def _turns_round(plain: str) -> bool:
    """Whether what follows is no text for the customer; "Sorry, our window has passed" is one."""
    if not _begins("turns", plain):
        return False
    if _COMMANDS.search(plain):
        return True
    return len(plain.split()) < 8 and not _SOFTLY.match(plain)


def _is_other(weighed: list[Weighed], view: TurnView, plain: str, text: str) -> bool:
    """Whether the message is a question, a change of mind or a command, and no text."""
    first = weighed[0]
    if text.rstrip().endswith("?") or (_begins("asks", plain) and len(plain.split()) < 14):
        return True
    alters = _begins("alters", plain) or plain.rstrip(" .!").endswith("instead")
    if _turns_round(plain) or (alters and len(plain.split()) < 9):
        return True
    return _breaks_note(first, view)


def _breaks_note(first: Weighed, view: TurnView) -> bool:
    s, act = first.clause.signals, first.clause.act
    if act is None:
        return False
    words = len(first.text.split())
    if act.name == "cancel":
        return words <= 5 and not PLAIN_NO.match(s.plain)
    if act.name in {"ask_status", "ask_policy", "ask_action", "ask_balance", "capabilities"}:
        return s.has("question") and ("?" in first.text or s.has("wh"))
    if act.name in {"select", "resume", "handoff"}:
        return act.strength >= 0.85
    if act.name == "correct":
        told = bool(s.kind("money") or s.kind("number") or s.kind("quantity") or s.kind("order"))
        return act.strength >= 0.8 and words <= 8 and told
    return other_order(s, view) and words < 8 and act.name in {"refund", "return", "lookup"}


def other_order(s: Signals, view: TurnView) -> bool:
    """Whether an order is named that is not the one talked about."""
    named = {bare(span.value) for span in s.kind("order")}
    topic = view.order.number if view.order else view.proposal.order if view.proposal else None
    return bool(named) and (topic is None or bare(topic) not in named)


_LEADS = regex(
    r"\W*(?:please |pls |just |you (?:can|could|may|should) )*"
    r"(?:write|tell|say|answer|message|reply|mail|email|text|put|explain)(?: to)?"
    rf"(?: {CUSTOMER})?(?: that)?\s*[:,]\s*"
    r"|\W*(?:the )?(?:text|message|words?|wording|explanation|mail|reply)"
    rf"(?: (?:for|to) {CUSTOMER})?\s*:\s*",
    re.IGNORECASE,
)
"""What leads to the text for the customer ("write her: …")."""


_ASIDE_FIRST = regex(
    r"^(?:[^.!?;:]{0,40}[.!?;,:]\s+){1,3}?(?:(?:so|and|ok|the|now|for (?:him|her|them)|then)\s)*"
    r"(?:explanation|text|wording|message)(?: (?:for|to) (?:him|her|them|(?:the )?customer))?\s*(?:is|:|=|[\u2013-])\s+"
    r"(?:that )?(?=\S+ \S+ \S+)",
    re.IGNORECASE,
)
"""What stands before the words for the customer ("ok thanks. back to her: explanation is …")."""
_SHE_READS = regex(
    r"^.{0,200}?[.!;]\s+(?:so |and |now )?"
    r"(?:what (?:she|he|they|the customer) (?:should|shall|will|is to|may) (?:read|see|hear)"
    r"|(?:she|he|they|the customer) (?:should|shall|may) read)\s*:\s*(?=\S+ \S+ \S+)",
    re.IGNORECASE | re.DOTALL,
)
_NOTED = regex(
    r"^\W*(?:the |a |my )?(?:notes?|comment|remark|memo|text|message)"
    r"(?: (?:for|to) (?:them|him|her|it|the \w+))?\s*[:=]\s*",
    re.IGNORECASE,
)
_NAMED = regex(
    r"\W*(?:(?:please|pls|just|you can|ok|okay|and|so) )*"
    r"(?:(?:put|use|take|enter|give|write|note|say|have)(?: down| in)?(?: (?:this|that|it|the following))?"
    r"(?: (?:as|for|into|under))? )?"
    r"(?:the |my |your |an |our )?(?:expl?n?|explan|explanation|reason)"
    rf"(?: (?:for|to) (?:{CUSTOMER}|[A-Z]\w+))?(?: (?:is|reads|should (?:be|read)))?\s*:\s*"
    r"|\W*(?:the )?(?:explanation|text|wording|message)(?: (?:for|to) \w+)? is(?: that)?\s+"
    r"(?!(?:fine|ok|okay|good|right)\b)",
    re.IGNORECASE,
)


_WROTE = regex(
    r"^\W*(?:(?:ok|okay|done|and|so|i|we|i've|we've|have|already|just)\W+)*"
    r"(?:wrote|told|e-?mailed|mailed|informed|messaged|texted|written)"
    rf"(?: to)? {CUSTOMER}(?: (?:by|in|via|per|on|over) (?:an? |the )?\w+)?"
    r"(?: (?:today|yesterday|just now|now|this morning|earlier))?(?:\s*:|,? that)\s+(?P<t>.{8,})$",
    re.IGNORECASE | re.DOTALL,
)
"""What the customer was told already, in its words ("wrote her by email: …")."""


def _explanation(text: str) -> Command:
    """The explanation, and the record of it: that it is written to the customer, or that it was told."""
    if (wrote := _WROTE.match(text)) is not None:
        told = wrote.group("t").strip(" \"'")
        whole = SlotValue(value=text, span=text)
        words = {"explanation": SlotValue(value=told, span=told), "communication_record": whole}
        return Answer(slots=words, confidence=0.9, span=text)
    lead = _LEADS.match(text)
    sent = lead is not None and len(text) - lead.end() > 8
    lead = lead if sent else _NAMED.match(text)
    lead = lead or _ASIDE_FIRST.match(text) or _SHE_READS.match(text)
    told = text[lead.end() :] if lead else text
    slots = {}
    if lead and (why := reason_beside(lead.group())) is not None:
        slots["reject_reason"] = why
    if besides := told_behind(told):
        told, record = besides
        slots["communication_record"] = SlotValue(value=record, span=record)
    slots["explanation"] = SlotValue(value=told, span=told)
    if sent and not besides:
        slots["communication_record"] = slots["explanation"]
    return Answer(slots=slots, confidence=0.9, span=text)


def _as_told(weighed: list[Weighed], view: TurnView, text: str) -> Command:
    """The text under its slot; that the customer was told is a record, and a waiver is asked for its reason."""
    first = weighed[0]
    s, act = first.clause.signals, first.clause.act
    assert view.pending is not None
    slot = view.pending.slot
    if slot == "explanation" and TOLD_ALREADY.match(s.plain) and len(text.split()) < 9:
        record = SlotValue(value=text, span=text)
        return SetSlot(slots={"communication_record": record}, confidence=0.85, span=text)
    if slot == "waiver_note":
        facts = {n: value for part in weighed for n, value in fact_slots(part.clause.signals).items()}
        told = waived(text, facts)
        if len(told) > 1 or (act is not None and act.name == "waive"):
            return Answer(slots=dict(told), confidence=0.9, span=text)
    if slot == "explanation":
        return _explanation(text)
    if slot in {"note", "review_notes"}:
        text = _NOTED.sub("", text, count=1) or text
    value: object = True if slot == "waiver_note" and act is not None and act.name == "affirm" else text
    if slot == "waiver_note" and says_no(s) and len(text.split()) < 3:
        value = False
    return _answer(slot, value, text)
