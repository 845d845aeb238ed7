"""Every row of the tables in docs/rules.md holds: what is written there is read as it is said there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kvaltui.i18n import say
from kvaltui.model.absence import MissingReason
from kvaltui.model.figure import Figure, FigureError, parse_figure, write_figure
from kvaltui.model.moment import has_figure
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.status import Doubt
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import Rule, TargetError
from kvaltui.model.target_writing import write_target
from tests.sampled import sampled

DOCUMENT = Path(__file__).parents[2] / "docs" / "rules.md"
NO_BREAK_SPACE = "\u00a0"
REFUSED = "refused: "


def section(name: str) -> str:
    found = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", DOCUMENT.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert found, name
    return found[1]


def table(name: str) -> list[tuple[str, ...]]:
    """The rows of all tables of a section, without their headings."""
    rows = [
        tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1])
        for line in section(name).splitlines()
        if line.startswith("|")
    ]
    return [row for row, below in zip(rows, [*rows[1:], None], strict=True) if not is_rule(row) and not is_rule(below)]


def is_rule(row: tuple[str, ...] | None) -> bool:
    return row is not None and set("".join(row)) <= {"-"}


def written(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def scale(text: str) -> Scale:
    unit, _, parts = text.partition(" of ")
    unit, _, direction = unit.partition(", ")
    return Scale(unit, Direction(direction or "higher"), tuple(parts.split(", ")) if parts else ())


def rows_of(name: str) -> list[tuple[str, str, str]]:
    return [(unit, text, meaning.strip("`")) for unit, texts, meaning in table(name) for text in written(texts)]


def reasons() -> list[tuple[str, MissingReason]]:
    rows = table("Why there is no figure")
    return [(text, MissingReason(reason.strip("`"))) for reason, texts in rows for text in written(texts)]


def outcome(text: str, of: Scale) -> str:
    try:
        figure = parse_figure(text, of)
    except FigureError as error:
        return REFUSED + say(error.message).replace(NO_BREAK_SPACE, " ")
    assert parse_figure(write_figure(figure, of), of) == figure
    return write_figure(figure, of).replace(NO_BREAK_SPACE, " ")


def target(text: str, of: Scale) -> str:
    try:
        read = parse_target(text, of)
    except TargetError as error:
        return REFUSED + say(error.message).replace(NO_BREAK_SPACE, " ")
    assert parse_target(write_target(read, of), of) == read
    if read.rule is Rule.QUALITATIVE:
        return "in words"
    neutral = Scale(of.unit, Direction.NEUTRAL, of.breakdown)
    return write_target(read, neutral).replace(NO_BREAK_SPACE, " ") or "no target"


@pytest.mark.parametrize(("unit", "text", "meaning"), sampled(rows_of("Outcomes"), 65))
def test_an_outcome_is_read_as_the_rules_say(unit: str, text: str, meaning: str) -> None:
    assert outcome(text, scale(unit)) == meaning


@pytest.mark.parametrize(("unit", "text", "meaning"), sampled(rows_of("Targets"), 47))
def test_a_target_is_read_as_the_rules_say(unit: str, text: str, meaning: str) -> None:
    assert target(text, scale(unit)) == meaning


@pytest.mark.parametrize(("text", "reason"), sampled(reasons(), 29))
def test_each_phrase_gives_its_reason_on_every_indicator(text: str, reason: MissingReason) -> None:
    for unit in ("%", "antal", "dagar of BOU, VUX, LSS", "% of Kvinnor, Män", "tkr"):
        for each in (text, text.upper(), f" {text} ", text.replace(" ", NO_BREAK_SPACE)):
            assert parse_figure(each, scale(unit)) == Figure(missing=reason)


@pytest.mark.parametrize("text", sampled((text for text, _ in reasons() if len(text) > len("redov")), 21))
def test_no_figure_is_swallowed_by_a_reason(text: str) -> None:
    for figure in ("86 %", "86", "12 personer", "3,5", "271/705", "½"):
        for each in (f"{text} {figure}", f"{text}, {figure}", f"{text}: {figure}", f"{text} till {figure}"):
            with pytest.raises(FigureError):
                parse_figure(each, scale("%"))
            with pytest.raises(FigureError):
                parse_figure(each, scale("antal"))


TIMES = written(section("Times"))


@pytest.mark.parametrize("time", [each for each in TIMES if "personer" not in each])
def test_a_time_is_no_figure(time: str) -> None:
    assert not has_figure(time)
    assert parse_figure(f"uppgift saknas {time}", scale("%")).missing is MissingReason.VALUE_MISSING
    assert parse_figure(f"följs upp efter {time}", scale("antal")).missing is MissingReason.DEFERRED
    assert has_figure(f"{time} 86") or has_figure(f"86 {time}")


def test_a_number_of_people_is_no_time() -> None:
    assert has_figure("2012 personer")
    assert not has_figure("2012 var ett bra år")


def test_every_doubt_is_explained() -> None:
    names = {name for row in table("Doubts") for name in written(row[0])}
    assert names == {doubt.value for doubt in Doubt}


def test_the_tables_are_read() -> None:
    """The walks above walk over something."""
    assert len(rows_of("Outcomes")) > 120
    assert len(rows_of("Targets")) > 90
    assert {reason for _, reason in reasons()} == set(MissingReason)
    assert len(TIMES) > 20


def test_every_rule_says_when_it_is_achieved() -> None:
    told = {name for row in table("Judging") for name in written(row[0])}
    assert set(Rule) - {Rule.NONE} <= told
