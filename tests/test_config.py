"""The settings: found where they should be, wrong ones named, written so that they read back the same."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.config import SETTINGS, THEMES, Config, user_config_path, user_data_folder, value_of
from kvaltui.config_file import find, load, trust
from kvaltui.config_text import render
from kvaltui.config_writing import write
from kvaltui.i18n import install, say
from kvaltui.setting import ConfigError, Setting

PROJECT = Path(__file__).parents[1]


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def told(path: Path) -> str:
    """What a person reads about the config file."""
    with pytest.raises(ConfigError) as caught:
        load(path)
    text = say(caught.value.message)
    assert str(path) in text
    return text.replace(str(path), "config.toml")


def test_without_a_file_the_data_lies_where_the_platform_keeps_it(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = load()
    assert config.path is None
    assert config.database_location == str(own_home / ".local/share/kvaltui/db/kvaltui.db")
    assert (config.language, config.shared) == ("sv", False)


def test_the_nearest_file_wins(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own = own_home / ".config/kvaltui/config.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[user]\nname = "own"\n')
    assert load().user_name == "own"
    written(tmp_path, '[user]\nname = "here"\n')
    assert load().user_name == "here"
    (tmp_path / "named").mkdir()
    monkeypatch.setenv("KVALTUI_CONFIG", str(written(tmp_path / "named", '[user]\nname = "named"\n')))
    assert load().user_name == "named"
    (tmp_path / "given").mkdir()
    assert load(written(tmp_path / "given", '[user]\nname = "given"\n')).user_name == "given"


def test_a_file_that_a_person_named_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = tmp_path / "missing.toml"
    assert told(missing) == "Det finns ingen inställningsfil config.toml"
    monkeypatch.setenv("KVALTUI_CONFIG", str(missing))
    assert find() == missing
    with pytest.raises(ConfigError):
        load()


def test_paths_count_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, '[database]\npath = "data/plan.db"\nbackup_folder = "../safe"\n')
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    config = load(Path("../config.toml"))
    assert config.path == path
    assert config.database_location == str(tmp_path / "data/plan.db")
    assert config.data_folder == tmp_path / "data"
    assert config.backups == tmp_path.parent / "safe"
    assert replace(config, backup_folder="").backups == tmp_path / "data/backups"


def test_a_database_server_is_no_path(tmp_path: Path) -> None:
    config = load(written(tmp_path, '[database]\npath = "postgresql://plans@host/kvaltui"\n'))
    assert config.has_database_server
    assert config.database_location == "postgresql://plans@host/kvaltui"
    assert config.backups == tmp_path / "db/backups"


def test_the_users_own_file_keeps_no_figures_beside_itself(own_home: Path) -> None:
    own = own_home / ".config/kvaltui/config.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[user]\nname = "own"\n')
    assert load(own).database_location == str(own_home / ".local/share/kvaltui/db/kvaltui.db")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[display]\nlangage = "sv"', "display.langage: namnet är okänt; menade du ”language”?"),
        ('[dispaly]\nlanguage = "sv"', "dispaly: namnet är okänt; menade du ”display”?"),
        ('language = "sv"', "language: nyckeln hör hemma i avsnittet [display]"),
        ("[user]\nshared = true", "user.shared: nyckeln hör hemma i avsnittet [database]"),
        ("[user]\nxyz = 1", "user.xyz: namnet är okänt; det som finns är name"),
        ('plan = "nacka"', "plan: ska vara ett avsnitt med rubriken [plan]"),
        ('[display]\ntheme = "drak"', "display.theme: ska vara något av dark, light, high-contrast, ansi, nord,"),
        ('[display]\ntheme = "drak"', 'inte "drak"; menade du ”dark”?'),
        ('[display]\nlanguage = "SV"', 'ska vara något av sv, en, inte "SV"; menade du ”sv”?'),
        ("[display]\nmouse = 1", "display.mouse: ska vara true (ja) eller false (nej), inte 1"),
        ("[plan]\nperiod = 2022", "plan.period: ska vara en text inom citattecken, inte 2022"),
        ('[plan]\nperiod = "2022-T4"', "plan.period: "),
        ("[database]\nbackups_kept_daily = -1", "ska vara ett heltal från 0 till 3650, inte -1"),
        ("[database]\nbackups_kept_daily = true", "ska vara ett heltal från 0 till 3650, inte true"),
        ('[database]\npath = " "', "database.path: databasens sökväg är tom"),
        ('[user]\nname = "\\u001b[31m"', "user.name: texten innehåller styrtecken"),
        ('[user]\n"\\u001b[2J" = 1', "user.�[2J: namnet är okänt"),
        ("[keys]\nundo = 1", "keys.undo: ska vara en tangent, till exempel ”f2” eller ”ctrl+z”, inte 1"),
        ("[display]\nlanguage = sv", "config.toml är inte giltig TOML på rad 2, kolumn 12: "),
        ("[user]\nname = 'a'\nname = 'b'", "är inte giltig TOML på rad 3"),
        ('[user]\nname = """a', "config.toml är inte giltig TOML på rad 2, kolumn 11"),
        (f"x = {'9' * 5000}", "config.toml är inte giltig TOML på rad 1, kolumn 5004"),
        (f"x = {'[' * 5000}", "ligger för djupt i varandra: högst 16 nivåer"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, message: str) -> None:
    assert message in told(written(tmp_path, text))


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert told(path) == "config.toml är inte en text i UTF-8"
    path.unlink()
    path.mkdir()
    assert told(path) == "config.toml kan inte läsas: det är en mapp"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbf[user]\nname = "Notepad"\n')
    assert load(path).user_name == "Notepad"


