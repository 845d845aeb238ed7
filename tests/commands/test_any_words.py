"""Whatever words stand on the command line: a documented exit code, words for what is wrong, a whole database."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from kvaltui.cli import main
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE
from kvaltui.commands.parser import Argument
from tests.commands.conftest import Folder
from tests.properties import SHARE, Share, examples

OPTIONS = sorted({argument.name for command in COMMANDS.values() for argument in command.arguments} | {"-h", "--help"})
WORDS = [
    *(word for name in COMMANDS for word in name.split()),
    *(name for name in OPTIONS if name.startswith("-")),
    *(argument.name for argument in EVERYWHERE if argument.name not in ("--config", "--db", "--debug")),
    *("sabo-trygghet", "framkant", "aldreomsorg", "2022", "2023-T1", "86 %", "-3 420", "12.500", "achieved", "missing"),
    *("plan.toml", "tabell.csv", "kopia.db", "x.kvb", ".", "nacka-2022", "risk/x", "=", "--", "-", "", "bash", "risks"),
]
ANY_TEXT = st.text(st.characters(exclude_characters="/~\0"), max_size=12)


@pytest.mark.thorough
@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


ODD = (
    *(
        "",
        " ",
        "-",
        "--",
        "--help",
        "a\nb",
        "a\0b",
        "\udce5",
        "\ud800x",
        "\x1b[31m",
        "\u202e",
        "=",
        "%s",
        "²",
        "*",
        "{}",
    ),
    *(
        "x" * 256,
        "x" * 10_000,
        "/".join(["x" * 100] * 60),
        "9" * 5_000,
        "9" * 22,
        "9" * 18,
        "-1",
        "0",
        "٣",
        "1e999",
        "0x9",
    ),
    *("2022-", "0000", "9999-T3", "99999", "2022-W1", "/", "~", "~nosuchuser/x", "~\0", "~\udce5/x", "x.toml/"),
    *(
        "foo://bar",
        "file:///x",
        "sqlite:///x",
        "postgresql://x",
        "postgresql://a:hemligt@h:99999999/d?password=hemligt#/",
    ),
    *("fifo.toml", "fifo.csv", "fifo.kvb", "folder.xlsx", "/dev/full", "/dev/zero", "/dev/tty", "/proc/self/mem"),
)
NEEDED = {
    "key": "sabo-trygghet", "value": "86", "status": "achieved", "file": "ut.toml", "what": "areas", "folder": "delad",
    "shell": "bash", "period": "2022", "--motivation": "för att", "--area": "aldreomsorg",
}  # fmt: skip


def places() -> list[tuple[str, Argument]]:
    """Every argument of every command that takes a value, and those that all take."""
    return [
        (name, argument)
        for name, command in COMMANDS.items()
        if name != "demo"
        for argument in (*command.arguments, *(EVERYWHERE if name == "status" else ()))
        if not argument.is_option or argument.takes_value
    ]


def line(name: str, argument: Argument, *odd: str) -> list[str]:
    """A command that is right but for what stands at one argument."""
    words = name.split()
    for each in COMMANDS[name].arguments:
        if each == argument:
            words += [*odd]
        elif each.is_required:
            words += [each.name, NEEDED[each.name]]
        elif not each.is_option and not each.may_be_left_out:
            words.append(NEEDED[each.name])
    return words if argument in COMMANDS[name].arguments else [*words, *odd]


def _tried(name: str, argument: Argument) -> list[str]:
    """The odd values to try at a place: all in full, otherwise some, each place beginning at another."""
    step = {Share.ORDINARY: 15, Share.THOROUGH: 3, Share.FULL: 1}[SHARE]
    odd = ODD[places().index((name, argument)) % step :: step]
    # `sync /` is right, and would write in the root of whoever may.
    return [each for each in odd if not (name == "sync" and each == "/")]


@pytest.mark.reliability
@pytest.mark.parametrize(("name", "argument"), places(), ids=lambda each: getattr(each, "name", each))
def test_odd_values(nacka: Folder, capsys: pytest.CaptureFixture[str], name: str, argument: Argument) -> None:
    for pipe in ("fifo.toml", "fifo.csv", "fifo.kvb"):
        os.mkfifo(pipe)
    Path("folder.xlsx").mkdir()
    for odd in _tried(name, argument):
        ways = ([f"{argument.name}={odd}"], [argument.name, odd]) if argument.is_option else ([odd], ["--", odd])
        lines = [line(name, argument, *way) for way in (ways if odd.startswith("-") else ways[:1])]
        for words in lines:
            capsys.readouterr()
            assert main(words) in (0, 1, 2, 3), words
            printed = capsys.readouterr()
            assert "Traceback" not in printed.out + printed.err
            assert "oförutsett" not in printed.err, words
            assert "hemligt" not in printed.out + printed.err, words
            assert "\x1b" not in printed.out + printed.err
            assert (printed.out + printed.err).encode()
    assert main(["check"]) == 0


def test_what_stands_after_two_dashes_is_a_value(nacka: Folder) -> None:
    assert "ej mätt" in nacka("enter", "sabo-trygghet", "--", "--").out
    assert "”--help” går inte att läsa" in nacka("enter", "sabo-trygghet", "--", "--help", code=2).err
    nacka("enter", "--note=--", "sabo-trygghet", "--", "-3")
    assert "anteckning: – → --" in nacka("history", "sabo-trygghet").out.replace("”", "")
    assert "”--”" in nacka("period", "complete", "2022", "--area=--", code=2).err


def test_an_address_that_is_none_of_a_database(nacka: Folder) -> None:
    told = nacka("status", "--db", "postgresql://coordinator:hemligt@x", code=3).err
    assert "postgresql://user@server/database" in told
    assert "hemligt" not in told


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (["help"], ["--help"]),
        (["help", "enter"], ["enter", "--help"]),
        (["help", "period"], ["period", "--help"]),
        (["help", "period", "add"], ["period", "add", "--help"]),
        (["--lang", "en", "help", "list"], ["list", "--lang", "en", "--help"]),
    ],
)
def test_help_is_a_word_as_well(nacka: Folder, words: list[str], same: list[str]) -> None:
    assert nacka(*words).out == nacka(*same).out
    assert "hlep" in nacka("help", "hlep", code=2).err
