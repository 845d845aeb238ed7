"""config.toml, written: what a person has written in it stays as it is, but for what is changed."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Any

from kvaltui import settings_file
from kvaltui.config import KEYS_SECTION, PERSONAL, SETTINGS, Config, user_config_path, user_data_folder, value_of
from kvaltui.config_file import MOST_BYTES, checked, load, may_be_there, own_database, parsed, read
from kvaltui.config_text import CannotChange, Say, SettingChange, changed, render
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass, replace
from kvaltui.ordinary_file import too_large
from kvaltui.setting import ConfigError
from kvaltui.system_error import explain
from kvaltui.toml_depth import TooDeep, parse_toml

_MOST_ATTEMPTS = 10
_NOTHING = BOM_UTF8 + b" \t\r\n"


def write(config: Config, path: Path, say: Say = str, base: Config | None = None) -> Config:
    """Write the settings to `path` in one step and return them as they stand there.

    A new file explains every key. In one that is there nothing else is touched but the keys in which `config` differs
    from `base`, what it was made from (None: what the file says now); so what another program changes meanwhile stays.
    A reader sees the old file or the new one, nothing between. Paths keep their meaning: one that is relative to
    another folder than that of `path` is written whole. The file keeps its access rights; a new one is for its owner
    alone, or for its group too when `config.shared`. A link is followed unless somebody else has made it. In a shared
    file what is a person's alone stays as it is: it is written to their own.
    Raises ConfigError when the file cannot be read or written; an earlier one is then left as it was.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - the file may be a link, which is followed below
    if base is None:
        base = load(path) if may_be_there(path) else Config(folder=config.folder)
    moved = config if config.folder == path.parent else _with_whole_paths(config)
    names = {setting.attribute for setting in SETTINGS if value_of(moved, setting) != value_of(base, setting)}
    if base.path is not None and base.shared != config.shared:
        names |= PERSONAL  # they stand in another file from now on
    keys = {name: config.keys.get(name) for name in (*base.keys, *config.keys)}
    bindings = {name: key for name, key in keys.items() if key != base.keys.get(name)}
    wanted = _Wanted(moved, names, bindings, say)
    if config.shared and path != user_config_path():
        _write_own(wanted)
        _write_file(path, wanted.of_all())
    else:
        _write_file(path, wanted)
    return load(path)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a file is to say: in a new one all of `config`, in one that is there what is named and the bindings."""

    config: Config
    names: Set[str]
    bindings: Mapping[str, str | None]
    say: Say

    def of_person(self) -> _Wanted:
        """What is the person's alone, for their own file."""
        new = replace(Config(folder=user_data_folder()), **{name: getattr(self.config, name) for name in PERSONAL})
        return replace(self, config=_with_whole_paths(new), names=self.names & PERSONAL)

    def of_all(self) -> _Wanted:
        """The rest, for the file that others read."""
        return replace(
            self, config=replace(self.config, user_name="", keys={}), names=self.names - PERSONAL, bindings={}
        )

    def changes(self, tables: Mapping[str, Any], path: Path) -> list[SettingChange]:
        """In what a file that says `tables` is to be changed."""
        known = checked(tables, path)
        if path == user_config_path():
            known.setdefault("database", own_database())
        values = [
            SettingChange(setting.section, setting.name, value_of(self.config, setting))
            for setting in SETTINGS
            if setting.attribute in self.names
            and value_of(self.config, setting) != known.get(setting.attribute, setting.default)
        ]
        keys = known.get("keys", {})
        wanted = {**dict.fromkeys(keys), **self.config.keys} if "keys" in self.names else self.bindings
        return values + [
            SettingChange(KEYS_SECTION, name, key) for name, key in wanted.items() if key != keys.get(name)
        ]


def _write_own(wanted: _Wanted) -> None:
    """Write what is the person's alone to their own file, whose other settings stay."""
    if wanted.names & PERSONAL or wanted.bindings:
        _write_file(user_config_path(), wanted.of_person())


def _write_file(path: Path, wanted: _Wanted) -> None:
    for _attempt in range(_MOST_ATTEMPTS):
        try:
            old = read(path, is_named=True) if may_be_there(path) else None
            new = _rendered(wanted, path) if old is None or not old.strip(_NOTHING) else _edited(old, path, wanted)
            if len(new) > MOST_BYTES:
                raise ConfigError(too_large(path, MOST_BYTES).message)
            if new != old:
                mode = 0o660 if wanted.config.shared else 0o600
                settings_file.write(path, new, mode, wanted.config.database_location, old)
        except settings_file.Overtaken:
            continue
        except OSError as error:
            told = Message("{file} cannot be written: {problem}", file=str(path), problem=explain(error))
            raise ConfigError(told) from None
        else:
            return
    raise ConfigError(Message("{file} is being changed by another program; try again in a moment", file=str(path)))


def _rendered(wanted: _Wanted, path: Path) -> bytes:
    """A new file. A person's own may go with them to a computer where their home lies elsewhere."""
    config = wanted.config
    if path == user_config_path() and config.database == own_database():
        config = replace(config, database=_from_home(Path(config.database)))
    return render(config, wanted.say).encode()


def _from_home(path: Path) -> str:
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)


def _edited(old: bytes, path: Path, wanted: _Wanted) -> bytes:
    """The content of a file after what is wanted. Raises ConfigError where that cannot be done to it."""
    tables = parsed(old, path)
    changes = wanted.changes(tables, path)
    if not changes:
        return old
    mark = BOM_UTF8 if old.startswith(BOM_UTF8) else b""
    try:
        text = changed(old.removeprefix(mark).decode(), changes, wanted.say)
        if parse_toml(text) == _after(tables, changes):
            return mark + text.encode()
    except (CannotChange, TooDeep, ValueError):
        pass
    told = Message(
        "{file} is written in a way that the program cannot change. "
        "Write it there yourself, in the section [{section}]: {line}",
        file=str(path),
        section=changes[0].section,
        line=changes[0].line,
    )
    raise ConfigError(told)


def _after(tables: Mapping[str, Any], changes: Iterable[SettingChange]) -> dict[str, Any]:
    """What a file that says `tables` says after changes."""
    after = {section: dict(table) for section, table in tables.items()}
    for change in changes:
        section = after.setdefault(change.section, {})
        if change.value is None:
            section.pop(change.name, None)
        else:
            section[change.name] = change.value
    return after


def _with_whole_paths(config: Config) -> Config:
    backup_folder = str(config.backups) if config.backup_folder else ""
    return replace(config, database=config.database_location, backup_folder=backup_folder)
