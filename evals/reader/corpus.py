"""The labelled utterances: where they are, how they are grouped, which are kept from training."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "datasets" / "utterances"

_THINGS = (
    "backpack|bluetooth speaker|board game|candle set|cast iron pan|ceramic mug"
    "|coffee grinder|desk lamp|dress|duvet cover|gaming mouse|hair dryer"
    "|hoodie|kids raincoat|leather wallet|phone case|running shoes|sunglasses|tablet stand"
    "|tea kettle|throw pillow|wall clock|water bottle|wool scarf|yoga mat"
)
_THING = re.compile(rf"\b(?:{_THINGS})\b")
_AT_CARD = "at an open card"
_ID = re.compile(r"(?:order )?#?\b(?:[A-Z]{2,4}-)?\d[\d.,-]*\b|\b(?:one|two|three|four|five)\b")
_MONEY = re.compile(r"[€£$]|\b(?:usd|eur|euros?|dollars?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One labelled message; messages of one group never stand on both sides of a split."""

    text: str
    intent: str
    issue: str
    source: str
    group: str
    also: tuple[str, ...] = ()
    """Other intents a careful reader could give (lenient scoring)."""
    card: bool = False
    """Whether it was said while a proposal's card was open."""


def authored() -> list[Utterance]:
    """The shared written set, grouped by the frame of the sentence."""
    rows = json.loads((FOLDER / "authored.json").read_text(encoding="utf-8"))
    complaints = sorted(
        {_THING.sub("ITEM", text) for text, intent, _ in rows if intent == "report_issue"}, key=len
    )
    phrases = [
        text
        for text in complaints
        if 12 <= len(text) <= 70
        and not re.match(r"(?:hi|hello|ticket|my order|i bought|so |third|worst|why)", text, re.I)
    ]
    return [Utterance(t, i, s, "authored", f"authored:{_frame(t, phrases)}") for t, i, s in rows]


def _frame(text: str, phrases: list[str]) -> str:
    frame = re.sub(r"^hi, ", "", _THING.sub("ITEM", text))
    for phrase in reversed(phrases):
        if phrase in frame and len(phrase) < len(frame):
            frame = frame.replace(phrase, "ISSUE")
            break
    return _MONEY.sub("", _ID.sub("N", frame)).lower().strip()


def real(source: str = "real") -> list[Utterance]:
    """Messages of other people (CLINC150, Banking77); each its own group."""
    rows = json.loads((FOLDER / "real.json").read_text(encoding="utf-8"))
    return [Utterance(t, i, s, source, f"real:{n}", _also(t, i)) for n, (t, i, s) in enumerate(rows)]


def _also(text: str, intent: str) -> tuple[str, ...]:
    """Alternates for mapped labels that a text plainly allows (a policy question filed under refunds)."""
    low = text.lower()
    if intent == "direct_refund" and re.search(
        r"polic|do you (?:give|offer)|process\b|how (?:do|can|would)|can i|is it possible"
        r"|where do",
        low,
    ):
        return ("policy",)
    if intent == "direct_refund" and re.search(
        r"not what|faulty|arriv|received|hasn't|isn't coming|taking too long", low
    ):
        return ("report_issue", "lookup_order")
    if intent == "cancel" and re.search(
        r"wrong|incorrect|false|not true|untrue|not right|not correct|isn't the case", low
    ):
        return ("correct",)
    if intent == "lookup_order" and re.search(r"policy|how long|take", low):
        return ("policy",)
    return ()


def written(name: str, *, whole: bool = False) -> list[Utterance]:
    """A hand-written file: ``intent issue | text`` a line, ``= name`` opens a group, ``# `` a comment.

    `whole`: a group of the file is one voice, and stays on one side of a split.
    """
    found: list[Utterance] = []
    group = name
    for number, raw in enumerate((FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()):
        line = raw.strip()
        if not line or line.startswith("# "):
            continue
        if line.startswith("= "):
            group = line[2:]
            continue
        labels, text = line.split(" | ", 1)
        intent, _, issue = labels.partition(" ")
        intents = intent.split("/")
        place = f"{name}:{group}" if whole else f"{name}:{group}:{number // 4}"
        card = group == _AT_CARD
        found.append(Utterance(text, intents[0], issue or "other", name, place, tuple(intents[1:]), card))
    return found
