"""The tables, as Peewee models: one per kind of entity, which mirrors its dataclass, and the journal.

They describe the tables to Peewee and are never bound to a database nor handed out as rows: whoever reads gets the
dataclasses of `model/`. In SQLite the tables are made by `migrations/`, which add what only SQLite has; elsewhere
Peewee makes them from here (docs/store.md, SQLite).
"""

from __future__ import annotations

from typing import Any

from peewee import SQL, AutoField, BooleanField, CompositeKey, IntegerField, Model, TextField

from kvaltui.model.entity import Kind


def _belongs_to(column: str, table: str) -> SQL:
    """`column` names a row of `table` in the same plan. Checked at commit, so that the order of writing is free."""
    return SQL(f'FOREIGN KEY ("plan", "{column}") REFERENCES "{table}" ("plan", "key") DEFERRABLE INITIALLY DEFERRED')


_IN_A_PLAN = SQL('FOREIGN KEY ("plan") REFERENCES "plan" ("key") DEFERRABLE INITIALLY DEFERRED')


class _InPlan:
    """What the rows of all kinds but the plan have in common: they are named by their plan and their key."""

    primary_key = CompositeKey("plan", "key")


class Row(Model):
    """The marks of every row; `contested` is a JSON list of field names."""

    retired = BooleanField()
    contested = TextField()
    changed_at = TextField()
    changed_by = TextField()


class PlanRow(Row):
    """Its lists, like all lists here, are JSON text."""

    key = TextField(primary_key=True)
    title = TextField()
    organisation = TextField()
    committee = TextField()
    registry_number = TextField()
    periods = TextField()
    partial_from = TextField()
    partial_within = TextField()
    roll_up = TextField()
    risk_bands = TextField()

    class Meta:
        table_name = "plan"


class QualityFactorRow(Row):
    plan = TextField()
    key = TextField()
    name = TextField()
    order = IntegerField()

    class Meta(_InPlan):
        table_name = "quality_factor"
        constraints = (_IN_A_PLAN,)


class AreaRow(Row):
    plan = TextField()
    key = TextField()
    name = TextField()
    area_kind = TextField()
    parent = TextField(null=True)
    note = TextField()
    order = IntegerField()

    class Meta(_InPlan):
        table_name = "area"
        constraints = (_IN_A_PLAN, _belongs_to("parent", "area"))


class GoalRow(Row):
    plan = TextField()
    key = TextField()
    name = TextField()
    area = TextField(null=True)
    parent = TextField(null=True)
    goal_kind = TextField()
    intent = TextField()
    aliases = TextField()
    not_applicable = BooleanField()
    order = IntegerField()

    class Meta(_InPlan):
        table_name = "goal"
        constraints = (_IN_A_PLAN, _belongs_to("area", "area"), _belongs_to("parent", "goal"))


class IndicatorRow(Row):
    plan = TextField()
    key = TextField()
    name = TextField()
    area = TextField(null=True)
    goal = TextField(null=True)
    display_name = TextField()
    service = TextField()
    unit = TextField()
    decimals = IntegerField(null=True)
    direction = TextField()
    frequency = TextField()
    cumulative = BooleanField()
    breakdown = TextField()
    aggregate = TextField()
    quality_factors = TextField()
    definition = TextField()
    numerator = TextField()
    denominator = TextField()
    source = TextField()
    external_id = TextField()
    status = TextField()
    partial_from = TextField(null=True)
    partial_within = TextField(null=True)
    series_breaks = TextField()
    is_core_volume = BooleanField()
    order = IntegerField()

    class Meta(_InPlan):
        table_name = "indicator"
        constraints = (_IN_A_PLAN, _belongs_to("area", "area"), _belongs_to("goal", "goal"))


