"""Pictures of the screens and forms of the quality work; of the risks without colour, in ASCII and in every theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kvaltui.exchange.starter import read_starter
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, MeasureStatus, Result, ResultStatus, Risk
from kvaltui.model.structure import Indicator
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.forms import editing
from tests.tui.pictures import Picture, keys
from tests.tui.work import HUDDINGE, LINKOPING, WIDE, program

PLAN = read_starter(HUDDINGE)


def risk(key: str, **changed: object) -> Risk:
    found = PLAN.get(Risk, key)
    assert found is not None
    return replace(found, **changed)  # type: ignore[arg-type]


def measure(key: str, **changed: object) -> Measure:
    found = PLAN.get(Measure, key)
    assert found is not None
    return replace(found, **changed)  # type: ignore[arg-type]


# The plan some way into the year: risks assessed anew, measures under way and late, results recorded.
YEAR = Period(2024)
UNDER_WAY: list[AnyEntity] = [
    risk("vald-ingen-insats", likelihood=4, consequence=4, level=16),
    risk("barn-far-inte-stod-rattssakert", likelihood=3, consequence=4, level=12),
    risk("inget-samordnat-stod", likelihood=3, consequence=3, level=9),
    risk("barnperspektiv-saknas", likelihood=1, consequence=3, level=3),
    measure(
        "hanvisa-valdsutovare", status=MeasureStatus.ONGOING, due=date(2024, 6, 1), responsible="Enhetschef, mottagning"
    ),
    measure(
        "bedomningsinstrument-vald", status=MeasureStatus.DONE, due=date(2024, 5, 31), responsible="Verksamhetschef"
    ),
    measure(
        "rutin-familjeorienterat", status=MeasureStatus.ONGOING, due=date(2024, 12, 1), responsible="Verksamhetschef"
    ),
    measure("nyttja-avbokade-tider", due=date(2024, 11, 15), responsible="Familjerådgivningen"),
    Result(
        self_check="loggkontroll", period=YEAR, status=ResultStatus.APPROVED, note="Tre stickprov, inga avvikelser."
    ),
    Result(self_check="aktualiseringar-14-dagar", period=YEAR, status=ResultStatus.PARTLY, value="87 %"),
    Result(
        self_check="familjeradgivning-forsta-besok", period=YEAR, status=ResultStatus.NOT_APPROVED, value="14 dagar"
    ),
]


@pytest.mark.parametrize(
    ("plan", "mode"),
    [
        (HUDDINGE, "risks"),
        (HUDDINGE, "self_checks"),
        (HUDDINGE, "measures"),
        (LINKOPING, "measures"),
        (LINKOPING, "economy"),
    ],
)
def test_screens(picture: Picture, tmp_path: Path, plan: str, mode: str) -> None:
    also = UNDER_WAY if plan == HUDDINGE else []
    assert picture(program(tmp_path, plan, mode=mode, also=also), keys())


@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_the_risks_are_drawn_in_the_same_styles_in_every_theme(picture: Picture, tmp_path: Path, theme: str) -> None:
    app = program(tmp_path, HUDDINGE, mode="risks", also=UNDER_WAY, theme=theme)
    assert picture(app, keys(), as_in="work-screens-huddinge-2024-risks")


def test_the_risks_in_ascii(picture: Picture, tmp_path: Path) -> None:
    assert picture(program(tmp_path, HUDDINGE, mode="risks", also=UNDER_WAY, is_ascii=True), keys())


def test_the_risks_without_colour(picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert picture(program(tmp_path, HUDDINGE, mode="risks", also=UNDER_WAY, theme="ansi"), keys())


@pytest.mark.parametrize("mode", ["risks", "measures"])
def test_wide_screens(picture: Picture, tmp_path: Path, mode: str) -> None:
    assert picture(program(tmp_path, HUDDINGE, mode=mode, also=UNDER_WAY), keys(), WIDE)


EDITED: dict[str, tuple[str, Callable[[KvaltuiApp], None]]] = {
    "indicator": (HUDDINGE, lambda app: editing.edit(app, next(iter(app.session.content.active(Indicator))))),
    "target": (HUDDINGE, lambda app: editing.set_target(app, "barnavardsutredningar-90-dagar")),
    "risk": (HUDDINGE, lambda app: editing.edit(app, found(app, Kind.RISK, "vald-ingen-insats"))),
    "reassessment": (HUDDINGE, lambda app: editing.reassess(app, app.session.content.all(Risk)["vald-ingen-insats"])),
    "result": (HUDDINGE, lambda app: editing.record_result(app, "familjeradgivning-forsta-besok")),
    "measure": (HUDDINGE, lambda app: editing.edit(app, found(app, Kind.MEASURE, "hanvisa-valdsutovare"))),
    "assessment": (HUDDINGE, lambda app: editing.assess(app, Reference(Kind.AREA, "vuxna"))),
    "economy-row": (LINKOPING, lambda app: editing.edit(app, rows(app)[0])),
}


def found(app: KvaltuiApp, kind: Kind, key: str) -> AnyEntity:
    entity = app.session.content.find(Reference(kind, key))
    assert entity is not None
    return entity


def rows(app: KvaltuiApp) -> list[AnyEntity]:
    return list(app.session.content.entities[Kind.ECONOMY_ROW].values())


@pytest.mark.parametrize("form", EDITED)
def test_forms(picture: Picture, tmp_path: Path, form: str) -> None:
    plan, opens = EDITED[form]

    async def before(pilot: Pilot[None]) -> None:
        await pilot.pause()
        assert isinstance(pilot.app, KvaltuiApp)
        opens(pilot.app)
        await pilot.pause()

    app = program(tmp_path, plan, mode="measures", also=UNDER_WAY if plan == HUDDINGE else [])
    assert picture(app, before)


@pytest.mark.parametrize(
    ("mode", "pressed"),
    [
        pytest.param("risks", ("enter", *"4", "tab", *"7", "tab"), id="wrong"),
        pytest.param("risks", ("f2", *["tab"] * 5, "space"), id="list"),
        pytest.param("measures", ("f2", *["tab"] * 5, "space", "down"), id="several"),
        pytest.param("measures", ("space", "f"), id="filter"),
        pytest.param("self_checks", ("slash", *"hyg"), id="search"),
    ],
)
def test_at_work(picture: Picture, tmp_path: Path, mode: str, pressed: tuple[str, ...]) -> None:
    app = program(tmp_path, mode=mode, also=UNDER_WAY)
    assert picture(app, keys(*pressed))


def test_an_amount_being_typed(picture: Picture, tmp_path: Path) -> None:
    app = program(tmp_path, LINKOPING, mode="economy")
    assert picture(app, keys("right", *"1480000"))
