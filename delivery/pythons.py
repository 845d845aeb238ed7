"""python -m delivery.pythons: the tests with every Python that is here, or with the lowest libraries allowed."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from packaging.utils import canonicalize_name

from delivery.scratch import BUILD, Failed, run, surroundings
from delivery.systems import PROJECT, PYTHONS, pins, stated

_LOWEST = "lowest"
_PYTEST = ("-m", "pytest", "--quiet", "-p", "no:cacheprovider", "--numprocesses=2", "--dist=worksteal")
_LAST_LINE = re.compile(r"(?m)^(?:=+ )?(\d+ (?:passed|failed|error).*?)(?: =+)?$")


def interpreter(version: str) -> Path | None:
    """A Python of a version such as `3.12`: in the path, or among those of pyenv or uv."""
    name = f"python{version}"
    home = Path.home()
    places = (home / ".pyenv" / "versions", home / ".local" / "share" / "uv" / "python")
    found = [Path(which)] if (which := shutil.which(name)) else []
    found += [each for place in places for each in sorted(place.glob(f"*{version}*/bin/{name}"), reverse=True)]
    return next((each for each in found if _starts(each, version)), None)


def _starts(python: Path, version: str) -> bool:
    """Whether it is what it is called: a shim of pyenv may be none."""
    asking = [str(python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    done = subprocess.run(asking, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode == 0 and done.stdout.strip() == version


def lowest() -> Iterator[str]:
    """The lines of constraints.txt, with the lowest that pyproject.toml allows of what the program itself asks for."""
    lower = {
        canonicalize_name(each.name): bound.version
        for each in stated()
        for bound in each.specifier
        if bound.operator == ">=" and (each.marker is None or each.marker.evaluate())
    }
    yield from (f"{name}=={version}" for name, version in lower.items())
    yield from (str(each) for each in pins() if canonicalize_name(each.name) not in lower)


def tested(name: str, python: Path, constraints: Path, arguments: list[str]) -> str:
    """What the tests say at their end with a Python, in an environment of its own."""
    place = BUILD / "pythons" / name
    if not (place / "bin" / "python").exists():
        run([python, "-m", "venv", place], PROJECT)
    own = place / "bin" / "python"
    installing: list[str | Path] = ["install", "--quiet", "--constraint", constraints, "--editable", ".[dev]"]
    run([own, "-m", "pip", *installing], PROJECT)
    run([own, "-m", "kvaltui.catalogue", "kvaltui/locale/sv.po", "kvaltui/locale/sv/LC_MESSAGES/kvaltui.mo"], PROJECT)
    try:
        printed = run([own, *_PYTEST, *arguments], PROJECT, surroundings(Path.home()), seconds=3600)
    except Failed as failed:
        print(failed, flush=True)
        printed = str(failed)
    ends = _LAST_LINE.findall(printed)
    return ends[-1] if ends else "ended without a word"


def main() -> int:
    """Run them and print a table; 1 where a test fails. Arguments are for pytest: by default, what `make test` runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lowest", action="store_true", help="the lowest libraries, with the Python that runs this")
    known, rest = parser.parse_known_args()
    arguments = rest or ["-m", "not thorough"]
    constraints = PROJECT / "constraints.txt"
    if known.lowest:
        constraints = BUILD / "lowest.txt"
        BUILD.mkdir(exist_ok=True)
        constraints.write_text("".join(f"{line}\n" for line in lowest()), encoding="utf-8")
        chosen: dict[str, Path | None] = {_LOWEST: Path(sys.base_prefix) / "bin" / "python3"}
    else:
        chosen = {version: interpreter(version) for version in PYTHONS}
    rows = ["| Python | what the tests say | s |", "|---|---|---|"]
    for name, python in chosen.items():
        start = time.perf_counter()
        said = tested(name, python, constraints, arguments) if python is not None else "not here"
        rows.append(f"| {name} | {said} | {time.perf_counter() - start:.0f} |")
        print(rows[-1], flush=True)
    print("\n".join(rows))
    return int(any("failed" in row or "error" in row or "without a word" in row for row in rows))


if __name__ == "__main__":
    sys.exit(main())
