"""Tables out and in: right in a Swedish spreadsheet, taken back unchanged, and every mistake named with its cell."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.exchange import xlsx_table
from kvaltui.exchange.csv_table import read_csv, write_csv
from kvaltui.exchange.inert import inert, meant
from kvaltui.exchange.plan_reader import read_document
from kvaltui.exchange.starter import read_starter, starter_plans
from kvaltui.exchange.table_file import Grid, TableFileError
from kvaltui.exchange.table_formats import TABLE_SUFFIXES
from kvaltui.exchange.table_import import TableImport, read_table
from kvaltui.exchange.table_rows import NumberCell, TableField, table_rows
from kvaltui.exchange.xlsx_table import read_xlsx, write_xlsx
from kvaltui.i18n import install, say
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.structure import Plan
from tests.properties import examples
from tests.sampled import sampled

PLAN = """format = 1
[plan]
key = "p"
title = "P"
periods = ["2021", "2022"]
[[area]]
key = "a"
name = "=Område"
[[indicator]]
key = "andel"
area = "a"
name = "Andel trygga"
[[indicator.target]]
period = "2022"
value = "90 %"
[[indicator.outcome]]
period = "2022"
value = "86,5 %"
note = "=HYPERLINK(\\"http://x\\")"
source = "@enkät"
[[indicator]]
key = "antal"
area = "a"
name = "Antal besök"
unit = "antal"
direction = "lower"
[[indicator.target]]
period = "2022"
value = "max 1 500"
[[indicator.outcome]]
period = "2022"
value = "-3 420"
[[indicator]]
key = "delar"
name = "Beläggning"
unit = "%"
breakdown = ["BOU", "VUX"]
[[indicator.outcome]]
period = "2022"
part = "BOU"
value = "8/10"
[[indicator.outcome]]
period = "2022"
part = "VUX"
value = "ej mätt"
[[indicator]]
key = "lika-1"
name = "Lika"
[[indicator]]
key = "lika-2"
name = "lika"
[[indicator]]
key = "fall"
name = "Fall minskar"
unit = "ja/nej"
"""


@pytest.fixture(scope="module")
def content() -> PlanContent:
    return read_document(PLAN, "p.toml").content


def rows_of(content: PlanContent) -> list[Any]:
    results = [judge_plan(content, period, date(2023, 6, 1)) for period in content.plan.periods]
    return table_rows(content, results)


def changed_by(found: TableImport, content: PlanContent) -> dict[str, dict[str, Any]]:
    """What a table would change: the values of each thing that are given and differ from the plan's."""
    changes: dict[str, dict[str, Any]] = {}
    for entity in found.document.content:
        reference = Reference(entity.kind, entity.key)
        before = content.find(reference)
        given = {name: getattr(entity, name) for name in found.document.given[reference]}
        new = {name: value for name, value in given.items() if before is None or getattr(before, name) != value}
        if new:
            changes[str(reference)] = new
    return changes


def imported(text: str, content: PlanContent, period: str = "2022") -> dict[str, dict[str, Any]]:
    return changed_by(read_table(read_csv(text.encode(), "f.csv"), content, Period.parse(period)), content)


def test_csv_is_what_a_swedish_spreadsheet_expects(content: PlanContent) -> None:
    data = write_csv(rows_of(content))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert list(rows[0]) == [
        "Nyckel", "Område", "Mål", "Namn", "Del", "Period", "Enhet", "Målvärde", "Utfall", "Prognos", "Läge", "Skäl",
        "Anteckning", "Källa",
    ]  # fmt: skip
    by_place = {(row["Nyckel"], row["Period"], row["Del"]): row for row in rows}
    assert len(rows) == len(by_place) == 2 * (5 + 3)
    share = by_place["andel", "2022", ""]
    assert (share["Utfall"], share["Målvärde"], share["Enhet"]) == ("86,5", "90", "%")
    assert share["Läge"] == "delvis uppnått"
    assert "90" in share["Skäl"]
    assert (share["Område"], share["Anteckning"], share["Källa"]) == ("'=Område", '\'=HYPERLINK("http://x")', "'@enkät")
    assert by_place["antal", "2022", ""]["Utfall"] == "-3420"
    assert by_place["antal", "2022", ""]["Målvärde"] == "max 1 500"
    assert by_place["delar", "2022", "BOU"]["Utfall"] == "8 av 10"
    assert by_place["delar", "2022", "VUX"]["Utfall"] == "ej mätt"


