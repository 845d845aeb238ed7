"""Files that are no files, or that unpack to everything there is: refused in words, within little time and memory."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from kvaltui.config_file import load
from kvaltui.exchange.bundle_file import read_bundle_file
from kvaltui.exchange.csv_table import read_csv
from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.plan_reader import read_plan_file
from kvaltui.exchange.reading import MOST_OF_A_PLAN, MOST_OF_A_TABLE, read_file
from kvaltui.exchange.xlsx_table import read_xlsx, write_xlsx
from kvaltui.setting import ConfigError
from kvaltui.toml_depth import TooDeep, parse_toml
from tests.processes import exit_code
from tests.sampled import sampled

ROOM = 300 * 2**20
"""So much memory each of them may take, what Python and its libraries have mapped before not counted."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADINGS = '<row r="1"><c t="inlineStr"><is><t>nyckel</t></is></c><c t="inlineStr"><is><t>utfall</t></is></c></row>'
CELL = "<c><v>1</v></c>"


def part(name: str, kind: str) -> str:
    kind = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
    return f"<Override PartName={quoteattr(name)} ContentType={quoteattr(kind)}/>"


def relations(*targets: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def workbook(
    rows: Iterable[str],
    *,
    before: str = "",
    strings: Iterable[str] = (),
    formats: str = "",
    sheets: str = "",
    parts: int = 0,
) -> Callable[[Path], None]:
    """What writes a workbook with these rows of XML in its one sheet."""

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            types = part("/xl/workbook.xml", "sheet.main") + part("/xl/worksheets/sheet1.xml", "worksheet")
            types += part("/xl/sharedStrings.xml", "sharedStrings") + part("/xl/styles.xml", "styles")
            archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{rels}{types}</Types>')
            archive.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.xml")))
            sheet = f'<sheets><sheet name="a" sheetId="1" r:id="r0"/>{sheets}</sheets>'
            archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheet}</workbook>')
            linked = (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))
            archive.writestr("xl/_rels/workbook.xml.rels", relations(*linked, ("styles", "styles.xml")))
            archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{formats}</styleSheet>')
            with archive.open("xl/sharedStrings.xml", "w") as file:
                file.writelines(each.encode() for each in (f'<sst xmlns="{MAIN}">', *strings, "</sst>"))
            with archive.open("xl/worksheets/sheet1.xml", "w") as file:
                file.write(f'<worksheet xmlns="{MAIN}">{before}<sheetData>{HEADINGS}'.encode())
                file.writelines(each.encode() for each in rows)
                file.write(b"</sheetData></worksheet>")
            for number in range(parts):
                archive.writestr(f"xl/media/{number}", b"")

    return write


