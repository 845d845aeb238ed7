"""The reader's language: texts from the catalogue, and figures and times as the language writes them.

Every text is written in English where it is used and translated by `locale/sv.po`. One and many are two texts, chosen
where they are used: `_("{count} area" if count == 1 else "{count} areas", count=count)`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from struct import unpack_from
from typing import Literal

from kvaltui.model.day import MONTHS
from kvaltui.model.message import Message, Sayable, Value
from kvaltui.model.number import write_number

Language = Literal["sv", "en"]
Translate = Callable[[str], str]

_LOCALE = Path(__file__).parent / "locale"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_WEEKDAYS = (
    Message("Monday"),
    Message("Tuesday"),
    Message("Wednesday"),
    Message("Thursday"),
    Message("Friday"),
    Message("Saturday"),
    Message("Sunday"),
)
_CLOCKS_DIFFER = timedelta(minutes=1)

_language: Language = "sv"
_translate: Translate | None = None


def install(language: Language, translate: Translate | None = None) -> None:
    """Speak `language` from now on; without a call it is Swedish. `translate` takes the place of the catalogue."""
    global _language, _translate  # noqa: PLW0603 - the one language of the process
    _language = language
    _translate = translate or catalogue(language)


def language() -> Language:
    """The language that is spoken."""
    return _language


def catalogue(language: Language) -> Translate:
    """What translates a text into `language`; a text that the catalogue lacks stays English."""
    if language == "en":
        return str
    source = _LOCALE / f"{language}.po"
    compiled = _LOCALE / language / "LC_MESSAGES" / "kvaltui.mo"
    if _is_current(compiled, source):
        return Compiled(compiled.read_bytes()).translate
    from kvaltui.catalogue import read

    translations = read(source)
    return lambda text: translations.get(text, text)


class Compiled:
    """A compiled catalogue (.mo), in which a text is looked for when it is first asked for: most of them never are.

    `gettext.GNUTranslations` reads all thousand of them to begin with, which `status` would wait for.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        _magic, _revision, self._count, self._texts, self._translations = unpack_from("<5I", data)
        self._known: dict[str, str] = {}

    def translate(self, text: str) -> str:
        """The translation of a text, or the text itself where there is none."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._found(text)
        return known

    def _found(self, text: str) -> str:
        wanted = text.encode()
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            here = self._string(self._texts, middle)
            if here == wanted:
                return self._string(self._translations, middle).decode()
            low, high = (middle + 1, high) if here < wanted else (low, middle)
        return text

    def _string(self, table: int, place: int) -> bytes:
        length, start = unpack_from("<II", self._data, table + 8 * place)
        return self._data[start : start + length]


def _is_current(compiled: Path, source: Path) -> bool:
    """Whether the compiled catalogue is there and no source is newer. An installed program has no source."""
    try:
        made = compiled.stat().st_mtime_ns
    except FileNotFoundError:
        return False
    try:
        return source.stat().st_mtime_ns <= made
    except FileNotFoundError:
        return True


def N_(text: str) -> str:  # noqa: N802 - the name by which gettext's tools and readers know it
    """Mark a text for the catalogue that is translated later, where it is shown."""
    return text


def _(text: str, /, **values: Value) -> str:
    """Translate a text and put the values into its placeholders, as `say` does."""
    if _translate is None:
        install(_language)
    assert _translate is not None
    return _translate(text).format(**{name: _said(value) for name, value in values.items()})


def translated(text: str, **values: Value) -> str:
    """A text that was marked by `N_` where it is written, in the reader's language, with its values."""
    return _(text, **values)


def say(message: Message | Sayable) -> str:
    """A message in the reader's language. Numbers among its values are formatted, messages said, texts left alone."""
    if not isinstance(message, Message):
        message = message.message
    return _(message.text, **message.values)


def _said(value: Value) -> str:
    if type(value) is str:
        return value
    if isinstance(value, (Decimal, int)):
        return number(value)
    if isinstance(value, Message) or hasattr(value, "message"):
        return say(value)
    return str(value)


def number(value: Decimal | int, decimals: int | None = None) -> str:
    """A number as the language writes it: `1 473 495`, `−3 420`, `0,76`; in English `1,473,495`.

    Swedish groups stand apart by no-break spaces. `decimals` rounds half away from zero; None keeps those there are.
    """
    exact = Decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if _language == "sv":
        return write_number(exact)
    return write_number(exact, decimal_mark=".", group=",")


def amount(value: Decimal | int, unit: str, decimals: int | None = None) -> str:
    """A number with its unit, which never parts from it at the end of a line: `86 %`, `2 000 tkr`."""
    return f"{number(value, decimals)}{_NO_BREAK}{unit}" if unit else number(value, decimals)


def day(when: date) -> str:
    """A day, as both languages of the program write it: `2022-11-21`. Of a time, the day where the reader is."""
    return (_here(when).date() if isinstance(when, datetime) else when).isoformat()


def short_day(when: date, today: date) -> str:
    """A day in few cells: `15 dec` in the year that it is, and otherwise as `day` writes it."""
    return f"{when.day} {say(MONTHS[when.month - 1])[:3]}" if when.year == today.year else day(when)


def day_in_words(when: date, today: date) -> str:
    """A day as a heading: `Måndag 2 september 2024`, and of today and yesterday that they are."""
    weekday = say(_WEEKDAYS[when.weekday()])
    if when == today:
        weekday = _("Today, {weekday}", weekday=weekday)
    elif when == today - timedelta(days=1):
        weekday = _("Yesterday, {weekday}", weekday=weekday)
    told = f"{weekday} {when.day} {say(MONTHS[when.month - 1])} {when.year}"
    return told[:1].upper() + told[1:]


def clock(when: datetime) -> str:
    """The time of day where the reader is: `14:02`."""
    return _here(when).strftime("%H:%M")


def moment(when: datetime) -> str:
    """Day and time where the reader is: `2022-11-21 14:02`."""
    return f"{day(when)} {clock(when)}"


def _here(when: datetime) -> datetime:
    """A time where the reader is; on the first and last days that there are, as it stands."""
    try:
        return when.astimezone()
    except (OverflowError, ValueError, OSError):
        return when


def told_moment(at: str) -> str:
    """Day and time where the reader is of what the journal has as a text, such as `2022-11-21T13:02:00.000Z`.

    A time comes from its author's clock, wherever that was: one that lies ahead of the reader's is told as doubtful.
    """
    return _told(at, moment)


def told_day(at: str) -> str:
    """As `told_moment`, the day alone."""
    return _told(at, day)


def is_ahead(at: str) -> bool:
    """Whether a time of the journal lies ahead of the reader's clock, by more than clocks differ."""
    when = _read_time(at)
    return when is not None and when > datetime.now(UTC) + _CLOCKS_DIFFER


def day_here(at: str) -> date | None:
    """The day where the reader is of a time of the journal; None for what is no time."""
    when = _read_time(at)
    return _here(when).date() if when is not None else None


def clock_here(at: str) -> str:
    """The time of day where the reader is of a time of the journal; what is no time stands as it is."""
    when = _read_time(at)
    return clock(when) if when is not None else at


def _told(at: str, written: Callable[[datetime], str]) -> str:
    when = _read_time(at)
    if when is None:
        return at  # what no program has written is shown as it stands
    return f"{written(when)} ({_('the clock is ahead')})" if is_ahead(at) else written(when)


def _read_time(at: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return None
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)
