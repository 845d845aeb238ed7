"""A report as a Word document. python-docx is imported where it is used: it costs more than the rest of a command."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, assert_never

from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.report_blocks import (
    Block,
    Items,
    Paragraph,
    Report,
    ReportCell,
    ReportGrid,
    ReportHeading,
    Verdicted,
    text_of,
)
from kvaltui.model.message import Message
from kvaltui.model.status import Status

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row

_COLOURS = {
    Status.ACHIEVED: (0x1D, 0x6B, 0x2F),
    Status.PARTIALLY_ACHIEVED: (0x7A, 0x52, 0x00),
    Status.NOT_ACHIEVED: (0xA3, 0x16, 0x21),
    Status.NOT_ASSESSED: (0x59, 0x59, 0x59),
    Status.NOT_APPLICABLE: (0x59, 0x59, 0x59),
}
_LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}


def docx(report: Report) -> bytes:
    """The bytes of a .docx: real headings, so that Word makes a table of contents, and tables that repeat theirs.

    Raises FileError where the libraries for it cannot be loaded, as on a computer that lets no foreign library be.
    """
    try:
        from docx.api import Document
    except ImportError as error:
        package = (error.name or "docx").partition(".")[0]
        raise FileError(
            Message(
                "A Word document cannot be made here, where the package {package} cannot be loaded. "
                "The report can be written as .html, which Word opens, or as .md",
                package=package,
            )
        ) from error

    document = Document()
    document.core_properties.title = report.title[:255]
    document.core_properties.author = "kvaltui"
    document.core_properties.language = _LANGUAGES.get(report.language, report.language)
    _set_page(document, report.language)
    for block in report.blocks:
        _add(document, block)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _set_page(document: Document, language: str) -> None:
    """A4 and the language of the spelling."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    style: Any = document.styles["Normal"]
    style.font.size = Pt(10)
    properties = style.element.get_or_add_rPr()
    mark = properties.makeelement(qn("w:lang"), {qn("w:val"): _LANGUAGES.get(language, language)})
    properties.append(mark)


def _add(document: Document, block: Block) -> None:
    match block:
        case ReportHeading():
            document.add_heading(block.text, level=0 if block.level == 1 else block.level - 1)
        case Paragraph():
            paragraph = document.add_paragraph()
            if block.label:
                paragraph.add_run(f"{block.label} ").bold = True
            paragraph.add_run(block.text)
        case Items():
            for text in block.texts:
                document.add_paragraph(text, style="List Bullet")
        case ReportGrid():
            _add_table(document, block)
        case _:
            assert_never(block)


def _add_table(document: Document, grid: ReportGrid) -> None:
    # All rows at once: python-docx adds a row in a time that grows with the table.
    table = document.add_table(rows=1 + len(grid.rows), cols=len(grid.headings), style="Table Grid")
    first, *others = table.rows
    _fill_row(first, grid.headings, grid.numeric, is_heading=True)
    _repeat_on_each_page(first)
    for row, cells in zip(others, grid.rows, strict=True):
        _fill_row(row, cells, grid.numeric)
    document.add_paragraph()


def _fill_row(row: _Row, cells: tuple[ReportCell, ...], numeric: frozenset[int], *, is_heading: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    for place, (shown, cell) in enumerate(zip(row.cells, cells, strict=True)):
        paragraph = shown.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if place in numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(text_of(cell))
        run.font.size = Pt(9)
        if is_heading or isinstance(cell, Verdicted):
            run.bold = True
        if isinstance(cell, Verdicted):
            run.font.color.rgb = RGBColor(*_COLOURS[cell.status])


def _repeat_on_each_page(row: _Row) -> None:
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))
