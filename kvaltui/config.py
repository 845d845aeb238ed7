"""The settings of a working folder, as a table.

Each setting stands once, as a field of `Config`: its section, name, default, the values that it takes and the comment
that a reader sees. Reading, checking and writing the file (`config_file`) and the settings form all go by it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass, field, fields, replace
from kvaltui.server_address import is_address, read_address
from kvaltui.setting import ConfigError, Setting, SettingValue
from kvaltui.system import own_folders
from kvaltui.written_path import path_of

FILE_NAME = "config.toml"
KEYS_SECTION = "keys"
THEMES = (
    "dark", "light", "high-contrast", "ansi", "nord", "gruvbox", "dracula", "tokyo-night", "monokai", "flexoki",
    "solarized-dark", "solarized-light", "catppuccin-mocha", "catppuccin-latte", "rose-pine", "rose-pine-dawn",
)  # fmt: skip
"""The program's own four, then those of Textual's that stay readable for the three verdict colours."""

_Value = TypeVar("_Value", str, bool, int)


def _setting(
    key: str,
    default: _Value,
    comment: Message,
    *,
    choices: tuple[str, ...] = (),
    limits: tuple[int, int] | None = None,
    verify: Callable[[str], object] | None = None,
) -> _Value:
    section, name = key.split(".")
    setting = Setting(section, name, default, comment, choices, limits, verify)
    return field(default=default, metadata={"setting": setting})


def _verify_period(text: str) -> None:
    if text:
        Period.parse(text)


def _verify_database(text: str) -> None:
    if not text.strip():
        raise ConfigError(Message("the path of the database is empty"))
    if is_address(text):
        read_address(text)
    else:
        path_of(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings in force. Relative paths count from `folder`; `path` is the file they were read from, if any."""

    folder: Path
    path: Path | None = None
    keys: Mapping[str, str] = field(default_factory=dict)

    plan: str = _setting(
        "plan.key",
        "",
        Message("The plan to open, by its key. Empty: the only plan there is; with several, you choose."),
    )
    period: str = _setting(
        "plan.period",
        "",
        Message(
            "The period to show, such as 2022, 2022-T1, 2022-Q3, 2022-H1 or 2022-04. Empty: the plan's current one."
        ),
        verify=_verify_period,
    )
    user_name: str = _setting(
        "user.name",
        "",
        Message("Your name as others see it in the history. Empty: the name of your account on this computer."),
    )
    language: str = _setting(
        "display.language", "sv", Message("The language of the program: Swedish or English."), choices=("sv", "en")
    )
    theme: str = _setting(
        "display.theme",
        "dark",
        Message("Colours. “ansi” uses the terminal's own colours, “high-contrast” suits weak screens and weak eyes."),
        choices=THEMES,
    )
    symbols: str = _setting(
        "display.symbols",
        "auto",
        Message("The symbols of the statuses. “ascii” is for terminals that cannot show ✓ ▲ ✗; “auto” finds out."),
        choices=("auto", "unicode", "ascii"),
    )
    spacing: str = _setting(
        "display.spacing",
        "normal",
        Message("How closely the screens are set. “compact” leaves out blank lines."),
        choices=("normal", "compact"),
    )
    mouse: bool = _setting(
        "display.mouse",
        True,
        Message("Whether the mouse works in the program. Turn it off to mark and copy text the terminal's own way."),
    )
    database: str = _setting(
        "database.path",
        "db/kvaltui.db",
        Message("Where the figures are kept: a file, or the address of a database server (postgresql://…)."),
        verify=_verify_database,
    )
    shared: bool = _setting(
        "database.shared",
        False,
        Message("Whether the group that owns the database's folder may read and write in it. Otherwise only you may."),
    )
    backups_kept_daily: int = _setting(
        "database.backups_kept_daily",
        14,
        Message(
            "A backup is made on each day's first change, and before the database is upgraded. "
            "This is how many of the daily ones are kept, the newest; 0 makes none."
        ),
        limits=(0, 3650),
    )
    backup_folder: str = _setting(
        "database.backup_folder",
        "",
        Message("Where the backups are put. Empty: in the folder “backups” beside the database."),
        verify=path_of,
    )

    @property
    def has_database_server(self) -> bool:
        """Whether `database` is the address of a server, not a file."""
        return is_address(self.database)

    @property
    def database_location(self) -> str:
        """The address of the database server, or the database file's absolute path."""
        return self.database if self.has_database_server else str(self._absolute(self.database))

    @property
    def data_folder(self) -> Path:
        """The folder of the database file, where the log lies as well; `db` when the database is a server."""
        return self.folder / "db" if self.has_database_server else self._absolute(self.database).parent

    @property
    def backups(self) -> Path:
        """The folder of the backups."""
        return self._absolute(self.backup_folder) if self.backup_folder else self.data_folder / "backups"

    def _absolute(self, text: str) -> Path:
        return Path(os.path.abspath(self.folder / path_of(text)))  # noqa: PTH100 - links stay as written


SETTINGS: tuple[Setting, ...] = tuple(
    replace(each.metadata["setting"], attribute=each.name) for each in fields(Config) if each.metadata
)
PERSONAL = frozenset(each.attribute for each in SETTINGS if each.section in ("user", "display")) | {"keys"}
"""What is a person's alone, and in a database that is shared stands in their own file."""
SECTIONS = (*dict.fromkeys(setting.section for setting in SETTINGS), KEYS_SECTION)


def value_of(config: Config, setting: Setting) -> SettingValue:
    """What `setting` is in `config`."""
    value: SettingValue = getattr(config, setting.attribute)
    return value


def user_config_path() -> Path:
    """The config file of a person who has no working folder."""
    return own_folders.settings_folder() / FILE_NAME


def user_data_folder() -> Path:
    """Where a person's own data is kept: the database of one who has no working folder, and the device's secret."""
    return own_folders.data_folder()
