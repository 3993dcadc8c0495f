"""The same suite on every helpdesk: the built-in one, Zendesk and Chatwoot behind respx, RT 5 for real."""

from __future__ import annotations

import pytest

from integrations.storage import open_database
from tests.builders import MERCHANT, FakeClock, a_merchant
from tests.contract.helpdesk import chatwoot_account, zendesk_account
from tests.contract.helpdesk.own_desks import LocalDesk, RtDesk

RT = [pytest.mark.needs("request-tracker5"), pytest.mark.xdist_group("rt"), pytest.mark.timeout(600)]
ALL = ["local", "zendesk", "chatwoot", pytest.param("rt", marks=RT)]
OVER_HTTP = ALL[1:]


on_rt = pytest.mark.parametrize("desk", [pytest.param("rt", marks=RT)], indirect=True)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
async def store(tmp_path, clock):
    database = await open_database(f"sqlite:///{tmp_path}/desk.db", clock=clock)
    await database.save_merchant(a_merchant(MERCHANT))
    yield database
    await database.close()


@pytest.fixture
def desk(request):
    """A helpdesk with nothing in it; tests ask it for tickets and look at it behind the adapter's back."""
    match request.param:
        case "local":
            return LocalDesk(request.getfixturevalue("store"))
        case "zendesk":
            return zendesk_account.Desk(page=3)
        case "chatwoot":
            return chatwoot_account.Desk()
        case _:
            return RtDesk(request.getfixturevalue("request_tracker"))


@pytest.fixture
async def helpdesk(desk):
    adapter = desk.connect()
    yield adapter
    await adapter.close()
