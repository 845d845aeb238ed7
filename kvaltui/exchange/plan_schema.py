"""The plan file as one table: which TOML table holds which entity, and which key which of its fields.

Reading, writing and the comparison of an import all go by it (docs/files.md, Plan files). Each key stands once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cached_property

from kvaltui.exchange.plan_codec import (
    BOOLEAN,
    DATE,
    LINE,
    NAMES,
    PERIOD,
    PERIODS,
    PROSE,
    WHOLE_NUMBER,
    WHOLE_NUMBERS,
    Codec,
    choice,
)
from kvaltui.model.economy import EconomyRow, EconomyTable, RowKind
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.period import Frequency
from kvaltui.model.quality_work import (
    Assignment,
    AssignmentStatus,
    Measure,
    MeasureStatus,
    Result,
    ResultStatus,
    Risk,
    SelfCheck,
)
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.scale import Direction
from kvaltui.model.status import Status
from kvaltui.model.structure import Aggregate, Area, Goal, Indicator, IndicatorStatus, Plan, QualityFactor, RollUp

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table.

    An extension of the contract is written only where it says something (`is_extension`), so that files stay as other
    programs know them.
    """

    name: str
    codec: Codec = LINE
    field: str = ""
    is_extension: bool = False

    @property
    def attribute(self) -> str:
        """The field of the entity that the key stands for."""
        return self.field or self.name


