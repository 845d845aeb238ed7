"""A cell is read as the same text typed: whatever its format, its file's decimal sign and the program that made it."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.exchange.csv_table import read_csv
from kvaltui.exchange.decimal_sign import DecimalSign, DecimalSigns
from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.number_format import shown
from kvaltui.exchange.plan_reader import read_document
from kvaltui.exchange.table_file import Grid, TableFileError, UnreadableFigures
from kvaltui.exchange.table_import import read_table
from kvaltui.exchange.xlsx_table import read_xlsx
from kvaltui.i18n import say
from kvaltui.model.content import PlanContent
from kvaltui.model.figure import Figure, parse_figure
from kvaltui.model.message import KvaltuiError
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Indicator
from tests.properties import examples
from tests.sampled import sampled

PERIOD = Period.parse("2022")
UNITS = ("%", "antal", "dagar", "kr", "tkr", "ja/nej", "text", "")
PLAN = 'format = 1\n[plan]\nkey = "p"\ntitle = "P"\nperiods = ["2022"]\n' + "".join(
    f'[[indicator]]\nkey = "i{place}"\nname = "I{place}"\nunit = "{unit}"\n' for place, unit in enumerate(UNITS)
)
CONTENT = read_document(PLAN, "p.toml").content
KEYS = {unit: f"i{place}" for place, unit in enumerate(UNITS)}


def outcomes(grid: Grid, content: PlanContent = CONTENT, decimal: DecimalSign | None = None) -> dict[str, Figure]:
    """What a table gives: the figure of each indicator."""
    found = read_table(grid, content, PERIOD, decimal).document.content
    return {each.indicator: _figure(each) for each in found if isinstance(each, Outcome)}


def _figure(outcome: Outcome) -> Figure:
    return parse_figure(outcome.value, CONTENT.all(Indicator)[outcome.indicator].scale)


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


def from_cell(value: Any, number_format: str, unit: str) -> Figure:
    data = workbook(["Nyckel", "Utfall"], [KEYS[unit], value], B2=number_format)
    return outcomes(read_xlsx(data, "f.xlsx"))[KEYS[unit]]


PERCENT = [
    *("0%", "0.0%", "0.00%", "0.0%;-0.0%", "[Red]0%", "[Red]-0%", "0.0 %", "0 %", "#,##0.0%", "0.0%;[Red]-0.0%;0%;@"),
    *("_-* 0.0%_-;-* 0.0%_-", "[>=0.9][Green]0%;[Red]0%", "[$-41D]0.0%", "0%_)", "+0.0%;-0.0%"),
]
LITERAL = [
    *('0.0"%"', r"0.0\%", '0 "%"', r"0\ \%", 'General"%"', '0.0"%";-0.0"%"', '[Red]0"%"', '#,##0.0" %"', '0"%"_)'),
    *(r"_-* 0.0\%_-", '[<50][Red]0"%";0"%"', '0.0" % "', r"0.#\%"),
]
PLAIN = [
    *("General", "0", "0.00", "#,##0", "#,##0.00", "# ##0", "#\u00a0##0,0", "@", "0.00E+00", "# ?/?", "00000"),
    *("#,##0_);(#,##0)", "#,##0.00_);[Red](#,##0.00)", '_-* "-"??_-', "0;-0;;@", "[Blue]0", "+0;-0;0"),
    r'_-* #,##0.00\ _k_r_-;\-* #,##0.00\ _k_r_-;_-* "-"??\ _k_r_-;_-@_-',
    '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
]
MONEY = [
    *('#,##0 "kr"', r"#,##0\ [$kr-41D]", '#,##0.00" kr"', r"#,##0\ \k\r", '#,##0 "kr";[Red]-#,##0 "kr"'),
    r'_-* #,##0.00\ "kr"_-;\-* #,##0.00\ "kr"_-;_-* "-"??\ "kr"_-;_-@_-',
]
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4)


@examples(400)
@given(NUMBERS, st.sampled_from(PERCENT))
def test_a_real_percentage_is_multiplied(number: Decimal, number_format: str) -> None:
    assert parse_figure(shown(number, number_format), CONTENT.all(Indicator)["i0"].scale).exact == number * 100


@examples(400)
@given(NUMBERS, st.sampled_from([*LITERAL, *PLAIN]))
def test_a_percent_sign_that_is_only_written_is_not(number: Decimal, number_format: str) -> None:
    assert parse_figure(shown(number, number_format), CONTENT.all(Indicator)["i0"].scale).exact == number


CONDITIONS = [
    ("<", (True, False, False)),
    ("<=", (True, True, False)),
    (">", (False, False, True)),
    (">=", (False, True, True)),
    ("=", (False, True, False)),
    ("<>", (True, False, True)),
]


@pytest.mark.parametrize(("condition", "holds"), CONDITIONS)
def test_a_condition_of_a_format_holds_below_at_and_above_its_limit(condition: str, holds: tuple[bool, ...]) -> None:
    number_format = f'[{condition}50]0"%";0" kr"'
    numbers = (Decimal(49), Decimal(50), Decimal(51))
    assert tuple(shown(number, number_format).endswith("%") for number in numbers) == holds


@examples(400)
@given(NUMBERS, st.sampled_from([*MONEY, *PLAIN]))
def test_an_amount_is_what_the_cell_holds(number: Decimal, number_format: str) -> None:
    # Three decimals may be thousands in a text; that they are none in a cell is told to the reader of the table.
    text = re.sub(r"(?<=,)(\d{3})(?!\d)", r"\g<1>0", shown(number, number_format))
    assert parse_figure(text, CONTENT.all(Indicator)[KEYS["kr"]].scale).exact == number


@pytest.mark.parametrize(
    ("value", "number_format", "unit", "expected"),
    sampled(
        [
            *((86.4, each, "%", "86.4") for each in LITERAL),
            *((0.864, each, "%", "86.4") for each in PERCENT),
            *((-1234.5, each, "antal", "-1234.5") for each in PLAIN),
            *((0, each, "antal", "0") for each in PLAIN),
            *((12500, each, "kr", "12500") for each in MONEY),
            (0.8640000001, "0.0%", "%", "86.40000001"),
            (0.1 + 0.2, "0%", "%", "30"),
            (0.875, "General", "%", "0.875"),
            (1473495, "#,##0", "antal", "1473495"),
            (30, '0" dagar"', "dagar", "30"),
            (12500000, '#,##0," tkr"', "tkr", "12500"),
            (5, "0;-0;0", "antal", "5"),
            *((1.034, "General", unit, "1.034") for unit in ("%", "antal", "dagar", "kr", "tkr")),
            *((12.5, "0.000", unit, "12.5") for unit in ("%", "antal", "dagar", "kr", "tkr")),
        ],
        25,
    ),
)
def test_cells_in_a_workbook(value: float, number_format: str, unit: str, expected: str) -> None:
    assert from_cell(value, number_format, unit).exact == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "number_format", "unit", "words"),
    [
        (86.4, '0.0"%"', "dagar", "mäts i dagar, inte i ”%”"),
        (0.864, "0.0%", "antal", "mäts i antal, inte i ”%”"),
        (12500, '#,##0 "kr"', "tkr", "mäts i tkr, inte i ”kr”"),
        (12500, "#,##0 [$€-2]", "kr", "”12500 €”"),
        (12500000, "#,##0,", "tkr", "menar du 12\xa0500 eller 12\xa0500\xa0000?"),
        (45000, "yyyy-mm-dd", "antal", "är ett datum: skriv en kvot som 8/10 så här: ”8 av 10”"),
        (45000, "d-mmm", "antal", "är ett datum"),
        (0.5, "h:mm", "antal", "klockslag"),
        (1.5, "[h]:mm", "dagar", "klockslag"),
        ("#DIV/0!", "0%", "%", "cellen innehåller felet #DIV/0!"),
        ("#N/A", "General", "text", "cellen innehåller felet #N/A"),
        (True, "General", "%", "ja"),
    ],
)
def test_cells_that_are_refused(value: Any, number_format: str, unit: str, words: str) -> None:
    with pytest.raises(UnreadableFigures) as caught:
        from_cell(value, number_format, unit)
    assert "rad 2, kolumn Utfall" in say(caught.value.message)
    assert words in say(caught.value.message)


def test_a_cell_with_an_error_in_a_column_that_is_not_read_hinders_nothing() -> None:
    data = workbook(["Nyckel", "Utfall", "Annat"], ["i1", 5, "#DIV/0!"])
    assert outcomes(read_xlsx(data, "f.xlsx"))["i1"].exact == 5


# The file's own decimal sign


def csv_of(*figures: str, delimiter: str = ";") -> bytes:
    quoted = (f'"{figure}"' for figure in figures)
    rows = (f"i{place}{delimiter}{figure}" for place, figure in zip((0, 1, 2, 3, 4), quoted, strict=False))
    return "\n".join((f"nyckel{delimiter}utfall", *rows)).encode()


@pytest.mark.parametrize("delimiter", sampled([";", ",", "\t"]))
@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (("3.5", "10,500"), ("3.5", "10500")),
        (("0.864", "1,473,495", "10,500"), ("0.864", "1473495", "10500")),
        (("3,5", "10.500"), ("3.5", "10500")),
        (("0,75", "1.473.495", "1.234,5"), ("0.75", "1473495", "1234.5")),
        (("1,234.5", "3.25"), ("1234.5", "3.25")),
        (("3.5 %", "1,234 st"), ("3.5", "1234")),
        (("1 234,5", "12.500"), ("1234.5", "12500")),
        (("3,5", "4.5"), ("3.5", "4.5")),
        (("3.5", "10.500", "0.125"), ("3.5", "10.5", "0.125")),
        (("86", "1473495"), ("86", "1473495")),
    ],
)
def test_the_file_says_what_stands_before_decimals(
    figures: tuple[str, ...], expected: tuple[str, ...], delimiter: str
) -> None:
    found = outcomes(read_csv(csv_of(*figures, delimiter=delimiter), "f.csv"))
    assert [found[f"i{place}"].exact for place in range(len(figures))] == [Decimal(each) for each in expected]
    book = workbook(["nyckel", "utfall"], *([f"i{place}", figure] for place, figure in enumerate(figures)))
    assert outcomes(read_xlsx(book, "f.xlsx")) == found


def test_numbers_of_a_workbook_say_nothing_of_its_texts() -> None:
    """A workbook's own numbers have no sign: only its texts tell."""
    book = workbook(["nyckel", "utfall"], ["i0", 3.5], ["i1", "12.500"])
    with pytest.raises(UnreadableFigures, match=r"do you mean 12500 or 12\.5\?"):
        outcomes(read_xlsx(book, "f.xlsx"))


