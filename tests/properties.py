"""How much is tried: of the examples of a property, and of what docs/reliability.md promises."""

from __future__ import annotations

import os
from enum import IntEnum
from typing import Any

from hypothesis import settings


class Share(IntEnum):
    """How much of what can be tried a run tries, as examples of a property for each hundred of a thorough run."""

    ORDINARY = 25
    THOROUGH = 100
    FULL = 1000


SHARE = Share[os.environ.get("KVALTUI_TESTS", "ordinary").upper()]
"""`make test` tries the ordinary share, `make thorough` and `make reliability` the others."""
IS_FULL = SHARE is Share.FULL
"""Whether the tests run in full (`make reliability`)."""


def examples(count: int, **others: Any) -> settings:
    """Settings for a property whose examples take long, or have much to choose from: `count` in a thorough run."""
    return settings(max_examples=max(1, count * SHARE // Share.THOROUGH), **others)
