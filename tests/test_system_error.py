"""Why the system refused something, or we did, in words."""

from __future__ import annotations

import errno
import os

import pytest

from kvaltui.i18n import say
from kvaltui.system.folder import NoOrdinaryFile
from kvaltui.system.links import ForeignLink
from kvaltui.system_error import explain


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
