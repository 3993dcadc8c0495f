"""Tests of one `xdist_group` stay in one process under ``--dist loadgroup``: they share what is costly to start.

pytest-xdist writes the group into an item's `_nodeid`, which newer versions of pytest no longer read, so that every
process would get tests of every group. Here the name is put where it is read; where xdist's own way works, nothing is
done.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, None, None]:
    """After everybody else, xdist's own hook among them."""
    yield
    if not hasattr(config, "workerinput") or not config.getoption("loadgroup", False):
        return
    for item in items:
        groups = sorted({str(mark.args[0]) for mark in item.iter_markers("xdist_group")})
        name = f"{item.nodeid}@{'_'.join(groups)}"
        if groups and "@" not in item.nodeid.rpartition("]")[2].rpartition("::")[2]:
            _rename(item, name)


def _rename(item: pytest.Item, name: str) -> None:
    from _pytest.nodeid import NodeId

    item._id = NodeId.parse(name)
