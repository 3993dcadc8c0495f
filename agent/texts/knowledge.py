"""Knowledge pages in our own words: finding the section that answers a question, or none.

Words are compared by stem and meaning (``prompts/knowledge/synonyms.yaml``) and weighted by how rare they are. A
section answers when it covers most of what was asked; words no page knows count against all of them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from agent.texts.prompts import document, read

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ASKED = re.compile(r"<!-- asked as: (.*?) -->", re.S)
_ENDINGS = "ations ation ments ingly ings ment ies ing ed es ion able s e y".split()
HEADING, KEYWORD = 3.0, 2.0
STRANGE = 1.2
"""How much more than the rarest known word an unknown one weighs."""
LEAST_COVERED = 0.55
LEAST_SCORE = 4.0


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a page; its words in the heading, in that and what else is asked for it, and in all of it."""

    heading: str
    text: str
    named: frozenset[str]
    heads: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its name, keywords, and sections."""

    name: str
    title: str
    titled: frozenset[str]
    keywords: frozenset[str]
    sections: tuple[Section, ...]

    def answer(self, question: str) -> str:
        """The section that fits best."""
        asked = stems(question)
        return max(self.sections, key=lambda section: _score(self, section, asked)).text


@cache
def _synonyms() -> tuple[dict[str, str], frozenset[str], tuple[tuple[str, str], ...]]:
    """Stems to one stem of the same meaning, stop words, and phrases to the words they mean."""
    loaded = yaml.safe_load(read("knowledge/synonyms.yaml"))
    same = {_stem(word): _stem(head) for head, words in loaded["same"].items() for word in words.split()}
    phrases = tuple((phrase, words) for phrase, words in loaded["phrases"].items())
    return same, frozenset(loaded["stop"].split()), phrases


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def stems(text: str) -> frozenset[str]:
    """The telling words of a text, each as the stem of its meaning."""
    same, stop, phrases = _synonyms()
    low = " ".join(text.lower().replace("’", "'").split())
    for phrase, words in phrases:
        low = re.sub(rf"\b(?:{phrase})\b", f" {words} ", low)
    found = (_stem(word) for word in _WORD.findall(low) if word not in stop and len(word) > 1)
    return frozenset(same.get(stem, stem) for stem in found)


@cache
def pages() -> tuple[Page, ...]:
    """All pages under `prompts/knowledge/`."""
    folder = resources.files("prompts") / "knowledge"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".md"))
    return tuple(_load(name) for name in names)


def _load(name: str) -> Page:
    loaded = document(f"knowledge/{name}")
    sections = []
    for part in re.split(r"^## +", loaded.body, flags=re.M)[1:]:
        heading, _, text = part.partition("\n")
        asked = " ".join(_ASKED.findall(text))
        text = _ASKED.sub("", text).strip()
        heads = stems(f"{heading} {asked}")
        sections.append(Section(heading.strip(), text, stems(heading), heads, heads | stems(text)))
    title = str(loaded.meta["title"])
    keywords = stems(" ".join([title, *map(str, loaded.meta["keywords"])]))
    return Page(name.removesuffix(".md"), title, stems(title), keywords, tuple(sections))


@cache
def _rarity() -> dict[str, float]:
    """How telling a word is: the fewer sections know it, the more."""
    known: Counter[str] = Counter()
    total = 0
    for page in pages():
        known.update(page.keywords)
        for section in page.sections:
            total += 1
            known.update(section.words | section.heads)
    return {word: math.log(1 + total / count) for word, count in known.items()}


def _weight(word: str) -> float:
    rarity = _rarity()
    return rarity.get(word, STRANGE * max(rarity.values()))


def _score(page: Page, section: Section, asked: frozenset[str]) -> float:
    """How much of what was asked the section speaks of, weighted by where it does, times the share it covers."""
    met = whole = told = 0.0
    for word in asked:
        weight = _weight(word)
        whole += weight
        if word in section.words or word in page.keywords:
            met += weight
            told += weight * (
                HEADING * (word in section.heads)
                + KEYWORD * (word in page.keywords)
                + KEYWORD * (word in page.titled)
                + 1
            )
    covered = met / whole if whole else 0.0
    close = 1 + len(asked & section.named) / (1 + len(asked | section.named))
    return told * covered * close if covered >= LEAST_COVERED else 0.0


def find_page(question: str, topic: str = "") -> Page | None:
    """The page that answers, or None where none fits well enough. The topic only settles what the words leave open."""
    hint = stems(topic.replace("_", " "))
    asked = stems(question) or hint

    def fit(page: Page) -> float:
        best = max(_score(page, section, asked) for section in page.sections)
        return best + (0.5 * len(hint & page.keywords) if best else 0)

    best = max(pages(), key=fit)
    return best if fit(best) >= LEAST_SCORE else None
