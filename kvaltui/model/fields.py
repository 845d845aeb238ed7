"""What each field of a thing holds, read once from its annotation; what is done with the field follows from that.

A field stands in the dataclass of its thing, and nowhere else is it told what it is: `limits` has how much it may hold,
`references` what it names, `joining` how copies join it, `store/state.py` and `store/tables.py` how it is stored and
what may come in from elsewhere, `exchange/plan_notation.py` how a plan file writes it, and `tui/forms/fields.py` how
it is filled in. Each of them answers for everything that a field can hold, which mypy proves.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import Enum, StrEnum, auto
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from kvaltui.model.entities import ENTITY_TYPES
from kvaltui.model.entity import MARKS, Kind
from kvaltui.model.value import MISSING, fields


class Holds(Enum):
    """What a field can hold one of, or several."""

    LINE = auto()
    """A text in one line."""
    PROSE = auto()
    AS_WRITTEN = auto()
    KEY = auto()
    """The key of another thing in the plan, "" for none."""
    NUMBER = auto()
    """A whole number."""
    TRUTH = auto()
    DAY = auto()
    PERIOD = auto()
    MEMBER = auto()
    """A member of a closed set."""


class ContentField(NamedTuple):
    """A field of a thing: its name, what it holds, and what stands where nothing is said (MISSING: it must be said).

    `is_optional`: it may be None. `is_list`: it holds a tuple. `members` is the closed set that a member is of, `names`
    the kind of the thing whose key it is.
    """

    name: str
    annotation: str
    default: Any
    holds: Holds
    is_optional: bool
    is_list: bool
    members: type[StrEnum]
    names: Kind | None

    @property
    def is_required(self) -> bool:
        """Whether it must be said."""
        return self.default is MISSING

    @property
    def may_name_nothing(self) -> bool:
        """Whether it names one other thing or, with "", none."""
        return self.names is not None and not self.is_list and self.default == ""


NAMED_BY: Mapping[str, Kind] = MappingProxyType(
    {
        "QualityFactorKey": Kind.QUALITY_FACTOR,
        "AreaKey": Kind.AREA,
        "GoalKey": Kind.GOAL,
        "IndicatorKey": Kind.INDICATOR,
        "RiskKey": Kind.RISK,
        "SelfCheckKey": Kind.SELF_CHECK,
        "EconomyTableKey": Kind.ECONOMY_TABLE,
    }
)
"""What is named by a field of each annotation (`entity`)."""
_HOLDS = {
    "str": Holds.LINE,
    "Prose": Holds.PROSE,
    "AsWritten": Holds.AS_WRITTEN,
    "int": Holds.NUMBER,
    "bool": Holds.TRUTH,
    "date": Holds.DAY,
    "Period": Holds.PERIOD,
} | dict.fromkeys(NAMED_BY, Holds.KEY)


@cache
def content_fields(kind: Kind) -> Mapping[str, ContentField]:
    """The fields of a kind of thing by name, in their order, without the journal's marks. Read once.

    Raises KeyError for an annotation that says nothing known.
    """
    type_ = ENTITY_TYPES[kind]
    known = vars(sys.modules[type_.__module__])
    found = {}
    for each in fields(type_):
        if each.name not in MARKS:
            # Annotations are texts (from __future__ import annotations): reading them needs no evaluation at the start.
            text = str(each.type)
            said = _said.get(text)
            if said is None:
                said = _said[text] = _read(text, known)
            found[each.name] = ContentField(each.name, text, each.default, *said)
    return MappingProxyType(found)


_said: dict[str, tuple[Holds, bool, bool, type[StrEnum], Kind | None]] = {}


def _read(text: str, known: Mapping[str, Any]) -> tuple[Holds, bool, bool, type[StrEnum], Kind | None]:
    """What an annotation says; `known` are the names of the module that it stands in."""
    one = text.removesuffix(" | None").removeprefix("tuple[").removesuffix(", ...]")
    holds = _HOLDS.get(one, Holds.MEMBER)
    members = known[one] if holds is Holds.MEMBER else StrEnum
    return holds, text.endswith(" | None"), text.startswith("tuple["), members, NAMED_BY.get(one)
