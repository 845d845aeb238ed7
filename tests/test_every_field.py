"""The law of fields: whatever a thing can hold has a column, a key, a word and a place in a form, and comes through.

It walks every content field of every kind of thing, with values made from what the field is said to hold, so that a
field that is added tomorrow is tried as well. What a field lacks for a reason is in `EXEMPT`, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from typing import Any, cast

import pytest

from kvaltui.exchange.bundle_file import join, read_bundle, write_bundle
from kvaltui.exchange.importing import apply, preview
from kvaltui.exchange.plan_reader import read_document
from kvaltui.exchange.plan_schema import key_of
from kvaltui.exchange.plan_writer import write_plan, write_plan_json
from kvaltui.i18n import install
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import ENTITY_TYPES, AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fields import NAMED_BY, ContentField, Holds, content_fields
from kvaltui.model.period import Period
from kvaltui.model.references import NAMED, OWNED
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.journal import record
from kvaltui.store.plans import load_plan
from kvaltui.tui.forms.fields import BESIDE, FORMS, Form
from kvaltui.words import field_word
from kvaltui.work.value_words import said
from tests.store.plan import COORDINATOR, new_copy

PLAN = "p"
KEYS = FIRST, SECOND, GONE = "forsta", "andra", "borta"
PERIODS = (Period(2021), Period(2022), Period(2023))

NEEDED = {(Kind.PLAN, "periods"), (Kind.MEASURE, "risks")}
"""Fields with a default that the rules let no thing be without."""
RULED: Mapping[tuple[Kind, str], Any] = {
    (Kind.PLAN, "key"): PLAN,
    (Kind.PLAN, "periods"): PERIODS,
    (Kind.PLAN, "partial_from"): "70 %",
    (Kind.PLAN, "partial_within"): "5",
    (Kind.PLAN, "risk_bands"): (3, 12),
    (Kind.INDICATOR, "unit"): "dagar",
    (Kind.INDICATOR, "partial_from"): "60 %",
    (Kind.INDICATOR, "partial_within"): "2",
    (Kind.INDICATOR, "breakdown"): ("En del", "En annan"),
    (Kind.TARGET, "part"): "En del",
    (Kind.OUTCOME, "part"): "En del",
    (Kind.OUTCOME, "reading"): 2,
    (Kind.ASSESSMENT, "subject_kind"): Kind.AREA,
    (Kind.ASSESSMENT, "subject"): SECOND,
    (Kind.RISK, "level"): 9,
    (Kind.SELF_CHECK, "unit"): "dagar",
    (Kind.ECONOMY_ROW, "level"): 1,
}
"""Values of fields that the rules of the model ask something of."""
HELD: Mapping[Holds, tuple[Any, Any]] = {
    Holds.LINE: ("En rad", "En till, med ”tecken”"),
    Holds.PROSE: ("Rad ett\n\nRad två", "Ett stycke"),
    Holds.AS_WRITTEN: ("7", "8"),
    Holds.KEY: (FIRST, SECOND),
    Holds.NUMBER: (3, 4),
    Holds.DAY: (date(2026, 3, 31), date(2026, 4, 1)),
    Holds.PERIOD: (PERIODS[1], PERIODS[0]),
}

BY_PLACE = "told by where its table stands in the file"
MOVED = "changed by moving it in its list"
RETIRED = "things are retired and brought back by commands and keys of their own"
GIVEN = "given where the form is opened"
NO_FORM = "marking complete and reopening are commands and keys of their own"
EXEMPT: Mapping[str, Mapping[tuple[Kind, str], str]] = {
    "key": {
        **{(kind, "order"): BY_PLACE for kind in Kind if "order" in content_fields(kind)},
        **{(kind, "indicator"): BY_PLACE for kind in (Kind.TARGET, Kind.OUTCOME, Kind.COMPARISON)},
        (Kind.INDICATOR, "is_core_volume"): BY_PLACE,
        (Kind.OUTCOME, "reading"): BY_PLACE,
        (Kind.ASSESSMENT, "subject"): BY_PLACE,
        (Kind.ASSESSMENT, "subject_kind"): BY_PLACE,
        (Kind.COMPLETION, "area"): BY_PLACE,
        (Kind.RESULT, "self_check"): BY_PLACE,
        (Kind.ECONOMY_ROW, "table"): BY_PLACE,
    },
    "form": {
        **{(kind, "order"): MOVED for kind in Kind if "order" in content_fields(kind)},
        **{(kind, "retired"): RETIRED for kind in Kind},
        **{(Kind.COMPLETION, name): NO_FORM for name in content_fields(Kind.COMPLETION)},
        (Kind.PLAN, "periods"): "periods are begun by a key and a command of their own",
        (Kind.INDICATOR, "is_core_volume"): "volumes come with the plan's file; the report lists them apart",
        (Kind.OUTCOME, "reading"): "numbers the readings of one figure, which differ in their source",
        (Kind.ASSESSMENT, "subject"): GIVEN,
        (Kind.ASSESSMENT, "subject_kind"): GIVEN,
        (Kind.ECONOMY_ROW, "table"): GIVEN,
    },
}
"""By what is lacking: the fields that lack it, and why."""


def told(kind: Kind, field: ContentField) -> Any:
    """A value that says something: never the one that holds where nothing is said."""
    if (kind, field.name) in RULED:
        return RULED[kind, field.name]
    if field.holds is Holds.MEMBER:
        return next(each for each in field.members if each is not field.default)
    if field.holds is Holds.TRUTH:
        return not field.default
    first, second = HELD[field.holds]
    if field.is_list:
        return first, second
    return second if field.holds is Holds.KEY and kind in OWNED else first


def thing(kind: Kind, key: str, **values: Any) -> AnyEntity:
    """A thing that says no more than it must, besides the values; its place and its period go with its key."""
    known = content_fields(kind)
    place = KEYS.index(key) if key in KEYS else 0
    needed = {name: told(kind, field) for name, field in known.items() if field.is_required or (kind, name) in NEEDED}
    placed = {"period": PERIODS[place], "order": place, **({} if kind is Kind.PLAN else {"key": key, "slug": key})}
    needed |= {name: value for name, value in placed.items() if name in known}
    return cast("AnyEntity", cast("Any", ENTITY_TYPES[kind])(**{**needed, **values}))


def full(kind: Kind) -> AnyEntity:
    """A thing that says something in every field, but where that would be no whole thing (`OTHERS`)."""
    left = {"key", "slug", "period", "order", "is_core_volume", *(() if kind is Kind.PLAN else ("retired",))}
    values = {name: told(kind, field) for name, field in content_fields(kind).items() if name not in left}
    return thing(kind, SECOND, **values)


BARE = tuple(thing(kind, key) for kind in Kind for key in (KEYS if kind is not Kind.PLAN else KEYS[:1]))
"""Three of every kind: the second says everything later, and the third is retired then."""
FULL = tuple(full(kind) for kind in Kind)
OTHERS = (
    *(thing(kind, GONE, retired=True) for kind in Kind if kind is not Kind.PLAN),
    thing(Kind.INDICATOR, "volym", is_core_volume=True),
    thing(Kind.OUTCOME, SECOND, part="En del", source="En annan källa"),
)
WHOLE = PlanContent.of({(each.kind, each.key): each for each in (*BARE, *FULL, *OTHERS)}.values())


def telling(kind: Kind, name: str) -> AnyEntity:
    """A thing in which a field says something."""
    default = content_fields(kind)[name].default
    return next(each for each in (*FULL, *OTHERS) if each.kind is kind and getattr(each, name) != default)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, PlanContent]]:
    """The plan as it came elsewhere: with its file, with a bundle, and with another one that changes what was there."""
    folder = tmp_path_factory.mktemp("fields")
    with ExitStack() as stack:
        here, by_file, by_json, by_bundle, by_change = (
            stack.enter_context(new_copy(folder / name / "kvaltui.db")) for name in ("h", "f", "j", "b", "c")
        )
        before = record(here, PLAN, BARE, by=COORDINATOR, seen=0)
        carry(here, by_change)
        record(here, PLAN, (*FULL, *OTHERS), by=COORDINATOR, seen=before.position)
        for target in (by_bundle, by_change):
            carry(here, target)
        written = load_plan(here, PLAN)
        for target, text, is_json in ((by_file, write_plan(written), False), (by_json, write_plan_json(written), True)):
            apply(preview(read_document(text, "p", is_json=is_json), target), target, by=COORDINATOR)
        assert [fault for each in (here, by_file, by_json, by_bundle, by_change) for fault in check(each)] == []
        yield {
            "stored": written,
            "file": load_plan(by_file, PLAN),
            "JSON": load_plan(by_json, PLAN),
            "bundle": load_plan(by_bundle, PLAN),
            "change": load_plan(by_change, PLAN),
        }


def carry(source: Database, target: Database) -> None:
    join(read_bundle(write_bundle(source, PLAN), "p.kvb"), target)


@pytest.mark.parametrize("way", ["stored", "file", "JSON", "bundle", "change"])
@pytest.mark.parametrize("kind", Kind)
def test_what_a_field_says_comes_through(kind: Kind, way: str, copies: Mapping[str, PlanContent]) -> None:
    for name in content_fields(kind):
        before = telling(kind, name)
        after = copies[way].find(Reference(kind, before.key))
        assert after is not None, name
        assert (name, getattr(after, name)) == (name, getattr(before, name))


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", Kind)
def test_every_field_has_a_word_and_what_it_says_can_be_read(kind: Kind, language: Any) -> None:
    install(language)
    for name in content_fields(kind):
        assert field_word(name)
        assert said(WHOLE, telling(kind, name), name), name


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.kind.value)
def test_a_form_shows_what_a_field_says_and_reads_it_again(form: Form) -> None:
    for field in form.fields:
        if field.name in BESIDE:
            continue
        value = getattr(telling(form.kind, field.name), field.name)
        control = field.control.on(date(2026, 5, 1))
        assert control.read(control.write(value)) == value, field.name
        if control.is_chosen:
            offered = {each.value for each in control.options(WHOLE)}
            assert offered.issuperset(value if control.takes_several else [control.write(value)]), field.name


LACKING: Mapping[str, Callable[[Kind, str], bool]] = {
    "key": lambda kind, name: not key_of(telling(kind, name), name),
    "form": lambda kind, name: kind not in FORMS or FORMS[kind].field(name) is None,
}


@pytest.mark.parametrize("what", LACKING)
def test_nothing_lacks_what_it_should_have_and_nothing_is_exempt_that_has_it(what: str) -> None:
    lacking = {(kind, name) for kind in Kind for name in content_fields(kind) if LACKING[what](kind, name)}
    assert lacking == EXEMPT[what].keys()
    assert all(EXEMPT[what].values())


def test_every_kind_that_a_field_can_name_is_named() -> None:
    named = {field.names for kind in Kind for field in content_fields(kind).values() if field.names is not None}
    assert named == NAMED == set(NAMED_BY.values())
