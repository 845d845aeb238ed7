"""What Windows refuses has the same number as on other systems, and so the same words."""

from __future__ import annotations

import errno

import pytest

from kvaltui.i18n import say
from kvaltui.system.errors import number_on_windows
from kvaltui.system_error import explain


@pytest.mark.parametrize(
    ("windows", "number", "name", "words"),
    [
        (2, errno.ENOENT, "C:\\utfall.csv", "den finns inte"),
        (3, errno.ENOENT, "C:\\" + "mapp\\" * 60 + "utfall.csv", "namnet är för långt"),
        (5, errno.EACCES, "C:\\utfall.csv", "du saknar behörighet"),
        (19, errno.EACCES, "D:\\utfall.csv", "disken är skrivskyddad"),
        (32, errno.EACCES, "C:\\utfall.xlsx", "ett annat program använder den"),
        (33, errno.EACCES, "C:\\utfall.xlsx", "ett annat program använder den"),
        (53, errno.ENOENT, "\\\\server\\x", "nätverksplatsen eller molntjänsten som den ligger på går inte att nå"),
        (112, errno.ENOSPC, "C:\\utfall.csv", "disken är full"),
        (206, errno.ENOENT, "C:\\utfall.csv", "namnet är för långt"),
        (362, errno.EINVAL, "C:\\utfall.csv", "nätverksplatsen eller molntjänsten som den ligger på går inte att nå"),
    ],
)
def test_a_refusal_of_windows_in_words(windows: int, number: int, name: str, words: str) -> None:
    assert say(explain(OSError(number_on_windows(windows, number, name), "…"))) == words