def test_csv_in_english(content: PlanContent) -> None:
    install("en")
    text = write_csv(rows_of(content)).decode("utf-8-sig")
    assert text.startswith("Key;Area;Goal;Name;Part;Period;Unit;Target;Outcome;Forecast;Status;Reason;Note;Source\r\n")
    assert ";86.5;" in text


def test_a_workbook_keeps_numbers_and_their_formats(content: PlanContent) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(rows_of(content), "P: [2022]/*"))).active
    assert sheet is not None
    assert sheet.title == "P   2022"
    assert sheet.freeze_panes == "A2"
    columns = {cell.value: index for index, cell in enumerate(sheet[1])}
    rows = {
        (row[0].value, row[columns["Period"]].value, row[columns["Del"]].value): row
        for row in sheet.iter_rows(min_row=2)
    }
    outcome = rows["andel", "2022", None][columns["Utfall"]]
    assert (outcome.value, outcome.number_format) == (0.865, "0.0%")
    count = rows["antal", "2022", None][columns["Utfall"]]
    assert (count.value, count.number_format) == (-3420, "#,##0")
    note = rows["andel", "2022", None][columns["Anteckning"]]
    assert (note.value, note.data_type, note.quotePrefix) == ('=HYPERLINK("http://x")', "s", True)


@pytest.mark.thorough
@pytest.mark.parametrize("starter", sampled((starter.key for starter in starter_plans()), 2))
def test_a_table_taken_back_changes_nothing(starter: str) -> None:
    content = read_starter(starter)
    rows = rows_of(content)
    assert changed_by(read_table(read_csv(write_csv(rows), "f.csv"), content, None), content) == {}
    assert changed_by(read_table(read_xlsx(write_xlsx(rows, starter), "f.xlsx"), content, None), content) == {}


@pytest.mark.parametrize(
    "text",
    [
        "nyckel;utfall\nandel;88 %\n",
        "NYCKEL,Utfall\nandel,88\n",
        "Key\tOutcome\nandel\t88,0 %\n",
        'sep=,\nkey,outcome\n"andel","88"\n',
        "Rapport 2022;;\n\nNamn;Utfall;Egen kolumn\nandel TRYGGA;88;x\n;;\n",
        "indikator;period;värde\nAndel trygga;2022;88\n",
        "namn;del;utfall\nAndel trygga;;88\n",
    ],
)
def test_columns_are_found_by_their_headings(text: str, content: PlanContent) -> None:
    changes = imported(text, content)
    assert list(changes) == ["outcome/andel/2022/"]
    assert changes["outcome/andel/2022/"]["value"].startswith("88")


def test_an_empty_cell_changes_nothing_and_other_columns_are_told(content: PlanContent) -> None:
    text = "nyckel;period;område;utfall;anteckning;min egen\nandel;2021;;;;x\nandel;2022;x;;ny;x\n"
    found = read_table(read_csv(text.encode(), "f.csv"), content, None)
    assert changed_by(found, content) == {"outcome/andel/2022/": {"note": "ny"}}
    assert found.ignored == ("min egen", "område")


def test_everything_that_can_be_entered(content: PlanContent) -> None:
    text = "nyckel;del;period;målvärde;utfall;prognos;anteckning;källa\ndelar;vux;2021;80;>98;99 %;'=n;k\n"
    changes = imported(text, content)
    assert changes["outcome/delar/2021/VUX"] == {"value": ">98", "forecast": "99 %", "note": "=n", "source": "k"}
    assert changes["target/delar/2021/VUX"] == {"value": "80"}


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("nyckel;utfall;källa\nandel;88;Åsa".encode(), "Åsa"),
        ("nyckel;utfall;källa\nandel;88;Åsa".encode("cp1252"), "Åsa"),
        ("nyckel;utfall;källa\nandel;88;Åsa".encode("utf-16"), "Åsa"),
        ('nyckel;utfall;källa\r\nandel;88;"a;\r\n\x00b\x1b[31m""c"""\r\n'.encode(), 'a;\n�b�[31m"c"'),
    ],
)
def test_encodings_and_unsafe_text(data: bytes, value: str, content: PlanContent) -> None:
    changes = changed_by(read_table(read_csv(data, "f.csv"), content, Period.parse("2022")), content)
    assert changes["outcome/andel/2022/"]["source"] == value


