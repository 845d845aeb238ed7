"""Regular expressions that are compiled when they are first used: most commands meet no text that most are for."""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but compiled at the first use; an error in `source` shows then, and not before.

    The grammars of figures and targets have some fifty, which took a sixth of what `kvaltui status` does, while the
    figures of an ordinary plan are read without most of them.
    """
    return cast("re.Pattern[str]", _Pattern(source, flags))


class _Pattern:
    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Kept as an attribute of its own, so that it is asked for here only once.
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value
