"""The command line as it is read: commands, options before and after them, figures that begin with a minus."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, GROUPS, OPEN
from kvaltui.commands.help_text import help_of
from kvaltui.commands.parser import Arguments, CommandLine, read
from kvaltui.i18n import install, say
from tests.properties import examples
from tests.sampled import sampled


def line(*arguments: str) -> CommandLine:
    return read(arguments, COMMANDS, EVERYWHERE, OPEN)


def given_to(*arguments: str) -> Arguments:
    found = line(*arguments)
    assert found.problem is None
    return found.arguments


def refusal(*arguments: str) -> str:
    problem = line(*arguments).problem
    assert problem is not None
    return say(problem.message)


def test_global_options_may_stand_before_and_after_the_command() -> None:
    before = given_to("--db", "a.db", "--plan=nacka", "status", "--json")
    after = given_to("status", "--json", "--plan", "nacka", "--db", "a.db")
    assert before == after
    assert (before.db, before.plan, before.json) == ("a.db", "nacka", True)


@pytest.mark.parametrize(
    "value", ["-3 420", "-3,5", "-3", "-", "- 5", "−3 420", "-,5", "-12.5%", "<5", "~98", "ej mätt", "86 %", ""]
)
def test_a_figure_may_begin_with_a_minus(value: str) -> None:
    found = given_to("enter", "nettokostnad", value, "--forecast", "-2 000", "--period", "2022")
    assert (found.key, found.value, found.forecast, found.period) == ("nettokostnad", value, "-2 000", "2022")


@examples(60)
@given(st.decimals(max_value=-1, min_value=-(10**9), places=2))
def test_any_negative_number_is_a_figure(value: object) -> None:
    assert given_to("enter", "key", str(value)).value == str(value)


def test_commands_of_two_words() -> None:
    found = line("--plan", "nacka", "period", "--debug", "add", "2023")
    assert (found.name, found.problem) == ("period add", None)
    assert (found.arguments.plan, found.arguments.debug, found.arguments.period) == ("nacka", True, "2023")


def test_no_command() -> None:
    found = line("--db", "a.db")
    assert (found.name, found.arguments.db, found.problem) == ("", "a.db", None)


@pytest.mark.parametrize(
    "arguments", [("-h",), ("help",), ("status", "--help"), ("help", "enter"), ("period", "-h"), ("enter", "-h", "--x")]
)
def test_help_is_given_whatever_else_is_wrong(arguments: tuple[str, ...]) -> None:
    assert line(*arguments).wants_help


@pytest.mark.parametrize("option", ["-V", "--version"])
@pytest.mark.parametrize(
    "before", [(), ("status",), ("status", "--json"), ("enter", "a"), ("period",), ("--db", "a.db")]
)
def test_the_version_is_told_wherever_it_is_asked_for(before: tuple[str, ...], option: str) -> None:
    assert line(*before, option).wants_version
    assert not line(*before, "--", option).wants_version


def test_the_short_names_stand_beside_the_long_ones() -> None:
    text = help_of(COMMANDS["status"], EVERYWHERE)
    assert "-h, --help" in text
    assert "-V, --version" in text


def test_nothing_after_the_dashes_is_an_option() -> None:
    found = line("enter", "a", "--", "--help")
    assert (found.wants_help, found.arguments.value) == (False, "--help")
    assert given_to("enter", "a", "b", "--note=--").note == "--"


@pytest.mark.parametrize("wrong", [("status", "--period"), ("stauts",), ("enter", "a"), ("status", "--json=1")])
def test_what_goes_for_all_commands_is_read_though_something_is_wrong(wrong: tuple[str, ...]) -> None:
    found = line(*wrong, "--lang", "en", "--config", "min.toml", "--debug")
    assert found.problem is not None
    assert (found.arguments.lang, found.arguments.config, found.arguments.debug) == ("en", "min.toml", True)


def test_what_is_wrong_is_said_in_the_language_that_is_spoken_then() -> None:
    install("en")
    problem = line("enter", "a", "--period", "2022").problem
    assert problem is not None
    assert say(problem.message).startswith("the following arguments are required: VALUE")


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
        (["status", "--", "extra"], "Argumentet ”extra” är okänt"),
        (["--lang", "fi", "status"], "”fi” är inget av sv, en"),
    ],
)
def test_what_is_wrong_is_said_in_swedish_with_the_nearest_name(arguments: list[str], expected: str) -> None:
    assert expected in refusal(*arguments)


def test_the_commands_that_others_rely_on_are_there() -> None:
    documented = {
        *("init", "demo", "status", "list", "show", "enter", "assess", "import", "export", "report", "history", "undo"),
        *("conflicts", "resolve", "backup", "restore", "check", "locate", "sync", "completion"),
        *("screenshot", "guide", "man", "help"),
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
    assert help_of(COMMANDS["status"], EVERYWHERE).startswith("usage: kvaltui status")


@pytest.mark.parametrize(("name", "columns"), sampled(product(COMMANDS, [40, 52, 64, 80, 120]), 29))
def test_how_a_command_is_written_fits_any_width(name: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    usage = help_of(COMMANDS[name], EVERYWHERE).partition("\n\n")[0]
    words = [word for each in usage.splitlines() for word in each.split()]
    assert {each.name for each in COMMANDS[name].arguments if each.is_option} <= {word.strip("[]") for word in words}
    assert all(len(each) <= columns or len(each.split("] [")) == 1 for each in usage.splitlines())
