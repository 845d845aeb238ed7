"""The table of every form: which fields a thing has, in their order, how each is filled in and what helps there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kvaltui.i18n import N_, translated
from kvaltui.model.entity import Kind
from kvaltui.model.fields import content_fields
from kvaltui.model.value import dataclass, replace
from kvaltui.tui.forms.field_help import help_of
from kvaltui.words import capitalised, field_word
from kvaltui.work.controls import Control
from kvaltui.work.filling_in import LONG_NAME, LONG_TEXT, TEXT, control_of

REASON = "reason"
"""A field that is no part of the thing: why it was changed, for its history."""
TARGET = "target"
"""A field of an indicator's form that is a thing of its own: the target of the whole in the period looked at."""
BESIDE = frozenset({REASON, TARGET})
"""The fields of forms that are no fields of the thing."""
MOST_THAT_MATTER = 6
"""How many fields of a form show at once; the others stand behind a line that names them."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form. Texts are marked for the catalogue and translated where they are shown.

    `name` is the thing's own field, which is filled in as what it holds says (`Form.of`) unless it is given another
    control. `is_identity`: it tells which thing this is and stays as it is once stored. `heading` begins a group of
    fields.
    """

    name: str
    control: Control = TEXT
    help: str = ""
    named: str = ""
    is_required: bool = False
    is_identity: bool = False
    heading: str = ""

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return translated(self.named) if self.named else capitalised(field_word(self.name))

    @property
    def explanation(self) -> str:
        """What helps there, in the reader's language; "" for nothing."""
        return translated(self.help) if self.help else ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: what a new thing is called, its fields, and the field that the key of a new one is made from.

    The first `matter` of the fields show at once, in the order in which a person fills them in; the others are grouped
    under headings behind the line of `Walk`.
    """

    kind: Kind
    new_title: str
    fields: tuple[FormField, ...]
    matter: int
    key_field: str = ""
    key_from: str = ""

    @staticmethod
    def of(kind: Kind, new_title: str, *matter: FormField, more: tuple[FormField, ...] = ()) -> Form:
        """The form for a kind of thing. Where it has a key of its own, that is made from the first field."""
        fields = tuple(_filled_in(kind, each) for each in (*matter, *more))
        key_field = next((each.name for each in fields if each.name in ("key", "slug")), "")
        return Form(kind, new_title, fields, len(matter), key_field, fields[0].name if key_field else "")

    def field(self, name: str) -> FormField | None:
        """The field of that name, None where the form has none."""
        return next((each for each in self.fields if each.name == name), None)


def _filled_in(kind: Kind, field: FormField) -> FormField:
    """The field with the control that what it holds asks for, and with what helps in it, unless it has its own."""
    control, help_ = field.control, field.help or help_of(kind, field.name)
    if control is TEXT and field.name not in BESIDE:
        control = control_of(kind, content_fields(kind)[field.name])
    return replace(field, control=control, help=help_)


def _group(heading: str, *fields: FormField) -> tuple[FormField, ...]:
    """Fields under a heading that says what they are about."""
    return replace(fields[0], heading=heading), *fields[1:]


_WHAT_IT_IS = N_("What it is")
_BELONGS = N_("What it belongs to")
_MEASURED = N_("How it is measured")
_JUDGED = N_("How it is judged")
_IS_OF = N_("What it is about")
_IN_FILES = N_("In files and commands")

KEY = FormField("key", is_identity=True)
_ITS_KEY = _group(_IN_FILES, KEY)
_PERIOD = FormField("period", is_identity=True, is_required=True)
_ITS_INDICATOR = FormField("indicator", is_identity=True, is_required=True)
_ITS_PART = FormField("part", is_identity=True)
_GRADES = (FormField("likelihood"), FormField("consequence"), FormField("level"))
_SORT = N_("Its kind")

REASSESSMENT = Form.of(Kind.RISK, N_("New risk"), *_GRADES, FormField(REASON, LONG_TEXT, named=N_("Reason")))
"""What changes when a risk is assessed anew."""

_ALL = (
    Form.of(
        Kind.PLAN,
        N_("New plan"),
        FormField("title", named=N_("Name"), is_required=True),
        FormField("organisation"),
        FormField("committee"),
        FormField("registry_number"),
        more=(
            *_group(
                _JUDGED,
                FormField("partial_from"),
                FormField("partial_within"),
                FormField("roll_up", named=N_("Put together")),
                FormField("risk_bands", named=N_("Risk limits")),
            ),
            *_ITS_KEY,
        ),
    ),
    Form.of(Kind.QUALITY_FACTOR, N_("New quality factor"), FormField("name", is_required=True), more=_ITS_KEY),
    Form.of(
        Kind.AREA,
        N_("New area"),
        FormField("name", is_required=True),
        FormField("area_kind", named=_SORT),
        FormField("parent", named=N_("Lies in")),
        FormField("note"),
        more=_ITS_KEY,
    ),
    Form.of(
        Kind.GOAL,
        N_("New goal"),
        FormField("name", LONG_NAME, is_required=True),
        FormField("area"),
        FormField("parent", named=N_("Lies under")),
        FormField("goal_kind", named=_SORT),
        FormField("intent"),
        more=(
            *_group(_WHAT_IT_IS, FormField("aliases")),
            *_group(_JUDGED, FormField("not_applicable")),
            *_ITS_KEY,
        ),
    ),
    Form.of(
        Kind.INDICATOR,
        N_("New indicator"),
        FormField("name", LONG_NAME, is_required=True),
        FormField(TARGET, named=N_("Target")),
        FormField("unit"),
        FormField("direction"),
        FormField("goal"),
        FormField("responsible"),
        more=(
            *_group(
                _WHAT_IT_IS,
                FormField("source"),
                FormField("definition"),
                FormField("numerator"),
                FormField("denominator"),
                FormField("display_name", named=N_("Short name")),
            ),
            *_group(
                _MEASURED,
                FormField("frequency"),
                FormField("decimals"),
                FormField("cumulative"),
                FormField("breakdown"),
                FormField("aggregate", named=N_("Their total")),
                FormField("series_breaks", named=N_("Breaks")),
            ),
            *_group(_JUDGED, FormField("partial_from"), FormField("partial_within")),
            *_group(
                _BELONGS,
                FormField("area"),
                FormField("quality_factors", named=N_("Factors")),
                FormField("service"),
                FormField("status"),
            ),
            *_group(_IN_FILES, FormField("external_id", named=N_("Number in Kolada")), KEY),
        ),
    ),
    Form.of(
        Kind.TARGET,
        N_("New target"),
        FormField("value", named=N_("Target")),
        FormField("horizon"),
        more=_group(_IS_OF, _ITS_INDICATOR, _PERIOD, _ITS_PART),
    ),
    Form.of(
        Kind.OUTCOME,
        N_("New outcome"),
        FormField("value", named=N_("Outcome")),
        FormField("forecast"),
        FormField("note"),
        FormField("as_of"),
        FormField("source"),
        more=_group(_IS_OF, _ITS_INDICATOR, _PERIOD, _ITS_PART),
    ),
    Form.of(
        Kind.COMPARISON,
        N_("New comparison"),
        FormField("name", named=N_("Whose"), is_identity=True, is_required=True),
        FormField("value"),
        more=_group(_IS_OF, _ITS_INDICATOR, _PERIOD),
    ),
    Form.of(
        Kind.RISK,
        N_("New risk"),
        FormField("title", LONG_NAME, named=N_("Risk"), is_required=True),
        *_GRADES,
        FormField("responsible"),
        FormField("area"),
        more=(*_group(_WHAT_IT_IS, FormField("description")), *_group(_BELONGS, FormField("goal")), *_ITS_KEY),
    ),
    Form.of(
        Kind.SELF_CHECK,
        N_("New self-check"),
        FormField("name", LONG_NAME, is_required=True),
        FormField("section"),
        FormField("frequency"),
        FormField("unit"),
        FormField("threshold"),
        FormField("responsible"),
        more=(
            *_group(_WHAT_IT_IS, FormField("purpose"), FormField("new")),
            *_group(_BELONGS, FormField("risks"), FormField("services"), FormField("area")),
            *_ITS_KEY,
        ),
    ),
    Form.of(
        Kind.RESULT,
        N_("New result"),
        FormField("status", named=N_("Result")),
        FormField("value", named=N_("Figure")),
        FormField("note"),
        more=_group(_IS_OF, FormField("self_check", is_identity=True, is_required=True), _PERIOD),
    ),
    Form.of(
        Kind.MEASURE,
        N_("New measure"),
        FormField("title", LONG_NAME, named=N_("Measure"), is_required=True),
        FormField("responsible"),
        FormField("due"),
        FormField("status"),
        FormField("risks"),
        FormField("description"),
        more=(*_group(_BELONGS, FormField("self_checks", named=N_("Checks")), FormField("indicators")), *_ITS_KEY),
    ),
    Form.of(
        Kind.ASSIGNMENT,
        N_("New assignment"),
        FormField("name", LONG_NAME, is_required=True),
        FormField("assignment_kind", named=_SORT),
        FormField("status"),
        FormField("comment"),
        more=_ITS_KEY,
    ),
    Form.of(
        Kind.ASSESSMENT,
        N_("New assessment"),
        FormField("status", named=N_("Assessment"), is_required=True),
        FormField("motivation", is_required=True),
        more=_group(_IS_OF, _PERIOD),
    ),
    Form.of(
        Kind.ECONOMY_TABLE,
        N_("New economy table"),
        FormField("title", is_required=True),
        FormField("unit"),
        FormField("note"),
        more=_ITS_KEY,
    ),
    Form.of(
        Kind.ECONOMY_ROW,
        N_("New row"),
        FormField("name", is_required=True),
        FormField("row_kind", named=_SORT),
        FormField("budget"),
        FormField("forecast"),
        FormField("actual", named=N_("Outcome")),
        FormField("previous", named=N_("Last year")),
        more=(
            *_group(
                N_("How it is counted"),
                FormField("level"),
                FormField("is_sum"),
                FormField("variance"),
                FormField("note"),
            ),
            *_group(_IN_FILES, FormField("slug", named=N_("Key"), is_identity=True)),
        ),
    ),
)

FORMS: Mapping[Kind, Form] = MappingProxyType({form.kind: form for form in _ALL})
"""The form for things of a kind, by the kind; some have none."""
