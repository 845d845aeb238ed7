"""Links in a terminal: only where they are known, only to pages and files, and never a command out of a text."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.columns import Column
from kvaltui.commands.colour import print_coloured
from kvaltui.commands.hyperlinks import address_in, addresses_in, has_links, link_to_file, linked
from kvaltui.commands.layout import Table, TableCell
from tests.commands.conftest import Folder
from tests.properties import examples
from tests.terminal.terminal import Terminal

LINK = re.compile(r"\x1b\]8;[^;\x1b]*;([^\x1b]*)\x1b\\")
KNOWN: tuple[Mapping[str, str], ...] = (
    {"WT_SESSION": "9c1b"},
    {"VTE_VERSION": "7006", "TERM": "xterm-256color"},
    {"TERM": "xterm-kitty"},
    {"KITTY_WINDOW_ID": "1"},
    {"DOMTERM": "version=3"},
    {"TERM": "foot"},
    {"TERM": "alacritty"},
    {"KONSOLE_VERSION": "220401"},
    {"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.4.19"},
    {"TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20240203-110809-5046fc22"},
    {"TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.95.0"},
    {"TERM_PROGRAM": "ghostty"},
    {"FORCE_HYPERLINK": "1", "TERM": "xterm"},
    {"FORCE_HYPERLINK": "1", "TERM": "tmux-256color", "TMUX": "x"},
)
UNKNOWN: tuple[Mapping[str, str], ...] = (
    {},
    {"TERM": "xterm-256color"},
    {"TERM": "dumb", "WT_SESSION": "9c1b"},
    {"TERM": "linux", "VTE_VERSION": "7006"},
    {"VTE_VERSION": "4602"},
    {"VTE_VERSION": "5000"},
    {"VTE_VERSION": "ny"},
    {"KONSOLE_VERSION": "190401"},
    {"TERM_PROGRAM": "Apple_Terminal", "TERM_PROGRAM_VERSION": "453"},
    {"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.0.15"},
    {"TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.71.2"},
    {"TERM": "tmux-256color", "VTE_VERSION": "7006"},
    {"TERM": "xterm-256color", "VTE_VERSION": "7006", "TMUX": "/tmp/tmux-0/default,1,0"},
    {"TERM": "screen", "WT_SESSION": "9c1b"},
    {"STY": "1.pts", "WT_SESSION": "9c1b"},
    {"CI": "true", "WT_SESSION": "9c1b"},
    {"NO_COLOR": "1", "WT_SESSION": "9c1b"},
    {"FORCE_HYPERLINK": "0", "WT_SESSION": "9c1b"},
)


class Seated(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("environment", KNOWN, ids=str)
def test_a_terminal_that_is_known_has_links_and_a_pipe_never(environment: Mapping[str, str]) -> None:
    assert has_links(Seated(), environment)
    assert not has_links(io.StringIO(), environment)
    assert not has_links(None, environment)


@pytest.mark.parametrize("environment", UNKNOWN, ids=str)
def test_others_have_none(environment: Mapping[str, str]) -> None:
    assert not has_links(Seated(), environment)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("SCB, https://www.scb.se/hitta?id=1&x=%20.", "https://www.scb.se/hitta?id=1&x=%20"),
        ("(se http://kolada.se/rapport)", "http://kolada.se/rapport"),
        ("https://sv.wikipedia.org/wiki/Mål_(idrott)", "https://sv.wikipedia.org/wiki/M%C3%A5l_(idrott)"),
        ("HTTPS://Nacka.se", "https://Nacka.se"),
        ("https://göteborg.se/å", "https://xn--gteborg-90a.se/%C3%A5"),
        ("https://a.se/1, https://b.se/2", "https://a.se/1"),
        ("Öppna jämförelser 2022", ""),
        ("file:///etc/passwd", ""),
        ("javascript://a.se/%0aalert(1)", ""),
        ("https://anna:hemligt@intranet.se/x", ""),
        ("https://", ""),
        ("https://a.se/" + "x" * 3000, ""),
    ],
)
def test_addresses_of_pages_are_found_in_texts(text: str, address: str) -> None:
    assert address_in(text) == address


@examples(300)
@given(st.text(alphabet=st.sampled_from("htps:/?#[]@åÅ\x1b\x07\\;\x9c\u202e a.%\n'\"")) | st.text())
def test_no_text_becomes_a_command(text: str) -> None:
    for start, end, address in addresses_in("https://a.se/" + text):
        assert 0 <= start < end
        assert re.fullmatch(r"https?://[!-~]+", address)
        assert linked("x", address).count("\x1b") == 4


@examples(60)
@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_a_table_has_no_commands_but_colours_and_links_to_pages(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        out = Seated()
        patch.setattr("sys.stdout", out)
        patch.setenv("FORCE_HYPERLINK", "1")
        patch.setenv("TERM", "xterm-256color")
        print_coloured(None, [Table((Column(),), [(TableCell(f"https://a.se/{text}"),)])], 80)
    left = LINK.sub("", re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()))
    assert "\x1b" not in left
    assert all(re.fullmatch(r"(https?://[!-~]+)?", each) for each in LINK.findall(out.getvalue()))


def test_files_have_none_over_ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "å b.txt"
    assert link_to_file(place) == place.as_uri()
    assert " " not in link_to_file(place)
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    assert link_to_file(place) == ""


def in_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    with Terminal(*arguments, folder=folder, environment=environment) as terminal:
        assert terminal.wait_for_end() == 0
        return terminal.raw.decode()


@pytest.mark.thorough
def test_status_show_locate_and_export_link_where_the_terminal_can(nacka: Folder) -> None:
    key, page = "sabo-mat-smakar", "https://exempel.se/undersökning"
    nacka("enter", key, "40 %", "--source", f"Enkät, {page}")
    known = {"WT_SESSION": "1"}
    assert "https://exempel.se/unders%C3%B6kning" in LINK.findall(in_terminal(nacka.path, "status", **known))
    assert "https://exempel.se/unders%C3%B6kning" in LINK.findall(in_terminal(nacka.path, "show", key, **known))
    places = LINK.findall(in_terminal(nacka.path, "locate", **known))
    assert nacka.database.parent.as_uri() in places
    assert (nacka.path / "config.toml").as_uri() in places
    written = in_terminal(nacka.path, "export", "ut.csv", **known)
    assert LINK.findall(written) == [(nacka.path / "ut.csv").as_uri(), ""]
    assert "ut.csv" in LINK.sub("", written)
    for command in (("status",), ("show", key), ("locate",)):
        assert "\x1b]8" not in in_terminal(nacka.path, *command)
        assert "\x1b]8" not in in_terminal(nacka.path, *command, WT_SESSION="1", FORCE_HYPERLINK="0")
        assert "\x1b]8" not in nacka(*command).out


def test_what_a_source_holds_is_shown_but_never_obeyed(nacka: Folder) -> None:
    nacka("enter", "sabo-mat-smakar", "40 %", "--source", "https://a.se/\x1b]8;;file:///x\x1b\\b")
    told = in_terminal(nacka.path, "show", "sabo-mat-smakar", WT_SESSION="1")
    assert all(each in ("", "https://a.se/") for each in LINK.findall(told))
