"""Values against the standard library's dataclasses: the same class bodies, defined by both, must behave the same."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model import value
from kvaltui.model.entity import Entity
from kvaltui.model.structure import Area, Indicator


def define(by: Any) -> Any:
    """The same classes, made by `kvaltui.model.value` or by `dataclasses`."""

    @by.dataclass(frozen=True, slots=True)
    class Span:
        """Positional fields, one that does not count in comparisons, and a class variable."""

        unit: ClassVar[str] = "%"
        low: Decimal
        high: Decimal | None = None
        note: str = by.field(default="", compare=False)

        @property
        def width(self) -> Decimal:
            return (self.high or self.low) - self.low

        def __lt__(self, other: Span) -> bool:
            return self.low < other.low

    @by.dataclass(frozen=True, slots=True, kw_only=True)
    class Base:
        """Fields by name only."""

        retired: bool = False
        seen: str = by.field(default="", compare=False)

    @by.dataclass(frozen=True, slots=True, kw_only=True)
    class Derived(Base):
        """Inherits, and has a field without a default after those with one."""

        key: str
        keys: Mapping[str, str] = by.field(default_factory=dict, metadata={"section": "keys"})
        retired: bool = True

        def told(self) -> str:
            return f"{self.key} {self.retired}"

    return Span, Base, Derived


OURS, THEIRS = define(value), define(dataclasses)
BOTH = pytest.mark.parametrize("classes", [OURS, THEIRS], ids=["ours", "theirs"])


@BOTH
def test_values_are_kept_by_name(classes: Any) -> None:
    span, _, derived = classes
    made = span(Decimal(1), high=Decimal(3))
    assert (made.low, made.high, made.note, made.width, made.unit) == (Decimal(1), Decimal(3), "", Decimal(2), "%")
    assert made < span(Decimal(2))
    thing = derived(key="a")
    assert (thing.key, thing.retired, thing.seen, thing.keys, thing.told()) == ("a", True, "", {}, "a True")
    assert derived(key="a").keys is not thing.keys


@BOTH
@pytest.mark.parametrize(
    ("place", "arguments", "named", "told"),
    [
        (0, (), {}, "missing 1 required positional argument: 'low'"),
        (0, (1, 2, "", 4), {}, "takes from 2 to 4 positional arguments but 5 were given"),
        (0, (1,), {"lowest": 2}, "unexpected keyword argument 'lowest'"),
        (0, (1,), {"low": 2}, "multiple values for argument 'low'"),
        (2, (), {}, "missing 1 required keyword-only argument: 'key'"),
        (2, ("a",), {}, "takes 1 positional argument but 2 were given"),
    ],
)
def test_wrong_arguments_are_refused_every_time(
    classes: Any, place: int, arguments: tuple[object, ...], named: dict[str, object], told: str
) -> None:
    for _ in range(2):
        with pytest.raises(TypeError) as refused:
            classes[place](*arguments, **named)
        assert told in str(refused.value)
        assert f"{('Span', 'Base', 'Derived')[place]}.__init__()" in str(refused.value)


@BOTH
def test_nothing_can_be_changed(classes: Any) -> None:
    made = classes[0](Decimal(1))
    for name in ("low", "note"):
        with pytest.raises(AttributeError):
            setattr(made, name, Decimal(2))
    with pytest.raises(AttributeError):
        del made.low
    assert made == classes[0](Decimal(1))
    assert not hasattr(made, "__dict__")


VALUES = st.tuples(st.decimals(-5, 5, places=0), st.none() | st.decimals(-5, 5, places=0), st.sampled_from(["", "n"]))


@given(VALUES, VALUES)
def test_equality_and_hash_go_by_what_counts(first: Any, second: Any) -> None:
    for span, _, _ in (OURS, THEIRS):
        one, other = span(*first), span(*second)
        assert (one == other) == (first[:2] == second[:2])
        assert one != other or hash(one) == hash(other)
    assert hash(OURS[0](*first)) == hash(THEIRS[0](*first))
    assert repr(OURS[0](*first)) == repr(THEIRS[0](*first))


@BOTH
def test_things_of_two_classes_are_never_equal(classes: Any) -> None:
    _, base, derived = classes
    assert base() != derived(key="")
    assert base() != ()
    assert OURS[0](Decimal(1)) != THEIRS[0](Decimal(1))


def test_patterns_match_positions() -> None:
    for span, base, derived in (OURS, THEIRS):
        assert span.__match_args__ == ("low", "high", "note")
        assert base.__match_args__ == derived.__match_args__ == ()
        match span(Decimal(1), Decimal(2)):
            case span(low, high, note=note):
                assert (low, high, note) == (1, 2, "")


def described(fields: Any, missing: object) -> list[list[object]]:
    """All that is known of fields, with None for a default that there is none of."""
    names = ("name", "type", "compare", "kw_only", "metadata", "default", "default_factory")
    return [[None if getattr(each, name) is missing else getattr(each, name) for name in names] for each in fields]


@pytest.mark.parametrize("place", range(3))
def test_fields_say_the_same(place: int) -> None:
    theirs = described(dataclasses.fields(THEIRS[place]), dataclasses.MISSING)
    assert described(value.fields(OURS[place]), value.MISSING) == theirs
    assert described(dataclasses.fields(OURS[place]), dataclasses.MISSING) == theirs


@pytest.mark.parametrize("replace", [value.replace, dataclasses.replace])
def test_replacing_makes_another(replace: Any) -> None:
    made = OURS[2](key="a", seen="now")
    changed = replace(made, key="b")
    assert (changed.key, changed.seen, made.key) == ("b", "now", "a")
    with pytest.raises(TypeError):
        replace(made, kay="b")


def test_the_standard_library_knows_them_as_dataclasses() -> None:
    area = Area(key="a", name="A")
    assert dataclasses.is_dataclass(area)
    assert dataclasses.asdict(area)["name"] == "A"


def test_copies_are_equal() -> None:
    indicator = Indicator(key="a", name="A", breakdown=("x", "y"), contested=("name",))
    for made in (copy.copy(indicator), copy.deepcopy(indicator), pickle.loads(pickle.dumps(indicator))):
        assert made == indicator
        assert made.contested == ("name",)


def test_an_undecorated_subclass_is_made_in_the_same_way() -> None:
    class Ward(Area):
        """Adds nothing."""

    assert Ward(key="a", name="A").name == "A"
    assert Ward(key="a", name="A") != Area(key="a", name="A")


def test_only_frozen_classes_with_slots() -> None:
    with pytest.raises(TypeError):
        value.dataclass(frozen=False, slots=True)
    with pytest.raises(TypeError):
        value.dataclass(frozen=True, slots=False)


def test_entities_have_no_room_for_anything_else() -> None:
    assert Entity.__slots__ == ("retired", "contested", "changed_at", "changed_by")
    assert "retired" not in Area.__slots__
    assert not hasattr(Area(key="a", name="A"), "__dict__")
