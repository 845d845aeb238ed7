"""How much is tried of each promise, and where the figures go that are printed at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.properties import IS_FULL, SHARE, Share

FIGURE = "figure"
"""What a figure that a test tells is called in its report, which finds its way from every process that runs tests."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many times each promise is tried."""

    kill_rounds: int
    commits_per_round: int
    writers: int
    writes_per_writer: int
    migration_kills: int
    upgrade_rounds: int
    exchanges: int
    random_joins: int
    backups: int
    fuzz_inputs: int
    row_edits: int
    one_of_table_edits: int
    flipped_bytes: int
    wrong_bundles: int


FULL = Size(
    kill_rounds=200,
    commits_per_round=200,
    writers=8,
    writes_per_writer=250,
    migration_kills=60,
    upgrade_rounds=10,
    exchanges=200,
    random_joins=200,
    backups=20,
    fuzz_inputs=100_000,
    row_edits=5_000,
    one_of_table_edits=1,
    flipped_bytes=1_000,
    wrong_bundles=20_000,
)
THOROUGH = Size(
    kill_rounds=6,
    commits_per_round=60,
    writers=8,
    writes_per_writer=12,
    migration_kills=4,
    upgrade_rounds=1,
    exchanges=5,
    random_joins=3,
    backups=2,
    fuzz_inputs=3_000,
    row_edits=40,
    one_of_table_edits=10,
    flipped_bytes=20,
    wrong_bundles=200,
)
ORDINARY = Size(
    kill_rounds=3,
    commits_per_round=20,
    writers=4,
    writes_per_writer=6,
    migration_kills=1,
    upgrade_rounds=1,
    exchanges=1,
    random_joins=1,
    backups=1,
    fuzz_inputs=200,
    row_edits=10,
    one_of_table_edits=40,
    flipped_bytes=16,
    wrong_bundles=30,
)


SIZE = {Share.ORDINARY: ORDINARY, Share.THOROUGH: THOROUGH, Share.FULL: FULL}[SHARE]


@pytest.fixture(scope="session")
def size() -> Size:
    return SIZE


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What needs tools that a clean machine lacks belongs to the full run alone."""
    if not IS_FULL:
        left_out = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say a figure that is printed when all is done."""
    said = request.node.user_properties
    return lambda figure: said.append((FIGURE, figure))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [each for each in terminalreporter.getreports("passed") if each.when == "call"]
    reports += terminalreporter.getreports("skipped")
    figures = [text for report in reports for name, text in report.user_properties if name == FIGURE]
    if figures:
        terminalreporter.section("reliability")
        for figure in figures:
            terminalreporter.write_line(figure)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for a database of the program's own making."""
    made = tmp_path / "db"
    made.mkdir(mode=0o700)
    return made
