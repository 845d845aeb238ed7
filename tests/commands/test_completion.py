"""Completion in the shells themselves, as far as they are here; of PowerShell's script, what it is made of."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, GROUPS
from kvaltui.commands.parser import ASKED_ABOVE_ALL
from kvaltui.commands.powershell import script
from kvaltui.i18n import install
from tests.commands.conftest import Folder
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


def answer(folder: Path, *command: str) -> set[str]:
    done = subprocess.run(
        command,
        cwd=folder,
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
COMP_WORDS=($line)
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
    assert "Places = @(@(), @('achieved', 'partially_achieved'" in powershell  # assess: a key, and then a status
