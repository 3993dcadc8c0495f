"""Figures told by a relation: "minus 3", "top it up to 30 in total", "all but one", "half of them", "3 x 9.99".

A figure that only says what was given before ("she already had 20") is no amount of this refund and is dropped.
Values: an amount ``{"kind": "less" | "up_to", "value", "currency"}``; a quantity ``{"all_but": n}`` or
``{"share": "1/2"}`` of what is left of the line.
"""

from __future__ import annotations

import re
from decimal import Decimal

from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.values.money import exact
from agent.reading.values.told_before import is_owned, is_past, paid_for

_N = rf"(?P<n>\d{{1,3}}|{WORD_NUMBER})"
_BUT = r"(?:but(?: for)?|except(?:ing)?(?: for)?|bar|save(?: for)?|minus|apart from|other than|excluding|not counting)"
_ALL_BUT = regex(
    rf"\b{_BUT} (?:the |just |only |those |these |that |his |her |their )?{_N}\b(?![.,]\d|\s?(?:%|[€$£¥]|eur\b"
    rf"|euros?\b|usd|gbp|pounds?|quid|dollars?"
    r"|bucks|yen|percent|pct|cents?|days?|weeks?|x\b))",
    re.IGNORECASE,
)
_WHOLE = regex(
    r"\b(?:all|every(?: one)?|everything|each|(?:the |whole )lot|entire|whole)\b[^.;:]{0,40}$", re.IGNORECASE
)
_KEPT = regex(
    rf"\b(?:keep|keeps|keeping|kept|hold(?:s|ing)? on to|hang(?:s|ing)? on to) (?:only |just |the )?{_N}"
    r"(?! ?(?:/|of\b|out of|eur|euros?|%|percent|usd|dollars?|pounds?)|[.,]\d)\b",
    re.IGNORECASE,
)
_THE_REST = regex(
    r"\b(?:the |all the )?(?:rest|remaining(?: ones)?|remainder|others|other ones)\b", re.IGNORECASE
)
_PART = regex(
    r"\b(?:(?:a|the|one) )?(?P<s>half|third|quarter|fifth|two[ -]thirds|three[ -]quarters)\s(?:of )?"
    r"(?:the |her |his |their |these |those |all )*"
    r"(?P<what>them|these|those|units|pieces|(?!\w*ss\b)\w{2,}s)\b(?!['’]?s? (?:price|cost|value|worth)\b)",
    re.IGNORECASE,
)
_CAME = regex(
    rf"(?:\b(?:only|just) |\b(?:got|received|has|had|found) (?:only |just ))"
    rf"(?P<n>\d{{1,3}}|{WORD_NUMBER}) (?:out )?of "
    rf"(?:the |her |his |their )?(?P<of>\d{{1,3}}|{WORD_NUMBER})\b(?=[^.;]{{0,40}}?\b(?:(?:was|were) (?:in|there"
    rf"|inside|included"
    r"|delivered|packed|received|sent)|came|arrived|turned up|showed up|made it|got (?:here|there)|in (?:the"
    r"|there|it)|inside"
    r"|missing)\b)",
    re.IGNORECASE,
)
"""How many came: the others are what it is about ("only four of the six were in there")."""
_HELD = regex(
    rf"\b(?:contain(?:s|ed)|held|holds|came with) (?:only |just )?(?P<n>\d{{1,3}}|{WORD_NUMBER}) (?:out )?of "
    rf"(?:the |her |his |their )?(?P<of>\d{{1,3}}|{WORD_NUMBER})\b(?!.*\b(?:damaged|broken|cracked|chipped|torn)\b)",
    re.IGNORECASE,
)
"""How many a parcel held ("the carton held just four of the six")."""
_SOME_CAME = regex(
    rf"\b(?:only|just) (?P<n>\d{{1,3}}|{WORD_NUMBER})(?: of the \w+| of them| \w+)?"
    r" (?:arrived|came|turned up|showed up|made it|(?:was|were) (?:in|there|inside|delivered))\b"
    r"(?! (?:broken|damaged|torn|late|in pieces|back))"
    r"(?=.*\b(?:(?:the )?rest|the others?|the remaining|what(?:'s| is) missing|the missing)\b)",
    re.IGNORECASE,
)
"""So many came, and the others are meant ("just two of the pots arrived, refund the rest")."""
_NO_UNITS = frozenset(
    "costs fees charges euros dollars pounds bucks "
    "yens cents pennies francs dinars crowns was his hers its this yours prices".split()
)
_SHARES = {
    "half": "1/2", "third": "1/3", "quarter": "1/4", "fifth": "1/5", "two thirds": "2/3", "three quarters": "3/4",
}  # fmt: skip
SHARES_OF_UNITS = frozenset(_SHARES.values())
_EACH = regex(
    rf"(?<![\w.,/-]){_N}\s?(?:(?:pcs?|pieces?|units?)\s?)?(?:[x×*@]|(?:pcs?|pieces?|units?) at)\s?$",
    re.IGNORECASE,
)
_FOR_EACH = regex(
    r"\s*(?:back |off )?(?:to (?:her|him|them) )?"
    r"(?:for each\b|for every\b|on each\b|off each\b|each\b|apiece\b|a piece\b|per (?!cent|order|day|week|month)\w+\b)",
    re.IGNORECASE,
)
"""Behind a sum that is given for each unit ("3.50 for each of the towels", "2 euros back per mug")."""
_GIVEN = regex(
    r"\b(?:give|gives|refund|pay|credit|send|back|off|knock|take|goodwill|reimburse)\b(?!.*\b(?:paid|costs?|cost|price|priced|were"
    r"|was)\b)",
    re.IGNORECASE,
)
_LESS = regex(
    r"\b(?:minus|less(?! than)|(?:hold|keep)(?:ing)? back|withhold(?:ing)?|deduct(?:ing)?|subtract(?:ing)?|dock(?:ing)?"
    r"|(?:we|i)(?:'ll| will| must)? (?:keep|retain)|(?:all|everything|lot|full|amount|price|it|sum|money"
    r"|value) (?:but|except))"
    r"\s(?:the |a |an |about |only |just |another |her |him |them )*$",
    re.IGNORECASE,
)
_LESS_AFTER = regex(
    r"\s*(?:(?:is |are |to be |will be |should be )?(?:held back|kept back|withheld|deducted|retained|docked"
    r"|less\b(?!\s*(?:the |a )?[\d€$£])))",
    re.IGNORECASE,
)
_HOLDS = regex(r"\b(?:hold|keep)(?:ing)?\s(?:about |only |just )*$", re.IGNORECASE)
_TOP_UP = regex(
    r"\btop(?:ping)?(?: (?:it|that|this|her|him|them|the \w+))? ?up to\s(?:a |an? (?:full|total) |total of |about )*$",
    re.IGNORECASE,
)
_UP_TO = regex(
    r"\b(?:(?:bring|raise)(?:ing)?(?: (?:it|that|this"
    r"|her|him"
    r"|them|everything|the (?:total|sum|whole)))? ?(?:up)?|round(?: it| that)? up|make (?:it|that) up) to"
    r"\s(?:a |an? (?:full|total) |total of |about )*$",
    re.IGNORECASE,
)
_IN_TOTAL = regex(r"\s*(?:in total|altogether|overall|all in all|all told|in sum|total)\b", re.IGNORECASE)


