"""Completion in the shells themselves, as far as they are here; of PowerShell's script, what it is made of."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, GROUPS, OPEN
from kvaltui.commands.parser import ASKED_ABOVE_ALL, ASKED_AT_TAB, Argument, Completes
from kvaltui.commands.powershell import script
from kvaltui.i18n import install
from kvaltui.model.structure import Indicator
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.commands.conftest import Folder
from tests.commands.test_journal import two_sides
from tests.sampled import sampled
from tests.terminal.terminal import Screen

FIRST_WORDS = {name.split()[0] for name in COMMANDS}
CASES = {
    "kvaltui st": {"status"},
    "kvaltui period ": {"list", "add", "complete", "reopen"},
    "kvaltui list self": {"self-checks"},
    "kvaltui status --fail-on not": {"not_achieved"},
    "kvaltui --lang ": {"sv", "en"},
    "kvaltui status --vers": {"--version"},
    "kvaltui completion p": {"powershell"},
    "kvaltui help scr": {"screenshot"},
    "kvaltui import kop": {"kopia.toml"},
}
"""A line that is begun, and what can follow there."""
PART_OF = "kvaltui --config li.toml enter ej-ateraktualiserade --part"
OF_DATABASE = {
    "kvaltui enter sabo-try": ("sabo-trygghet", "sabo-trygghet"),
    "kvaltui show aldre": ("aldreomsorg", "aldreomsorg"),
    "kvaltui --db andra.db status --plan lin": ("linkoping-2019-t1", "linkoping-2019-t1"),
    "kvaltui period add ": ("2023", "2023"),
    "kvaltui period complete 2022 --area kul": ("kultur-och-fritid", "kultur-och-fritid"),
    f"{PART_OF} 0": (r"0-12\ år", "0-12 år"),
    f"{PART_OF} '13": ("13-20 år", "13-20 år"),
    "kvaltui init --plan hud": ("huddinge-2024", "huddinge-2024"),
}
"""A line that is begun, and what follows there of the database: as bash writes it with its quotes, and as it is."""


ROOT = Path(__file__).parents[2]


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"no {shell} here")


@pytest.fixture
def offered(empty: Folder) -> Path:
    """A folder with a file to complete, and the completions of each shell beside it."""
    (empty.path / "functions").mkdir()
    for shell, file in (("bash", "kvaltui.bash"), ("zsh", "functions/_kvaltui"), ("fish", "kvaltui.fish")):
        (empty.path / file).write_text(empty("completion", shell).out, encoding="utf-8")
    (empty.path / "kopia.toml").touch()
    return empty.path


@pytest.fixture
def filled_in(offered: Path, nacka: Folder, made_once: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two databases beside the completions, and the program on the path; the folder of both."""
    shutil.copy2(made_once("linkoping-2019-t1") / "db" / "kvaltui.db", nacka.path / "andra.db")
    (nacka.path / "li.toml").write_text('[database]\npath = "andra.db"\n', encoding="utf-8")
    program = offered / "program" / "kvaltui"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m kvaltui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return offered


def answer(folder: Path, *command: str) -> set[str]:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.stderr == ""
    return {line.split("\t")[0] for line in done.stdout.splitlines()}


