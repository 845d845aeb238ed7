"""Settings changed in a file that a person has written: nothing else in it differs afterwards."""

from __future__ import annotations

import stat
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from kvaltui import settings_file
from kvaltui.config import SECTIONS, SETTINGS, Config, user_config_path, user_data_folder, value_of
from kvaltui.config_file import MOST_BYTES, load
from kvaltui.config_text import SettingChange, changed, render
from kvaltui.config_writing import write
from kvaltui.i18n import say
from kvaltui.setting import ConfigError, Setting, SettingValue
from tests.test_config import values_of

BY_HAND = """\
# Kommunens inställningar, senast ändrade av samordnaren

[display]   # hur det ser ut
  theme    =   'dark'   # dämpat

# Namnet är gruppens.

[user]

name = "Samordnaren"


[database]
path = 'data\\plan.db'
# Slut
"""


def write_text(folder: Path, text: str, newline: str = "\n") -> Path:
    path = folder / "config.toml"
    path.write_bytes(text.replace("\n", newline).encode())
    return path


def change(path: Path, **values: object) -> str:
    """The text of a file after its settings have been changed as the window does it."""
    stored = load(path)
    write(replace(stored, **values), path, say, stored)  # type: ignore[arg-type]
    return path.read_bytes().decode()


def test_a_changed_value_changes_nothing_else(tmp_path: Path) -> None:
    path = write_text(tmp_path, BY_HAND)
    assert change(path, theme="light") == BY_HAND.replace("'dark'", "'light'")
    assert change(path, theme="dark", user_name="Åsa") == BY_HAND.replace('Samordnaren"', 'Åsa"')


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_line_ends_a_byte_order_mark_and_the_end_stay(tmp_path: Path, newline: str, mark: str, end: str) -> None:
    text = mark + BY_HAND.rstrip("\n") + end
    path = write_text(tmp_path, text, newline)
    found = change(path, theme="light", mouse=False, period="2022")
    assert load(path) == replace(load(path), theme="light", mouse=False, period="2022")
    assert found.startswith(mark)
    assert found.count("\n") == found.count(newline)
    assert found.endswith(newline) == bool(end)
    left = iter(found.splitlines())
    assert all(line in left for line in text.replace("'dark'", "'light'").splitlines())


def test_a_key_that_is_lacking_comes_last_in_its_section_with_its_explanation(tmp_path: Path) -> None:
    path = write_text(tmp_path, BY_HAND)
    assert change(path, mouse=False) == BY_HAND.replace(
        "# dämpat\n",
        "# dämpat\n"
        "  # Om musen ska fungera i programmet. Stäng av den för att markera och kopiera text på terminalens\n"
        "  # eget sätt.\n"
        "  # Standard: true.\n"
        "  mouse = false\n",
    )


def test_a_section_that_is_lacking_comes_last(tmp_path: Path) -> None:
    path = write_text(tmp_path, BY_HAND)
    assert change(path, plan="nacka-2022", keys={"undo": "Ctrl+T"}) == BY_HAND + (
        "\n[plan]\n"
        "# Nyckeln till den plan som ska öppnas. Tomt: den enda plan som finns; finns det flera får du välja.\n"
        'key = "nacka-2022"\n'
        '\n[keys]\nundo = "Ctrl+T"\n'
    )


def test_keys_are_added_changed_and_taken_away_each_for_itself(tmp_path: Path) -> None:
    path = write_text(tmp_path, '[keys] # mina\n# först\nundo = "f5" # ångra\n\nnote = "f6"\n\n[user]\n')
    found = change(path, keys={"note": "f7", "risks": "f8"})
    assert found == '[keys] # mina\n# först\n\nnote = "f7"\nrisks = "f8"\n\n[user]\n'


