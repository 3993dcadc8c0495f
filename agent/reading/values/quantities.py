"""How many of something: "2x", "x2", "2 units", "two mugs", "2/3 mugs", "both", "all three"."""

from __future__ import annotations

import re

from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span

_NOT_A_THING = (
    r"days?|w(?:ee)?ks?|m(?:on)?ths?|y(?:ea)?rs?|hours?|hrs?|mins?|minutes?|secs?|seconds?|moments?|ticks?|questions?|times?|st|nd|rd|th|am|pm|o'clock"
    r"|it|it's|we|i|she|he|they|you|that|which|who"
    r"|percent|pct|restocking|restock|rstck|fee|fees|off"
    r"|back|for|on|to|from|because|bc|and|or|plus|only|as|pls|plz|please|instead|not|euros?"
    r"|eur|usd|gbp|left|more|working|business|stars?"
    r"|of (?:it|this|that)|was|were|is|are|has|had|rfnd|refund|at|in|with|w|by|the|should|would|pm|ok|per"
    r"|goodwill|return|shipping|thirds?|quarters?|today|tonight|tomorrow|first|asap|vat|tax"
    r"|cheaper|dearer|price|discount|difference|reduction|rebate|voucher|coupon"
    r"|less|minus|already|last|yesterday|earlier|before|ago|now|then|after|since|as|when|but|in|altogether|overall"
    r"|(?:photo|picture|pic|image|video|snap|screenshot|clip|e?mail|message|call|letter|complaint|attempt|reminder|thing|request|matter"
    r"|topic|ticket)s?"
    # "2 small" is too small; "3 small pots" are three.
    r"|(?:big|small|sml|large|lrg|tight|loose|late|wide|long|short)(?!\s(?!(?:on|for|in|at|and|so|but|to)\b)\w)"
)
_NOT_UNITS = (
    r"days?|w(?:ee)?ks?|m(?:on)?ths?|hours?|times?|%|percent"
    r"|eur|euros?|usd|gbp|dollars?|pounds?|orders?|customers?"
)
_TIMES = regex(
    r"(?<![\w.,/])(?P<n>\d{1,3})\s?[x×*](?![\w])|(?<!\w)[x×]\s?(?P<n2>\d{1,3})"
    r"(?![\w.,]\d|%|\s?(?:d|days?|h|hrs?|w|wks?|weeks?|mths?|months?)\b)",
    re.IGNORECASE,
)
_UNITS = regex(
    rf"(?<![\w.,/-])(?P<n>\d{{1,3}}|{WORD_NUMBER})\s?(?:units?|pcs?|pieces?|items?|ea\b"
    rf"|off them|of them|of those|of these|of the(?! (?:shipping|postage|delivery|freight)\b)|of her|of his"
    r"|sets?|pairs?|copies|packs?)\b",
    re.IGNORECASE,
)
_KEYED = regex(
    rf"\b(?:qty|quantity|quant|count)\s*(?:is|of|to|should be|:|=)?\s*(?P<n>\d{{1,3}}"
    rf"|{WORD_NUMBER})\b",
    re.IGNORECASE,
)
_FRACTION = regex(
    rf"(?<![\w./-])(?P<n>\d{{1,2}})\s?(?:/|out of|of)\s?(?:(?:the|her|his|their|those|these|all) )*(?P<of>\d{{1,2}}"
    rf"|{WORD_NUMBER})(?![\w./-])",
    re.IGNORECASE,
)
_ONE_OF = regex(
    rf"\b(?P<n>{WORD_NUMBER})\s(?:out )?of\s(?:the|her|his|their|those|these"
    rf"|them)?\s?(?:{WORD_NUMBER}|\d{{1,2}})?\b",
    re.IGNORECASE,
)
_SIZED = regex(
    rf"(?<![\w.,/#€£$-])(?P<n>1|[3-9]|(?!two\b){WORD_NUMBER})\s(?=(?:big|small|large|tiny)(?:\sones?)?(?:\W*$|[,.;]|\s(?:and|plus|or|is|are"
    r"|was|were|came|never|please|pls)\b))",
    re.IGNORECASE,
)
"""Goods counted by their size ("1 small and 1 big"); "2 small" may be too small."""
_ONE_OF_WHOSE = regex(
    rf"\b(?P<n>{WORD_NUMBER}|\d{{1,2}})\s(?:out )?of\s(?:[\w'’-]+\s){{0,3}}?[\w'’-]*(?:['’]s"
    rf"|s['’])\s(?:{WORD_NUMBER}|\d{{1,2}})\b",
    re.IGNORECASE,
)
"""How many of how many that somebody has ("one of Vera Lind's two vases")."""
_FROM = regex(
    rf"(?<![\w.,/-])(?P<n>\d{{1,2}}|{WORD_NUMBER}) (?:out )?from (?:the |her |his |their |these |those |all )?"
    rf"(?P<of>\d{{1,2}}|{WORD_NUMBER})\b(?![.,:/]\d)(?=\s(?:\w+\s){{0,2}}\w+s\b|\W*$|[,.;])",
    re.IGNORECASE,
)
"""So many of so many, as it is said in other languages ("two from three towels")."""
_PAREN = regex(r"(?<=[a-z] )\(\s?(?:x ?)?(?P<n>\d{1,2})(?: ?x)?\s?\)", re.IGNORECASE)
_MORE = regex(
    rf"(?<![\w.,/#€£$-])(?P<n>\d{{1,2}}|{WORD_NUMBER})\s(?:more|extra|additional|further)\s"
    rf"(?!(?:things?|questions?|orders?|customers?|cards?|refunds?|go|tr(?:y|ies)|{_NOT_A_THING})\b)(?=[a-z]{{2,}})",
    re.IGNORECASE,
)
_OTHER_N = regex(
    rf"\b(?:other|remaining|rest of the)\s(?P<n>\d{{1,3}}|(?!one\b){WORD_NUMBER})\b(?![.,]\d)(?!\s?(?:{_NOT_UNITS})\b)",
    re.IGNORECASE,
)
_THAT_ARE_LEFT = regex(
    rf"(?<![\w.,/#€£$-])(?P<n>\d{{1,2}}|{WORD_NUMBER})\s(?:that|which)\s(?:are|is)\s(?:still\s)?(?:left|remaining|missing)\b",
    re.IGNORECASE,
)
"""Units that are left ("the candles, the two that are left")."""
_VERBED = regex(
    rf"\b(?:refund|rfnd|return|credit|reimburse)\s(?:her |him |them |just |only )*(?P<n>{WORD_NUMBER})"
    r"(?=\W*$|\s*[,.;!]|\s(?:please|pls|plz|only|and|because|bc|on)\b)",
    re.IGNORECASE,
)
_BOTH = regex(r"\b(?P<n>both|a couple(?: of)?|a pair of|the pair)\b", re.IGNORECASE)
_SOLD_IN_PAIRS = regex(
    r"\s(?:of\s)?(?:[\w-]+\s)?(?:socks|stockings|tights|shoes|boots|wellies|sandals|slippers|trainers|sneakers|heels|pumps"
    r"|loafers|clogs|flip-?flops|gloves|mittens|trousers|pants|jeans|shorts|leggings|chinos|pyjamas|glasses|sunglasses"
    r"|goggles|binoculars|scissors|shears|pliers|tongs|tweezers|headphones|earphones|earbuds|earrings|cuff ?links|skis"
    r"|skates|crutches|curtains|speakers|dumbbells|laces|shoelaces|chopsticks|insoles)\b",
    re.IGNORECASE,
)
"""A pair of these is one of what was sold."""
_ALL_N = regex(rf"\ball\s(?:of the\s|the\s)?(?P<n>\d{{1,2}}|{WORD_NUMBER})\b", re.IGNORECASE)
_ALL = regex(
    r"(?<!\bat )(?<!\bafter )(?<!\babove )\b(?:all(?! right\b)(?: of (?:them|the|it))?|every (?:one|unit"
    r"|item)|each one|the lot|everything"
    r"|the whole order|entire order)\b",
    re.I,
)
_COUNTED = regex(
    rf"(?<![\w.,/#€£$-])(?P<n>\d{{1,2}}|{WORD_NUMBER})\s(?!(?:{_NOT_A_THING})\b)(?=[a-z]{{2,}}|[a-z]-[a-z]{{2,}})",
    re.IGNORECASE,
)
_CUSTOMER_KEEPS = regex(
    r"\b(?:she|he|they|her|him|them|customer|cust|client|buyer)\b(?:'s|'ll|'d)?(?: \w+){0,2} "
    r"(?:keep|keeps|keeping|kept)\s(?:only\s|just\s)?$",
    re.IGNORECASE,
)
_KEEPS = regex(
    r"\b(?:keep|keeps|keeping|kept|(?:only|just) (?:needs?|uses?))\s(?:only\s|just\s|about\s|the\s|all\s)*$",
    re.IGNORECASE,
)
"""What stands behind these stays with the customer."""
_KEPT_OF = regex(
    rf"\b(?:keep|keeps|keeping|kept|(?:only|just) (?:needs?|uses?)|needs? (?=only|just))"
    rf"\s?(?:only |just )?(?P<n>\d{{1,3}}|{WORD_NUMBER})\s?(?:/|out of|of)\s?"
    rf"(?:the |her |his |their )?(?P<of>\d{{1,3}}|{WORD_NUMBER})\b(?![.,]\d)",
    re.IGNORECASE,
)
_NO_PRONOUN = regex(
    r"\b(?:wrong|right|this|that|other|which|each|every|new|old|second|first|third|last|same"
    r"|no|blue|red|black|white|green|grey|big|small|large|"
    r"the|correct|another|different|(?:the|that|this|her|his|their) only|is|number)\s$",
    re.IGNORECASE,
)
_NEGATED = regex(
    r"\b(?:not|instead of|rather than|said|isn't|isnt|wasn't|no longer)\s+(?:the\s+)?$", re.IGNORECASE
)


