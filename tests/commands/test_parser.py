"""The command line as it is read: commands, options before and after them, figures that begin with a minus."""

from __future__ import annotations

import argparse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, GROUPS
from kvaltui.commands.errors import UsageError
from kvaltui.commands.parser import command_in, help_of, parse, parser_for, speak_our_language
from kvaltui.i18n import install, say
from tests.properties import examples


@pytest.fixture(autouse=True)
def in_swedish() -> None:
    speak_our_language()


def read(*arguments: str) -> argparse.Namespace:
    name, rest = command_in(arguments, COMMANDS, EVERYWHERE)
    return parse(COMMANDS[name], EVERYWHERE, rest)


def refusal(*arguments: str) -> str:
    with pytest.raises(UsageError) as caught:
        read(*arguments)
    return say(caught.value.message)


def test_global_options_may_stand_before_and_after_the_command() -> None:
    before = read("--db", "a.db", "--plan=nacka", "status", "--json")
    after = read("status", "--json", "--plan", "nacka", "--db", "a.db")
    assert before == after
    assert (before.db, before.plan, before.json) == ("a.db", "nacka", True)


@pytest.mark.parametrize(
    "value", ["-3 420", "-3,5", "-3", "-", "- 5", "−3 420", "-,5", "-12.5%", "<5", "~98", "ej mätt", "86 %", ""]
)
def test_a_figure_may_begin_with_a_minus(value: str) -> None:
    found = read("enter", "nettokostnad", value, "--forecast", "-2 000", "--period", "2022")
    assert (found.key, found.value, found.forecast, found.period) == ("nettokostnad", value, "-2 000", "2022")


@examples(60)
@given(st.decimals(max_value=-1, min_value=-(10**9), places=2))
def test_any_negative_number_is_a_figure(value: object) -> None:
    assert read("enter", "key", str(value)).value == str(value)


def test_commands_of_two_words() -> None:
    name, rest = command_in(["--plan", "nacka", "period", "--debug", "add", "2023"], COMMANDS, EVERYWHERE)
    assert (name, rest) == ("period add", ["--plan", "nacka", "--debug", "2023"])


def test_no_command() -> None:
    assert command_in(["--db", "a.db"], COMMANDS, EVERYWHERE) == ("", ["--db", "a.db"])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["stauts"], "Det finns inget kommando ”stauts”; menade du ”status”?"),
        (["period"], "”period” ska följas av ett av: list, add, complete, reopen"),
        (["period", "ad"], "”period” har inget ”ad”; menade du ”add”?"),
        (["list", "indikators"], "menade du ”indicators”?"),
        (["assess", "a", "achived", "--motivation", "x"], "menade du ”achieved”?"),
        (["status", "--perod", "2022"], "Argumentet ”--perod” är okänt; menade du ”--period”?"),
        (["status", "--per", "2022"], "Argumentet ”--per” är okänt"),
        (["status", "--period"], "--period: ett värde ska följa\nSe kvaltui status --help"),
        (["status", "--json=1"], "--json: tar inget värde"),
        (["enter", "a"], "det här saknas: VÄRDE\nSe kvaltui enter --help"),
        (["assess", "a", "achieved"], "det här saknas: --motivation"),
        (["export", "a.toml", "b.toml"], "Argumentet ”b.toml” är okänt"),
        (["--lang", "fi", "status"], "”fi” är inget av sv, en"),
    ],
)
def test_what_is_wrong_is_said_in_swedish_with_the_nearest_name(arguments: list[str], expected: str) -> None:
    assert expected in refusal(*arguments)


def test_the_commands_that_others_rely_on_are_there() -> None:
    documented = {
        *("init", "demo", "status", "list", "show", "enter", "assess", "import", "export", "report", "history", "undo"),
        *("conflicts", "resolve", "backup", "restore", "check", "locate", "sync", "completion"),
        *("period list", "period add", "period complete", "period reopen"),
    }
    assert documented == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_swedish_that_fits_the_screen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = help_of(COMMANDS[name], EVERYWHERE)
    assert text.startswith("användning: kvaltui " + name)
    assert say(COMMANDS[name].summary) in text
    assert max(map(len, text.splitlines())) <= 120
    assert not {"usage:", "options:", "positional"} & set(text.split())


def test_help_of_a_group_lists_its_commands() -> None:
    assert GROUPS.keys() == {name.split()[0] for name in COMMANDS if " " in name}


def test_english_help() -> None:
    install("en")
    speak_our_language()
    assert help_of(COMMANDS["status"], EVERYWHERE).startswith("usage: kvaltui status")


def test_every_declared_argument_can_be_added() -> None:
    for command in COMMANDS.values():
        assert parser_for(command, EVERYWHERE).prog == f"kvaltui {command.name}"
