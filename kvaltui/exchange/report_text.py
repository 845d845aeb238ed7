"""A report as Markdown and as one HTML page that needs nothing beside itself. Text stays text in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import assert_never

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

_MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~])")
_MARKDOWN_START = re.compile(r"(\s*\d*)([-+=.)])")
_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.3rem; margin-top: 2.5rem; border-bottom: 2px solid #d0d0d0; }
h3 { font-size: 1.1rem; margin-top: 1.8rem; }
h4 { font-size: 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #d0d0d0; }
th { border-bottom: 2px solid #8a8a8a; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.status { white-space: nowrap; font-weight: 600; }
.achieved { color: #1d6b2f; } .partially_achieved { color: #7a5200; } .not_achieved { color: #a31621; }
.not_assessed, .not_applicable { color: #595959; }
@media print { body { margin: 0; max-width: none; } h2, h3, h4 { break-after: avoid; } tr { break-inside: avoid; } }
"""


def markdown(report: Report) -> str:
    """The report as Markdown (GitHub's, for the tables)."""
    return "\n".join(line for block in report.blocks for line in (*_markdown_lines(block), ""))


def _markdown_lines(block: Block) -> Iterator[str]:
    match block:
        case ReportHeading():
            yield f"{'#' * block.level} {_markdown(block.text)}"
        case Paragraph():
            label = f"**{_markdown(block.label)}** " if block.label else ""
            # Two spaces at the end of a line break it there.
            yield from (label + "  \n".join(_markdown_line(line) for line in block.text.split("\n"))).split("\n")
        case Items():
            for text in block.texts:
                yield f"- {_markdown_line(text)}"
        case ReportGrid():
            yield _markdown_row(block.headings)
            marks = ("---:" if place in block.numeric else "---" for place in range(len(block.headings)))
            yield f"| {' | '.join(marks)} |"
            for row in block.rows:
                yield _markdown_row(row)
        case _:
            assert_never(block)


def _markdown_row(cells: tuple[ReportCell, ...]) -> str:
    return "| " + " | ".join(_markdown(text_of(cell)) for cell in cells) + " |"


def _markdown(text: str) -> str:
    """The text so that it stands there as it is, on one line."""
    return _MARKDOWN.sub(r"\\\1", escape(" ".join(text.split("\n")), quote=False))


def _markdown_line(text: str) -> str:
    """The same at the beginning of a line, where "1." and "-" would begin a list."""
    escaped = _markdown(text)
    start = _MARKDOWN_START.match(escaped)
    return f"{start[1]}\\{escaped[start.end() - 1 :]}" if start else escaped


def html(report: Report) -> str:
    """The report as a page that a browser, a mail program or a printer shows alike."""
    body = "\n".join(line for block in report.blocks for line in _html_lines(block))
    return (
        f'<!doctype html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _html_lines(block: Block) -> Iterator[str]:
    match block:
        case ReportHeading():
            yield f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case Paragraph():
            label = f"<strong>{escape(block.label)}</strong> " if block.label else ""
            yield f"<p>{label}{escape(block.text).replace(chr(10), '<br>')}</p>"
        case Items():
            yield "<ul>"
            yield from (f"<li>{escape(text)}</li>" for text in block.texts)
            yield "</ul>"
        case ReportGrid():
            yield "<table>"
            yield f"<thead>{_html_row('th', block.headings, block.numeric)}</thead>"
            yield "<tbody>"
            yield from (_html_row("td", row, block.numeric) for row in block.rows)
            yield "</tbody></table>"
        case _:
            assert_never(block)


def _html_row(tag: str, cells: tuple[ReportCell, ...], numeric: frozenset[int]) -> str:
    return f"<tr>{''.join(_html_cell(tag, cell, place in numeric) for place, cell in enumerate(cells))}</tr>"


def _html_cell(tag: str, cell: ReportCell, is_number: bool) -> str:
    kind = f"status {cell.status}" if isinstance(cell, Verdicted) else "number" if is_number else ""
    attribute = f' class="{kind}"' if kind else ""
    scope = ' scope="col"' if tag == "th" else ""
    return f"<{tag}{scope}{attribute}>{escape(text_of(cell)).replace(chr(10), '<br>')}</{tag}>"
