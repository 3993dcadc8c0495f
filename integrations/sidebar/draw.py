"""Views as HTML. The page's stylesheet and scripts' rules hold here too: everything escaped, nothing inline."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from domain.reasons import RefundReason
from integrations.http.page.draw import HERE as PAGE
from integrations.sidebar.parts import (
    ClaimsPart,
    DecidedPart,
    DraftPart,
    Notice,
    OrderPart,
    PickerPart,
    ProposalPart,
    QuestionPart,
    ResultPart,
)
from integrations.sidebar.speech import Speech

HERE = Path(__file__).parent
_TEMPLATES = {
    Notice: "notice",
    ClaimsPart: "claims",
    OrderPart: "order",
    PickerPart: "picker",
    QuestionPart: "question",
    ProposalPart: "proposal",
    DecidedPart: "decided",
    ResultPart: "result",
    DraftPart: "draft",
}


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        nonce=lambda: secrets.token_hex(8),
        reasons=[(reason.value, reason.label) for reason in RefundReason],
        version=_version(),
    )
    found.filters["template"] = lambda part: f"parts/{_TEMPLATES[type(part)]}.html"
    found.filters["initials"] = lambda name: "".join(part[0] for part in str(name).split()[:2]).upper()
    return found


def _version() -> str:
    files = [*(PAGE / "static").glob("*.*"), *(HERE / "static").glob("*.*")]
    return f"{max(path.stat().st_mtime_ns for path in files):x}"


def render(template: str, speech: Speech, **values: Any) -> str:
    """A template with its values, in this language."""
    return _environment().get_template(template).render(speech=speech, t=speech.t, **values)