@given(text=st.text(max_size=200))
def test_no_text_gives_anything_but_settings_or_a_config_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(ConfigError):
        load(path)


def values_of(setting: Setting) -> st.SearchStrategy[object]:
    if setting.choices:
        return st.sampled_from(setting.choices)
    if isinstance(setting.default, bool):
        return st.booleans()
    if setting.limits:
        return st.integers(*setting.limits)
    if setting.key == "plan.period":
        return st.sampled_from(["", "2022", "2022-T1", "2022-Q3", "2022-04"])
    return st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@pytest.mark.thorough
@given(data=st.data())
def test_what_is_written_reads_back_the_same(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.getbasetemp()
    values = {setting.attribute: data.draw(values_of(setting), setting.key) for setting in SETTINGS}
    values["database"] = str(values["database"]).strip() or "plan.db"
    names = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    keys = data.draw(st.dictionaries(names, st.sampled_from(["f2", "ctrl+z", "å"]), max_size=3))
    config = Config(folder=folder, keys=keys, **values)  # type: ignore[arg-type]
    assert load(write(config, folder / "round.toml", say).path) == replace(config, path=folder / "round.toml")


def test_every_setting_is_explained_in_the_file() -> None:
    install("sv")
    text = render(Config(folder=Path()), say)
    for setting in SETTINGS:
        line = next(line for line in text.splitlines() if line.startswith(f"{setting.name} = "))
        before = text[: text.index(line)].splitlines()
        assert before[-1].startswith("# "), setting.key
        assert all(choice in text for choice in setting.choices)
    assert all(len(line) <= 100 for line in text.splitlines())


def test_the_projects_own_file_is_what_the_program_writes() -> None:
    """It is a sample: `make run` has settings of its own."""
    assert (PROJECT / "config.toml").read_text(encoding="utf-8") == render(Config(folder=PROJECT), say)


def test_paths_keep_their_meaning_when_the_file_moves(tmp_path: Path) -> None:
    config = Config(folder=tmp_path / "old", backup_folder="safe")
    moved = write(config, tmp_path / "new/config.toml")
    assert load(moved.path) == moved
    assert moved.database_location == config.database_location
    assert moved.backups == config.backups
    server = replace(config, database="postgresql://plans@host/kvaltui")
    assert write(server, tmp_path / "new/config.toml").database == server.database


@pytest.mark.parametrize(("shared", "mode"), [(False, 0o600), (True, 0o660)])
def test_a_new_file_is_for_those_who_share_it(tmp_path: Path, shared: bool, mode: int) -> None:
    path = tmp_path / "config.toml"
    write(Config(folder=tmp_path, shared=shared), path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_writing_keeps_access_rights_and_links(tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_text("")
    real.chmod(0o640)
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    write(Config(folder=tmp_path, user_name="Åsa"), link)
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert load(link).user_name == "Åsa"


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    write(Config(folder=tmp_path, user_name="before"), path)

    def disk_full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(ConfigError) as caught:
        write(Config(folder=tmp_path, user_name="after"), path)
    assert say(caught.value.message) == f"{path} kan inte skrivas: disken är full"
    assert load(path).user_name == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_every_theme_exists_or_is_the_programs_own() -> None:
    from textual.theme import BUILTIN_THEMES

    assert set(THEMES) - set(BUILTIN_THEMES) == {"dark", "light", "high-contrast", "ansi"}


def test_a_value_is_found_by_its_setting() -> None:
    config = Config(folder=Path(), theme="light")
    assert {setting.key: value_of(config, setting) for setting in SETTINGS}["display.theme"] == "light"


def test_what_is_a_persons_alone_does_not_stand_in_a_shared_file(tmp_path: Path, own_home: Path) -> None:
    team, own = tmp_path / "config.toml", user_config_path()
    first = Config(folder=tmp_path, shared=True, plan="p", user_name="Anna", theme="light", keys={"undo": "f5"})
    written = write(first, team)
    assert load(team) == written == replace(first, path=team)
    assert (load(own).user_name, load(own).shared) == ("Anna", False)
    assert load(own).database_location == Config(folder=user_data_folder()).database_location
    assert "Anna" not in team.read_text()
    # A colleague has another home, and sees what is for all.
    own.unlink()
    theirs = load(team)
    assert (theirs.user_name, theirs.plan, theirs.theme, theirs.keys) == ("", "p", "light", {})
    held = team.read_bytes()
    write(replace(theirs, user_name="Bo", language="en"), team)
    assert team.read_bytes() == held
    assert (load(team).user_name, load(team).language) == ("Bo", "en")
    write(replace(load(team), plan="q"), team)
    assert (load(team).plan, load(team).user_name) == ("q", "Bo")
    assert "Bo" not in team.read_text()


def test_what_a_shared_file_says_of_a_person_is_not_believed_of_another(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[database]\nshared = true\n[user]\nname = "Anna"\n')
    assert load(tmp_path / "config.toml").user_name == ""


def test_what_cannot_be_looked_for_is_not_passed_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ("x" * 300)))
    with pytest.raises(ConfigError) as caught:
        load()
    assert "config.toml kan inte läsas: namnet är för långt" in say(caught.value.message)


def test_trust_that_cannot_be_kept_is_told(own_home: Path, tmp_path: Path) -> None:
    in_the_way = own_home / ".config" / "kvaltui"
    in_the_way.parent.mkdir()
    in_the_way.write_text("kvar")
    with pytest.raises(ConfigError) as caught:
        trust(written(tmp_path, ""))
    assert say(caught.value.message) == f"{in_the_way} kan inte skrivas: där finns redan något"
    assert in_the_way.read_text() == "kvar"


@pytest.mark.parametrize(
    ("writable", "words"),
    [
        ("config.toml", "Alla på den här datorn får ändra {}"),
        ("", "Alla på den här datorn får skriva i mappen där {} lig"),
    ],
)
def test_what_everybody_may_write_is_read_when_it_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writable: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path, '[user]\nname = "någon"\n')
    (tmp_path / writable).chmod(0o777)
    with pytest.raises(ConfigError) as caught:
        load()
    told = say(caught.value.message)
    assert words.format(path) in told
    assert "kvaltui --trust locate" in told
    trust()
    assert load().user_name == "någon"
