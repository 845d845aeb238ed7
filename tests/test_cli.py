"""The program as a process: exit codes, terminals and pipes, encodings, escape sequences, and what `status` imports."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path

import pytest

from kvaltui.cli import main
from kvaltui.config import Config
from kvaltui.config_text import render
from kvaltui.i18n import say
from tests.commands.contract import is_status
from tests.processes import MEASURED
from tests.sampled import sampled
from tests.terminal.terminal import Terminal

PROJECT = Path(__file__).parents[1]
ENVIRONMENT = {
    **MEASURED,
    "PATH": os.environ["PATH"],
    "TMPDIR": os.environ["TMPDIR"],
    "PYTHONPATH": str(PROJECT),
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with the plan nacka-2022, to be read only."""
    made = tmp_path_factory.mktemp("nacka")
    assert main(["init", "--plan", "nacka-2022", "--folder", str(made)]) == 0
    return made


@pytest.fixture
def run(folder: Path, own_home: Path) -> Run:
    """Run the program in the folder and wait for it, without a terminal."""

    def run(*arguments: str, environment: Mapping[str, str] | None = None, text: bool = True) -> object:
        return subprocess.run(
            [sys.executable, "-m", "kvaltui", *arguments],
            cwd=folder,
            env={**ENVIRONMENT, "HOME": str(own_home), **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=text,
            encoding="utf-8" if text else None,
            timeout=60,
            check=False,
        )

    return run  # type: ignore[return-value]


def in_terminal(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None, lines: int = 24, columns: int = 80
) -> tuple[int, str]:
    """Run the program in a real terminal until it ends; its exit code and all that it wrote."""
    with Terminal(*arguments, folder=folder, environment=environment, lines=lines, columns=columns) as terminal:
        code = terminal.wait_for_end()
        return code, terminal.raw.decode()


@pytest.mark.thorough
def test_status_json_has_the_documented_keys(run: Run) -> None:
    done = run("status", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    status = json.loads(done.stdout)
    assert is_status(status)
    total = status["total"]
    assert [total[name] for name in ("achieved", "partially_achieved", "not_achieved", "not_assessed")] == [19, 8, 6, 1]


@pytest.mark.thorough
def test_exit_codes(run: Run) -> None:
    assert run("status", "--fail-on", "missing").returncode == 0
    assert run("status", "--fail-on", "not_achieved").returncode == 1
    assert run("status", "--period", "1999").returncode == 2
    assert run("--db", "finns-inte.db", "status").returncode == 3


def test_without_a_terminal_the_status_is_printed_and_how_to_open_the_program(run: Run) -> None:
    done = run()
    assert done.returncode == 0
    assert done.stdout.startswith("Kvalitetsindikatorer per affärsområde 2022\n")
    assert done.stdout.endswith("Programmet öppnas med kvaltui i ett terminalfönster.\n")
    assert "\x1b" not in done.stdout


@pytest.mark.thorough
def test_without_a_terminal_and_without_a_plan_it_says_how_to_begin(tmp_path: Path, run: Run) -> None:
    done = run("--config", str(tmp_path / "saknas.toml"))
    assert done.returncode == 3
    assert "saknas.toml" in done.stderr
    done = run("--db", str(tmp_path / "saknas.db"))
    assert "kvaltui init --plan nacka-2022" in done.stderr


@pytest.mark.thorough
def test_nobodys_run_makes_a_database_unasked(tmp_path: Path, run: Run) -> None:
    """A cron job's least: the disk with the database may not be there just now."""
    place = tmp_path / "saknas.db"
    for arguments in ([], ["status"], ["list", "areas"], ["check"], ["--plan", "nacka-2022"]):
        assert run("--db", str(place), *arguments).returncode == 3
    assert not place.exists()


@pytest.mark.thorough
def test_begin_with_a_starter_plan_shows_the_main_job_once(tmp_path: Path, run: Run) -> None:
    place = tmp_path / "db" / "ny.db"
    first = run("--db", str(place), "--plan", "nacka-2022", "--begin-with", "nacka-2022")
    assert (first.returncode, first.stderr) == (0, "")
    entered = first.stdout.index("enter sabo-trygghet '100 %'")
    achieved = first.stdout.index("✓ Uppnått")
    taken_back = first.stdout.index("100 % → 86 %")
    status = first.stdout.index("✓ 19   ▲ 8   ✗ 6   – 1")
    how = first.stdout.index("Programmet öppnas med ")
    assert "ny.db är gjord, med planen ”nacka-2022”" in first.stdout[:entered]
    assert entered < achieved < taken_back < status < how
    assert [path.name for path in place.parent.iterdir()] == ["ny.db"]
    assert "86 %" in run("--db", str(place), "show", "sabo-trygghet").stdout
    second = run("--db", str(place), "--plan", "nacka-2022", "--begin-with", "nacka-2022")
    assert second.returncode == 0
    assert second.stdout == first.stdout[first.stdout.index("Kvalitetsindikatorer per affärsområde 2022\n") :]


@pytest.mark.thorough
@pytest.mark.parametrize(("source", "code"), [("nacka-2023", 2), ("finns-inte.toml", 3)])
def test_begin_with_what_is_not_there_leaves_nothing(tmp_path: Path, run: Run, source: str, code: int) -> None:
    done = run("--db", str(tmp_path / "db" / "ny.db"), "--begin-with", source)
    assert done.returncode == code
    assert source in done.stderr
    assert list(tmp_path.rglob("*.db")) == []


@pytest.mark.thorough
def test_of_several_plans_each_is_shown(tmp_path: Path, run: Run) -> None:
    place = tmp_path / "ny.db"
    settings = tmp_path / "annan.toml"
    settings.write_text('[plan]\nkey = ""\n', encoding="utf-8")
    where = ("--db", str(place), "--config", str(settings))
    assert run(*where, "--begin-with", "nacka-2022").returncode == 0
    assert run(*where, "import", str(PROJECT / "kvaltui" / "plans" / "ekero-2016.toml")).returncode == 0
    done = run(*where)
    assert done.returncode == 0
    assert done.stdout.count("Måluppfyllelse ") == 2


@pytest.mark.thorough
def test_make_run_in_a_fresh_copy_without_a_terminal(tmp_path: Path, own_home: Path) -> None:
    """`.venv` is there already; what `make` does to get it is the registry's."""
    # The settings as they come with the program, whatever has become of those here.
    (tmp_path / "config.toml").write_text(render(Config(folder=tmp_path), say), encoding="utf-8")
    for name in ("kvaltui", "db", "Makefile", "pyproject.toml", "setup.py", "constraints.txt"):
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(
                source,
                tmp_path / name,
                ignore=shutil.ignore_patterns("*.db", "backups", "*.log", "*.pyc", "config.toml"),
            )
        else:
            shutil.copy2(source, tmp_path / name)
    (tmp_path / ".venv").mkdir()
    for part in Path(sys.prefix).iterdir():
        if part.name != "ready":
            (tmp_path / ".venv" / part.name).symlink_to(part)
    (tmp_path / ".venv" / "ready").touch()

    def make_run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", "run"],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "HOME": str(own_home), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    first, second = make_run(), make_run()
    assert (first.returncode, first.stderr, second.returncode, second.stderr) == (0, "", 0, "")
    assert first.stdout.startswith("Det fanns ingen databas: db/kvaltui.db är gjord, med planen ”nacka-2022”.")
    assert "$ .venv/bin/kvaltui enter sabo-trygghet" in first.stdout
    assert second.stdout.startswith("Kvalitetsindikatorer per affärsområde 2022")
    for done in (first, second):
        assert "✓ 19   ▲ 8   ✗ 6   – 1" in done.stdout
        assert done.stdout.endswith("Programmet öppnas med .venv/bin/kvaltui i ett terminalfönster.\n")


SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


@pytest.mark.thorough
@pytest.mark.parametrize("arguments", [[], ["--db", "finns-inte.db"], ["demo"]])
def test_over_ssh_without_a_terminal_it_says_how_to_get_one(run: Run, arguments: list[str]) -> None:
    done = run(*arguments, environment=SSH)
    assert "ssh -t VÄRD kvaltui" in done.stdout + done.stderr
    assert "ssh -t" not in run("status", environment=SSH).stdout
    assert "ssh -t" not in run(environment={**SSH, "SSH_TTY": "/dev/pts/3"}).stdout, "it has one, and a pipe after it"


@pytest.mark.parametrize(
    ("term", "told"), [("dumb", "TERM=dumb"), ("unknown", "TERM=unknown"), ("", "TERM är inte satt")]
)
def test_a_terminal_that_cannot_show_the_program_is_told(folder: Path, term: str, told: str) -> None:
    code, written = in_terminal(folder=folder, environment={"TERM": term})
    assert code == 0
    assert told in written
    assert "kvaltui" in written
    assert "\x1b" not in written


def test_demo_needs_a_terminal(run: Run) -> None:
    done = run("demo")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Det finns ingen terminal här" in done.stderr


def test_a_dumb_terminal_gets_the_status(folder: Path) -> None:
    code, written = in_terminal(folder=folder, environment={"TERM": "dumb"})
    assert code == 0
    assert "TERM=dumb" in written
    assert "▲ Delvis uppnått" in written
    assert "\x1b" not in written


def test_a_tiny_window_is_refused_with_a_message(folder: Path) -> None:
    code, written = in_terminal(folder=folder, lines=5, columns=20)
    assert code == 0
    assert "Fönstret är för litet: 20 × 5" in written


@pytest.mark.thorough
def test_status_in_a_terminal_is_coloured_and_fits(folder: Path) -> None:
    code, written = in_terminal("status", folder=folder)
    assert code == 0
    assert "\x1b[32m✓ 19" in written
    assert "█" in written
    plain_code, plain = in_terminal("status", folder=folder, environment={"NO_COLOR": "1"})
    assert (plain_code, "\x1b" in plain) == (0, False)
    assert in_terminal("status", "--plain", folder=folder)[1] == plain


@pytest.mark.parametrize(
    ("encoding", "arguments"),
    sampled(
        product(
            ["ascii", "latin-1"], [["status"], ["status", "--json"], ["list", "indicators"], ["--help"], ["stauts"]]
        ),
        4,
    ),
)
def test_no_encoding_is_too_poor(run: Run, arguments: list[str], encoding: str) -> None:
    done = run(*arguments, environment={"PYTHONIOENCODING": encoding, "LC_ALL": "C"}, text=False)
    printed = done.stdout + done.stderr
    assert printed.decode(encoding)  # type: ignore[attr-defined]
    assert b"Error" not in printed  # type: ignore[operator]


def test_symbols_in_ascii_where_the_locale_is_not_utf8(run: Run) -> None:
    done = run("status", environment={"LANG": "C"})
    assert "+ 19   ~ 8   x 6   - 1" in done.stdout
    assert "✓" not in done.stdout


@pytest.mark.thorough
def test_demo_opens_the_starter_plans_and_leaves_nothing(tmp_path: Path) -> None:
    temporary = tmp_path / "tillfälligt"
    temporary.mkdir()
    with Terminal("demo", folder=tmp_path, environment={"TMPDIR": str(temporary)}) as terminal:
        terminal.wait_for("[Översikt]", "period 2022")
        assert list(temporary.iterdir())
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert list(temporary.iterdir()) == []


@pytest.mark.thorough
def test_status_imports_neither_the_program_nor_what_only_other_commands_need(folder: Path, own_home: Path) -> None:
    code = (
        "import sys\n"
        "from kvaltui.cli import main\n"
        "main(sys.argv[1:])\n"
        "heavy = {'textual', 'rich', 'openpyxl', 'docx', 'platformdirs', 'tomli_w', 'tomlkit', 'shtab',\n"
        "         'importlib.metadata', 'difflib', 'shutil', 'kvaltui.exchange.plan_reader', 'kvaltui.tui'}\n"
        "sys.stderr.write(repr(sorted(heavy & set(sys.modules))))\n"
    )
    for arguments in (["status", "--plain"], ["status"], ["status", "--json"], ["status", "--missing"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=folder,
            env={**ENVIRONMENT, "HOME": str(own_home)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=True,
        )
        assert done.stderr == "[]"


@pytest.mark.thorough
def test_a_reader_that_leaves_is_no_error(folder: Path, own_home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kvaltui", "history", "--json", "--limit", "100000"],
        cwd=folder,
        env={**ENVIRONMENT, "HOME": str(own_home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


def test_a_full_disk_under_the_output(folder: Path, own_home: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kvaltui", "status"],
            cwd=folder,
            env={**ENVIRONMENT, "HOME": str(own_home)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == "disken är full\n"


@pytest.mark.thorough
def test_closed_streams(folder: Path, own_home: Path) -> None:
    command = f"{sys.executable} -m kvaltui status <&- >&- 2>&-"
    environment = {**ENVIRONMENT, "HOME": str(own_home)}
    assert subprocess.run(command, shell=True, cwd=folder, env=environment, timeout=120, check=False).returncode == 0


@pytest.mark.thorough
def test_debug_shows_the_traceback_and_nothing_else_does(run: Run) -> None:
    done = run("status", "--period", "1999", "--debug")
    assert done.returncode == 2
    assert "Traceback" in done.stderr
    assert "UsageError" in done.stderr
    assert "Traceback" not in run("status", "--period", "1999").stderr


@pytest.mark.thorough
def test_escape_sequences_in_names_never_reach_the_terminal(tmp_path: Path, run: Run) -> None:
    evil = "\x1b]52;c;ZXZpbA==\x07\x9b31m\u202eåäö [/x]\x00"
    run("export", str(tmp_path / "plan.toml"))
    escaped = json.dumps(evil)[1:-1]
    plan = (tmp_path / "plan.toml").read_text(encoding="utf-8").replace("Äldreomsorg", f"Äldre{escaped}")
    (tmp_path / "plan.toml").write_text(plan, encoding="utf-8")
    made = run("init", "--plan", str(tmp_path / "plan.toml"), "--folder", str(tmp_path / "ny"))
    config = str(tmp_path / "ny" / "config.toml")
    commands = [
        ["status"], ["status", "--json"], ["list", "areas"], ["list", "areas", "--json"], ["show", "aldreomsorg"],
        ["show", "aldreomsorg", "--json"], ["history"], ["history", "--json"], ["report"],
        ["status", "--area", evil[1:4]],
        ["show", evil.replace("\x00", "")], ["import", evil.replace("\x00", "") + ".toml"],
    ]  # fmt: skip
    for done in (made, *(run("--config", config, *command) for command in commands)):
        printed = done.stdout + done.stderr
        assert not {"\x1b", "\x07", "\x9b", "\u202e", "\x00"} & set(printed)


def test_an_interrupt_ends_quietly(folder: Path, own_home: Path) -> None:
    # A shell that starts the tests in the background has them ignore the signal.
    code = "import signal, os, kvaltui.cli as cli\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += "cli._run = lambda given: os.kill(os.getpid(), signal.SIGINT)\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}raise SystemExit(cli.main(['status']))"],
        cwd=folder,
        env={**ENVIRONMENT, "HOME": str(own_home)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (128 + signal.SIGINT, b"")


@pytest.mark.thorough
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_for_shells(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.returncode == 0
    assert "self-checks" in done.stdout


@pytest.mark.thorough
def test_completion_is_valid_bash(run: Run) -> None:
    script = run("completion", "bash").stdout
    subprocess.run(["bash", "-n"], input=script, text=True, encoding="utf-8", timeout=120, check=True)


@pytest.mark.thorough
def test_what_goes_wrong_unforeseen_is_told_without_a_traceback_and_logged_without_data(
    folder: Path, own_home: Path
) -> None:
    code = (
        "import kvaltui.commands.context as context, kvaltui.cli as cli\n"
        "def fail(self): raise RuntimeError('hemligt 4711')\n"
        "context.Context.open_to_read = fail\n"
        "raise SystemExit(cli.main(['status']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**ENVIRONMENT, "HOME": str(own_home)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.startswith("Något oförutsett gick fel (RuntimeError).")
    assert "Traceback" not in done.stderr
    log = (folder / "db" / "kvaltui.log").read_text(encoding="utf-8")
    assert "unforeseen RuntimeError at" in log
    assert "4711" not in log
