"""The starter plans, read as the plain TOML that they are."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

import pytest

Table: TypeAlias = dict[str, Any]
Read: TypeAlias = Callable[[str], Table]


@cache
def _read(key: str) -> Table:
    return tomllib.loads((files("kvaltui") / "plans" / f"{key}.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def plan_file() -> Read:
    """Reads a starter plan by its key."""
    return _read
