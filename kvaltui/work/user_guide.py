"""The user's guide, which comes with the program: its sections, found by their words, and as texts to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import takewhile

from kvaltui.model.pattern import pattern
from kvaltui.model.value import dataclass
from kvaltui.work.name_search import has_words
from kvaltui.work.reading_blocks import Heading, Pair, Prose, TextBlock

_HEADING = pattern(r"(#{1,6}) (.+)")
_FENCE = "```"
_PICTURE = pattern(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = pattern(r"\[([^\]]*)\]\(([^)]*)\)")
_MARKS = pattern(r"\*\*|\*(?=\S)|(?<=\S)\*|`")
_ITEM = pattern(r"(-|\d+\.) +(.*)")
_RULE = pattern(r"[|:\s-]+")
_CELL_ENDS = pattern(r"(?<!\\)\|")
_BULLET = "–"


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A heading of the guide with what stands below it, up to the next heading. The title's level is 1."""

    title: str
    level: int
    lines: tuple[str, ...]

    @property
    def markdown(self) -> str:
        """The section as it is written."""
        return "\n".join((f"{'#' * self.level} {self.title}", *self.lines)).rstrip() + "\n"


def guide_text() -> str:
    """The whole guide, as it is written."""
    return (files("kvaltui") / "guide" / "anvandarguide.md").read_text(encoding="utf-8")


@cache
def guide_sections() -> tuple[GuideSection, ...]:
    """The sections of the guide, in their order."""
    found: list[tuple[str, int, list[str]]] = []
    is_code = False
    for line in guide_text().splitlines():
        is_code ^= line.startswith(_FENCE)
        heading = None if is_code else _HEADING.fullmatch(line)
        if heading:
            found.append((heading[2], len(heading[1]), []))
        elif found:
            found[-1][2].append(line)
    return tuple(GuideSection(title, level, tuple(lines)) for title, level, lines in found)


def with_below(section: GuideSection) -> Sequence[GuideSection]:
    """A section with those that lie under it."""
    sections = guide_sections()
    after = sections[sections.index(section) + 1 :]
    return (section, *takewhile(lambda each: each.level > section.level, after))


def sections_about(words: str) -> Sequence[GuideSection]:
    """The sections with words in their headings, each with those under it; otherwise those with them in their text."""
    sections = guide_sections()
    named = [each for each in sections if has_words(words, each.title)]
    if named:
        return tuple(dict.fromkeys(below for each in named for below in with_below(each)))
    return tuple(each for each in sections if has_words(words, each.markdown))


def as_blocks(sections: Iterable[GuideSection]) -> Iterator[TextBlock]:
    """Sections as a text to be read, without pictures and without the marks that set it."""
    for section in sections:
        yield Heading(section.title)
        yield from _blocks(section.lines)


def without_pictures(markdown: str) -> str:
    """A text in Markdown without its pictures and the ends of its links, which no terminal can follow."""
    return _LINK.sub(r"\1", _PICTURE.sub("", markdown))


def _blocks(lines: Sequence[str]) -> Iterator[TextBlock]:
    """What stands below a heading. Tables, items and commands become pairs, whose texts are set below each other."""
    for paragraph in _paragraphs(lines):
        yield Prose("")
        first = paragraph[0]
        if first.startswith(_FENCE):
            yield from (Pair("$", line) for line in paragraph[1:-1])
        elif first.startswith("|"):
            yield from _rows(paragraph)
        elif _ITEM.match(first):
            yield from _items(paragraph)
        else:
            yield Prose(plain(" ".join(paragraph)))


def _paragraphs(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """The lines that belong together, between blank ones; a picture is none."""
    here: list[str] = []
    for line in (*lines, ""):
        if line.strip() and not _PICTURE.fullmatch(line.strip()):
            here.append(line)
        elif here:
            yield here
            here = []


def _rows(lines: Sequence[str]) -> Iterator[Pair]:
    """The rows of a table, but for its head, which says nothing that the heading above does not."""
    for line in lines[1:]:
        if not _RULE.fullmatch(line):
            first, *rest = (plain(cell) for cell in _CELL_ENDS.split(line.strip()[1:-1]))
            yield Pair(first, "; ".join(filter(None, rest)))


def _items(lines: Sequence[str]) -> Iterator[Pair]:
    begun: tuple[str, str] | None = None
    for line in lines:
        item = _ITEM.match(line)
        if item:
            if begun:
                yield Pair(begun[0], plain(begun[1]))
            begun = (_BULLET if item[1] == "-" else item[1], item[2])
        elif begun:
            begun = (begun[0], f"{begun[1]} {line.strip()}")
    if begun:
        yield Pair(begun[0], plain(begun[1]))


def plain(text: str) -> str:
    """A text without marks for pictures, links, stress and code."""
    return _MARKS.sub("", without_pictures(text)).replace("\\|", "|").strip()
