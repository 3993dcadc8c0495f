"""Members of staff: who they are, what they may, and how channels know them."""

from __future__ import annotations

from typing import Any

from domain.identity import Staff
from domain.money import format_minor, parse_minor
from domain.ports import UnitOfWork
from domain.rules import Refused, Rule, broken
from integrations.administration.commands import (
    AddIdentity,
    AddStaff,
    ChangeStaff,
    ListStaff,
    RemoveIdentity,
)
from integrations.administration.office import Office


async def list_staff(office: Office, command: ListStaff) -> dict[str, Any]:
    """Everybody, by name."""

    def work(uow: UnitOfWork) -> list[dict[str, Any]]:
        return [_shown(uow, staff) for staff in uow.staff.all()]

    return {"staff": await office.store.read(office.merchant_id, work)}


async def add(office: Office, command: AddStaff) -> dict[str, Any]:
    """Somebody new. Raises Refused where the id is taken or a limit is no amount."""

    def work(uow: UnitOfWork) -> dict[str, Any]:
        if uow.staff.get(command.id) is not None:
            raise Refused(broken(Rule.FIELD_INVALID, "id", limit="an id nobody has", value=command.id))
        staff = Staff(
            id=command.id,
            merchant_id=uow.merchant.id,
            name=command.name,
            email=command.email,
            role=command.role,
            limits=_limits(command.limits),
        )
        if command.email:
            _nobody_else(uow, staff.id, "email", command.email)
        uow.staff.save(staff, [("email", command.email)] if command.email else [])
        office.note(uow, "staff.added", staff.id, _facts(staff))
        return _shown(uow, staff)

    return await office.store.write(office.merchant_id, work)


async def change(office: Office, command: ChangeStaff) -> dict[str, Any]:
    """Role, limits, or whether they work here. Somebody who left can do nothing from this moment."""

    def work(uow: UnitOfWork) -> dict[str, Any]:
        before = _member(uow, command.id)
        changes: dict[str, Any] = {"limits": {**before.limits, **_limits(command.limits)}}
        if command.role is not None:
            changes["role"] = command.role
        if command.active is not None:
            changes["active"] = command.active
        after = before.model_copy(update=changes)
        uow.staff.save(after)
        office.note(uow, "staff.changed", after.id, {"before": _facts(before), "after": _facts(after)})
        return _shown(uow, after)

    shown = await office.store.write(office.merchant_id, work)
    if command.active is False:
        for token in await office.tokens.all():
            if token.staff_id == command.id and token.revoked_at is None:
                await office.tokens.revoke(token.id)
    return shown


async def add_identity(office: Office, command: AddIdentity) -> dict[str, Any]:
    """Raises Refused where somebody else has that name: take it from them first."""

    def work(uow: UnitOfWork) -> dict[str, Any]:
        staff = _member(uow, command.id)
        _nobody_else(uow, staff.id, command.channel, command.identity)
        uow.staff.save(staff, [(command.channel, command.identity)])
        office.note(uow, "staff.identity_added", staff.id, {"channel": command.channel})
        return _shown(uow, staff)

    return await office.store.write(office.merchant_id, work)


async def remove_identity(office: Office, command: RemoveIdentity) -> dict[str, Any]:
    """Raises Refused where they have no such name."""

    def work(uow: UnitOfWork) -> dict[str, Any]:
        staff = _member(uow, command.id)
        if not uow.staff.drop_identity(staff.id, command.channel, command.identity):
            limit = f"a {command.channel} identity of {staff.id}"
            raise Refused(broken(Rule.FIELD_INVALID, "identity", limit=limit, value=command.identity))
        office.note(uow, "staff.identity_removed", staff.id, {"channel": command.channel})
        return _shown(uow, staff)

    return await office.store.write(office.merchant_id, work)


def _member(uow: UnitOfWork, staff_id: str) -> Staff:
    staff = uow.staff.get(staff_id)
    if staff is None:
        raise Refused(broken(Rule.FIELD_INVALID, "id", limit="a member of staff", value=staff_id))
    return staff


def _nobody_else(uow: UnitOfWork, staff_id: str, channel: str, identity: str) -> None:
    known = uow.staff.by_identity(channel, identity)
    if known is not None and known.id != staff_id:
        limit = f"an identity that {known.id} does not have"
        raise Refused(broken(Rule.FIELD_INVALID, "identity", limit=limit, value=identity))


def _limits(given: dict[str, str]) -> dict[str, int]:
    """Minor units by currency. Raises Refused for what is no amount of that currency."""
    found, problems = {}, []
    for currency, text in given.items():
        try:
            found[currency] = parse_minor(text, currency)
            if found[currency] < 0:
                raise ValueError("not negative")
        except ValueError as error:
            problems.append(broken(Rule.FIELD_INVALID, f"limits.{currency}", limit=str(error), value=text))
    if problems:
        raise Refused(*problems)
    return found


def _facts(staff: Staff) -> dict[str, Any]:
    return {"role": staff.role.value, "limits": dict(staff.limits), "active": staff.active}


def _shown(uow: UnitOfWork, staff: Staff) -> dict[str, Any]:
    return {
        "id": staff.id,
        "name": staff.name,
        "role": staff.role.value,
        "active": staff.active,
        "limits": {currency: format_minor(amount, currency) for currency, amount in staff.limits.items()},
        "identities": [f"{channel}:{name}" for channel, name in uow.staff.identities(staff.id)],
    }
