"""What each write to a return takes. Amounts are minor units of the order's currency; lines are named by id."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.reasons import RefundReason, RejectReason
from domain.returns.model import Fee
from domain.whole import Whole

GENERATE: Literal["generate"] = "generate"


class Units(BaseModel):
    """Units of a line. The same line twice is added up before anything is checked."""

    model_config = ConfigDict(extra="forbid")

    line: str
    quantity: Whole = Field(ge=1)
    reason: RefundReason | None = None


class UploadedLabel(BaseModel):
    """A stored file that :func:`domain.returns.labels.check_label` let in."""

    model_config = ConfigDict(extra="forbid")

    origin: Literal["upload"] = "upload"
    sha256: str
    media_type: str = ""
    name: str = ""


LabelChoice = UploadedLabel | Literal["generate"]


class Terms(BaseModel):
    """What is agreed when goods may come back: by approval of a request, or by staff themselves."""

    model_config = ConfigDict(extra="forbid")

    lines: list[Units] = Field(default_factory=list)
    reason: RefundReason | None = None
    return_fee: Fee | None = None
    restocking_fee: Fee | dict[str, Fee] | None = None
    """For all units together, or by line id."""
    carrier: str = ""
    tracking: str = ""
    label: LabelChoice | None = None
    return_cost: Whole | None = None
    note: str = ""


class CreateReturn(Terms):
    """Payload of `create_return`: a return that staff start."""


class ApproveReturn(Terms):
    """Payload of `approve_return`. Without lines, all requested units; else only those given."""

    return_id: str
    window_override: bool = False
    """A supervisor lets a request in that came after the return window."""


class Communication(BaseModel):
    """What the customer is told; a text, or a link to it."""

    model_config = ConfigDict(extra="forbid")

    channel: str = "email"
    text: str


class RejectReturn(BaseModel):
    """Payload of `reject_return`. Without `communication`, the order's log must hold a record already."""

    model_config = ConfigDict(extra="forbid")

    return_id: str
    reason: RejectReason | None = None
    explanation: str = ""
    communication: Communication | None = None


class EditReturn(BaseModel):
    """Payload of `edit_return`. What is None stays as it is."""

    model_config = ConfigDict(extra="forbid")

    return_id: str
    carrier: str | None = None
    tracking: str | None = None
    label: LabelChoice | None = None
    return_cost: Whole | None = None
    in_transit: bool = False
    """The customer has sent it off."""
    note: str = ""


class InspectedLine(BaseModel):
    """What came back of a line; units that are neither are still awaited."""

    model_config = ConfigDict(extra="forbid")

    line: str
    good: Whole = Field(0, ge=0)
    damaged: Whole = Field(0, ge=0)
    missing: Whole = Field(0, ge=0)


class ReceiveReturn(BaseModel):
    """Payload of `receive_return`. With `all_good`, every unit of a line that is not named came back good."""

    model_config = ConfigDict(extra="forbid")

    return_id: str
    inspection: list[InspectedLine] = Field(default_factory=list)
    all_good: bool = False
    return_cost: Whole | None = None
    note: str = ""


class CancelReturn(BaseModel):
    """Payload of `cancel_return`."""

    model_config = ConfigDict(extra="forbid")

    return_id: str
    note: str = ""


class CloseReturn(BaseModel):
    """Payload of `close_return`. A return that is not done yet needs a reason, and a supervisor."""

    model_config = ConfigDict(extra="forbid")

    return_id: str
    reason: str = ""
