"""Why money or goods go back: from words to reason codes.

All patterns work on the plain form (lower case, shorthand written out) of :mod:`agent.reading.text.wording`; they are
kept in ``lexicon/reasons.lex`` and ``lexicon/rejects.lex``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.words import reason_clues as clues
from domain.reasons import QUALITY_REASONS, RefundReason, RejectReason

_R = RefundReason
_ISSUE_TYPE = {
    _R.DAMAGED: "quality",
    _R.DEFECTIVE: "quality",
    _R.NOT_AS_DESCRIBED: "quality",
    _R.WRONG_ITEM: "wrong_item",
    _R.MISSING_ITEM: "not_received",
    _R.NOT_RECEIVED: "not_received",
    _R.LATE_DELIVERY: "late",
    _R.CHANGED_MIND: "changed_mind",
    _R.ORDERED_BY_MISTAKE: "changed_mind",
    _R.SIZE_OR_FIT: "changed_mind",
}
_DENIES = regex(
    r"(?:\bnot|n't|\bno|\bnever|\bwithout|\brather than|\binstead of|\bforget(?: about)?|\bnever mind|\bscratch"
    r"|\bnothing)(?: (?:actually|really|even|a|an|any|the|it's|is|was|say|been|just"
    r"|about))* $"
)
_ITSELF_NEGATIVE = regex(
    r"^(?:not|never|no|nothing|n't|didn't|doesn't|isn't|won't|wrong|missing|hasn't|haven't|wasn't"
    r"|don't|can't|without)"
)
_NAMED = regex(
    r"\breason:? (?:is|was|should be|to|as|=)?\s*(?P<w>[a-z_ ]{3,24})|\b(?:put|book|log|file"
    r"|mark|code|record|enter|count|treat)\w* (?:it |this |that |her )?(?:down )?(?:as"
    r"|under) (?P<w2>[a-z_ ]{3,24})"
)
_CODES = {code.value.replace("_", " "): code for code in RefundReason if code is not RefundReason.OTHER}


def _both(one: RefundReason, other: RefundReason) -> frozenset[RefundReason]:
    return frozenset({one, other})


@dataclass(frozen=True, slots=True)
class ReasonFound:
    """A reason and where in the plain form it was said."""

    code: RefundReason
    start: int
    end: int

    @property
    def issue_type(self) -> str:
        """One of ``quality wrong_item not_received late changed_mind other``."""
        return issue_type_of(self.code)


def issue_type_of(code: RefundReason) -> str:
    """The coarser issue type of a reason code."""
    return _ISSUE_TYPE.get(code, "other")


def find_reasons(plain: str) -> list[ReasonFound]:
    """Every reason claimed in the plain form, the most telling first; denied ones ("not damaged") left out."""
    found: list[ReasonFound] = []
    for name, pattern in families("reasons").items():
        for match in pattern.finditer(plain):
            if not (
                _denied(plain, match)
                or clues.about_money(name, plain, match)
                or _of_people(name, plain, match)
            ):
                found.append(ReasonFound(RefundReason(name), match.start(), match.end()))
                break
    found = _sized(found, plain)
    if _LACKING & {reason.code for reason in found}:  # A torn envelope tells how goods went.
        torn = [r for r in found if r.code is _R.DAMAGED and clues.WRAPPING.search(plain[: r.start])]
        found = [r for r in found if r not in torn]
    return _settled(found, plain)


_WRONG_SIZE = regex(
    r"\b(?:wrong|incorrect|bad) sizes?\b|\bsizes? (?:is |was |are |were )?(?:wrong|incorrect)\b"
)
_OUR_PARCEL = regex(
    r"\b(?:sent|ship\w*|pack\w*|deliver\w*|receiv\w*|got|came|arriv\w*|pick(?:ed)?|mis-?pick\w*|gave"
    r"|dispatched|was in)\b"
)
_ON_PURPOSE_NOT = regex(r"mistake|accident|error|click|unintention")


def _sized(found: list[ReasonFound], plain: str) -> list[ReasonFound]:
    """A wrong size is one that does not fit, unless the shop sent it or it was ordered by mistake."""
    wrong = _WRONG_SIZE.search(plain)
    if wrong is None or _denied(plain, wrong) or _OUR_PARCEL.search(plain) or _ON_PURPOSE_NOT.search(plain):
        return found
    about = [r for r in found if r.code in _MEANT_BY_SIZE and r.start < wrong.end() and wrong.start() < r.end]
    if not about:
        return found
    kept = [r for r in found if r not in about and r.code is not _R.SIZE_OR_FIT]
    return [ReasonFound(_R.SIZE_OR_FIT, wrong.start(), wrong.end()), *kept]


_LACKING = frozenset({_R.MISSING_ITEM, _R.NOT_RECEIVED})
_MEANT_BY_SIZE = frozenset({_R.WRONG_ITEM, _R.ORDERED_BY_MISTAKE, _R.SIZE_OR_FIT})


_NO_SUCH_REASON = regex(
    r"\breason(?: (?:there|here|on (?:it|this|the card)))?(?: is|'s| was)(?: all| just| simply| plain| totally)?"
    r" (?:wrong|incorrect|mistaken|false|not (?:right|correct|true))\b(?! (?:item|product|size|one|article))"
)
"""Said of the reason itself, and none named by it ("that reason is wrong, it came late")."""


def named_reason(plain: str) -> ReasonFound | None:
    """A reason that staff name outright ("reason: goodwill", "put it down as late")."""
    match = _NAMED.search(_NO_SUCH_REASON.sub(lambda said: " " * len(said.group()), plain))
    if not match:
        return None
    start, end = match.span("w") if match.group("w") else match.span("w2")
    inside = find_reasons(plain[start:end])
    if re.match(r"\s*other\s*$", plain[start:end]):
        return ReasonFound(RefundReason.OTHER, start, end)
    for label, code in _CODES.items():
        words = plain[start:end].strip()
        if words.startswith(label) or label.startswith(words):
            return ReasonFound(code, start, end)
    return ReasonFound(inside[0].code, start, end) if inside else None


def denied_issue(plain: str) -> bool:
    """Whether staff take a defect claim back: "it isn't actually broken", "not damaged after all"."""
    for name in ("damaged", "defective", "not_as_described", "wrong_item"):
        for match in families("reasons")[name].finditer(plain):
            if _denied(plain, match):
                return True
    return bool(
        re.search(
            r"\b(?:nothing (?:is |was )?wrong|no (?:defect|damage|fault)|works fine|perfectly fine"
            r"|wasn't true)\b",
            plain,
        )
    )


def find_reject_reason(plain: str) -> tuple[RejectReason, int, int] | None:
    """Why a request is turned down, with its place in the plain form."""
    for name, pattern in families("rejects").items():
        match = pattern.search(plain)
        if match:
            return RejectReason(name), match.start(), match.end()
    return None


def is_quality(code: RefundReason) -> bool:
    """Whether the code claims a defect."""
    return code in QUALITY_REASONS


_NOTHING_WRONG = regex(r"\b(?:nothing|not anything|never anything)(?:'s| is| was| actually| really)* $")


_SOMEBODY = r"(?:everybody|everyone|we|i|she|he|people|guests|the (?:guests|kids|children|family))"
_IS = regex(rf"\b{_SOMEBODY}(?: all| both)? (?:was|were|am|is|are|felt|feels?)(?: \w+)? $")
_GETS = regex(rf"\b{_SOMEBODY}(?: all| both)? (?:got|get|gets)(?: all| so| totally| completely| really)? $")
_MISHAPS = regex(r"(?:wet|soaked|dirty|stuck|ruined|destroyed|wrecked)\b")
_WE_DO = regex(
    r"\b(?:i|we)(?: almost| nearly| even| just| really| also)*(?: (?:could|can|did|do|would|will))? $"
)
_CANNOT = regex(r"(?:(?:could|can|did|do|would|will|ca|wo)(?: not|n't)|not)\b")


def _of_people(name: str, plain: str, match: re.Match[str]) -> bool:
    """What befell somebody, or what the writer could not do, and no defect ("everybody got wet")."""
    before, said = plain[: match.start()], match.group()
    if name in {"missing_item", "not_received"} and clues.STILL_OPEN.search(before):
        return True
    if name == "goodwill" and said.startswith("apologi"):
        return bool(clues.THEY_SAY_SORRY.search(before))
    if name not in {"damaged", "defective"}:
        return False
    if clues.NOT_OF_GOODS.search(re.split(r"[.;!?] ", before)[-1]) or clues.THEY_HAD.search(before):
        return True
    if _IS.search(before) or (_MISHAPS.match(said) and _GETS.search(before)):
        return True
    return bool(_CANNOT.match(said) and _WE_DO.search(before))


def _denied(plain: str, match: re.Match[str]) -> bool:
    if re.match(r" ?-? ?free\b", plain[match.end() :]):
        return True  # "Scratch-free".
    if match.group().startswith("wrong") and _NOTHING_WRONG.search(plain[: match.start()]):
        return True
    return not _ITSELF_NEGATIVE.match(match.group()) and bool(_DENIES.search(plain[: match.start()]))


_PARTS = regex(r"\bparts?\b|\bscrews?\b|\bpieces? of\b")
_TAKES = regex(r"\b(?:took|tak(?:es|ing)|shipping|delivery|wait\w*)\b")
_CAME = regex(
    r"\b(?:arrived|came|turned up|showed up|delivered|here|took)\b(?: \w+){0,3} (?:late|after|too)\b|\btook\b"
)
_GONE = regex(r"\b(?:never|lost|stolen|empty|missing|says delivered|nothing)\b")
_DUE = regex(r"\b(?:supposed|due|promised|pushed back|delay\w*|overdue)\b")
_WE_SENT = regex(r"\b(?:sent|shipped|packed|delivered|returned to sender)\b")
_SHE_CHOSE = regex(r"\b(?:ordered|bought|clicked|chose)\b")
_Codes = frozenset[RefundReason]
_OVERLAPS: tuple[tuple[_Codes, Callable[[str], RefundReason | None]], ...] = (
    (_both(_R.MISSING_ITEM, _R.DEFECTIVE), lambda plain: _R.MISSING_ITEM if _PARTS.search(plain) else None),
    (_both(_R.SIZE_OR_FIT, _R.LATE_DELIVERY), lambda plain: _R.SIZE_OR_FIT if _TAKES.search(plain) else None),
    (
        _both(_R.DUPLICATE, _R.NOT_RECEIVED),
        lambda plain: _R.DUPLICATE if clues.TWO_ORDERS.search(plain) else None,
    ),
    (_both(_R.DUPLICATE, _R.ORDERED_BY_MISTAKE), lambda plain: _R.ORDERED_BY_MISTAKE),
    (
        _both(_R.ORDERED_BY_MISTAKE, _R.NOT_RECEIVED),
        lambda plain: _R.ORDERED_BY_MISTAKE if _by_us(plain) else None,
    ),
    (_both(_R.ORDERED_BY_MISTAKE, _R.WRONG_ITEM), lambda plain: _mistaken(plain)),
    (
        _both(_R.WRONG_ITEM, _R.CHANGED_MIND),
        lambda plain: _R.WRONG_ITEM if clues.MIND.search(plain) else None,
    ),
    (
        _both(_R.WRONG_ITEM, _R.MISSING_ITEM),
        lambda plain: _R.WRONG_ITEM if clues.COUNTS_SHORT.search(plain) else None,
    ),
    (
        _both(_R.DEFECTIVE, _R.NOT_RECEIVED),
        lambda plain: _R.DEFECTIVE if clues.STUCK_ON_ITS_WAY.search(plain) else None,
    ),
    (
        _both(_R.CHANGED_MIND, _R.MISSING_ITEM),
        lambda plain: _R.MISSING_ITEM if clues.NOT_PACKED.search(plain) else None,
    ),
    (
        _both(_R.DAMAGED, _R.MISSING_ITEM),
        lambda plain: _R.MISSING_ITEM if clues.CAME_BROKEN.search(plain) else None,
    ),
    (
        _both(_R.DAMAGED, _R.DEFECTIVE),
        lambda plain: _R.DEFECTIVE if clues.ARRIVED_BROKEN.search(plain) else None,
    ),
    (_both(_R.SIZE_OR_FIT, _R.CHANGED_MIND), lambda plain: _R.CHANGED_MIND),
    (_both(_R.DEFECTIVE, _R.CHANGED_MIND), lambda plain: _R.DEFECTIVE if clues.TASTE.search(plain) else None),
    (_both(_R.LATE_DELIVERY, _R.NOT_RECEIVED), lambda plain: _late_or_lost(plain)),
    (
        _both(_R.MISSING_ITEM, _R.NOT_RECEIVED),
        lambda plain: _R.MISSING_ITEM if clues.WHOLLY_GONE.search(plain) else _R.NOT_RECEIVED,
    ),
)
"""Pairs that one phrase may claim at once, and which of the two then goes."""


def _by_us(plain: str) -> bool:
    return bool(_WE_SENT.search(plain)) and not _SHE_CHOSE.search(plain)


def _mistaken(plain: str) -> RefundReason:
    return _R.ORDERED_BY_MISTAKE if _by_us(plain) else _R.WRONG_ITEM


def _late_or_lost(plain: str) -> RefundReason:
    if clues.NOT_ON_TIME.search(plain):
        return _R.NOT_RECEIVED  # What did not come on time came.
    late = (_CAME.search(plain) or _DUE.search(plain)) and not _GONE.search(plain)
    return _R.NOT_RECEIVED if late else _R.LATE_DELIVERY


_FINE = regex(
    r"\b(?:nothing|not anything)(?:'s| is| was)? (?:\w+ )?wrong with (?:it|them|the|her|his|their)\b"
    r"|\b(?:is|are|'s) not (?:broken|damaged|faulty|defective)\b"
)
"""The goods are said to be fine, so that what broke besides (a phone line) is not they."""
_ONLY_MONEY = regex(
    r"compensat|make (?:it )?up|(?:a |some )?(?:\w+ )?something\b|for (?:the|her|his|their"
    r"|all the) (?:long )?(?:wait|delay)"
)
"""Words that say that money is given, or for what, where something else says why."""


def _settled(found: list[ReasonFound], plain: str) -> list[ReasonFound]:
    """Resolve what overlaps: a late parcel against a lost one, a break in use against one in transit."""
    if len(found) > 1:
        only = (_ONLY_MONEY,) if any(is_quality(r.code) for r in found) else (_ONLY_MONEY, clues.FOR_TROUBLE)
        said = {r: plain[r.start : r.end] for r in found}
        found = [r for r in found if r.code is not _R.GOODWILL or not any(p.match(said[r]) for p in only)]
    if _FINE.search(plain) and any(not is_quality(r.code) for r in found):
        found = [r for r in found if not is_quality(r.code)]
    codes = {reason.code for reason in found}
    drop = {goes(plain) for pair, goes in _OVERLAPS if pair <= codes}
    return [reason for reason in found if reason.code not in drop]
