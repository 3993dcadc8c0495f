"""Verdicts from a supplier's import: the same proposal as a person's, made and confirmed by the system."""

from __future__ import annotations

from domain.identity import SYSTEM, Role, Staff
from domain.ports import UnitOfWork
from domain.proposals import service as proposals
from domain.proposals.model import Decision, ProposalKind
from domain.supplier_reviews.payloads import SupplierVerdict


def import_verdict(uow: UnitOfWork, order_id: str, verdict: SupplierVerdict) -> Decision:
    """Take down what the supplier sent. Raises Refused, also while somebody's proposal is open on the order."""
    importer = Staff(id=SYSTEM, merchant_id=uow.merchant.id, name="Supplier import", role=Role.FINANCE)
    proposal = proposals.propose(uow, importer, order_id, ProposalKind.SUPPLIER_VERDICT, verdict)
    return proposals.confirm(uow, importer, proposal.id, proposal.sha256)