IN_BASH = """
source kvaltui.bash
line=$1
read -ra COMP_WORDS <<< "$line"
[[ $line == *' ' ]] && COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE=$line
COMP_POINT=${#line}
how=$(complete -p kvaltui)
how=${how% kvaltui}
${how##*-F } kvaltui "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@needs("bash")
@pytest.mark.parametrize("line", sampled(CASES, 3))
def test_bash(offered: Path, line: str) -> None:
    assert answer(offered, "bash", "-c", IN_BASH, "bash", line) == CASES[line]


@needs("bash")
@pytest.mark.parametrize("line", sampled(OF_DATABASE, 2))
def test_bash_knows_the_database(filled_in: Path, line: str) -> None:
    assert answer(filled_in, "bash", "-c", IN_BASH, "bash", line) == {OF_DATABASE[line][0]}


@needs("fish")
@pytest.mark.parametrize("line", sampled(OF_DATABASE, 2))
def test_fish_knows_the_database(filled_in: Path, line: str) -> None:
    ask = "source kvaltui.fish; complete --do-complete $argv[1]"
    assert answer(filled_in, "fish", "--no-config", "-c", ask, line) == {OF_DATABASE[line][1]}


@needs("fish")
@pytest.mark.parametrize("line", sampled(CASES, 3))
def test_fish(offered: Path, line: str) -> None:
    found = answer(offered, "fish", "--no-config", "-c", "source kvaltui.fish; complete --do-complete $argv[1]", line)
    assert found >= CASES[line]
    assert all(each.startswith(line.rpartition(" ")[2]) for each in found if line[-1] != " ")


ZSH = {
    "PS1": "> ",
    "PATH": os.environ["PATH"],
    "TERM": "xterm",
    "LANG": "C.UTF-8",
}
BEGIN_ZSH = "fpath=($PWD/functions $fpath); autoload -U compinit; compinit -u -D; echo RE''ADY\r"
"""Where zsh looks for completions, a file for each command."""


@pytest.mark.thorough
@needs("zsh")
@pytest.mark.parametrize("line", [line for line in CASES if len(CASES[line]) == 1])
def test_zsh(offered: Path, line: str) -> None:
    environment = {**ZSH, "HOME": str(offered)}
    shell_here = shutil.which("zsh") or ""
    with Screen([shell_here, "-f", "-i"], environment=environment, size=(120, 24), folder=offered) as shell:
        shell.send(BEGIN_ZSH.encode())
        shell.wait_for("READY")
        (word,) = CASES[line]
        shell.send(f"{line}\t".encode())
        shell.wait_for(f"{line.rpartition(' ')[0]} {word}")


TYPED = {
    **{line: f"{line.rpartition(' ')[0]} {words[1]}" for line, words in OF_DATABASE.items() if PART_OF not in line},
    f"{PART_OF} 0": f"{PART_OF} 0-12\\ år",
    f"{PART_OF} '13": f"{PART_OF} '13-20 år'",
}
"""What stands on the line after Tab, in a shell where somebody sits."""


def tab(shell: Screen, line: str) -> None:
    shell.send(f"{line}\t".encode())
    shell.wait_for(TYPED[line])


@pytest.mark.thorough
@needs("zsh")
@pytest.mark.parametrize("line", TYPED)
def test_zsh_knows_the_database(filled_in: Path, line: str) -> None:
    environment = {**ZSH, "PATH": os.environ["PATH"], "HOME": str(filled_in)}
    program = shutil.which("zsh") or ""
    with Screen([program, "-f", "-i"], environment=environment, size=(120, 24), folder=filled_in) as shell:
        shell.send(BEGIN_ZSH.encode())
        shell.wait_for("READY")
        tab(shell, line)


@pytest.mark.thorough
@needs("bash")
@pytest.mark.parametrize("line", TYPED)
def test_bash_writes_what_it_can_read_again(filled_in: Path, line: str) -> None:
    environment = {**ZSH, "PATH": os.environ["PATH"], "HOME": str(filled_in)}
    program = shutil.which("bash") or ""
    with Screen([program, "--norc", "-i"], environment=environment, size=(120, 24), folder=filled_in) as shell:
        shell.send(b"source kvaltui.bash; echo RE''ADY\r")
        shell.wait_for("READY")
        tab(shell, line)


# What is asked for


FREE = {"TEXT", "VALUE", "NUMBER", "REVISION", "SIZE", "WORDS"}
"""What stands in help for a value that only the person knows."""


def every() -> Iterator[tuple[str, Argument]]:
    for command in (OPEN, *COMMANDS.values()):
        yield from ((command.name, each) for each in (*command.arguments, *EVERYWHERE) if each.takes_value)


def test_whatever_can_be_known_is_offered() -> None:
    lacking = {
        (name, each.name)
        for name, each in every()
        if not each.choices and each.completes is Completes.NOTHING and str(each.value) not in FREE
    }
    assert lacking == set()
    assert {each.completes for _name, each in every()} == set(Completes)


@pytest.fixture
def asked(nacka: Folder) -> Callable[..., list[list[str]]]:
    def ask(*words: str) -> list[list[str]]:
        told = nacka(ASKED_AT_TAB, *words)
        assert told.err == ""
        return [line.split("\t") for line in told.lines]

    return ask


def test_each_thing_is_offered_with_its_name(asked: Callable[..., list[list[str]]]) -> None:
    assert asked("plan") == [["nacka-2022", "Kvalitetsindikatorer per affärsområde 2022"]]
    assert asked("area")[0] == ["aldreomsorg", "Äldreomsorg"]
    assert asked("period") == [["2022", "2022"]]
    assert asked("new_period") == [["2023", "2023"]]
    keys, indicators = ({key for key, _name in asked(kind)} for kind in ("key", "indicator"))
    assert indicators < {key for key, _name in asked("assessed")} < keys
    assert ["huddinge-2024", "Kvalitetsplan 2024 Individ- och familjeomsorg"] in asked("starter")
    assert asked("conflict") == asked("field") == []


def test_a_plan_to_begin_with_is_no_plan_of_the_database(asked: Callable[..., list[list[str]]]) -> None:
    assert asked("plan", "init", "--plan") == asked("starter")


def test_what_is_retired_is_not_offered(nacka: Folder, asked: Callable[..., list[list[str]]]) -> None:
    with open_database(nacka.database) as database:
        content = load_plan(database, "nacka-2022")
        gone = replace(content.all(Indicator)["sabo-trygghet"], retired=True)
        record(database, "nacka-2022", [gone], by=Author("anna", "Anna"), seen=content.position)
    for kind in ("key", "indicator", "assessed"):
        assert "sabo-trygghet" not in {key for key, _name in asked(kind)}


def test_figures_of_yes_and_no_are_offered(nacka: Folder, asked: Callable[..., list[list[str]]]) -> None:
    with open_database(nacka.database) as database:
        found = load_plan(database, "nacka-2022").active(Indicator)
    answered = next(each.key for each in found if each.scale.is_yes_no)
    assert [word for word, *_told in asked("figure", "enter", answered)] == ["ja", "delvis", "nej"]
    assert asked("figure", "enter", "sabo-trygghet") == []


def test_conflicts_are_offered_as_they_are_named(nacka: Folder, asked: Callable[..., list[list[str]]]) -> None:
    two_sides(nacka)
    assert asked("conflict") == [["outcome/sabo-trygghet/2022/", "värde"]]
    for key in ("sabo-trygghet", "outcome/sabo-trygghet/2022/"):
        assert asked("field", "resolve", key) == [["value", "värde"]]
    assert asked("field", "resolve", "sabo-mat-smakar") == []


def test_the_whole_line_is_read_up_to_an_open_quote(nacka: Folder) -> None:
    (nacka.path / "en mapp").mkdir()
    nacka.database.rename(nacka.path / "en mapp" / "kvaltui.db")
    for written in ('"en mapp/kvaltui.db"', r"en\ mapp/kvaltui.db", "'en mapp'/kvaltui.db"):
        line = f'x/kvaltui --db {written} show "sabo'
        assert "sabo-trygghet\t" in nacka(ASKED_AT_TAB, "key", "--line", line).out


TROUBLES = ("none", "damaged", "empty", "foreign", "newer", "older", "held", "config", "plan", "kind", "nothing")


@pytest.mark.parametrize("trouble", sampled(TROUBLES, 5))
def test_a_tab_in_trouble_says_nothing_and_changes_nothing(nacka: Folder, trouble: str) -> None:
    words = {"kind": ["nosuch"], "nothing": [], "plan": ["key", "--plan", "nix"]}.get(trouble, ["key"])
    with closing(sqlite3.connect(nacka.database, isolation_level=None)) as other:
        match trouble:
            case "none":
                nacka.database.unlink()
            case "damaged":
                nacka.database.write_bytes(nacka.database.read_bytes()[:20_000])
            case "empty":
                nacka.database.write_bytes(b"")
            case "foreign":
                other.execute("PRAGMA application_id = 7")
            case "newer":
                other.execute("PRAGMA user_version = 9999")
            case "older":
                other.execute("PRAGMA user_version = 1")
            case "held":
                other.execute("BEGIN EXCLUSIVE")
            case "config":
                (nacka.path / "config.toml").write_text("= fel", encoding="utf-8")
        before = everything(nacka.path)
        told = nacka(ASKED_AT_TAB, *words)
        assert (told.out, told.err) == ("", "")
        assert everything(nacka.path) == before


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_name_comes_on_one_line_and_cleaned(nacka: Folder, asked: Callable[..., list[list[str]]]) -> None:
    with closing(sqlite3.connect(nacka.database)) as other, other:
        name = "A\x1b[31m\tB\n" + 500 * "x"
        other.execute("UPDATE area SET name = ? WHERE key = 'aldreomsorg'", [name])
    ((_key, told),) = (each for each in asked("area") if each[0] == "aldreomsorg")
    assert told.isprintable()
    assert len(told) <= 60


def test_it_is_no_command_of_a_persons(nacka: Folder) -> None:
    assert ASKED_AT_TAB not in nacka("--help").out + nacka("man").out
    assert ASKED_AT_TAB not in nacka(f"{ASKED_AT_TAB}x", code=2).err.replace(f"{ASKED_AT_TAB}x", "")


# PowerShell


@pytest.fixture(params=["sv", "en"])
def powershell(request: pytest.FixtureRequest) -> str:
    install(request.param)
    return script()


def test_powershell_is_given_every_command_with_its_options(powershell: str) -> None:
    for name, command in COMMANDS.items():
        (line,) = re.findall(rf"^ +'{name}' = @\{{ Told = .*$", powershell, re.MULTILINE)
        named = {*command.arguments, *EVERYWHERE, *ASKED_ABOVE_ALL}
        wanted = {each for argument in named if argument.is_option for each in argument.names}
        assert set(re.findall(r"'(--?[\w-]+)' = @\{", line)) == wanted
        for argument in command.arguments:
            if argument.choices:
                assert "@(" + ", ".join(f"'{each}'" for each in argument.choices) + ")" in line
    for group in GROUPS:
        assert re.search(rf"^ +'{group}' = '", powershell, re.MULTILINE)


def test_powershell_asks_for_what_the_database_has(powershell: str) -> None:
    assert f"& $program {ASKED_AT_TAB} $offered.Asked @words" in powershell
    for command in (OPEN, *COMMANDS.values()):
        (line,) = re.findall(rf"^ +'{command.name}' = @\{{ Told = .*$", powershell, re.MULTILINE)
        for each in command.arguments:
            if each.completes.is_asked_for:
                assert f"@{{ Asked = '{each.completes}' }}" in line


def test_powershell_reads_it_as_it_is_in_every_code_page(powershell: str) -> None:
    assert powershell.isascii()
    assert powershell.startswith("#")
    assert powershell.count("{") == powershell.count("}")
    assert powershell.count("(") == powershell.count(")")
    assert "Register-ArgumentCompleter -Native -CommandName @('kvaltui', 'kvaltui.exe')" in powershell
    # Every text ends where it is meant to: what is left of a line without its texts holds no quote.
    for line in powershell.splitlines():
        if not line.lstrip().startswith("#"):
            assert "'" not in re.sub(r"'(?:[^']|'')*'", "", line).replace('"', ""), line


def test_a_text_ends_no_text_of_the_script(empty: Folder) -> None:
    told = empty("completion", "powershell", "--lang", "en").out
    assert "user''s guide" in told


def test_places_are_lists_of_what_may_stand_there(powershell: str) -> None:
    assert "'completion' = @{ Told = " in powershell
    assert "Places = @(,@('bash', 'zsh', 'fish', 'powershell'))" in powershell
    assert "Places = @(@{ Asked = 'assessed' }, @('achieved', 'partially_achieved'" in powershell
