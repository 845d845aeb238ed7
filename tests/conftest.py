"""What every test needs: a person with no settings of their own, in a world that always looks the same."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, is_hypothesis_test, settings

from kvaltui import i18n
from tests.properties import IS_FULL, examples
from tests.sampled import MOST_CASES, spread

# Every program that the tests start would compile the whole of kvaltui anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Who starts the tests in the background has Ctrl+C ignored, and so would every program that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# All that a run leaves for the time being lies in a folder of its own: no other run clears it away, and what is left
# behind is seen. It can be entered by everybody, for what is tried as another user.
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not IS_WORKER:
    os.environ["TMPDIR"] = tempfile.mkdtemp(prefix="k-")
    Path(os.environ["TMPDIR"]).chmod(0o755)
tempfile.tempdir = None
PROJECT = Path(__file__).parents[1]
if sys.platform != "win32":
    # They run within Windows; `tests/windows` starts one for them.
    collect_ignore_glob = ["windows/*_in_windows.py"]
LEFT_BEHIND: list[str] = []

# A run takes the same examples each time, and so fails for what has been changed; a full run takes new ones.
# Explaining a failure takes a trace of every line of every example, ten times the time of the examples themselves.
settings.register_profile(
    "the same", examples(40), deadline=None, derandomize=True, phases=set(Phase) - {Phase.explain}
)
settings.register_profile("new", examples(50), deadline=None)
settings.load_profile("new" if IS_FULL else "the same")
_LONGEST_IN_A_NAME = 200


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Properties have a marker; of a test with very many cases an ordinary run takes a sample."""
    cases: dict[object, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if is_hypothesis_test(getattr(item, "function", None)):
            item.add_marker("property")
        if item.get_closest_marker("thorough") is None:
            cases[getattr(item, "originalname", item.name), item.parent].append(item)
    for of_one_test in cases.values():
        kept = spread(len(of_one_test), MOST_CASES)
        for at, item in enumerate(of_one_test):
            if at not in kept:
                item.add_marker("thorough")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the sweeps for garbage, a tenth of the time of the tests, pass it by."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_make_parametrize_id(val: object) -> str | None:
    """A long text gives a test a short name: names are sent between the processes that run tests, and printed."""
    if isinstance(val, str | bytes) and len(val) > _LONGEST_IN_A_NAME:
        return f"{val[:20]!a} and so on, {len(val)} in all"
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.option.basetemp is None:
        config.option.basetemp = str(Path(os.environ["TMPDIR"]) / "t")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """What tests or the programs that they started have left behind is a fault; the rest goes when all has passed."""
    if IS_WORKER:
        return
    folder = Path(os.environ["TMPDIR"])
    LEFT_BEHIND.extend(sorted(each.name for each in folder.iterdir() if each.name.startswith("kvaltui")))
    if LEFT_BEHIND:
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED
    elif not session.exitstatus:
        shutil.rmtree(folder, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if LEFT_BEHIND:
        terminalreporter.section(f"left behind in {os.environ['TMPDIR']}", red=True)
        terminalreporter.write_line("\n".join(LEFT_BEHIND))


@pytest.fixture(scope="session", autouse=True)
def nobodys_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of whoever runs the tests is met: not their home, nor the settings in the folder where they stand."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        patch.setenv("HOME", str(home))
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH", "")))))
        patch.setenv("LANG", "sv_SE.UTF-8")
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LC_ALL", "LC_CTYPE"):
            patch.delenv(name, raising=False)
        for name in ("KVALTUI_CONFIG", "NO_COLOR", "FORCE_COLOR", "COLORTERM"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def untouched_homes() -> list[Path]:
    """Home folders in which no test has left anything."""
    return []


@pytest.fixture(autouse=True)
def own_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, untouched_homes: list[Path]
) -> Iterator[Path]:
    """A home folder of the test's own, so that nobody's settings or figures are read or touched."""
    if not untouched_homes:
        homes = tmp_path_factory.getbasetemp() / "homes"
        homes.mkdir(exist_ok=True)
        untouched_homes.append(Path(tempfile.mkdtemp(dir=homes)))
    home = untouched_homes.pop()
    monkeypatch.setenv("HOME", str(home))
    yield home
    if home.stat().st_mode & 0o777 == 0o700 and not any(home.iterdir()):
        untouched_homes.append(home)


@pytest.fixture(autouse=True)
def swedish_is_spoken(swedish: i18n.Translate) -> None:
    """Swedish is spoken when a test begins, whatever was spoken in the one before."""
    i18n.install("sv", swedish)


@pytest.fixture(scope="session")
def swedish() -> i18n.Translate:
    """The Swedish texts, read once."""
    return i18n.catalogue("sv")