class TargetRow(Row):
    """`rule`, `low` and `high` are what `value` means (NULL where it cannot be read), exact decimals as text."""

    plan = TextField()
    key = TextField()
    indicator = TextField()
    period = TextField()
    part = TextField()
    value = TextField()
    horizon = TextField()
    rule = TextField(null=True)
    low = TextField(null=True)
    high = TextField(null=True)

    class Meta(_InPlan):
        table_name = "target"
        constraints = (_IN_A_PLAN, _belongs_to("indicator", "indicator"))


class OutcomeRow(Row):
    """The columns from `low` on are what `value` means (NULL where it cannot be read), exact decimals as text."""

    plan = TextField()
    key = TextField()
    indicator = TextField()
    period = TextField()
    part = TextField()
    reading = IntegerField()
    value = TextField()
    forecast = TextField()
    as_of = TextField(null=True)
    note = TextField()
    source = TextField()
    low = TextField(null=True)
    high = TextField(null=True)
    operator = TextField(null=True)
    numerator = TextField(null=True)
    denominator = TextField(null=True)
    is_estimated = BooleanField(null=True)
    missing = TextField(null=True)

    class Meta(_InPlan):
        table_name = "outcome"
        constraints = (_IN_A_PLAN, _belongs_to("indicator", "indicator"))


class ComparisonRow(Row):
    plan = TextField()
    key = TextField()
    indicator = TextField()
    period = TextField()
    name = TextField()
    value = TextField()

    class Meta(_InPlan):
        table_name = "comparison"
        constraints = (_IN_A_PLAN, _belongs_to("indicator", "indicator"))


class AssessmentRow(Row):
    """`subject` may be of several kinds, so that no foreign key can hold it: `check` looks after it."""

    plan = TextField()
    key = TextField()
    subject_kind = TextField()
    subject = TextField()
    period = TextField()
    status = TextField()
    motivation = TextField()

    class Meta(_InPlan):
        table_name = "assessment"
        constraints = (_IN_A_PLAN,)


class CompletionRow(Row):
    plan = TextField()
    key = TextField()
    area = TextField()
    period = TextField()
    complete = BooleanField()
    motivation = TextField()

    class Meta(_InPlan):
        table_name = "completion"
        constraints = (_IN_A_PLAN, _belongs_to("area", "area"))


class RiskRow(Row):
    plan = TextField()
    key = TextField()
    title = TextField()
    description = TextField()
    area = TextField(null=True)
    goal = TextField(null=True)
    likelihood = IntegerField(null=True)
    consequence = IntegerField(null=True)
    level = IntegerField(null=True)
    order = IntegerField()

    class Meta(_InPlan):
        table_name = "risk"
        constraints = (_IN_A_PLAN, _belongs_to("area", "area"), _belongs_to("goal", "goal"))


class SelfCheckRow(Row):
    plan = TextField()
    key = TextField()
    name = TextField()
    section = TextField()
    purpose = TextField()
    new = BooleanField()
    frequency = TextField()
    threshold = TextField()
    unit = TextField()
    risks = TextField()
    services = TextField()
    area = TextField(null=True)
    order = IntegerField()

    class Meta(_InPlan):
        table_name = "self_check"
        constraints = (_IN_A_PLAN, _belongs_to("area", "area"))


class ResultRow(Row):
    plan = TextField()
    key = TextField()
    self_check = TextField()
    period = TextField()
    status = TextField()
    value = TextField()
    note = TextField()

    class Meta(_InPlan):
        table_name = "result"
        constraints = (_IN_A_PLAN, _belongs_to("self_check", "self_check"))


class MeasureRow(Row):
    plan = TextField()
    key = TextField()
    title = TextField()
    description = TextField()
    status = TextField()
    responsible = TextField()
    due = TextField(null=True)
    risks = TextField()
    self_checks = TextField()
    indicators = TextField()
    order = IntegerField()

    class Meta(_InPlan):
        table_name = "measure"
        constraints = (_IN_A_PLAN,)


class AssignmentRow(Row):
    plan = TextField()
    key = TextField()
    name = TextField()
    assignment_kind = TextField()
    status = TextField()
    comment = TextField()
    order = IntegerField()

    class Meta(_InPlan):
        table_name = "assignment"
        constraints = (_IN_A_PLAN,)