WRONG = [
    ("no headings", "a;b\nandel;88\n", "det finns ingen rad med rubriker"),
    ("an empty file", "", "det finns ingen rad med rubriker"),
    ("no such key", "nyckel;utfall\nandle;88\n", "rad 2, kolumn nyckel: Det finns ingen indikator ”andle”; menade"),
    ("no such name", "namn;utfall\nAndel trigga;88\n", "rad 2, kolumn namn: "),
    ("a name of two", "namn;utfall\nLika;88\n", "lika-1, lika-2"),
    ("not a figure", "nyckel;Utfall\nandel;88\nantal;12 34\n", "rad 3, kolumn Utfall: "),
    ("a wrong unit", "nyckel;utfall\nandel;88 dagar\n", "rad 2, kolumn utfall: "),
    ("a date", "nyckel;utfall\ndelar;2022-10-08\n", "rad 2, kolumn utfall: ”2022-10-08” är ett datum"),
    ("a wrong forecast", "nyckel;prognos\nandel;1e5\n", "rad 2, kolumn prognos: "),
    ("a wrong target", "nyckel;målvärde\nandel;12.500\n", "rad 2, kolumn målvärde: "),
    ("not a period", "nyckel;period;utfall\nandel;i år;88\n", "rad 2, kolumn period: "),
    ("no such part", "nyckel;del;utfall\ndelar;LSS;88\n", "rad 2, kolumn del: indikatorn har ingen del ”LSS”"),
    ("no parts", "nyckel;del;utfall\nandel;BOU;88\n", "rad 2, kolumn del: indikatorn har inga delar"),
    ("the same twice", "nyckel;utfall\nandel;88\n\nandel;87\n", "rad 4, kolumn utfall: samma värde står redan"),
    ("a column twice", "nyckel;utfall;outcome\nandel;88;87\n", "rad 1, kolumn outcome: kolumnen finns två gånger"),
    ("an open quotation", 'nyckel;utfall\nandel;"88\n', "är inte CSV"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_named_with_row_and_column(text: str, words: str, content: PlanContent) -> None:
    with pytest.raises(TableFileError) as caught:
        imported(text, content)
    assert "f.csv" in say(caught.value.message)
    assert words in say(caught.value.message)


def test_a_target_in_words_with_a_figure_stands_as_it_was_written(content: PlanContent) -> None:
    changes = imported("nyckel;målvärde\nandel;Alla 12 enheter har en plan\n", content)
    assert changes == {"target/andel/2022/": {"value": "Alla 12 enheter har en plan"}}


def test_what_stands_there_and_cannot_be_read_gives_way(content: PlanContent) -> None:
    odd = content.with_entities([Outcome(indicator="andel", period=Period(2022), value="12.500")])
    assert imported("nyckel;utfall\nandel;88 %\n", odd) == {"outcome/andel/2022/": {"value": "88 %"}}


def test_a_table_without_period_needs_one(content: PlanContent) -> None:
    with pytest.raises(TableFileError, match="the period is missing"):
        read_table(read_csv(b"nyckel;utfall\nandel;88\n", "f.csv"), content, None)


def test_neither_utf_8_nor_windows() -> None:
    with pytest.raises(TableFileError, match="neither UTF-8 nor"):
        read_csv(b"a\x81\xff", "f.csv")


def workbook(*rows: Any, **formats: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, number_format in formats.items():
        sheet[cell].number_format = number_format
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def from_workbook(data: bytes, content: PlanContent) -> dict[str, dict[str, Any]]:
    return changed_by(read_table(read_xlsx(data, "f.xlsx"), content, Period.parse("2022")), content)


@pytest.mark.parametrize(
    ("value", "number_format", "key", "entered"),
    [
        (88, "General", "andel", "88"),
        (0.88, "0%", "andel", "88 %"),
        (0.2506, "0.00%", "andel", "25,06 %"),
        (0.1 + 0.2, "0%", "andel", "30 %"),
        (25.06, "0.00", "andel", "25,06"),
        (Decimal("1473495"), "#,##0", "antal", "1473495"),
        ("> 98", "General", "andel", "> 98"),
        (True, "General", "fall", "ja"),
        (False, "General", "fall", "nej"),
    ],
)
def test_cells_of_workbooks(value: Any, number_format: str, key: str, entered: str, content: PlanContent) -> None:
    data = workbook(["Nyckel", "Utfall"], [key, value], B2=number_format)
    assert from_workbook(data, content)[f"outcome/{key}/2022/"]["value"] == entered


def test_a_month_that_a_workbook_made_a_day_of(content: PlanContent) -> None:
    data = workbook(["Nyckel", "Period", "Utfall"], ["andel", datetime(2022, 4, 1), 88])  # noqa: DTZ001
    assert list(from_workbook(data, content)) == ["outcome/andel/2022-04/"]
    assert list(imported("nyckel;period;utfall\nandel;'2022-04;88\n", content)) == ["outcome/andel/2022-04/"]


def test_wrong_cells_of_workbooks(content: PlanContent) -> None:
    for value, words in [
        (datetime(2022, 10, 8), "row 2, column Utfall: “2022-10-08” is a date"),  # noqa: DTZ001
        ("=1+1", "row 2, column B: the formula has no result in the file"),
        ("#DIV/0!", "row 2, column Utfall"),
    ]:
        with pytest.raises(TableFileError, match=words):
            from_workbook(workbook(["Nyckel", "Utfall"], ["andel", value]), content)


def zipped(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Nyckel;Utfall",
        zipped(),
        zipped(a=b"<x/>"),
        zipped(a=b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l "l">]><l>&l;</l>'),
        workbook(["Nyckel", "Utfall"])[:-100],
    ],
    ids=["nothing", "text", "empty", "other", "entity", "cut"],
)
def test_what_is_no_workbook(data: bytes) -> None:
    with pytest.raises(TableFileError, match=r"f\.xlsx is not a workbook"):
        read_xlsx(data, "f.xlsx")


def test_a_workbook_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_table, "MOST_BYTES", 2**20)
    with pytest.raises(TableFileError, match="too large"):
        read_xlsx(zipped(a=bytes(2**21)), "f.xlsx")


@pytest.mark.thorough
def test_a_cell_far_away_costs_nothing(content: PlanContent) -> None:
    def with_cell(place: str) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(workbook(["Nyckel", "Utfall"], ["andel", 88])))
        sheet = book.active
        assert sheet is not None
        sheet[place] = "x"
        data = io.BytesIO()
        book.save(data)
        return data.getvalue()

    assert list(from_workbook(with_cell("XFD2"), content)) == ["outcome/andel/2022/"]
    with pytest.raises(TableFileError, match="too large"):
        read_xlsx(with_cell("A1048576"), "f.xlsx").rows[-1]


