"""A Windows for all tests of a process, and a working folder for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.windows import wine
from tests.windows.wine import WHY_NOT
from tests.windows.working_folder import WorkingFolder

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not wine.is_there():
        for item in items:
            if item.path.is_relative_to(FOLDER):
                item.add_marker(pytest.mark.skip(WHY_NOT + "Wine is not installed"))


@pytest.fixture(scope="session")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[wine.Wine]:
    """A Windows with the program installed, and nothing else of anybody's."""
    from tests.windows import preparing  # which nothing on Windows can import

    try:
        made = preparing.fresh_windows(tmp_path_factory.mktemp("windows"))
    except wine.CannotRun as reason:
        pytest.skip(WHY_NOT + str(reason))
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def empty(windows: wine.Wine) -> WorkingFolder:
    """A folder with nothing in it, at a place as people have them."""
    return WorkingFolder.new(windows)


@pytest.fixture(scope="session")
def filled_once(windows: wine.Wine) -> WorkingFolder:
    folder = WorkingFolder.new(windows)
    folder("init", "--plan", "nacka-2022")
    return folder


@pytest.fixture
def folder(empty: WorkingFolder, filled_once: WorkingFolder) -> WorkingFolder:
    """A working folder with the plan nacka-2022."""
    empty.become_like(filled_once)
    return empty


@pytest.fixture
def other(windows: wine.Wine, filled_once: WorkingFolder) -> WorkingFolder:
    """Another working folder with that plan, as on another computer."""
    copy = WorkingFolder.new(windows)
    copy.become_like(filled_once)
    return copy
