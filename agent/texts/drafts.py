"""Drafts of messages to customers, in their language: true by the order, without a promise, to be sent by a person.

Amounts, dates and goods come from the order alone; a refund is called one only when it succeeded, a return approved
only when it is. What people wrote (names, titles, explanations) is data: cleaned, cut, and without promises.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date

from agent.texts.languages import LANGUAGES, guess_language, language_code
from agent.texts.promises import strip_promises, violations_of_promises
from agent.texts.prompts import fill
from agent.texts.wording import money
from domain.orders.model import Order
from domain.reasons import RejectReason
from domain.refunds.model import Refund, RefundStatus
from domain.returns.model import Return, ReturnStatus

DRAFTS = ("evidence_request", "approval", "rejection", "refund_notice")

_MARKUP = re.compile(r"[<>{}\[\]`*|\\~^]|https?://\S+|www\.\S+")
_NO_NAME = re.compile(r"[@\d/:;!?]|\b(?:system|admin|ignore|refund|test|guest|customer|unknown|n/a)\b", re.I)
_BRANDS = {
    "visa": "Visa",
    "paypal": "PayPal",
    "mastercard": "Mastercard",
    "amex": "American Express",
    "ideal": "iDEAL",
}
_ON_ITS_WAY = (ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT)
_UNDECIDED = (RefundStatus.PENDING, RefundStatus.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a draft is written from."""

    language: str
    order: Order | None
    values: dict[str, Any]

    def say(self, key: str, /, **values: str) -> str:
        """A text of the language's file, with the order's number."""
        number = self.order.number if self.order else str(self.values.get("order") or "")
        filled = fill(f"drafts/{self.language}.yaml", key, {"order": plain(number, 20), **values})
        return re.sub(r" +(?=[,.])", "", re.sub(r"\bde el\b", "del", re.sub(r"  +", " ", filled)))

    def money(self, minor: int) -> str:
        """An amount of the order's currency in the draft's language."""
        return money(minor, self.order.currency if self.order else "EUR", self.language)

    def listed(self, parts: list[str]) -> str:
        """``a, b and c``."""
        head, last = ", ".join(parts[:-1]), parts[-1]
        return f"{head} {self.say('and')} {last}" if head else last

    def title(self, text: str) -> str:
        """A product's title, or a general word where it cannot stand in a letter."""
        title = plain(text, 80)
        if not title or violations_of_promises(f"{title}."):
            return self.say("the_item")
        return self.say("quoted", title=title)


def write_draft(draft: str, language: str, order: Order | None, values: dict[str, Any]) -> tuple[str, str]:
    """The text and the language it is in: the one asked for, or English where there are no templates for it.

    `values` may name ``items`` (titles), ``explanation``, ``reject_reason``, ``return_id``, ``refund_id`` and
    ``photo_only``. A draft that the order does not bear out (a refund notice without a refund) only acknowledges.
    """
    code = language_code(language)
    chosen = code if code in LANGUAGES else "en"
    desk = _Draft(chosen, order, values)
    body = _BODIES[draft](desk) if draft in _BODIES else [desk.say("acknowledgement")]
    parts = [_greeting(desk), *(part for part in body if part), desk.say("closing")]
    return strip_promises("\n\n".join(parts))[0], chosen


def plain(text: str, longest: int) -> str:
    """One line of data as text: no control characters, markup or links; cut at `longest` characters."""
    kept = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    tidy = " ".join(_MARKUP.sub(" ", kept).split())
    return tidy if len(tidy) <= longest else tidy[: longest - 1].rstrip() + "…"


def _greeting(desk: _Draft) -> str:
    name = plain(desk.order.customer.name if desk.order else str(desk.values.get("customer") or ""), 60)
    words = name.split()
    if not words or len(words) > 4 or _NO_NAME.search(name) or violations_of_promises(f"{name}."):
        return desk.say("greeting_unnamed")
    return desk.say("greeting", name=words[0].rstrip(",") if desk.language == "en" else name)


def _evidence_request(desk: _Draft) -> list[str]:
    named = [desk.title(str(title)) for title in desk.values.get("items") or [] if str(title).strip()]
    if not named and desk.order and len(desk.order.lines) == 1:
        named = [desk.title(desk.order.lines[0].title)]
    items = desk.listed(list(dict.fromkeys(named))[:4]) if named else desk.say("the_item")
    return [
        desk.say(
            "evidence_request_photo" if desk.values.get("photo_only") else "evidence_request", items=items
        )
    ]


def _approval(desk: _Draft) -> list[str]:
    ret = _return_of(desk, _ON_ITS_WAY)
    if ret is None or desk.order is None:
        return [desk.say("acknowledgement")]
    units = "\n".join(
        f"- {entry.quantity} × {desk.title(desk.order.line(entry.line).title)}"
        for entry in ret.lines
        if entry.quantity
    )
    return [
        desk.say("approval", units=units),
        " ".join(_logistics(desk, ret)),
        _fees(desk, ret),
        desk.say("approval_after"),
    ]


