"""A shelf with files and staff, for services and whole ways through proposals."""

from __future__ import annotations

import hashlib
from typing import Any

from domain.proposals.model import ProposalState
from tests.builders import ANA, BEN, a_staff
from tests.unit.execution.shelf import Proposals, Shelf


class OrderProposals(Proposals):
    def open_for_order(self, order_id):
        waiting = [p for p in self.values() if p.order_id == order_id and p.state is ProposalState.OPEN]
        return self.get(waiting[0].id) if waiting else None


class Files(dict):
    def put(self, content, media_type, name):
        sha256 = hashlib.sha256(content).hexdigest()
        self[sha256] = (content, media_type, name)
        return sha256


class Desk(Shelf):
    """A unit of work with everything that writes to returns touch."""

    def __init__(self):
        super().__init__()
        self.files, self.proposals = Files(), OrderProposals()
        self.staff = {ANA: a_staff(ANA), BEN: a_staff(BEN)}


def a_desk() -> Any:
    return Desk()
