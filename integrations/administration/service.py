"""Carrying out what an operator asks for: one command in, plain data out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from domain.orders.document import field_path
from domain.rules import Refused, Rule, broken
from integrations.administration import people, shop, tokens
from integrations.administration.commands import read_command
from integrations.administration.erasure import erase
from integrations.administration.office import Office
from integrations.administration.retention import retain


@dataclass(frozen=True, slots=True)
class Administration:
    """The one door: a terminal's, or the running desk's."""

    office: Office

    async def do(self, given: object) -> dict[str, Any]:
        """Carry a command out; what came of it as plain data. Raises Refused with every field that does not fit."""
        try:
            command = read_command(given)
        except ValidationError as error:
            raise Refused(*(_violation(each) for each in error.errors(include_url=False))) from None
        result: dict[str, Any] = await _DO[command.do](self.office, command)
        return result


def _violation(error: Any) -> Any:
    value = "nothing" if error["type"] == "missing" else repr(error["input"])[:80]
    where = field_path(error["loc"][1:]) or "command"
    return broken(Rule.FIELD_INVALID, where, limit=error["msg"].removeprefix("Value error, "), value=value)


_DO: dict[str, Callable[[Any, Any], Awaitable[dict[str, Any]]]] = {
    "staff.list": people.list_staff,
    "staff.add": people.add,
    "staff.change": people.change,
    "staff.identity.add": people.add_identity,
    "staff.identity.remove": people.remove_identity,
    "settings.show": shop.show,
    "settings.set": shop.replace,
    "token.new": tokens.new,
    "token.list": tokens.list_tokens,
    "token.revoke": tokens.revoke,
    "token.rotate": tokens.rotate,
    "retention": retain,
    "erase": erase,
}
