"""A recorded Slack and a desk that is connected to it; the demo shop is seeded once and copied."""

import asyncio
import shutil

import pytest

from integrations.bootstrap import application
from integrations.settings import Settings
from tests.fakes.slack_api import SlackApi
from tests.fakes.slack_office import MovedClock, add_workspace, opened


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeded")

    async def seed():
        async with application(Settings(data=folder), demo=True):
            pass

    asyncio.run(seed())
    return folder


@pytest.fixture
def folder(seeded, tmp_path):
    shutil.copytree(seeded, tmp_path / "desk")
    return tmp_path / "desk"


@pytest.fixture
async def api():
    async with SlackApi() as api:
        add_workspace(api)
        api.channels["C1"] = {}
        yield api
        assert api.illegal == [], "a payload that Slack would refuse"


@pytest.fixture
def clock():
    return MovedClock()


@pytest.fixture
async def office(folder, api, clock):
    async with opened(folder, api, clock) as office:
        yield office
