"""Scripted cases: what goes into a replay. docs/cases.schema.json is made of these models.

Amounts are decimal strings in the order's currency, never numbers. An unknown field is an error. What comes out is
described in :mod:`evals.trace`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from domain.identity import Role
from domain.orders.document import Amount, Name, Text
from domain.orders.model import Dispute, Fulfilment
from evals.expectations import Expectations
from evals.order_shapes import OrderShape, RefundShape, ReturnShape, ReviewShape, Shape

Limits = dict[str, Amount]


class ActorShape(Shape):
    """The member of staff who speaks and presses; a currency without a limit is a limit of 0."""

    role: Role
    limit: Limits = Field(default_factory=dict)


class BalancesShape(Shape):
    """What the accounts hold at the start; an account that is left out holds what the orders brought."""

    pending_settlement: Amount | None = None
    available: Amount | None = None
    reserved: Amount | None = None
    fund: Amount | None = None


class MerchantShape(Shape):
    """The shop: settings that differ from the defaults, and what its accounts hold (without: ample)."""

    settings: dict[str, Any] = Field(default_factory=dict)
    balances: BalancesShape | None = None


class TicketShape(Shape):
    """The customer's own words, untrusted."""

    subject: Text = ""
    body: Text = ""
    requester: Text = ""


class FileShape(Shape):
    """A file; its bytes are the harness's."""

    name: Name
    type: Name
    source: Name = "customer"


class DisputeShape(Shape):
    """A dispute on the payment of that method."""

    method: Name
    state: Dispute


class ChangeShape(Shape):
    """Exactly one thing that somebody else, or the platform, wrote."""

    refund: RefundShape | None = None
    return_: ReturnShape | None = Field(None, alias="return")
    supplier_review: ReviewShape | None = None
    fulfilment: dict[str, Fulfilment] | None = None
    address: Text | None = None
    dispute: DisputeShape | None = None

    @model_validator(mode="after")
    def _one(self) -> ChangeShape:
        if len(self.model_fields_set) != 1:
            raise ValueError(
                "give exactly one of refund, return, supplier_review, fulfilment, address, dispute"
            )
        return self


class Say(Shape):
    """What the member of staff writes. Whatever it says, it is text."""

    say: Text


class Attach(Shape):
    """Files that arrive with the next message, or alone where none follows."""

    event: Literal["attach"]
    files: list[FileShape] = Field(min_length=1)


class _Press(Shape):
    proposal: Annotated[int, Field(strict=True, ge=1)] | None = None
    """The n-th that was shown."""
    order: Name | None = None


class Confirm(_Press):
    """Presses the button of the open proposal."""

    event: Literal["confirm"]


class Cancel(_Press):
    """Withdraws the open proposal."""

    event: Literal["cancel"]


class Edit(_Press):
    """Changes fields of the open proposal's card."""

    event: Literal["edit"]
    set: dict[str, Any] = Field(min_length=1)


class OtherStaffConfirms(_Press):
    """A second member of staff presses."""

    event: Literal["other_staff_confirms"]
    role: Role
    limit: Limits = Field(default_factory=dict)


class Wait(Shape):
    """Time passes."""

    event: Literal["wait"]
    minutes: Annotated[int | float, Field(gt=0)]


class OrderChanged(Shape):
    """Somebody else's or the platform's write."""

    event: Literal["order_changed"]
    order: Name
    change: ChangeShape
    by: Name | None = None


class ProviderFault(Shape):
    """What befalls the next execution."""

    event: Literal["provider"]
    answer: Literal["decline", "timeout_before", "timeout_after", "late"]


class Restart(Shape):
    """Everything is closed and opened again."""

    event: Literal["restart"]


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "say" if "say" in value and "event" not in value else str(value.get("event", "say"))
    return str(getattr(value, "event", "say"))


TurnShape = Annotated[
    Annotated[Say, Tag("say")]
    | Annotated[Attach, Tag("attach")]
    | Annotated[Confirm, Tag("confirm")]
    | Annotated[Cancel, Tag("cancel")]
    | Annotated[Edit, Tag("edit")]
    | Annotated[OtherStaffConfirms, Tag("other_staff_confirms")]
    | Annotated[Wait, Tag("wait")]
    | Annotated[OrderChanged, Tag("order_changed")]
    | Annotated[ProviderFault, Tag("provider")]
    | Annotated[Restart, Tag("restart")],
    Discriminator(
        _kind,
        custom_error_type="turn_unknown",
        custom_error_message="is no turn: a `say`, or an `event` of attach, confirm, cancel, edit, "
        "other_staff_confirms, wait, order_changed, provider, restart",
    ),
]


class CaseShape(Shape):
    """One scripted case."""

    id: Name
    theme: Name
    actor: ActorShape
    merchant: MerchantShape = Field(default_factory=MerchantShape)
    ticket: TicketShape | None = None
    orders: list[OrderShape] = Field(min_length=1)
    turns: list[TurnShape]
    expect: dict[str, Any] | None = None


def case_schema() -> dict[str, Any]:
    """JSON Schema of one case; docs/cases.schema.json is this."""
    schema = CaseShape.model_json_schema(mode="validation")
    expect = Expectations.model_json_schema(mode="validation", ref_template="#/$defs/{model}")
    schema["$defs"] = {**schema["$defs"], **expect.pop("$defs"), "Expectations": expect}
    nothing = {"type": "null"}
    schema["properties"]["expect"] = {"anyOf": [{"$ref": "#/$defs/Expectations"}, nothing], "default": None}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


if __name__ == "__main__":
    import json

    print(json.dumps(case_schema(), indent=2, ensure_ascii=False))
