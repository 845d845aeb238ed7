"""The settings as a form: shown at once, checked while typing, written with their comments, taken back with Esc."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui import config_file, i18n
from kvaltui.config import SETTINGS, Config
from kvaltui.server_address import read_address
from kvaltui.tui.forms.form_view import FormView
from kvaltui.tui.screens.settings import SettingsScreen
from kvaltui.tui.settings_form import SettingsForm
from kvaltui.tui.terminal.keymap import commands
from kvaltui.tui.terminal.theme import OWN_THEMES
from tests.tui.work import NARROW, WIDE, Work, at_work, program


@pytest.fixture(autouse=True)
def many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that can show every theme."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


def form(work: Work) -> SettingsForm:
    assert isinstance(work.app.screen, SettingsScreen)
    return work.app.screen.settings_form


async def go_to(work: Work, field: str) -> None:
    """Put the cursor in a field, and empty it where a text is typed."""
    work.app.screen.query_one(FormView).go_to(field)
    await work.pilot.pause()


async def write(work: Work, field: str, text: str) -> None:
    await go_to(work, field)
    await work.press("ctrl+u")
    await work.type(text)


def stored(tmp_path: Path) -> Config:
    return config_file.load(tmp_path / "config.toml")


@pytest.mark.thorough
async def test_every_setting_and_every_command_has_a_field(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="settings")) as work:
        names = [each.name for each in form(work).fields]
        assert sorted(names) == sorted([*(each.key for each in SETTINGS), *(f"keys.{id_}" for id_ in commands())])
        assert len(names[: form(work).matter]) == 6
        assert all(each.label and each.explanation for each in form(work).fields)
        for name in names:
            await go_to(work, name)
            assert any(line.startswith("›") for line in work.lines), name


@pytest.mark.thorough
async def test_it_is_gone_to_by_g_and_a_letter_and_left_with_escape(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("space", "g", "s")
        assert work.app.current_mode == "settings"
        await work.press("escape")
        assert work.app.current_mode == "risks"


@pytest.mark.thorough
@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_colours_are_shown_while_they_are_chosen_and_taken_back(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(program(tmp_path, mode="settings"), size) as work:
        seen = []
        for _theme in OWN_THEMES:
            seen.append((work.app.theme, work.app.paint.text))
            await work.press("right")
        assert [theme for theme, _ in seen] == ["dark", "light", "high-contrast", "ansi"]
        assert len({str(style) for _, style in seen}) == len(OWN_THEMES)
        assert "inte sparat än" in work.shown
        await work.press("escape")
        assert work.app.theme == "dark"
        assert "som det står i filen" in work.shown
        assert not (tmp_path / "config.toml").exists()


async def test_enter_writes_the_file_with_its_comments(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="settings")) as work:
        await work.press("right", "enter")
        assert "Sparat" in work.shown
        assert work.app.settings.theme == work.app.theme == "light"
    text = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert 'theme = "light"' in text
    assert "# Programmets språk" in text
    assert stored(tmp_path).theme == "light"


@pytest.mark.thorough
async def test_what_somebody_else_wrote_in_the_file_meanwhile_stays(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="settings")) as work:
        (tmp_path / "config.toml").write_text('[user]\nname = "Samordnaren på kontoret"\n', encoding="utf-8")
        await work.press("right", "enter")
    assert (stored(tmp_path).user_name, stored(tmp_path).theme) == ("Samordnaren på kontoret", "light")


@pytest.mark.thorough
async def test_a_servers_password_is_never_shown_and_never_lost(tmp_path: Path) -> None:
    address = "postgresql://anna:h#m/ligt@server/kval"
    (tmp_path / "config.toml").write_text(f'[database]\npath = "{address}"\n', encoding="utf-8")
    async with at_work(program(tmp_path, mode="settings")) as work:
        await go_to(work, "display.theme")
        await work.press("right", "enter")
        await go_to(work, "database.path")
        assert "postgresql://anna@server/kval" in work.shown
        assert "ligt" not in work.shown
        await write(work, "database.path", "postgresql://anna@server/annan")
        await work.press("enter")
        assert "ligt" not in work.shown
    assert stored(tmp_path).theme != "dark"
    assert read_address(stored(tmp_path).database).password == "h#m/ligt"
    assert read_address(stored(tmp_path).database).database == "annan"


@pytest.mark.thorough
async def test_wrong_values_are_told_beside_their_field_and_not_written(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="settings")) as work:
        await write(work, "plan.period", "2022-T9")
        assert work.line_with("! ").strip().startswith("!")
        await write(work, "database.backups_kept_daily", "fjorton")
        told = work.line_with("ett heltal")
        assert told.strip().startswith("! ")
        await work.press("enter")
        assert not (tmp_path / "config.toml").exists()
        assert "Inget är sparat" in work.shown
        # The cursor stands at the first of them, and what was typed is still there.
        assert work.line_with("›").startswith("›Period vid start")
        assert form(work).text("plan.period") == "2022-T9"
        assert form(work).text("database.backups_kept_daily") == "fjorton"


@pytest.mark.thorough
async def test_an_unwritable_file_is_told_and_what_was_typed_is_kept(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="settings")) as work:
        (tmp_path / "config.toml").mkdir()
        await write(work, "user.name", "Åsa [/x] 1,5")
        await work.press("enter")
        assert "config.toml" in work.line_with("kan inte")
        assert form(work).text("user.name") == "Åsa [/x] 1,5"
        (tmp_path / "config.toml").rmdir()
        await work.press("enter")
        assert "Sparat" in work.shown
        assert work.app.session.author.name == "Åsa [/x] 1,5"
    assert stored(tmp_path).user_name == "Åsa [/x] 1,5"


async def test_a_file_that_cannot_be_read_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[display\n", encoding="utf-8")
    async with at_work(program(tmp_path, mode="settings")) as work:
        assert "är inte giltig TOML" in work.shown
        await work.press("right", "enter")
        assert "är inte giltig TOML" in work.shown
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == "[display\n"


@pytest.mark.thorough
async def test_the_language_changes_on_every_screen(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="overview")) as work:
        assert "öppna åtgärder" in work.shown
        await work.press("space", "g", "s")
        await go_to(work, "display.language")
        await work.press("right", "enter")
        assert "Saved" in work.shown
        assert "Language" in work.shown
        await work.press("f3")
        assert "open measures" in work.shown
        assert "öppna åtgärder" not in work.shown
    assert i18n.language() == "en"
    assert "# The settings of kvaltui" in (tmp_path / "config.toml").read_text(encoding="utf-8")


async def test_a_language_that_was_asked_for_at_the_start_stays(tmp_path: Path) -> None:
    i18n.install("en")
    async with at_work(program(tmp_path, mode="settings")) as work:
        await work.press("right", "enter")
        assert "Saved" in work.shown
    assert stored(tmp_path).language == "sv"


@pytest.mark.thorough
async def test_symbols_and_spacing_change_on_every_screen(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="overview")) as work:
        assert "✓" in work.shown
        await work.press("space", "g", "s")
        await go_to(work, "display.symbols")
        await work.press("right", "right")
        await go_to(work, "display.spacing")
        await work.press("right", "enter", "f3")
        assert "✓" not in work.shown
        assert work.app.has_class("-compact")


@pytest.mark.thorough
async def test_keys_are_changed_checked_and_in_force_at_once(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="settings")) as work:
        await write(work, "keys.risks", "q")
        assert "q är ett tecken, och det man skriver är alltid text" in work.shown
        await write(work, "keys.risks", "ctrl+s")
        assert "når inte fram" in work.shown
        await write(work, "keys.risks", "Ctrl+K")
        assert "når inte fram" not in work.shown
        await work.press("enter", "f3", "f6")
        assert work.app.current_mode == "overview"
        await work.press("ctrl+k")
        assert work.app.current_mode == "risks"
        assert dict(stored(tmp_path).keys) == {"risks": "Ctrl+K"}
        # Emptied, the command has its own key again.
        await work.press("space", "g", "s")
        await write(work, "keys.risks", "")
        await work.press("enter", "f3", "f6")
        assert work.app.current_mode == "risks"
        assert dict(stored(tmp_path).keys) == {}


@pytest.mark.thorough
async def test_a_name_that_is_no_command_is_shown_and_can_be_emptied(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[keys]\nudno = "ctrl+t"\n', encoding="utf-8")
    async with at_work(program(tmp_path, mode="settings", keys={"udno": "ctrl+t"})) as work:
        await go_to(work, "keys.udno")
        assert "menade du ”undo”?" in work.shown
        await work.press("ctrl+u", "enter")
        assert "Sparat" in work.shown
    assert dict(stored(tmp_path).keys) == {}


async def test_a_key_that_cannot_be_read_is_shown_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[keys]\nundo = "ctrl+ingen"\n', encoding="utf-8")
    async with at_work(program(tmp_path, mode="settings", keys={"undo": "ctrl+ingen"})) as work:
        await go_to(work, "keys.undo")
        assert form(work).text("keys.undo") == "ctrl+ingen"
        assert "”ctrl+ingen” är ingen tangent" in work.shown
        await work.press("ctrl+u", "enter")
        assert "Sparat" in work.shown
    assert dict(stored(tmp_path).keys) == {}


async def test_what_is_wrong_with_the_keys_is_told_at_the_start(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, keys={"undo": "ctrl+s", "hepl": "f6"}), WIDE) as work:
        assert "[keys] undo: Ctrl+S når inte fram till programmet i alla terminaler" in work.shown
        assert "(och 1 till: se Inställningar)" in work.shown


async def test_it_says_what_holds_from_the_next_start(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="settings")) as work:
        await write(work, "database.backups_kept_daily", "30")
        assert "Gäller från nästa gång programmet startas." in work.shown
        await work.press("enter")
        assert "En del gäller från nästa gång programmet startas." in work.shown
    assert stored(tmp_path).backups_kept_daily == 30


async def test_nothing_changed_is_nothing_written(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="settings")) as work:
        await work.press("enter")
        assert "Inget har ändrats" in work.shown
    assert not (tmp_path / "config.toml").exists()


async def test_a_few_colours_are_enough_for_the_preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.delenv("COLORTERM")
    async with at_work(program(tmp_path, mode="settings", theme="ansi")) as work:
        await go_to(work, "display.theme")
        await work.press("right")
        assert work.app.theme == "ansi"


async def test_the_way_to_every_command_stands_below(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="settings"), WIDE) as work:
        assert "Ctrl+P Kommandon" in work.footer
