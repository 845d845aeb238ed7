"""Each command as it is run on Windows: what it says, and what it leaves."""

from __future__ import annotations

import pytest

from kvaltui import __version__
from tests.windows.working_folder import WorkingFolder

pytestmark = [pytest.mark.thorough, pytest.mark.windows]


def test_the_version_is_told(empty: WorkingFolder) -> None:
    assert empty("--version").out.split() == ["kvaltui", __version__]
