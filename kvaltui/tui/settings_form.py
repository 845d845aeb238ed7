"""The settings as a form: a field for each key of config.toml and for each command's key, checked as it is written in.

The fields follow from the one table of settings (`config.SETTINGS`) and the one of commands (`keymap.commands`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kvaltui.config import KEYS_SECTION, SETTINGS, Config, value_of
from kvaltui.i18n import N_, _, translated
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.structure import Plan
from kvaltui.model.value import dataclass, replace
from kvaltui.server_address import shown_location, with_password_of
from kvaltui.setting import Setting, SettingValue
from kvaltui.store.errors import DatabaseError
from kvaltui.store.patience import DatabaseHeld
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.written_form import WrittenForm
from kvaltui.tui.terminal.keymap import KeyCommand, commands, read_keymap
from kvaltui.tui.terminal.keys import NoKey, key_name, read_keys
from kvaltui.work.controls import YES, Control, OneOf, Option, YesNo

if TYPE_CHECKING:
    from kvaltui.work.session import PlanSession

_LABELS = {
    "plan.key": N_("Plan at the start"),
    "plan.period": N_("Period at the start"),
    "user.name": N_("Your name"),
    "display.language": N_("Language"),
    "display.theme": N_("Colours"),
    "display.symbols": N_("Symbols"),
    "display.spacing": N_("Spacing"),
    "display.mouse": N_("Mouse"),
    "database.path": N_("Database"),
    "database.shared": N_("Shared with the group"),
    "database.backups_kept_daily": N_("Days with backups"),
    "database.backup_folder": N_("Folder of backups"),
}
_HEADINGS = {"plan": N_("At the start"), "database": N_("Where the figures are kept")}
_MATTER = ("user", "display")
"""The sections that a person is likely to change; the others stand behind a line that names them."""
_HELPS = {
    "plan.key": N_("The plan that is opened; with one plan it is always that one"),
    "plan.period": N_("The period that shows first, such as 2022 or 2022-T1; blank: the plan's current one"),
    "user.name": N_("As others see it in the history, such as a role; blank: the name of your account here"),
    "display.language": N_("Of the program; what is written in plans stays as it is"),
    "display.theme": N_("Shown at once; high contrast suits weak screens and weak eyes"),
    "display.symbols": N_("Letters where the terminal cannot show ✓ ▲ ✗; by itself finds out"),
    "display.spacing": N_("How closely the screens are set: compact leaves out blank lines"),
    "display.mouse": N_("No: text is marked and copied in the terminal's own way"),
    "database.path": N_("A file, such as db/kvaltui.db, or the address of a server (postgresql://…)"),
    "database.shared": N_("Yes: the group that owns the folder may read and write; no: only you"),
    "database.backups_kept_daily": N_("How many of the daily backups are kept, the newest, such as 14; 0 makes none"),
    "database.backup_folder": N_("Where they are put; blank: in the folder “backups” beside the database"),
}
_CHOICES = {
    "sv": N_("Swedish"),
    "en": N_("English"),
    "dark": N_("Dark"),
    "light": N_("Light"),
    "high-contrast": N_("High contrast"),
    "ansi": N_("The terminal's own colours"),
    "auto": N_("By itself"),
    "unicode": N_("Signs: ✓ ▲ ✗ –"),
    "ascii": N_("Letters: + ~ x -"),
    "normal": N_("Normal"),
    "compact": N_("Compact"),
}
"""What choices are called; those that are not here are names, and are called so."""
_AT_NEXT_START = frozenset({"plan", "database"})
"""The sections that are read when the program starts, and not again."""
_KEY_FIELD = f"{KEYS_SECTION}."


@dataclass(frozen=True, slots=True)
class SettingField(FormField):
    """A field whose explanation has values in it, and so is already in the reader's language."""

    told: str = ""

    @property
    def explanation(self) -> str:
        return self.told


class SettingsForm(WrittenForm):
    """What is written in the settings, what is wrong with it, and the settings that it makes.

    `config` are the settings as they stand in the file. Of keys, an empty text stands for the command's own.
    """

    def __init__(self, config: Config, session: PlanSession) -> None:
        self.config = config
        self._session = session
        texts = {
            **{each.key: _control(each, session).write(value_of(config, each)) for each in SETTINGS},
            **_written_keys(config),
        }
        # A password is never shown; what is left as it is shown keeps it.
        texts["database.path"] = shown_location(config.database)
        fields = _fields(config, session)
        matter = sum(1 for each in fields if each.name.partition(".")[0] in _MATTER)
        super().__init__(fields, lambda: session.content, texts, lambda: session.today, matter)

    def says_something(self, field: FormField) -> bool:
        """Whether a setting is another than the program's own, or a command has a key of the user's."""
        name, text = field.name, self._texts[field.name]
        if name.startswith(_KEY_FIELD):
            id_ = name.removeprefix(_KEY_FIELD)
            return bool(text.strip()) and not _is_by_default(id_, text)
        setting = next(each for each in SETTINGS if each.key == name)
        return text != _control(setting, self._session).write(setting.default)

    def told_errors(self) -> dict[str, Message]:
        """What is wrong is told from the first letter on."""
        return self.errors

    def take_back(self) -> None:
        """Put everything back as it stands in the file."""
        self._texts = dict(self._at_first)

    @property
    def errors(self) -> dict[str, Message]:
        """Everything that is wrong, by field."""
        errors: dict[str, Message] = {}
        for setting in SETTINGS:
            try:
                _read(setting, self._texts[setting.key])
            except KvaltuiError as error:
                errors[setting.key] = error.message
        for problem in read_keymap(self._own_keys()).problems:
            errors.setdefault(f"{_KEY_FIELD}{problem.field}", problem.message)
        return errors

    def _own_keys(self) -> dict[str, str]:
        """The keys that are others than the commands' own."""
        own = {}
        for name, text in self._texts.items():
            id_ = name.removeprefix(_KEY_FIELD)
            if id_ != name and text.strip() and not _is_by_default(id_, text):
                own[id_] = text.strip()
        return own

    @property
    def waits_for_next_start(self) -> bool:
        """Whether something has been changed that is read when the program starts."""
        return any(name.partition(".")[0] in _AT_NEXT_START for name in self.changed)

    def applied_to(self, config: Config) -> Config:
        """`config` with what has been changed here, as far as it is right; the rest stays as `config` has it."""
        changed = self.changed
        values: dict[str, Any] = {}
        for setting in SETTINGS:
            if setting.key in changed:
                text = self._texts[setting.key]
                if setting.key == "database.path":
                    text = with_password_of(text, config.database)
                try:
                    values[setting.attribute] = _read(setting, text)
                except KvaltuiError:
                    continue
        if any(name.startswith(_KEY_FIELD) for name in changed):
            values["keys"] = self._own_keys()
        return replace(config, **values)


