"""config.toml: found, read and checked. Its text is made in `config_text`, and written in `config_writing`."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kvaltui import settings_file
from kvaltui.config import (
    FILE_NAME,
    KEYS_SECTION,
    PERSONAL,
    SECTIONS,
    SETTINGS,
    Config,
    user_config_path,
    user_data_folder,
)
from kvaltui.model.message import Message
from kvaltui.model.pattern import pattern
from kvaltui.ordinary_file import Unfit
from kvaltui.setting import CONTROL_CHARACTERS, ConfigError, did_you_mean, shortened, shown
from kvaltui.system_error import explain
from kvaltui.toml_depth import TooDeep, parse_toml
from kvaltui.written_path import path_of

ENVIRONMENT_VARIABLE = "KVALTUI_CONFIG"
MOST_BYTES = 256 * 1024
"""The largest file of settings that is read: a hundred times one with every key explained."""
_NOT_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})
_PLACE = pattern(r"\(at line (\d+), column (\d+)\)$")
_BY_KEY = {setting.key: setting for setting in SETTINGS}


def find(given: Path | None = None) -> Path | None:
    """The config file in force: `given`, $KVALTUI_CONFIG, ./config.toml, the user's own; None when there is none.

    The first two are returned whether they exist or not: a person has named them. In a clone of the repository
    ./config.toml stands for db/config.toml. Raises PathError.
    """
    if given is not None:
        return given
    if named := os.environ.get(ENVIRONMENT_VARIABLE):
        return path_of(named)
    here = Path(FILE_NAME)
    if may_be_there(here):
        return _of_clone() or here
    own = user_config_path()
    return own if may_be_there(own) else None


def _of_clone() -> Path | None:
    """In a clone of the program's own repository config.toml is a sample, and this is the file that it began with.

    It is what `make` sets up there, and lies where git does not look, so that the clone stays as it was fetched.
    """
    clone = Path(__file__).parent.parent
    own = clone / "db" / FILE_NAME
    return own if own.exists() and clone.samefile(os.curdir) else None


def may_be_there(path: Path) -> bool:
    """Whether a file is there, or may not be looked for: then it cannot be passed over in silence either."""
    try:
        path.stat()  # `exists` passes over whatever is wrong, from Python 3.14 on
    except ValueError:
        return False
    except OSError as error:
        return error.errno not in _NOT_THERE
    return True


def load(given: Path | None = None) -> Config:
    """The settings of the config file in force (see `find`), or the defaults, with the data in the user's data folder.

    A file that others may write is read when it is `given`, or trusted (`trust.why_not`).
    Raises ConfigError, which names the file, the key and what was expected; PathError for a file of nobody's.
    """
    path = find(given)
    if path is None:
        return Config(folder=user_data_folder())
    path = Path(os.path.abspath(path))  # noqa: PTH100 - a linked config counts from the folder of the link
    values = checked(_tables(path, is_named=given is not None), path)
    if values.get("shared") and path != user_config_path():
        # What is a person's alone does not stand where others write.
        values = {**values, "user_name": "", **_own_values()}
    if "database" not in values and path == user_config_path():
        values["database"] = own_database()
    return Config(folder=path.parent, path=path, **values)


def trust(given: Path | None = None) -> None:
    """Read the config file in force from now on, whoever may write it. Raises ConfigError where that cannot be kept."""
    path = find(given)
    if path is None:
        return
    from kvaltui.trust import trust

    try:
        trust(Path(os.path.abspath(path)), _own_folder())  # noqa: PTH100 - by the name that it is found by
    except OSError as error:
        told = Message("{file} cannot be written: {problem}", file=str(_own_folder()), problem=explain(error))
        raise ConfigError(told) from None


def _own_values() -> dict[str, Any]:
    """What a person's own file says of what is theirs alone: their name, how the program looks, their keys."""
    own = user_config_path()
    if not may_be_there(own):
        return {}
    return {name: value for name, value in checked(_tables(own, is_named=False), own).items() if name in PERSONAL}


