"""Which names a file can have, and by which address SQLite opens it."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from kvaltui.i18n import say
from kvaltui.system.names import database_address, why_no_windows_path

GOOD = [
    "utfall.csv", "utfall 2024.csv", "åäö.csv", "C:\\kvalitet\\utfall.csv", "C:/kvalitet/utfall.csv",
    "..\\utfall.csv", ".", "..", "", "\\\\server\\delad\\utfall.csv", "con2.csv", "console.csv", "com.csv",
    "com10.csv", "nulla.csv", "aux-data.csv", ".kvaltui", "a.b.c", "C:", "x\\..\\y", "~\\utfall.csv",
    "\\\\?\\C:\\kvalitet\\utfall.csv", "lpt.txt",
]  # fmt: skip
BAD = {
    "namnet på en enhet": [
        "CON", "con.csv", "Nul", "NUL.tar.gz", "aux .csv", "COM1", "com9.xlsx", "LPT¹.csv", "C:\\prn\\utfall.csv",
        "conin$", "CONOUT$.txt", "mapp/nul/x.csv",
    ],
    "sluta med punkt eller mellanslag": ["utfall.", "utfall ", "mapp.\\utfall.csv", "...", "mapp \\utfall.csv"],
    "inte innehålla något av": [
        "utfall:2024.csv", "utfall?.csv", "a*b", "a<b", "a>b", 'a"b', "a|b", "C:\\x\\y:z", "C:\\a\tb", "a\x01b",
        "mapp/a:b/c.csv",
    ],
}  # fmt: skip


@pytest.mark.parametrize("path", GOOD)
def test_a_path_that_windows_takes(path: str) -> None:
    assert why_no_windows_path(path) is None


@pytest.mark.parametrize(("path", "words"), [(path, words) for words, paths in BAD.items() for path in paths])
def test_a_path_that_windows_would_not_take_is_refused_in_words(path: str, words: str) -> None:
    problem = why_no_windows_path(path)
    assert problem is not None
    assert words in say(problem)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/srv/db/kvaltui.db"), "file:///srv/db/kvaltui.db"),
        (PurePosixPath("/srv/Öst 1%?/k#.db"), "file:///srv/%C3%96st%201%25%3F/k%23.db"),
        (PureWindowsPath("C:\\Äldre omsorg\\kvaltui.db"), "file:///C:/%C3%84ldre%20omsorg/kvaltui.db"),
        # SQLite takes no server's name in an address: it stands in the path.
        (PureWindowsPath("\\\\server\\delad mapp\\k?.db"), "file:////server/delad%20mapp/k%3F.db"),
    ],
)
def test_the_address_of_a_database(path: PurePath, address: str) -> None:
    assert database_address(path) == address
