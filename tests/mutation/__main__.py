"""`make mutants`: change the program in one small place after another, and see whether a test notices.

docs/mutants.md tells what it is for, and what no test can notice.

Each change is made in a copy of the project, never in the project itself. A mutant that no test notices is shown with
its line as it was and as it became. Exit code 1 when fewer are noticed than `--at-least` says.
"""

from __future__ import annotations

import argparse
import os
import queue
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.mutation.concerned import OF_ROOMS, Imports, imports_of, tests_of
from tests.mutation.sampling import Mutant, all_mutants, sampled

PROJECT = Path(__file__).parents[2]
_HANGS = 10
"""When so many times as long has passed as its tests may compute, a mutant is taken to hang."""


@dataclass(frozen=True)
class Tried:
    """What became of a mutant: the test that noticed it, "" where none did, and what was changed."""

    mutant: Mutant
    noticed_by: str
    change: str


def main() -> int:
    """Try a sample, and tell what no test noticed."""
    given = _arguments()
    rooms = [each for each in given.rooms if (PROJECT / "kvaltui" / each).is_dir()]
    everything = all_mutants(PROJECT, rooms)
    if given.module:
        everything = [each for each in everything if each.module == given.module]
    mutants = sampled(everything, given.number, given.seed)
    print(f"{len(mutants)} of {len(everything)} mutants of {', '.join(rooms)}, seed {given.seed}", flush=True)
    began = time.monotonic()
    survived = []
    imports = imports_of(PROJECT)
    with _copies(given.workers) as copies, ThreadPoolExecutor(given.workers) as pool:
        for number, tried in enumerate(pool.map(lambda each: _tried(each, copies, imports, given.seconds), mutants), 1):
            at = f"{tried.mutant.module}:{tried.mutant.line}"
            print(f"{number}/{len(mutants)} {at}: {tried.noticed_by or 'SURVIVED'}", flush=True)
            if not tried.noticed_by:
                survived.append(tried)
                print(tried.change, flush=True)
    share = 100 * (1 - len(survived) / len(mutants)) if mutants else 100.0
    minutes = (time.monotonic() - began) / 60
    print(f"{len(mutants) - len(survived)} of {len(mutants)} noticed ({share:.0f} %), {minutes:.0f} minutes")
    return 0 if share >= given.at_least else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--rooms", nargs="+", default=list(OF_ROOMS), help="which rooms of the program")
    parser.add_argument("--module", help="only this module, as kvaltui/store/merge.py")
    parser.add_argument("--number", type=int, default=100, help="how many mutants")
    parser.add_argument("--seed", type=int, default=10, help="which of them")
    parser.add_argument("--seconds", type=float, default=45, help="how long each one's tests may compute")
    parser.add_argument("--workers", type=int, default=2, help="how many at once")
    parser.add_argument("--at-least", type=float, default=85, help="how many of a hundred are to be noticed")
    return parser.parse_args()


@contextmanager
def _copies(number: int) -> Iterator[queue.Queue[Path]]:
    """Copies of the project, one for each that works at a time."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    files = [each.decode() for each in listed.stdout.split(b"\0") if each and (PROJECT / each.decode()).is_file()]
    files += [each.relative_to(PROJECT).as_posix() for each in (PROJECT / "kvaltui/locale").rglob("*.mo")]
    with TemporaryDirectory(prefix="mutants-") as folder:
        free: queue.Queue[Path] = queue.Queue()
        for each in range(number):
            copy = Path(folder) / str(each)
            for file in files:
                (copy / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(PROJECT / file, copy / file)
            free.put(copy)
        yield free


def _tried(mutant: Mutant, copies: queue.Queue[Path], imports: Imports, seconds: float) -> Tried:
    copy = copies.get()
    path = copy / mutant.module
    original = path.read_text(encoding="utf-8")
    changed = mutant.source(original)
    try:
        _write(path, changed)
        noticed_by = _run(copy, tests_of(mutant.module, imports), seconds)
        _write(path, original)
        if "::" in noticed_by and _run(copy, [noticed_by], seconds):
            raise SystemExit(f"{noticed_by} fails without any change")
    finally:
        _write(path, original)
        copies.put(copy)
    lines = list(unified_diff(original.splitlines(), changed.splitlines(), lineterm="", n=0))
    return Tried(mutant, noticed_by, "\n".join(line for line in lines[3:]))


def _write(path: Path, source: str) -> None:
    path.write_text(source, encoding="utf-8")
    # Python knows compiled code by the second and the size of its source, which both may be the same as a moment ago.
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()


def _run(copy: Path, tests: list[str], seconds: float) -> str:
    """The first test that fails, "" when none does."""
    env = {**os.environ, "PYTHONPATH": str(copy), "MUTANT_SECONDS": str(seconds), "KVALTUI_TESTS": "thorough"}
    command = [
        sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider",
        "-p", "tests.mutation.time_limit", "--tb=no", *tests,
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=copy, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        output, _ = process.communicate(timeout=seconds * _HANGS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=60)
        return "it did not end"
    if process.returncode == 0:
        return ""
    if process.returncode == pytest.ExitCode.USAGE_ERROR and "while loading conftest" in output:
        return "the program does not begin"
    if process.returncode not in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):
        raise SystemExit(output)
    told = [line for line in output.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return told[0].partition(" ")[2].partition(" - ")[0] if told else output.strip().splitlines()[-1]


if __name__ == "__main__":
    sys.exit(main())
