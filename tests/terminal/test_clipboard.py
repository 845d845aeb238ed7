"""Within a real tmux with its own settings, what is copied reaches tmux and the clipboard of the terminal around it."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import join

import pytest

from tests.terminal.starters import starter_database
from tests.terminal.starting import PROGRAM
from tests.terminal.terminal import Terminal, surroundings, take_the_tour_as_read
from tests.terminal.test_terminal_left_clean import ROW, on_the_entry_table

TMUX = shutil.which("tmux") or ""
_SENT = re.compile(rb"\x1b\]52;c?;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)")
needs_tmux = pytest.mark.skipif(not TMUX, reason="no tmux here")


def sent(terminal: Terminal) -> list[str]:
    """What the terminal has been given for its clipboard."""
    return [base64.b64decode(each).decode() for each in _SENT.findall(terminal.raw)]


@contextmanager
def in_tmux(folder: Path, kind: str, *settings: str) -> Iterator[Terminal]:
    """The program within a tmux of its own, in a terminal of a kind, with some lines of settings."""
    take_the_tour_as_read(folder)
    if not (folder / "kvaltui.db").exists():
        starter_database(folder / "kvaltui.db", "nacka-2022")
    (folder / "tmux.conf").write_text("".join(f"{each}\n" for each in settings))
    socket = ("-S", str(folder / "s"))
    program = join([*PROGRAM, "--db", str(folder / "kvaltui.db")])
    opens = [TMUX, *socket, "-u", "-f", str(folder / "tmux.conf"), "new-session", program]
    with Terminal(folder=folder, program=opens, environment={"TERM": kind}) as terminal:
        try:
            terminal.wait_for("F1 Hjälp")
            terminal.press("f5")
            terminal.wait_for(ROW)
            yield terminal
        finally:
            tmux(folder, "kill-server")


def tmux(folder: Path, *words: str) -> str:
    command = [TMUX, "-S", str(folder / "s"), *words]
    done = subprocess.run(command, env=surroundings(folder), capture_output=True, text=True, timeout=60, check=False)
    return done.stdout


@needs_tmux
@pytest.mark.thorough
@pytest.mark.parametrize("setting", ["", "set -s set-clipboard on", "set -g allow-passthrough on"])
def test_a_table_is_copied_through_tmux_as_it_is_delivered(tmp_path: Path, setting: str) -> None:
    with in_tmux(tmp_path, "xterm-256color", setting) as terminal:
        terminal.press("space", "c", "t")
        terminal.wait_for("Kopierat i tmux och skickat vidare")
        kept = tmux(tmp_path, "show-buffer")
        assert kept.startswith("Indikator\tMålvärde\t2022\tEnhet\t")
        assert "känner sig trygga\t≥ 100\t86\t%\t" in kept
        assert sent(terminal) == [kept]


@needs_tmux
@pytest.mark.thorough
@pytest.mark.parametrize(
    ("kind", "settings", "line"),
    [
        ("vt220", (), "set -as terminal-features ',vt220:clipboard'"),
        ("xterm-256color", ("set -s set-clipboard off",), "set -s set-clipboard external"),
    ],
)
def test_where_tmux_keeps_it_for_itself_the_line_that_is_wanted_is_told(
    tmp_path: Path, kind: str, settings: tuple[str, ...], line: str
) -> None:
    with in_tmux(tmp_path, kind, *settings) as terminal:
        terminal.press("space", "c", "r")
        terminal.wait_for("Kopierat, men bara i tmux")
        assert "känner sig trygga" in tmux(tmp_path, "show-buffer")
        terminal.press("space", "c", "u")
        terminal.wait_for("i ~/.tmux.conf", line)
    with in_tmux(tmp_path, kind, line) as terminal:
        terminal.press("space", "c", "r")
        terminal.wait_for("Kopierat i tmux och skickat vidare")
        assert [each.splitlines()[0] for each in sent(terminal)] == ["Indikator\tMålvärde\t2022\tEnhet\tLäge"]


@pytest.mark.thorough
def test_a_tmux_that_does_not_answer_is_sent_both_commands(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path, environment={"TMUX": "/tmp/no-such-tmux,1,0"}) as terminal:
        terminal.press("space", "c", "r")
        terminal.wait_for("Syns det inte: set -s set-clipboard on")
        wrapped = re.findall(rb"\x1bPtmux;\x1b\x1b\]52;c;([^\x07]*)\x07\x1b\\", terminal.raw)
        assert [base64.b64decode(each).decode() for each in wrapped] == sent(terminal)[:1]


def test_a_row_is_copied_to_the_terminals_own_clipboard(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        terminal.press("space", "c", "r")
        terminal.wait_for("Skickat till urklipp: raden. Syns det inte: Mellanslag c u")
        assert sent(terminal) == [
            "Indikator\tMålvärde\t2022\tEnhet\tLäge\n"
            "Särskilt boende - andel kunder som känner sig trygga\t≥ 100\t86\t%\t▲ Delvis\n"
        ]
