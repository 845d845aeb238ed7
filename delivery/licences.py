"""python -m delivery.licences: the libraries that come with the program and their licences, in docs/licences.md."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import files, metadata

from packaging.utils import canonicalize_name

from delivery.systems import PROJECT, needed_anywhere, stated

PAGE = PROJECT / "docs" / "licences.md"
_HEAD = """# Licences

What an installed `kvaltui` brings along, on one system or another, in the versions of `constraints.txt`; a newer one
within the ranges of `pyproject.toml` may say otherwise of itself. The licence is what each library declares, in the
package that is installed; its text lies there too, in the folder `*.dist-info`. Nothing of them is copied into the
program's own source. Made by `make licences`.

| library | version | licence | asked for by |
|---|---|---|---|
"""
_CLASSIFIER = "License :: OSI Approved :: "
_LONGEST = 60
_KNOWN_TEXTS = {"Permission is hereby granted, free of charge, to any person obtaining a copy": "MIT License"}
"""How the text of a licence begins, for a library that names none."""


class Unlicensed(Exception):
    """A library that does not say what it may be used for."""


def licence(name: str) -> str:
    """What an installed library declares, or else what its text is. Raises Unlicensed where nothing is known."""
    told = metadata(name)
    classifiers = told.get_all("Classifier") or ()
    declared = [
        ", ".join(told.get_all("License-Expression") or ()),
        ", ".join(each.removeprefix(_CLASSIFIER) for each in classifiers if each.startswith(_CLASSIFIER)),
        "".join(told.get_all("License") or ()).strip().partition("\n")[0][:_LONGEST],
    ]
    found = next(filter(None, declared), "") or _by_text(name)
    if not found:
        raise Unlicensed(name)
    return found


def _by_text(name: str) -> str:
    texts = [" ".join(each.read_text("utf-8").split()) for each in files(name) or () if "LICEN" in each.name.upper()]
    return next((called for start, called in _KNOWN_TEXTS.items() if any(start in text for text in texts)), "")


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Of each library its name, its versions, its licence, and whether the program asks for it or another library."""
    asked_for = {canonicalize_name(each.name) for each in stated()}
    for name, versions in needed_anywhere().items():
        newest_first = sorted(versions, key=lambda each: tuple(map(int, each.split("."))), reverse=True)
        yield name, ", ".join(newest_first), licence(name), "the program" if name in asked_for else "a library"


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
