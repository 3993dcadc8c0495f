"""The helpdesk's tickets to channels in which staff write of them: a :class:`integrations.channels.Tickets`."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from integrations.channels import Named
from integrations.helpdesk.drafting import add_draft
from integrations.helpdesk.naming import TicketNames
from integrations.helpdesk.opening import as_ticket
from integrations.helpdesk.port import Helpdesk, HelpdeskError, TicketNotFound

log = logging.getLogger(__name__)


class HelpdeskTickets:
    """Tickets of one helpdesk. `bases` are the desk's own addresses, for a helpdesk whose pages are the desk's."""

    def __init__(self, helpdesk: Helpdesk, bases: Sequence[str] = ()) -> None:
        self.helpdesk = helpdesk
        self._names = TicketNames(helpdesk.deep_link(TicketNames.PLACE), bases)

    async def read(self, text: str, addressed: str) -> Named:
        """The ticket that is named, as it is now. One that cannot be read is left out, and the remark says so."""
        numbers = self._names.numbers(text, addressed)
        if not numbers:
            return Named(text)
        rest = self._names.without(text)
        if len(numbers) > 1:
            named = ", ".join(numbers[:5])
            return Named(
                rest, remark=f"You named more than one ticket ({named}), so none was linked. Name one."
            )
        (number,) = numbers
        try:
            ticket = await self.helpdesk.get_ticket(number)
        except TicketNotFound:
            return Named(rest, remark=f"The helpdesk has no ticket {number}, so it was not linked.")
        except HelpdeskError as error:
            log.warning("ticket %s was named and not read: %s", number, error)
            remark = (
                f"The helpdesk does not answer now, so ticket {number} was not linked. Name it again later."
            )
            return Named(rest, remark=remark)
        return Named(rest, as_ticket(ticket), f"Ticket {number} is linked: {ticket.subject[:200]}")

    async def take_draft(self, staff_id: str, ticket_id: str, text: str, key: str) -> str:
        """See :func:`integrations.helpdesk.drafting.add_draft`."""
        return await add_draft(self.helpdesk, staff_id, ticket_id, text, key)
