"""The console, its signals and the streams, as Windows has them. These tests run within Windows."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import json
import os
import shutil
import subprocess
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest

from kvaltui.system.any_signals import Heard
from kvaltui.system.signals_windows import SystemSignals
from kvaltui.system.streams import has_left

PROGRAMS = Path(__file__).parent / "programs"
PLAN = "nacka-2022"
INDICATOR = "sabo-trygghet"
SECONDS = 120.0
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""As people have it: the tests themselves may be run with settings of Python's own."""
ROOM = "import sys; from kvaltui.system import console_windows as room; console = room.Console(sys.stdin, sys.stdout)\n"


def run(folder: Path, *words: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program, whose streams are pipes."""
    return subprocess.run(
        [sys.executable, "-m", "kvaltui", *words],
        cwd=folder,
        env={**ENVIRONMENT, **environment},
        input=given,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    done = run(folder, "init", "--plan", PLAN)
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    """A folder with a plan."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return tmp_path


def at_a_console(folder: Path, *words: str) -> int:
    """Run Windows' Python with these words at a console that has no window."""
    return subprocess.Popen(
        [sys.executable, *words], cwd=folder, env=ENVIRONMENT, creationflags=subprocess.CREATE_NO_WINDOW
    ).wait(SECONDS)


def opened(folder: Path, *steps: tuple[str, str]) -> Any:
    """Open the program at a console and type; what `programs/at_a_console.py` answers."""
    answer = folder / "answer.json"
    at_a_console(folder, str(PROGRAMS / "at_a_console.py"), str(answer), json.dumps(steps))
    return json.loads(answer.read_text(encoding="utf-8"))


def asked(folder: Path, program: str) -> Any:
    """What a program at a console prints into the file `answer`."""
    written = f"import json\n{program}\njson.dump(answer, open('answer.json', 'w'))"
    assert at_a_console(folder, "-c", written) == 0
    return json.loads((folder / "answer.json").read_text(encoding="ascii"))


# The console


TO_THE_FIGURES = ("34 av 34", "<esc><f5>")
FIRST = "känner sig trygga"


def test_a_figure_is_typed_at_a_console_and_its_modes_are_put_back(folder: Path) -> None:
    answer = opened(folder, TO_THE_FIGURES, (FIRST, "86,5 %<enter>"), ("Sparat", "<ctrl+q>"))
    assert answer["code"] == 0
    assert answer["after"] == answer["before"]
    assert "86,5" in run(folder, "history", "--limit", "1").stdout.decode()


def test_what_was_half_typed_is_kept_when_the_program_is_interrupted(folder: Path) -> None:
    answer = opened(folder, TO_THE_FIGURES, (FIRST, "8 å"), ("8 å", "<ctrl+c>"))
    assert answer["code"] == Heard.INTERRUPTED.exit_code
    assert answer["after"] == answer["before"]
    again = opened(folder, ("8 å", "<ctrl+c>"))
    assert "8 å" in again["drawn"]


def test_a_console_has_the_modes_that_the_program_needs_and_gets_its_own_back(tmp_path: Path) -> None:
    program = ROOM + (
        "modes = lambda: [room._mode(console._typed), room._mode(console._shown)]\n"
        "answer = [modes()]\n"
        "console.note_modes()\n"
        "for has_mouse in (True, False): console.take(has_mouse=has_mouse); answer.append(modes())\n"
        "console.give_back(); answer.append(modes())"
    )
    before, with_mouse, without, after = asked(tmp_path, program)
    lines, echo, ctrl_c, quick_edit, sequences_in, sequences_out = 0x02, 0x04, 0x01, 0x40, 0x200, 0x04
    assert before[0] & (lines | echo | ctrl_c) == lines | echo | ctrl_c
    for typed, shown in (with_mouse, without):
        assert typed & (lines | echo | ctrl_c | sequences_in) == sequences_in
        assert shown & sequences_out
    assert not with_mouse[0] & quick_edit
    assert without[0] & quick_edit == before[0] & quick_edit
    assert after == before


def test_a_console_obeys_sequences_until_the_program_ends(tmp_path: Path) -> None:
    program = ROOM + (
        "answer = [room.is_console(sys.stdout), room.obeys_sequences(sys.stdout), room._mode(console._shown) & 4]\n"
        "answer += [room.surroundings().says_by_environment, list(console.size())]"
    )
    is_console, obeys, mode, says, size = asked(tmp_path, program)
    assert (is_console, obeys, mode, says) == (True, True, 4, False)
    assert min(size) > 0


def test_who_waits_for_input_is_woken_and_told_of_an_end(tmp_path: Path) -> None:
    program = ROOM + (
        "typed = console.input(lambda: None)\n"
        "answer = [typed.wait(0.01).name, typed.wait(0.01, wants_input=False).name]\n"
        "typed._handle = 0x7ffffff0\n"  # a handle of nothing, as it is once the console is gone
        "answer += [typed.wait(5).name, typed.wait(0.01, wants_input=False).name, (typed.read() or b'').decode()]\n"
        "typed.wake(); answer.append(typed.wait(None, wants_input=False).name); typed.close()"
    )
    assert asked(tmp_path, program) == ["NOTHING", "NOTHING", "GONE", "GONE", "", "WOKEN"]


def test_the_device_nul_is_no_console(folder: Path) -> None:
    with Path(os.devnull).open("rb") as nothing:
        done = subprocess.run(
            [sys.executable, "-m", "kvaltui"],
            cwd=folder,
            stdin=nothing,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    assert "Det finns ingen terminal här" in done.stdout.decode()


# Signals


def test_ctrl_c_is_heard_and_does_not_reach_python(tmp_path: Path) -> None:
    program = (
        "import ctypes\n"
        "from threading import Event\n"
        "from kvaltui.system.signals import SystemSignals\n"
        "told, came = [], Event()\n"
        "signals = SystemSignals(lambda heard: (told.append(heard.name), came.set()))\n"
        "signals.start()\n"
        "ctypes.WinDLL('kernel32').GenerateConsoleCtrlEvent(0, 0)\n"
        "came.wait(30); signals.stop(); answer = told"
    )
    assert asked(tmp_path, program) == ["INTERRUPTED"]


@pytest.mark.parametrize(("number", "heard"), [(2, Heard.CLOSED), (5, Heard.TERMINATED), (6, Heard.TERMINATED)])
def test_a_closed_console_waits_until_the_program_has_ended(number: int, heard: Heard) -> None:
    told: Queue[Heard] = Queue()
    signals = SystemSignals(told.put)
    system = Thread(target=signals._handler, args=(number,))
    system.start()
    assert told.get(timeout=SECONDS) is heard
    assert system.is_alive()
    signals.stop()
    system.join(SECONDS)
    assert not system.is_alive()


def test_what_is_not_known_is_left_to_others() -> None:
    signals = SystemSignals(lambda heard: pytest.fail(heard.name))
    assert not signals._handler(77)


def test_ctrl_c_ends_a_command_that_waits(folder: Path) -> None:
    program = (
        "import ctypes, io, sqlite3, sys\n"
        "class Told(io.StringIO):\n"
        "    def write(self, text):\n"
        "        if text.strip() and not told.getvalue(): ctypes.WinDLL('kernel32').GenerateConsoleCtrlEvent(0, 0)\n"
        "        return super().write(text)\n"
        "told = sys.stderr = Told()\n"
        "held = sqlite3.connect('db/kvaltui.db', isolation_level=None); held.execute('BEGIN IMMEDIATE')\n"
        "from kvaltui import cli\n"
        f"answer = cli.main(['enter', '{INDICATOR}', '86,5 %'])"
    )
    assert asked(folder, program) == 130


# Streams


def test_what_programs_read_is_utf_8_with_lines_as_everywhere(folder: Path) -> None:
    for words in (["status", "--json"], ["status", "--plain"]):
        written = run(folder, *words).stdout
        assert b"\r" not in written
        assert "ö" in written.decode()
    told = run(folder, "stauts").stderr
    assert b"\r" not in told
    told.decode()


def test_a_person_may_ask_for_the_code_page(folder: Path) -> None:
    written = run(folder, "status", "--plain", PYTHONIOENCODING="cp850").stdout
    assert "Måluppfyllelse" in written.decode("cp850")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_is_read_is_utf_8_with_or_without_a_mark(mark: bytes) -> None:
    program = (
        "import sys; from kvaltui.commands.output import prepare_streams as p; p(); print(ascii(sys.stdin.read()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=ENVIRONMENT,
        input=mark + "räka".encode(),
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    assert done.stdout.strip() == rb"'r\xe4ka'"


def test_a_reader_that_has_seen_enough_is_no_fault(folder: Path) -> None:
    """As `more`, which is left with q."""
    with subprocess.Popen(
        [sys.executable, "-m", "kvaltui", "list", "indicators"],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
        assert process.wait(SECONDS) == 0
    assert told == b""


def test_windows_says_otherwise_that_a_reader_has_left() -> None:
    assert has_left(OSError(22, "Invalid argument"))
    assert has_left(BrokenPipeError())
    assert not has_left(OSError(28, "No space left on device"))


@pytest.mark.parametrize("missing", [["stdout"], ["stdin", "stdout", "stderr"]])
def test_a_process_without_a_stream_does_what_it_does(folder: Path, missing: list[str]) -> None:
    """As one that pythonw runs, which has none."""
    taken = "; ".join(f"sys.{each} = sys.__{each}__ = None" for each in missing)
    program = f"import sys; {taken}; from kvaltui import cli; sys.exit(cli.main(['enter', '{INDICATOR}', '86,5 %']))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        stdin=subprocess.PIPE,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "86,5" in run(folder, "history", "--limit", "1").stdout.decode()


def test_a_driver_that_a_person_names_needs_no_console(folder: Path) -> None:
    driver, keys = "textual.drivers.headless_driver:HeadlessDriver", "escape,f5,home,down,down,8,6,comma,5,enter,ctrl+q"
    done = run(folder, TEXTUAL_DRIVER=driver, TEXTUAL_PRESS=keys)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert "86,5" in run(folder, "history", "--limit", "1").stdout.decode()