@dataclass(frozen=True, slots=True)
class NamedSetting:
    """A setting as a person looks for it: its field in the form, what it is called, and what there is to choose."""

    field: str
    label: str
    choices: str = ""


def named_settings() -> list[NamedSetting]:
    """Every setting, and the key of every command."""
    settings = [
        NamedSetting(each.key, translated(_LABELS[each.key]), " ".join(called(value) for value in each.choices))
        for each in SETTINGS
    ]
    keys = (
        NamedSetting(f"{_KEY_FIELD}{id_}", _("Key: {command}", command=command.label))
        for id_, command in commands().items()
    )
    return [*settings, *keys]


def called(value: str) -> str:
    """What a choice is called; a theme of Textual's by its own name: "tokyo-night" is "Tokyo Night"."""
    return translated(_CHOICES[value]) if value in _CHOICES else value.replace("-", " ").title()


def _fields(config: Config, session: PlanSession) -> list[FormField]:
    fields: list[FormField] = []
    headed: set[str] = set()
    for setting in sorted(SETTINGS, key=lambda each: each.section not in _MATTER):
        heading = "" if setting.section in headed else _HEADINGS.get(setting.section, "")
        headed.add(setting.section)
        told = translated(_HELPS[setting.key])
        if setting.section in _AT_NEXT_START:
            told = f"{told}. {_('It holds from the next start of the program.')}"
        control = _control(setting, session)
        fields.append(SettingField(setting.key, control, named=_LABELS[setting.key], heading=heading, told=told))
    heading = N_("Keys")
    # Names under `[keys]` that are no commands are shown with what is wrong, so that they can be emptied.
    unknown = [KeyCommand(id_, "", ()) for id_ in config.keys if id_ not in commands()]
    for command in (*commands().values(), *unknown):
        told = _(
            "Write a key such as F6, Ctrl+T or {menu} x; several with commas. Blank: {keys}",
            menu=key_name("space"),
            keys=command.key_names or "–",
        )
        named = command.text or command.id
        fields.append(SettingField(f"{_KEY_FIELD}{command.id}", named=named, heading=heading, told=told))
        heading = ""
    return fields


def _control(setting: Setting, session: PlanSession) -> Control:
    if setting.key == "plan.key":
        return OneOf(among=partial(_plans, session))
    if isinstance(setting.default, bool):
        return YesNo()
    if setting.choices:
        return OneOf(among=partial(_choices, setting.choices))
    return Control()


def _choices(values: Sequence[str], _content: PlanContent) -> Sequence[Option]:
    return [Option(each, called(each)) for each in values]


def _plans(session: PlanSession, _content: PlanContent) -> Sequence[Option]:
    try:
        known: Sequence[Plan] = session.plans()
    except (DatabaseHeld, DatabaseError):  # this is asked as the form is drawn
        known = [session.content.plan]
    return [Option("", _("The one I choose")), *(Option(each.key, clean(each.title)) for each in known)]


def _written_keys(config: Config) -> Mapping[str, str]:
    """The keys as they stand on the keyboard, each command's own where the user has given none."""
    written = {f"{_KEY_FIELD}{id_}": command.key_names for id_, command in commands().items()}
    for id_, text in config.keys.items():
        try:
            shown = ", ".join(key_name(key) for key in read_keys(text, _keys_by_default(id_)))
        except NoKey:
            shown = text
        written[f"{_KEY_FIELD}{id_}"] = shown
    return written


def _is_by_default(id_: str, text: str) -> bool:
    try:
        return set(read_keys(text, _keys_by_default(id_))) == set(_keys_by_default(id_))
    except NoKey:
        return False


def _keys_by_default(id_: str) -> tuple[str, ...]:
    return commands()[id_].keys if id_ in commands() else ()


def _read(setting: Setting, text: str) -> SettingValue:
    """The value that a text means. Raises ConfigError, or another KvaltuiError, when the setting does not take it."""
    if isinstance(setting.default, bool):
        return setting.check(text == YES)
    if isinstance(setting.default, int):
        digits = text.strip()
        is_number = digits.isascii() and digits.isdigit() and len(digits) < 10
        return setting.check(int(digits) if is_number else digits)
    return setting.check(text.strip())
