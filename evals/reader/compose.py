"""Compose training messages from fragments: every frame a few times, with seeded choices."""

from __future__ import annotations

import random
import re

from agent.reading.words.act import ISSUES
from evals.reader.corpus import FOLDER, Utterance

_INTENT = {
    "refund": "direct_refund",
    "return": "merchant_return",
    "report": "report_issue",
    "lookup": "lookup_order",
    "review": "review_return",
}
_SEED = 20_111
_FRAME_TIMES, _PLAIN_TIMES = 14, 3
_SHORTEN = (
    ("refund", "rfnd"),
    ("return", "rtn"),
    ("customer", "cust"),
    ("please", "pls"),
    ("because", "bc"),
    ("supplier", "supp"),
    ("damaged", "dmgd"),
    ("broken", "brkn"),
    ("wants", "wnts"),
    ("changed", "chgd"),
    ("received", "rcvd"),
    ("delivered", "dlvd"),
    ("with", "w/"),
    ("missing", "msng"),
)


def fragments() -> dict[str, list[str]]:
    """The pieces by kind."""
    found: dict[str, list[str]] = {}
    kind = ""
    for raw in (FOLDER / "fragments.txt").read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if not line or line.startswith("# "):
            continue
        if re.fullmatch(r"\[[a-z_]+\]", line):
            kind = line[1:-1]
            found[kind] = []
        else:
            found[kind].append(line)
    return found


def composed() -> list[Utterance]:
    """Messages with their labels, grouped by frame; the same list every time."""
    pieces = fragments()
    draw = random.Random(_SEED)
    found: dict[str, Utterance] = {}
    for kind in ("refund", "return", "report"):
        for frame in pieces[kind]:
            for _ in range(_FRAME_TIMES):
                issue = draw.choice([name for name in ISSUES if name != "other"])
                text = _filled(frame.replace("{x}", draw.choice(pieces[issue])), pieces, draw)
                found.setdefault(text, Utterance(text, _INTENT[kind], issue, "composed", f"composed:{frame}"))
    for kind, frames in pieces.items():
        if kind.endswith("_plain"):
            name = kind.removesuffix("_plain")
            for frame in frames:
                for _ in range(_PLAIN_TIMES):
                    text = _filled(frame, pieces, draw)
                    found.setdefault(
                        text,
                        Utterance(text, _INTENT.get(name, name), "other", "composed", f"composed:{frame}"),
                    )
    return list(found.values())


def _filled(frame: str, pieces: dict[str, list[str]], draw: random.Random) -> str:
    text = frame
    for mark, kind in (("{o}", "order"), ("{i}", "item"), ("{m}", "amount"), ("{w}", "who")):
        while mark in text:
            choice = draw.choice(pieces[kind])
            if mark == "{i}" and not choice[0].isdigit() and draw.random() < 0.7:
                choice = f"the {choice}"
            text = text.replace(mark, choice, 1)
    text = text.replace("{n}", str(draw.choice([1, 2, 3])))
    style = draw.random()
    if style < 0.25:
        for full, short in _SHORTEN:
            text = re.sub(rf"\b{full}\b", short, text)
    elif style < 0.4:
        text = text[0].upper() + text[1:] + draw.choice([".", "", "!"])
    elif style < 0.5:
        text = re.sub(r"[,.:]", "", text)
    return text