def test_a_key_in_an_empty_section_comes_after_what_is_said_of_it(tmp_path: Path) -> None:
    path = write_text(tmp_path, "[keys]\n# egna\n# tangenter\n\n# om namnet\n[user]\n")
    assert change(path, keys={"undo": "f5"}) == '[keys]\n# egna\n# tangenter\nundo = "f5"\n\n# om namnet\n[user]\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('display.theme = "dark" # a\n', 'display.theme = "light" # a\n'),
        ('display = { theme = "dark", mouse = true } # a\n', 'display = { theme = "light", mouse = true } # a\n'),
        ('["display"]\n"theme"="dark"', '["display"]\n"theme"="light"'),
        ('[ display ]\n\ttheme\t= """\\\n   dark"""\t# a\n', '[ display ]\n\ttheme\t= "light"\t# a\n'),
        (
            'display.theme = "dark"\nplan.key = "p"\ndisplay.mouse = true\n',
            'display.theme = "light"\nplan.key = "p"\ndisplay.mouse = true\n',
        ),
        ("display = {}\n", 'display = {theme = "light"}\n'),
        ("display = { mouse = true } # a\n", 'display = { mouse = true, theme = "light"} # a\n'),
    ],
)  # fmt: skip
def test_every_way_to_write_a_value_is_followed(tmp_path: Path, before: str, after: str) -> None:
    path = write_text(tmp_path, before)
    found = change(path, theme="light")
    assert load(path).theme == "light"
    assert found == after


def test_a_key_among_whole_names_is_added_to_them(tmp_path: Path) -> None:
    path = write_text(tmp_path, "display.mouse = true # a\n\n[plan]\n")
    found = change(path, symbols="ascii").splitlines()
    assert (found[0], found[-3:]) == ("display.mouse = true # a", ['display.symbols = "ascii"', "", "[plan]"])
    assert all(line.startswith("# ") for line in found[1:-3])


def test_a_file_without_anything_in_it_gets_every_key_explained(tmp_path: Path) -> None:
    path = write_text(tmp_path, "\n\n")
    assert change(path, theme="light") == render(Config(folder=tmp_path, theme="light"), say)


def test_what_the_first_version_said_of_comments_is_not_true_any_more(tmp_path: Path) -> None:
    old = render(Config(folder=tmp_path), say)
    (new,) = (line for line in old.splitlines() if line.startswith("# Egna kommentarer"))
    said = (
        "# Ändras inställningarna i programmet skrivs filen om från början. Egna kommentarer följer då inte\n# med.\n"
    )
    path = write_text(tmp_path, old.replace(new + "\n", said))
    assert change(path, theme="light") == old.replace(new + "\n", "").replace('theme = "dark"', 'theme = "light"')