_IN_BITS = regex(r"\b(?:in|into|to)\s(?:about\s|like\s|some\s|over\s|a\s|what looks like\s)*$", re.IGNORECASE)
_BITS = regex(r"^\S+\s(?:\w+\s)?(?:pieces|bits|parts|shards|fragments|places|halves|spots)\b", re.IGNORECASE)
"""Into how many bits something broke ("it came in two pieces"): no units."""


def quantity_spans(text: str) -> list[Span]:
    """Quantities in `text` (other kinds masked before): value an int, or ``"all"``."""
    found: list[Span] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            value = _value(pattern, match, text)
            if value is not None and not any(match.start() < s.end and s.start < match.end() for s in found):
                found.append(Span("quantity", match.start(), match.end(), match.group().strip(), value))
    found = [span for span in found if not _NEGATED.search(text[: span.start])]
    found = _without_those_that_came(text, found)
    kept = [span for span in found if span.value == "all" or not _KEEPS.search(text[: span.start])]
    return sorted(kept, key=lambda span: span.start)


_ANOTHER = regex(
    r"\b(?P<n>another)\b(?=\s(?!time|order|amount|reason|refund|return|one\b)[a-z]{2,})", re.IGNORECASE
)
_GIVES_BACK = regex(
    r"\b(?:refund|rfnd|return|credit|reimburse|cancel)\s(?:her |him |them |just |yet |only )*$", re.IGNORECASE
)
"""What stands before one more of a thing ("refund another towel")."""
_ONLY_N = regex(
    rf"\b(?:only|just)\s(?P<n>\d{{1,3}}|{WORD_NUMBER})"
    r"(?=\s(?:that |which )?(?:she|he|they|customer|are|don't|doesn't)\b)",
    re.IGNORECASE,
)
"""Units with what is wrong with them behind ("it's only three she doesn't want")."""
_PATTERNS = (
    _TIMES, _PAREN, _KEYED, _ONE_OF_WHOSE, _FRACTION, _FROM, _ONE_OF, _UNITS, _ALL_N, _MORE, _OTHER_N,
    _THAT_ARE_LEFT, _VERBED, _SIZED, _COUNTED, _BOTH, _ALL, _ANOTHER, _ONLY_N,
)  # fmt: skip


