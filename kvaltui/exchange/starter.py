"""The starter plans that come with the program: five real documents as plan files."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.plan_reader import PlanDocument, read_document
from kvaltui.model.content import PlanContent
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.setting import did_you_mean

_SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Starter:
    """A starter plan as a person chooses among them."""

    key: str
    title: str
    organisation: str


@cache
def starter_plans() -> tuple[Starter, ...]:
    """All of them, by their keys."""
    import tomllib

    plans = (tomllib.loads(_text(key))["plan"] for key in _keys())
    return tuple(Starter(plan["key"], plan["title"], plan["organisation"]) for plan in plans)


def read_starter(key: str) -> PlanContent:
    """One of them, whole. Raises FileError when there is none with that key."""
    return starter_document(key).content


def starter_document(key: str) -> PlanDocument:
    """One of them as a plan file to be imported. Raises FileError when there is none with that key."""
    if key not in _keys():
        hint = did_you_mean(key, _keys())
        raise FileError(Message("There is no starter plan “{name}”{hint}", name=key, hint=hint))
    return read_document(_text(key), key + _SUFFIX)


def _keys() -> list[str]:
    folder = files("kvaltui") / "plans"
    return sorted(file.name.removesuffix(_SUFFIX) for file in folder.iterdir() if file.name.endswith(_SUFFIX))


def _text(key: str) -> str:
    return (files("kvaltui") / "plans" / f"{key}{_SUFFIX}").read_text(encoding="utf-8")