@pytest.mark.parametrize(
    ("figures", "delimiter"),
    [
        (("10,500",), ","),
        (("10.500",), ";"),
        (("86", "12,500"), ","),
        (("3,5", "4.5", "10,500"), ";"),
        (("3,5", "4.5", "10.500"), ","),
    ],
)
def test_where_nothing_decides_both_readings_are_told(figures: tuple[str, ...], delimiter: str) -> None:
    with pytest.raises(UnreadableFigures) as caught:
        outcomes(read_csv(csv_of(*figures, delimiter=delimiter), "f.csv"))
    assert "menar du 1" in say(caught.value.message)


@pytest.mark.parametrize(
    ("decimal", "figure", "expected"),
    [
        ("point", "10,500", "10500"),
        ("point", "10.5", "10.5"),
        ("comma", "10.500", "10500"),
        ("comma", "10,5", "10.5"),
        ("comma", "1.473.495,25", "1473495.25"),
        ("point", "1,473,495.25", "1473495.25"),
    ],
)
def test_a_person_says_what_stands_before_decimals(decimal: str, figure: str, expected: str) -> None:
    found = outcomes(read_csv(csv_of("86", figure), "f.csv"), decimal=DecimalSign(decimal))
    assert found["i1"].exact == Decimal(expected)


