"""Going back to a case that was left: by its customer's name, its order or its goods."""

from __future__ import annotations

import re
import unicodedata

from agent.commands import Command, SetSlot, SlotValue
from agent.reading.facts.figures_said import distinct, figures
from agent.reading.facts.slots import fact_slots
from agent.reading.text.patterns import regex
from agent.reading.text.span import is_name, masked
from agent.reading.view import TurnView
from agent.reading.words.nouns import NOT_ITEMS, item_phrase
from agent.reading.words.signals import Signals

_WORD = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ABOUT = regex(
    r"\b(?:back to|with|resume|reopen|finish|continue|return to|go on with)\s+(?:the |that |my |our "
    r"|her |his |mrs? |ms )*"
    r"(?P<p>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?)",
    re.IGNORECASE,
)
_WORKS = (
    "refund",
    "wants_return",
    "approves",
    "rejects",
    "question",
    "waive",
    "supplier",
    "draft",
    "cancels",
)
_AGAIN = regex(
    r"\b(?:back|again|resume|continue|carry on|go on|finish|reopen|where (?:were|did) we|what were we|now|and|next"
    r"|let's|the \w+ (?:one|case))\b"
)


def named_case(s: Signals, view: TurnView) -> SlotValue | None:
    """The word in the clause that is part of the name of another case's customer."""
    names = {_flat(part) for case in view.cases for part in _WORD.findall(case.customer) if len(part) > 2}
    for match in _WORD.finditer(s.wording.text):
        word = re.sub(r"['’]s$", "", match.group())
        if _flat(word) in names:
            return SlotValue(value=word, span=word)
    return None


def goes_back(s: Signals, view: TurnView) -> SlotValue | None:
    """Whether a short clause that asks for nothing else only names another case ("and the Kuhn one?")."""
    if view.pending is not None or not view.cases or len(s.plain.split()) > 7 or _numbered(s):
        return None
    works = [name for name in _WORKS if s.has(name) and not re.fullmatch(r"ok(?:ay)?", s.words(name).lower())]
    if (works and not (works in (["question"], ["refund"]) and s.has("resume"))) and works != ["question"]:
        return None
    return named_case(s, view) if _AGAIN.search(s.plain) or len(s.plain.split()) <= 3 else None


def _numbered(s: Signals) -> bool:
    """Whether an order is named by its number."""
    return any(not is_name(span) for span in s.kind("order"))


def goods_named(s: Signals) -> SlotValue | None:
    """The words a case is gone back to by ("where were we with the lamp"), in the sentence that goes back."""
    text = _WAS_AWAY.sub(" ", _text_back(s))
    phrase = item_phrase(text)
    about = _ABOUT.search(text)
    words = phrase[0] if phrase else about.group("p") if about else ""
    kept = [word for word in words.split() if word.lower() not in NOT_ITEMS]
    name = " ".join(kept)
    return SlotValue(value=name, span=name) if name else None


def _text_back(s: Signals) -> str:
    return _sentence_back(s, masked(s.wording.text, [span for span in s.spans if span.kind != "title"]))


_WAS_AWAY = regex(r"\bback (?:from|at|in) (?:my |the |a |our )?\w+\b(?=\W|$)", re.IGNORECASE)
"""Where somebody was names no case ("back from the meeting")."""
_SENTENCE = regex(r"[^.,;!?]+")


def _sentence_back(s: Signals, text: str) -> str:
    """The sentence of `text` that goes back ("sorry, my screen froze. where were we?"); all of it where none does."""
    words = s.words("resume").lower() if s.has("resume") else ""
    return next((m.group() for m in _SENTENCE.finditer(text) if words and words in m.group().lower()), text)


_BESIDES = frozenset("reason issue amount shipping evidence return_needed note payment".split())


def told_besides(s: Signals, text: str) -> list[Command]:
    """What is said of the case that is gone back to ("back to 9304, he changed his mind")."""
    facts = {name: slot for name, slot in fact_slots(s).items() if name in _BESIDES}
    return [SetSlot(slots=facts, confidence=0.85, span=text)] if facts else []


_TO = regex(
    r"\b(?:to|for|with|of|only|just|it|that|at|be|rather|say)\s(?:about |just |only |the )?$", re.IGNORECASE
)


def told_again(s: Signals, text: str) -> list[Command]:
    """What is different of a refund that is tried once more ("…, but make it 25"); why it failed is no reason."""
    facts = {name: slot for name, slot in fact_slots(s).items() if name in _BESIDES - {"reason", "issue"}}
    told = distinct([figure for figure in figures(s) if not figure.old])
    if "amount" not in facts and len(told) == 1 and _TO.search(s.wording.text[: told[0].start]):
        facts["amount"] = SlotValue(value=told[0].as_money(), span=told[0].text)
    return [SetSlot(slots=facts, confidence=0.85, span=text)] if facts else []


def _flat(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(ch for ch in apart if not unicodedata.combining(ch))
