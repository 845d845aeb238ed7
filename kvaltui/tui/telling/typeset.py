"""How a page is set: labels that hang beside their texts, and rows of what a thing stands in relation to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvaltui.model.entity import Reference
from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import DrawnLine, Piece, left, right, width_of, wrap
from kvaltui.tui.widgets.reading import LABELS, Drawn

_MOST_LINES = 400
_WIDE = 56
_WIDE_LABELS = 19
_GAP = 2


@dataclass(frozen=True, slots=True)
class Labelled(Drawn):
    """Paragraphs beside a label; `names` are the things that they name."""

    names: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A thing in one line or two: its own status as a sign, its name, and in a style of its own how it stands."""

    reference: Reference
    sign: Piece
    name: Piece
    standing: Piece = ("", None)


@dataclass(frozen=True, slots=True)
class Related(Drawn):
    """Rows of the things that one stands in relation to."""

    names: tuple[Reference, ...] = ()


def labelled(label: Piece, said: Sequence[Piece], *names: Reference) -> Labelled:
    """Paragraphs beside their label, or beneath it where a word has no room beside it."""
    return Labelled(lambda width: _labelled(label, said, width), names)


def related(rows: Sequence[RelatedRow]) -> Related:
    """The rows of some things: how each stands at the right edge, or beneath its name where that has no room."""
    return Related(lambda width: _rows(rows, width), tuple(each.reference for each in rows))


def paragraphs(said: Sequence[Piece], indent: int = 1) -> Drawn:
    """Paragraphs one below the other."""
    return Drawn(lambda width: _set(said, indent, width))


def fits(text: str, room: int) -> bool:
    """Whether no word of a text is wider than the room."""
    return all(width_of(each) <= room for each in text.split(" "))


def _labelled(label: Piece, said: Sequence[Piece], width: int) -> Iterator[DrawnLine]:
    text, style = label
    labels = _WIDE_LABELS if width >= _WIDE else LABELS
    room = width - 1 - labels
    if width_of(text) >= labels or not all(fits(each, room) for each, _style in said):
        yield from _set([label], 1, width)
        yield from _set(said, 3, width)
        return
    for at, line in enumerate(_set(said, 1 + labels, width)):
        yield ((" ", None), (left(text, labels), style), *line[1:]) if at == 0 else line


def _set(said: Sequence[Piece], indent: int, width: int) -> Iterator[DrawnLine]:
    for text, style in said:
        for line in wrap(text, max(1, width - indent), _MOST_LINES):
            yield (" " * indent, None), (line, style)


def _rows(rows: Sequence[RelatedRow], width: int) -> Iterator[DrawnLine]:
    signs = max((width_of(row.sign[0]) for row in rows), default=0)
    lead = 1 + signs + 1 if signs else 1
    for row in rows:
        (name, style), (standing, its_style) = row.name, row.standing
        begin: list[Piece] = [(" ", None)]
        if signs:
            begin.append((left(row.sign[0], signs + 1), row.sign[1]))
        room = width - lead
        if width_of(name) + (width_of(standing) + _GAP if standing else 0) <= room:
            yield *begin, (name, style), (right(standing, room - width_of(name)) if standing else "", its_style)
            continue
        lines = wrap(name, room, _MOST_LINES)
        rest = room - width_of(lines[-1]) - _GAP if standing else 0
        is_beside = 0 < width_of(standing) <= rest
        for at, line in enumerate(lines):
            head = begin if at == 0 else [(" " * lead, None)]
            if is_beside and at == len(lines) - 1:
                yield *head, (line, style), (right(standing, room - width_of(line)), its_style)
            else:
                yield *head, (line, style)
        yield from _set([(standing, its_style)] if standing and not is_beside else [], lead, width)
