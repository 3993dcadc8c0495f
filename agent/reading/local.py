"""The embedded reader: no key, no network, starts with the package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np

from agent.commands import Answer, Clarify, Command, OutOfScope, SetSlot, SlotValue
from agent.reading.answers.numbers import answering
from agent.reading.cards.added_goods import with_added
from agent.reading.cards.rest_of_card import with_the_rest
from agent.reading.cards.settled import settled
from agent.reading.classifier.models import WEIGHTS, Encoder, Model, shared_encoder
from agent.reading.clauses.one_way import GO_ON
from agent.reading.clauses.split import Clause, split_clauses, whole_clause
from agent.reading.clauses.weighed import Weighed, vetoed
from agent.reading.clauses.weighing import keeps_goods, weigh
from agent.reading.goods.of_return import with_return_of
from agent.reading.goods.titles import with_suppliers, with_titles
from agent.reading.goods.variants import with_numbers
from agent.reading.interpret import interpret
from agent.reading.outright import outright
from agent.reading.read_whole import left_alone
from agent.reading.text.language import language_code
from agent.reading.text.patterns import compile_all
from agent.reading.text.put_right import put_right
from agent.reading.text.quoting import split_quoted
from agent.reading.text.span import is_name, masked
from agent.reading.text.spelled import spelled
from agent.reading.text.wording import EMOJI
from agent.reading.values.spans import find_spans
from agent.reading.view import LineView, TurnView, Understanding
from agent.reading.words.act import HARD, Open
from agent.reading.words.evidence_words import handed_on, only_leads, with_words
from agent.reading.words.named_customer import with_customer
from agent.reading.words.people import with_customers, with_names
from agent.reading.words.reasons import ReasonFound
from agent.reading.words.said_into import known_numbers, open_of
from agent.reading.words.taken_back import taken_back
from domain.reasons import RefundReason

_DECIDED = 0.93
"""From here on the words decide alone where they are said into something: an order, a case, a question."""
_IN_CONTEXT = frozenset({"Answer", "SetSlot", "CorrectSlot"})
_SLOT_INTENTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("evidence", frozenset({"evidence", "waiver_note", "tracking", "carrier"})),
    (
        "review_return",
        frozenset("decision reject_reason explanation inspection return_fee restocking_fee label".split()),
    ),
    ("supplier_result", frozenset({"verdict"})),
    ("supplier_request", frozenset("review_kind review_amount review_notes".split())),
    ("merchant_return", frozenset({"return_reason"})),
    ("lookup_order", frozenset({"order", "order_query"})),
)
_FLOW_INTENTS = {
    "quality_issue": "report_issue", "review_return": "review_return", "merchant_return": "merchant_return",
    "return_progress": "review_return", "supplier_review": "supplier_request", "draft_reply": "evidence",
}  # fmt: skip
_NO_ISSUE = frozenset({RefundReason.PRICE_ADJUSTMENT, RefundReason.DUPLICATE})
_TELLING = 0.75
_REASON_OF = {
    "quality": RefundReason.DEFECTIVE,
    "wrong_item": RefundReason.WRONG_ITEM,
    "not_received": RefundReason.NOT_RECEIVED,
    "late": RefundReason.LATE_DELIVERY,
    "changed_mind": RefundReason.CHANGED_MIND,
}
_HAS_ISSUE = frozenset({"direct_refund", "merchant_return", "report_issue"})
_MAY_NAME_ONE = frozenset({"supplier_request", "evidence", "review_return", "correct"})
"""Intents that an issue is no part of, where its words still tell it."""


class LocalReader:
    """Reads a message with patterns, n-grams and a small sentence encoder; deterministic, one thread."""

    name = "local"

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """`weights` is the folder of ``heads.npz`` and ``heads.json``."""
        self._weights = weights
        self._model: Model | None = None
        self._known: frozenset[str] = frozenset()
        self._lock = Lock()

    def warm(self) -> None:
        """Load the models and compile the patterns now rather than with the first message."""
        self._loaded()
        compile_all()

    def encoder(self) -> Encoder:
        """The sentence encoder (loaded when needed): its forward pass is what reading is measured against."""
        return self._loaded().encoder

    def read(self, view: TurnView) -> Understanding:
        """Read one message. Never raises on any text."""
        own, quoted = split_quoted(view.text)
        text = own.strip()
        handed = handed_on(view.text, quoted, _wants_words(view))
        if handed is not None and only_leads(text):
            return _described(handed, view)
        if not any(ch.isalnum() or ch in EMOJI for ch in text):
            return self._wordless(view, quoted, text)
        language = language_code(text)
        if language != "en":
            return left_alone(OutOfScope(language=language, confidence=0.95, span=text))
        words = spelled(text)
        right = put_right(words.text, known_numbers(view))
        view = view.model_copy(update={"text": right.text}) if right.places else view
        heard = self._read_english(right.text, view)
        heard.commands = words.told(right.told(heard.commands))
        if handed is not None:
            heard.commands = with_words(heard.commands, handed)
        return heard

    def _read_english(self, text: str, view: TurnView) -> Understanding:
        model = self._loaded()
        held = [order.currency for order in (view.order, *view.orders) if order and order.currency]
        currency = held[0] if held else None
        spans = find_spans(text, currency, known_numbers(view), _known_returns(view), _goods_numbers(view))
        spans = with_numbers(spans, _lines(view))
        now = with_return_of(open_of(view, spans), view, text)
        spans = with_names(text, answering(spans, text, view), view.names)
        unnamed = masked(text, [span for span in spans if span.kind == "person" or is_name(span)])
        spans = with_suppliers(text, with_titles(unnamed, spans, _titles(view)), _suppliers(view))
        spans = with_customer(text, spans, view)
        known = with_customers(self._known, view)
        clauses = split_clauses(text, spans, known, now)
        whole = whole_clause(text, spans, known, now) if view.proposal or view.flow or view.dropped else None
        plain = outright(whole, view, self._similar) if whole else None
        if plain is not None:
            return plain
        keeps = keeps_goods(clauses)
        issues: list[str] = []
        weighed: list[Weighed] = []
        for clause, (intents, issue) in zip(clauses, self._opinions(model, clauses, now), strict=True):
            part = weigh(clause, intents, text, now, keeps=keeps)
            weighed.append(part)
            issues.append(_issue(part, issue, model))
        commands = interpret(weighed, view, self._similar)
        if whole is not None:
            commands = with_added(taken_back(commands, whole.signals, view), whole.signals, view)
            commands = with_the_rest(commands, whole.signals, view)
        if whole is not None and view.proposal is not None:
            commands = settled(commands, whole.signals, view)
        lead = _lead(weighed)
        intent, confidence = weighed[lead].intent, weighed[lead].confidence
        if commands and commands[0].name in _IN_CONTEXT:
            unsaid = commands[0].name == "Answer" and weighed[lead].clause.act is None
            if confidence < GO_ON or commands[0].name == "CorrectSlot" or unsaid:
                intent = _intent_in_context(commands[0], view)
            confidence = max(confidence, commands[0].confidence)
        return Understanding(
            commands=commands,
            intent=intent,
            issue_type=next((issue for issue in issues[lead:] if issue != "other"), "other"),
            confidence=round(confidence, 4),
            alternatives=weighed[lead].ranked[:3],
        )

    def _loaded(self) -> Model:
        if self._model is None:
            with self._lock:
                if self._model is None:
                    encoder = shared_encoder()
                    self._known = encoder.known_words()
                    self._model = Model(encoder, self._weights)
        return self._model

    def _opinions(
        self, model: Model, clauses: list[Clause], now: Open
    ) -> list[tuple[np.ndarray, np.ndarray] | tuple[None, None]]:
        """What the models say of each clause, by one forward pass; none where the words decide alone."""
        decided = _DECIDED if now.order_known or now.anything else HARD
        unsure = [clause.act is None or clause.act.strength < decided for clause in clauses]
        asked = [clause.signals for clause, open_ in zip(clauses, unsure, strict=True) if open_]
        texts = [signals.wording.for_model() for signals in asked]
        read = iter(model.read(texts, [signals.names() for signals in asked]) if asked else [])
        return [next(read) if open_ else (None, None) for open_ in unsure]

    def _similar(self, phrase: str, titles: Sequence[str]) -> Sequence[float]:
        encoder = self._loaded().encoder
        vector = encoder.cached(phrase.lower())
        return [float(vector @ encoder.cached(title.lower())) for title in titles]

    def _wordless(self, view: TurnView, quoted: list[str], text: str) -> Understanding:
        if view.attachments:
            slot = SlotValue(value={"kind": "attached", "text": None}, span=text)
            return Understanding(
                commands=[SetSlot(slots={"evidence": slot})], intent="evidence", confidence=0.9
            )
        return Understanding(commands=[Clarify(confidence=0.0, span=text)], intent="oos", confidence=0.0)


def _wants_words(view: TurnView) -> bool:
    """Whether proof is asked for, or was said not to be there."""
    told = view.slots.get("evidence")
    asked = view.pending is not None and view.pending.slot == "evidence"
    return asked or (isinstance(told, dict) and told.get("kind") == "none")


def _described(words: SlotValue, view: TurnView) -> Understanding:
    """Staff hand on the customer's own words as the description of a defect."""
    asked = view.pending is not None and view.pending.slot == "evidence"
    kind = Answer if asked else SetSlot
    command = kind(slots={"evidence": words}, confidence=0.9, span=words.span)
    return Understanding(
        commands=[command], intent="evidence", confidence=0.9, alternatives=[("evidence", 0.9)]
    )


