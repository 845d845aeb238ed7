"""A small plan made from nothing in a real terminal at 80×24, until its period is complete and a change is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Result, ResultStatus, Risk, SelfCheck
from kvaltui.model.reporting import Assessment, Completion, Outcome, TargetValue
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.terminal.terminal import Terminal

PLAN, PERIOD = "min-plan", Period(2026)


@pytest.mark.thorough
def test_a_plan_from_nothing(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[database]\npath = "plan.db"\n', encoding="utf-8")
    with Terminal(folder=tmp_path) as terminal:
        begin(terminal)
        make_the_tree(terminal)
        enter_the_figure(terminal)
        make_the_risk(terminal)
        record_the_result(terminal)
        assess_the_area(terminal)
        complete_the_period(terminal)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert terminal.modes_left_on == []
    with open_database(tmp_path / "plan.db", read_only=True) as database:
        content = load_plan(database, PLAN)
    assert content.plan == Plan(key=PLAN, title="Min plan", periods=(PERIOD,))
    assert content.get(Area, "hemtjanst") == Area(key="hemtjanst", name="Hemtjänst")
    goal, indicator = content.get(Goal, "trygga-kunder"), content.get(Indicator, "andel-trygga")
    assert goal is not None
    assert goal.area == "hemtjanst"
    assert indicator is not None
    assert (indicator.area, indicator.goal) == ("hemtjanst", "trygga-kunder")
    assert content.target("andel-trygga", PERIOD) == TargetValue(
        indicator="andel-trygga", period=PERIOD, value="minst 90 %"
    )
    assert content.outcome("andel-trygga", PERIOD) == Outcome(indicator="andel-trygga", period=PERIOD, value="86")
    risk, measure = content.get(Risk, "vikarier-saknas"), content.get(Measure, "rekrytera")
    assert risk is not None
    assert (risk.likelihood, risk.consequence, risk.level) == (3, 4, 12)
    assert measure is not None
    assert measure.risks == ("vikarier-saknas",)
    assert content.get(SelfCheck, "loggkontroll") is not None
    assert content.get(Result, f"loggkontroll/{PERIOD}") == Result(
        self_check="loggkontroll", period=PERIOD, status=ResultStatus.APPROVED
    )
    assert content.get(Assessment, f"area/hemtjanst/{PERIOD}") == Assessment(
        subject_kind=Area.kind,
        subject="hemtjanst",
        period=PERIOD,
        status=Status.ACHIEVED,
        motivation="Enkäten kom före omläggningen",
    )
    assert content.get(Completion, f"hemtjanst/{PERIOD}") == Completion(area="hemtjanst", period=PERIOD)


def test_nothing_is_made_where_it_may_only_be_read(tmp_path: Path) -> None:
    with Terminal("--read-only", folder=tmp_path) as terminal:
        assert terminal.wait_for_end() == 3
        assert "Det finns ingen databas" in terminal.shown
    assert not list(tmp_path.rglob("*.db"))


def begin(terminal: Terminal) -> None:
    """The first start: a plan of one's own."""
    terminal.wait_for("Hur vill du börja?", "Bygg en egen")
    terminal.press("down", "enter")
    terminal.wait_for("Titel")
    terminal.type("Min plan")
    terminal.press("tab")
    terminal.type("\x152026")
    terminal.press("enter")
    terminal.wait_for("Min plan · period 2026", "Esc Klar")  # the rows of the plan, to be written
    terminal.press("escape")
    terminal.wait_for("0 av 0 inlagda")


def make_the_tree(terminal: Terminal) -> None:
    """An area, a goal in it, an indicator under that, and its target."""
    terminal.press("f4")
    terminal.wait_for("[Områden]", "Ctrl+N Ny")
    terminal.press("ctrl+n", "o", "enter")
    terminal.wait_for("Nytt område")
    terminal.type("Hemtjänst\r")
    terminal.wait_for("Sparat")
    terminal.wait_for_line("›", "Hemtjänst")
    terminal.press("ctrl+n", "m", "enter")
    terminal.wait_for("Nytt mål")
    terminal.type("Trygga kunder\r")
    terminal.wait_for_line("›", "Trygga kunder")
    terminal.press("ctrl+n", "i", "enter")
    terminal.wait_for("Ny indikator")
    terminal.type("Andel trygga\r")
    terminal.wait_for_line("›", "Andel trygga")
    terminal.press("space", "t")
    terminal.wait_for("Målvärde 2026: Andel trygga")
    terminal.type("minst 90 %")
    terminal.wait_for("minst 90 %")
    terminal.press("enter")
    terminal.wait_for("Sparat", "1 väntar")


def enter_the_figure(terminal: Terminal) -> None:
    """The outcome, typed where it stands."""
    terminal.press("f5")
    terminal.wait_for("[Indikatorer]", "Andel trygga")
    terminal.type("86")
    terminal.wait_for("▲ Delvis")
    terminal.press("enter")
    terminal.wait_for("Sparat", "1 av 1 inlagda")


def make_the_risk(terminal: Terminal) -> None:
    """A risk with a measure."""
    terminal.press("f6")
    terminal.wait_for("[Risker]")
    terminal.press("ctrl+n")
    terminal.wait_for("Ny risk")
    terminal.type("Vikarier saknas\t3\t4\r")
    terminal.wait_for("Sparat", "12 ")
    terminal.press("space", "m")
    terminal.wait_for("Åtgärder: Vikarier saknas")
    terminal.press("ctrl+n")
    terminal.wait_for("Ny åtgärd")
    terminal.type("Rekrytera\r")
    terminal.wait_for("Rekrytera", "Sparat")
    terminal.press("escape")
    terminal.wait_until(lambda: "Åtgärder: Vikarier saknas" not in terminal.shown)


def record_the_result(terminal: Terminal) -> None:
    """A self-check and what it gave."""
    terminal.press("f7")
    terminal.wait_for("[Egenkontroller]")
    terminal.press("ctrl+n")
    terminal.wait_for("Ny egenkontroll")
    terminal.type("Loggkontroll\r")
    terminal.wait_for("Sparat", "Loggkontroll")
    terminal.press("enter")
    terminal.wait_for("Resultat 2026: Loggkontroll")
    terminal.type("g\r\r")
    terminal.wait_for("✓ Godkänt")


def assess_the_area(terminal: Terminal) -> None:
    """A person's verdict on the area, which is not stored without a motivation."""
    terminal.press("f4")
    terminal.wait_for("[Områden]")
    terminal.press("home", "down", "space", "b")
    terminal.wait_for("Bedömning 2026: Hemtjänst")
    terminal.type("u\r\r")
    terminal.wait_for("Inget är sparat än")
    terminal.type("Enkäten kom före omläggningen\r")
    terminal.wait_for("Sparat", "Beräknat: ▲")


def complete_the_period(terminal: Terminal) -> None:
    """The area is marked complete, and a figure in it cannot be changed any more."""
    terminal.press("space", "k")
    terminal.wait_for("Klart för 2026 och låst: Hemtjänst")
    terminal.press("f5")
    terminal.wait_for("[Indikatorer]", "klar")
    terminal.press("end", "9")
    terminal.wait_for("Låst, Mellanslag k öppnar igen: ”Hemtjänst” är klarmarkerat")
    terminal.wait_for_line("Andel trygga", "86")