@pytest.mark.parametrize(
    ("decimal", "figure", "words"), [("point", "3,5", "punkt före decimalerna"), ("comma", "3.5", "komma före")]
)
def test_a_number_with_the_other_sign_is_refused(decimal: str, figure: str, words: str) -> None:
    with pytest.raises(UnreadableFigures) as caught:
        outcomes(read_csv(csv_of(figure), "f.csv"), decimal=DecimalSign(decimal))
    assert words in say(caught.value.message)


def test_what_only_the_same_text_says_decides_nothing_and_is_refused_only_where_that_is_asked_for() -> None:
    text = "2,5 av 1,234"
    assert DecimalSigns.of([text]).read(text) == text
    with pytest.raises(KvaltuiError) as refused:
        DecimalSigns.of([text], is_strict=True).read(text)
    assert say(refused.value.message) == "”1,234”: menar du 1\u00a0234 eller 1,234?"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    rows = "nyckel;utfall\ni0;1e5\ni1;5\ni2;12 34\nfinns-inte;3\n"
    with pytest.raises(TableFileError) as caught:
        outcomes(read_csv(rows.encode(), "f.csv"))
    how_many, *lines = say(caught.value.message).splitlines()
    assert how_many == "3 rader kan inte läsas in:"
    assert [line.split(",")[1].strip() for line in lines] == ["rad 2", "rad 4", "rad 5"]
    assert not isinstance(caught.value, UnreadableFigures)


