"""What stands in a form, be it a thing of the plan (`Draft`) or the settings of the program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from kvaltui.model.content import PlanContent
from kvaltui.model.message import Message
from kvaltui.tui.forms.fields import FormField


class Fields(Protocol):
    """The fields of a form, in their order."""

    @property
    def fields(self) -> tuple[FormField, ...]:
        """At least one."""


class WrittenForm(Protocol):
    """The texts of a form's fields and what is wrong with them."""

    @property
    def form(self) -> Fields:
        """What there is to fill in."""

    @property
    def content(self) -> PlanContent:
        """The plan whose things there are to choose from."""

    @property
    def today(self) -> date:
        """The day that it is, for days written without their year."""

    def text(self, name: str) -> str:
        """What stands in a field."""

    def is_fixed(self, field: FormField) -> bool:
        """Whether a field cannot be changed."""

    def write(self, name: str, text: str) -> None:
        """Put a text in a field."""

    def leave(self, name: str) -> None:
        """Take note that a person has been in a field and gone on."""

    def told_errors(self) -> Mapping[str, Message]:
        """What is wrong, by field; "" for what stands at no field."""
