"""Importing: shown before, all or nothing, one action, nothing ever deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.importing import ImportRefused, apply, preview, preview_table
from kvaltui.exchange.plan_reader import PlanFileError, read_document, read_plan_file
from kvaltui.exchange.plan_writer import write_plan
from kvaltui.exchange.preview import Preview
from kvaltui.exchange.starter import starter_document, starter_plans
from kvaltui.exchange.table_file import TableFileError
from kvaltui.i18n import say
from kvaltui.model.content import PlanContent
from kvaltui.model.period import Period
from kvaltui.model.reporting import Completion, Outcome
from kvaltui.model.structure import Indicator
from kvaltui.store.author import Author
from kvaltui.store.database import Database
from kvaltui.store.history import history
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.work.file_change import FileChange
from tests.exchange.strategies import plan_contents
from tests.properties import examples

COORDINATOR = Author("coordinator", "Samordnaren")
PLAN = """format = 1
[plan]
key = "p"
title = "P"
periods = ["2021", "2022"]
[[area]]
key = "a"
name = "A"
note = "Kvar"
[[indicator]]
key = "i"
area = "a"
name = "I"
definition = "D"
[[indicator.target]]
period = "2022"
value = "90 %"
[[indicator.outcome]]
period = "2022"
value = "86 %"
note = "N"
[[indicator]]
key = "j"
area = "a"
name = "J"
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "k.db", create=True) as database:
        yield database


def taken_in(text: str, database: Database, name: str = "f.toml") -> Preview:
    shown = preview(read_document(text, name), database)
    apply(shown, database, by=COORDINATOR)
    return shown


