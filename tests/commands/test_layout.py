"""Tables in plain text: aligned, never wider than the screen, names cut where they can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kvaltui.columns import GAP, Column, GivesWay
from kvaltui.commands.layout import Table, TableCell, cells, plain_table, table_widths
from kvaltui.text_width import cut, width_of
from tests.properties import examples

NAMES = Column("Område", gives_way=GivesWay.LAST)
FIGURES = Column("Antal", is_right=True)


def test_figures_stand_to_the_right_and_names_to_the_left() -> None:
    table = Table((NAMES, FIGURES), [cells("Äldreomsorg", "5"), cells("Kultur- och fritid", "11")])
    assert plain_table(table, 80) == [
        "Område              Antal",
        "Äldreomsorg             5",
        "Kultur- och fritid     11",
    ]


def test_a_long_name_is_cut_with_an_ellipsis_so_that_the_figures_stay() -> None:
    table = Table((NAMES, FIGURES), [cells("Särskilt boende - andel kunder som känner sig trygga", "86 %")])
    assert plain_table(table, 30)[1] == "Särskilt boende - ande…   86 %"


def test_the_widest_of_several_flexible_columns_gives_way_first() -> None:
    columns = (Column("a", gives_way=GivesWay.LAST), Column("b", gives_way=GivesWay.LAST))
    assert table_widths(Table(columns, [cells("x" * 50, "y" * 10)]), 40) == [28, 10]


def test_what_cannot_give_way_keeps_its_width_on_a_narrow_screen() -> None:
    table = Table((NAMES, FIGURES), [cells("Familj och arbete", "1 473 495")])
    assert plain_table(table, 5)[1] == "Familj…   1 473 495"


def test_wide_and_combining_characters_are_counted_as_they_are_shown() -> None:
    assert width_of("日本") == 4
    assert width_of("e\u0301") == 1
    assert cut("日本語", 4) == "日…"


def test_title_and_remark_stand_around_the_rows() -> None:
    table = Table((Column(),), [cells("x")], title="Saknas (2)", remark="och 1 till")
    assert plain_table(table, 80) == ["Saknas (2)", "x", "och 1 till"]


@examples(60)
@given(
    st.lists(st.tuples(st.text("aåé日", max_size=90), st.text("0123456789", max_size=9)), min_size=1, max_size=5),
    st.integers(30, 120),
)
def test_no_line_is_wider_than_the_screen(rows: list[tuple[str, str]], width: int) -> None:
    table = Table((NAMES, FIGURES), [(TableCell(name), TableCell(figure)) for name, figure in rows])
    assert all(width_of(line) <= width for line in plain_table(table, width))
    assert sum(table_widths(table, width)) + GAP <= width
