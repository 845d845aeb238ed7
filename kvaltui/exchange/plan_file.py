"""Plan files (TOML): the whole of a plan as a text that people can read, compare and keep; and the same as JSON."""

from __future__ import annotations

from pathlib import Path

from kvaltui.exchange.plan_reader import JSON_SUFFIX, PlanDocument, PlanFileError, read_document
from kvaltui.exchange.plan_writer import write_plan, write_plan_json
from kvaltui.exchange.reading import MOST_OF_A_PLAN, read_file
from kvaltui.model.content import PlanContent
from kvaltui.model.message import Message

__all__ = [
    "JSON_SUFFIX",
    "PlanDocument",
    "PlanFileError",
    "read_document",
    "read_plan",
    "read_plan_file",
    "write_plan",
    "write_plan_json",
]


def read_plan(text: str, name: str) -> PlanContent:
    """Read the text of a plan file; `name` is what messages call it.

    Raises PlanFileError, which names file, line, key and what was expected (docs/files.md, Plan files).
    """
    return read_document(text, name).content


def read_plan_file(path: Path) -> PlanDocument:
    """Read a plan file from disk; one that is called .json holds the same tables and keys as JSON.

    Raises PlanFileError as `read_plan` does, and FileError when it cannot be opened.
    """
    data = read_file(path, MOST_OF_A_PLAN)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = Message("{file}, line {line}: the text is not UTF-8", file=path.name, line=str(line))
        raise PlanFileError(message) from None
    return read_document(text, path.name, is_json=path.suffix.casefold() == JSON_SUFFIX)
