"""From facts to the sidebar: which state it is in, and which parts it shows. Pure."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup, escape

from agent.messages import (
    Block,
    DraftBlock,
    HandoffBlock,
    ProposalCard,
    QuestionBlock,
    RefusedBlock,
    Reply,
    ResultCard,
    TextBlock,
)
from agent.texts.languages import LANGUAGES
from domain.identity import Role
from domain.proposals.model import Proposal, ProposalState
from integrations.sidebar import cards
from integrations.sidebar.facts import Facts
from integrations.sidebar.parts import Choice, DraftPart, EditPart, Notice, Part, QuestionPart, View
from integrations.sidebar.speech import Speech
from integrations.sidebar.ticket_parts import (
    claims_part,
    file_chips,
    order_part,
    picker_part,
    start_part,
    ticket_notices,
)

_CARDS = (ProposalCard, ResultCard)
_NAMES = {"en": "English", "de": "German", "es": "Spanish", "fr": "French"}
_OWN_NAMES = {"en": "English", "de": "Deutsch", "es": "Español", "fr": "Français"}


def make_view(
    speech: Speech, facts: Facts, *, edit: tuple[str, EditPart] | None = None, quiet: bool = False
) -> View:
    """The sidebar as it stands. `edit`: a card's form that was refused. `quiet`: the last reply is told already."""
    view = View("order", speech.t("which_order"), _who(facts), 1, facts.seen, Markup(""))
    view.may_write = facts.staff.role.covers(Role.AGENT)
    view.parts += ticket_notices(speech, facts)
    if not quiet:
        told = _told(speech, facts)
        view.parts += told
        view.shows_words = bool(told) and bool(facts.said) and not facts.said.startswith("[")
    if facts.order is None:
        picker = picker_part(speech, facts)
        view.parts += [picker, claims_part(speech, facts)]
        view.told = picker.question
        return view
    view.heading = speech.t("order_heading", number=facts.order.number)
    about: list[Part] = [claims_part(speech, facts), order_part(speech, facts)]
    middle = _middle(speech, facts, view, edit)
    if view.state in ("start", "question"):
        view.parts += [*about, *middle] if view.state == "start" else middle
        view.behind = about if view.state == "question" else []
    else:
        view.parts += middle
        view.behind = about
    return view


def _who(facts: Facts) -> Markup:
    order = facts.order
    return escape(order.customer.name if order is not None else facts.talk.requester)


def _latest(facts: Facts, kinds: tuple[type[Block], ...]) -> Reply | None:
    return next(
        (r for r in reversed(facts.replies) if any(isinstance(b, kinds) for b in r.blocks)),
        None,
    )


def _middle(speech: Speech, facts: Facts, view: View, edit: tuple[str, EditPart] | None) -> list[Part]:
    """What the case is at: a question, a card, an outcome, or where to begin."""
    newest = facts.replies[-1] if facts.replies else None
    carrying = _latest(facts, _CARDS)
    question = _question(newest) if newest is not None else None
    shows_card = newest is not None and newest is carrying
    live = [p for p in _in_question(facts, carrying) if cards.is_live(p, facts)]
    if edit is not None and live:
        return _proposals(speech, facts, view, carrying, live, edit)
    if question is not None and not shows_card:
        return [*_asked(speech, facts, view, question), *_proposals_below(speech, facts, live)]
    if carrying is not None:
        found = _cards(speech, facts, view, carrying, live)
        if found:
            return found
    if facts.foreign is not None:
        return _proposals(speech, facts, view, None, [facts.foreign], None)
    view.state, view.step = "start", 2
    begin = start_part(speech, facts)
    view.told = begin.question
    return [begin]


def _in_question(facts: Facts, carrying: Reply | None) -> list[Proposal]:
    """The proposals a reply shows, each followed to what took its place."""
    if carrying is None:
        return []
    found = []
    for block in carrying.blocks:
        if isinstance(block, _CARDS) and block.proposal_id in facts.proposals:
            found.append(_newest(facts, facts.proposals[block.proposal_id]))
    return list({proposal.id: proposal for proposal in found}.values())


def _newest(facts: Facts, proposal: Proposal) -> Proposal:
    by_old = {p.supersedes: p for p in facts.proposals.values() if p.supersedes}
    for _ in range(20):
        if proposal.id not in by_old:
            break
        proposal = by_old[proposal.id]
    return proposal


def _cards(speech: Speech, facts: Facts, view: View, carrying: Reply, live: list[Proposal]) -> list[Part]:
    if live:
        return _proposals(speech, facts, view, carrying, live, None)
    shown = _in_question(facts, carrying)
    if not shown:
        return []
    proposal = shown[-1]
    if cards.is_decided(proposal):
        return _outcome(speech, facts, view, carrying, proposal)
    if proposal.state is ProposalState.CANCELLED:
        return []
    part = cards.decided_part(speech, proposal)
    view.state, view.step = part.state, 3
    view.heading, view.told = cards.title(speech, proposal), part.text
    return [part]


