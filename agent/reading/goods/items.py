"""Which order line is meant: only lines of loaded orders are ever matched.

Words first (sku, title, variant; plural and misspellings allowed); where they name no line, the phrase is
compared by half its token-set ratio plus the cosine of its embedding. Close calls are left for a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from agent.reading.goods.stems import singular
from agent.reading.goods.variants import SIZES, judges, points, same_as
from agent.reading.text.patterns import regex
from agent.reading.view import LineView
from agent.reading.words.nouns import NOT_ITEMS

Similar = Callable[[str, Sequence[str]], Sequence[float]]
"""Cosines of a phrase to titles."""

_WORD = regex(r"[^\W\d_]+(?:'[a-z]+)?|\d+[a-z]*", re.IGNORECASE)
_JOINS = frozenset({"and", "plus", "&", "with"})
_COMMANDS = frozenset(
    "refund refunded return returned rtn rma rfnd exchange approve reject decline accept cancel confirm credit keep "
    "send review request claim close stop forget order customer supplier vendor all both everything".split()
)
_ACCEPT, _MARGIN, _NEAR = 0.62, 0.12, 0.38


@dataclass(slots=True)
class Mention:
    """Words that name an item: where they stand, the lines they fit, best first."""

    start: int
    end: int
    lines: list[str] = field(default_factory=list)
    sure: bool = False


def mentions_of(text: str, lines: Sequence[LineView]) -> list[Mention]:
    """Mentions in `text` (identifiers masked) whose words occur in a line's sku, title or variant."""
    skus = _sku_mentions(text, lines)
    tokens = [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)]
    names = {line.id: _name_words(f"{line.title} {line.variant}") for line in lines}
    runs: list[list[tuple[int, int, dict[str, float]]]] = []
    last = -9
    for at, (word, start, end) in enumerate(tokens):
        if any(a.start <= start < a.end for a in skus) or judges(word, text[:start]):
            continue
        fits = (
            {line: score for line, words in names.items() if (score := _fit(word, words)) > 0}
            if _may_name(word, names)
            else {}
        )
        if not fits:
            continue
        if runs and at - last <= 2 and not _broken(text, runs[-1][-1][1], start):
            runs[-1].append((start, end, fits))
        else:
            runs.append([(start, end, fits)])
        last = at
    runs = [
        run
        for run in runs
        if _names_something([text[a:b].lower() for a, b, _ in run], names)
        or _points(text, run)
        or _sized(text, run)
        or _counts_one(text, run, lines)
    ]
    runs = [_anchored(text, run) for run in runs]
    heads = {line.id: _head(line.title) for line in lines}
    return sorted(skus + [_mention(text, run, heads) for run in runs], key=lambda mention: mention.start)


def named_once(text: str, lines: Sequence[LineView]) -> list[Mention]:
    """The goods that are named, each once: the words of one title side by side are one mention."""
    found: list[Mention] = []
    for one in mentions_of(text, lines):
        last = found[-1] if found else None
        if last is not None and last.lines == one.lines and not text[last.end : one.start].strip():
            found[-1] = Mention(last.start, one.end, one.lines, last.sure and one.sure)
        else:
            found.append(one)
    return found


def is_many(words: str) -> bool:
    """Whether a name is in the plural ("the last mugs")."""
    return bool(re.search(r"[^s]s$", words, re.IGNORECASE))


def is_pair(line: LineView) -> bool:
    """Whether the plural of its name can only mean both units of a line ("the hats" of two hats)."""
    return line.quantity == 2 and not is_many(line.title)


_THE = regex(r"\b(?:the|her|his|their|these|those|both) (?:\w+ )?$", re.IGNORECASE)


_FIRST = regex(r"^[\s\x00:,#-]*$")
_TELLS = regex(
    r"\s(?:are|were|still|never|came|arrived|have|had|not|didn'?t|don'?t|both|all|went|got|turned|look|smell|leak|broke)\b",
    re.I,
)
"""Goods that a message begins with and tells of ("blue crates still here") are all of them."""


