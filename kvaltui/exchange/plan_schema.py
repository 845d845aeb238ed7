"""The plan file as one table: which TOML table holds which kind of thing, and which key which of its fields.

Reading, writing and the comparison of an import all go by it (docs/files.md, Plan files). How a value is written
follows from what its field holds (`plan_notation`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kvaltui.exchange.plan_notation import Notation, notation_of
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.fields import ContentField, content_fields
from kvaltui.model.quality_work import Assignment, Measure, Result, Risk, SelfCheck
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.structure import Area, Goal, Indicator, Plan, QualityFactor

FORMAT = 1
_SAID_BY_PLACE = frozenset({"order", "reading"})
"""Fields that have no key: they are told by where a table stands among the others."""
_RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table, the field that it stands for, and how its value is written.

    One with "only" beside it in docs/files.md, Plan files, is written only where it says something (`is_extension`), so
    that files stay as other programs know them.
    """

    name: str
    field: str
    notation: Notation
    is_extension: bool


@dataclass(frozen=True)
class PlanTable:
    """A TOML table: what it holds, its keys in their order, and the tables in it.

    `written` names the keys: `kind=area_kind` is one with another name than its field, `level?` an extension.
    A field that is not named is an extension too and stands last: none is lost because nobody thought of it.
    `parent_field` is the field that names what the table stands in; `fixed` are fields that the table itself decides;
    `part` is another table that holds some fields of the same thing, and only those.
    """

    name: str
    type_: type[AnyEntity]
    written: str
    parent_field: str = ""
    fixed: Mapping[str, object] = field(default_factory=dict)
    children: tuple[PlanTable, ...] = ()
    part: PlanTable | None = None
    is_part: bool = False

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The keys of the table."""
        return tuple(self._keys())

    def _keys(self) -> Iterator[Key]:
        content = content_fields(self.type_.kind)
        known = {self.parent_field, *self.fixed, *_SAID_BY_PLACE}
        if self.part is not None:
            known |= {key.field for key in self.part.keys}
        for word in self.written.split():
            name, _equals, its_field = word.removesuffix("?").partition("=")
            known.add(its_field or name)
            yield _key(name, content[its_field or name], is_extension=word.endswith("?"))
        for name in sorted(content, key=lambda name: name == _RETIRED):
            if name not in known and not self.is_part:
                yield _key(name, content[name], is_extension=True)

    @cached_property
    def key_names(self) -> Mapping[str, Key]:
        """The keys by name."""
        return {key.name: key for key in self.keys}

    @cached_property
    def defaults(self) -> Mapping[str, object]:
        """The fields that may be left out, with what then holds."""
        content = content_fields(self.type_.kind).values()
        return {each.name: each.default for each in content if not each.is_required}


def _key(name: str, its_field: ContentField, *, is_extension: bool) -> Key:
    return Key(name, its_field.name, notation_of(its_field), is_extension)


def _assessments(of: Kind) -> PlanTable:
    return PlanTable("assessment", Assessment, "period status motivation", "subject", {"subject_kind": of})


POLICY = PlanTable("assessment", Plan, "partial_from partial_within roll_up risk_bands", is_part=True)
PLAN = PlanTable("plan", Plan, "key title organisation committee registry_number periods", part=POLICY)
_FIGURES = (
    PlanTable("target", TargetValue, "period part value horizon", "indicator"),
    PlanTable("outcome", Outcome, "period part value forecast as_of note source", "indicator"),
    PlanTable("comparison", Comparison, "period name value", "indicator"),
    _assessments(Kind.INDICATOR),
)
_INDICATOR = (
    "key area goal name display_name? service unit decimals? direction frequency cumulative breakdown aggregate "
    "quality_factors definition numerator? denominator? source external_id status partial_from? partial_within? "
    "series_breaks"
)
TABLES = (
    PlanTable("quality_factor", QualityFactor, "key name"),
    PlanTable(
        "area",
        Area,
        "key name kind=area_kind parent note",
        children=(PlanTable("completion", Completion, "period complete motivation", "area"), _assessments(Kind.AREA)),
    ),
    PlanTable(
        "goal",
        Goal,
        "key area parent kind=goal_kind name aliases? intent not_applicable",
        children=(_assessments(Kind.GOAL),),
    ),
    PlanTable("indicator", Indicator, _INDICATOR, fixed={"is_core_volume": False}, children=_FIGURES),
    PlanTable("core_volume", Indicator, _INDICATOR, fixed={"is_core_volume": True}, children=_FIGURES),
    PlanTable("risk", Risk, "key area goal title description level? likelihood? consequence?"),
    PlanTable(
        "self_check",
        SelfCheck,
        "key section name purpose new frequency threshold unit? risks services? area",
        children=(PlanTable("result", Result, "period status value note", "self_check"),),
    ),
    PlanTable("measure", Measure, "key title description status responsible due risks self_checks indicators"),
    PlanTable("assignment", Assignment, "key name kind=assignment_kind status comment"),
    PlanTable(
        "economy_table",
        EconomyTable,
        "key title unit note?",
        children=(
            PlanTable(
                "row",
                EconomyRow,
                "key=slug? name kind=row_kind level sum=is_sum budget forecast actual previous variance note?",
                "table",
            ),
        ),
    ),
)
"""The tables after `[plan]` and `[assessment]`, in the order in which files have them."""

_TABLES_BY_KIND: dict[tuple[Kind, object], PlanTable] = {
    (table.type_.kind, next(iter(table.fixed.values()), None)): table
    for table in (*TABLES, *(child for table in TABLES for child in table.children))
}


def keys_of(entity: AnyEntity) -> tuple[Key, ...]:
    """The keys by which a plan file knows the fields of an entity, in their order."""
    return (*PLAN.keys, *POLICY.keys) if isinstance(entity, Plan) else table_of(entity).keys


def key_of(entity: AnyEntity, attribute: str) -> str:
    """The key of a field of an entity; "" for a field that a file has no key for."""
    return next((key.name for key in keys_of(entity) if key.field == attribute), "")


def table_of(entity: AnyEntity) -> PlanTable:
    """The table that holds an entity; a plan's is `[plan]`, and its policy stands in another."""
    if isinstance(entity, Plan):
        return PLAN
    if isinstance(entity, Indicator):
        return _TABLES_BY_KIND[Kind.INDICATOR, entity.is_core_volume]
    return _TABLES_BY_KIND[entity.kind, entity.subject_kind if isinstance(entity, Assessment) else None]
