"""How a field of a thing is filled in, by what it holds."""

from __future__ import annotations

from functools import partial

from kvaltui.model.fields import ContentField, Holds
from kvaltui.tui.forms import options
from kvaltui.tui.forms.controls import (
    Control,
    Day,
    OneOf,
    PeriodText,
    SeveralOf,
    TextList,
    TextOrNone,
    WholeNumber,
    YesNo,
)

TEXT = Control()
LONG_NAME = Control(lines=6)
LONG_TEXT = Control(lines=6, is_prose=True)


def control_of(field: ContentField) -> Control:
    """How a field is filled in, by what it holds."""
    match field.holds:
        case Holds.LINE | Holds.AS_WRITTEN:
            return TextList() if field.is_list else TextOrNone() if field.is_optional else TEXT
        case Holds.PROSE:
            return LONG_TEXT
        case Holds.KEY:
            among = partial(options.things, field)
            return SeveralOf(among=among) if field.is_list else OneOf(among=among)
        case Holds.NUMBER:
            return TextList(one=WholeNumber()) if field.is_list else WholeNumber()
        case Holds.TRUTH:
            return YesNo(among=options.yes_or_no)
        case Holds.DAY:
            return Day()
        case Holds.PERIOD:
            return TextList(one=PeriodText()) if field.is_list else PeriodText()
        case Holds.MEMBER:
            return OneOf(among=partial(options.members, field), of=field.members)