_CAME = regex(
    r"\s?(?:of the \w+ |of them |(?!never\b|not\b)\w+ )?(?:came|arrived|turned up|made it|got here|(?:is"
    r"|are) (?:here|there))\b"
    r"(?! (?:broken|damaged|torn|late|in pieces|back|with))",
    re.IGNORECASE,
)
_CAME_NOT = regex(
    r"\s?(?:of them |\w+ )?(?:did(?:n't| not)|never|(?:is|are|were) (?:missing|lost|gone)|missing|lost)\b",
    re.I,
)


def _without_those_that_came(text: str, found: list[Span]) -> list[Span]:
    """Of "three came, five did not" the five."""
    if not any(_CAME_NOT.match(text[span.end :]) for span in found):
        return found
    return [span for span in found if not _CAME.match(text[span.end :])]


_SMALL = regex(rf"(?<![\w.,/#€£$-])(?:\d{{1,3}}|{WORD_NUMBER})(?![\w%/€£$]|[.,]\d)", re.IGNORECASE)


def left_over(text: str) -> list[Span]:
    """The numbers that say what is left of what is kept: the 4 in "keeps 20 of the 24, refund 4"."""
    found: list[Span] = []
    for match in _KEPT_OF.finditer(text):
        left = _number(match.group("of")) - _number(match.group("n"))
        for number in _SMALL.finditer(text[match.end() :]):
            if left > 0 and _number(number.group()) == left:
                start = match.end() + number.start()
                found.append(Span("quantity", start, start + len(number.group()), number.group(), left))
    return found


def is_kept(before: str) -> bool:
    """Whether the number behind these words counts what the customer keeps."""
    return bool(_CUSTOMER_KEEPS.search(before))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS.get(word.lower(), 0)


def _value(pattern: re.Pattern[str], match: re.Match[str], text: str) -> int | str | None:
    if pattern is _ALL:
        return "all"
    if pattern is _BOTH:
        return 1 if "pair" in match.group().lower() and _SOLD_IN_PAIRS.match(text[match.end() :]) else 2
    if pattern is _ANOTHER:
        return 1 if _GIVES_BACK.search(text[: match.start()]) else None
    group = match.groupdict()
    word = (group.get("n") or group.get("n2") or "").lower()
    number = int(word) if word.isdigit() else NUMBER_WORDS.get(word)
    if number is None:
        return None
    if _IN_BITS.search(text[: match.start()]) and _BITS.search(match.group() + text[match.end() :][:8]):
        return None
    if pattern is _COUNTED and word == "one" and _NO_PRONOUN.search(text[: match.start()]):
        return None
    if pattern in {_FRACTION, _FROM}:
        whole = group["of"].lower()
        of = int(whole) if whole.isdigit() else NUMBER_WORDS.get(whole, 0)
        return number if 0 < number <= of else None
    return number
