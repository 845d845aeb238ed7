"""A newcomer's path, with no manual: the keys that it takes beyond what is written, counted as it is walked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.model.quality_work import Assignment, Measure, Risk, SelfCheck
from kvaltui.model.structure import Area, Indicator
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.terminal.terminal import Terminal

MOST_TO_FIRST_FIGURE, MOST_FOR_A_PLAN = 4, 120
AREAS = {
    "Stöd i vardagen": (("Får bestämma om viktiga saker", "80"), ("Aktuell genomförandeplan", "95")),
    "Trygghet": (("Trygg med personalen", "85"), ("Vet vart man vänder sig", "75")),
    "Medarbetare": (("Hållbart medarbetarengagemang", "80"), ("Utbildade stödpedagoger", "60")),
}
"""The areas of a gruppbostad, each with its indicators and their targets in per cent."""
RISKS = (("Läkemedel ges i fel dos", "3", "4", "Dubbelsignering"), ("Vikarier saknas", "3", "3", "Egen vikariepool"))
SELF_CHECKS = (("Signeringslistor", "98"), ("Brandskyddsrond", "0"), ("Genomgång av planer", "90"))


class Newcomer:
    """Somebody at the keyboard whose keys are counted, and what they write is not."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.keys = 0

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        self.terminal.press(*keys)

    def write(self, text: str) -> None:
        self.terminal.type(text)

    def see(self, *texts: str) -> None:
        self.terminal.wait_for(*texts)


@pytest.mark.thorough
@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)])
def test_a_plan_for_a_gruppbostad(tmp_path: Path, columns: int, lines: int) -> None:
    (tmp_path / "config.toml").write_text('[database]\npath = "plan.db"\n', encoding="utf-8")
    with Terminal(folder=tmp_path, columns=columns, lines=lines) as terminal:
        newcomer = Newcomer(terminal)
        begin(newcomer)
        build_areas(newcomer)
        build_risks(newcomer)
        build_self_checks(newcomer)
        give_an_assignment(newcomer)
        keys = newcomer.keys
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert keys <= MOST_FOR_A_PLAN
    with open_database(tmp_path / "plan.db", read_only=True) as database:
        content = load_plan(database, "gruppbostaden")
    assert {each.name for each in content.active(Area)} == set(AREAS)
    period = content.plan.current_period
    assert period is not None
    for area, indicators in AREAS.items():
        key = next(each.key for each in content.active(Area) if each.name == area)
        built = {each.name: each.key for each in content.active(Indicator) if each.area == key}
        for name, target in indicators:
            found = content.target(built[name], period)
            assert found is not None
            assert target in found.value
    risks = {each.title: each for each in content.active(Risk)}
    measures = {each.title: each for each in content.active(Measure)}
    for title, likelihood, consequence, measure in RISKS:
        assert (risks[title].likelihood, risks[title].consequence) == (int(likelihood), int(consequence))
        assert measures[measure].risks == (risks[title].key,)
    checks = {each.name: each.threshold for each in content.active(SelfCheck)}
    assert all(threshold in checks[name] for name, threshold in SELF_CHECKS)
    assert [each.name for each in content.active(Assignment)] == ["Redovisa brukarundersökningen"]


def begin(newcomer: Newcomer) -> None:
    """The first start: a plan of one's own, for the year that it is."""
    newcomer.see("Hur vill du börja?", "Bygg en egen")
    newcomer.press("down", "enter")
    newcomer.see("Titel")
    newcomer.write("Gruppbostaden")
    newcomer.press("enter")
    newcomer.see("Gruppbostaden · period")


def build_areas(newcomer: Newcomer) -> None:
    """The areas with their indicators and targets, in the sheet that a new plan begins in."""
    newcomer.see("Bygg", "+ nytt område")
    for area, indicators in AREAS.items():
        newcomer.press("down")
        newcomer.write(area)
        newcomer.press("enter")
        newcomer.see(f" {area}", "Sparat")
        for name, target in indicators:
            newcomer.write(name)
            newcomer.press("tab")
            newcomer.write(target)
            newcomer.press("enter")
            newcomer.see("Sparat", name[:20], f"minst {target}")


def build_risks(newcomer: Newcomer) -> None:
    """The risks with their measures."""
    newcomer.press("f6", "space", "i")
    newcomer.see("+ ny risk")
    for title, likelihood, consequence, _measure in RISKS:
        newcomer.write(title)
        newcomer.press("tab")
        newcomer.write(likelihood)
        newcomer.press("tab")
        newcomer.write(consequence)
        newcomer.press("enter")
        newcomer.see("Sparat", title)
    newcomer.press("f8", "space", "i")
    newcomer.see("+ ny åtgärd")
    for title, _likelihood, _consequence, measure in RISKS:
        newcomer.write(measure)
        newcomer.press("tab", "tab", "tab", "tab")
        newcomer.write(title.split()[0])
        newcomer.press("enter")
        newcomer.see("Sparat", measure)


def build_self_checks(newcomer: Newcomer) -> None:
    """The self-checks with their thresholds."""
    newcomer.press("f7", "space", "i")
    newcomer.see("+ ny egenkontroll")
    for name, threshold in SELF_CHECKS:
        newcomer.write(name)
        newcomer.press("tab", "tab")
        newcomer.write(threshold)
        newcomer.press("enter")
        newcomer.see("Sparat", name)


def give_an_assignment(newcomer: Newcomer) -> None:
    """An assignment from the committee."""
    newcomer.press("f8", "escape", "ctrl+n", "u", "enter")
    newcomer.see("Nytt uppdrag")
    newcomer.write("Redovisa brukarundersökningen")
    newcomer.press("enter")
    newcomer.see("Sparat", "Redovisa brukarundersökningen")


def test_the_first_figure(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[database]\npath = "plan.db"\n', encoding="utf-8")
    with Terminal(folder=tmp_path) as terminal:
        newcomer = Newcomer(terminal)
        newcomer.see("Hur vill du börja?")
        newcomer.press("enter")
        newcomer.see("Nacka")
        newcomer.press("enter")
        newcomer.see("period 2022")
        newcomer.press("f5")
        newcomer.see("[Indikatorer]")
        newcomer.write("87")
        newcomer.press("enter")
        newcomer.see("Sparat", "87")
        assert newcomer.keys <= MOST_TO_FIRST_FIGURE