def test_a_title_with_a_comma_above_the_headings() -> None:
    data = "Rapport, hösten 2022\n\nnyckel;utfall\ni0;86,5\n".encode()
    assert outcomes(read_csv(data, "f.csv"))["i0"].exact == Decimal("86.5")


# One reader


def typed(text: str, unit: str) -> Figure | str:
    """What a typed text gives on an indicator of the unit: its figure, or the words of its refusal."""
    try:
        return parse_figure(text, CONTENT.all(Indicator)[KEYS[unit]].scale)
    except KvaltuiError as error:
        return say(error.message)


def in_cell(grid: Grid, unit: str) -> Figure | str:
    try:
        return outcomes(grid)[KEYS[unit]]
    except FileError as error:
        return say(error.message)


TEXTS = (
    *(
        "86",
        "86 %",
        "25,06%",
        "5.1",
        "-3 420",
        "−3 420",
        "1 473 495",
        "12.500",
        "1.473.495",
        "1,034",
        "1,473,495",
        "0,500",
    ),
    *("12 34", "1e5", "NaN", "1_000", "١٢", "86 % 3", ">98 %", "minst 98", "<5", "högst 14", "72–100 %", "72 till 100"),
    *(
        "271/705",
        "8/10",
        "38 % (271 av 705)",
        "bedömd 98 %",
        "ca 98",
        "ja",
        "nej",
        "delvis",
        "1 (Malmslätt)",
        "-",
        "..",
    ),
    *("ej mätt", "ej mätbart", "sekretess", "mäts till 86 %", "mäts ej 2023", "n/a", "u.s.", "ja (delvis)", "84/86"),
    *("90 % eller mer", "78 NKI", "3,5 dagar i snitt", "10 000:-", "12 500 kkr", "86 %*", "86 % 1)", "86¹", "86 dagar"),
    *("1.2.2023", "BOU 121; VUX 49", "25,06% (2016)", "100.000", "0.864", "3.5", "1,234.5", "1.234,5", "kort text"),
)
figure_texts = st.one_of(
    st.sampled_from(TEXTS),
    st.from_regex(r"[<>~−-]?[0-9]{1,4}([.,  ][0-9]{1,4}){0,3}( ?%| st| dagar| kr)?", fullmatch=True),
)


@pytest.mark.thorough
@pytest.mark.property
@examples(150)
@given(figure_texts, st.sampled_from(UNITS))
def test_a_text_in_a_cell_is_read_as_the_same_text_typed(text: str, unit: str) -> None:
    wanted = typed(text, unit)
    csv_text = f'nyckel;utfall\n{KEYS[unit]};"{text}"\n'
    grids = [read_csv(csv_text.encode(), "f.csv"), read_xlsx(workbook(["nyckel", "utfall"], [KEYS[unit], text]), "f")]
    for grid in grids:
        found = in_cell(grid, unit)
        assert found == wanted or (isinstance(wanted, str) and isinstance(found, str) and wanted in found)