def is_both(text: str, one: Mention) -> bool:
    """Whether these words name all there are of a thing ("the hats"), and not any of it ("refund hats")."""
    before, after = text[: one.start], text[one.end :]
    pointed = _THE.search(before) or (_FIRST.match(before) and _TELLS.match(after))
    return is_many(text[one.start : one.end]) and pointed is not None


def names_pair(text: str, line: LineView) -> bool:
    """Whether both units of such a line are named in the plural."""
    return is_pair(line) and any(is_both(text, one) for one in mentions_of(text, [line]))


def _sku_mentions(text: str, lines: Sequence[LineView]) -> list[Mention]:
    found = []
    for line in lines:
        if not line.sku:
            continue
        case = re.IGNORECASE if len(line.sku) > 2 else 0  # "a" is a word, "A" may be a number of goods.
        match = re.search(rf"(?<![\w-]){re.escape(line.sku)}(?![\w-])", text, case)
        if match and not (line.sku.isalpha() and _of_longer_name(text, match, line, lines)):
            found.append(Mention(match.start(), match.end(), [line.id], sure=True))
    return found


def _of_longer_name(text: str, sku: re.Match[str], line: LineView, lines: Sequence[LineView]) -> bool:
    """Whether a word that is one line's sku is said as a part of another's name ("tripod bag" beside TRIPOD)."""
    behind = _WORD.match(text[sku.end() :].lstrip())
    if behind is None:
        return False
    pair = {singular(sku.group().lower()), singular(behind.group().lower())}
    others = (set(_name_words(f"{one.title} {one.variant}")) for one in lines if one is not line)
    own = set(_name_words(f"{line.title} {line.variant}"))
    return len(pair) > 1 and not pair <= own and any(pair <= words for words in others)


def _may_name(word: str, names: dict[str, tuple[str, ...]]) -> bool:
    said = {word, singular(word), *same_as(word)}
    return word not in NOT_ITEMS or (
        any(said & set(words) for words in names.values()) and word not in _JOINS
    )


def _sized(text: str, run: list[tuple[int, int, dict[str, float]]]) -> bool:
    """Whether everyday words with one of size among them name just one line together ("one big box")."""
    said = {text[start:end].lower() for start, end, _ in run}
    shared = set.intersection(*(set(fits) for _, _, fits in run))
    return len(said) > 1 and bool(said & SIZES) and len(shared) == 1


def _points(text: str, run: list[tuple[int, int, dict[str, float]]]) -> bool:
    """Whether a lone word of size stands for goods of that size ("not the small, the large")."""
    return any(points(text[start:end].lower(), text[:start], text[end:]) for start, end, _ in run)


def _names_something(words: Sequence[str], names: dict[str, tuple[str, ...]]) -> bool:
    """Whether words name an item, and are not just words of the work that a title happens to hold.

    A title is data: "refund" in it does not make every refund about it. Ordinary words alone count only where they are
    a whole title ("the box"), and words of command never do.
    """
    if any(word not in NOT_ITEMS for word in words):
        return True
    said = {singular(word) for word in words}
    return not said & _COMMANDS and any(set(title) <= said for title in names.values() if title)


_COUNTED = regex(
    r"\b(?:the|her|his|their|both|all|those|these|\d{1,2}|two|three|four)\s+$|\x00\s+$", re.IGNORECASE
)


def _counts_one(text: str, run: list[tuple[int, int, dict[str, float]]], lines: Sequence[LineView]) -> bool:
    """Whether an ordinary word stands as things that are counted, and one line alone is such a thing ("the prints")."""
    start, end, _ = run[0]
    word = text[start:end].lower()
    stem = singular(word)
    such = [line for line in lines if _head(line.title) == stem]
    many = is_many(word) or re.search(r"\d\s+$|\x00\s+$", text[:start])
    return (
        len(run) == 1
        and len(such) == 1
        and bool(many)
        and stem not in _COMMANDS
        and bool(_COUNTED.search(text[:start]))
    )


