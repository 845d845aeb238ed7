"""config.toml: found, read and checked, and written back with every key explained."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
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
    value_of,
)
from kvaltui.model.message import Message
from kvaltui.model.pattern import pattern
from kvaltui.model.value import replace
from kvaltui.ordinary_file import Unfit
from kvaltui.setting import CONTROL_CHARACTERS, ConfigError, Setting, did_you_mean, shortened, shown
from kvaltui.system_error import explain
from kvaltui.toml_depth import TooDeep, parse_toml
from kvaltui.written_path import path_of

ENVIRONMENT_VARIABLE = "KVALTUI_CONFIG"
MOST_BYTES = 256 * 1024
"""The largest file of settings that is read: a hundred times one with every key explained."""
_COMMENT_WIDTH = 98
_NOT_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})
_PLACE = pattern(r"\(at line (\d+), column (\d+)\)$")
_BY_KEY = {setting.key: setting for setting in SETTINGS}

Say = Callable[[Message], str]


def find(given: Path | None = None) -> Path | None:
    """The config file in force: `given`, $KVALTUI_CONFIG, ./config.toml, the user's own; None when there is none.

    The first two are returned whether they exist or not: a person has named them. Raises PathError.
    """
    if given is not None:
        return given
    if named := os.environ.get(ENVIRONMENT_VARIABLE):
        return path_of(named)
    here = Path(FILE_NAME)
    if may_be_there(here):
        return here
    own = user_config_path()
    return own if may_be_there(own) else None


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
    values = _checked(_tables(path, is_named=given is not None), path)
    if values.get("shared") and path != user_config_path():
        # What is a person's alone does not stand where others write.
        values = {**values, "user_name": "", **_own_values()}
    if "database" not in values and path == user_config_path():
        values["database"] = Config(folder=user_data_folder()).database_location
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
    return {name: value for name, value in _checked(_tables(own, is_named=False), own).items() if name in PERSONAL}


def _own_folder() -> Path:
    return user_config_path().parent


def _tables(path: Path, *, is_named: bool) -> dict[str, Any]:
    try:
        text = settings_file.read(path, MOST_BYTES, _own_folder, is_named=is_named).decode("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(Message("There is no config file {file}", file=str(path))) from None
    except UnicodeDecodeError:
        raise ConfigError(Message("{file} is not a text in UTF-8", file=str(path))) from None
    except OSError as error:
        raise ConfigError(Message("{file} cannot be read: {problem}", file=str(path), problem=explain(error))) from None
    except Unfit as error:
        raise ConfigError(error.message) from None
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


def _checked(tables: dict[str, Any], path: Path) -> dict[str, Any]:
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
    return Message("the name is not known; known are {known}", known=", ".join(known))


def _checked_keys(table: dict[str, Any]) -> dict[str, str]:
    """The user's keys. That the bindings exist and do not collide is for the program to say, which has them."""
    for binding, key in table.items():
        if not isinstance(key, str) or not key.strip() or CONTROL_CHARACTERS.search(key):
            problem = Message("expected a key such as “f2” or “ctrl+z”, not {value}", value=shown(key))
            raise ConfigError(problem, field=f"{KEYS_SECTION}.{binding}")
    return dict(table)


def render(config: Config, say: Say = str) -> str:
    """The whole text of a config file with every key explained; `say` puts the comments into the reader's language."""
    import tomli_w

    lines = _comment(say, Message("The settings of kvaltui. Relative paths count from the folder of this file."))
    lines += _comment(
        say,
        Message(
            "The program writes this file anew when settings are changed in it: comments of your own are not kept."
        ),
    )
    for section in SECTIONS[:-1]:
        lines += ["", f"[{section}]"]
        for setting in SETTINGS:
            if setting.section == section:
                lines += _comment(say, setting.comment)
                if setting.default != "":
                    lines += _comment(say, _allowed(setting))
                lines.append(tomli_w.dumps({setting.name: value_of(config, setting)}).rstrip("\n"))
    lines += ["", f"[{KEYS_SECTION}]"]
    lines += _comment(
        say,
        Message(
            "Keys of your own, each as: name of the command = key. F1 in the program shows the names. "
            "Characters are always typed and cannot be keys. For example a key, and a letter in the menu:"
        ),
    )
    lines += ['# "undo" = "Ctrl+T"', f'# "note" = "{say(Message("Space"))} x"']
    return "\n".join(lines) + "\n" + tomli_w.dumps(dict(config.keys))


def _allowed(setting: Setting) -> Message:
    import tomli_w

    default = tomli_w.dumps({"": setting.default}).partition(" = ")[2].strip()
    if setting.choices:
        return Message("Values: {choices}. Default: {default}.", choices=", ".join(setting.choices), default=default)
    if setting.limits:
        low, high = map(str, setting.limits)
        return Message("Values: {low} to {high}. Default: {default}.", low=low, high=high, default=default)
    return Message("Default: {default}.", default=default)


def _comment(say: Say, message: Message) -> list[str]:
    from textwrap import wrap

    return [f"# {line}" for line in wrap(say(message), _COMMENT_WIDTH, break_on_hyphens=False)]


def write(config: Config, path: Path, say: Say = str) -> Config:
    """Write the settings to `path` in one step and return them as they stand there.

    A reader sees the old file or the new one, nothing between. Paths keep their meaning: one that is relative to
    another folder than that of `path` is written whole. The file keeps its access rights; a new one is for its owner
    alone, or for its group too when `config.shared`. A link is followed unless somebody else has made it. In a shared
    file what is a person's alone stays as it is: it is written to their own.
    Raises ConfigError when the file cannot be written; an earlier one is then left as it was.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - the file may be a link, which is followed below
    moved = config if config.folder == path.parent else _with_whole_paths(config)
    written = replace(moved, folder=path.parent, path=path)
    if written.shared and path != user_config_path():
        _write_own(written, say)
        _write_shared(written, path, say)
    else:
        _write_file(written, path, say)
    return written


def _write_own(config: Config, say: Say) -> None:
    """Write what is the person's alone to their own file, whose other settings stay."""
    own = user_config_path()
    known = load(own) if may_be_there(own) else Config(folder=user_data_folder())
    changed = replace(known, **{name: getattr(config, name) for name in PERSONAL})
    if changed != known:
        write(changed, own, say)


def _write_shared(config: Config, path: Path, say: Say) -> None:
    """Write the rest to the shared file, if any of it has been changed: not everybody may who uses it.

    What it says already of what is a person's alone stays as it is: that is for the others.
    """
    known: dict[str, Any] = {}
    if may_be_there(path):
        known = _checked(_tables(path, is_named=True), path)
    personal = {name: value for name, value in known.items() if name in PERSONAL}
    changed = replace(config, **{"user_name": "", "keys": {}, **personal})
    if not known or changed != Config(folder=config.folder, path=config.path, **known):
        _write_file(changed, path, say)


def _write_file(config: Config, path: Path, say: Say) -> None:
    try:
        mode = 0o660 if config.shared else 0o600
        settings_file.write(path, render(config, say), mode, config.database_location)
    except OSError as error:
        told = Message("{file} cannot be written: {problem}", file=str(path), problem=explain(error))
        raise ConfigError(told) from None


def _with_whole_paths(config: Config) -> Config:
    backup_folder = str(config.backups) if config.backup_folder else ""
    return replace(config, database=config.database_location, backup_folder=backup_folder)