def own_database() -> str:
    """Where the figures of one lie whose own file does not say it."""
    return Config(folder=user_data_folder()).database_location


def _own_folder() -> Path:
    return user_config_path().parent


def _tables(path: Path, *, is_named: bool) -> dict[str, Any]:
    try:
        data = read(path, is_named=is_named)
    except FileNotFoundError:
        raise ConfigError(Message("There is no config file {file}", file=str(path))) from None
    except OSError as error:
        raise ConfigError(Message("{file} cannot be read: {problem}", file=str(path), problem=explain(error))) from None
    return parsed(data, path)


def read(path: Path, *, is_named: bool) -> bytes:
    """What a file holds. Raises ConfigError where it is not to be read, OSError."""
    try:
        return settings_file.read(path, MOST_BYTES, _own_folder, is_named=is_named)
    except Unfit as error:
        raise ConfigError(error.message) from None


def parsed(data: bytes, path: Path) -> dict[str, Any]:
    """The tables that a file says. Raises ConfigError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(Message("{file} is not a text in UTF-8", file=str(path))) from None
    try:
        return parse_toml(text)
    except TooDeep as error:
        raise ConfigError(Message("{file}: {problem}", file=str(path), problem=error.message)) from None
    except ValueError as error:  # more than TOMLDecodeError: a number of 5,000 digits, say
        raise ConfigError(_not_toml(path, text, str(error))) from None


def _not_toml(path: Path, text: str, problem: str) -> Message:
    place = _PLACE.search(problem)
    lines = text.splitlines() or [""]
    line, column = place.groups() if place else (str(len(lines)), str(len(lines[-1])))
    return Message(
        "{file} is not valid TOML at line {line}, column {column}: write name = value, each name once, "
        "and texts within quotation marks",
        file=str(path),
        line=line,
        column=column,
    )


def checked(tables: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """The settings that tables say, by their fields of `Config`. Raises ConfigError, which names the key."""
    values: dict[str, Any] = {}
    try:
        for section, table in tables.items():
            if section not in SECTIONS:
                raise ConfigError(_unknown(section, SECTIONS), field=section)
            if not isinstance(table, dict):
                problem = Message("expected a section with the heading [{section}]", section=section)
                raise ConfigError(problem, field=section)
            if section == KEYS_SECTION:
                values["keys"] = _checked_keys(table)
                continue
            for name, value in table.items():
                setting = _BY_KEY.get(f"{section}.{name}")
                if setting is None:
                    known = [each.name for each in SETTINGS if each.section == section]
                    raise ConfigError(_unknown(name, known), field=f"{section}.{name}")
                values[setting.attribute] = setting.check(value)
    except ConfigError as error:
        key = shortened(error.field)
        told = Message("{file}: {key}: {problem}", file=str(path), key=key, problem=error.message)
        raise ConfigError(told, field=key) from None
    return values


def _unknown(name: str, known: Iterable[str]) -> Message:
    """The message about a name that is not known; a name that stands in another section is pointed to."""
    elsewhere = next((setting for setting in SETTINGS if setting.name == name), None)
    if elsewhere is not None:
        return Message("the key stands in the section [{section}]", section=elsewhere.section)
    hint = did_you_mean(name, known)
    if hint:
        return Message("the name is not known{hint}", hint=hint)
    return Message(
        "the name is not known; known are {known}. Perhaps a later version of kvaltui wrote it", known=", ".join(known)
    )


def _checked_keys(table: dict[str, Any]) -> dict[str, str]:
    """The user's keys. That the bindings exist and do not collide is for the program to say, which has them."""
    for binding, key in table.items():
        if not isinstance(key, str) or not key.strip() or CONTROL_CHARACTERS.search(key):
            problem = Message("expected a key such as “f2” or “ctrl+z”, not {value}", value=shown(key))
            raise ConfigError(problem, field=f"{KEYS_SECTION}.{binding}")
    return dict(table)
