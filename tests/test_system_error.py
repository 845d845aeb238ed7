"""Why the system refused something, or we did, in words."""

from __future__ import annotations

import errno
import os

import pytest

from kvaltui.half_made import NoOrdinaryFile
from kvaltui.i18n import say
from kvaltui.system_error import explain
from kvaltui.whose import ForeignLink


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ForeignLink(errno.EPERM, "no"), "en länk på vägen är gjord av någon annan och följs inte"),
        (NoOrdinaryFile(errno.EINVAL, "no"), "det är ingen vanlig fil"),
        (OSError(errno.ENOSPC, "no"), "disken är full"),
        (OSError(errno.EXDEV, os.strerror(errno.EXDEV)), f"systemet svarar ”{os.strerror(errno.EXDEV)}”"),
    ],
)
def test_a_refusal_is_told_in_words(error: OSError, words: str) -> None:
    assert say(explain(error)) == words
