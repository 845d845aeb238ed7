"""The reader's language: every text is translated, and figures and times are written as Swedes write them."""

from __future__ import annotations

import ast
import gettext
import io
import os
import re
import string
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui import i18n
from kvaltui.catalogue import CatalogueError, compile_file, compiled, read_entries
from kvaltui.i18n import N_, _, amount, catalogue, clock, day, install, language, moment, number, say
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.words import field_word, word
from tests.test_words import FIELDS, SETS

PACKAGE = Path(i18n.__file__).parent
SOURCE = PACKAGE / "locale/sv.po"
MARKS = {"_", "N_", "Message"}
TRANSLATES_VARIABLES = {"kvaltui/i18n.py", "kvaltui/exchange/table_rows.py"}


def literals(node: ast.expr) -> Iterator[str | None]:
    """The texts that an argument can be: a literal, or one of two; None for what only shows when the program runs."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    else:
        yield None


def marked(path: Path) -> Iterator[tuple[str, str | None]]:
    """Where and what: every text in a module that the catalogue must have."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in MARKS:
                for text in literals(node.args[0]):
                    yield f"{path.relative_to(PACKAGE.parent).as_posix()}:{node.lineno}", text


def named() -> Iterator[tuple[str, str]]:
    """The words of all fields and of all members of closed sets, which are their names where nothing else is said."""
    asked: list[str] = []

    def note(text: str) -> str:
        asked.append(text)
        return text

    install("en", note)
    said = {name: field_word(name) for name in FIELDS} | {repr(each): word(each) for kind in SETS for each in kind}
    install("sv")
    yield from zip(said, asked, strict=True)


@cache
def used() -> tuple[tuple[str, str | None], ...]:
    return (*(found for path in sorted(PACKAGE.rglob("*.py")) for found in marked(path)), *named())


ENTRIES = list(read_entries(SOURCE.read_text(encoding="utf-8")))


def placeholders(text: str) -> set[str]:
    """Ours are {named}; argparse's own texts have %s and %(name)s."""
    named = {name for _literal, name, _format, _conversion in string.Formatter().parse(text) if name is not None}
    return named | set(re.findall(r"%(?:\(\w+\))?[sdr]", text))


def test_every_text_is_a_literal_that_the_catalogue_can_have() -> None:
    assert [where for where, text in used() if text is None and where.split(":")[0] not in TRANSLATES_VARIABLES] == []


def test_every_text_is_translated() -> None:
    translated = {entry.text for entry in ENTRIES}
    assert {text: where for where, text in used() if text is not None and text not in translated} == {}


def test_no_translation_is_left_over() -> None:
    wanted = {text for _where, text in used()}
    assert [f"{SOURCE.name}:{entry.line}: {entry.text}" for entry in ENTRIES if entry.text not in wanted] == []


def test_no_text_is_translated_twice() -> None:
    assert [text for text, count in Counter(entry.text for entry in ENTRIES).items() if count > 1] == []


def test_translations_have_the_placeholders_of_their_texts() -> None:
    wrong = [entry for entry in ENTRIES if placeholders(entry.text) != placeholders(entry.translation)]
    assert wrong == []


def test_translations_are_typeset_in_swedish() -> None:
    assert [entry for entry in ENTRIES if set("“‘„") & set(entry.translation)] == []


def test_the_compiled_catalogue_says_what_the_source_says(tmp_path: Path) -> None:
    compile_file(SOURCE, tmp_path / "sv/kvaltui.mo")
    with (tmp_path / "sv/kvaltui.mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert {entry.text: translations.gettext(entry.text) for entry in ENTRIES} == {
        entry.text: entry.translation for entry in ENTRIES
    }


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@given(st.dictionaries(texts, texts))
def test_any_catalogue_is_compiled(translations: dict[str, str]) -> None:
    read = gettext.GNUTranslations(io.BytesIO(compiled(translations)))
    assert {text: read.gettext(text) for text in translations} == translations


@given(st.dictionaries(texts, texts), texts)
def test_a_compiled_catalogue_finds_what_it_has_and_leaves_the_rest(translations: dict[str, str], other: str) -> None:
    find = i18n.Compiled(compiled(translations)).translate
    assert {text: find(text) for text in translations} == translations
    assert find(other) == translations.get(other, other)


