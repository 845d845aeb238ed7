"""One question has one answer: what the window shows of a plan is what the commands and the report say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kvaltui.cli import main
from kvaltui.commands import context
from kvaltui.exchange.starter import read_starter
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.quality_work import Result, ResultStatus, SelfCheck
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.structure import Area, Indicator, IndicatorStatus
from tests.sampled import sampled
from tests.tui.work import EKERO, HUDDINGE, LINKOPING, NACKA, SOCIALNAMND, TODAY, Work, at_work, program

_LONG, _LONG_FIGURE = 60, 9
ROOMY, NOT_WIDE = (230, 160), (119, 200)
PLANS = (EKERO, HUDDINGE, LINKOPING, NACKA, SOCIALNAMND)
WRITTEN = ("79", "79,5 %", "3 500", "ca 86", "ej mätt", "12000", ">98", "72-100", "0")
TARGETS = ("90", "minst 90", "≥ 95 %", "12000", "45-55", "öka")
Ask = Callable[..., list[str]]


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs a command on the database that the window has open, and gives its lines."""
    monkeypatch.setenv("COLUMNS", str(ROOMY[0]))
    monkeypatch.chdir(tmp_path)

    def asked(plan: str, *arguments: str) -> list[str]:
        monkeypatch.setattr(context, "today", lambda: TODAY[plan])
        capsys.readouterr()
        assert main(["--db", str(tmp_path / "kvaltui.db"), "--plan", plan, *arguments]) == 0
        return [plain(line) for line in capsys.readouterr().out.splitlines()]

    return asked


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").rstrip()


def as_written(plan: str) -> Iterator[AnyEntity]:
    """The plan with figures and targets of every sort, one indicator discontinued and one with a name for display."""
    content = read_starter(plan)
    period = content.plan.periods[-1]
    indicators = [each for each in content.active(Indicator) if not each.is_core_volume]
    for place, each in enumerate(indicators):
        if each.breakdown or each.unit in ("text", "ja/nej"):
            continue
        figure, target = (
            text if each.scale.is_percentage else text.removesuffix(" %")
            for text in (WRITTEN[place % len(WRITTEN)], TARGETS[place % len(TARGETS)])
        )
        yield Outcome(indicator=each.key, period=period, value=figure)
        yield TargetValue(indicator=each.key, period=period, value=target)
    yield replace(indicators[1], status=IndicatorStatus.DISCONTINUED)
    yield replace(indicators[2], display_name="Visas så här [/x]")
    for check in list(content.active(SelfCheck))[:1]:
        yield Result(self_check=check.key, period=period, status=ResultStatus.NOT_APPROVED)


def listed(lines: list[str]) -> list[list[str]]:
    """The cells of a list's rows."""
    return [re.split(r"\s{2,}", line.strip()) for line in lines[1:] if line.strip()]


def told_apart(content: PlanContent, rows: list[list[str]]) -> list[list[str]]:
    """The rows whose name no other's contains, so that they are found on a screen, and whose cells are whole."""
    names = [each.shown_name for each in content.all(Indicator).values()]
    found = [row for row in rows if sum(row[1] in name for name in names) == 1]
    return [row for row in found if "…" not in "".join(row) and len(row[1]) < _LONG]


def rows_with(work: Work, name: str) -> list[str]:
    return [plain(line) for line in work.lines[3:] if name in plain(line)]


