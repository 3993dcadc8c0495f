"""An uploaded label is the stored file, whatever the caller says it is."""

from __future__ import annotations

from pydantic import BaseModel

from domain.ports import UnitOfWork
from domain.returns.labels import check_label
from domain.returns.payloads import EditReturn, Terms, UploadedLabel
from domain.rules import Rule, Violation, broken


def label_violations(uow: UnitOfWork, payload: BaseModel, found: list[Violation]) -> list[Violation]:
    """Why the file that a payload names cannot be a label: it is not there, no PDF or PNG, too large.

    Nothing where `found` says already what is wrong with it.
    """
    label = payload.label if isinstance(payload, Terms | EditReturn) else None
    if not isinstance(label, UploadedLabel) or any(v.code is Rule.LABEL_INVALID for v in found):
        return []
    stored = uow.files.get(label.sha256)
    if stored is None:
        return [broken(Rule.LABEL_INVALID, "label", limit="a stored file", value="no file of that hash")]
    wrong = check_label(stored[0], label.media_type, uow.merchant.settings.label_max_bytes)
    return [wrong] if wrong else []
