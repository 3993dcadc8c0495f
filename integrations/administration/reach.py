"""From a transaction to the records that only administration may reach."""

from __future__ import annotations

from domain.ports import UnitOfWork
from domain.settings import Merchant
from integrations.storage.repositories.local_tickets import LocalTickets
from integrations.storage.repositories.personal import PersonalRecords
from integrations.storage.unit_of_work import Work


def personal_of(uow: UnitOfWork) -> PersonalRecords:
    """The records that may speak of a customer."""
    assert isinstance(uow, Work)
    return uow.personal


def local_tickets_of(uow: UnitOfWork) -> LocalTickets:
    """The tickets of the built-in helpdesk."""
    assert isinstance(uow, Work)
    return uow.local_tickets


def save_merchant(uow: UnitOfWork, merchant: Merchant) -> None:
    """Write a merchant back, in this transaction."""
    assert isinstance(uow, Work)
    uow.save_merchant(merchant)