def test_nothing_changed_is_nothing_written(tmp_path: Path) -> None:
    path = write_text(tmp_path, BY_HAND)
    before = path.stat()
    assert change(path) == BY_HAND
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_file_keeps_its_rights(tmp_path: Path) -> None:
    path = write_text(tmp_path, BY_HAND)
    path.chmod(0o640)
    change(path, theme="light")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_another_program_changes_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the reading and the writing, and also while it is being written."""
    path = write_text(tmp_path, BY_HAND)
    stored = load(path)
    path.write_text(BY_HAND.replace("Samordnaren", "Åsa") + "shared = false\n", encoding="utf-8")
    others = [BY_HAND.replace("Samordnaren", name) for name in ("Bo", "Cecilia")]
    replaces = settings_file.write

    def interrupted(*arguments: object) -> None:
        if others:
            path.write_text(others.pop(), encoding="utf-8")
        replaces(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(settings_file, "write", interrupted)
    written = write(replace(stored, theme="light"), path, say, stored)
    assert path.read_text(encoding="utf-8") == BY_HAND.replace("Samordnaren", "Bo").replace("'dark'", "'light'")
    assert (written.user_name, written.theme) == ("Bo", "light")


def test_a_file_that_another_program_makes_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    replaces = settings_file.write

    def interrupted(*arguments: object) -> None:
        if not path.exists():
            path.write_text(BY_HAND, encoding="utf-8")
        replaces(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(settings_file, "write", interrupted)
    write(Config(folder=tmp_path, theme="light"), path, say)
    assert path.read_text(encoding="utf-8") == BY_HAND.replace("'dark'", "'light'")


@pytest.mark.thorough
def test_a_file_that_never_stands_still_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_text(tmp_path, BY_HAND)
    replaces = settings_file.write

    def interrupted(*arguments: object) -> None:
        path.write_text(path.read_text(encoding="utf-8") + "#\n", encoding="utf-8")
        replaces(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(settings_file, "write", interrupted)
    with pytest.raises(ConfigError) as refused:
        change(path, theme="light")
    assert "ändras just nu av ett annat program" in say(refused.value.message)
    assert "'dark'" in path.read_text(encoding="utf-8")


def test_what_cannot_be_read_is_refused_and_left(tmp_path: Path) -> None:
    path = write_text(tmp_path, "[display\n")
    with pytest.raises(ConfigError):
        write(Config(folder=tmp_path, theme="light"), path, say, Config(folder=tmp_path))
    assert path.read_text() == "[display\n"


def test_what_tomlkit_does_not_follow_is_told_with_what_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_text(tmp_path, BY_HAND)
    for wrong in (lambda _: tomlkit.document(), lambda _: tomlkit.loads("[")):
        monkeypatch.setattr(tomlkit, "parse", wrong)
        with pytest.raises(ConfigError) as refused:
            change(path, theme="light")
        assert 'Skriv det där själv, i avsnittet [display]: theme = "light"' in say(refused.value.message)
        assert path.read_text(encoding="utf-8") == BY_HAND


def test_the_own_file_is_not_told_where_figures_lie_by_a_change_of_colours(own_home: Path) -> None:
    own = user_config_path()
    own.parent.mkdir(parents=True)
    own.write_text('[user]\nname = "Åsa"\n', encoding="utf-8")
    before = load(own)
    write(replace(before, theme="light"), own, say, before)
    assert "path" not in own.read_text(encoding="utf-8")
    assert load(own) == replace(before, theme="light")


def test_a_new_own_file_holds_wherever_the_persons_home_lies(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = user_config_path()
    written = write(Config(folder=user_data_folder(), user_name="Åsa"), own, say)
    assert written.database_location == str(user_data_folder() / "db" / "kvaltui.db")
    monkeypatch.setenv("HOME", str(tmp_path))
    user_config_path().parent.mkdir(parents=True)
    user_config_path().write_bytes(own.read_bytes())
    assert load(user_config_path()).database_location == str(user_data_folder() / "db" / "kvaltui.db")


def test_sharing_begun_and_ended_keeps_what_is_a_persons_own(tmp_path: Path, own_home: Path) -> None:
    path = write_text(tmp_path, BY_HAND)
    change(path, shared=True)
    assert (load(path).user_name, load(user_config_path()).user_name) == ("Samordnaren", "Samordnaren")
    change(path, user_name="Åsa", keys={"undo": "f5"})
    assert "Åsa" not in path.read_text(encoding="utf-8")
    change(path, shared=False)
    assert (load(path).user_name, load(path).keys) == ("Åsa", {"undo": "f5"})


def test_a_new_shared_file_changes_nothing_of_the_persons_own(tmp_path: Path, own_home: Path) -> None:
    own = user_config_path()
    own.parent.mkdir(parents=True)
    own.write_text('[user]\nname = "Åsa"\n[keys]\nundo = "f5"\n', encoding="utf-8")
    held = own.read_bytes()
    write(Config(folder=tmp_path, shared=True), tmp_path / "config.toml", say)
    assert own.read_bytes() == held


@pytest.mark.parametrize(
    "text",
    [
        "# " + "x" * (MOST_BYTES - 1000) + "\n",
        '[user]\nname = "' + "x" * (MOST_BYTES - 1000) + '"\n',
        "[keys]\n" + "".join(f'k{at}="f2"\n' for at in range(MOST_BYTES // 16)),
        "keys={" + ",".join(f'k{at}="f2"' for at in range(MOST_BYTES // 16)) + "}\n",
    ],
)
@pytest.mark.thorough
def test_the_largest_file_is_changed_as_a_small_one(tmp_path: Path, text: str) -> None:
    path = write_text(tmp_path, text)
    found = change(path, theme="light")
    assert found.startswith(text)
    assert load(path).theme == "light"


@pytest.mark.thorough
def test_a_file_that_would_be_too_large_to_be_read_is_not_written(tmp_path: Path) -> None:
    text = "# " + "x" * (MOST_BYTES - 10) + "\n"
    path = write_text(tmp_path, text)
    with pytest.raises(ConfigError) as refused:
        change(path, theme="light")
    assert "config.toml är för stor: högst 256 KiB läses" in say(refused.value.message)
    assert path.read_text(encoding="utf-8") == text


# Whatever a person may have written

COMMENTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(lambda text: "#" + text)
BLANKS = st.sampled_from(["", " ", "\t", "   "])


@st.composite
def values_written(draw: st.DrawFn, setting: Setting) -> str:
    value = draw(values_of(setting))
    if setting.attribute == "database":
        value = str(value).strip() or "plan.db"
    if isinstance(value, str) and "'" not in value and draw(st.booleans()):
        return f"'{value}'"
    if isinstance(value, int) and not isinstance(value, bool) and draw(st.booleans()):
        return f"+{value}" if value else hex(value)
    item: str = tomlkit.item(value).as_string()
    return item


@st.composite
def sections_written(draw: st.DrawFn, section: str) -> list[str]:
    """The lines of a section: under a heading, in braces, or by whole names."""
    settings = draw(st.permutations([each for each in SETTINGS if each.section == section]))
    taken = settings[: draw(st.integers(0, len(settings)))]
    pairs = [(each.name, draw(values_written(each))) for each in taken]
    if section == "keys":
        names = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
        pairs = [(tomlkit.key(name).as_string(), "'f2'") for name in draw(st.sets(names, max_size=3)) if name]
    blank = [draw(BLANKS) for _ in range(4)]
    comment = " " + draw(COMMENTS) if draw(st.booleans()) else ""
    way = draw(st.sampled_from(["heading", "heading", "heading", "braces", "names"]))
    if way == "braces":
        inside = ",".join(f"{blank[0]}{name}{blank[1]}={blank[2]}{value}" for name, value in pairs)
        return [f"{section} = {{{inside} }}{comment}"]
    lines = []
    for name, value in pairs:
        lines += draw(st.lists(st.one_of(COMMENTS, BLANKS), max_size=2))
        whole = f"{section}.{name}" if way == "names" else name
        lines.append(f"{blank[0]}{whole}{blank[1]}={blank[2]}{value}{blank[3]}{comment}")
    if way == "names":
        return lines
    return [f"{blank[1]}[{blank[2]}{section}{blank[3]}]{comment}", *lines, *draw(st.lists(BLANKS, max_size=2))]


@st.composite
def files(draw: st.DrawFn) -> str:
    wanted = draw(st.permutations(SECTIONS))[: draw(st.integers(1, len(SECTIONS)))]
    written = [draw(sections_written(section)) for section in wanted]
    written.sort(key=lambda lines: any(line.strip().startswith("[") for line in lines))
    lines = draw(st.lists(st.one_of(COMMENTS, BLANKS), max_size=3)) + [line for each in written for line in each]
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    return newline.join(lines) + draw(st.sampled_from(["", newline]))


def says(text: str) -> dict[tuple[str, str], object]:
    return {(section, name): value for section, table in tomllib.loads(text).items() for name, value in table.items()}


@given(data=st.data())
def test_whatever_is_written_in_a_file_stays_but_for_the_one_setting(data: st.DataObject) -> None:
    text = data.draw(files())
    setting = data.draw(st.sampled_from(SETTINGS))
    value = data.draw(values_of(setting))
    assert isinstance(value, SettingValue)
    found = changed(text, [SettingChange(setting.section, setting.name, value)], say)
    before = says(text)
    assert says(found) == {**before, (setting.section, setting.name): value}
    ends = [text.count("\r\n"), text.count("\n")]
    assert (found.count("\r\n") == found.count("\n")) == (ends[0] == ends[1]) or not ends[1]
    assert found.endswith("\n") == (text.endswith("\n") or not text)
    old, new = ([line.removesuffix("\r") for line in each.split("\n")] for each in (text, found))
    if (setting.section, setting.name) in before:
        differing = [at for at, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
        assert len(differing) <= 1
        return
    start = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    kept = old[start:]
    assert not kept or new[len(new) - len(kept) :] == kept or len(new) == len(old), "lines are only put between"


@given(text=files(), data=st.data())
def test_keys_of_ones_own_come_and_go_alone(text: str, data: st.DataObject) -> None:
    before = says(text)
    there = sorted(name for section, name in before if section == "keys")
    name = data.draw(st.sampled_from([*there, "undo", "", "a.b", "å"]))
    value = data.draw(st.sampled_from([None, "f5", "Mellanslag x"]))
    found = changed(text, [SettingChange("keys", name, value)], say)
    wanted = {**before, ("keys", name): value}
    assert says(found) == {key: each for key, each in wanted.items() if each is not None}
    assert {line for line in text.splitlines() if line.lstrip().startswith("#")} <= set(found.splitlines())


def test_values_are_found_as_they_are_written() -> None:
    config = Config(folder=Path())
    assert says(render(config)) == {(each.section, each.name): value_of(config, each) for each in SETTINGS}
