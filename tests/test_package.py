"""The program as it is handed on: a wheel that is whole without its source tree, and a source that checks itself."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from email.message import Message
from importlib.resources import files as resources
from pathlib import Path

import pytest

from delivery import licences, scratch
from delivery.index_page import index_page
from delivery.systems import PROJECT, PYTHONS, project, stated
from kvaltui import __version__
from tests.prose import files as texts

GUIDE = "kvaltui/guide/anvandarguide.md"
MADE_BY_THE_BUILD = {"PKG-INFO", "setup.cfg"}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source distribution and the wheel, made with the setuptools that is here: nothing is fetched."""
    return scratch.package(tmp_path_factory.mktemp("package"), is_isolated=False)


@pytest.fixture(scope="module")
def installed(package: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what the wheel installs."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(package[1]).extractall(folder)
    return folder


@pytest.fixture(scope="module")
def source(package: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("source")
    with tarfile.open(package[0]) as archive:
        archive.extractall(folder, filter="data")
    return folder / f"kvaltui-{__version__}"


def files(folder: Path, *patterns: str) -> set[str]:
    """What matches, but for what is made while the program runs."""
    found = {path for pattern in patterns for path in folder.glob(pattern)}
    return {path.relative_to(folder).as_posix() for path in found if "__pycache__" not in path.parts}


def printed(program: str, path: Path, folder: Path) -> str:
    """What a program prints that has its modules from a path alone."""
    environment = {**os.environ, "PYTHONPATH": str(path), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


@pytest.mark.thorough
def test_everything_the_program_reads_is_there(installed: Path) -> None:
    patterns = [f"kvaltui/**/*.{suffix}" for suffix in ("py", "tcss", "toml", "sql", "md")]
    assert files(installed, *patterns) == files(PROJECT, *patterns)
    assert files(installed, "kvaltui/locale/**/*.*") == {"kvaltui/locale/sv/LC_MESSAGES/kvaltui.mo"}
    assert (installed / "kvaltui/py.typed").exists()


@pytest.mark.thorough
def test_nothing_else_is_installed(installed: Path) -> None:
    data = f"kvaltui-{__version__}.data"
    assert {path.name for path in installed.iterdir()} == {"kvaltui", f"kvaltui-{__version__}.dist-info", data}
    pages = {f"{data}/data/share/man/{each}man1/kvaltui.1" for each in ("", "sv/")}
    assert files(installed, f"{data}/**/*.*") == pages
    assert {page: '"KOMMANDON"' in (installed / page).read_text(encoding="ascii") for page in pages} == {
        page: "/sv/" in page for page in pages
    }


@pytest.mark.thorough
def test_the_installed_program_speaks_swedish(installed: Path, tmp_path: Path) -> None:
    program = "import kvaltui.words as words; print(words.__file__, words.field_word('value'))"
    assert printed(program, installed, tmp_path).split() == [str(installed / "kvaltui/words.py"), "värde"]


def test_the_guide_lies_in_the_package() -> None:
    guide = resources("kvaltui") / "guide" / "anvandarguide.md"
    assert guide.read_text(encoding="utf-8").startswith("# Användarguide\n")


@pytest.mark.thorough
@pytest.mark.parametrize("is_packed", [False, True], ids=["unpacked", "in an archive"])
def test_the_guide_is_read_from_what_is_installed(
    package: tuple[Path, Path], installed: Path, tmp_path: Path, is_packed: bool
) -> None:
    program = (
        "from importlib.resources import files; import sys;"
        "sys.stdout.write((files('kvaltui') / 'guide' / 'anvandarguide.md').read_text('utf-8'))"
    )
    path = package[1] if is_packed else installed
    assert printed(program, path, tmp_path) == (PROJECT / GUIDE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def metadata(installed: Path) -> Message:
    text = (installed / f"kvaltui-{__version__}.dist-info/METADATA").read_text(encoding="utf-8")
    return email.message_from_string(text)


@pytest.mark.thorough
def test_what_a_package_index_is_told(metadata: Message) -> None:
    assert metadata["Requires-Python"] == f">={PYTHONS[0]}"
    assert metadata["Description-Content-Type"] == "text/markdown"
    asked_for = {re.sub(r"[\s'\"]", "", line) for line in metadata.get_all("Requires-Dist", [])}
    assert {re.sub(r"[\s'\"]", "", str(each)) for each in stated()} <= asked_for
    shown = metadata.get_payload()
    assert isinstance(shown, str)
    assert shown.startswith("# kvaltui\n")
    assert relative_targets(shown) == []


def relative_targets(page: str) -> list[str]:
    """Where links and pictures lead that have no address of their own."""
    targets: list[str] = re.findall(r"\]\(([^)\s]*)\)", page) + re.findall(r"(?:src|href)=\"([^\"]*)\"", page)
    return [each for each in targets if not re.match(r"https?:|mailto:|#", each)]


def test_the_readme_of_an_index_leads_nowhere_within_the_project() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert len(relative_targets(readme)) > 5
    page = index_page(readme)
    assert relative_targets(page) == []
    assert "\n\n\n" not in page
    said = {line for line in readme.splitlines() if "](" not in line}
    assert said <= set(page.splitlines())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See [the rules](docs/rules.md#totals), here.", "See the rules, here."),
        ("See [the rules](#rules).", "See [the rules](#rules)."),
        ("See [the site](https://site.example/a) and <https://site.example>.",) * 2,
        ("a\n\n![A picture](docs/a.svg)\n\n![Another](docs/b.svg)\n\nb", "a\n\nb"),
        ("![A badge](https://site.example/a.svg) b",) * 2,
        ("    [table](of.numbers)",) * 2,
        ("```\n[table](of.numbers)\n```",) * 2,
    ],
)
def test_what_becomes_of_links_and_pictures(written: str, shown: str) -> None:
    assert index_page(f"{written}\n").partition("\nThe pages that are named here")[0] == f"{shown}\n"


@pytest.mark.thorough
def test_the_source_is_whole(source: Path) -> None:
    packed = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    ours = {each for each in packed if not each.startswith("kvaltui.egg-info/")} - MADE_BY_THE_BUILD
    assert set(texts()) - ours == set()
    folders = {"kvaltui", "tests", "docs", "benchmarks", "delivery", "db", ".ci"}
    assert {each.split("/")[0] for each in ours if "/" in each} == folders
    assert {each for each in ours if each.endswith((".pyc", ".mo", ".db")) or "/backups/" in each} == set()


@pytest.mark.thorough
def test_the_tests_of_the_source_pass_from_it(source: Path, tmp_path: Path) -> None:
    asked = [
        "tests/test_project.py",
        "tests/test_i18n.py",
        "tests/model/test_figure.py",
        "tests/commands/test_parser.py",
    ]
    environment = {**os.environ, "PYTHONPATH": str(source), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider", "-m", "not thorough", *asked],
        cwd=source,
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\d{2,} passed", done.stdout, re.MULTILINE), done.stdout


def test_the_classifiers_name_the_pythons_that_are_tried() -> None:
    classifiers = project()["classifiers"]
    assert isinstance(classifiers, list)
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("Programming Language :: Python ::")]
    assert tuple(named) == PYTHONS


@pytest.mark.thorough
def test_every_library_is_told_of_with_its_licence() -> None:
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(), "make licences"