def _anchored(
    text: str, run: list[tuple[int, int, dict[str, float]]]
) -> list[tuple[int, int, dict[str, float]]]:
    """The run with ordinary words counting only for lines that a word of their own names too."""
    own = [fits for start, end, fits in run if text[start:end].lower() not in NOT_ITEMS]
    named = {line for fits in own for line in fits}
    if not named:
        return run
    kept = [
        (start, end, {line: fit for line, fit in fits.items() if line in named}) for start, end, fits in run
    ]
    return [part for part in kept if part[2]]


_MEASURE = regex(r"\b(\d+) (cm|mm|ml|cl|l|g|kg|m|w|v|gb|tb|inch)\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _name_words(title: str) -> tuple[str, ...]:
    joined = " ".join(f"{m[1]}{m[2]}" for m in _MEASURE.finditer(title))  # "30 cm" is called "30cm" as well.
    words = [m.group().lower() for m in _WORD.finditer(f"{title} {joined}")]
    return tuple(
        singular(word)
        for word in words
        if word not in {"the", "a", "of", "with", "and", "in", "for", "set", "to"}
    )


_NUMBERED = regex(r"(?<=\d)s$")
"""The plural of a number: "the 42s"."""


@lru_cache(maxsize=16_384)
def _fit(word: str, words: tuple[str, ...]) -> float:
    stem = _NUMBERED.sub("", singular(word))
    best = 0.9 if same_as(word) & set(words) else 0.0
    for name in words:
        if stem == name:
            return 1.0
        longest = max(len(stem), len(name))
        if min(len(stem), len(name)) >= 4:
            allowed = 1 if longest < 7 else 2
            if OSA.distance(stem, name, score_cutoff=allowed) <= allowed and (
                stem[0] == name[0] or stem[:2] == name[1::-1]
            ):
                best = max(best, 0.85)
            elif len(stem) >= 4 and (name.startswith(stem) or (len(name) >= 4 and stem.endswith(name))):
                best = max(best, 0.7)
    return best


def _broken(text: str, end: int, start: int) -> bool:
    return bool(
        re.search(
            r"[,;.]|\band\b|\bplus\b|\bnot\b|\binstead\b|\brather\b|\bbut\b|&|\+",
            text[end:start],
            re.IGNORECASE,
        )
    )


_OWN_NAME = regex(r"[,(/–]|\s(?:of|with|for|in|from|by|and|set|pack)\b|\s\d", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _head(title: str) -> str:
    """The word that says what a thing is: "hat" of "Felt hat, brown", "brush" of "Hat brush"."""
    words = [m.group().lower() for m in _WORD.finditer(_OWN_NAME.split(title)[0])]
    return singular(words[-1]) if words else ""


def _mention(text: str, run: list[tuple[int, int, dict[str, float]]], heads: dict[str, str]) -> Mention:
    """The lines that a run of words fits best; of several, the one that is such a thing ("the hat": no hat brush)."""
    total: dict[str, float] = {}
    for _, _, fits in run:
        for line, score in fits.items():
            total[line] = total.get(line, 0.0) + score
    top = max(total.values())
    ranked = sorted(total, key=lambda line: -total[line])
    best = [line for line in ranked if total[line] >= top - 0.2]
    said = {singular(text[start:end].lower()) for start, end, _ in run}
    such = [line for line in best if heads.get(line) in said]
    best = such if len(such) == 1 else best
    return Mention(run[0][0], run[-1][1], best, sure=len(best) == 1)


def by_meaning(phrase: str, lines: Sequence[LineView], similar: Similar) -> tuple[list[str], bool, bool]:
    """Lines that a phrase may mean, best first; whether the first is clearly ahead, and whether it is near at all."""
    titles = [f"{line.title} {line.variant}".strip() for line in lines]
    cosines = similar(phrase, titles)
    scored = sorted(
        (
            (0.5 * fuzz.token_set_ratio(phrase.lower(), title.lower()) / 100 + cosine, line.id)
            for title, cosine, line in zip(titles, cosines, lines, strict=True)
        ),
        key=lambda pair: -pair[0],
    )
    ahead = len(scored) == 1 or scored[0][0] - scored[1][0] >= _MARGIN
    return [line for _, line in scored[:3]], scored[0][0] >= _ACCEPT and ahead, scored[0][0] >= _NEAR