@pytest.mark.thorough
@pytest.mark.parametrize("plan", sampled(PLANS, keep=1))
async def test_the_figures_of_the_window_are_those_of_list_show_and_report(tmp_path: Path, ask: Ask, plan: str) -> None:
    app = program(tmp_path, plan, mode="indicators", also=as_written(plan))
    rows = told_apart(app.session.content, listed(ask(plan, "list", "indicators")))
    assert len(rows) > 2
    compared: set[str] = set()
    ask(plan, "report", "rapport.md")
    report = [plain(line) for line in (tmp_path / "rapport.md").read_text().splitlines()]
    for key, name, *cells in rows:
        shown = ask(plan, "show", key)
        in_report = next(line for line in report if line.startswith("| ") and escaped(name) in line)
        for figure in cells[:-1]:
            assert any(f" {figure} " in f"{line} " for line in shown), key
            assert f" {escaped(figure)} |" in in_report, key
    async with at_work(app, NOT_WIDE) as work:
        for mode in ("indicators", "areas"):
            app.go_to(mode)
            await work.pilot.pause()
            for key, name, *cells in rows:
                figures, symbol = cells[:-1], cells[-1][0]
                if not rows_with(work, name):
                    continue  # it stands shortened, and whole on its page
                in_window = rows_with(work, name)[0].partition(name)[2]
                compared.add(mode)
                for figure in figures if mode == "indicators" else figures[1:]:
                    # The window's columns are as wide as figures are; a longer text is whole on the page. The unit
                    # stands once, in a column of its own.
                    assert says(in_window, figure) or len(figure) > _LONG_FIGURE, (key, mode)
                assert not figures or symbol in in_window or "väntar" in in_window, (key, mode)
                if mode == "indicators":
                    assert ("!" in in_window) is cells[-1].endswith(" !"), key
    assert compared == {"indicators", "areas"}


def says(line: str, figure: str) -> bool:
    """Whether a line has all the numbers of a figure, or the figure itself where that has none."""
    return numbers_in(figure) <= numbers_in(line) if numbers_in(figure) else figure in line


def numbers_in(text: str) -> set[str]:
    """The numbers of a text."""
    return set(re.findall(r"\d+(?:,\d+)?", re.sub(r"(?<=\d) (?=\d{3}\b)", "", text)))


def escaped(text: str) -> str:
    """The text as it stands in Markdown."""
    return re.sub(r"([\\`*_{}\[\]#|~])", r"\\\1", text.replace(">", "&gt;").replace("<", "&lt;"))


@pytest.mark.thorough
@pytest.mark.parametrize("plan", sampled(PLANS, keep=2))
async def test_the_counts_of_the_window_are_those_of_status(tmp_path: Path, ask: Ask, plan: str) -> None:
    app = program(tmp_path, plan, mode="overview", also=as_written(plan))
    status = ask(plan, "status")
    counts = re.search(r"✓ (\d+) +▲ (\d+) +✗ (\d+) +– (\d+) +\d+ av (\d+) bedömda, (\d+) inlagda", status[2])
    assert counts is not None
    *by_status, of, reported = counts.groups()
    verdict = re.split(r"\s{2,}", status[1])[1]
    async with at_work(app, NOT_WIDE) as work:
        title = " ".join(plain(work.lines[1]).split())
        assert title.endswith("✓ {} ▲ {} ✗ {} – {}".format(*by_status) + f" {reported} av {of} inlagda")
        assert verdict in work.lines[3]
        for area in work.content.active(Area):
            told = next(line for line in status if line.strip().startswith(f"{area.name}  ")).partition(area.name)[2]
            counts = re.search(r"(\d+) +(\d+) +(\d+) +\d+ +(\d+)/(\d+)", told)
            assert counts is not None
            shown = rows_with(work, f"{area.name} ")[0]
            assert [f"{shown.count(block)}" for block in "▆▄▂"] == list(counts.groups()[:3]), area.key
            assert " {} av {} inlagda".format(*counts.groups()[3:]) in shown, area.key


@pytest.mark.parametrize("plan", sampled(PLANS, keep=2))
async def test_what_looks_wrong_and_what_waits_is_the_same_in_overview_and_status(
    tmp_path: Path, ask: Ask, plan: str
) -> None:
    app = program(tmp_path, plan, mode="overview", also=as_written(plan))
    status = ask(plan, "status")
    async with at_work(app, ROOMY) as work:
        shown = work.shown.replace("\N{NO-BREAK SPACE}", " ")
        told = [
            found for line in status if (found := re.fullmatch(r"([A-ZÅÄÖ][a-zåäö ]+) \((\d+)\)", line)) is not None
        ]
        assert len(told) > 1
        for heading, count in (found.groups() for found in told):
            assert f"{heading} {count} " in shown, heading
        reasons = [line.strip() for line in status if line.startswith("    ! ")]
        assert reasons, "the figures of `as_written` look wrong in every plan"
        assert all(reason.removeprefix("! ") in shown for reason in reasons)
        assert "Ingenting väntar" not in shown
