"""One key of config.toml: what it takes, what it is for, and whether a value will do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.pattern import pattern
from kvaltui.model.value import dataclass

_LONGEST_NAME = 200
"""Of what a known name may be near to: comparing takes the square of the length."""
CONTROL_CHARACTERS = pattern(r"[\x00-\x1f\x7f-\x9f]")

SettingValue = str | bool | int


class ConfigError(KvaltuiError):
    """A setting that cannot be used. `field` is its key ("display.language"), "" when the file as a whole is wrong."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of one key: where it stands, what it takes and what it is for; and its field of `Config`."""

    section: str
    name: str
    default: SettingValue
    comment: Message
    choices: tuple[str, ...] = ()
    limits: tuple[int, int] | None = None
    verify: Callable[[str], object] | None = None
    attribute: str = ""

    @property
    def key(self) -> str:
        """The whole name, such as `display.language`."""
        return f"{self.section}.{self.name}"

    def check(self, value: object) -> SettingValue:
        """Return `value` when the setting takes it. Raises ConfigError that says what was expected."""
        if isinstance(self.default, bool):
            if not isinstance(value, bool):
                raise self._error(Message("expected true or false, not {value}", value=shown(value)))
            return value
        if isinstance(self.default, int):
            return self._checked_number(value)
        return self._checked_text(value)

    def _checked_number(self, value: object) -> int:
        low, high = self.limits or (0, 2**31)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self._error(
                Message(
                    "expected a whole number from {low} to {high}, not {value}",
                    low=str(low),
                    high=str(high),
                    value=shown(value),
                )
            )
        return value

    def _checked_text(self, value: object) -> str:
        if not isinstance(value, str):
            raise self._error(Message("expected a text within quotation marks, not {value}", value=shown(value)))
        if self.choices and value not in self.choices:
            raise self._error(
                Message(
                    "expected one of {choices}, not {value}{hint}",
                    choices=", ".join(self.choices),
                    value=shown(value),
                    hint=did_you_mean(value, self.choices),
                )
            )
        if CONTROL_CHARACTERS.search(value):
            raise self._error(Message("the text contains control characters"))
        if self.verify:
            try:
                self.verify(value)
            except KvaltuiError as error:
                raise self._error(error.message) from None
        return value

    def _error(self, problem: Message) -> ConfigError:
        return ConfigError(problem, field=self.key)


def did_you_mean(name: str, known: Iterable[str]) -> Message | str:
    """A hint at the name among `known` that `name` comes nearest to, to end a message with; "" when none is near."""
    if len(name) > _LONGEST_NAME:
        return ""
    from difflib import get_close_matches

    nearest = get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
    return Message("; did you mean “{nearest}”?", nearest=nearest[0]) if nearest else ""


def shown(value: object) -> str:
    """A value as it would stand in the file, short and without control characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return shortened(f'"{value}"' if isinstance(value, str) else str(value))
    except (ValueError, RecursionError):  # a number of 5,000 digits, lists within lists
        return "…"


def shortened(text: str) -> str:
    """A text from a file, short and without control characters."""
    return CONTROL_CHARACTERS.sub("�", text if len(text) <= 60 else text[:59] + "…")