def test_entries_over_several_lines_and_escapes() -> None:
    source = 'msgid ""\nmsgstr ""\n"Language: sv\\n"\n\n# note\nmsgid "a "\n"\\"b\\""\nmsgstr ""\n"c\\n"\n"d\\\\"\n'
    assert [(entry.text, entry.translation, entry.line) for entry in read_entries(source)] == [('a "b"', "c\nd\\", 6)]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('msgid "a"\nmsgstr ""\n', 1),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 1),
        ('msgstr "a"\n', 1),
        ('"a"\n', 1),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3),
        ('msgid "a\nmsgstr "b"\n', 1),
        ('msgid "a"\nmsgstr "b\\x"\n', 2),
        ('msgid_plural "a"\n', 1),
        ("<<<<<<< HEAD\n", 1),
    ],
)
def test_a_broken_source_is_refused_with_its_line(source: str, line: int) -> None:
    with pytest.raises(CatalogueError, match=f"line {line}: "):
        list(read_entries(source))


def test_an_outdated_compiled_catalogue_gives_way_to_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(i18n, "_LOCALE", tmp_path)
        source, target = tmp_path / "sv.po", tmp_path / "sv/LC_MESSAGES/kvaltui.mo"
        source.write_text('msgid "figure"\nmsgstr "siffra"\n', encoding="utf-8")
        assert catalogue("sv")("figure") == "siffra"
        compile_file(source, target)
        source.write_text('msgid "figure"\nmsgstr "uppgift"\n', encoding="utf-8")
        os.utime(source, ns=(0, target.stat().st_mtime_ns - 1))
        assert catalogue("sv")("figure") == "siffra"
        os.utime(source, ns=(0, target.stat().st_mtime_ns + 1))
        assert catalogue("sv")("figure") == "uppgift"
        source.unlink()
        assert catalogue("sv")("figure") == "siffra"


def test_messages_are_said_in_either_language() -> None:
    message = Message("{file} cannot be read: {problem}", file="a", problem=Message("the disk is full"))
    assert say(message) == "a kan inte läsas: disken är full"
    install("en")
    assert language() == "en"
    assert say(message) == "a cannot be read: the disk is full" == str(message)


def test_values_are_written_for_the_reader() -> None:
    install("sv", lambda text: text)
    values = Message("{a}|{b}|{c}|{d}", a=Decimal("-3420.5"), b=1473495, c="1.5 {a} [/x]", d=Period.parse("2022"))
    assert say(values) == "−3~420,5|1~473~495|1.5 {a} [/x]|2022".replace("~", "\N{NO-BREAK SPACE}")


def test_another_catalogue_can_take_the_place() -> None:
    swedish = catalogue("sv")
    install("sv", lambda text: f"⟦{swedish(text)}⟧")
    assert _(N_("the disk is full")) == "⟦disken är full⟧"


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (Decimal("1473495"), None, "1~473~495", "1,473,495"),
        (Decimal("-3420"), None, "−3~420", "−3,420"),
        (Decimal("0.760"), None, "0,760", "0.760"),
        (Decimal("0.755"), 2, "0,76", "0.76"),
        (Decimal("-0.5"), 0, "−1", "−1"),
        (42, 1, "42,0", "42.0"),
        (0, None, "0", "0"),
    ],
)
def test_numbers(value: Decimal | int, decimals: int | None, swedish: str, english: str) -> None:
    assert number(value, decimals) == swedish.replace("~", "\N{NO-BREAK SPACE}")
    install("en")
    assert number(value, decimals) == english


def test_an_amount_never_parts_from_its_unit() -> None:
    assert amount(2000, "tkr") == "2\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}tkr"
    assert amount(Decimal("86.25"), "%", 1) == "86,3\N{NO-BREAK SPACE}%"
    assert amount(5, "") == "5"


def test_times_are_those_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Europe/Stockholm")
    time.tzset()
    try:
        when = datetime(2022, 6, 30, 22, 5, tzinfo=UTC)
        assert (day(when), clock(when), moment(when)) == ("2022-07-01", "00:05", "2022-07-01 00:05")
        assert day(date(2022, 6, 30)) == "2022-06-30"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_speaking_brings_in_nothing_heavy() -> None:
    program = "import sys; from kvaltui.i18n import _; _('it is a folder'); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True
    ).stdout.split()
    assert not {"babel", "textual", "rich", "peewee", "importlib.metadata"} & set(loaded)
