"""The merchant's own settings: replaced as a whole, with every version in the audit trail."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from domain.orders.document import field_path
from domain.ports import UnitOfWork
from domain.rules import Refused, Rule, broken
from domain.settings import Merchant, MerchantSettings
from integrations.administration.commands import SetSettings, ShowSettings
from integrations.administration.office import Office
from integrations.administration.reach import save_merchant


async def show(office: Office, command: ShowSettings) -> dict[str, Any]:
    """Version and values."""
    return _shown(await office.store.read(office.merchant_id, lambda uow: uow.merchant))


async def replace(office: Office, command: SetSettings) -> dict[str, Any]:
    """Raises Refused with every setting that does not fit; then all stays as it was."""
    try:
        wanted = MerchantSettings.model_validate(command.settings)
    except ValidationError as error:
        raise Refused(
            *(
                broken(
                    Rule.FIELD_INVALID,
                    field_path(each["loc"]) or "settings",
                    limit=each["msg"].removeprefix("Value error, "),
                    value=repr(each["input"])[:80],
                )
                for each in error.errors(include_url=False)
            )
        ) from None
    after, changed = await office.store.write(office.merchant_id, lambda uow: _replace(office, uow, wanted))
    if changed and office.settings_changed is not None:
        await office.settings_changed()
    return _shown(after)


def _replace(office: Office, uow: UnitOfWork, wanted: MerchantSettings) -> tuple[Merchant, bool]:
    before = uow.merchant
    after = before.model_copy(update={"settings": wanted})
    if wanted == before.settings:
        return after, False
    was, now = before.settings.model_dump(mode="json"), wanted.model_dump(mode="json")
    changes = {name: [was[name], now[name]] for name in now if was[name] != now[name]}
    data = {"version": wanted.version, "was": before.settings.version, "changes": changes}
    save_merchant(uow, after)
    office.note(uow, "settings.changed", office.merchant_id, data)
    return after, True


def _shown(merchant: Merchant) -> dict[str, Any]:
    settings = merchant.settings
    return {
        "merchant": merchant.id,
        "version": settings.version,
        "settings": settings.model_dump(mode="json"),
    }
