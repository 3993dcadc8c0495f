"""Helpdesks on the built-in one's tickets that sign people in, cannot be reached, or live on another site."""

from datetime import timedelta

from integrations.helpdesk.local import LocalHelpdesk
from integrations.helpdesk.port import EmbedIdentity, EmbedRefused, HelpdeskError


class FakeHelpdesk(LocalHelpdesk):
    """`verify_embed` takes ``email|one-time id`` as its token; tickets whose id begins with ``down`` cannot be read."""

    def __init__(self, store, merchant_id, *, name="local", ancestors="'self'"):
        super().__init__(store, merchant_id)
        self.name, self.frame_ancestors = name, ancestors

    async def get_ticket(self, ticket_id):
        if ticket_id.startswith("down"):
            raise HelpdeskError("no route to host", 5)
        return await super().get_ticket(ticket_id)

    def verify_embed(self, form, now):
        email, _, once = form.get("token", "").partition("|")
        if not once:
            raise EmbedRefused("not signed")
        return EmbedIdentity("99", email, one_time_id=once, expires_at=now + timedelta(minutes=5))

    def deep_link(self, ticket_id):
        return f"/tickets/{ticket_id}" if self.name == "local" else f"https://desk.example/{ticket_id}"
