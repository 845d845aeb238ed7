"""The way through a form: the fields that matter, the line that stands for the others, and those once they show."""

from __future__ import annotations

from collections.abc import Sequence

from kvaltui.model.clean import excerpt
from kvaltui.model.content import PlanContent
from kvaltui.tui.forms.chooser import chosen_names
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.written_form import WrittenForm
from kvaltui.work.controls import OneOf, Option

MORE = -1
"""The place of the line that stands for the fields behind it, among the places of fields."""


class Walk:
    """Which fields of a form show and in what order the keys go through them.

    A place is the number of a field, or MORE. On that line a field behind it is found by its name, as anything else
    that is chosen (`line`). Once it is opened its fields stay.
    """

    def __init__(self, draft: WrittenForm) -> None:
        self._draft = draft
        self.is_open = draft.matter >= len(draft.fields)
        self.line = FormField("", OneOf(among=self._to_find))

    def field(self, at: int) -> FormField:
        """The field at a place."""
        return self.line if at == MORE else self._draft.fields[at]

    @property
    def shown(self) -> range:
        """The places of the fields that show."""
        return range(len(self._draft.fields) if self.is_open else self._draft.matter)

    @property
    def hidden(self) -> Sequence[FormField]:
        """The fields behind the line."""
        return self._draft.fields[len(self.shown) :]

    @property
    def filled_in(self) -> Sequence[FormField]:
        """Those behind the line that say something other than they do by default."""
        return [each for each in self.hidden if self._draft.says_something(each)]

    def open(self) -> int:
        """Show the fields behind the line. Returns the first of them that can be changed, or else the nearest one."""
        first = len(self.shown)
        self.is_open = True
        return next((at for at in self.stops if at >= first), self.last)

    def place_of(self, name: str) -> int | None:
        """The place of a field, which shows from then on; None where the form has none of that name."""
        at = next((at for at, each in enumerate(self._draft.fields) if each.name == name), None)
        if at is not None and at not in self.shown:
            self.is_open = True
        return at

    # Where the keys go

    @property
    def stops(self) -> Sequence[int]:
        """The places that a person can write in or open, in their order; the first field where there are none."""
        free = [at for at in self.shown if not self._draft.is_fixed(self._draft.fields[at])]
        return [*free, *([] if self.is_open else [MORE])] or [0]

    @property
    def first(self) -> int:
        """The first place."""
        return self.stops[0]

    @property
    def last(self) -> int:
        """The last place."""
        return self.stops[-1]

    def beside(self, at: int, way: int) -> int:
        """The next place (1) or the one before (−1), round at the ends."""
        stops = self.stops
        if at in stops:
            return stops[(stops.index(at) + way) % len(stops)]
        after = sum(1 for each in stops if each != MORE and each < at)  # a field that cannot be changed is no stop
        return stops[(after if way > 0 else after - 1) % len(stops)]

    # Finding

    def _to_find(self, content: PlanContent) -> Sequence[Option]:
        """The fields behind the line that can be changed, by their names, with what is filled in beside."""
        filled_in = self.filled_in
        return [
            Option(each.name, each.label, self._said_in(each, content) if each in filled_in else "")
            for each in self.hidden
            if not self._draft.is_fixed(each)
        ]

    def _said_in(self, field: FormField, content: PlanContent) -> str:
        text = self._draft.text(field.name)
        if field.control.is_chosen:
            text = ", ".join(chosen_names(field.control.options(content), text))
        return excerpt(text)