@dataclass(frozen=True)
class Table:
    """A TOML table: the entity that it holds, its keys in their order, and the tables in it.

    `parent_field` is the field of the entity that names what the table stands in; `fixed` are fields that the table
    itself decides.
    """

    name: str
    type_: type[AnyEntity]
    own_keys: tuple[Key, ...]
    parent_field: str = ""
    fixed: Mapping[str, object] = field(default_factory=dict)
    children: tuple[Table, ...] = ()

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The keys of the table, with the one that every entity has."""
        return (*self.own_keys, Key("retired", BOOLEAN, is_extension=True))

    @cached_property
    def key_names(self) -> Mapping[str, Key]:
        """The keys by name."""
        return {key.name: key for key in self.keys}

    @cached_property
    def defaults(self) -> Mapping[str, object]:
        """The fields of the entity that may be left out, with what then holds."""
        return {each.name: each.default for each in fields(self.type_) if each.default is not MISSING}


def _assessments(of: Kind) -> Table:
    keys = (Key("period", PERIOD), Key("status", choice(Status)), Key("motivation", PROSE))
    return Table("assessment", Assessment, keys, "subject", {"subject_kind": of})


PLAN = Table(
    "plan",
    Plan,
    (
        Key("key"),
        Key("title"),
        Key("organisation"),
        Key("committee"),
        Key("registry_number"),
        Key("periods", PERIODS),
    ),
)
POLICY = Table(
    "assessment",
    Plan,
    (
        Key("partial_from"),
        Key("partial_within"),
        Key("roll_up", choice(RollUp)),
        Key("risk_bands", WHOLE_NUMBERS),
    ),
)
_FIGURES = (
    Table(
        "target",
        TargetValue,
        (Key("period", PERIOD), Key("part"), Key("value"), Key("horizon")),
        "indicator",
    ),
    Table(
        "outcome",
        Outcome,
        (
            Key("period", PERIOD),
            Key("part"),
            Key("value"),
            Key("forecast"),
            Key("as_of", DATE),
            Key("note", PROSE),
            Key("source"),
        ),
        "indicator",
    ),
    Table("comparison", Comparison, (Key("period", PERIOD), Key("name"), Key("value")), "indicator"),
    _assessments(Kind.INDICATOR),
)
_INDICATOR_KEYS = (
    Key("key"),
    Key("area"),
    Key("goal"),
    Key("name"),
    Key("display_name", is_extension=True),
    Key("service"),
    Key("unit"),
    Key("decimals", WHOLE_NUMBER, is_extension=True),
    Key("direction", choice(Direction)),
    Key("frequency", choice(Frequency)),
    Key("cumulative", BOOLEAN),
    Key("breakdown", NAMES),
    Key("aggregate", choice(Aggregate)),
    Key("quality_factors", NAMES),
    Key("definition", PROSE),
    Key("numerator", PROSE, is_extension=True),
    Key("denominator", PROSE, is_extension=True),
    Key("source"),
    Key("external_id"),
    Key("status", choice(IndicatorStatus)),
    Key("partial_from", is_extension=True),
    Key("partial_within", is_extension=True),
    Key("series_breaks", PERIODS),
)
TABLES = (
    Table("quality_factor", QualityFactor, (Key("key"), Key("name"))),
    Table(
        "area",
        Area,
        (
            Key("key"),
            Key("name"),
            Key("kind", field="area_kind"),
            Key("parent"),
            Key("note", PROSE),
        ),
        children=(
            Table(
                "completion",
                Completion,
                (Key("period", PERIOD), Key("complete", BOOLEAN), Key("motivation", PROSE)),
                "area",
            ),
            _assessments(Kind.AREA),
        ),
    ),
    Table(
        "goal",
        Goal,
        (
            Key("key"),
            Key("area"),
            Key("parent"),
            Key("kind", field="goal_kind"),
            Key("name"),
            Key("aliases", NAMES, is_extension=True),
            Key("intent", PROSE),
            Key("not_applicable", BOOLEAN),
        ),
        children=(_assessments(Kind.GOAL),),
    ),
    Table("indicator", Indicator, _INDICATOR_KEYS, fixed={"is_core_volume": False}, children=_FIGURES),
    Table("core_volume", Indicator, _INDICATOR_KEYS, fixed={"is_core_volume": True}, children=_FIGURES),
    Table(
        "risk",
        Risk,
        (
            Key("key"),
            Key("area"),
            Key("goal"),
            Key("title"),
            Key("description", PROSE),
            Key("level", WHOLE_NUMBER, is_extension=True),
            Key("likelihood", WHOLE_NUMBER, is_extension=True),
            Key("consequence", WHOLE_NUMBER, is_extension=True),
        ),
    ),
    Table(
        "self_check",
        SelfCheck,
        (
            Key("key"),
            Key("section"),
            Key("name"),
            Key("purpose", PROSE),
            Key("new", BOOLEAN),
            Key("frequency", choice(Frequency)),
            Key("threshold"),
            Key("unit", is_extension=True),
            Key("risks", NAMES),
            Key("services", NAMES, is_extension=True),
            Key("area"),
        ),
        children=(
            Table(
                "result",
                Result,
                (Key("period", PERIOD), Key("status", choice(ResultStatus)), Key("value"), Key("note", PROSE)),
                "self_check",
            ),
        ),
    ),
    Table(
        "measure",
        Measure,
        (
            Key("key"),
            Key("title"),
            Key("description", PROSE),
            Key("status", choice(MeasureStatus)),
            Key("responsible"),
            Key("due", DATE),
            Key("risks", NAMES),
            Key("self_checks", NAMES),
            Key("indicators", NAMES),
        ),
    ),
    Table(
        "assignment",
        Assignment,
        (
            Key("key"),
            Key("name"),
            Key("kind", field="assignment_kind"),
            Key("status", choice(AssignmentStatus)),
            Key("comment", PROSE),
        ),
    ),
    Table(
        "economy_table",
        EconomyTable,
        (Key("key"), Key("title"), Key("unit"), Key("note", PROSE, is_extension=True)),
        children=(
            Table(
                "row",
                EconomyRow,
                (
                    Key("key", field="slug", is_extension=True),
                    Key("name"),
                    Key("kind", choice(RowKind), field="row_kind"),
                    Key("level", WHOLE_NUMBER),
                    Key("sum", BOOLEAN, field="is_sum"),
                    Key("budget"),
                    Key("forecast"),
                    Key("actual"),
                    Key("previous"),
                    Key("variance"),
                    Key("note", PROSE, is_extension=True),
                ),
                "table",
            ),
        ),
    ),
)
"""The tables after `[plan]` and `[assessment]`, in the order of the contract."""

_TABLES_BY_KIND: dict[tuple[Kind, object], Table] = {
    (table.type_.kind, next(iter(table.fixed.values()), None)): table
    for table in (*TABLES, *(child for table in TABLES for child in table.children))
}


def keys_of(entity: AnyEntity) -> tuple[Key, ...]:
    """The keys by which a plan file knows the fields of an entity, in their order."""
    return (*PLAN.keys, *POLICY.own_keys) if isinstance(entity, Plan) else table_of(entity).keys


def key_of(entity: AnyEntity, attribute: str) -> str:
    """The key of a field of an entity; "" for a field that a file has no key for."""
    return next((key.name for key in keys_of(entity) if key.attribute == attribute), "")


def table_of(entity: AnyEntity) -> Table:
    """The table that holds an entity; a plan's is `[plan]`, and its policy stands in another."""
    if isinstance(entity, Plan):
        return PLAN
    if isinstance(entity, Indicator):
        return _TABLES_BY_KIND[Kind.INDICATOR, entity.is_core_volume]
    return _TABLES_BY_KIND[entity.kind, entity.subject_kind if isinstance(entity, Assessment) else None]
