"""The manual page: whole, read by `man` and `groff` without a complaint, opened in a terminal, printed elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kvaltui.commands.declarations import COMMANDS, EVERYWHERE
from kvaltui.commands.manual_page import manual_page
from kvaltui.commands.parser import ASKED_ABOVE_ALL
from kvaltui.commands.surroundings import EXIT_CODES, SURROUNDINGS
from kvaltui.i18n import Language, install, say
from tests.commands.conftest import Folder
from tests.terminal.terminal import Terminal

CHECKS = {
    "groff": ("groff", "-ww", "-man", "-z"),
    "man": ("man", "--warnings", "-l"),
    "mandoc": ("mandoc", "-T", "lint", "-W", "error"),
}
LANGUAGES: tuple[Language, ...] = ("sv", "en")


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> str:
    install(request.param)
    return manual_page()


def as_read(page: str) -> str:
    """The page without what sets it."""
    text = re.sub(r"\\f[BIR]", "", page)
    text = re.sub(r"\\\[u([0-9A-F]{4})\]", lambda found: chr(int(found[1], 16)), text)
    for escape, character in (("\\-", "-"), ("\\(aq", "'"), ("\\(dq", '"'), ("\\(ti", "~"), ("\\&", ""), ("\\e", "\\")):
        text = text.replace(escape, character)
    return " ".join(text.split())


def test_it_tells_of_all_that_is_declared(page: str) -> None:
    text = as_read(page)
    for command in COMMANDS.values():
        assert f'.SS "{command.name}"' in text
        for argument in command.arguments:
            assert " ".join(say(argument.help).split()) in text
    for argument in (*EVERYWHERE, *ASKED_ABOVE_ALL):
        assert ", ".join(argument.names) in text
    for term, meaning in (*EXIT_CODES, *SURROUNDINGS):
        assert f"{term} {say(meaning)}" in text


def test_it_is_ascii_and_no_text_is_a_request(page: str) -> None:
    assert page.isascii()
    requests = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests == {'.\\"', ".TH", ".SH", ".SS", ".TP", ".PP", ".br", ".nh", ".ad"}


@pytest.mark.parametrize("reader", CHECKS)
def test_no_reader_complains(reader: str, page: str, tmp_path: Path) -> None:
    command = CHECKS[reader]
    if shutil.which(command[0]) is None:
        pytest.skip(f"no {reader} here")
    file = tmp_path / "kvaltui.1"
    file.write_text(page, encoding="ascii")
    done = subprocess.run(
        [*command, str(file)],
        env={**os.environ, "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_it_is_in_the_language_that_is_asked_for(empty: Folder) -> None:
    assert '.SH "KOMMANDON"' in empty("man").out
    assert '.SH "COMMANDS"' in empty("man", "--lang", "en").out
    assert empty("man").out.startswith('.\\" ')


@pytest.mark.thorough
@pytest.mark.skipif(shutil.which("man") is None, reason="no man here")
def test_in_a_terminal_it_is_opened_by_man(tmp_path: Path) -> None:
    with Terminal("man", folder=tmp_path, environment={"MANPAGER": "cat", "PAGER": "cat"}) as terminal:
        assert terminal.wait_for_end() == 0
        told = terminal.raw.decode()
    assert "NAMN" in re.sub(r"\x1b\[[0-9;]*m|.\x08", "", told)
    assert "måluppfyllelse" in re.sub(r"\x1b\[[0-9;]*m|.\x08", "", told)
    assert ".SH" not in told


@pytest.mark.thorough
def test_where_there_is_no_man_help_on_every_command_is_shown(tmp_path: Path) -> None:
    with Terminal("man", folder=tmp_path, environment={"PATH": "/nowhere", "PAGER": "/bin/cat"}) as terminal:
        assert terminal.wait_for_end() == 0
        told = terminal.raw.decode()
    assert all(f"kvaltui {name}" in told for name in COMMANDS)
