"""The starter plans that come with the program: five real documents as plan files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.plan_reader import PlanDocument, read_document
from kvaltui.model.content import PlanContent
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.setting import did_you_mean

if TYPE_CHECKING:
    from datetime import date

_SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Starter:
    """A starter plan as a person chooses among them, and how much there is in it."""

    key: str
    title: str
    organisation: str
    areas: int = 0
    indicators: int = 0


@cache
def starter_plans() -> tuple[Starter, ...]:
    """All of them, by their keys."""
    import tomllib

    return tuple(_told(tomllib.loads(_text(key))) for key in _keys())


def _told(tables: Mapping[str, Any]) -> Starter:
    plan, areas, indicators = tables["plan"], tables.get("area", ()), tables.get("indicator", ())
    return Starter(plan["key"], plan["title"], plan["organisation"], len(areas), len(indicators))


def read_starter(key: str) -> PlanContent:
    """One of them, whole. Raises FileError when there is none with that key."""
    return starter_document(key).content


def starter_document(key: str) -> PlanDocument:
    """One of them as a plan file to be imported. Raises FileError when there is none with that key."""
    if key not in _keys():
        hint = did_you_mean(key, _keys())
        raise FileError(Message("There is no starter plan “{name}”{hint}", name=key, hint=hint))
    return read_document(_text(key), key + _SUFFIX)


def demo_document(today: date) -> PlanDocument:
    """A plan with invented figures of this year and the last, to look around in, as a plan file to be imported."""
    text = (files("kvaltui") / "guide" / "demo.toml").read_text(encoding="utf-8")
    text = text.replace("{this}", str(today.year)).replace("{last}", str(today.year - 1))
    return read_document(text, "demo.toml")


def _keys() -> list[str]:
    folder = files("kvaltui") / "plans"
    return sorted(file.name.removesuffix(_SUFFIX) for file in folder.iterdir() if file.name.endswith(_SUFFIX))


def _text(key: str) -> str:
    return (files("kvaltui") / "plans" / f"{key}{_SUFFIX}").read_text(encoding="utf-8")