def _lines(view: TurnView) -> list[LineView]:
    return [line for order in view.every_order() for line in order.lines]


def _titles(view: TurnView) -> list[str]:
    return [f"{line.title} {line.variant}" for line in _lines(view)]


def _suppliers(view: TurnView) -> list[str]:
    return [line.supplier for line in _lines(view) if line.supplier]


def _goods_numbers(view: TurnView) -> frozenset[str]:
    return frozenset(line.sku for line in _lines(view) if line.sku.isdigit())


def _known_returns(view: TurnView) -> frozenset[str]:
    returns = [item for order in view.every_order() for item in order.returns]
    return frozenset(item["id"].lower() for item in returns if item.get("id"))


def _issue(part: Weighed, issue: np.ndarray | None, model: Model) -> str:
    """The issue type: what the words claim, else what the model is fairly sure of.

    Where the model is very sure of an issue that no pattern knows, its reason is added to the clause, so that a
    defect told in unusual words still asks for evidence.
    """
    if part.intent not in _HAS_ISSUE | _MAY_NAME_ONE:
        return "other"
    reasons = part.clause.signals.reasons
    if reasons and reasons[0].code in _NO_ISSUE:
        return "other"
    telling = next((reason.issue_type for reason in reasons if reason.issue_type != "other"), None)
    if telling or issue is None or part.intent not in _HAS_ISSUE:
        return telling or "other"
    labels = model.issues
    if issue[labels.index("other")] >= (0.25 if reasons else 0.45):
        return "other"
    best = max((at for at, label in enumerate(labels) if label != "other"), key=lambda at: float(issue[at]))
    if not reasons and issue[best] >= _TELLING:
        reasons.append(ReasonFound(_REASON_OF[labels[best]], 0, len(part.clause.signals.plain)))
    return labels[best]


def _intent_in_context(command: Command, view: TurnView) -> str:
    """The intent that an answer or a bare fact belongs to, when its words alone do not tell."""
    if command.name == "CorrectSlot":
        return "correct"
    if "return_needed" in command.slots:
        return "merchant_return" if command.slots["return_needed"].value else "direct_refund"
    flow = (view.pending.flow if view.pending else None) or view.flow or ""
    slots = set(command.slots)
    for intent, names in _SLOT_INTENTS:
        if slots & names:
            return intent
    return _FLOW_INTENTS.get(flow, "direct_refund")


def _lead(weighed: list[Weighed]) -> int:
    """The clause that names the message: the first that is more than a greeting, a yes or a "don't"."""
    said = [at for at, part in enumerate(weighed) if part.intent not in {"greet", "confirm"}]
    acting = [at for at in said if not vetoed(weighed[at])]
    return next(iter(acting or said), 0)