@given(st.text())
def test_inert_text_is_meant_as_it_was(text: str) -> None:
    assert meant(inert(text)) == text
    assert inert(text)[:1] not in "=+@\t\r" or not text
    assert not inert(text).startswith("-") or text == "-"


BLANKS = " \N{NO-BREAK SPACE}\t\r\n\v\f\u200b\u2060\ufeff\u3000\u2003\u00ad\u200e\x00"


@given(st.text(BLANKS, max_size=4), st.sampled_from("=+@-\uff1d\uff0b\uff0d\uff20"), st.text(min_size=1, max_size=4))
def test_blanks_before_a_formula_hide_nothing(blanks: str, sign: str, rest: str) -> None:
    text = f"{blanks}{sign}{rest}"
    assert inert(text) == f"'{text}"
    assert meant(inert(text)) == text


@pytest.mark.parametrize(
    "text", ["-", "", " ", "ej mätt", "86 %", " 86 %", "72–100 %", ">98 %", "a=b", "x -y", "'citat'"]
)
def test_what_is_no_formula_stays(text: str) -> None:
    assert inert(text) == text == meant(text)


cells = st.one_of(
    st.text(st.sampled_from("'=+-@ab;,\"\n1"), max_size=6),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9).map(NumberCell),
)
rows = st.lists(st.lists(cells, min_size=len(TableField), max_size=len(TableField)).map(tuple), max_size=4)


