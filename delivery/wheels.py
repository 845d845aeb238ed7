"""python -m delivery.wheels: where everything is there ready compiled, as docs/installing.md tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from delivery.scratch import Failed, run, tools
from delivery.systems import PROJECT, PYTHONS, SYSTEMS, System, needed

PAGE = PROJECT / "docs" / "installing.md"
BEGINNING = "<!-- From here to the next mark: made by `make wheels`. -->\n"
END = "<!-- The end of what is made. -->\n"


def lacking(pip: Path, system: System, python: str) -> list[str]:
    """The libraries, each with its version, that a package index has no wheel of for a system and a Python."""
    versions = needed(system, python)
    wanted = [f"{name}=={version}" for name, version in versions.items()]
    if _are_there(pip, system, python, wanted):
        return []
    return [each for each in wanted if not _are_there(pip, system, python, [each])]


def _are_there(pip: Path, system: System, python: str, wanted: list[str]) -> bool:
    tags = [word for tag in system.tags for word in ("--platform", tag)]
    version = ["--python-version", python, "--implementation", "cp", "--only-binary=:all:"]
    asking = ["install", "--dry-run", "--quiet", "--ignore-installed", "--no-deps", "--target", "nowhere"]
    try:
        run([pip, *asking, *tags, *version, *wanted], PROJECT)
    except Failed as failed:
        if "No matching distribution" not in str(failed):
            raise
        return False
    return True


def table() -> Iterator[str]:
    """The lines of the table; asks the package index."""
    pip = tools() / "pip"
    yield from (f"| system | {' | '.join(PYTHONS)} |", f"|---|{'---|' * len(PYTHONS)}")
    for system in SYSTEMS:
        cells = [", ".join(lacking(pip, system, python)) for python in PYTHONS]
        yield f"| {system.name} | {' | '.join(f'without {cell}' if cell else 'all' for cell in cells)} |"


def with_table(page: str, lines: Iterator[str]) -> str:
    """The page with the table between its two marks; the rest is written by hand and stays."""
    head, _beginning, rest = page.partition(BEGINNING)
    _former, _end, tail = rest.partition(END)
    return "".join((head, BEGINNING, "\n", *(f"{line}\n" for line in lines), "\n", END, tail))


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), table()), encoding="utf-8")
