"""How many examples a property is tried with."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

IS_FULL = os.environ.get("KVALTUI_RELIABILITY") == "full"
"""Whether the tests run in full (`make reliability`)."""


def examples(count: int, **others: Any) -> settings:
    """Settings for a property whose examples take long, or have much to choose from: ten times `count` in full."""
    return settings(max_examples=count * (10 if IS_FULL else 1), **others)
