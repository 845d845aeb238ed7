"""The same tables in a terminal: in colour, as wide as asked for, and text never read as markup."""

from __future__ import annotations

import pytest

from kvaltui.columns import Column, GivesWay
from kvaltui.commands.colour import print_coloured
from kvaltui.commands.layout import Headline, Share, Style, Table, TableCell, plain_text
from kvaltui.text_width import width_of
from tests.commands.conftest import Folder


@pytest.fixture(autouse=True)
def without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Layout alone: what is written can then be compared with plain text."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")


def headline(*counts: int) -> Headline:
    fills = zip(counts, "█▒░·", Style, strict=False)
    return Headline(
        "Plan [/x]",
        "Måluppfyllelse 2022",
        TableCell("▲ Delvis"),
        [TableCell(str(count)) for count in counts],
        "33 av 34",
        [Share(count, fill, style) for count, fill, style in fills],
    )


TABLE = Table(
    (Column("Namn", gives_way=GivesWay.LAST), Column("Antal", is_right=True)),
    [(TableCell("Särskilt boende [/x] [bold]andel kunder[/bold] som känner sig trygga"), TableCell("86 %"))],
    title="Titel [/x]",
    remark="och 3 till",
)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_tables_are_set_as_in_plain_text(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    print_coloured(None, [TABLE, TABLE], width)
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines == plain_text(None, [TABLE, TABLE], width).splitlines()


@pytest.mark.parametrize("counts", [(19, 8, 6, 1), (1, 0, 0, 0), (1000, 1, 1, 1), (0, 0, 0, 5)])
def test_the_bar_is_as_wide_as_the_screen_and_shows_everything(
    counts: tuple[int, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    print_coloured(headline(*counts), [], 80)
    bar = capsys.readouterr().out.splitlines()[3]
    assert width_of(bar) == 80
    assert set(bar) == {fill for count, fill in zip(counts, "█▒░·", strict=True) if count}


def test_without_indicators_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    print_coloured(headline(0, 0, 0, 0), [], 80)
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_plan_with_nothing_in_it(empty: Folder) -> None:
    (empty.path / "tom.toml").write_text('format = 1\n[plan]\nkey = "tom"\ntitle = "Tom plan"\nperiods = ["2023"]\n')
    empty("init", "--plan", "tom.toml")
    assert empty("status").lines[:2] == ["Tom plan", "Måluppfyllelse 2023" + " " * 49 + "– Ej bedömt".rjust(12)]
    assert empty("status", "--json").json["total"]["of"] == 0
    for what in ("areas", "goals", "indicators", "risks", "measures", "self-checks", "assignments"):
        assert empty("list", what).out == "Det finns inga i planen ”Tom plan”.\n"


def test_a_plan_without_periods(empty: Folder) -> None:
    (empty.path / "tom.toml").write_text('format = 1\n[plan]\nkey = "tom"\ntitle = "Tom plan"\n')
    empty("init", "--plan", "tom.toml")
    assert "kvaltui period add" in empty("status", code=2).err
    assert "kvaltui period add" in empty("period", "list").out
    empty("period", "add", "2023-T1")
    assert empty("status", "--json").json["period"] == "2023-T1"
