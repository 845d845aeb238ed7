"""The project's own files: what a newcomer relies on is true."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from delivery import wheels
from delivery.systems import PYTHONS, SYSTEMS, System, needed, pinned, pins, stated
from docs import write_commands
from tests.prose import PROJECT, anchors, files, headings, prose_of

PAGES = [
    path.relative_to(PROJECT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "db/*.md", "kvaltui/**/*.md")
    for path in sorted(PROJECT.glob(pattern))
]


def asked_for() -> Iterator[str]:
    """Whatever pyproject.toml asks for: to build, to run and to check the program."""
    stated = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    yield from stated["build-system"]["requires"]
    yield from stated["project"]["dependencies"]
    for extra in stated["project"]["optional-dependencies"].values():
        yield from extra


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS, ids=lambda each: each.name)
def test_whatever_is_asked_for_is_pinned_within_its_range(system: System, python: str) -> None:
    markers = system.markers(python)
    asked = [each for each in map(Requirement, asked_for()) if each.marker is None or each.marker.evaluate(markers)]
    versions = pinned(markers)
    wrong = [str(each) for each in asked if not each.specifier.contains(versions[canonicalize_name(each.name)])]
    assert wrong == []
    assert needed(system, python).keys() >= {canonicalize_name(each.name) for each in stated()}


def test_each_pin_is_one_version_on_every_system() -> None:
    for system in SYSTEMS:
        markers = system.markers(PYTHONS[0])
        here = [each for each in pins() if each.marker is None or each.marker.evaluate(markers)]
        assert len(here) == len({canonicalize_name(each.name) for each in here})
    assert [str(each) for each in pins() if [bound.operator for bound in each.specifier] != ["=="]] == []


def test_every_range_has_a_lowest_version() -> None:
    assert [str(each) for each in stated() if not any(bound.operator == ">=" for bound in each.specifier)] == []


def test_the_table_of_wheels_tells_of_every_system_and_python() -> None:
    page = (PROJECT / "docs/installing.md").read_text(encoding="utf-8")
    table = page.partition(wheels.BEGINNING)[2].partition(wheels.END)[0].split("\n")
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table if line.startswith("| ")]
    assert cells[0][1:] == list(PYTHONS)
    assert [row[0] for row in cells[1:]] == [system.name for system in SYSTEMS]
    assert {cell for row in cells[1:] for cell in row[1:]} == {"all"}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_a_file_and_a_heading(page: str) -> None:
    links = re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", (PROJECT / page).read_text(encoding="utf-8"))
    local = [(file, anchor) for file, anchor in links if not re.match(r"[a-z]+:", file)]
    lost = []
    for file, anchor in local:
        target = (PROJECT / page).parent.joinpath(file) if file else PROJECT / page
        if not target.exists() or (anchor and anchor not in anchors(target.resolve().relative_to(PROJECT).as_posix())):
            lost.append((file, anchor))
    assert lost == []


REFERENCE = re.compile(r"docs/([\w/-]+\.md)(?:, (?=[A-Z]))?(.{0,60})")
"""`docs/files.md`, and where a comma and a capital follow, the heading that is meant and how the sentence goes on."""


def references() -> Iterator[tuple[str, str, str]]:
    """The file, the page and the heading ("" = none, and the sentence goes on) of everything that points at a page."""
    for file in files():
        for match in REFERENCE.finditer(prose_of(file)):
            is_heading = match[0].startswith(f"docs/{match[1]}, ") and match[2][:1].isupper()
            yield file, f"docs/{match[1]}", match[2] if is_heading else ""


def begins_with_a_heading(text: str, page: str) -> bool:
    return any(text.startswith(each) and not text[len(each) : len(each) + 1].isalnum() for each in headings(page))


@pytest.mark.thorough
def test_what_points_at_a_page_leads_to_a_heading_of_it() -> None:
    found = list(references())
    assert len([heading for _file, _page, heading in found if heading]) > 50
    assert [(file, page) for file, page, _heading in found if not (PROJECT / page).exists()] == []
    lost = [each for each in found if each[2] and not begins_with_a_heading(each[2], each[1])]
    assert lost == []


NOT_OURS = re.compile(
    r"(?<![\w`])(?:DESIGN|FIGURES|SCREENS|CONTRACT|ACCEPTANCE|GLOSSARY|EXAMPLES|KOLADA|ISSUES?)(?![\w`])"
    r"|\b(?:the|our) (?:contract|acceptance|glossary|brief)\b|\bissue \d"
)
"""Papers that the program was planned by, and that nobody has who has only the project."""


@pytest.mark.thorough
def test_no_text_names_a_document_that_is_not_in_the_project() -> None:
    pages = {Path(each).name for each in files() if each.endswith(".md")}
    named = {
        file: [*NOT_OURS.findall(prose), *sorted(set(re.findall(r"[\w-]+\.md\b", prose)) - pages)]
        for file in files()
        for prose in [prose_of(file)]
        if file.endswith((".py", ".md", ".tcss", ".sql"))
    }
    assert {file: names for file, names in named.items() if names} == {}


MODULE = re.compile(
    r"`([\w/.-]+\.(?:py|tcss|sql))`|\b((?:kvaltui|tests|docs|benchmarks|delivery)/[\w/.-]+\.(?:py|tcss|sql|po))\b"
)
PLACEHOLDERS = {"x.py", "x.tcss"}
"""How a page speaks of any module."""


def test_the_modules_that_are_named_are_there() -> None:
    assert len(files()) > 600
    there = {f"/{each}"[at:] for each in files() for at, sign in enumerate(f"/{each}") if sign == "/"}
    named = {file: {first or second for first, second in MODULE.findall(prose_of(file))} for file in files()}
    lost = {file: {each for each in names if f"/{each}" not in there} - PLACEHOLDERS for file, names in named.items()}
    assert {file: names for file, names in lost.items() if names} == {}


def test_the_page_of_the_commands_says_what_is_declared() -> None:
    page = write_commands.PAGE.read_text(encoding="utf-8")
    assert write_commands.with_commands(page) == page, "make commands"


def test_the_check_of_a_change_can_be_run() -> None:
    assert os.access(PROJECT / ".ci/run", os.X_OK)


def test_databases_and_backups_stay_out_of_version_control() -> None:
    ignored = (PROJECT / "db/.gitignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored
    assert {line for line in ignored if line.startswith("!")} == {"!.gitignore", "!README.md", "!schema.sql"}
