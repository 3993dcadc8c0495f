"""The parts a sidebar is drawn from: what stands in each, in the reader's language, ready to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

EMPTY = Markup("")

Tone = Literal["plain", "good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value."""

    label: Markup
    value: Markup
    soft: bool = False
    tag: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that says something; `closed`: why it cannot be pressed. `file`: it adds that file instead."""

    label: Markup
    say: str = ""
    detail: Markup = EMPTY
    closed: Markup = EMPTY
    best: bool = False
    file: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told. `urgent`: at once (an alert), else politely."""

    text: Markup
    tone: Tone = "plain"
    source: str = ""
    urgent: bool = False
    action: Choice | None = None
    take_in: bool = False
    """Its button takes the ticket in anew."""


@dataclass(frozen=True, slots=True)
class FileChip:
    """An attachment of the ticket, offered as evidence."""

    id: str
    name: str
    is_image: bool
    added: bool
    can_add: bool


@dataclass(frozen=True, slots=True)
class ClaimsPart:
    """What the customer says, as quoted spans."""

    quotes: list[str]
    language: str
    summary: list[Markup]
    files: list[FileChip]


@dataclass(frozen=True, slots=True)
class OrderPart:
    """The order at a glance."""

    number: str
    customer: str
    placed: str
    rows: list[Row]
    refundable: str
    why: Markup
    several: bool
    """Whether the ticket could be about another one as well."""


@dataclass(frozen=True, slots=True)
class PickerPart:
    """Which order it is about."""

    question: Markup
    hint: Markup
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One question, the best answer first. `chips`: further ways; `reasons`: closed ones, grouped by reason."""

    question: Markup
    choices: list[Choice]
    chips: list[Choice] = field(default_factory=list)
    reasons: list[tuple[Markup, Markup]] = field(default_factory=list)
    foreign: bool = False
    """The desk's own words, in English."""


@dataclass(frozen=True, slots=True)
class MovePart:
    """An account before and after."""

    account: Markup
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EditPart:
    """The form of a card: field to present value, and what is wrong by field."""

    values: dict[str, str]
    was: dict[str, str]
    errors: dict[str, Markup] = field(default_factory=dict)
    open: bool = False


@dataclass(frozen=True, slots=True)
class ProposalPart:
    """A card that waits for a button; without `can_press` it only shows."""

    id: str
    sha256: str
    title: Markup
    headline: Markup
    is_amount: bool
    to: str
    rows: list[Row]
    moves: list[MovePart]
    warnings: list[Markup]
    difference: list[str]
    button: Markup
    footnote: Markup
    seconds: int
    """Until it runs out."""
    minutes: int
    can_press: bool
    can_edit: bool
    why_not: Markup
    edit: EditPart | None
    first: bool = True


@dataclass(frozen=True, slots=True)
class DecidedPart:
    """A card that no longer waits: what became of it, and the way on."""

    state: str
    title: Markup
    text: Markup
    say: str = ""
    button: Markup = EMPTY


@dataclass(frozen=True, slots=True)
class ResultPart:
    """What happened."""

    outcome: str
    title: Markup
    lines: list[Markup]
    note: Literal["written", "waiting", "none"]
    note_url: str
    by: Markup


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A reply to the customer, for a person to send."""

    text: str
    language: str
    name: str
    others: list[Choice]


Part = (
    Notice
    | ClaimsPart
    | OrderPart
    | PickerPart
    | QuestionPart
    | ProposalPart
    | DecidedPart
    | ResultPart
    | DraftPart
)


@dataclass(slots=True)
class View:
    """The whole sidebar. `state` names it; `step` of 4 is where the case stands (5: done)."""

    state: str
    heading: Markup
    who: Markup
    step: int
    seen: str
    told: Markup
    """One sentence for whoever does not see it change."""
    parts: list[Part] = field(default_factory=list)
    behind: list[Part] = field(default_factory=list)
    """What stays at hand, folded away."""
    may_write: bool = True
    is_open: bool = False
    """Whether the provider still owes an answer: nothing else is offered meanwhile."""
    proposal_id: str = ""
    """The proposal that is shown."""
    shows_words: bool = False
    """Whether what staff wrote is shown above the answer."""