_HELD_FOR = regex(r"\s*(?:back )?for (?:the |a |an |her |his |their |its )?[^.,;:]{3,}", re.IGNORECASE)
"""Why something is held back is no reason for the refund ("less 15 for the missing strings")."""


def part_spans(text: str) -> list[Span]:
    """Units told as what is left of all ("all but one", "keeps two, refund the rest", "half of them")."""
    found = [
        Span("quantity", m.start(), m.end(), m.group(), {"all_but": _number(m.group("n"))})
        for m in _ALL_BUT.finditer(text)
        if _WHOLE.search(text[: m.start()])
        and not re.search(r"\b(?:of it|amount|price)\W*$", text[: m.start()], re.I)
    ]
    if not found and _THE_REST.search(text):
        found = [
            Span("quantity", m.start("n"), m.end("n"), m.group("n"), {"all_but": _number(m.group("n"))})
            for m in _KEPT.finditer(text)
        ]
    for match in [*_CAME.finditer(text), *_HELD.finditer(text)][:1]:
        came, of = _number(match.group("n")), _number(match.group("of"))
        if 0 < came < of:
            found.append(
                Span(
                    "quantity",
                    match.start("n"),
                    match.end("of"),
                    text[match.start("n") : match.end("of")],
                    of - came,
                )
            )
    found += [
        Span("quantity", m.start("n"), m.end("n"), m.group("n"), {"all_but": _number(m.group("n"))})
        for m in _SOME_CAME.finditer(text)
        if not found
    ]
    for match in _PART.finditer(text):
        what = match.group("what").lower()
        if what not in _NO_UNITS:
            end = match.end() if what in {"them", "these", "those"} else match.end("s")
            share = _SHARES[re.sub(r"[ -]+", " ", match.group("s").lower())]
            found.append(Span("quantity", match.start(), end, text[match.start() : end], {"share": share}))
    return [span for span in found if span.value != {"all_but": 0}]


