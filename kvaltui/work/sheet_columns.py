"""The sheet of each kind of thing: its columns, what its rows stand under, and what a new one takes from the one above.

Structure is entered there like figures: a row a thing, a cell a field. How a cell is read follows from what its field
holds (`model/fields.py`), by the same readers as in a form.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from kvaltui.i18n import N_, translated
from kvaltui.model.entity import Kind
from kvaltui.model.fields import content_fields
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass
from kvaltui.words import capitalised, field_word
from kvaltui.work.controls import Control
from kvaltui.work.filling_in import control_of

TARGET = "target"
"""The column of an indicator's target of the period that is looked at: a thing of its own, which follows its row."""
BELONGS_TO = "belongs_to"
"""The column of what a measure belongs to: risks, self-checks and indicators, whichever."""


class Grouping(Enum):
    """What the rows of a sheet stand under."""

    NOTHING = auto()
    AREA = auto()
    SECTION = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: the field that it shows, or TARGET or BELONGS_TO, and the cells that it takes.

    `heading` is what stands over it, where that is not the name of the field; `written` what can be written there.
    Both are marked for the catalogue, and translated where they are shown.
    """

    name: str
    width: int = 0
    heading: str = ""
    written: str = ""
    is_right: bool = False

    def title(self, period: Period) -> str:
        """What it is called in the reader's language."""
        if self.name == TARGET:
            return translated(self.heading, period=period)
        return translated(self.heading) if self.heading else capitalised(field_word(self.name))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its kind of thing, what its rows stand under, its columns (the name first), and what it says of itself.

    A new row takes the fields in `from_above` from the row above it.
    """

    kind: Kind
    grouping: Grouping
    new: str
    columns: tuple[SheetColumn, ...]
    new_group: str = ""
    from_above: tuple[str, ...] = ()

    @property
    def name_field(self) -> str:
        """The field by which its things are called."""
        return self.columns[0].name

    def column(self, name: str) -> SheetColumn | None:
        """The column of a field; None where it has none."""
        return next((each for each in self.columns if each.name == name), None)

    def control(self, name: str) -> Control:
        """How a field is written and read."""
        return Control() if name in (TARGET, BELONGS_TO) else control_of(self.kind, content_fields(self.kind)[name])


_AMOUNT = N_("1 250 · −3 420 · 12,5 or blank")
_TARGET = N_("60 · at most 60 · 45–55 · öka · minska · ja · BOU 60; VUX 45 or blank")
_GRADE = N_("from 1 to 5")
_RESPONSIBLE = SheetColumn("responsible", 10, written=N_("a role or a unit"))


def _amount(name: str) -> SheetColumn:
    return SheetColumn(name, 10, written=_AMOUNT, is_right=True)


_ALL = (
    Sheet(
        Kind.INDICATOR,
        Grouping.AREA,
        N_("new indicator"),
        (
            SheetColumn("name", written=N_("the indicator's name as it is printed")),
            SheetColumn("unit", 5, written=N_("% · antal · dagar · kr · ja/nej · text; a figure here is the target")),
            SheetColumn("direction", 6, N_("Better"), N_("higher · lower · interval · neither")),
            SheetColumn(TARGET, 9, N_("Target {period}"), _TARGET),
            SheetColumn("goal", 9, N_("Belongs to")),
            SheetColumn("responsible", 9, written=_RESPONSIBLE.written),
            SheetColumn("service", 13, written=N_("such as hemtjänst")),
            SheetColumn("source", 18, written=N_("where the figures come from")),
            SheetColumn("frequency", 14),
            SheetColumn("display_name", 16, written=N_("a shorter name for lists")),
            SheetColumn("external_id", 10, written=N_("such as its id in Kolada")),
        ),
        N_("new area"),
        ("unit", "direction", "frequency"),
    ),
    Sheet(
        Kind.GOAL,
        Grouping.AREA,
        N_("new goal"),
        (
            SheetColumn("name", written=N_("the goal as it is printed")),
            SheetColumn("parent", 18, N_("Lies under")),
            SheetColumn("goal_kind", 12, written=N_("such as nämndmål")),
            SheetColumn("area", 18),
        ),
        N_("new area"),
        ("goal_kind",),
    ),
    Sheet(
        Kind.RISK,
        Grouping.NOTHING,
        N_("new risk"),
        (
            SheetColumn("title", written=N_("the risk in a few words")),
            SheetColumn("likelihood", 6, N_("Likely"), _GRADE, is_right=True),
            SheetColumn("consequence", 6, N_("Grave"), _GRADE, is_right=True),
            SheetColumn("level", 5, written=N_("follows from likelihood and consequence"), is_right=True),
            _RESPONSIBLE,
            SheetColumn("area", 12),
            SheetColumn("goal", 20),
        ),
    ),
    Sheet(
        Kind.MEASURE,
        Grouping.NOTHING,
        N_("new measure"),
        (
            SheetColumn("title", written=N_("the measure in a few words")),
            _RESPONSIBLE,
            SheetColumn("due", 10, N_("By when"), N_("31/3 · 31 mars 2027 · 2027-03-31 or blank")),
            SheetColumn("status", 8),
            SheetColumn(BELONGS_TO, 12, N_("Belongs to"), N_("risks, self-checks and indicators, with semicolons")),
        ),
    ),
    Sheet(
        Kind.SELF_CHECK,
        Grouping.SECTION,
        N_("new self-check"),
        (
            SheetColumn("name", written=N_("what is to be checked")),
            SheetColumn("frequency", 13),
            SheetColumn("threshold", 10, written=N_("at least 95 % · within 10 dagar or blank")),
            SheetColumn("unit", 5, written=N_("% · antal · dagar or blank for any text")),
            _RESPONSIBLE,
            SheetColumn("section", 18, written=N_("the heading that it stands under")),
            SheetColumn("area", 16),
        ),
        N_("new section"),
        ("frequency",),
    ),
    Sheet(
        Kind.ECONOMY_ROW,
        Grouping.TABLE,
        N_("new row"),
        (
            SheetColumn("name", written=N_("the row as it is printed")),
            SheetColumn("row_kind", 7, N_("Kind")),
            SheetColumn("level", 4, written=N_("0, or 1 for a “varav” row"), is_right=True),
            SheetColumn("is_sum", 5, N_("Sum")),
            _amount("budget"),
            _amount("forecast"),
            SheetColumn("actual", 10, N_("Outcome"), _AMOUNT, is_right=True),
            SheetColumn("previous", 10, N_("Last year"), _AMOUNT, is_right=True),
        ),
        N_("new table"),
        ("row_kind", "level"),
    ),
)


SHEETS: Mapping[Kind, Sheet] = MappingProxyType({each.kind: each for each in _ALL})
"""The sheet of each kind that has one."""
