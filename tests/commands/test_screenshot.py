"""`kvaltui screenshot`: the screens of the person's own plan in a file, without a terminal and without a change."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from kvaltui.commands.declarations import SCREENS
from kvaltui.tui.modes import MODES
from tests.commands.conftest import Folder
from tests.sampled import sampled


def test_every_screen_can_be_asked_for() -> None:
    assert {each.replace("-", "_") for each in SCREENS} == {*(mode.name for mode in MODES), "help"}


def test_it_shows_the_plan_as_it_stands_now(nacka: Folder) -> None:
    nacka("enter", "sabo-mat-smakar", "71 %")
    before = nacka.database.read_bytes()
    assert nacka("screenshot", "bild.txt", "--screen", "indicators").out == "Skrev bild.txt\n"
    lines = (nacka.path / "bild.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 24
    assert max(map(len, lines)) <= 80
    assert any("smakar bra" in line and " 71   %" in line for line in lines)
    assert nacka.database.read_bytes() == before


@pytest.mark.thorough
@pytest.mark.parametrize("screen", sampled(SCREENS, 2))
def test_a_picture_of_every_screen_in_the_size_that_is_asked_for(nacka: Folder, screen: str) -> None:
    nacka("screenshot", "bild.svg", "--screen", screen, "--size", "120×40")
    nacka("screenshot", "bild.txt", "--screen", screen, "--size", "120×40")
    picture = (nacka.path / "bild.svg").read_text(encoding="utf-8")
    written = (nacka.path / "bild.txt").read_text(encoding="utf-8")
    assert len(written.splitlines()) == 40
    told = "".join(ElementTree.fromstring(picture).itertext()).replace("\N{NO-BREAK SPACE}", " ")
    for line in written.splitlines():
        assert all(word in told for word in line.split())


def test_a_picture_fetches_nothing(nacka: Folder) -> None:
    nacka("screenshot", "bild.svg")
    picture = (nacka.path / "bild.svg").read_text(encoding="utf-8")
    assert "url(" not in picture.replace("url(#", "")
    assert "@font-face" not in picture
    assert "href" not in picture


def test_a_file_that_is_there_is_left_unless_force_is_given(nacka: Folder) -> None:
    (nacka.path / "bild.txt").write_text("mitt", encoding="utf-8")
    assert "--force" in nacka("screenshot", "bild.txt", code=3).err
    assert (nacka.path / "bild.txt").read_text(encoding="utf-8") == "mitt"
    nacka("screenshot", "bild.txt", "--force")
    assert "Äldreomsorg" in (nacka.path / "bild.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", ["80", "x", "39x24", "80x9", "401x24", "80x201", "80x24x2", "-80x24", "åttio"])
def test_what_is_no_size_is_refused_with_what_is(nacka: Folder, size: str) -> None:
    assert "som 80x24, minst 40x10 och högst 400x200" in nacka("screenshot", "bild.txt", f"--size={size}", code=2).err
    assert not (nacka.path / "bild.txt").exists()


@pytest.mark.parametrize("name", ["bild", "bild.png", "bild.kvb"])
def test_another_ending_is_refused_with_those_there_are(nacka: Folder, name: str) -> None:
    assert ".svg, .txt" in nacka("screenshot", name, code=3).err


def test_a_period_is_chosen_as_elsewhere(nacka: Folder) -> None:
    nacka("period", "add", "2023")
    nacka("screenshot", "bild.txt", "--screen", "indicators", "--period", "2022")
    assert "period 2022" in (nacka.path / "bild.txt").read_text(encoding="utf-8")
    assert nacka("screenshot", "annan.txt", "--period", "1999", code=2).err