@pytest.mark.thorough
@examples(60)
@given(rows)
def test_what_is_written_is_read(table: list[Any]) -> None:
    def written(cell: Any) -> str:
        return str(cell.value.normalize()) if isinstance(cell, NumberCell) else cell

    wanted = [tuple(map(written, row)) for row in table if any(map(written, row))]
    for grid in (read_csv(write_csv(table), "f"), read_xlsx(write_xlsx(table, "t"), "f")):
        assert isinstance(grid, Grid)
        found = [row for _number, row in grid.rows[1:]]
        assert [_same_numbers(row) for row in found] == [_same_numbers(row) for row in wanted]


def _same_numbers(row: tuple[str, ...]) -> list[Any]:
    same: list[Any] = []
    for cell in row:
        try:
            same.append(Decimal(cell.replace(",", ".")))
        except ArithmeticError:
            same.append(cell)
    return [*same, *[""] * (len(TableField) - len(same))]


@pytest.mark.thorough
@examples(200)
@given(st.text(st.sampled_from("nyckelutfall;andel;88\n\"'period2022;del,=\t"), max_size=60))
def test_any_table_is_read_or_refused(text: str) -> None:
    content = read_document(PLAN, "p.toml").content
    try:
        found = read_table(
            read_csv(("nyckel;utfall;period;del\n" + text).encode(), "f.csv"), content, Period.parse("2022")
        )
    except TableFileError as error:
        message = say(error.message)
    else:
        message = "f.csv"
        assert {type(entity) for entity in found.document.content} <= {Plan, Outcome, TargetValue}
    assert "f.csv" in message


def test_the_columns_have_their_headings() -> None:
    assert [say(column) for column in TableField][:2] == ["nyckel", "område"]


FORMULAS = {
    "plain": "<f>1+1</f>",
    "with attributes": '<f t="shared" ref="B2:B9" si="0">1+1</f>',
    "of an array": '<f t="array" ref="B2">1+1</f>',
    "told on several lines": '<f\n\tt="shared" si="0">1+1</f>',
    "that says no more": '<f t="shared" si="0"/>',
    "with nothing in it": "<f/>",
    "of a program that names all its elements": "<x:f>1+1</x:f>",
}


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("far", [0, 2**20])
def test_a_formula_without_a_result_is_refused_however_it_is_written(
    content: PlanContent, formula: str, far: int
) -> None:
    """Also where it lies across two pieces of what is unpacked: its row would pass for a blank one."""
    made = workbook(["Nyckel", "Utfall"], ["andel", "=1+1"])
    written = FORMULAS[formula]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    before, _, after = sheet.partition("<f>1+1</f>")
    assert after
    if written.startswith("<x:"):
        written = written.replace("<x:f>", '<x:f xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')
    if far:
        # Blanks between tags, so that the formula's tag lies across the end of the first piece.
        written = " " * (far - len(before.encode()) - 1) + written
    members["xl/worksheets/sheet1.xml"] = (before + written + after).encode()
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    with pytest.raises(TableFileError, match="the formula has no result in the file"):
        from_workbook(data.getvalue(), content)


@pytest.mark.parametrize(("above", "is_found"), [(0, True), (19, True), (20, False)])
def test_headings_are_looked_for_in_the_first_twenty_rows(content: PlanContent, above: int, is_found: bool) -> None:
    text = "Sammanställning\n" * above + "nyckel;utfall\nandel;88\n"
    if is_found:
        assert list(imported(text, content)) == ["outcome/andel/2022/"]
    else:
        with pytest.raises(TableFileError):
            imported(text, content)


@pytest.mark.parametrize("suffix", TABLE_SUFFIXES)
def test_what_tells_of_tables_names_each_ending(suffix: str) -> None:
    told = Path("kvaltui/commands/declarations.py"), Path("kvaltui/tui/files.py"), Path("docs/files.md")
    assert [str(path) for path in told if suffix not in (Path(__file__).parents[2] / path).read_text("utf-8")] == []
