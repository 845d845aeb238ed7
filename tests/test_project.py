"""The project's own files: what a newcomer relies on is true."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]


def pins(lines: Iterable[str]) -> dict[str, str]:
    """Package names, as the registry spells them, and versions, of lines such as `tomli_w==1.2.0`."""
    pairs = [line.split("==") for line in lines]
    return {name.lower().replace("_", "-"): version for name, version in pairs}


PAGES = [
    path.relative_to(PROJECT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "db/*.md")
    for path in sorted(PROJECT.glob(pattern))
]


def test_every_dependency_is_pinned_once() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    stated = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(each for extra in project["project"]["optional-dependencies"].values() for each in extra),
    ]
    everything = pins((PROJECT / "constraints.txt").read_text(encoding="utf-8").split())
    assert {name: version for name, version in pins(stated).items() if everything.get(name) != version} == {}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    path = PROJECT / page
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith(("http:", "https:", "mailto:"))]
    assert [link for link in local if not (path.parent / link).exists()] == []


def test_the_check_of_a_change_can_be_run() -> None:
    assert os.access(PROJECT / ".ci/run", os.X_OK)


def test_databases_and_backups_stay_out_of_version_control() -> None:
    ignored = (PROJECT / "db/.gitignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored
    assert {line for line in ignored if line.startswith("!")} == {"!.gitignore", "!README.md", "!schema.sql"}
