"""The user's guide: as Markdown in a pipe, readable in a terminal, and by its sections."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.work.reading_blocks import Pair, Prose
from kvaltui.work.user_guide import as_blocks, guide_sections, guide_text, plain, sections_about
from tests.commands.conftest import Folder
from tests.terminal.terminal import Terminal


def test_in_a_pipe_it_is_the_guide_as_it_is_written(empty: Folder) -> None:
    assert empty("guide").out.strip() == guide_text().strip()


def test_sections_are_found_by_their_headings_with_all_that_lies_under_them(empty: Folder) -> None:
    out = empty("guide", "lagga", "in").out
    assert out == empty("guide", "lagga in").out
    assert out.startswith("## Lägga in utfall\n")
    assert "### Så kan ett utfall skrivas" in out
    assert "## Varför blev det så?" not in out


def test_or_else_by_what_stands_in_them(empty: Folder) -> None:
    out = empty("guide", "USB-minne").out
    assert out.startswith("## Första starten\n")
    assert "## Flera som arbetar samtidigt" in out


def test_what_it_says_nothing_of_is_told_with_its_headings(empty: Folder) -> None:
    told = empty("guide", "zzzzzz", code=2).err
    assert "Guiden har inget om ”zzzzzz”" in told
    assert "Lägga in utfall" in told


def test_settings_that_cannot_be_read_hinder_nobody_from_reading_it(empty: Folder) -> None:
    (empty.path / "config.toml").write_text("nonsens", encoding="utf-8")
    assert empty("guide", "USB").out


def test_every_word_of_it_is_read_in_the_window_too() -> None:
    """What is left out there are pictures, rows that head a table, and the marks that set the text."""
    for section in guide_sections():
        blocks = list(as_blocks([section]))
        shown = " ".join(f"{each.term} {each.text}" if isinstance(each, Pair) else each.text for each in blocks)
        assert not set("`#") & set(shown)
        assert "](" not in shown
        assert "**" not in shown
        for line in section.lines:
            if line and not line.startswith(("|", "!", "```", "-", "1", "2", "3", "4")):
                for word in plain(line).split():
                    assert word in shown
        assert Prose("") in blocks or not any(section.lines)


def test_all_of_it_lies_in_a_section() -> None:
    text = "\n".join(each.markdown for each in guide_sections())
    assert "".join(text.split()) == "".join(guide_text().split())
    assert len(sections_about("")) == len(guide_sections())


@pytest.mark.thorough
@pytest.mark.parametrize("environment", [{"PAGER": "cat"}, {"PATH": "/nowhere"}, {"PAGER": "cat", "NO_COLOR": "1"}])
def test_in_a_terminal_it_is_shown_in_the_pager_or_printed(tmp_path: Path, environment: dict[str, str]) -> None:
    surroundings = {"PATH": "/usr/bin:/bin", "TERM": "xterm-256color", **environment}
    with Terminal("guide", "hitta runt", folder=tmp_path, environment=surroundings) as terminal:
        assert terminal.wait_for_end() == 0
        told = terminal.raw.decode()
    assert "Mellanslag" in told
    assert "##" not in told
    assert "pictures" not in told
    assert ("\x1b[" in told) is ("PAGER" in environment and "NO_COLOR" not in environment)
