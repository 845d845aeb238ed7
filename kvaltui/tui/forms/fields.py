"""The table of every form: which fields a thing has, in their order, how each is filled in and what helps there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kvaltui.i18n import N_, translated
from kvaltui.model.entity import Kind
from kvaltui.model.fields import content_fields
from kvaltui.model.value import dataclass, replace
from kvaltui.tui.forms.controls import Control
from kvaltui.tui.forms.filling_in import LONG_NAME, LONG_TEXT, TEXT, control_of
from kvaltui.words import capitalised, field_word

REASON = "reason"
"""A field that is no part of the thing: why it was changed, for its history."""


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
    """A form: what a new thing is called, its fields, and the field that the key of a new one is made from."""

    kind: Kind
    new_title: str
    fields: tuple[FormField, ...]
    key_field: str = ""
    key_from: str = ""

    @staticmethod
    def of(kind: Kind, new_title: str, *fields: FormField) -> Form:
        """The form for a kind of thing. Where it has a key of its own, that is made from the first field."""
        content = content_fields(kind)
        filled_in = tuple(
            replace(each, control=control_of(content[each.name])) if each.control is TEXT else each for each in fields
        )
        key_field = next((each.name for each in fields if each.name in ("key", "slug")), "")
        return Form(kind, new_title, filled_in, key_field, fields[0].name if key_field else "")

    def field(self, name: str) -> FormField | None:
        """The field of that name, None where the form has none."""
        return next((each for each in self.fields if each.name == name), None)


_KEY_HELP = N_("For files and commands; made from the name, and never changed once saved")
KEY = FormField("key", help=_KEY_HELP, is_identity=True)
_PERIOD = FormField(
    "period", help=N_("One of the plan's periods, such as 2022 or 2022-T1"), is_identity=True, is_required=True
)
_ITS_INDICATOR = FormField("indicator", is_identity=True, is_required=True)
_ITS_PART = FormField("part", help=N_("A part of the breakdown; blank: the whole"), is_identity=True)
_GRADES = (
    FormField("likelihood", help=N_("From 1 to 5")),
    FormField("consequence", help=N_("From 1 to 5")),
    FormField("level", help=N_("Likelihood × consequence; written by itself only where those are not known")),
)
_RESPONSIBLE = FormField("responsible", help=N_("A role or a unit"))
_AMOUNT_HELP = N_("A number as it is printed, such as −3 420; blank where nothing is printed")

REASSESSMENT = Form.of(
    Kind.RISK,
    N_("New risk"),
    *_GRADES,
    FormField(REASON, LONG_TEXT, N_("Why, for those who read its history"), named=N_("Reason")),
)
"""What changes when a risk is assessed anew."""

_ALL = (
    Form.of(
        Kind.PLAN,
        N_("New plan"),
        FormField("title", is_required=True),
        FormField("organisation"),
        FormField("committee"),
        FormField("registry_number"),
        FormField(
            "partial_from",
            help=N_("A share of the target, such as 80 %; blank: nothing is partial by its share"),
            heading=N_("How it is judged"),
        ),
        FormField("partial_within", help=N_("A distance from the target in the indicator's unit; blank: none")),
        FormField("roll_up"),
        FormField("risk_bands", help=N_("The levels from which a risk is medium and high, such as 4; 9")),
        KEY,
    ),
    Form.of(
        Kind.QUALITY_FACTOR,
        N_("New quality factor"),
        FormField("name", is_required=True),
        KEY,
    ),
    Form.of(
        Kind.AREA,
        N_("New area"),
        FormField("name", is_required=True),
        FormField("area_kind", help=N_("What the plan calls it, such as affärsområde, verksamhet or enhet")),
        FormField("parent", help=N_("The area that it lies in"), named=N_("Lies in")),
        FormField("note"),
        KEY,
    ),
    Form.of(
        Kind.GOAL,
        N_("New goal"),
        FormField("name", LONG_NAME, is_required=True),
        FormField("area"),
        FormField("parent", help=N_("The goal that it is a part of"), named=N_("Lies under")),
        FormField("goal_kind", help=N_("What the plan calls it, such as nämndmål")),
        FormField("intent"),
        FormField("aliases", help=N_("Other names that it is printed under, with semicolons between them")),
        FormField("not_applicable", help=N_("Yes: it stands outside all counts")),
        KEY,
    ),
    Form.of(
        Kind.INDICATOR,
        N_("New indicator"),
        FormField("name", LONG_NAME, N_("As it is printed"), is_required=True),
        FormField("display_name", help=N_("A shorter name for lists")),
        FormField("area"),
        FormField("goal"),
        _RESPONSIBLE,
        FormField("quality_factors"),
        FormField("service"),
        FormField("status"),
        FormField(
            "unit",
            help=N_("%, antal, dagar, kr, index, ja/nej, or text for what only a person can judge"),
            heading=N_("How it is measured"),
        ),
        FormField("direction"),
        FormField("frequency"),
        FormField("decimals"),
        FormField("cumulative", help=N_("Yes: each figure of the year includes the ones before it")),
        FormField("breakdown", help=N_("Named parts with semicolons between them, such as Kvinnor; Män")),
        FormField("aggregate"),
        FormField("partial_from", help=N_("A share of the target, such as 80 %; blank: as the plan has it")),
        FormField("partial_within", help=N_("A distance from the target; blank: as the plan has it")),
        FormField("series_breaks", help=N_("Periods that cannot be compared with earlier ones")),
        FormField("definition", heading=N_("What it is")),
        FormField("numerator"),
        FormField("denominator"),
        FormField("source", help=N_("Where the figures come from")),
        FormField("external_id", help=N_("Such as its id in Kolada")),
        KEY,
    ),
    Form.of(
        Kind.TARGET,
        N_("New target"),
        _ITS_INDICATOR,
        _PERIOD,
        _ITS_PART,
        FormField("value", help=N_("As it is printed: 100 %, minst 95 %, högst 5,3, öka"), named=N_("Target")),
        FormField("horizon", help=N_("When it is to be reached, if later: 2026, vid mandatperiodens slut")),
    ),
    Form.of(
        Kind.OUTCOME,
        N_("New outcome"),
        _ITS_INDICATOR,
        _PERIOD,
        _ITS_PART,
        FormField("value", help=N_("As it is reported: 86 %, 271/705, ej mätt"), named=N_("Outcome")),
        FormField("forecast", help=N_("What the whole year is expected to give")),
        FormField("as_of", help=N_("A day such as 31 mars or 31/3 2026")),
        FormField("note"),
        FormField("source", help=N_("Where the figures come from")),
    ),
    Form.of(
        Kind.COMPARISON,
        N_("New comparison"),
        _ITS_INDICATOR,
        _PERIOD,
        FormField("name", help=N_("Whose value it is, such as Riket"), is_identity=True, is_required=True),
        FormField("value"),
    ),
    Form.of(
        Kind.RISK,
        N_("New risk"),
        FormField("title", LONG_NAME, is_required=True),
        FormField("description"),
        *_GRADES,
        _RESPONSIBLE,
        FormField("area"),
        FormField("goal"),
        KEY,
    ),
    Form.of(
        Kind.SELF_CHECK,
        N_("New self-check"),
        FormField("name", LONG_NAME, is_required=True),
        FormField("section", help=N_("The heading that it stands under")),
        FormField("purpose"),
        FormField("frequency"),
        FormField("new", help=N_("Yes: it is new in this plan")),
        FormField("unit", help=N_("Of its figure: %, antal, dagar; blank: any text")),
        FormField("threshold", help=N_("What its figure is judged against: minst 95 %, inom 10 dagar")),
        _RESPONSIBLE,
        FormField("risks"),
        FormField("services", help=N_("What else it is linked to, with semicolons between them")),
        FormField("area"),
        KEY,
    ),
    Form.of(
        Kind.RESULT,
        N_("New result"),
        FormField("self_check", is_identity=True, is_required=True),
        _PERIOD,
        FormField("status", named=N_("Result")),
        FormField("value", help=N_("As it was measured, such as 8 dagar"), named=N_("Figure")),
        FormField("note"),
    ),
    Form.of(
        Kind.MEASURE,
        N_("New measure"),
        FormField("title", LONG_NAME, is_required=True),
        FormField("description"),
        FormField("status"),
        _RESPONSIBLE,
        FormField("due", help=N_("A day such as 31 mars or 31/3 2026")),
        FormField("risks", heading=N_("What it belongs to")),
        FormField("self_checks"),
        FormField("indicators"),
        KEY,
    ),
    Form.of(
        Kind.ASSIGNMENT,
        N_("New assignment"),
        FormField("name", LONG_NAME, is_required=True),
        FormField("assignment_kind", help=N_("Such as kommungemensamt or nämndspecifikt")),
        FormField("status"),
        FormField("comment"),
        KEY,
    ),
    Form.of(
        Kind.ASSESSMENT,
        N_("New assessment"),
        _PERIOD,
        FormField("status", is_required=True),
        FormField("motivation", help=N_("Why it is judged so; it stands beside the computed status"), is_required=True),
    ),
    Form.of(
        Kind.ECONOMY_TABLE,
        N_("New economy table"),
        FormField("title", is_required=True),
        FormField("unit", help=N_("Of all its amounts: tkr, mnkr")),
        FormField("note"),
        KEY,
    ),
    Form.of(
        Kind.ECONOMY_ROW,
        N_("New row"),
        FormField("name", is_required=True),
        FormField("row_kind", help=N_("Of an income more is better")),
        FormField("level", help=N_("0, or 1 for a “varav” row of the one above it, which stands outside sums")),
        FormField("is_sum", help=N_("Yes: it sums the rows above it")),
        FormField("budget", help=_AMOUNT_HELP, heading=N_("Amounts")),
        FormField("forecast", help=_AMOUNT_HELP),
        FormField("actual", help=_AMOUNT_HELP),
        FormField("previous", help=_AMOUNT_HELP),
        FormField("variance", help=N_("As it is printed; blank: computed")),
        FormField("note"),
        FormField("slug", help=_KEY_HELP, is_identity=True, named=N_("Key")),
    ),
)

FORMS: Mapping[Kind, Form] = MappingProxyType({form.kind: form for form in _ALL})
"""The form for things of a kind, by the kind; some have none."""