def without_whole(spans: list[Span], parts: list[Span]) -> list[Span]:
    """Without "all" and "in full" where only a part of all is meant."""
    if not any(isinstance(part.value, dict) and "all_but" in part.value for part in parts):
        return spans
    return [
        span
        for span in spans
        if not (span.kind == "quantity" and span.value == "all")
        and not (span.kind == "money" and span.value == {"kind": "full"})
    ]


def related(text: str, spans: list[Span]) -> list[Span]:
    """`spans` (in order) with figures of the past dropped, and amounts told by a relation put as what they mean."""
    done: list[Span] = []
    past = False
    for span in spans:
        if span.kind == "quantity" and (
            is_owned(text, span) or is_past(text, span) or paid_for(text, done, span)
        ):
            done.append(Span("told", span.start, span.end, span.text, None))
        elif _figure(span) is None:
            done.append(span)
        elif is_past(text, span):
            past = True
            done.append(Span("told", span.start, span.end, span.text, None))
        else:
            done.append(_put(text, span, past))
    return _subtracted(text, done)


def _figure(span: Span) -> Decimal | None:
    """The bare or exact figure of a span; None for everything else."""
    if span.kind == "money" and span.value["kind"] in {"exact", "percent"}:
        return Decimal(span.value["value"])
    return Decimal(span.value) if span.kind == "number" else None


def _put(text: str, span: Span, past: bool) -> Span:
    before, after = text[: span.start], text[span.end :]
    total = _IN_TOTAL.match(after)
    if _TOP_UP.search(before) or (past and total) or (_UP_TO.search(before) and (past or total)):
        return _valued(span, "up_to")
    if (
        _LESS.search(before)
        or _LESS_AFTER.match(after)
        or (_HOLDS.search(before) and re.match(r" back\b", after))
    ):
        return _valued(span, "less")
    if (
        span.kind == "money"
        and span.value["kind"] == "exact"
        and _FOR_EACH.match(after)
        and _GIVEN.search(before + after[:8])
    ):
        return _valued(span, "each")
    each = _EACH.search(before)
    if each and span.kind == "money" and span.value["kind"] == "exact":
        together = Decimal(span.value["value"]) * _number(each.group("n"))
        return Span("money", span.start, span.end, span.text, exact(f"{together:f}", span.value["currency"]))
    return span


def _valued(span: Span, kind: str) -> Span:
    if span.kind == "money" and span.value["kind"] == "percent":
        if kind != "less":
            return span
        left = Decimal(100) - Decimal(span.value["value"])
        return Span("money", span.start, span.end, span.text, {"kind": "percent", "value": f"{left:f}"})
    value = dict(span.value) if span.kind == "money" else exact(str(span.value), None)
    return Span("money", span.start, span.end, span.text, {**value, "kind": kind})


def _subtracted(text: str, spans: list[Span]) -> list[Span]:
    """What is taken off a figure that stands before it ("18 less 5" is 13); "in full less 20" is "less 20"."""
    done: list[Span] = []
    for span in spans:
        if not (span.kind == "money" and span.value["kind"] == "less"):
            done.append(span)
            continue
        base = next((b for b in reversed(done) if _is_base(text, b, span)), None)
        if base is not None:
            done.remove(base)
        figure = _figure(base) if base is not None else None
        if figure is not None and base is not None:
            currency = span.value["currency"] or (base.value["currency"] if base.kind == "money" else None)
            left = figure - Decimal(span.value["value"])
            span = Span("money", span.start, span.end, span.text, exact(f"{left:f}", currency))
        done.append(span)
        why = _HELD_FOR.match(text, span.end)
        if why and not any(s.start < why.end() and why.start() < s.end for s in spans):
            done.append(Span("held", why.start(), why.end(), why.group(), None))
    return done


def _is_base(text: str, base: Span, less: Span) -> bool:
    if base.kind == "money" and base.value["kind"] == "full":
        return True
    exactly = base.kind == "number" or (base.kind == "money" and base.value["kind"] == "exact")
    return exactly and bool(re.match(r"\s*,?\s*(?:but |and )?(?:minus|less)\b", text[base.end : less.start]))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS.get(word.lower(), 0)
