"""A helpdesk before which something stands: it is down, or has no place for drafts."""

from __future__ import annotations


class InTrouble:
    """Raises `error` at every call there is one for; `takes_drafts=False`: drafts live on its own page only."""

    def __init__(self, helpdesk, *, error=None, takes_drafts=True):
        self.helpdesk, self.error, self.takes_drafts = helpdesk, error, takes_drafts
        self.reads = 0

    async def _try(self):
        if self.error is not None:
            raise self.error

    async def get_ticket(self, ticket_id):
        self.reads += 1
        await self._try()
        return await self.helpdesk.get_ticket(ticket_id)

    async def draft_reply(self, ticket_id, text, *, key):
        await self._try()
        return self.takes_drafts and await self.helpdesk.draft_reply(ticket_id, text, key=key)

    async def add_internal_note(self, ticket_id, text, *, key):
        await self._try()
        return await self.helpdesk.add_internal_note(ticket_id, text, key=key)