def _proposals(
    speech: Speech,
    facts: Facts,
    view: View,
    carrying: Reply | None,
    live: list[Proposal],
    edit: tuple[str, EditPart] | None,
) -> list[Part]:
    blocks = carrying.blocks if carrying is not None else []
    changed = {b.proposal_id: b.difference for b in blocks if isinstance(b, ProposalCard)}
    parts: list[Part] = [
        cards.proposal_part(
            speech,
            facts,
            proposal,
            difference=changed.get(proposal.id, []),
            edit=edit[1] if edit is not None and edit[0] == proposal.id else None,
            first=place == 0,
        )
        for place, proposal in enumerate(live)
    ]
    view.proposal_id = live[0].id
    view.state, view.step = ("editing" if edit is not None else "proposal"), 3
    view.heading = speech.t("waiting", what=cards.title(speech, live[0]))
    large, _ = cards.headline(speech, live[0])
    view.told = Markup("{}: {}").format(view.heading, large)
    if any(p.supersedes in facts.proposals and p.created_by != facts.staff.id for p in live):
        parts.insert(0, Notice(speech.t("replaced", name=live[0].created_by_name), "warn", urgent=True))
    return parts


def _proposals_below(speech: Speech, facts: Facts, live: list[Proposal]) -> list[Part]:
    return [cards.proposal_part(speech, facts, each, difference=[], first=False) for each in live]


def _outcome(speech: Speech, facts: Facts, view: View, carrying: Reply, proposal: Proposal) -> list[Part]:
    result = cards.result_part(speech, facts, proposal)
    view.proposal_id = proposal.id
    view.state, view.step = f"result-{result.outcome}", 5 if result.outcome == "done" else 4
    view.is_open = result.outcome in ("unknown", "pending")
    view.who, view.told = result.by, result.title
    parts: list[Part] = [result]
    drafts = [b for b in _blocks_since(facts, carrying) if isinstance(b, DraftBlock)]
    if drafts and result.outcome == "done":
        parts.append(_draft(speech, facts, drafts[-1]))
    if view.is_open:
        return parts
    question = _question(carrying)
    newest = facts.replies[-1]
    if question is not None and newest is carrying and result.outcome == "done":
        parts.append(_question_part(speech, facts, question))
    else:
        parts.append(start_part(speech, facts, after=True))
    return parts


def _blocks_since(facts: Facts, reply: Reply) -> list[Block]:
    place = next((i for i, each in enumerate(facts.replies) if each is reply), len(facts.replies))
    return [block for each in facts.replies[place:] for block in each.blocks]


def _question(reply: Reply) -> QuestionBlock | None:
    return next((b for b in reply.blocks if isinstance(b, QuestionBlock)), None)


def _asked(speech: Speech, facts: Facts, view: View, question: QuestionBlock) -> list[Part]:
    view.state, view.step = ("evidence" if question.slot == "evidence" else "question"), 2
    view.told = escape(question.text)
    part = _question_part(speech, facts, question)
    if question.slot != "evidence":
        return [part]
    files = [
        Choice(speech.t("use_file", name=chip.name), detail=speech.t("from_ticket"), file=chip.id)
        for chip in file_chips(facts)
        if chip.can_add and not chip.added
    ]
    choices = [*files, *(replace(choice, best=False) if files else choice for choice in part.choices)]
    choices[0] = replace(choices[0], best=True)
    return [replace(part, choices=choices)]


def _question_part(speech: Speech, facts: Facts, question: QuestionBlock) -> QuestionPart:
    open_ones = [option for option in question.options if not option.disabled]
    ranked = bool(open_ones) and question.slot != "clarify" and len(question.options) < 5
    choices = [
        Choice(
            speech.phrase(option.label),
            option.say,
            escape(option.detail),
            speech.phrase(option.disabled) if option.disabled else Markup(""),
            best=ranked and option is open_ones[0],
        )
        for option in question.options
    ]
    return QuestionPart(escape(question.text), choices, foreign=True)


def _draft(speech: Speech, facts: Facts, block: DraftBlock) -> DraftPart:
    """The draft, and the customer's other language where templates have it."""
    known = facts.order.customer.language if facts.order is not None else ""
    wanted = dict.fromkeys(code for code in (known, facts.talk.language, "en") if code in LANGUAGES)
    others = [
        Choice(Markup(_OWN_NAMES[code]), f"write the {block.draft.replace('_', ' ')} in {_NAMES[code]}")
        for code in wanted
        if code != block.language
    ]
    first = facts.talk.requester.split()[0] if facts.talk.requester.split() else "—"
    return DraftPart(block.text, block.language, first, others[:2])


def _told(speech: Speech, facts: Facts) -> list[Part]:
    """The newest reply's sentences: answers, refusals, hand-overs; a draft that stands alone."""
    if not facts.replies:
        return []
    newest = facts.replies[-1]
    parts: list[Part] = []
    for block in newest.blocks:
        if isinstance(block, TextBlock):
            parts.append(Notice(speech.phrase(block.text), source=block.source))
        elif isinstance(block, RefusedBlock):
            parts.append(Notice(speech.phrase(block.text), "bad", urgent=True))
        elif isinstance(block, HandoffBlock):
            parts.append(Notice(speech.phrase(block.text), "warn"))
    carrying = _latest(facts, _CARDS)
    result = carrying is not None and any(isinstance(b, ResultCard) for b in carrying.blocks)
    if not result:
        parts += [_draft(speech, facts, b) for b in newest.blocks if isinstance(b, DraftBlock)]
    return parts