class EconomyTableRow(Row):
    plan = TextField()
    key = TextField()
    title = TextField()
    unit = TextField()
    note = TextField()
    order = IntegerField()

    class Meta(_InPlan):
        table_name = "economy_table"
        constraints = (_IN_A_PLAN,)


class EconomyRowRow(Row):
    """A row of an economy table; its amounts are number texts as written."""

    plan = TextField()
    key = TextField()
    table = TextField()
    slug = TextField()
    name = TextField()
    row_kind = TextField()
    level = IntegerField()
    is_sum = BooleanField()
    budget = TextField()
    forecast = TextField()
    actual = TextField()
    previous = TextField()
    variance = TextField()
    note = TextField()
    order = IntegerField()

    class Meta(_InPlan):
        table_name = "economy_row"
        constraints = (_IN_A_PLAN, _belongs_to("table", "economy_table"))


class RevisionRow(Model):
    """The journal: one row per change of an entity, never changed nor deleted (docs/store.md, The journal).

    `sequence` is this database's own order, which `PlanContent.position` counts in; `id` is the same everywhere.
    `state` is the entity's whole content afterwards, `changed` the fields that were deliberately set, `parents` the
    ids of the revisions that the person had on screen (JSON). All revisions of one user action share `action`.
    `number` counts those of its device in its plan. Of this copy alone: `here_at`, when it had the revision first;
    `received_at` and `received_from`, when and with which bundle one came from another copy ("" for those written
    here); `proof`, why it is not proved who wrote it; `chain`, a digest over this row and the one before it; and
    `seal`, what only the device that wrote it here can say about that.
    """

    sequence = AutoField()
    id = TextField(unique=True)
    plan = TextField()
    kind = TextField()
    key = TextField()
    action = TextField(index=True)
    parents = TextField()
    changed = TextField()
    state = TextField()
    account = TextField()
    name = TextField()
    device = TextField()
    at = TextField()
    reason = TextField()
    origin = TextField()
    received_at = TextField()
    received_from = TextField()
    chain = TextField()
    number = IntegerField()
    here_at = TextField()
    proof = TextField(null=True)
    seal = TextField()

    class Meta:
        table_name = "revision"
        indexes = ((("plan", "kind", "key"), False), (("plan", "at"), False), (("plan", "device", "number"), False))


class AboutRow(Model):
    """What is known of the database itself: its `id`, 32 hexadecimal digits, which its backups carry too."""

    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "about"


class DeviceRow(Model):
    """The first key that was seen of a device, 64 hexadecimal digits."""

    name = TextField(primary_key=True)
    public_key = TextField()

    class Meta:
        table_name = "device"


class StatementRow(Model):
    """What a device has last signed: how many revisions it has written in a plan, and their digest."""

    plan = TextField()
    device = TextField()
    revisions = IntegerField()
    digest = TextField()
    signature = TextField()

    class Meta:
        table_name = "statement"
        primary_key = CompositeKey("plan", "device")


ROWS: dict[Kind, Any] = {
    Kind.PLAN: PlanRow,
    Kind.QUALITY_FACTOR: QualityFactorRow,
    Kind.AREA: AreaRow,
    Kind.GOAL: GoalRow,
    Kind.INDICATOR: IndicatorRow,
    Kind.TARGET: TargetRow,
    Kind.OUTCOME: OutcomeRow,
    Kind.COMPARISON: ComparisonRow,
    Kind.ASSESSMENT: AssessmentRow,
    Kind.COMPLETION: CompletionRow,
    Kind.RISK: RiskRow,
    Kind.SELF_CHECK: SelfCheckRow,
    Kind.RESULT: ResultRow,
    Kind.MEASURE: MeasureRow,
    Kind.ASSIGNMENT: AssignmentRow,
    Kind.ECONOMY_TABLE: EconomyTableRow,
    Kind.ECONOMY_ROW: EconomyRowRow,
}