def _logistics(desk: _Draft, ret: Return) -> list[str]:
    said = []
    carrier, tracking = plain(ret.carrier, 40), plain(ret.tracking, 40)
    if ret.label:
        said.append(desk.say("approval_label"))
    elif ret.label_requested:
        said.append(desk.say("approval_label_requested"))
    if carrier and tracking:
        said.append(desk.say("approval_tracking", carrier=carrier, tracking=tracking))
    elif carrier:
        said.append(desk.say("approval_carrier", carrier=carrier))
    if not tracking and not ret.label and not ret.label_requested:
        said.append(desk.say("approval_own_way"))
    return said


def _fees(desk: _Draft, ret: Return) -> str:
    restocking = sum(entry.restocking_fee for entry in ret.lines)
    named = (("return_fee", ret.return_fee), ("restocking_fee", restocking))
    fees = [desk.say(name, amount=desk.money(fee)) for name, fee in named if fee > 0]
    return desk.say("approval_fees", fees=desk.listed(fees)) if fees else ""


def _rejection(desk: _Draft) -> list[str]:
    ret = _return_of(desk, (ReturnStatus.REJECTED,)) or _return_of(desk, (ReturnStatus.REQUESTED,))
    titles = (
        [desk.title(desk.order.line(entry.line).title) for entry in ret.lines] if ret and desk.order else []
    )
    opening = desk.say("rejection_items", items=desk.listed(titles)) if titles else desk.say("rejection")
    return [opening, *_explained(desk, ret), desk.say("rejection_after")]


def _explained(desk: _Draft, ret: Return | None) -> list[str]:
    """The explanation staff gave; the reason beside it where that is missing or in another language."""
    written = str(desk.values.get("explanation") or (ret.explanation if ret else ""))
    explanation = plain(strip_promises(written)[0], 800)
    reason = str(desk.values.get("reject_reason") or (ret.reject_reason if ret and ret.reject_reason else ""))
    known = reason in set(RejectReason) - {RejectReason.OTHER}
    foreign = guess_language(explanation) not in ("", desk.language)
    said = [desk.say(f"rejection_{reason}")] if known and (foreign or not explanation) else []
    return [*said, explanation] if explanation else said


def _refund_notice(desk: _Draft) -> list[str]:
    refunds = sorted(desk.order.refunds, key=_decided) if desk.order else []
    wanted = desk.values.get("refund_id")
    chosen = [refund for refund in refunds if wanted in (None, "", refund.id)]
    given = [refund for refund in chosen if refund.status is RefundStatus.SUCCEEDED]
    waiting = [refund for refund in chosen if refund.status in _UNDECIDED]
    if not given:
        pending = desk.say("refund_pending", amount=desk.money(waiting[-1].amount)) if waiting else ""
        return [pending or desk.say("acknowledgement")]
    more = [desk.say("refund_another_pending", amount=desk.money(waiting[-1].amount))] if waiting else []
    return [" ".join([*_given(desk, given[-1]), *more])]


def _decided(refund: Refund) -> Any:
    return refund.decided_at or refund.created_at


def _given(desk: _Draft, refund: Refund) -> list[str]:
    parts = [
        (a.amount, _method(desk, a.method)) for a in refund.allocations if a.status is RefundStatus.SUCCEEDED
    ]
    methods = list(dict.fromkeys(method for _, method in parts))
    method = desk.listed(methods) if methods else desk.say("the_customers_payment")
    amount = desk.money(refund.amount)
    if refund.decided_at is None:
        said = [desk.say("refund_notice", amount=amount, method=method)]
    else:
        date = format_date(refund.decided_at, "long", locale=desk.language)
        said = [desk.say("refund_notice_dated", amount=amount, method=method, date=date)]
    if len(parts) > 1:
        shares = desk.listed(
            [desk.say("refund_part", amount=desk.money(part), method=name) for part, name in parts]
        )
        said.append(desk.say("refund_notice_split", parts=shares))
    return said


def _method(desk: _Draft, method: str) -> str:
    name = plain(method.replace("_", " "), 40)
    if name.lower() in ("gift card", "giftcard", "gift"):
        return desk.say("gift_card")
    return _BRANDS.get(name.lower(), name) or desk.say("the_customers_payment")


def _return_of(desk: _Draft, statuses: tuple[ReturnStatus, ...]) -> Return | None:
    """The return named, else the latest in one of these states."""
    wanted = desk.values.get("return_id")
    fits = (
        [r for r in desk.order.returns if r.status in statuses and wanted in (None, "", r.id)]
        if desk.order
        else []
    )
    return fits[-1] if fits else None


_BODIES = {
    "evidence_request": _evidence_request,
    "approval": _approval,
    "rejection": _rejection,
    "refund_notice": _refund_notice,
}