def text(*pieces: str | tuple[str, int]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(each if isinstance(each, str) else each[0] * each[1] for each in pieces)

    return write


def hole(size: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return write


def repeated(piece: str, times: int, each: int = 1000) -> list[str]:
    return [piece * each] * (times // each)


TABLE = "nyckel;utfall\n"
PLAN = "format = 1\n"
BOMBS: dict[str, Callable[[Path], None]] = {
    "cells.xlsx": workbook(repeated(f"<row>{CELL * 100}</row>", 100_000, 100)),
    "few-columns.xlsx": workbook(repeated(f"<row>{CELL * 14}</row>", 100_000)),
    "empty-cells.xlsx": workbook(repeated("<c/>", 50_000_000, 100_000)),
    "empty-rows.xlsx": workbook(repeated("<row/>", 30_000_000, 100_000)),
    "one-row.xlsx": workbook(["<row>", *repeated(CELL, 1_000_000), "</row>"]),
    "far-below.xlsx": workbook([f'<row r="2000000000">{CELL}</row>']),
    "formulas.xlsx": workbook(repeated(f"<row>{'<c><f>1</f></c>' * 50}</row>", 50_000, 100)),
    "other-names.xlsx": workbook(repeated(f'<x:row xmlns:x="{MAIN}">{"<x:c><x:v>1</x:v></x:c>" * 99}</x:row>', 60_000)),
    "strings.xlsx": workbook([], strings=repeated("<si><t>a</t></si>", 8_000_000, 10_000)),
    "long-string.xlsx": workbook([], strings=["<si><t>", *repeated("a" * 1000, 200_000), "</t></si>"]),
    "formats.xlsx": workbook([], formats="<xf/>" * 400_000),
    "sheets.xlsx": workbook([], sheets='<sheet name="b" sheetId="2" r:id="r0"/>' * 150_000),
    "attributes.xlsx": workbook(["<row ", *(f"a{at}='1' " for at in range(300_000)), "/>"]),
    "entities.xlsx": workbook([], before='<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]>'),
    "parts.xlsx": workbook([], parts=20_000),
    "line.csv": text(TABLE, ("a", 50_000_000)),
    "columns.csv": text(TABLE, (";", 1_000_000)),
    "filled-columns.csv": text(TABLE, ("1;", 400_000)),
    "lines-of-columns.csv": text((f"{';' * 1_000_000}\n", 50)),
    "cells.csv": text(TABLE, (f"{'1;' * 900}\n", 30_000)),
    "lines.csv": text(TABLE, ("\n", 50_000_000)),
    "returns.csv": text(TABLE, ("\r", 50_000_000)),
    "quoted.csv": text(TABLE, '"', ("a\n", 25_000_000)),
    "hole.csv": hole(MOST_OF_A_TABLE),
    "hole.xlsx": hole(MOST_OF_A_TABLE),
    "hole.toml": hole(MOST_OF_A_PLAN),
    "hole.json": hole(MOST_OF_A_PLAN),
    "hole.kvb": hole(200 * 2**20),
    "endless.toml": hole(2**40),
    "endless.csv": hole(2**40),
    "endless.kvb": hole(2**40),
    "name.toml": text(PLAN, ".".join(["a"] * 20_000), " = 1\n"),
    "quoted-name.toml": text(PLAN, " . ".join(['"a # b"', "'c'"] * 4_000), " = 1\n"),
    "heading.toml": text(PLAN, "[", ".".join(["a"] * 20_000), "]\n"),
    "name-in-a-list.toml": text(PLAN, 'a = ["""\n""", {', ".".join(["a"] * 20_000), " = 1}]\n"),
    "lists.toml": text(PLAN, "a = ", ("[", 20_000), ("]", 20_000)),
    "tables.toml": text(PLAN, "a = ", ("{a = ", 8_000), "1", ("}", 8_000)),
    "long-name.toml": text(PLAN, ("a", 5_000_000), " = 1\n"),
    "number.toml": text("format = 0x", ("f", 100_000)),
    "lists.json": text('{"format": 1, "a": ', ("[", 1_000_000)),
    "objects.json": text('{"format": 1, "a": ', ('{"a": ', 1_000_000)),
    "many-lists.json": text('{"format": 1, "a": [', ("[],", 25_000_000), "[]]}"),
    "long-name.json": text('{"format": 1, "', ("a", 5_000_000), '": 1}'),
    "number.json": text('{"format": ', ("9", 100_000), "}"),
}


def table(read: Callable[[bytes, str], object]) -> Callable[[Path], object]:
    return lambda path: read(read_file(path, MOST_OF_A_TABLE), path.name)


READERS: dict[str, Callable[[Path], object]] = {
    ".toml": read_plan_file,
    ".json": read_plan_file,
    ".kvb": read_bundle_file,
    ".csv": table(read_csv),
    ".xlsx": table(read_xlsx),
}


def told_with_little_room(path: Path) -> str:
    """What is told of a file that is read in a process with so much room and no more."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (mapped + ROOM, mapped + ROOM))
            READERS[path.suffix](path)
        except FileError as error:
            os.write(writing, str(error).encode())
        except BaseException as fault:  # noqa: BLE001 - it is told by the process that waits
            os.write(writing, f"not refused in words, but {fault!r}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        try:
            assert exit_code(child) == 0
        except TimeoutError:
            os.kill(child, signal.SIGKILL)
            raise
        return told.read()


@pytest.mark.thorough
@pytest.mark.parametrize("name", sampled(BOMBS, 6))
def test_what_would_take_all_time_and_memory_is_refused(tmp_path: Path, name: str) -> None:
    BOMBS[name](tmp_path / name)
    told = told_with_little_room(tmp_path / name)
    assert name in told
    assert len(told) < 500


@pytest.mark.thorough
@pytest.mark.parametrize(
    "rows",
    [[f'<row r="2000000000">{CELL}</row>'], [f'<row><c r="CV{at}"><v>1</v></c></row>' for at in range(2, 20_003)]],
    ids=["far below", "far to the right"],
)
def test_cells_far_away_are_too_many(tmp_path: Path, rows: list[str]) -> None:
    place = tmp_path / "far.xlsx"
    workbook(rows)(place)
    with pytest.raises(FileError, match=r"far\.xlsx is too large: at most [\d.,\s]+ cells"):
        READERS[place.suffix](place)


def test_the_config_is_refused_as_well(tmp_path: Path) -> None:
    for name in ("name.toml", "quoted-name.toml", "heading.toml", "lists.toml", "tables.toml", "long-name.toml"):
        BOMBS[name](tmp_path / name)
        with pytest.raises(ConfigError, match=name):
            load(tmp_path / name)


ODD: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "folder": Path.mkdir,
    "socket": lambda path: socket.socket(socket.AF_UNIX).bind(str(path)),
    "zeros": lambda path: path.symlink_to("/dev/zero"),
    "terminal": lambda path: path.symlink_to("/dev/tty"),
    "memory": lambda path: path.symlink_to("/proc/self/mem"),
    "circle": lambda path: path.symlink_to(path.name),
    "nothing": lambda path: path.symlink_to("nothing-there"),
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_is_no_file_keeps_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.chdir(tmp_path)
    place = Path("odd")
    ODD[kind](place)
    with pytest.raises(FileError, match="odd"):
        read_file(place, MOST_OF_A_PLAN)
    with pytest.raises(ConfigError, match="odd"):
        load(place)


@pytest.mark.parametrize(
    "plan",
    [
        "a = 'www.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s'",
        'a = "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19"  # a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r',
        'a = """\nSe a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t "i" den."""',
        "a = '''\n'a'.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.'''",
        'a = "................................................"',
        f"a = [{', '.join(['1.5'] * 100)}]",
        '"a.b".c.d = 1\n[e.f.g]\nh = {i.j = [[[1.0]]]}',
    ],
)
def test_dots_in_texts_are_no_depth(plan: str) -> None:
    assert parse_toml(plan)


@pytest.mark.parametrize("dot", [".", " . ", '."b".', ".'b # c'."])
def test_how_deep_a_name_may_be(dot: str) -> None:
    assert parse_toml(f"{dot.join('abcdefgh')} = 1" if len(dot) < 4 else f"a{dot}c{dot}d = 1")
    with pytest.raises(TooDeep):
        parse_toml(f"text = '''a\n'''  # '\n[ok]\n{dot.join('abcdefghijklmnopqrstuvw')} = 1")


@pytest.mark.thorough
def test_a_large_table_is_read() -> None:
    rows = [("nyckel", "utfall", "anteckning")]
    rows += [(f"indikator-{number}", f"{number % 100} %", "samma ord på varje rad") for number in range(20_000)]
    read = read_xlsx(write_xlsx(rows[1:], "Stor", rows[0]), "stor.xlsx")
    assert [row for _number, row in read.rows] == rows
    lines = "".join(f"{';'.join(row)};;;\r\n" for row in rows)
    assert [row for _number, row in read_csv(lines.encode(), "stor.csv").rows] == rows


@pytest.mark.thorough
def test_a_large_plan_is_read(tmp_path: Path) -> None:
    indicators = [{"key": f"i{number}", "name": f"Nyckeltal {number}", "unit": "%"} for number in range(20_000)]
    plan = {"format": 1, "plan": {"key": "stor", "title": "Stor", "periods": ["2022"]}, "indicator": indicators}
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    assert len(list(read_plan_file(tmp_path / "plan.json").content)) == 20_001
