"""A reply to the customer goes beside the helpdesk's ticket; a person sends it from there."""

from __future__ import annotations

import hashlib
import logging

from integrations.helpdesk.port import Helpdesk, HelpdeskError, TicketNotFound

log = logging.getLogger(__name__)


async def add_draft(helpdesk: Helpdesk, staff_id: str, ticket_id: str, text: str, key: str) -> str:
    """Put a draft beside a ticket, or into an internal note where only the helpdesk's own page keeps drafts.

    The same `key` (any text) again adds nothing. A sentence for a person says what became of it; raises nothing of the
    helpdesk's.
    """
    once = f"draft-{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    try:
        if await helpdesk.draft_reply(ticket_id, text, key=once):
            return f"The draft is beside ticket {ticket_id}. It is sent when a person sends it from there."
        note = f"Draft of a reply to the customer, not sent. Added by {staff_id}.\n\n{text}"
        await helpdesk.add_internal_note(ticket_id, note, key=once)
    except TicketNotFound:
        return f"The helpdesk has no ticket {ticket_id} any more, so the draft was added nowhere."
    except HelpdeskError as error:
        log.warning("a draft for ticket %s was not added: %s", ticket_id, error)
        return "The helpdesk does not answer just now. Press the button again in a while: the draft is added once."
    return (
        f"This helpdesk takes drafts on its own page only, so the draft is an internal note in ticket {ticket_id}: "
        "copy it from there."
    )
