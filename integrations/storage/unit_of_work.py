"""One transaction of one merchant, with everything a service may reach."""

from __future__ import annotations

from datetime import datetime

import orjson

from domain.ports import (
    AuditLog,
    ConversationRepository,
    FileStore,
    IdFactory,
    JobQueue,
    Ledger,
    OrderRepository,
    ProposalRepository,
    StaffRepository,
)
from domain.settings import Merchant, MerchantSettings
from integrations.storage.link import Link
from integrations.storage.repositories.access import Access
from integrations.storage.repositories.audit import AuditTrail
from integrations.storage.repositories.conversations import Conversations
from integrations.storage.repositories.files import Files
from integrations.storage.repositories.helpdesk import HelpdeskRecords
from integrations.storage.repositories.ledger import LedgerBook
from integrations.storage.repositories.local_tickets import LocalTickets
from integrations.storage.repositories.orders import Orders
from integrations.storage.repositories.outbox import Carry, Outbox
from integrations.storage.repositories.personal import PersonalRecords
from integrations.storage.repositories.proposals import Proposals
from integrations.storage.repositories.reporting import Reporting
from integrations.storage.repositories.shop import ShopRecords
from integrations.storage.repositories.slack import SlackBook
from integrations.storage.repositories.staff import StaffRegister
from integrations.storage.statements import Query, upsert


class UnknownMerchant(LookupError):
    """There is no merchant of that id."""

    def __init__(self, merchant_id: str) -> None:
        super().__init__(f"no merchant {merchant_id!r}")
        self.merchant_id = merchant_id


_MERCHANT = Query("merchants", "select id, name, base_currency, settings from merchants where id = :merchant")
_MERCHANTS = Query("merchants", "select id, name, base_currency, settings from merchants order by id")
_SAVE = upsert(0, "merchants", ("id", "name", "base_currency", "settings"), keys=1)


class Merchants:
    """Merchants by row; the same row is parsed once."""

    def __init__(self) -> None:
        self._parsed: dict[tuple[str, ...], Merchant] = {}

    def get(self, link: Link, merchant_id: str) -> Merchant:
        """Raises UnknownMerchant."""
        for row in link.rows(_MERCHANT, merchant=merchant_id):
            return self._of(tuple(row))
        raise UnknownMerchant(merchant_id)

    def all(self, link: Link) -> list[Merchant]:
        """All merchants by id."""
        return [self._of(tuple(row)) for row in link.rows(_MERCHANTS)]

    def save(self, link: Link, merchant: Merchant) -> None:
        """Insert or write back."""
        link.pending.add(_SAVE, merchant_row(merchant))

    def _of(self, row: tuple[str, ...]) -> Merchant:
        known = self._parsed.get(row)
        if known is None:
            settings = MerchantSettings.model_validate(orjson.loads(row[3]))
            known = Merchant(id=row[0], name=row[1], base_currency=row[2], settings=settings)
            self._parsed[row] = known
        return known


def merchant_row(merchant: Merchant) -> tuple[str, str, str, str]:
    """As it is stored."""
    return (merchant.id, merchant.name, merchant.base_currency, merchant.settings.model_dump_json())


class Work:
    """A :class:`domain.ports.UnitOfWork` on an open transaction."""

    def __init__(
        self,
        link: Link,
        merchant: Merchant,
        now: datetime,
        ids: IdFactory,
        floors: dict[str, int],
        carry: Carry | None = None,
    ) -> None:
        self.merchant, self.now, self.ids = merchant, now, ids
        self._link = link
        self.orders: OrderRepository = Orders(link, merchant.id)
        self.proposals: ProposalRepository = Proposals(link, merchant.id)
        self.ledger: Ledger = LedgerBook(link, merchant.id, now)
        self.jobs: JobQueue = Outbox(link, merchant.id, now, carry)
        self.audit: AuditLog = (trail := AuditTrail(link, merchant.id, floors))
        self.noted = trail.appended
        self.staff: StaffRepository = StaffRegister(link, merchant.id)
        self.conversations: ConversationRepository = Conversations(link, merchant.id)
        self.files: FileStore = Files(link, merchant.id, now)
        self.access = Access(link, merchant.id)
        self.slack = SlackBook(link, merchant.id)
        self.helpdesk = HelpdeskRecords(link, merchant.id)
        self.local_tickets = LocalTickets(link, merchant.id)
        self.shop = ShopRecords(link, merchant.id)
        self.personal = PersonalRecords(link, merchant.id)
        self.reporting = Reporting(link, merchant.id)

    def save_merchant(self, merchant: Merchant) -> None:
        """Write a merchant back, in this transaction."""
        self._link.pending.add(_SAVE, merchant_row(merchant))
