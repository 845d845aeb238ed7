"""Whatever words stand on the command line: a documented exit code, words for what is wrong, a whole database."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from kvaltui.cli import main
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE
from tests.commands.conftest import Folder
from tests.properties import examples

OPTIONS = sorted({argument.name for command in COMMANDS.values() for argument in command.arguments} | {"-h", "--help"})
WORDS = [
    *(word for name in COMMANDS for word in name.split()),
    *(name for name in OPTIONS if name.startswith("-")),
    *(argument.name for argument in EVERYWHERE if argument.name not in ("--config", "--db", "--debug")),
    *("sabo-trygghet", "framkant", "aldreomsorg", "2022", "2023-T1", "86 %", "-3 420", "12.500", "achieved", "missing"),
    *("plan.toml", "tabell.csv", "kopia.db", "x.kvb", ".", "nacka-2022", "risk/x", "=", "--", "-", "", "bash", "risks"),
]
ANY_TEXT = st.text(st.characters(exclude_characters="/~\0"), max_size=12)


@examples(120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), ANY_TEXT), max_size=6))
@example(["enter", "sabo-trygghet", "--", "--"])
@example(["enter", "--", "--", "--"])
@example(["backup", "--", "--"])
def test_any_words(nacka: Folder, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    capsys.readouterr()
    assert main(words) in (0, 1, 2, 3)
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    assert "oförutsett" not in printed.err
    assert "\x1b" not in printed.out + printed.err
    if nacka.database.exists():
        assert main(["check"]) == 0, words