def file(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("starter", [starter.key for starter in starter_plans()])
def test_an_empty_database_makes_the_plan_and_gives_the_same_file(starter: str, database: Database) -> None:
    document = starter_document(starter)
    shown = preview(document, database)
    assert shown.before is None
    assert len(shown.added) == len(list(document.content))
    apply(shown, database, by=COORDINATOR)
    assert write_plan(load_plan(database, starter)) == write_plan(document.content)
    again = preview(document, database)
    assert again.is_empty
    assert (again.added, again.changed, len(again.unchanged)) == ((), (), len(shown.added))


@pytest.mark.thorough
@examples(15)
@given(plan_contents(size=2))
def test_any_plan_passes_through_the_database(content: PlanContent) -> None:
    text = write_plan(content)
    with TemporaryDirectory() as folder, open_database(Path(folder) / "k.db", create=True) as database:
        taken_in(text, database)
        assert write_plan(load_plan(database, content.plan.key)) == text
        assert preview(read_document(text, "f.toml"), database).is_empty


def test_what_is_added_and_changed_is_shown_field_by_field(database: Database) -> None:
    taken_in(PLAN, database)
    shown = preview(
        read_document(
            PLAN.replace('value = "86 %"', 'value = "88 %"').replace('name = "J"', 'name = "Jot"\nbreakdown = ["x"]')
            + '[[indicator]]\nkey = "k"\nname = "K"\n',
            "ny.toml",
        ),
        database,
    )
    assert [str(each) for each in shown.added] == ["indicator/k"]
    change = FileChange(shown, shown.after, {})
    assert [(str(each), [tuple(field) for field in change.fields(each)]) for each in shown.changed] == [
        ("indicator/j", [("name", "J", "Jot"), ("breakdown", "–", "x")]),
        ("outcome/i/2022/", [("value", "86 %", "88 %")]),
    ]
    assert len(shown.unchanged) == 4
    assert load_plan(database, "p").get(Indicator, "k") is None
    action = apply(shown, database, by=COORDINATOR, reason="Rättat")
    assert len(action.revisions) == 3
    entries = history(database, "p", limit=10)
    assert {each.origin.text for each in entries if each.action == action.id} == {"file ny.toml"}
    assert load_plan(database, "p").all(Indicator)["k"].order == 2


def test_what_a_file_leaves_out_stays(database: Database) -> None:
    taken_in(PLAN, database)
    part = PLAN.replace('definition = "D"\n', "").replace('note = "N"\n', "").replace('note = "Kvar"\n', "")
    part = part.replace('title = "P"', 'title = "Ny"').replace('["2021", "2022"]', '["2022", "2023"]')
    shown = taken_in(part[: part.index('[[indicator]]\nkey = "j"')], database)
    assert [str(each) for each in shown.changed] == ["plan/p"]
    content = load_plan(database, "p")
    assert content.plan.title == "Ny"
    assert [str(period) for period in content.plan.periods] == ["2021", "2022", "2023"]
    assert set(content.all(Indicator)) == {"i", "j"}
    assert content.all(Indicator)["i"].definition == "D"


def test_a_locked_area_refuses_the_whole_file(database: Database) -> None:
    taken_in(PLAN, database)
    content = load_plan(database, "p")
    completion = Completion(area="a", period=Period.parse("2022"), complete=True)
    record(database, "p", [completion], by=COORDINATOR, seen=content.position)
    before = load_plan(database, "p")
    changed = PLAN.replace('value = "86 %"', 'value = "88 %"') + '[[indicator]]\nkey = "k"\nname = "K"\n'
    shown = preview(read_document(changed, "f.toml"), database)
    assert [str(each.reference) for each in shown.refused] == ["outcome/i/2022/"]
    assert "klarmarkera" in say(shown.refused[0].problem)
    with pytest.raises(ImportRefused, match="outcome/i/2022/"):
        apply(shown, database, by=COORDINATOR)
    assert load_plan(database, "p") == before


def test_a_file_may_complete_what_it_fills_in(database: Database) -> None:
    completed = '[[area.completion]]\nperiod = "2022"\ncomplete = true\n'
    taken_in(PLAN.replace("[[indicator]]", completed + "[[indicator]]", 1), database)
    assert load_plan(database, "p").is_complete("a", Period.parse("2022"))


def test_a_figure_changed_meanwhile_is_not_overwritten(database: Database) -> None:
    taken_in(PLAN, database)
    shown = preview(read_document(PLAN.replace('"86 %"', '"88 %"'), "f.toml"), database)
    content = load_plan(database, "p")
    outcome = content.all(Outcome)["i/2022/"]
    record(database, "p", [replace(outcome, value="87 %")], by=Author("manager", "Chefen"), seen=content.position)
    apply(shown, database, by=COORDINATOR)
    assert load_plan(database, "p").all(Outcome)["i/2022/"].contested == ("value",)


def test_a_retired_plan_and_things_pass(database: Database) -> None:
    text = PLAN.replace('key = "i"', 'key = "i"\nretired = true')
    taken_in(text, database)
    content = load_plan(database, "p")
    assert content.all(Indicator)["i"].retired
    assert not content.all(Outcome)["i/2022/"].retired
    written = write_plan(content)
    assert preview(read_document(written, "f.toml"), database).is_empty


def test_tables_are_all_or_nothing(tmp_path: Path, database: Database) -> None:
    taken_in(PLAN, database)
    content = load_plan(database, "p")
    good = file(tmp_path, "g.csv", "nyckel;period;utfall\ni;2022;88 %\nj;2022;50\n")
    shown = preview_table(good, content, None)
    assert [str(each) for each in shown.added] == ["outcome/j/2022/"]
    assert [str(each) for each in shown.changed] == ["outcome/i/2022/"]
    apply(shown, database, by=COORDINATOR)
    content = load_plan(database, "p")
    values = {key: outcome.value for key, outcome in content.all(Outcome).items()}
    assert values == {"i/2022/": "88 %", "j/2022/": "50"}
    assert content.all(Outcome)["i/2022/"].note == "N"
    with pytest.raises(TableFileError, match="row 3, column utfall"):
        preview_table(file(tmp_path, "b.csv", "nyckel;period;utfall\ni;2022;89 %\nj;2022;1e5\n"), content, None)
    with pytest.raises(ImportRefused, match=r"b\.csv, row 3: The plan does not have the period"):
        preview_table(file(tmp_path, "b.csv", "nyckel;period;utfall\ni;2022;89 %\nj;2030;50\n"), content, None)
    assert load_plan(database, "p") == content


def test_files_that_cannot_be_used(tmp_path: Path, database: Database) -> None:
    with pytest.raises(PlanFileError):
        read_plan_file(file(tmp_path, "x.toml", "format = 1"))
    taken_in(PLAN, database)
    content = load_plan(database, "p")
    with pytest.raises(FileError, match=r"x\.ods: the ending is not one of \.csv, \.xlsx"):
        preview_table(file(tmp_path, "x.ods", ""), content, None)
    with pytest.raises(FileError, match="cannot be read"):
        preview_table(tmp_path / "none.csv", content, None)
