"""Counts that only make sense beside another: six ordered and three came, a count said twice or taken back.

What merely tells how many were bought becomes a ``told`` span and counts nothing; what is left of the relation is a
number of units or an amount like any other.
"""

from __future__ import annotations

import re

from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span, masked

_N = rf"(?P<n>\d{{1,3}}|{WORD_NUMBER})\b"
_COUNTS = (
    r"(?![.,]\d|/\d|\s?(?:%|[€$£¥]|(?:eur|euros?|usd|gbp|pounds?|quid|dollars?|yen|days?|weeks?|hours?|times?|too many"
    r"|by mistake|by accident|in error|extra|out of|of them)\b))"
)
_BUYS = (
    r"(?:ordered|paid for|bought|purchased|clicked(?: on)?|took|wanted|asked for|charged for|billed for"
    r"|should(?:'ve| have)? (?:be|been|got|had)|supposed to (?:be|get|have))"
)
_BOUGHT = (
    regex(rf"\b{_BUYS}\s(?:the )?{_N}{_COUNTS}", re.IGNORECASE),
    regex(
        rf"(?<![\w.,/#€£$-]){_N}{_COUNTS}(?:\s(?!of\b)[\w'’-]+){{0,3}}?"
        r"\s(?:were |was |got )?(?:ordered|bought|paid for|purchased)\b"
        r"(?! by (?:mistake|accident)| in error| twice)",
        re.IGNORECASE,
    ),
)
"""How many were bought, before or behind the word."""
_GOT = r"(?:got|received|counted|found|unpacked|there (?:was|were|is|are)|there's|had|has|have|came|arrived)"
_NOUN = (
    r"(?:\s(?!not\b|never\b|broken|damag|crack|torn|chip|dent|scratch|faulty|defect|wrong|missing|bad|dead|leak|bent|late|back)"
    r"[\w'’-]+)"
)
_NOT_MEANT = (
    r"(?![^.;]{0,24}?\b(?:(?:doesn't|don't|does not|do not|didn't|did not|no longer|not)"
    r" (?:want|like|need|fit|use|work)"
    r"|back\b|refund|return|broke|damag|crack|faulty|defect|wrong|too (?:small|big|large|tight|loose)))"
)
"""What stands behind those that it is about: none of those that came."""
_FEWER = (
    regex(
        rf"\b(?:counted|counts|unpacked|received) (?:only |just )?{_N}{_COUNTS}{_NOUN}{{1,2}}?(?=\W*$|[,.;])",
        re.I,
    ),
    regex(rf"\b(?:only|just|merely) (?:{_GOT} )?{_N}{_COUNTS}{_NOT_MEANT}", re.IGNORECASE),
    regex(
        rf"(?<![\w.,/#€£$-]){_N}{_COUNTS}(?:\s(?!not\b|never\b)[\w'’-]+){{0,2}}? (?:only|alone)\b",
        re.IGNORECASE,
    ),
    regex(
        rf"\b{_GOT} (?:only |just )?{_N}{_COUNTS}(?=\W*$|[,.;]|\s(?:in|of|so|and|came|arrived)\b)",
        re.IGNORECASE,
    ),
    regex(
        rf"(?<![\w.,/#€£$-]){_N}{_COUNTS}(?:\s(?!not\b|never\b)[\w'’-]+){{0,2}}? "
        r"(?:came|arrived|turned up|showed up|made it|(?:was|were) (?:in|there))\b"
        r"(?=\W*$|[.,;!]|\s(?:in (?:the|it|there)|and|so|but|only|today|yesterday|fine|ok|okay|safe|alright|refund)\b)",
        re.IGNORECASE,
    ),
)
"""How many came of them."""
_NEEDED = regex(
    r"\b(?:meant|needed|needs|wanted|wants|intended|planned|was after)"
    r"(?: (?:only|just|to (?:order|buy|get|have|take)))*"
    rf" {_N}{_COUNTS}{_NOUN}{{0,2}}?(?=\W*$|\s?[,.;!]|\s(?:and|so|but|of|refund)\b)",
    re.IGNORECASE,
)
"""How many of them were wanted."""


