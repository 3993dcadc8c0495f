"""What the staff member's own words hold: the only source of numbers, names and texts in a command."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property

from agent.reading.goods.left_out import leaves_out
from agent.reading.goods.unsent import tells_unsent
from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER, word_value
from agent.reading.text.patterns import regex
from agent.reading.text.quoting import split_quoted
from agent.reading.text.shorthand import WRITTEN_OUT
from agent.reading.text.span import Span
from agent.reading.text.spelled import spelled
from agent.reading.values.counts_told import fewer_came, too_many
from agent.reading.values.kept_counts import taken_from
from agent.reading.values.money import decimal_text, money_spans
from agent.reading.values.relations import part_spans
from agent.reading.values.short_counts import short_of
from agent.reading.values.spans import bare, find_order_refs, find_spans
from agent.reading.view import LineView, OrderView, TurnView

_WORD = regex(r"[^\W_]+")
_NUMBER = regex(r"\d{1,3}(?:[.,'\u00a0\u202f]\d{3})+(?:[.,]\d{1,4})?|\d+(?:[.,]\d{1,4})?|(?<!\d)[.,]\d{1,2}")
_DECIMAL = regex(r"-?\d+(?:\.\d+)?")
_WORDS = regex(rf"\b{WORD_NUMBER}\b", re.IGNORECASE)
_SHARE = r"\s?(?:%|percent\b|per cent\b|pct\b|prozent\b|por ?ciento\b|pour ?cent\b|per ?cento\b|procent\b)"
_PERCENT = regex(rf"({_NUMBER.pattern}|{WORD_NUMBER}){_SHARE}", re.IGNORECASE)
_FRACTIONS = (
    (r"half|halve|1/2|mitad|moitié|hälfte|halb\w*", ("50",)),
    (r"three[ -]quarters?|3/4", ("75",)),
    (r"quarter|1/4|cuarto|quart|viertel", ("25",)),
    (r"third|1/3|tercio|tiers|drittel", ("33", "33.3", "33.33", "66", "66.7", "66.67", "67")),
)
_COUNTS = (
    (r"both|a couple|couple|pair|beide|ambos|ambas|les deux", 2),
    (r"an?|single|one|just the|only the|another|un[ae]?|ein\w*", 1),
    (r"dozen", 12),
    (r"none|nothing|no|zero", 0),
)
_ALL = regex(
    r"\b(?:all|both|everything|every|each|whole|entire|entirely|full|fully|complete|completely|total|lot|max\w*|rest"
    r"|remain\w*|left|suggested|that amount|penny|100 ?%|money back|todo|todos|todas|completo|alles|alle|voll\w*"
    r"|ganz\w*|gesamt\w*|tout|toute|tous|complet|intégral\w*)",
    re.IGNORECASE,
)
_NOTHING = regex(
    r"\b(?:no|not|none|nothing|without|w/o|zero|free|waive\w*|skip|drop|never|nope|neither|\w+n['’]t"
    r"|remov\w*|lose|scrap|strike|kill|ditch|bin|forget|cancel\w*|cut|minus|less|exclud\w*|except|leav(?:e"
    r"|ing) .*(?:out|off)|take .*(?:out|off)|keep|deduct\w*|only)\b"
    r"|\bfees? (?:off|out|away)\b|\b0\b",
    re.I,
)
_SHIPPING = regex(
    r"ship|shpg|shping|postage|deliv|dlvr|delv|freight|p ?& ?p|versand|porto?\b|lieferung|env[ií]o|livraison",
    re.IGNORECASE,
)


class Said:
    """One message, seen as evidence: does it hold this number, this code, these words?"""

    def __init__(self, view: TurnView) -> None:
        self.view = view
        own, _ = split_quoted(view.text)
        self.text = own.strip()
        self.heard = spelled(self.text).text
        """With the shortest spellings written out, as it is read."""
        self.flat = " ".join(self.text.split()).casefold()
        self.words = _words(self.text)
        self._spans: dict[str | None, list[Span]] = {}

    def has_words(self, value: str) -> bool:
        """Whether every word of `value` was said, in this order."""
        words = _words(value)
        at = iter(self.words)
        return bool(words) and all(word in at for word in words)

    def has_span(self, span: str) -> bool:
        """Whether `span` stands in the message (blanks and case aside)."""
        return " ".join(span.split()).casefold() in self.flat or self.has_words(span)

    def has_code(self, code: str) -> bool:
        """Whether an order, return or tracking number stands in the message, however it is broken up."""
        letters = re.findall(r"[^\W_]", code)
        if not letters:
            return False
        broken = r"[\s#/_.-]*".join(re.escape(letter) for letter in letters)
        return re.search(rf"(?<![^\W_]){broken}(?![^\W_])", self.text, re.IGNORECASE) is not None

    def asks(self, *slots: str) -> bool:
        """Whether the open question is for one of these slots."""
        return self.view.pending is not None and self.view.pending.slot in slots

    @cached_property
    def says_all(self) -> bool:
        """Whether words for the whole of something were said."""
        return bool(_ALL.search(self.heard)) or any(
            WRITTEN_OUT.get(word) in {"full", "all"} for word in self.words
        )

    @cached_property
    def says_nothing(self) -> bool:
        """Whether words for none of something were said."""
        return bool(_NOTHING.search(self.heard)) or any(
            WRITTEN_OUT.get(w) in {"no", "without"} for w in self.words
        )

    @cached_property
    def says_shipping(self) -> bool:
        """Whether shipping or postage was named."""
        return bool(_SHIPPING.search(self.heard)) or any("ship" in WRITTEN_OUT.get(w, "") for w in self.words)

    @cached_property
    def orders(self) -> list[OrderView]:
        """The orders in view, the topic first."""
        return [*([self.view.order] if self.view.order else []), *self.view.orders]

    @cached_property
    def lines(self) -> dict[str, LineView]:
        """Every order line in view, by id."""
        return {line.id: line for order in self.orders for line in order.lines}

    @cached_property
    def names_an_order(self) -> bool:
        """Whether the message names any order by number."""
        return bool(find_order_refs(self.heard))

    @cached_property
    def currencies(self) -> set[str]:
        """Currencies of the orders in view, and those that were said."""
        found = {order.currency for order in self.orders}
        for held in [*found, None]:
            found |= {s.value["currency"] for s in self._money(held) if s.value.get("currency")}
        return found | {word.upper() for word in self.words if len(word) == 3 and word.isalpha()}

    @cached_property
    def amounts(self) -> set[Decimal]:
        """Every amount the words can mean, however the decimal mark is taken; order numbers are none."""
        found: set[Decimal] = set()
        held = {order.currency for order in self.orders}
        for currency in (*held, None):
            sums = [s.value for s in self._money(currency) if s.value["kind"] in {"exact", "each"}]
            found |= {Decimal(value["value"]) for value in sums}
            found |= {
                Decimal(decimal_text(number, currency))
                for number in self._bare_numbers()
                if number[0].isdigit()
            }
        found |= {
            Decimal("0" + number.replace(",", "."))
            for number in self._bare_numbers()
            if not number[0].isdigit()
        }
        found |= {
            Decimal(value)
            for m in _WORDS.finditer(self.heard)
            if (value := word_value(m.group())) is not None
        }
        found |= {-amount for amount in found if "-" in self.heard}
        return found | self._moved(found) | self._known()

    def _moved(self, found: set[Decimal]) -> set[Decimal]:
        """By how much a card's amount moves where another sum is held back of it ("8, not 5")."""
        held = self.view.slots.get("amount")
        if self.view.proposal is None or not isinstance(held, dict) or held.get("kind") != "less":
            return set()
        before = Decimal(str(held["value"]))
        return {abs(amount - before) for amount in found} if before in found else set()

    @cached_property
    def percents(self) -> set[Decimal]:
        """Every share of a hundred that was said."""
        found = {Decimal(s.value["value"]) for s in self._money(None) if s.value["kind"] == "percent"}
        for match in _PERCENT.finditer(self.heard):
            word = match.group(1).lower()
            found.add(
                Decimal(NUMBER_WORDS[word]) if word in NUMBER_WORDS else Decimal(decimal_text(word, None))
            )
        for pattern, shares in _FRACTIONS:
            if re.search(rf"\b(?:{pattern})\b", self.heard, re.IGNORECASE):
                found |= {Decimal(share) for share in shares}
        return found

    @cached_property
    def says_share(self) -> bool:
        """Whether a part of all was said ("half of them")."""
        return any(re.search(rf"\b(?:{words})\b|fifth", self.heard, re.I) for words, _ in _FRACTIONS)

    @cached_property
    def leaves_out(self) -> bool:
        """Whether something is named that is not meant, or told of what has left, so that the rest is."""
        return leaves_out(self.heard) or tells_unsent(self.heard)

    @cached_property
    def counts(self) -> set[int]:
        """Every count that was said, in digits or words."""
        found = {int(digits) for digits in re.findall(r"\d{1,4}", self.heard)}
        found |= {NUMBER_WORDS[word] for word in self.words if word in NUMBER_WORDS}
        found |= {v for m in _WORDS.finditer(self.heard) if (v := word_value(m.group())) is not None}
        found |= {n for pattern, n in _COUNTS if re.search(rf"\b(?:{pattern})\b", self.heard, re.IGNORECASE)}
        if self.says_all:
            found |= {line.quantity for line in self.lines.values()}
        return found

    @cached_property
    def missing(self) -> set[int]:
        """How many did not come, where only so many of so many did."""
        heard = self.heard
        part = [
            span.value
            for span in [*part_spans(heard), *fewer_came(heard), *too_many(heard), *short_of(heard)]
        ]
        taken = taken_from(heard)
        left = {taken[0] - taken[1]} if taken is not None and taken[0] is not None else set()
        return {value for value in part if isinstance(value, int)} | left

    def _money(self, currency: str | None) -> list[Span]:
        known = frozenset(bare(order.number) for order in self.orders)
        return [
            *money_spans(self.heard, currency),
            *(s for s in find_spans(self.heard, currency, known) if s.kind == "money"),
        ]

    def _known(self) -> set[Decimal]:
        """The amount the open case has already, to be said again in another currency."""
        amount = self.view.slots.get("amount")
        value = amount.get("value") if isinstance(amount, dict) and amount.get("kind") == "exact" else None
        return {Decimal(value)} if isinstance(value, str) and _DECIMAL.fullmatch(value) else set()

    def _bare_numbers(self) -> list[str]:
        """Numbers that stand for themselves: no share of a hundred, not the number of an order in view."""
        known = set() if self.asks(*MONEY_SLOTS) else {bare(order.number) for order in self.orders}
        text = _PERCENT.sub(" ", self.heard)
        return [m.group() for m in _NUMBER.finditer(text) if m.group() not in known]


MONEY_SLOTS = ("amount", "shipping", "return_fee", "restocking_fee", "return_cost", "review_amount")


def _words(text: str) -> list[str]:
    return [match.group().casefold() for match in _WORD.finditer(text)]