_SOME_OF = regex(
    rf"\b(?:only|just) (?:{_GOT} )?{_N} (?:out )?of (?:(?:the|her|his|their|those|all) )*"
    rf"(?P<m>\d{{1,3}}|{WORD_NUMBER})\b"
    r"(?=.*\b(?:rest|others?|remaining|missing|never|not)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""How many came of how many, with a word of those that did not."""


_NOT_SO_MANY = regex(
    rf"\b(?:needs?|needed|meant|wanted|wants|intended|planned)(?: (?:only|just|to (?:order|buy|get|have|take)))*"
    rf" {_N}{_COUNTS}(?![^.;:]{{0,25}}\b(?:back|refund|return))[^.;:]{{0,40}}?[\s,(]+(?:and )?(?:not|instead of"
    rf"|rather than) (?:the |all )?(?P<m>\d{{1,3}}|{WORD_NUMBER})\b{_COUNTS}",
    re.IGNORECASE,
)
"""How many were wanted, and not how many ("needs only one of them, not four")."""


_OF_SO_MANY = regex(
    rf"\bof (?:the|her|his|their|these|those) (?P<m>\d{{1,3}}|{WORD_NUMBER})\b[^.;!?]{{0,40}}?\b(?:only|just) {_N}"
    r"(?: of them)? (?:(?:ever|actually|have|has) )*(?:made it|came|come|arrived|turned up|showed up|reached"
    r"|got (?:here|there|to)"
    r"|(?:was|were) (?:in|there|inside|delivered))\b(?! (?:broken|damaged|torn|late|in pieces))",
    re.IGNORECASE,
)
"""Of how many only so many came ("of the three pots only two made it to him")."""


_COME_BACK_OF = regex(
    rf"\b(?:from|of|out of) (?:the |her |his |their |these )?(?P<m>\d{{1,3}}|{WORD_NUMBER})(?: [^\W\d]+){{0,2}}?,?"
    rf" (?:come|comes|came|go|goes|send|sends|wants?|(?:he|she|they) (?:sends?|returns?|gives?)) (?:only |just )?{_N}"
    r" (?:of them )?(?:back|home to us)\b",
    re.IGNORECASE,
)
"""Of how many so many come back ("from the 4 chairs come 2 back")."""


def so_many_of(text: str) -> list[Span]:
    """Of "of the three pots only two made it here" the one that did not; of those that come back these."""
    back = _COME_BACK_OF.search(text)
    if back is None:
        return _left_of(_OF_SO_MANY.search(text))
    of = Span("told", back.start("m"), back.end("m"), back.group("m"), None)
    return [of, Span("quantity", back.start("n"), back.end("n"), back.group("n"), _number(back))]


def _came_of(text: str) -> list[Span]:
    return _left_of(_SOME_OF.search(text) or _NOT_SO_MANY.search(text))


def _left_of(found: re.Match[str] | None) -> list[Span]:
    if found is None:
        return []
    most = found.group("m").lower()
    left = (int(most) if most.isdigit() else NUMBER_WORDS[most]) - _number(found)
    if left <= 0:
        return []
    return [
        Span("told", found.start("m"), found.end("m"), found.group("m"), None),
        Span("quantity", found.start("n"), found.end("n"), found.group("n"), left),
    ]


def fewer_came(text: str) -> list[Span]:
    """Of "ordered six, only three in the box" the three that did not come; the six is told.

    So it is with what was wanted: "bought six but meant four" leaves two too many.
    """
    told = [match for pattern in _BOUGHT for match in pattern.finditer(text)]
    if not told or _NOT_SO_MANY.search(text):
        return _came_of(text)
    bought = max(told, key=_number)
    came = [
        match
        for pattern in (*_FEWER, _NEEDED)
        for match in pattern.finditer(text)
        if match.start("n") != bought.start("n") and 0 < _number(match) < _number(bought)
    ]
    if not came:
        return []
    left = _number(bought) - _number(came[0])
    return [
        Span("told", bought.start("n"), bought.end("n"), bought.group("n"), None),
        Span("quantity", came[0].start("n"), came[0].end("n"), came[0].group("n"), left),
    ]


_FITS = regex(
    r"(?: \w+){0,2}? (?:(?:does |do )?fits?|suits?|(?:is|are|was|were) (?:\w+ )?(?:fine|ok|okay|good|perfect|alright"
    r"|intact)|works?|stays?|(?:she|he|they)(?:'ll| will| wants? to| would)? (?:keeps?|likes?|uses?|wears?|loves?))\b",
    re.IGNORECASE,
)
"""Behind units that are well, or stay: they count nothing beside those that were counted before."""


def _has_other_count(spans: list[Span], part: Span) -> bool:
    return any(s.kind == "quantity" and s.end <= part.start and isinstance(s.value, int) for s in spans)


_OF_THE_MANY = regex(rf"(?<![\w.,/#€£$-]){_N} of (?:them|those|these)\b", re.IGNORECASE)


def part_of_many(text: str, spans: list[Span]) -> list[Span]:
    """`spans` with the number of all only told, where a part is counted ("has four chairs, three of them …")."""
    for match in _OF_THE_MANY.finditer(text):
        part = next((s for s in spans if s.kind == "quantity" and s.start == match.start("n")), None)
        if part is not None and _FITS.match(text[match.end() :]) and _has_other_count(spans, part):
            return [_told(s) if s is part else s for s in spans]
        wholes = [
            s
            for s in spans
            if s.kind == "quantity"
            and s.end <= match.start()
            and isinstance(s.value, int)
            and part is not None
            and isinstance(part.value, int)
            and s.value > part.value
        ]
        if wholes and not re.search(r"[.;!?]\s.*[.;!?]\s", text[wholes[-1].end : match.start()]):
            return [_told(s) if s is wholes[-1] else s for s in spans]
    return spans


_MEANT = regex(
    rf"\b(?:meant|wants?|wanted|intended|needs?|needed|was going|were going|would have liked|asked)"
    rf" (?:only |just |to (?:only |just )?(?:buy|order|get|have|take|click|pick|put in) )*(?:only "
    rf"|just )?{_N}{_COUNTS}",
    re.IGNORECASE,
)
_TOOK = regex(
    rf"\b(?:clicked|ordered|bought|purchased|entered|typed|put in"
    rf"|put|takes?|took|picked|chose|added|got|received|paid for"
    rf"|ended up with|has|have|had|checked out with|came to|it became|became|there were|were sent|was sent)"
    rf" (?:in |on |up with )?{_N}(?![.,]\d|/\d|\s?(?:%|[€$£¥]|(?:eur|euros?|usd|gbp|pounds?|quid|dollars?"
    rf"|yen|days?|weeks?"
    rf"|hours?|times?)\b))",
    re.IGNORECASE,
)


_WANTS_BACK = regex(r"[^.,;]{0,25}\b(?:refund|return|replac|reimburs|exchang|back\b|gone\b)", re.IGNORECASE)
_BY_MISTAKE = regex(
    r"\b(?:meant|intended|by (?:mistake|accident)|in error|accident\w*|mistake\w*|wrong\w*|extra|too many|surplus"
    r"|more than|difference|ended up|one over|spare|mis-?click\w*|typo|should(?: have)? be)\b",
    re.IGNORECASE,
)


def too_many(text: str) -> list[Span]:
    """Of "meant to buy two and clicked three" the one that is too many; both figures that were said only tell it."""
    meant = [match for match in _MEANT.finditer(text) if not _WANTS_BACK.match(text[match.end() :])]
    if len(meant) != 1 or not _BY_MISTAKE.search(text):
        return []
    took = [m for m in _TOOK.finditer(text) if m.start("n") != meant[0].start("n")]
    counts = {_number(match) for match in took}
    if len(counts) != 1 or not 0 < _number(meant[0]) < max(counts):
        return []
    at, more = took[0], max(counts) - _number(meant[0])
    told = Span("told", meant[0].start("n"), meant[0].end("n"), meant[0].group("n"), None)
    return [told, Span("quantity", at.start("n"), at.end("n"), at.group("n"), more)]


def without_bought(text: str, spans: list[Span]) -> list[Span]:
    """Where units are told besides, how many were bought counts none of them ("12 bulbs ordered, 5 are cracked")."""
    places = {match.start("n") for pattern in _BOUGHT for match in pattern.finditer(text)}
    counts = [span for span in spans if span.kind == "quantity" and span.value != "all"]
    bought = [span for span in counts if span.start in places]
    if bought and len(bought) == len(counts):
        most = max(span.value for span in bought if isinstance(span.value, int))
        if given := _given_back(text, spans, most):
            return [
                s if s not in [*bought, given[0]] else given[1] if s is given[0] else _told(s) for s in spans
            ]
        free = _affected(masked(text, spans), most)
        spans, counts = spans + free, counts + free
    if not bought or len(bought) == len(counts):
        return spans
    return [_told(s) if s in bought else s for s in spans]


def _told(span: Span) -> Span:
    return Span("told", span.start, span.end, span.text, None)


_GIVES = regex(
    r"\b(?:refund|return|credit|reimburse|give back|take back|send back)\s(?:just |only |her |him |back )*$",
    re.I,
)
_ENDS = regex(r"\s?(?:$|[,.;!?)]|(?:back|of them|please|pls|only|and|but|because|so)\b)", re.I)


def _given_back(text: str, spans: list[Span], most: int) -> tuple[Span, Span] | None:
    """Of "bought six by mistake, refund 2" the bare figure, and the units that it counts: fewer than were bought."""
    for span in spans:
        if span.kind != "money" or not span.text.isdigit() or span.value["kind"] != "exact":
            continue
        stands = _GIVES.search(text[: span.start]) and _ENDS.match(text[span.end :])
        if stands and 0 < int(span.text) < most:
            return span, Span("quantity", span.start, span.end, span.text, int(span.text))
    return None


_OF_THEM = regex(
    rf"(?<![\w.,/#€£$-]){_N}(?: of (?:them|those|these|which))?"
    r" (?:came|come|arrived|turned up|(?:was|were|is|are|got|had|have|has|don't|doesn't|didn't|won't|never))\b"
    r"(?! (?:fine|ok|okay|good|alright|all right|great|perfect|there|in|intact|whole))",
    re.IGNORECASE,
)


def _affected(text: str, most: int) -> list[Span]:
    """How many of what was bought something happened to ("ordered 8 glasses, 2 were cracked")."""
    return [
        Span("quantity", match.start("n"), match.end("n"), match.group("n"), _number(match))
        for match in list(_OF_THEM.finditer(text))[:1]
        if 0 < _number(match) < most
    ]


def _number(match: re.Match[str]) -> int:
    word = match.group("n").lower()
    return int(word) if word.isdigit() else NUMBER_WORDS[word]
